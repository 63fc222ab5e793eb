#include "pipeline/plain_text.h"

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "diacritics/text/text.h"
#include "extract/page_parts.h"
#include "extract/words/person_names.h"
#include "extract/words/place_and_day.h"
#include "extract/words/vocabulary.h"
#include "pipeline/page/read_slots.h"

namespace vanban::pipeline {
namespace {

using diacritics::fold;
using diacritics::is_upper;
using diacritics::split_words;
using ocr::BlockKind;

using Words = std::vector<std::string>;

// A line that is not empty, and the line ends before it since the last one.
struct TextLine {
  Words words;
  int line_ends = 1;

  std::string text() const { return joined(0, words.size()); }
  std::string joined(std::size_t from, std::size_t to) const {
    std::string out;
    for (std::size_t i = from; i < to; ++i) out += (out.empty() ? "" : " ") + words[i];
    return out;
  }
  TextLine part(std::size_t from, std::size_t to) const {
    return {{words.begin() + static_cast<std::ptrdiff_t>(from),
             words.begin() + static_cast<std::ptrdiff_t>(to)},
            line_ends};
  }
};
using Lines = std::vector<TextLine>;

Lines lines_of(std::string_view page) {
  Lines out;
  int line_ends = 1;
  while (!page.empty()) {
    const std::size_t end = std::min(page.find('\n'), page.size());
    TextLine line{split_words(diacritics::to_nfc(page.substr(0, end))), line_ends};
    page.remove_prefix(std::min(end + 1, page.size()));
    if (line.words.empty()) {
      ++line_ends;
      continue;
    }
    out.push_back(std::move(line));
    line_ends = 1;
  }
  return out;
}

// ---- the two columns of the header

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

bool begins_number(const TextLine& line) {
  const std::string first = fold(line.words.front());
  return first == "so" || first.starts_with("so:") || first.starts_with("so.");
}

// The word with which the date of a line begins; past the last where there is none.
std::size_t begin_of_date(const TextLine& line) {
  const std::vector<std::string_view> words(line.words.begin(), line.words.end());
  if (const auto day = extract::day_in_figures(words)) return day->label;
  const std::string folded = fold(line.text());
  if (!has(folded, "ngay") || !has(folded, "thang") || !has(folded, "nam ")) return words.size();
  const auto day = std::find_if(words.begin(), words.end(),
                                [](std::string_view word) { return has(fold(word), "ngay"); });
  return static_cast<std::size_t>(day - words.begin());
}

bool is_date_line(const TextLine& line) { return begin_of_date(line) < line.words.size(); }

// The first word of the right column; past the last where there is none.
std::size_t right_column_begin(const TextLine& line) {
  const Words& words = line.words;
  // The country's name and the motto begin the column wherever they stand.
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string rest = fold(line.joined(i, words.size()));
    for (const std::string_view head : {"cong hoa xa hoi", "doc lap", "dang cong san"})
      if (rest.starts_with(head)) return i;
  }
  const std::size_t day = begin_of_date(line);
  if (day == words.size()) return day;
  return extract::begin_of_place(std::vector<std::string_view>(words.begin(), words.end()), day);
}

bool is_left_column(const TextLine& line) {
  return is_upper(line.text()) || begins_number(line) ||
         extract::begins_subject_of_letter(fold(line.text()));
}

bool begins_document_text(const TextLine& line) {
  const std::string text = line.text();
  return (is_upper(text) && extract::type_named(text)) || extract::begins_salutation(fold(text)) ||
         fold(text).starts_with("can cu");
}

// Whether another document may begin with these lines.
bool begins_with_country(const Lines& lines) {
  constexpr std::size_t kHead = 6;
  return std::any_of(
      lines.begin(), lines.begin() + std::min<std::ptrdiff_t>(kHead, std::ssize(lines)),
      [](const TextLine& line) { return extract::names_country_or_party(fold(line.text())); });
}

// How many lines make the header; 0 where the text has none.
std::size_t header_length(const Lines& lines) {
  constexpr std::size_t kLongest = 14;  // lines
  bool sign = false;
  std::size_t i = 0;
  for (; i < std::min(kLongest, lines.size()) && !begins_document_text(lines[i]); ++i) {
    const std::string folded = fold(lines[i].text());
    sign = sign || extract::names_country_or_party(folded) || begins_number(lines[i]) ||
           is_date_line(lines[i]);
  }
  return sign && i < std::min(kLongest, lines.size()) ? i : 0;
}

// ---- the two columns of the end

// The first word of the signature's column: capitals to the line's end after an item's end or the
// heading.
std::size_t signature_begin(const TextLine& line) {
  std::size_t begin = line.words.size();
  while (begin > 0 && is_upper(line.words[begin - 1])) --begin;
  if (begin == line.words.size()) return begin;
  if (begin == 0) return extract::is_signing_line(line.text()) ? 0 : line.words.size();
  const char before = line.words[begin - 1].back();
  const bool ends = before == ';' || before == ':' || before == '.';
  return ends && extract::is_signing_line(line.joined(begin, line.words.size()))
             ? begin
             : line.words.size();
}

bool is_name(const TextLine& line) {
  const std::vector<std::string_view> words(line.words.begin(), line.words.end());
  return extract::is_person_name(words);
}

// ---- blocks

class PageBuilder {
 public:
  explicit PageBuilder(int number) {
    page_.number = number;
    page_.route = ocr::Route::TextLayer;
    // No place on paper.
    page_.to_displayed = {ocr::Affine{0, 0, 0, 0, 0, 0}};
    page_.width = kWidth;
  }

  // Lines of one column stand below one another, centred; `usual`: line ends between most lines.
  void add(BlockKind kind, const Lines& lines, int usual) {
    if (lines.empty()) return;
    ocr::Block block;
    block.kind = kind;
    block.lines.reserve(lines.size());
    for (const TextLine& line : lines) {
      const int extra = std::max(0, line.line_ends - usual);
      top_ += kPitch * (1 + std::min(extra, 3));
      block.lines.push_back(laid_out(line));
      block.box = ocr::united(block.box, block.lines.back().box);
    }
    page_.blocks.push_back(std::move(block));
  }

  ocr::Page finish() {
    // Far enough below that nothing stands at the foot.
    page_.height = std::max(10000.0, 10 * top_);
    return std::move(page_);
  }

 private:
  static constexpr double kWidth = 1000, kPitch = 30, kHeight = 20, kLetter = 10;

  ocr::Line laid_out(const TextLine& line) const {
    const auto width = [](std::string_view text) {
      return kLetter * static_cast<double>(diacritics::count_code_points(text));
    };
    ocr::Line out;
    out.words.reserve(line.words.size());
    double x = (kWidth - width(line.text())) / 2;
    for (const std::string& text : line.words) {
      ocr::Word word;
      word.text = word.ocr_text = text;
      word.box = {x, top_, x + width(text), top_ + kHeight};
      word.confidence = 1;
      x = word.box.right + kLetter;
      out.words.push_back(std::move(word));
    }
    out.box = ocr::box_of(out.words);
    return out;
  }

  ocr::Page page_;
  double top_ = 1000;  // below the place of page numbers
};

// The line ends between most lines: some texts have an empty line after each.
int usual_line_ends(const Lines& lines) {
  std::vector<double> all;
  for (std::size_t i = 1; i < lines.size(); ++i) all.push_back(lines[i].line_ends);
  return std::max(1, static_cast<int>(ocr::median(std::move(all))));
}

ocr::Page page_of(int number, const Lines& lines, bool may_have_header) {
  const int usual = usual_line_ends(lines);
  PageBuilder builder(number);
  const std::size_t header = may_have_header ? header_length(lines) : 0;
  Lines left, right, body, recipients, signature;
  for (std::size_t i = 0; i < header; ++i) {
    const std::size_t begin = right_column_begin(lines[i]);
    if (begin == lines[i].words.size()) {
      (is_left_column(lines[i]) ? left : right).push_back(lines[i]);
      continue;
    }
    if (begin > 0) left.push_back(lines[i].part(0, begin));
    right.push_back(lines[i].part(begin, lines[i].words.size()));
  }
  bool at_end = false;
  for (std::size_t i = header; i < lines.size(); ++i) {
    const TextLine& line = lines[i];
    at_end = at_end ||
             has(fold(line.joined(0, std::min<std::size_t>(3, line.words.size()))), "noi nhan");
    if (!at_end) {
      body.push_back(line);
      continue;
    }
    const std::size_t begin = signature_begin(line);
    // "Lưu: VT." closes the list.
    const bool closed =
        !signature.empty() || (!recipients.empty() && has(fold(recipients.back().text()), "luu"));
    const bool signs = begin == 0 || (closed && is_name(line));
    if (!signs && begin > 0) recipients.push_back(line.part(0, begin));
    if (signs || begin < line.words.size())
      signature.push_back(signs ? line : line.part(begin, line.words.size()));
  }
  builder.add(BlockKind::HeaderLeft, left, usual);
  builder.add(BlockKind::HeaderRight, right, usual);
  builder.add(BlockKind::Body, body, usual);
  builder.add(BlockKind::Recipients, recipients, usual);
  builder.add(BlockKind::Signature, signature, usual);
  ocr::Page page = builder.finish();
  extract::name_parts(page);
  note_slots(page);
  return page;
}

}  // namespace

ocr::Document document_of_text(std::string_view text) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  ocr::Document document;
  bool header_to_come = true;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\f'), text.size());
    const Lines lines = lines_of(text.substr(0, end));
    document.pages.push_back(page_of(static_cast<int>(document.pages.size()) + 1, lines,
                                     header_to_come || begins_with_country(lines)));
    header_to_come = header_to_come && lines.empty();
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return document;
}

}  // namespace vanban::pipeline
