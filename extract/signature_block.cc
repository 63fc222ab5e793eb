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
  return line.kind == BlockKind::Signature ||
         (line.kind == BlockKind::HeaderRight && line.page->number > 1);
}

struct Name {
  WordRange words;
  bool whole = false;  // nothing of it seems to be missing
};

// A capital and small letters only.
bool is_name_like(const ocr::Word& word) {
  const std::string_view text = diacritics::trim_punctuation(word.text);
  const auto letters = count_letters(text);
  return word.text.starts_with(text) && letters.all >= 1 && letters.upper == 1 &&
         diacritics::starts_upper(text) &&
         static_cast<std::size_t>(letters.all) == diacritics::count_code_points(text);
}

bool is_syllable(const ocr::Word& word) {
  return diacritics::SyllableTable::built_in().contains(word.text);
}

// Whether ink that was not read as text stands just left of the name, at its height: a seal over
// the family name leaves the rest to be read very surely.
bool has_ink_before(const WordRange& name) {
  const auto& words = name.line->line->words;
  const ocr::Box& first = words[name.first].box;
  if (name.first > 0 && first.left - words[name.first - 1].box.right < 2 * first.height())
    return true;
  const auto& unread = name.line->page->unread_ink;
  return std::any_of(unread.begin(), unread.end(), [&](const ocr::Box& ink) {
    return ink.right <= first.left && first.left - ink.right < 1.2 * first.height() &&
           std::min(ink.bottom, first.bottom) - std::max(ink.top, first.top) > 0.5 * first.height();
  });
}

// The longest run of words in a line that could be a person's name.
Name name_in(const TextLine& line) {
  const auto& words = line.line->words;
  Name best{{&line, 0, 0}, false};
  for (std::size_t first = 0; first < words.size(); ++first) {
    std::size_t last = first;
    while (last < words.size() && is_name_like(words[last])) ++last;
    if (last - first > best.words.last - best.words.first) best.words = {&line, first, last};
    first = last;
  }
  const std::size_t length = best.words.last - best.words.first;
  // A line of other things with a capitalised word or two in it is no name.
  if (length < 2 || length > 5 || words.size() > length + 3) return {{&line, 0, 0}, false};
  const bool sound =
      std::all_of(words.begin() + static_cast<std::ptrdiff_t>(best.words.first),
                  words.begin() + static_cast<std::ptrdiff_t>(best.words.last), is_syllable);
  // From an image, what does not begin with a family name has lost it to the seal; so may have two
  // syllables that do.
  const bool from_image = line.page->route == ocr::Route::Ocr;
  const bool begins_well =
      is_surname(words[best.words.first].text) && (length > 2 || !has_ink_before(best.words));
  best.whole = sound && (begins_well || !from_image);
  return best;
}

struct SignatureBlock {
  std::vector<const TextLine*> titles;  // top to bottom
  std::vector<const TextLine*> after;   // the lines of the block below the last title
};

bool heads_recipients(const TextLine& line) { return is_recipients_heading(line.folded); }

// The last group of title lines of a page with what follows it. Beside the recipients the right
// column is the signature's even where no title in it could be read.
SignatureBlock signature_block(const PageText& page) {
  SignatureBlock block;
  const bool has_column = std::any_of(page.lines.begin(), page.lines.end(), right_column);
  const bool has_recipients = std::any_of(page.lines.begin(), page.lines.end(), heads_recipients);
  for (const TextLine& line : page.lines) {
    if (has_column ? !right_column(line) : line.kind != BlockKind::Body) continue;
    if (is_signing_line(line.text)) {
      // "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH" over the preamble of a decision is no signature; the block
      // that counts is the last one.
      if (!block.after.empty()) block = {};
      block.titles.push_back(&line);
    } else if (!block.titles.empty() || (has_column && has_recipients)) {
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
  // Where no title was read, a prefix may be among what was not.
  if (titles.empty()) return missing(Reason::Illegible);
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

Field position_in(const std::vector<const TextLine*>& titles) {
  if (titles.empty()) return missing(Reason::Illegible);
  const TextLine& last = *titles.back();
  const WordRange title = title_in(last);
  if (title.empty()) return missing(Reason::Illegible);
  // "KT. GIÁM ĐỐC" names the head; the signatory's own title is the line after it, and was not
  // read.
  const std::string_view authority = authority_of(last.text);
  const bool of_the_head = authority == "KT" || authority == "TL" || authority == "TUQ";
  if (of_the_head || !is_title(diacritics::fold(text_of(title))))
    return unreadable(Reason::Illegible, {title}, "signature_block/last_title");
  return title_field(title);
}

Field name_field(const Name& name) {
  if (name.words.empty()) return missing(Reason::Illegible);
  if (!name.whole) return unreadable(Reason::Illegible, {name.words}, "signature_block/name");
  return found(without_item_end(text_of(name.words)), {name.words}, "signature_block/name");
}

}  // namespace

void extract_signer(const std::vector<PageText>& pages, Record& record) {
  for (auto page = pages.rbegin(); page != pages.rend(); ++page) {
    const SignatureBlock block = signature_block(*page);
    Name name;
    for (const TextLine* line : block.after)
      if (const Name candidate = name_in(*line); !candidate.words.empty()) name = candidate;
    // A title is believed in a column of its own or with a name below it.
    const bool in_column = !block.titles.empty() && right_column(*block.titles.front());
    if (name.words.empty() && !in_column) continue;
    record.signer = {authority_in(block.titles), position_in(block.titles), name_field(name)};
    return;
  }
  record.signer = {missing(Reason::Absent), missing(Reason::Absent), missing(Reason::Absent)};
}

void extract_recipients(const std::vector<PageText>& pages, Record& record) {
  for (auto page = pages.rbegin(); page != pages.rend(); ++page) {
    const auto heading = std::find_if(page->lines.begin(), page->lines.end(), heads_recipients);
    if (heading == page->lines.end()) continue;
    std::vector<std::vector<WordRange>> items;
    for (auto line = heading + 1; line != page->lines.end() && line->kind == heading->kind;
         ++line) {
      const WordRange range = whole(*line);
      if (is_signing_line(line->text)) break;
      // The semicolon that ends an item is read more surely than the dash that begins the next.
      const bool after_end = items.empty() || text_of(items.back().back()).ends_with(';');
      const bool starts_item = after_end || is_dash(line->line->words.front().text);
      if (starts_item) {
        items.push_back({without_dash(range)});
      } else {
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
