#include "pipeline/page/restore_words.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "diacritics/model/model_builder.h"
#include "diacritics/text/text.h"
#include "tests/extract/made_document.h"
#include "tests/pipeline/made_model.h"

namespace vanban::pipeline {
namespace {

const diacritics::Restorer& restorer() {
  static const diacritics::Restorer made(diacritics::LanguageModel::from_bytes(made_model()));
  return made;
}

// To this one tác and tám, ma and má are the same: they stand in the very same places.
const diacritics::Restorer& twins() {
  static const diacritics::Restorer made = [] {
    diacritics::ModelBuilder builder({.min_count_syllable = 1, .min_count_other = 1});
    for (const std::string_view before : {"của", "và", "các", "theo", "tỉnh", "huyện"})
      for (const std::string_view after : {"ngày", "tháng", "năm", "đề nghị", "quy định"})
        for (const std::string_view word : {"tác", "tám", "ma", "má"})
          builder.add_line(std::string(before) + ' ' + std::string(word) + ' ' + std::string(after),
                           1);
    for (const char* line :
         {"các thành viên", "của thành viên", "các địa phương", "của địa phương", "theo địa phương",
          "các lĩnh vực", "của lĩnh vực", "theo lĩnh vực", "năm lĩnh vực"})
      builder.add_line(line, 1);
    return diacritics::Restorer(
        diacritics::LanguageModel::from_bytes(diacritics::compact(builder.build())));
  }();
  return made;
}

// A page of these lines, each a block of its own where `blocks` is set; see made_line for boxes.
ocr::Page page_of(const std::vector<std::string>& lines, bool blocks = false) {
  if (!blocks) return extract::made_page(1, {extract::made_block(ocr::BlockKind::Body, lines)});
  std::vector<ocr::Block> out;
  for (const std::string& line : lines)
    out.push_back(
        extract::made_block(ocr::BlockKind::Body, {line}, 30 * static_cast<double>(out.size())));
  return extract::made_page(1, out);
}

std::vector<ocr::Word*> words_in(ocr::Page& page) {
  std::vector<ocr::Word*> out;
  for (ocr::Block& block : page.blocks)
    for (ocr::Line& line : block.lines)
      for (ocr::Word& word : line.words) out.push_back(&word);
  return out;
}

std::string text_of(const ocr::Page& page) {
  std::string out;
  for (const ocr::Block& block : page.blocks)
    for (const ocr::Line& line : block.lines) out += ocr::text_of(line) + '\n';
  return out;
}

std::vector<std::string> codes(const ocr::Page& page) {
  std::vector<std::string> out;
  for (const ocr::Warning& warning : page.warnings) out.push_back(warning.code);
  return out;
}

using Codes = std::vector<std::string>;

// ---- Old encodings

std::vector<ocr::Word> layer_of(const std::string& text, const std::string& font) {
  std::vector<ocr::Word> out = extract::made_line(text).words;
  for (ocr::Word& word : out) word.font = font;
  return out;
}

std::string text_of(const std::vector<ocr::Word>& layer) {
  std::string out;
  for (const ocr::Word& word : layer) out += (out.empty() ? "" : " ") + word.text;
  return out;
}

const std::string kTcvn3 = "Céng hoµ x· héi chñ nghÜa ViÖt Nam §éc lËp Tù do H¹nh phóc";
const std::string kVni = "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam Ñoäc laäp Töï do Haïnh phuùc";
const std::string kDecoded = "Cộng hoà xã hội chủ nghĩa Việt Nam Độc lập Tự do Hạnh phúc";

TEST_CASE("a layer without words has nothing to decode") {
  std::vector<ocr::Word> layer;
  ocr::Page page;
  decode_layer(layer, page);
  CHECK(layer.empty());
  CHECK(page.warnings.empty());
}

TEST_CASE("a layer that is in no old encoding stays") {
  const std::string text = GENERATE_COPY(values<std::string>(
      {kDecoded, diacritics::fold(kDecoded), "The quick brown fox jumps over the lazy dog",
       "1.268 105,67% 08/7/2025", "Le Conseil a approuvé le procès-verbal de la séance précédente",
       "Ủy ban nhân dân huyện báo cáo 5 µm ±2"}));
  const std::string font = GENERATE("Times", ".VnTime", ".VnTimeH", "");
  CAPTURE(text, font);
  std::vector<ocr::Word> layer = layer_of(text, font);
  const std::vector<ocr::Word> before = layer;
  ocr::Page page;
  decode_layer(layer, page);
  CHECK(layer == before);
  CHECK(page.warnings.empty());
}

TEST_CASE("words of an old encoding are decoded, and what was read is kept") {
  std::vector<ocr::Word> layer = layer_of(kTcvn3, ".VnTime");
  const std::vector<ocr::Word> before = layer;
  ocr::Page page;
  decode_layer(layer, page);
  CHECK(text_of(layer) == kDecoded);
  CHECK(codes(page) == Codes{"old_encoding"});
  CHECK_THAT(page.warnings.front().text, Catch::Contains("tcvn3"));
  // Nothing but the text is another.
  REQUIRE(layer.size() == before.size());
  for (std::size_t i = 0; i < layer.size(); ++i) {
    ocr::Word word = before[i];
    word.text = layer[i].text;
    CHECK(layer[i] == word);
    CHECK(layer[i].ocr_text == before[i].text);
  }
}

TEST_CASE("each font has an encoding of its own") {
  std::vector<ocr::Word> layer;
  const std::string right = "Ủy ban nhân dân huyện báo cáo 5 µm ± của ¶";
  for (const auto& [text, font] :
       {std::pair(kTcvn3, "A+.VnTime"), {right, "TimesNewRoman"}, {kVni, "VNI-Times"}})
    for (const ocr::Word& word : layer_of(text, font)) layer.push_back(word);
  // Mixed as on a page: every second word from the other end.
  for (std::size_t i = 0; i < layer.size() / 2; i += 2)
    std::swap(layer[i], layer[layer.size() - 1 - i]);
  ocr::Page page;
  decode_layer(layer, page);
  for (const ocr::Word& word : layer) {
    CAPTURE(word.font, word.ocr_text, word.text);
    if (word.font == "TimesNewRoman") CHECK(word.text == word.ocr_text);
    if (word.ocr_text == "§éc" || word.ocr_text == "Ñoäc") CHECK(word.text == "Độc");
    if (word.ocr_text == "phóc" || word.ocr_text == "phuùc") CHECK(word.text == "phúc");
  }
  CHECK(codes(page) == Codes{"old_encoding", "old_encoding"});
  std::string told;
  for (const ocr::Warning& warning : page.warnings) told += warning.text;
  CHECK_THAT(told, Catch::Contains("tcvn3") && Catch::Contains("vni"));
}

TEST_CASE("a few words in a font of a family that the page has more of are decoded with it") {
  const auto [text, font, expected] = GENERATE(table<std::string, std::string, std::string>({
      {"B¸o c¸o", ".VnTime,Bold", "Báo cáo"},
      {"b¸o c¸o", "ABCDEF+.VnTimeH", "BÁO CÁO"},
      {"B¸o c¸o", "TimesNewRoman", "B¸o c¸o"},  // of another family
      {"Baùo caùo", "VNI-Times", "Baùo caùo"},  // of which the page has no more
  }));
  CAPTURE(text, font);
  std::vector<ocr::Word> layer = layer_of(kTcvn3, ".VnTime");
  for (const ocr::Word& word : layer_of(text, font)) layer.push_back(word);
  ocr::Page page;
  decode_layer(layer, page);
  CHECK(text_of(layer) == kDecoded + ' ' + expected);
}

TEST_CASE("two fonts of one encoding are one warning") {
  std::vector<ocr::Word> layer = layer_of(kTcvn3, ".VnTime");
  for (const ocr::Word& word : layer_of(kTcvn3, ".VnArial")) layer.push_back(word);
  ocr::Page page;
  decode_layer(layer, page);
  CHECK(text_of(layer) == kDecoded + ' ' + kDecoded);
  CHECK(codes(page) == Codes{"old_encoding"});
}

TEST_CASE("fonts of TCVN3 that show capitals give capitals") {
  const auto [font, capitals] = GENERATE(table<std::string, bool>({
      {".VnTimeH", true},
      {".VnArialH", true},
      {"ABCDEF+.VnTimeH", true},
      {".VnTimeH,Bold", true},
      {"ABCDEF+.VnArialH-BoldItalic", true},
      {".VNTIMEH", true},
      {".VnTime", false},
      {".VnTime,Bold", false},
      {"ABCDEH+.VnTime", false},
      {".VnTime-H", false},
      {".VnTimeh", false},
      {"TimesH", false},
      {"H", false},
      {"", false},
  }));
  CAPTURE(font);
  std::vector<ocr::Word> layer = layer_of(kTcvn3, font);
  ocr::Page page;
  decode_layer(layer, page);
  CHECK(text_of(layer) == (capitals ? diacritics::to_upper(kDecoded) : kDecoded));
}

TEST_CASE("capitals fonts of no TCVN3 text are like others") {
  std::vector<ocr::Word> layer = layer_of(kVni, ".VnTimeH");
  ocr::Page page;
  decode_layer(layer, page);
  CHECK(diacritics::with_new_tone_place(text_of(layer)) == kDecoded);
}

TEST_CASE("characters that nobody knows any more are counted") {
  std::vector<ocr::Word> layer = layer_of(kTcvn3 + " a\u0001b\u0002 \uFFFD", ".VnTime");
  for (const ocr::Word& word : layer_of(kVni + " \u0003", "VNI-Times")) layer.push_back(word);
  ocr::Page page;
  decode_layer(layer, page);
  REQUIRE(codes(page) == Codes{"old_encoding", "old_encoding", "lost_characters"});
  CHECK_THAT(page.warnings.back().text, Catch::StartsWith("4 "));
}

TEST_CASE("warnings that the page has already stay") {
  std::vector<ocr::Word> layer = layer_of(kTcvn3, "");
  ocr::Page page;
  page.warnings.push_back({"skewed", "the page leans"});
  decode_layer(layer, page);
  CHECK(codes(page) == Codes{"skewed", "old_encoding"});
}

// ---- A layer without marks, or garbled

const std::vector<std::string> kRight{"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
                                      "Ủy ban nhân dân huyện báo cáo kết quả thực hiện",
                                      "kế hoạch số 18/KH-UBND về cải cách hành chính."};
const std::vector<std::string> kStripped{"CONG HOA XA HOI CHU NGHIA VIET NAM",
                                         "Uy ban nhan dan huyen bao cao ket qua thuc hien",
                                         "ke hoach so 18/KH-UBND ve cai cach hanh chinh."};
const std::vector<std::string> kGarbled{"Uy ban nhén dan huyén bao cdo két qua thuc hién nhiém vu",
                                        "Uy ban nhén dan huyén bao cdo két qua thuc hién nhiém vu"};
const std::vector<std::string> kRepaired{
    "Ủy ban nhân dân huyện báo cáo kết quả thực hiện nhiệm vụ",
    "Ủy ban nhân dân huyện báo cáo kết quả thực hiện nhiệm vụ"};

std::string joined(const std::vector<std::string>& lines) {
  std::string out;
  for (const std::string& line : lines) out += line + '\n';
  return out;
}

// kGarbled with one more line at its end.
std::vector<std::string> garbled_and(const std::vector<std::string>& more) {
  std::vector<std::string> out = kGarbled;
  out.insert(out.end(), more.begin(), more.end());
  return out;
}

TEST_CASE("a page that needs nothing stays as it is") {
  const std::vector<std::string> lines = GENERATE_COPY(values<std::vector<std::string>>(
      {{},
       {""},
       kRight,
       {"The quick brown fox jumps over the lazy dog", "while thirty engineers review"},
       {"1.268 105,67% 08/7/2025", "2.345 99 1,5"},
       {"Nguyễn Văn An", "Trần Thị Bình", "Lê Hoàng Nam"},
       {"1. Lò Thị Ún, bản Nậm Pửng", "2. Vừ A Sử, bản Sín Chải", "3. Sùng Thị Mỷ, bản Tả Phìn"}}));
  CAPTURE(lines);
  ocr::Page page = page_of(lines);
  const ocr::Page before = page;
  restore_layer(page, restorer());
  CHECK(page.blocks == before.blocks);
  CHECK(page.warnings.empty());
}

TEST_CASE("a page without blocks stays as it is") {
  ocr::Page page;
  restore_layer(page, restorer());
  decide_doubtful(page, {}, restorer());
  CHECK(page.blocks.empty());
  CHECK(page.warnings.empty());
}

TEST_CASE("lost marks come back to the words of a page, and nothing but text and doubt changes") {
  const bool blocks = GENERATE(true, false);
  ocr::Page page = page_of(kStripped, blocks);
  for (ocr::Word* word : words_in(page)) word->font = "Times";
  ocr::Page before = page;
  restore_layer(page, restorer());
  CHECK(text_of(page) == joined(kRight));
  CHECK(codes(page) == Codes{"restored_text_layer"});
  CHECK_THAT(page.warnings.front().text, Catch::Contains("no Vietnamese marks"));
  CHECK(page.blocks.size() == before.blocks.size());
  const std::vector<ocr::Word*> words = words_in(page), read = words_in(before);
  REQUIRE(words.size() == read.size());
  for (std::size_t i = 0; i < words.size(); ++i) {
    CAPTURE(words[i]->text);
    CHECK(words[i]->ocr_text == read[i]->text);
    CHECK(words[i]->restored == (words[i]->text != read[i]->text));
    CHECK(words[i]->font == "Times");
    CHECK(words[i]->column == read[i]->column);
    CHECK(words[i]->box.left == Approx(read[i]->box.left));
    CHECK(words[i]->box.right == Approx(read[i]->box.right));
    CHECK(words[i]->box.top == read[i]->box.top);
    CHECK(words[i]->box.bottom == read[i]->box.bottom);
    // The layer's own doubt stays, that about the marks comes to it.
    CHECK(words[i]->confidence <= 0.9);
    CHECK(words[i]->confidence > 0.3);
    if (words[i]->text == "18/KH-UBND") CHECK(words[i]->confidence == 0.9);
  }
}

TEST_CASE("words of a garbled page are put right") {
  ocr::Page page = page_of(kGarbled);
  ocr::Page before = page;
  restore_layer(page, restorer());
  CHECK(text_of(page) == joined(kRepaired));
  CHECK(codes(page) == Codes{"restored_text_layer"});
  CHECK_THAT(page.warnings.front().text, Catch::Contains("garbled"));
  const std::vector<ocr::Word*> words = words_in(page), read = words_in(before);
  REQUIRE(words.size() == read.size());
  for (std::size_t i = 0; i < words.size(); ++i) CHECK(words[i]->ocr_text == read[i]->ocr_text);
}

TEST_CASE("readings that were not chosen are told, with their confidence") {
  ocr::Page page = page_of({"cua ma ngay", "va tac thang", "theo ma quy dinh"});
  restore_layer(page, twins());
  const std::vector<diacritics::RestoredWord> expected =
      twins().restore(std::vector<diacritics::ReadWord>{{"cua", true},
                                                        {"ma"},
                                                        {"ngay"},
                                                        {"va", true},
                                                        {"tac"},
                                                        {"thang"},
                                                        {"theo", true},
                                                        {"ma"},
                                                        {"quy"},
                                                        {"dinh"}},
                      diacritics::Damage::Stripped);
  const std::vector<ocr::Word*> words = words_in(page);
  REQUIRE(words.size() == expected.size());
  CHECK_FALSE(words[1]->alternatives.empty());
  for (std::size_t i = 0; i < words.size(); ++i) {
    CHECK(words[i]->text == expected[i].text);
    CHECK(words[i]->confidence == Approx(0.9 * expected[i].probability));
    REQUIRE(words[i]->alternatives.size() == expected[i].alternatives.size());
    for (std::size_t j = 0; j < expected[i].alternatives.size(); ++j) {
      CHECK(words[i]->alternatives[j].text == expected[i].alternatives[j].text);
      CHECK(words[i]->alternatives[j].confidence == expected[i].alternatives[j].probability);
    }
  }
}

TEST_CASE("one word that was read as two has the box around both and what was read of both") {
  // 10 a letter: "ho" from 30 to 50, "ach" from 60 to 90.
  ocr::Page page = page_of(garbled_and({"ké ho ach thuc hién nhiém vu"}));
  restore_layer(page, restorer());
  CHECK(text_of(page) == joined(kRepaired) + "kế hoạch thực hiện nhiệm vụ\n");
  const std::vector<ocr::Word>& line = page.blocks[0].lines[2].words;
  REQUIRE(line.size() == 6);
  CHECK(line[1].ocr_text == "ho ach");
  CHECK(line[1].restored);
  CHECK(line[1].box == ocr::Box{30, 60, 90, 80});
  // The next is the next, not the second half.
  CHECK(line[2].ocr_text == "thuc");
  CHECK(line[2].box.left == 100);
}

TEST_CASE("two words that were read as one share its box by their letters") {
  // "nhandan" from 70 to 140. "nhân dân" has eight characters, the space among them.
  ocr::Page page = page_of(garbled_and({"Uy ban nhandan huyén"}));
  restore_layer(page, restorer());
  CHECK(text_of(page) == joined(kRepaired) + "Ủy ban nhân dân huyện\n");
  const std::vector<ocr::Word>& line = page.blocks[0].lines[2].words;
  REQUIRE(line.size() == 5);
  CHECK(line[2].text == "nhân");
  CHECK(line[2].box.left == Approx(70));
  CHECK(line[2].box.right == Approx(70 + 70 * 4.0 / 8));
  CHECK(line[3].text == "dân");
  CHECK(line[3].box.left == Approx(70 + 70 * 5.0 / 8));
  CHECK(line[3].box.right == Approx(140));
  for (const std::size_t at : {2U, 3U}) {
    CHECK(line[at].ocr_text == "nhandan");
    CHECK(line[at].restored);
    CHECK(line[at].box.top == 60);
    CHECK(line[at].box.bottom == 80);
    // Others would be of both words.
    CHECK(line[at].alternatives.empty());
  }
  CHECK(line[4].box.left == 150);
}

TEST_CASE("words of two lines or blocks are never joined") {
  const bool blocks = GENERATE(true, false);
  ocr::Page page = page_of(garbled_and({"thuc hién ké ho", "ach thuc hi", "én"}), blocks);
  restore_layer(page, restorer());
  std::vector<std::size_t> sizes;
  for (const ocr::Block& block : page.blocks)
    for (const ocr::Line& line : block.lines) sizes.push_back(line.words.size());
  CHECK(sizes == std::vector<std::size_t>{13, 13, 4, 3, 1});
}

TEST_CASE("lines without words stand between others") {
  ocr::Page page = page_of({kStripped[0], "", kStripped[1], ""});
  restore_layer(page, restorer());
  CHECK(text_of(page) == kRight[0] + "\n\n" + kRight[1] + "\n\n");
}

// ---- Words that the engine ran together or broke

// As the model that vanban comes with knows words.
const diacritics::Restorer& vietnamese() {
  static const diacritics::Restorer opened(
      diacritics::LanguageModel::open(VANBAN_SOURCE_DIR "/diacritics/data/vietnamese.model"));
  return opened;
}

TEST_CASE("words are parted and joined with their boxes, and all others stay") {
  ocr::Page page = page_of({"KẾ HO ẠCH", "Vềviệc triển khai"});
  words_in(page)[0]->alternatives = {{"KỂ", 0.1}};
  const ocr::Page before = page;
  const auto& read = before.blocks[0].lines;
  respace(page, vietnamese());
  CHECK(text_of(page) == "KẾ HOẠCH\nVề việc triển khai\n");
  const auto& lines = page.blocks[0].lines;
  CHECK(lines[0].words[0] == read[0].words[0]);
  const ocr::Word& joined = lines[0].words[1];
  CHECK((joined.restored && joined.ocr_text == "HO ẠCH"));
  CHECK(joined.box == ocr::united(read[0].words[1].box, read[0].words[2].box));
  const ocr::Word &first = lines[1].words[0], &second = lines[1].words[1];
  CHECK((first.restored && second.restored));
  CHECK((first.ocr_text == "Vềviệc" && second.ocr_text == "Vềviệc"));
  CHECK(first.box.left == read[1].words[0].box.left);
  CHECK(second.box.right == read[1].words[0].box.right);
  CHECK(first.box.right < second.box.left);
  CHECK(first.box.width() < second.box.width());
  CHECK(lines[1].words[2] == read[1].words[1]);
}

// ---- Words that the engine doubts

// "của tám ngày": the engine reads tám or tác, as soon the one as the other. Of 300 dpi, so that a
// point is 300 / 72 units.
constexpr double kScale = 72.0 / 300;
// Of the word in question, in points.
const ocr::Box kThere{40 * kScale, 0, 70 * kScale, 20 * kScale};

ocr::Page doubtful_page() {
  ocr::Page page = page_of({"của tám ngày"});
  page.to_displayed = {kScale, 0, 0, 0, kScale, 0};
  for (ocr::Word* word : words_in(page)) word->confidence = 0.99;
  ocr::Word& word = *words_in(page)[1];
  word.confidence = 0.5;
  word.alternatives = {{"tác", 0.5}};
  return page;
}

ocr::Word witness(const std::string& text, const ocr::Box& box) {
  ocr::Word word;
  word.text = word.ocr_text = text;
  word.box = box;
  word.confidence = 1;
  return word;
}

std::string decided(const std::vector<ocr::Word>& layer, ocr::Page page = doubtful_page()) {
  decide_doubtful(page, layer, twins());
  return words_in(page)[1]->text;
}

// The box, moved and made wider by so many points.
ocr::Box moved(const ocr::Box& box, double right, double down, double wider = 0) {
  return {box.left + right, box.top + down, box.right + right + wider, box.bottom + down};
}

TEST_CASE("of words that the engine doubts only what the words around say otherwise is changed") {
  ocr::Page page = page_of({"Ủy ban nhản dân huyện", "báo các kết quả"});
  for (ocr::Word* word : words_in(page)) word->confidence = 0.99;
  ocr::Word& doubted = *words_in(page)[2];
  doubted.confidence = 0.4;
  doubted.alternatives = {{"nhân", 0.3}, {"nhãn", 0.1}};
  const ocr::Page before = page;
  decide_doubtful(page, {}, restorer());
  CHECK(text_of(page) == "Ủy ban nhân dân huyện\nbáo các kết quả\n");
  CHECK(doubted.ocr_text == "nhản");
  CHECK(doubted.restored);
  CHECK(doubted.confidence > 0.6);
  CHECK(doubted.confidence <= 1);
  // All others to the last bit.
  doubted = before.blocks[0].lines[0].words[2];
  CHECK(page.blocks == before.blocks);
  CHECK(page.warnings.empty());
}

TEST_CASE(
    "a word that stands alone in its cell of a table stays, with others there it is decided") {
  const bool alone = GENERATE(true, false);
  ocr::Page page = page_of({"Ủy ban nhản dân huyện"});
  page.blocks[0].kind = ocr::BlockKind::Table;
  const std::vector<ocr::Word*> words = words_in(page);
  for (std::size_t i = 0; i < words.size(); ++i) {
    words[i]->confidence = 0.99;
    if (alone) words[i]->column = int(i);
  }
  words[2]->confidence = 0.4;
  words[2]->alternatives = {{"nhân", 0.3}, {"nhãn", 0.1}};
  decide_doubtful(page, {}, restorer());
  CHECK(words[2]->text == (alone ? "nhản" : "nhân"));
  CHECK(words[2]->confidence == (alone ? Approx(0.4) : Approx(words[2]->confidence)));
}

TEST_CASE("a word that stays as the engine read it is no surer than before, and tells of others") {
  ocr::Page page = doubtful_page();
  ocr::Page before = page;
  decide_doubtful(page, {}, twins());
  ocr::Word& word = *words_in(page)[1];
  CHECK(word.text == "tám");
  CHECK_FALSE(word.restored);
  CHECK(word.confidence <= 0.5);
  REQUIRE_FALSE(word.alternatives.empty());
  CHECK(word.alternatives[0].text == "tác");
  // All others to the last bit.
  word = *words_in(before)[1];
  CHECK(page.blocks == before.blocks);
}

TEST_CASE("a word that stays though much speaks for another is less sure than it was read") {
  // With more and more confidence the engine's word outweighs the layer's.
  std::size_t lowered = 0;
  for (double confidence = 0.5; confidence < 0.985; confidence += 0.01) {
    ocr::Page page = doubtful_page();
    ocr::Word& word = *words_in(page)[1];
    word.confidence = confidence;
    decide_doubtful(page, {witness("tac", kThere)}, twins());
    CAPTURE(confidence, word.text);
    CHECK(word.restored == (word.text == "tác"));
    if (word.restored) continue;
    CHECK(word.confidence <= confidence);
    lowered += word.confidence < confidence ? 1 : 0;
  }
  CHECK(lowered > 0);
}

TEST_CASE("what was read at first is an alternative of the word that was decided for") {
  ocr::Page page = doubtful_page();
  decide_doubtful(page, {witness("tac", kThere)}, twins());
  const ocr::Word& word = *words_in(page)[1];
  CHECK(word.text == "tác");
  CHECK(word.restored);
  REQUIRE_FALSE(word.alternatives.empty());
  CHECK(word.alternatives[0].text == "tám");
  CHECK(word.alternatives[0].confidence > 0);
  CHECK(word.alternatives[0].confidence < word.confidence);
  CHECK(word.alternatives[0].confidence + word.confidence < 1.001);
}

TEST_CASE("a word of the layer is weighed where it covers the same word") {
  CHECK(decided({}) == "tám");
  CHECK(decided({witness("tam", kThere)}) == "tám");
  CHECK(decided({witness("tac", kThere)}) == "tác");
  // Boxes of two engines never agree quite.
  CHECK(decided({witness("tac", moved(kThere, 1, 0.5))}) == "tác");
  CHECK(decided({witness("tac", moved(kThere, -1, -0.5))}) == "tác");
  // Beside it, above it, below it, too little on it.
  CHECK(decided({witness("tac", moved(kThere, 20, 0))}) == "tám");
  CHECK(decided({witness("tac", moved(kThere, 0, -20))}) == "tám");
  CHECK(decided({witness("tac", moved(kThere, 0, 20))}) == "tám");
  CHECK(decided({witness("tac", moved(kThere, 0, 4))}) == "tám");
  CHECK(decided({witness("tac", moved(kThere, 6, 0))}) == "tám");
  // Without size.
  CHECK(decided({witness("tac", {})}) == "tám");
}

TEST_CASE("among the words of a whole layer each finds its own") {
  const ocr::Box left{0, 0, 30 * kScale, 20 * kScale},
      right{80 * kScale, 0, 120 * kScale, 20 * kScale};
  CHECK(decided({witness("cua", left), witness("tac", kThere), witness("ngay", right)}) == "tác");
  CHECK(decided({witness("ngay", right), witness("tac", kThere), witness("cua", left)}) == "tác");
  CHECK(decided({witness("tac", left), witness("tam", kThere), witness("tac", right)}) == "tám");
  // A tall one elsewhere on the page hides none.
  CHECK(decided({witness("tac", kThere), witness("|", {300, -200, 301, 200})}) == "tác");
}

TEST_CASE("a layer that parts the words otherwise is no witness") {
  // Two words on one.
  CHECK(decided({witness("tac", kThere), witness("tac", kThere)}) == "tám");
  CHECK(decided({witness("t", {40 * kScale, 0, 50 * kScale, 20 * kScale}),
                 witness("tac", {50 * kScale, 0, 70 * kScale, 20 * kScale})}) == "tám");
  // One word on two.
  CHECK(decided({witness("tac", moved(kThere, 0, 0, 50 * kScale))}) == "tám");
  CHECK(decided({witness("tac", {0, 0, 120 * kScale, 20 * kScale})}) == "tám");
}

TEST_CASE("the layer is in points of the page as shown, however the image lay") {
  ocr::Page page = doubtful_page();
  // Upside down on a page of 144 points by 192.
  page.to_displayed = {-kScale, 0, 144, 0, -kScale, 192};
  const ocr::Box there{144 - kThere.right, 192 - kThere.bottom, 144 - kThere.left,
                       192 - kThere.top};
  CHECK(decided({witness("tac", there)}, page) == "tác");
  CHECK(decided({witness("tac", kThere)}, page) == "tám");
}

TEST_CASE("the layer's text may be of any normal form, and of no use") {
  // Engines that know no Vietnamese read á as é now and then, but never as a mark by itself.
  CHECK(decided({witness("te\u0301c", kThere)}) == "tác");
  for (const std::string text : {"", "12", "\xFF", "tac tac", "***"})
    CHECK(decided({witness(text, kThere)}) == "tám");
}

TEST_CASE("the layer does not speak against what the engine is sure of") {
  ocr::Page page = doubtful_page();
  words_in(page)[1]->confidence = 0.99;
  CHECK(decided({witness("tac", kThere)}, page) == "tám");
}

}  // namespace
}  // namespace vanban::pipeline
