#include "extract/elements/addressees.h"

#include <algorithm>
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

// The salutation from `start` on, parted into those whom it names.
std::vector<std::vector<WordRange>> salutation_items(LineIt start, LineIt end) {
  std::vector<std::vector<WordRange>> items;
  if (const WordRange rest = after_salutation(*start); !rest.empty()) items.push_back({rest});
  for (auto it = start + 1; it != end && it->kind == start->kind; ++it) {
    const bool after_end =
        !items.empty() && !items.back().empty() && text_of(items.back().back()).ends_with(';');
    if (is_dash(it->line->words.front().text) || items.empty() || after_end)
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
    if (!addressee.value->empty()) out.value.push_back(*addressee.value);
    restored = restored || addressee.evidence.source == FieldSource::OcrRestored;
    all.insert(all.end(), item.begin(), item.end());
  }
  if (all.empty()) return out;
  out.evidence = evidence_of(all, "letter/salutation");
  if (restored) out.evidence.source = FieldSource::OcrRestored;
  return out;
}

}  // namespace vanban::extract
