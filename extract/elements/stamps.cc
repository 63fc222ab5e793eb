#include "extract/elements/stamps.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "diacritics/text/text.h"
#include "extract/fields.h"
#include "extract/steps.h"
#include "extract/words/vocabulary.h"

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

Field find_secrecy(const Lines& lines, Steps& steps) {
  const auto head = head_end(lines);
  for (auto line = lines.begin(); line != lines.end(); ++line) {
    // A stamp that was read by itself stands behind all other lines.
    if (line >= head && line->kind != ocr::BlockKind::UrgencyStamp) continue;
    const std::string_view mark = secrecy_of(line->folded);
    if (mark.empty() || !diacritics::is_upper(line->text)) continue;
    note(steps, "secrecy", *line, "taken: a mark of secrecy");
    return found(std::string(mark), {whole(*line)}, "stamp/secrecy");
  }
  note(steps, "secrecy", "no line of the first page's head is such a mark");
  return missing(Reason::NotApplicable);
}

}  // namespace vanban::extract
