#include "pipeline/page/second_reading.h"

#include <catch2/catch.hpp>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "tests/extract/made_document.h"

namespace vanban::pipeline {
namespace {

using extract::made_block;
using extract::made_line;
using extract::made_page;
using ocr::BlockKind;
using ocr::Box;
using ocr::Line;
using ocr::Page;
using ocr::Word;

// Reads what it is told, wherever it is asked; remembers where that was.
class FakeRecognizer final : public ocr::Recognizer {
 public:
  explicit FakeRecognizer(Line answer) : answer_(std::move(answer)) {}

  ocr::EngineInfo info() const override { return {}; }
  std::vector<Line> recognize(const ocr::Image&, const Box& region, ocr::Segmentation) override {
    asked.push_back(region);
    return {answer_};
  }
  int detect_rotation(const ocr::Image&) override { return 0; }

  std::vector<Box> asked;

 private:
  Line answer_;
};

Line read(const std::string& text, double confidence) {
  Line line = made_line(text);
  for (Word& word : line.words) word.confidence = confidence;
  return line;
}

Page page_of(const Line& line, BlockKind kind = BlockKind::Body) {
  Page page = made_page(1, {{kind, line.box, {line}}});
  return page;
}

Word& word_of(Page& page, std::size_t i) { return page.blocks.front().lines.front().words[i]; }

// One word of a line, read as `first` and then as `second`.
Word weighed(const std::string& first, double c1, const std::string& second, double c2) {
  Page page = page_of(read(first, c1));
  Page judged = page;
  word_of(judged, 0).confidence = 0.1;
  FakeRecognizer engine(read(second, c2));
  read_again(page, judged, {}, [&] { return &engine; });
  return word_of(page, 0);
}

TEST_CASE("only doubtful words are read again, with their neighbours") {
  Page page = page_of(read("Sở Nội vụ thông báo đến các đơn vị", 0.96));
  Page judged = page;
  FakeRecognizer engine(read("", 0));
  read_again(page, judged, {}, [&] { return &engine; });
  CHECK(engine.asked.empty());

  word_of(judged, 3).confidence = 0.5;  // thông
  read_again(page, judged, {}, [&] { return &engine; });
  REQUIRE(engine.asked.size() == 1);
  CHECK(engine.asked[0].left < word_of(page, 2).box.left);
  CHECK(engine.asked[0].left > word_of(page, 1).box.left);
  CHECK(engine.asked[0].right > word_of(page, 4).box.right);
  CHECK(engine.asked[0].right < word_of(page, 5).box.right);
}

TEST_CASE("a word that the words around doubt more than the engine does is read again") {
  Page page = page_of(read("chính quyên xã", 0.96), BlockKind::HeaderLeft);
  Page judged = page;
  word_of(judged, 1).confidence = 0.93;
  FakeRecognizer engine(read("chính quyền xã", 0.96));
  CHECK(read_again(page, judged, {}, [&] { return &engine; }).size() == 3);
  CHECK(read_again(page, judged, {}, [] { return nullptr; }).empty());
}

TEST_CASE("of the text only what is hardly sure is read again, numbers sooner") {
  const auto [text, confidence, again] = GENERATE(table<std::string, double, bool>(
      {{"chính quyên xã", 0.7, false}, {"chính quyên xã", 0.5, true}, {"tăng 18% so", 0.7, true}}));
  CAPTURE(text, confidence);
  Page page = page_of(read(text, 0.96));
  Page judged = page;
  word_of(judged, 1).confidence = confidence;
  FakeRecognizer engine(read(text, 0.96));
  CHECK(read_again(page, judged, {}, [&] { return &engine; }).empty() != again);
}

TEST_CASE("below a header the first lines are a subject, and read again as a header is") {
  const bool with_header = GENERATE(true, false);
  const Line line = read("chính quyên xã", 0.96);
  Page page = made_page(1, {{BlockKind::Body, line.box, std::vector<Line>(12, line)}});
  if (with_header) page.blocks.insert(page.blocks.begin(), {BlockKind::HeaderLeft, line.box, {}});
  Page judged = page;
  for (Line& text : judged.blocks.back().lines) text.words[1].confidence = 0.7;
  FakeRecognizer engine(read("", 0));
  read_again(page, judged, {}, [&] { return &engine; });
  CHECK(engine.asked.size() == (with_header ? 8 : 0));
}

TEST_CASE("stretches that meet are read as one, tables not at all") {
  Page page = page_of(read("Sở Nội vụ thông báo đến các đơn vị", 0.96));
  Page judged = page;
  for (const std::size_t i : {2u, 4u}) word_of(judged, i).confidence = 0.5;
  FakeRecognizer engine(read("", 0));
  read_again(page, judged, {}, [&] { return &engine; });
  CHECK(engine.asked.size() == 1);

  judged.blocks.front().kind = page.blocks.front().kind = BlockKind::Table;
  read_again(page, judged, {}, [&] { return &engine; });
  CHECK(engine.asked.size() == 1);
}

TEST_CASE("two readings that agree are surer than each") {
  const Word word = weighed("thông", 0.9, "thông", 0.9);
  CHECK(word.text == "thông");
  CHECK(word.confidence == Approx(0.95));  // both take one letter for another alike at times
  CHECK(word.alternatives.empty());
}

TEST_CASE("of two readings each has its odds, and the words around decide") {
  const Word even = weighed("quyên", 0.9, "quyền", 0.9);
  CHECK(even.text == "quyên");
  CHECK(even.confidence == Approx(0.5));
  REQUIRE(even.alternatives.size() == 1);
  CHECK(even.alternatives[0].text == "quyền");

  const Word sure = weighed("quyên", 0.95, "quyền", 0.3);
  CHECK(sure.confidence > 0.9);
}

TEST_CASE("a number is taken from the reading that has one, and never surely") {
  const auto [first, c1, second, c2, taken] =
      GENERATE(table<std::string, double, std::string, double, std::string>({
          {"l1", 0.8, "11", 0.9, "11"},                           // no number, a number
          {"l1", 0.8, "11", 0.3, "l1"},                           // hardly read
          {"0702/2025", 0.7, "07/02/2025", 0.9, "07/02/2025"},    // read more surely
          {"15", 0.9, "16", 0.92, "15"},                          // as surely
          {"57/KH-UBND", 0.9, "57/KB-UBND", 0.95, "57/KH-UBND"},  // nothing says which
      }));
  CAPTURE(first, second);
  const Word word = weighed(first, c1, second, c2);
  CHECK(word.text == taken);
  CHECK(word.confidence <= 0.9);
  REQUIRE(word.alternatives.size() == 1);
  CHECK(word.alternatives[0].text == (taken == first ? second : first));
}

TEST_CASE("a reading of another place changes nothing") {
  Page page = page_of(read("thông báo", 0.5));
  const Page judged = page;
  Line elsewhere = read("thống", 0.9);
  for (Word& word : elsewhere.words) word.box.left += 30, word.box.right += 60;
  FakeRecognizer engine(elsewhere);
  CHECK(read_again(page, judged, {}, [&] { return &engine; }).empty());
  CHECK(page.blocks == judged.blocks);
}

TEST_CASE("what the second model saw is seen, not restored") {
  Page page = page_of(read("chính quyên xã", 0.5));
  word_of(page, 1).text = "quyền";
  word_of(page, 1).restored = true;
  Page guessed = page;
  mark_as_seen(page, {{1, "quyền"}});
  CHECK_FALSE(word_of(page, 1).restored);
  CHECK(word_of(page, 1).ocr_text == "quyền");
  mark_as_seen(guessed, {{0, "chỉnh"}, {1, "quyển"}});
  CHECK(word_of(guessed, 1).restored);
  CHECK(word_of(guessed, 1).ocr_text == "quyên");
}

// A table of labels and figures; each cell is 100 wide and 20 high.
Page table_of(const std::vector<std::string>& figures, double confidence_of_last) {
  ocr::Block table{BlockKind::Table, {0, 0, 200, 20.0 * double(figures.size())}, {}};
  for (std::size_t r = 0; r < figures.size(); ++r) {
    Line line;
    line.row = int(r);
    const double y = 20.0 * double(r), sure = r + 1 < figures.size() ? 0.95 : confidence_of_last;
    line.words.push_back({"Ao", "Ao", {5, y + 4, 30, y + 16}, 0.5});
    double x = 140;
    std::istringstream words(figures[r]);
    for (std::string word; words >> word;) {
      line.words.push_back({word, word, {x, y + 4, x + 20, y + 16}, sure, 1});
      x += 22;
    }
    for (const int column : {0, 1})
      table.cells.push_back({int(r),
                             column,
                             1,
                             1,
                             {ocr::Point{100.0 * column, y},
                              {100.0 * column + 100, y},
                              {100.0 * column + 100, y + 20},
                              {100.0 * column, y + 20}}});
    table.lines.push_back(line);
  }
  return made_page(1, {table});
}

struct Cell {
  std::string text;
  double confidence = 0;
};

// The last figure of a column that was read as `first` and is read again as `second`.
Cell figure(const std::string& first, double c1, const std::string& second, double c2,
            std::size_t times = 1) {
  Page page = table_of({"1.204", "1.492", "527", first}, c1);
  FakeRecognizer engine(read(second, c2));
  read_figures_again(page, {}, [&] { return &engine; });
  CHECK(engine.asked.size() == times);
  Cell out;
  for (const Word& word : page.blocks[0].lines.back().words) {
    if (word.column != 1) continue;
    out.text += (out.text.empty() ? "" : " ") + word.text;
    out.confidence = word.confidence;
  }
  return out;
}

TEST_CASE("a figure in a column of figures that was read as none is read again") {
  CHECK(figure("D51", 0.4, "551", 0.9).text == "551");
  CHECK(figure("D51", 0.4, "551", 0.9).confidence <= 0.8);
  CHECK(figure("Hi", 0.95, "77.", 0.9).text == "77");
  CHECK(figure("12 2)", 0.4, "1.727", 0.9).text == "1.727");
  // The second is no figure, or hardly read.
  CHECK(figure("D51", 0.4, "ĐĐI", 0.9).text == "D51");
  CHECK(figure("12 2)", 0.4, "1.727", 0.3).text == "12 2)");
}

TEST_CASE("of two figures the surer one is taken, and agreement makes sure") {
  CHECK(figure("401", 0.7, "481", 0.96).text == "481");
  CHECK(figure("401", 0.7, "481", 0.96).confidence <= 0.8);
  CHECK(figure("401", 0.7, "481", 0.75).text == "401");
  CHECK(figure("401", 0.7, "401", 0.9).confidence > 0.9);
}

TEST_CASE("figures that are sure, words and columns of words are not read again") {
  CHECK(figure("401", 0.9, "481", 0.96, 0).text == "401");
  CHECK(figure("không có", 0.5, "481", 0.96, 0).text == "không có");
  Page page = table_of({"một", "hai", "ba", "4"}, 0.4);
  FakeRecognizer engine(read("5", 0.9));
  read_figures_again(page, {}, [&] { return &engine; });
  CHECK(engine.asked.empty());
}

}  // namespace
}  // namespace vanban::pipeline
