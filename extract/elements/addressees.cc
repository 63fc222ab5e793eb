#include "extract/elements/addressees.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "diacritics/text/text.h"
#include "extract/fields.h"
#include "extract/steps.h"

namespace vanban::extract {
namespace {

using diacritics::count_letters;
using ocr::BlockKind;

// The words of a salutation after "Kính gửi:".
WordRange after_salutation(const TextLine& line) {
  const auto& words = line.line->words;
  const auto ends_salutation = [&](std::size_t word) {
    const std::string folded = diacritics::fold(words[word].text);
    return folded.find("gui") != std::string::npos || folded == "dien:";
  };
  WordRange rest = whole(line);
  while (!rest.empty() && !ends_salutation(rest.first)) ++rest.first;
  if (!rest.empty()) ++rest.first;
  rest = without_dash(rest);
  while (!rest.empty() && count_letters(words[rest.first].text).all == 0) ++rest.first;
  return rest;
}

// Whether two lines begin at the same place.
bool stands_below(const ocr::Line& line, const ocr::Line& above) {
  return std::abs(line.box.left - above.box.left) < 0.5 * line.box.height();
}

// The salutation from `start` on, parted into those whom it names.
std::vector<std::vector<WordRange>> salutation_items(LineIt start, LineIt end) {
  std::vector<std::vector<WordRange>> items;
  const bool marked = std::any_of(start, end, [&](const TextLine& line) {
    return line.kind == start->kind && begins_with_mark(*line.line);
  });
  if (const WordRange rest = after_salutation(*start); !rest.empty()) items.push_back({rest});
  for (auto it = start + 1; it != end && it->kind == start->kind; ++it) {
    const bool after_end =
        !items.empty() && !items.back().empty() && text_of(items.back().back()).ends_with(';');
    // Items without marks stand one below another; what goes on has small letters or is centred.
    const bool below = !marked && !items.empty() && diacritics::starts_upper(it->text) &&
                       stands_below(*it->line, *items.back().front().line->line);
    if (begins_with_mark(*it->line) || items.empty() || after_end || below)
      items.push_back({without_dash(whole(*it))});
    else
      items.back().push_back(whole(*it));
  }
  return items;
}

}  // namespace

ListField find_addressees(const Lines& lines, Steps& steps) {
  const auto start = std::find_if(lines.begin(), head_end(lines), [](const TextLine& line) {
    return line.kind == BlockKind::Addressees;
  });
  ListField out;
  if (start == head_end(lines)) {
    note(steps, "addressees", "no line begins with \"Kính gửi\"");
    out.reason = Reason::NotApplicable;
    return out;
  }
  note(steps, "addressees", *start, "taken: the salutation; the items of its list follow");
  std::vector<WordRange> all;
  bool restored = false;
  for (const auto& item : salutation_items(start, lines.end())) {
    const Field addressee = found_name(item, "letter/salutation");
    const std::string name = without_mark(*addressee.value);
    if (!name.empty()) out.value.push_back(name);
    restored = restored || addressee.evidence.source == FieldSource::OcrRestored;
    all.insert(all.end(), item.begin(), item.end());
  }
  if (all.empty()) return out;
  out.evidence = evidence_of(all, "letter/salutation");
  if (restored) out.evidence.source = FieldSource::OcrRestored;
  return out;
}

}  // namespace vanban::extract
