#include "extract/elements/slots.h"

#include <algorithm>
#include <initializer_list>
#include <iterator>
#include <optional>
#include <string_view>
#include <utility>

#include "diacritics/text/text.h"
#include "extract/words/numbers.h"
#include "extract/words/vocabulary.h"

namespace vanban::extract {
namespace {

using ocr::Block;
using ocr::BlockKind;
using ocr::Box;
using ocr::Line;
using ocr::Page;
using ocr::SlotUse;
using ocr::Word;

// The header of a letter ends above this, of the page's height.
constexpr double kHeaderShare = 0.35;

// A place in a line between two characters: of a word, before its code point `at`.
struct Place {
  std::size_t word = 0, at = 0;
};

// The characters of a line as they are and folded, one for one.
class Characters {
 public:
  explicit Characters(const Line& line) : begins_{0} {
    begins_.reserve(line.words.size() + 1);
    for (const Word& word : line.words) {
      diacritics::append_code_points(word.text, all_);
      begins_.push_back(all_.size());
    }
    folded_.reserve(all_.size());
    for (const char32_t c : all_) folded_ += diacritics::to_lower(diacritics::base_letter(c));
  }

  std::size_t count() const { return begins_.size() - 1; }
  std::u32string_view word(std::size_t i) const { return part(all_, i); }
  std::u32string_view folded(std::size_t i) const { return part(folded_, i); }

  std::string text(std::size_t word_at, std::size_t from, std::size_t to) const {
    return diacritics::to_utf8(word(word_at).substr(from, to - from));
  }
  Place end() const { return {count(), 0}; }
  // The character at or after a place.
  std::optional<Place> next(Place place) const {
    while (place.word < count() && place.at >= word(place.word).size()) place = {place.word + 1, 0};
    if (place.word >= count()) return std::nullopt;
    return place;
  }
  char32_t operator[](Place place) const { return word(place.word)[place.at]; }

 private:
  std::u32string_view part(std::u32string_view letters, std::size_t i) const {
    return letters.substr(begins_[i], begins_[i + 1] - begins_[i]);
  }

  std::u32string all_, folded_;
  std::vector<std::size_t> begins_;  // of each word, and the end of the last
};

// The left edge of a place, as if the letters of its word were equally wide.
double left_of(const Line& line, const Characters& characters, Place place) {
  if (place.word >= line.words.size()) return line.box.right;
  const Box& box = line.words[place.word].box;
  const auto count =
      static_cast<double>(std::max<std::size_t>(1, characters.word(place.word).size()));
  return box.left + box.width() * static_cast<double>(place.at) / count;
}

// The slot between two places of a line; `label` is the word before it.
SlotPlace slot_between(SlotUse use, const Line& line, const Characters& characters,
                       std::size_t label, Place from, Place to) {
  SlotPlace slot;
  slot.use = use;
  slot.label = line.words[label].box;
  if (to.word < line.words.size()) slot.next = line.words[to.word].box;
  // An edge at the end of a word takes nothing of that word.
  if (from.at > 0 && from.at >= characters.word(from.word).size()) from = {from.word + 1, 0};
  slot.first = from.word;
  slot.last = to.at > 0 ? to.word + 1 : to.word;
  if (from.at > 0) slot.before = characters.text(from.word, 0, from.at);
  if (to.at > 0) slot.after = characters.text(to.word, to.at, std::u32string::npos);
  double sum = 0, length = 0;
  for (std::size_t i = slot.first; i < slot.last; ++i) {
    const std::size_t begin = i == from.word ? from.at : 0;
    const std::size_t end = i == to.word ? to.at : characters.word(i).size();
    if (begin >= end) continue;
    slot.read += characters.text(i, begin, end);
    sum += line.words[i].confidence * static_cast<double>(end - begin);
    length += static_cast<double>(end - begin);
  }
  std::erase(slot.read, ' ');
  slot.confidence = length > 0 ? sum / length : 0;
  const double left = from.at > 0 ? left_of(line, characters, from) : line.words[label].box.right;
  const double right = left_of(line, characters, to);
  slot.box = {left, line.box.top, std::max(left, right), line.box.bottom};
  return slot;
}

// ---- the number

// Where the label "Số:" ends in a word: "Số", "sô.", "Số:2154", "ố:" where the pen has taken the S.
std::optional<std::size_t> end_of_number_label(std::u32string_view word,
                                               std::u32string_view folded) {
  const std::size_t s = folded.find_first_not_of(U"'`\"“”‘’.,_|-*");
  if (s == std::u32string_view::npos) return std::nullopt;
  const std::u32string_view bare = folded.substr(s);
  // "Sá:", where the hat over the letter was read as a mark.
  const bool by_colon = bare.size() >= 3 && bare[0] == 's' && (bare[2] == ':' || bare[2] == ';');
  const bool begins =
      by_colon || bare.starts_with(U"so") || bare.starts_with(U"s6") || bare.starts_with(U"s0");
  if (!begins) return std::nullopt;
  std::size_t end = s + 2;
  if (end == word.size()) {
    // SỞ is an office.
    const bool capitals = diacritics::is_upper(word[s]) && diacritics::is_upper(word[s + 1]);
    return capitals ? std::nullopt : std::optional(end);
  }
  // "soạn" is another word: a label ends or goes on with a mark or a digit.
  if (diacritics::is_letter(word[end])) return std::nullopt;
  while (end < word.size() && std::u32string_view(U":.;").find(word[end]) != std::u32string::npos)
    ++end;
  return end;
}

// Where the symbol begins, its slash or dash included: "/BC-SYT", "-KH/TU". What a pen wrote may
// have been read as anything, strokes as slashes and digits as capitals.
Place begin_of_symbol(const Characters& line, Place from) {
  std::optional<Place> after_slash, dashed, capitals;
  char32_t before = ' ';
  for (auto at = line.next(from); at; at = line.next({at->word, at->at + 1})) {
    const char32_t c = line[*at];
    if (at->at == 0) before = ' ';
    const auto following = line.next({at->word, at->at + 1});
    const bool to_capital = following && diacritics::is_upper(line[*following]);
    if ((c == '/' || c == '-') && to_capital) {
      // Between a number and letters, not within the letters.
      if (!diacritics::is_upper(before)) return *at;
      // "36 QĐ/UB", "12 CV/UB": the number is whole, or the letters before the slash are a type's.
      const bool after_number =
          at->word > from.word && all_digits(line.text(at->word - 1, 0, std::u32string::npos));
      const bool of_type =
          at->at > 0 &&
          (after_number || type_of_symbol(line.text(at->word, 0, at->at)).has_value());
      if (c == '/' && !after_slash) after_slash = of_type ? Place{at->word, 0} : *at;
    }
    if (at->at == 0) {
      const std::string word = line.text(at->word, 0, std::u32string::npos);
      const auto letters = diacritics::count_letters(word);
      if (letters.upper >= 2 && letters.upper * 2 > letters.all) {
        if (!dashed && word.find('-') != std::string::npos) dashed = at;
        if (!capitals) capitals = at;
      }
    }
    before = c;
  }
  for (const auto& place : {after_slash, dashed, capitals})
    if (place) return *place;
  return line.end();
}

// "Số: 30/2020/NĐ-CP": the year is the symbol's.
Place before_year(const Characters& line, Place from, Place symbol) {
  if (symbol.word >= line.count()) return symbol;
  const std::u32string_view word = line.word(symbol.word);
  const std::size_t begin = symbol.word == from.word ? from.at : 0;
  if (symbol.at < begin + 5 || word[symbol.at - 5] != '/') return symbol;
  const bool year = std::all_of(word.begin() + static_cast<std::ptrdiff_t>(symbol.at - 4),
                                word.begin() + static_cast<std::ptrdiff_t>(symbol.at),
                                [](char32_t c) { return diacritics::is_digit(c); });
  return year ? Place{symbol.word, symbol.at - 5} : symbol;
}

// Sentences have the word too: outside the header a symbol must follow.
std::optional<SlotPlace> number_slot(const Line& line, const Characters& characters,
                                     bool in_header) {
  constexpr std::size_t kNoiseBefore = 2;  // words
  for (std::size_t i = 0; i < line.words.size() && i <= kNoiseBefore; ++i) {
    const auto end = end_of_number_label(characters.word(i), characters.folded(i));
    if (!end) continue;
    Place from{i, *end};
    // A colon that stands apart.
    if (const auto next = characters.next(from);
        next && next->word == i + 1 && characters.word(i + 1) == U":")
      from = {i + 1, 1};
    const Place symbol = begin_of_symbol(characters, from);
    // "Kế hoạch số 02-KH/BCĐ" cites another.
    const bool cites = i > 0 && !diacritics::starts_upper(line.words[i].text);
    if (!in_header && (cites || symbol.word >= line.words.size())) continue;
    const Place to = before_year(characters, from, symbol);
    return slot_between(SlotUse::Number, line, characters, i, from, to);
  }
  return std::nullopt;
}

// ---- the day and the month: "Kiên Giang, ngày 17 tháng 10 năm 2018"

// Where a word of the line that holds `key` begins to do so, from a word on.
std::optional<Place> find_key(const Characters& line, std::u32string_view key, std::size_t from) {
  for (std::size_t i = from; i < line.count(); ++i)
    if (const std::size_t at = line.folded(i).find(key); at != std::u32string_view::npos)
      return Place{i, at};
  return std::nullopt;
}

// The last place before another at which a word holds one of the keys in small letters.
std::optional<Place> find_lower(const Characters& line,
                                std::initializer_list<std::u32string_view> keys, Place before) {
  for (std::size_t i = before.word; i-- > 0;)
    for (const std::u32string_view key : keys)
      if (const std::size_t at = line.folded(i).rfind(key);
          at != std::u32string::npos && !diacritics::is_upper(line.word(i)[at]))
        return Place{i, at};
  return std::nullopt;
}

// Where the printed words of a date begin, and where that of the day ends.
struct DateLabels {
  Place day, day_end;
  std::optional<Place> month, year;
};

constexpr std::u32string_view kDay = U"ngay", kMonth = U"thang", kYear = U"nam";

// Empty without the word of the day.
std::optional<DateLabels> date_labels(const Characters& line) {
  DateLabels out;
  if (const auto day = find_key(line, kDay, 0)) {
    out.day = *day;
    out.day_end = {day->word, day->at + kDay.size()};
    out.month = find_key(line, kMonth, day->word);
  } else {
    // The pen may have taken its last letter or its first.
    out.month = find_key(line, kMonth, 0);
    const auto short_day =
        out.month ? find_lower(line, {U"nga", U"gay"}, *out.month) : std::nullopt;
    if (!short_day) return std::nullopt;
    out.day = *short_day;
    out.day_end = {short_day->word, short_day->at + 3};
  }
  out.year = find_key(line, kYear, out.month ? out.month->word : out.day.word);
  return out;
}

// Sentences hold dates too: outside the header a line must be like "Nam Định, ngày 3 tháng 2 năm
// 2020" from end to end.
std::vector<SlotPlace> date_slots(const Line& line, const Characters& characters, bool in_header) {
  constexpr std::size_t kPlaceWords = 7;
  const auto labels = date_labels(characters);
  if (!labels || labels->day.word > kPlaceWords || (!labels->month && !labels->year)) return {};
  const auto& [day, day_end, month, year] = *labels;
  if (!in_header) {
    const std::string text = ocr::text_of(line);
    if (!year || year->word + 2 < line.words.size() || !diacritics::starts_upper(text) ||
        text.find(',') == std::string::npos)
      return {};
  }
  std::vector<SlotPlace> out{
      slot_between(SlotUse::Day, line, characters, day.word, day_end, month ? *month : *year)};
  if (month && year)
    out.push_back(slot_between(SlotUse::Month, line, characters, month->word,
                               {month->word, month->at + kMonth.size()}, *year));
  return out;
}

}  // namespace

std::vector<SlotPlace> find_slots(const Page& page) {
  std::vector<SlotPlace> out;
  bool number = false, date = false;
  const auto has = [&](BlockKind kind) {
    return std::any_of(page.blocks.begin(), page.blocks.end(),
                       [&](const Block& block) { return block.kind == kind; });
  };
  const bool has_left = has(BlockKind::HeaderLeft), has_right = has(BlockKind::HeaderRight);
  const auto add = [&](SlotPlace slot, std::size_t block, std::size_t line) {
    slot.block = block;
    slot.line = line;
    out.push_back(std::move(slot));
  };
  for (std::size_t b = 0; b < page.blocks.size(); ++b) {
    const Block& block = page.blocks[b];
    const bool none = block.kind == BlockKind::ReceiptStamp ||
                      block.kind == BlockKind::DigitalSignature ||
                      block.kind == BlockKind::Recipients || block.kind == BlockKind::Signature;
    if (none) continue;
    for (std::size_t l = 0; l < block.lines.size(); ++l) {
      const Line& line = block.lines[l];
      if (line.words.empty() || line.box.top > kHeaderShare * page.height) continue;
      const bool left = block.kind == BlockKind::HeaderLeft;
      const bool right = block.kind == BlockKind::HeaderRight;
      const bool may_number = !number && (left || !has_left);
      const bool may_date = !date && (has_right ? right : !left);
      if (!may_number && !may_date) continue;
      const Characters characters(line);
      if (may_number)
        if (auto slot = number_slot(line, characters, left)) {
          add(std::move(*slot), b, l);
          number = true;
        }
      if (may_date)
        for (SlotPlace& slot : date_slots(line, characters, right)) {
          add(std::move(slot), b, l);
          date = true;
        }
    }
  }
  return out;
}

namespace {

// Makes one word of two that follow one another.
void join(Word& word, const Word& rest) {
  const std::vector<Word> both{word, rest};
  word.confidence = ocr::mean_confidence(both);
  word.box = ocr::box_of(both);
  word.text += rest.text;
  word.ocr_text += rest.text;
}

}  // namespace

std::optional<DateWords> find_date_words(const Line& line) {
  const auto labels = date_labels(Characters(line));
  if (!labels || !labels->month || !labels->year) return std::nullopt;
  return DateWords{labels->day.word, labels->month->word, labels->year->word};
}

void fill(Page& page, const SlotPlace& place, const std::string& text, double confidence) {
  Line& line = page.blocks[place.block].lines[place.line];
  const auto first = line.words.begin() + static_cast<std::ptrdiff_t>(place.first);
  const auto last = line.words.begin() + static_cast<std::ptrdiff_t>(place.last);
  std::vector<Word> words;
  if (!place.before.empty()) {
    words.push_back(*first);
    words.back().text = place.before;
    words.back().box.right = place.box.left;
  }
  Word filled;
  filled.text = text;
  filled.ocr_text = place.read;
  filled.box = place.box;
  filled.confidence = confidence;
  words.push_back(filled);
  if (!place.after.empty()) {
    Word rest = *(last - 1);
    rest.text = place.after;
    rest.box.left = std::max(place.box.right, rest.box.left);
    if (place.use == SlotUse::Number)
      join(words.back(), rest);
    else
      words.push_back(std::move(rest));
  }
  const auto at = line.words.erase(first, last);
  line.words.insert(at, std::make_move_iterator(words.begin()),
                    std::make_move_iterator(words.end()));
}

}  // namespace vanban::extract
