#include "extract/elements/stamps.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

#include "diacritics/text/text.h"
#include "extract/fields.h"
#include "extract/reading.h"
#include "extract/steps.h"
#include "extract/words/stamp_words.h"

namespace vanban::extract {

Field find_urgency(const Lines& lines, Steps& steps) {
  const auto stamp = std::find_if(lines.begin(), lines.end(), [](const TextLine& line) {
    return line.kind == ocr::BlockKind::UrgencyStamp && !urgency_of(line.folded).empty();
  });
  if (stamp == lines.end()) {
    note(steps, "urgency", "no line of the first page is such a stamp");
    return missing(Reason::NotApplicable);
  }
  note(steps, "urgency", *stamp, "taken: a stamp of urgency");
  return found(std::string(urgency_of(stamp->folded)), {whole(*stamp)}, "stamp/urgency");
}

namespace {

// A line of capitals over one that ends "... TÀI LIỆU MẬT" has it for its end.
bool goes_on(const Lines& lines, LineIt line) {
  return line->kind == ocr::BlockKind::Title ||
         (line != lines.begin() && std::prev(line)->kind == line->kind &&
          diacritics::is_upper(std::prev(line)->text));
}

// Of a table alone where it is hardly more than a frame: cells hold words by themselves.
bool may_be_in_frame(const Lines& lines) {
  constexpr std::ptrdiff_t kMostLines = 2;
  return std::count_if(lines.begin(), lines.end(), [](const TextLine& line) {
           return line.kind == ocr::BlockKind::Table;
         }) <= kMostLines;
}

}  // namespace

Field find_secrecy(const Lines& lines, Steps& steps) {
  const auto head = head_end(lines);
  const bool tables_too = may_be_in_frame(lines);
  for (auto line = lines.begin(); line != lines.end(); ++line) {
    // A stamp that was read by itself stands behind all other lines.
    if (line >= head && line->kind != ocr::BlockKind::UrgencyStamp) continue;
    if (line->kind == ocr::BlockKind::Table && !tables_too) continue;
    std::string_view mark = secrecy_of(line->text);
    if (mark.empty() && !goes_on(lines, line)) mark = secrecy_of_papers(line->text);
    if (mark.empty()) continue;
    note(steps, "secrecy", *line, "taken: a mark of secrecy");
    return found(std::string(mark), {whole(*line)}, "stamp/secrecy");
  }
  note(steps, "secrecy", "no line of the first page's head is such a mark");
  return missing(Reason::NotApplicable);
}

std::optional<Field> secrecy_of_page(const ocr::Page& page) {
  const PageText text = reading_text(page);
  Steps steps;
  Field mark = find_secrecy(text.lines, steps);
  return mark.value ? std::optional(std::move(mark)) : std::nullopt;
}

}  // namespace vanban::extract
