#include "extract/signature_block.h"

#include <algorithm>
#include <string_view>

#include "diacritics/syllables.h"
#include "diacritics/text.h"
#include "extract/fields.h"
#include "extract/vocabulary.h"

namespace vanban::extract {
namespace {

using diacritics::count_letters;
using diacritics::is_upper;
using ocr::BlockKind;

bool right_column(const TextLine& line) {
  // On a page that begins with the signature block the two columns at the top are that block.
  return line.kind == BlockKind::FooterRight ||
         (line.kind == BlockKind::HeaderRight && line.page->number > 1);
}

// Words of a line that could be part of a name: capitalised syllables, not all capitals.
WordRange name_in(const TextLine& line) {
  const auto is_name_word = [](const ocr::Word& word) {
    const std::string_view text = diacritics::trim_punctuation(word.text);
    const auto letters = count_letters(text);
    return letters.all >= 1 && letters.upper == 1 && diacritics::starts_upper(text) &&
           static_cast<std::size_t>(letters.all) == diacritics::count_code_points(text) &&
           diacritics::SyllableTable::built_in().contains(text);
  };
  const auto& words = line.line->words;
  WordRange best{&line, 0, 0};
  for (std::size_t first = 0; first < words.size(); ++first) {
    std::size_t last = first;
    while (last < words.size() && is_name_word(words[last])) ++last;
    if (last - first > best.last - best.first) best = {&line, first, last};
    first = last;
  }
  const std::size_t length = best.last - best.first;
  // A line of other things with a capitalised word or two in it is no name.
  if (length < 2 || length > 5 || words.size() > length + 3) return {&line, 0, 0};
  return best;
}

struct SignatureBlock {
  std::vector<const TextLine*> titles;  // top to bottom
  std::vector<const TextLine*> after;   // the lines of the block below the last title
};

bool is_signing_line(const TextLine& line) {
  return is_upper(line.text) && (is_title(line.folded) || !authority_of(line.text).empty());
}

// The last group of title lines of a page with what follows it.
SignatureBlock signature_block(const PageText& page) {
  SignatureBlock block;
  const bool has_column = std::any_of(page.lines.begin(), page.lines.end(), right_column);
  for (const TextLine& line : page.lines) {
    const bool eligible =
        has_column ? right_column(line) : line.kind == BlockKind::Body && line.page->number >= 1;
    if (!eligible) continue;
    if (is_signing_line(line)) {
      if (!block.after.empty() && block.titles.empty()) block.after.clear();
      // "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH" over the preamble of a decision is no signature; the block
      // that counts is the last one.
      if (!block.after.empty()) block = {};
      block.titles.push_back(&line);
    } else if (!block.titles.empty()) {
      block.after.push_back(&line);
    }
  }
  return block;
}

std::vector<WordRange> ranges_of(const std::vector<const TextLine*>& lines) {
  std::vector<WordRange> ranges;
  for (const TextLine* line : lines) ranges.push_back(whole(*line));
  return ranges;
}

Field authority_in(const std::vector<const TextLine*>& titles) {
  std::string value;
  std::vector<const TextLine*> lines;
  for (const TextLine* line : titles) {
    const std::string_view authority = authority_of(line->text);
    if (authority.empty()) continue;
    if (!value.empty()) value += ' ';
    value.append(authority) += '.';
    lines.push_back(line);
  }
  if (value.empty()) return missing(Reason::NotApplicable);
  return found(std::move(value), ranges_of(lines), "signature_block/authority");
}

// The title without the authority before it: "KT. GIÁM ĐỐC" -> "GIÁM ĐỐC".
WordRange title_in(const TextLine& line) {
  WordRange range = whole(line);
  const auto& words = line.line->words;
  const auto is_noise = [&](const ocr::Word& word) {
    const auto letters = count_letters(word.text);
    return letters.all == 0 || !authority_of(word.text + ".").empty() ||
           !diacritics::SyllableTable::built_in().contains_folded(word.text);
  };
  // "P. HIỆU TRƯỞNG" keeps its "P.".
  while (!range.empty() && is_noise(words[range.first]) && words[range.first].text != "P.")
    ++range.first;
  while (!range.empty() && is_noise(words[range.last - 1])) --range.last;
  return range;
}

// A title in which one letter was lost to the seal or the pen is taken from the list of titles.
Field title_field(const WordRange& range) {
  Field field = found_name({range}, "signature_block/last_title");
  if (field.evidence.source == FieldSource::TextLayer) return field;
  if (auto title = title_like(*field.value); title && *title != *field.value) {
    field.value = std::move(*title);
    field.evidence.source = FieldSource::OcrRestored;
  }
  return field;
}

}  // namespace

void extract_signer(const std::vector<PageText>& pages, Record& record) {
  for (auto page = pages.rbegin(); page != pages.rend(); ++page) {
    const SignatureBlock block = signature_block(*page);
    if (block.titles.empty()) continue;
    WordRange name;
    for (const TextLine* line : block.after)
      if (const WordRange candidate = name_in(*line); !candidate.empty()) name = candidate;
    // Without a column of its own a title is believed only with a name below it.
    if (name.empty() && !right_column(*block.titles.front())) continue;
    record.signer.authority = authority_in(block.titles);
    const WordRange title = title_in(*block.titles.back());
    record.signer.position = title.empty() ? missing(Reason::Illegible) : title_field(title);
    record.signer.name = name.empty() ? missing(Reason::Illegible)
                                      : found(text_of(name), {name}, "signature_block/name");
    return;
  }
  record.signer = {missing(Reason::Absent), missing(Reason::Absent), missing(Reason::Absent)};
}

void extract_recipients(const std::vector<PageText>& pages, Record& record) {
  for (auto page = pages.rbegin(); page != pages.rend(); ++page) {
    const auto heading =
        std::find_if(page->lines.begin(), page->lines.end(), [](const TextLine& line) {
          return line.folded.find("noi nhan") != std::string::npos && line.folded.size() < 24;
        });
    if (heading == page->lines.end()) continue;
    std::vector<std::vector<WordRange>> items;
    for (auto line = heading + 1; line != page->lines.end() && line->kind == heading->kind;
         ++line) {
      const WordRange range = whole(*line);
      if (is_signing_line(*line)) break;
      const bool starts_item = !range.empty() && is_dash(line->line->words.front().text);
      if (starts_item) {
        items.push_back({without_dash(range)});
      } else if (!items.empty()) {
        // "Lưu: …" closes the list; what stands below it is an address or a seal.
        if (items.back().front().line->folded.find("luu") < 4 &&
            line->line->box.top - items.back().back().line->line->box.bottom >
                line->line->box.height())
          break;
        items.back().push_back(range);
      }
    }
    for (const auto& item : items) {
      std::string value = without_item_end(joined(item));
      if (!value.empty())
        record.recipients.push_back(found(std::move(value), item, "recipients/dash"));
    }
    return;
  }
}

}  // namespace vanban::extract
