#include "extract/elements/header.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "extract/elements/addressees.h"
#include "extract/elements/agencies.h"
#include "extract/elements/date_line.h"
#include "extract/elements/head_lines.h"
#include "extract/elements/number_symbol.h"
#include "extract/elements/stamps.h"
#include "extract/elements/type_and_subject.h"
#include "extract/steps.h"

namespace vanban::extract {
namespace {

using ocr::BlockKind;

struct FoundNumber {
  LineIt at;
  NumberLine line;
};

std::optional<FoundNumber> find_number_line(const Lines& lines, Steps& steps) {
  // In the left column first; where no columns were found, anywhere in the head, but not among the
  // documents that the text cites.
  const bool has_left = std::any_of(lines.begin(), lines.end(), [](const TextLine& line) {
    return line.kind == BlockKind::HeaderLeft;
  });
  for (auto it = lines.begin(); it != head_end(lines); ++it) {
    if (has_left && it->kind != BlockKind::HeaderLeft) continue;
    if (is_about(*it) || is_salutation(*it)) {
      note(steps, "number", *it, "stopped: the subject or the addressees begin here");
      break;
    }
    // Below the title a line may begin with the number of a document that the text cites.
    if (!has_left && it->kind == BlockKind::Title) break;
    const std::size_t label = it->folded.find('s');
    if (!has_left && (label == std::string::npos || label > 3)) continue;
    if (auto parsed = parse_number_line(*it)) {
      note(steps, "number", *it,
           "taken: \"" + parsed->number + "\" before the symbol \"" + parsed->symbol + "\"");
      return FoundNumber{it, std::move(*parsed)};
    }
    note(steps, "number", *it, "refused: no symbol after the word for a number or after a slash");
  }
  return std::nullopt;
}

}  // namespace

Header find_header(const PageText& first_page, Steps& steps) {
  const Lines& lines = first_page.lines;
  const LineIt type_line = find_type_line(lines);
  std::optional<std::string> type_name;
  if (type_line != head_end(lines)) type_name = text_of(without_noise(*type_line));

  const auto number_line = find_number_line(lines, steps);
  NumberFields number;
  if (number_line)
    number = number_fields(number_line->line, type_name, steps);
  else
    number.number = number_in_slot(*lines.front().page);
  const LineIt over_number = number_line ? number_line->at : head_end(lines);
  Agencies agencies = find_agencies({lines.begin(), over_number}, number.symbol, steps);
  repair_agency_group(agencies, number, steps);

  Header out;
  DateLine date_line =
      find_date_line({lines.begin(), head_end(lines)}, agencies.issuing, agencies.parent, steps);
  out.place = std::move(date_line.place);
  out.date = std::move(date_line.date.date);
  out.date_parts = std::move(date_line.date.parts);
  out.type = find_type(lines, type_line, number.symbol, steps);
  out.subject = find_subject(lines, type_line, steps);
  out.addressees = find_addressees(lines, steps);
  out.urgency = find_urgency(lines, steps);
  out.secrecy = find_secrecy(lines, steps);
  out.number = std::move(number.number);
  out.symbol = std::move(number.symbol);
  out.code = std::move(number.code);
  out.parent_agency = std::move(agencies.parent);
  out.issuing_agency = std::move(agencies.issuing);
  out.joint_issuers = std::move(agencies.joint);
  return out;
}

}  // namespace vanban::extract
