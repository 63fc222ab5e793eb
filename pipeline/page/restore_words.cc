#include "pipeline/page/restore_words.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "diacritics/text/encodings.h"
#include "diacritics/text/text.h"

namespace vanban::pipeline {
namespace {

using diacritics::Damage;
using diacritics::Encoding;
using diacritics::ReadWord;
using diacritics::RestoredWord;

std::vector<ocr::Word*> words_in(ocr::Page& page) {
  std::vector<ocr::Word*> out;
  for (ocr::Block& block : page.blocks)
    for (ocr::Line& line : block.lines)
      for (ocr::Word& word : line.words) out.push_back(&word);
  return out;
}

std::vector<ReadWord> read_words(const ocr::Page& page) {
  std::vector<ReadWord> out;
  for (const ocr::Block& block : page.blocks)
    for (const ocr::Line& line : block.lines)
      for (std::size_t i = 0; i < line.words.size(); ++i) {
        const ocr::Word& word = line.words[i];
        // A cell of a table is a text of its own; a word that stands alone there has none around
        // that could speak for another.
        const bool begins = i == 0 || line.words[i - 1].column != word.column;
        const bool ends = i + 1 == line.words.size() || line.words[i + 1].column != word.column;
        ReadWord read{word.text, begins};
        if (block.kind == ocr::BlockKind::Table && begins && ends) {
          out.push_back(std::move(read));
          continue;
        }
        read.confidence = word.confidence;
        for (const ocr::Alternative& alternative : word.alternatives)
          read.alternatives.push_back({alternative.text, alternative.confidence});
        out.push_back(std::move(read));
      }
  return out;
}

std::vector<ocr::Alternative> alternatives_of(const RestoredWord& word) {
  std::vector<ocr::Alternative> out;
  for (const diacritics::Alternative& alternative : word.alternatives)
    out.push_back({alternative.text, alternative.probability});
  return out;
}

// Without the tag of a font that is embedded in part: ABCDEF+.VnTime.
std::string bare_name(const std::string& font) {
  const std::size_t plus = font.find('+');
  return plus == std::string::npos ? font : font.substr(plus + 1);
}

// The encoding that a font's name stands for; Unicode where it says nothing.
Encoding encoding_by_name(const std::string& font) {
  const std::string name = diacritics::to_lower(bare_name(font));
  if (name.starts_with("vni")) return Encoding::Vni;
  return name.starts_with(".vn") || name.starts_with("vn") ? Encoding::Tcvn3 : Encoding::Unicode;
}

// Fonts of the TCVN3 family whose name ends in H show small letters as capitals: .VnTimeH.
bool is_capitals_font(const std::string& font) {
  const std::string name = bare_name(font);
  const std::string lower = diacritics::to_lower(name);
  const std::size_t family = lower.find("vn");
  if (family == std::string::npos) return false;
  const std::size_t style = name.find_first_of(",-", family);
  const std::size_t end = style == std::string::npos ? name.size() : style;
  return end > 0 && name[end - 1] == 'H';
}

// One word that was read as several takes their place; one that became two is parted where its
// letters part, its box with it.
void put(const RestoredWord& restored, std::vector<ocr::Word>& line, std::size_t& at,
         std::vector<ocr::Word>& out) {
  ocr::Word word = line[at];
  for (std::size_t i = 1; i < restored.count; ++i) {
    word.box = ocr::united(word.box, line[at + i].box);
    word.ocr_text += ' ' + line[at + i].ocr_text;
  }
  at += restored.count;
  word.restored = word.restored || restored.restored;
  word.confidence *= restored.probability;
  word.alternatives = alternatives_of(restored);
  std::vector<std::string> texts = diacritics::split_words(restored.text);
  if (texts.empty()) texts.push_back(restored.text);
  double letters = static_cast<double>(texts.size()) - 1, done = 0;
  for (const std::string& text : texts) letters += double(diacritics::count_code_points(text));
  const ocr::Box whole = word.box;
  for (const std::string& text : texts) {
    const auto length = double(diacritics::count_code_points(text));
    word.text = text;
    word.box.left = whole.left + whole.width() * done / letters;
    word.box.right = whole.left + whole.width() * (done + length) / letters;
    if (texts.size() > 1) word.alternatives.clear();
    out.push_back(word);
    done += length + 1;
  }
}

// For each word of the page the word of the layer that lies on it, where the two cover each other
// and nothing else.
std::vector<const ocr::Word*> words_on(const std::vector<ocr::Word*>& words,
                                       const ocr::PageMap& to_displayed,
                                       const std::vector<ocr::Word>& layer) {
  // Share of the smaller box that lies in the other; boxes of two engines never agree quite.
  constexpr double kOverlapMin = 0.5;
  std::multimap<double, const ocr::Word*> by_top;
  double height_max = 0;
  for (const ocr::Word& word : layer) {
    by_top.emplace(word.box.top, &word);
    height_max = std::max(height_max, word.box.height());
  }
  std::map<const ocr::Word*, int> uses;
  std::vector<const ocr::Word*> out(words.size(), nullptr);
  for (std::size_t i = 0; i < words.size(); ++i) {
    const ocr::Box box = to_displayed.apply(words[i]->box);
    int found = 0;
    for (auto at = by_top.lower_bound(box.top - height_max);
         at != by_top.end() && at->first < box.bottom; ++at) {
      const ocr::Box& other = at->second->box;
      const double width = std::min(box.right, other.right) - std::max(box.left, other.left);
      const double height = std::min(box.bottom, other.bottom) - std::max(box.top, other.top);
      if (width <= 0 || height <= 0 || width < kOverlapMin * std::min(box.width(), other.width()) ||
          height < kOverlapMin * std::min(box.height(), other.height()))
        continue;
      ++found;
      out[i] = at->second;
    }
    if (found != 1) out[i] = nullptr;
    if (out[i] != nullptr) ++uses[out[i]];
  }
  for (const ocr::Word*& word : out)
    if (word != nullptr && uses[word] > 1) word = nullptr;
  return out;
}

}  // namespace

void decode_layer(std::vector<ocr::Word>& layer, ocr::Page& page) {
  std::map<std::string, std::vector<ocr::Word*>> by_font;
  for (ocr::Word& word : layer) by_font[word.font].push_back(&word);
  std::map<std::string, Encoding> encodings;
  std::set<Encoding> used;
  for (const auto& [font, words] : by_font) {
    std::string text;
    for (const ocr::Word* word : words) text += word->text + ' ';
    const Encoding encoding = diacritics::detect_encoding(text);
    // Normal form is made of all text alike.
    if (encoding == Encoding::Unicode || encoding == Encoding::Decomposed) continue;
    encodings[font] = encoding;
    used.insert(encoding);
  }
  // A heading of a few words does not show its encoding, but its font is of a family that the page
  // has more of.
  for (const auto& [font, words] : by_font)
    if (const Encoding named = encoding_by_name(font);
        !encodings.contains(font) && used.contains(named))
      encodings[font] = named;

  int lost = 0;
  for (const auto& [font, encoding] : encodings) {
    std::vector<ocr::Word*>& words = by_font[font];
    const bool capitals = encoding == Encoding::Tcvn3 && is_capitals_font(font);
    for (ocr::Word* word : words) {
      diacritics::Decoded decoded = capitals ? diacritics::decode_tcvn3_capitals(word->text)
                                             : diacritics::decode(word->text, encoding);
      word->text = std::move(decoded.text);
      lost += decoded.lost;
    }
  }
  for (const Encoding encoding : used)
    page.warnings.push_back({"old_encoding", "the text layer is in " +
                                                 std::string(diacritics::name_of(encoding)) +
                                                 "; it was converted"});
  if (lost > 0)
    page.warnings.push_back(
        {"lost_characters", std::to_string(lost) + " characters of the text layer are lost"});
}

void restore_layer(ocr::Page& page, const diacritics::Restorer& restorer) {
  const std::vector<ReadWord> words = read_words(page);
  const Damage damage = diacritics::detect_damage(words);
  if (damage == Damage::None) return;
  const std::vector<RestoredWord> restored = restorer.restore(words, damage);
  auto next = restored.begin();
  std::size_t line_begin = 0;
  for (ocr::Block& block : page.blocks)
    for (ocr::Line& line : block.lines) {
      const std::size_t line_end = line_begin + line.words.size();
      std::vector<ocr::Word> out;
      // No word is joined with one of another line.
      for (std::size_t at = 0; next != restored.end() && next->first < line_end; ++next)
        put(*next, line.words, at, out);
      line.words = std::move(out);
      line_begin = line_end;
    }
  page.warnings.push_back(
      {"restored_text_layer", damage == Damage::Stripped
                                  ? "the text layer has no Vietnamese marks; they were restored"
                                  : "the text layer is garbled; its words were restored"});
}

void respace(ocr::Page& page, const diacritics::Restorer& restorer) {
  const std::vector<RestoredWord> respaced = restorer.respace(read_words(page));
  if (respaced.empty()) return;
  auto next = respaced.begin();
  std::size_t line_begin = 0;
  for (ocr::Block& block : page.blocks)
    for (ocr::Line& line : block.lines) {
      const std::size_t count = line.words.size();
      std::vector<ocr::Word> out;
      for (std::size_t at = 0; at < count;) {
        if (next != respaced.end() && next->first == line_begin + at)
          put(*next++, line.words, at, out);
        else
          out.push_back(std::move(line.words[at++]));
      }
      line.words = std::move(out);
      line_begin += count;
    }
}

void decide_doubtful(ocr::Page& page, const std::vector<ocr::Word>& witness,
                     const diacritics::Restorer& restorer) {
  const std::vector<ocr::Word*> words = words_in(page);
  std::vector<ReadWord> read = read_words(page);
  const std::vector<const ocr::Word*> seen = words_on(words, page.to_displayed, witness);
  for (std::size_t i = 0; i < read.size(); ++i)
    if (seen[i] != nullptr) read[i].witness = diacritics::to_nfc(seen[i]->text);
  for (const RestoredWord& restored : restorer.restore(read, Damage::Doubtful)) {
    ocr::Word& word = *words[restored.first];
    word.restored = word.restored || restored.restored;
    word.text = restored.text;
    // Of words that were not in question the engine's own stay.
    if (restored.restored || !restored.alternatives.empty())
      word.alternatives = alternatives_of(restored);
    // A word that stands though the others around speak for another is less sure than it was read.
    word.confidence =
        restored.restored ? restored.probability : std::min(word.confidence, restored.probability);
  }
}

}  // namespace vanban::pipeline
