#include "extract/elements/recipients.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "diacritics/text/text.h"
#include "extract/fields.h"
#include "extract/steps.h"
#include "extract/words/abbreviations.h"
#include "extract/words/known_names.h"
#include "extract/words/vocabulary.h"

namespace vanban::extract {
namespace {

using diacritics::count_letters;

// "- Các công ty: Môi trường; Thoát nước;": what the semicolons part belongs to one item.
bool lists_under_colon(const std::vector<WordRange>& item) {
  const std::string first = diacritics::fold(text_of(item.front()));
  return first.starts_with("cac ") && first.find(':') != std::string::npos;
}

// Without what the engine made of a pen's stroke after the end of an item: "Kho bạc; 5".
WordRange without_tail(WordRange range) {
  constexpr std::size_t kWordsMax = 2;
  constexpr int kLettersMax = 3;
  const auto& words = range.line->line->words;
  for (std::size_t tail = 1; tail <= kWordsMax && range.last > range.first + tail; ++tail) {
    const std::size_t end = range.last - tail;
    if (!words[end - 1].text.ends_with(';')) continue;
    if (count_letters(text_of({range.line, end, range.last})).all <= kLettersMax) range.last = end;
    break;
  }
  return range;
}

// Without what follows a brace beside the list, which is read as a mark: "trực thuộc? Website".
WordRange without_words_at_brace(WordRange range) {
  const auto& words = range.line->line->words;
  for (std::size_t i = range.first + 1; i + 1 < range.last; ++i)
    if (words[i].text.ends_with('?')) range.last = i + 1;
  return range;
}

// Without what stands apart to the right: a list is set flush left, and what a wide gap parts from
// an item is the name of a website beside a brace, a stroke or a seal.
WordRange without_far_words(WordRange range) {
  constexpr double kGap = 1.9;  // heights of the line's words, the middle one's
  const auto& words = range.line->line->words;
  std::vector<double> heights;
  for (const ocr::Word& word : words) heights.push_back(word.box.height());
  const double gap = kGap * ocr::median(std::move(heights));
  // The dash that begins an item may stand apart.
  for (std::size_t i = range.first + 2; i < range.last; ++i)
    if (words[i].box.left - words[i - 1].box.right > gap) {
      range.last = i;
      break;
    }
  return range;
}

// "(b/c)", for information, is small and in italics: "(b/©)", "(để ð⁄€)".
std::string with_for_information(std::string text) {
  std::u32string letters = diacritics::to_code_points(text);
  const auto is_among = [](std::u32string_view kinds, char32_t c) {
    return kinds.find(c) != std::u32string_view::npos;
  };
  for (std::size_t at = 1; at + 3 < letters.size(); ++at)
    if (is_among(U"( ", letters[at - 1]) && is_among(U"bðđh6", letters[at]) &&
        is_among(U"/⁄", letters[at + 1]) && is_among(U"ceo©€", letters[at + 2]) &&
        letters[at + 3] == U')')
      letters.replace(at, 3, U"b/c");
  return diacritics::to_utf8(letters);
}

// Abbreviations that recipients have in brackets, with letters that are often misread.
std::string with_usual_notes(std::string text) {
  text = with_for_information(std::move(text));
  const auto replace = [&](std::string_view from, std::string_view to) {
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at))
      text.replace(at, from.size(), to);
  };
  replace("(/c)", "(b/c)");
  replace("(bc)", "(b/c)");
  replace("(th)", "(t/h)");
  // The state's portals: an abbreviation after it says nothing to whoever restores marks.
  replace("Công TT", "Cổng TT");
  replace("(đề ", "(để ");
  replace("(đê ", "(để ");
  // "Giám đốc"; there is no Œ in Vietnamese.
  replace("ŒĐ", "GĐ");
  // There is no eighth military region.
  replace("Quân khu §", "Quân khu 5");
  replace("Tinh ủy", "Tỉnh ủy");
  replace("Tinh uỷ", "Tỉnh uỷ");
  // A stroke beside a word that no bracket before it asks for.
  if (text.find('(') == std::string::npos) std::erase(text, ')');
  return text;
}

// A list within an item goes on in small letters: "Các phòng ban. đơn vị" had a comma. Where most
// of it is parted by commas, all of it is: "CVP, PCVP, TH. CBTH".
std::string with_commas(std::string text) {
  constexpr std::ptrdiff_t kCommasMin = 2;
  const bool listed = std::count(text.begin(), text.end(), ',') >= kCommasMin;
  for (std::size_t at = text.find(". "); at != std::string::npos; at = text.find(". ", at + 1)) {
    const std::string_view rest = std::string_view(text).substr(at + 2);
    const bool word = diacritics::count_letters(rest.substr(0, rest.find(' '))).all > 1;
    const bool one_letter = at < 2 || text[at - 2] == ' ';  // "P. Ng/cứu"
    if (word && (!diacritics::starts_upper(rest) || (listed && !one_letter))) text[at] = ',';
  }
  return text;
}

// "Lưu: VT.ltbinh": after the registry and a comma stand, in small letters, who wrote and typed it.
std::string with_comma_after_registry(std::string text) {
  constexpr std::string_view kRegistry = " VT.";
  const std::size_t at = text.find(kRegistry);
  if (at == std::string::npos) return text;
  const std::u32string rest =
      diacritics::to_code_points(std::string_view(text).substr(at + kRegistry.size()));
  if (!rest.empty() && diacritics::is_letter(rest.front()) && !diacritics::is_upper(rest.front()))
    text[at + kRegistry.size() - 1] = ',';
  return text;
}

// The digits that end the signs of who wrote and typed it, where a 1 was read as a letter: "Lưu:
// VT, NGocl06", "Tien3i".
std::string with_digits_at_end(std::string text) {
  const auto is_digit = [](char c) { return diacritics::is_digit(static_cast<char32_t>(c)); };
  const auto may_be_one = [](char c) { return c == 'l' || c == 'i' || c == 'I'; };
  std::size_t begin = text.size();
  bool digits = false;
  while (begin > 0 && (is_digit(text[begin - 1]) || may_be_one(text[begin - 1]))) {
    --begin;
    digits = digits || is_digit(text[begin]);
  }
  if (!digits) return text;
  // Before the first digit an i may end a name, an l ends none.
  while (!is_digit(text[begin]) && text[begin] != 'l') ++begin;
  for (; begin < text.size(); ++begin)
    if (may_be_one(text[begin])) text[begin] = '1';
  return text;
}

// Without the stroke of the pen with which whoever drafted the document signs after the last item.
void drop_pen(std::vector<WordRange>& item) {
  constexpr double kHardlyRead = 0.25;
  constexpr int kLettersMax = 3;
  WordRange& range = item.back();
  if (range.last < range.first + 2) return;
  const ocr::Word& word = range.line->line->words[range.last - 1];
  const auto letters = count_letters(word.text);
  if (word.confidence < kHardlyRead && letters.all <= kLettersMax && letters.upper == 0 &&
      !diacritics::has_digit(word.text) && word.text.find(')') == std::string::npos)
    --range.last;
}

// "Lưu: …" closes the list.
bool closes_list(const std::vector<WordRange>& item) {
  return item.front().line->folded.find("luu") < 4;
}

// Whether a line after the item begins another.
bool ends_item(const std::vector<WordRange>& item, const TextLine& next) {
  const std::string end = text_of(item.back());
  if (end.ends_with(';')) return true;
  return (end.ends_with('.') || end.ends_with(':')) && end.size() > 4 && !closes_list(item) &&
         next.text.starts_with("Các ");
}

Field recipient_field(const std::vector<WordRange>& item) {
  std::string as_read = without_item_end(joined(item));
  // "-Như trên": the space was lost; "'Như trên": a dot before it was read as a mark.
  as_read.erase(0, std::min(as_read.find_first_not_of(" '`"), as_read.size()));
  as_read = without_mark(std::move(as_read));
  as_read.erase(as_read.find_last_not_of('?') + 1);
  Field field = found(as_read, item, "recipients/dash");
  if (field.evidence.source == FieldSource::TextLayer) return field;
  field.value = with_usual_abbreviations(with_usual_notes(with_known_marks(as_read)));
  if (closes_list(item)) {
    field.value = with_digits_at_end(with_comma_after_registry(std::move(*field.value)));
    const auto open = field.value->rfind('(');
    if (open != std::string::npos && field.value->find(')', open) == std::string::npos)
      *field.value += ')';
  } else {
    field.value = with_commas(*field.value);
  }
  if (*field.value != as_read) field.evidence.source = FieldSource::OcrRestored;
  return field;
}

// A line of the list without what a pen, a seal or a brace beside it added.
WordRange words_of_list(const TextLine& line) {
  return without_words_at_brace(without_far_words(without_tail(whole(line))));
}

// How a list is set.
struct ListManner {
  bool marked = false;  // items begin with dashes
  double right = 0;     // where its lines may end, pixels
};

// Whether the first word of a line would have had room on the line above: it begins something new.
bool had_room_above(const ocr::Line& line, const ocr::Line& above, const ListManner& manner) {
  constexpr double kSpace = 0.4;  // heights of a line
  return above.box.right + kSpace * line.box.height() + line.words.front().box.width() <
         manner.right;
}

// Whether a line begins an item. The semicolon that ends the one above is read more surely than the
// dash, if at times as another mark; without dashes an item begins in capitals on a line of its
// own.
bool begins_item(const TextLine& line, const std::vector<std::vector<WordRange>>& items,
                 const ListManner& manner) {
  if (begins_with_mark(*line.line) || items.empty()) return true;
  if (lists_under_colon(items.back())) return false;
  if (ends_item(items.back(), line)) return true;
  if (manner.marked || !diacritics::starts_upper(line.text)) return false;
  return text_of(items.back().back()).ends_with('.') || line.folded.starts_with("luu:") ||
         had_room_above(*line.line, *items.back().back().line->line, manner);
}

// Whether an item's last line ends more than a line's height above another.
bool stands_apart(const std::vector<WordRange>& item, const ocr::Line& next) {
  return next.box.top - item.back().line->line->box.bottom > next.box.height();
}

// The lines below a heading, parted into items.
std::vector<std::vector<WordRange>> items_below(std::vector<TextLine>::const_iterator heading,
                                                std::vector<TextLine>::const_iterator end) {
  std::vector<std::vector<WordRange>> items;
  ListManner manner;
  for (auto line = heading + 1; line != end && line->kind == heading->kind; ++line) {
    manner.marked = manner.marked || begins_with_mark(*line->line);
    // The column is a third of the page wide, however short the names in it.
    constexpr double kWidthMin = 17;  // heights of a line
    const ocr::Box& box = line->line->box;
    manner.right = std::max({manner.right, box.right, box.left + kWidthMin * box.height()});
  }
  for (auto line = heading + 1; line != end && line->kind == heading->kind; ++line) {
    if (is_signing_line(line->text)) break;
    if (begins_item(*line, items, manner)) {
      items.push_back({without_dash(words_of_list(*line))});
      continue;
    }
    if (closes_list(items.back())) {
      // What stands below the last item is an address or a seal.
      if (stands_apart(items.back(), *line->line)) break;
      if (count_letters(line->text).all < 3) continue;
    }
    items.back().push_back(words_of_list(*line));
  }
  if (!items.empty() && closes_list(items.back())) drop_pen(items.back());
  return items;
}

}  // namespace

std::vector<Field> find_recipients(const std::vector<PageText>& pages, Steps& steps) {
  std::vector<Field> out;
  for (auto page = pages.rbegin(); page != pages.rend(); ++page) {
    const auto heading = std::find_if(page->lines.begin(), page->lines.end(), heads_recipients);
    if (heading == page->lines.end()) continue;
    note(steps, "recipients", *heading, "taken: the heading; the items of its list follow");
    for (const auto& item : items_below(heading, page->lines.end())) {
      Field recipient = recipient_field(item);
      if (!recipient.value->empty()) out.push_back(std::move(recipient));
    }
    break;
  }
  return out;
}

}  // namespace vanban::extract
