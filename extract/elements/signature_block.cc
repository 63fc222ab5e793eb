#include "extract/elements/signature_block.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "diacritics/text/syllable_shape.h"
#include "diacritics/text/syllables.h"
#include "diacritics/text/text.h"
#include "extract/fields.h"
#include "extract/steps.h"
#include "extract/words/agency_names.h"
#include "extract/words/person_names.h"
#include "extract/words/vocabulary.h"

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
  std::optional<std::string> surname;  // where a mark of the first word was misread
  bool whole = false;                  // nothing of it seems to be missing
  bool unusual = false;                // a syllable of it is well formed and in no table
  bool by_shape = false;               // of another people's words, which no table has
  bool ink_beside = false;             // a letter before it was not read, or marks stick to it
};

// What a seal's rim, a pen or a rule beside a name is read as, where it sticks to it.
constexpr std::array<std::string_view, 18> kMarksBefore{
    ".", ",", ";", ":", "'", "\"", "_", "“", "”", "‘", "’", "„", "*", "°", "«", "»", "(", "|"};

// A word of a name without the marks around it; the apostrophe of "K'" is none of them.
std::string_view bare_name(std::string_view word) {
  const auto mark_before = [&] {
    return std::find_if(kMarksBefore.begin(), kMarksBefore.end(),
                        [&](std::string_view mark) { return word.starts_with(mark); });
  };
  for (auto mark = mark_before(); mark != kMarksBefore.end(); mark = mark_before())
    word.remove_prefix(mark->size());
  while (!word.empty() && std::string_view(".,;:").find(word.back()) != std::string_view::npos)
    word.remove_suffix(1);
  return word;
}

// How many bytes of a word are marks before it.
std::size_t marks_before(const ocr::Word& word) {
  return static_cast<std::size_t>(bare_name(word.text).data() - word.text.data());
}

bool is_name_like(const ocr::Word& word) { return is_name_word(bare_name(word.text)); }

bool is_usual_syllable(const ocr::Word& word) {
  return diacritics::SyllableTable::built_in().contains(bare_name(word.text));
}

// Names have syllables that nothing else has.
bool is_syllable(const ocr::Word& word) {
  return is_usual_syllable(word) || diacritics::is_syllable_shape(bare_name(word.text));
}

// What engines make of pens and seals they doubt.
bool is_surely_read(const ocr::Word& word) {
  constexpr double kSureMin = 0.8;
  return word.confidence >= kSureMin;
}

// Whether a word is a usual family name but for a letter: "Nguyln".
bool is_misread_surname(std::string_view word) {
  constexpr std::size_t kLongEnough = 5;  // letters; shorter ones are too like one another
  const std::string folded = diacritics::fold(word);
  const auto known = surnames();
  return folded.size() >= kLongEnough &&
         std::any_of(known.begin(), known.end(), [&](const char* surname) {
           return edit_distance(folded, diacritics::fold(surname), 1) <= 1;
         });
}

std::vector<std::string_view> texts_of(const TextLine& line) {
  std::vector<std::string_view> out;
  for (const ocr::Word& word : line.line->words) out.emplace_back(word.text);
  return out;
}

// Whether ink that was not read as text stands just left of the name, at its height: a seal over
// the family name leaves the rest to be read very surely. A rank or a degree is no such ink.
bool has_ink_before(const WordRange& name) {
  const auto& words = name.line->line->words;
  const ocr::Box& first = words[name.first].box;
  if (name.first > count_degrees(texts_of(*name.line)) &&
      first.left - words[name.first - 1].box.right < 2 * first.height())
    return true;
  const auto& unread = name.line->page->unread_ink;
  return std::any_of(unread.begin(), unread.end(), [&](const ocr::Box& ink) {
    return ink.right <= first.left && first.left - ink.right < 1.2 * first.height() &&
           std::min(ink.bottom, first.bottom) - std::max(ink.top, first.top) > 0.5 * first.height();
  });
}

// Whether a piece of ink as large as a letter stands just left of the name on its line, unread: the
// engine lost it, or took the rest for another word.
bool has_letter_before(const WordRange& name) {
  const auto& words = name.line->line->words;
  const ocr::Box& first = words[name.first].box;
  const auto& unread = name.line->page->unread_ink;
  return std::any_of(unread.begin(), unread.end(), [&](const ocr::Box& ink) {
    return ink.center_x() < first.left && first.left - ink.right < 0.5 * first.height() &&
           ink.height() > 0.5 * first.height() && ink.height() < 1.3 * first.height() &&
           ink.width() > 0.2 * first.height() && ink.width() < 1.5 * first.height() &&
           std::abs(ink.bottom - first.bottom) < 0.35 * first.height();
  });
}

// The longest run of words in a line, after degrees and ranks, that could be a person's name.
WordRange name_words(const TextLine& line) {
  const auto& words = line.line->words;
  const std::size_t begin = count_degrees(texts_of(line));
  WordRange best{&line, 0, 0};
  for (std::size_t first = begin; first < words.size(); ++first) {
    std::size_t last = first;
    while (last < words.size() && is_name_like(words[last])) ++last;
    if (last - first > best.last - best.first) best = {&line, first, last};
    first = last;
  }
  const std::size_t length = best.last - best.first;
  // A line of other things with a capitalised word or two in it is no name.
  constexpr std::size_t kOthersMax = 3;
  const bool enough = length >= kNameWordsMin ||
                      (length == 1 && is_name_by_itself(bare_name(words[best.first].text)));
  const bool fits =
      enough && length <= kNameWordsMax && words.size() - begin <= length + kOthersMax;
  return fits ? best : WordRange{&line, 0, 0};
}

Name name_in(const TextLine& line) {
  Name out{name_words(line), {}};
  if (out.words.empty()) return out;
  const auto& words = line.line->words;
  const std::size_t length = out.words.last - out.words.first;
  // Nothing is lost to a seal in a text layer, and names of all peoples stand in it.
  if (line.page->route != ocr::Route::Ocr) {
    out.whole = true;
    return out;
  }
  const std::string first_word(bare_name(words[out.words.first].text));
  // Three syllables are a whole name: its first is a family name.
  if (length > 2) out.surname = surname_like(first_word);
  const auto first = words.begin() + static_cast<std::ptrdiff_t>(out.words.first);
  const auto last = words.begin() + static_cast<std::ptrdiff_t>(out.words.last);
  const bool sound = std::all_of(first + (out.surname ? 1 : 0), last, is_syllable);
  // From an image, what does not begin with a family name has lost it to the seal; so may have two
  // syllables that do.
  const bool ink_before = has_ink_before(out.words);
  out.ink_beside =
      has_letter_before(out.words) ||
      std::any_of(first, last, [](const ocr::Word& word) { return marks_before(word) > 0; });
  const bool begins_well = out.surname || (is_surname(first_word) && (length > 2 || !ink_before));
  out.whole = sound && begins_well;
  out.unusual = out.whole && !std::all_of(first + 1, last, is_usual_syllable);
  // A word of another language is no syllable with any marks; "Mat" is one that was misread.
  const bool begins_foreign =
      begins_minority_name(bare_name(first_word)) || is_surname(first_word) ||
      (!diacritics::SyllableTable::built_in().contains_folded(bare_name(first_word)) &&
       !is_misread_surname(first_word));
  out.by_shape = !out.whole && !ink_before && begins_foreign &&
                 !(sound && is_surname(first_word)) && std::all_of(first, last, is_surely_read);
  return out;
}

WordRange title_in(const TextLine& line);

// Whether a line is a title, whatever a pen or a seal left beside it: by hand stands "KT." before
// the head's, which is stamped.
bool is_title_line(const TextLine& line) {
  return is_signing_line(line.text) ||
         (line.page->route == ocr::Route::Ocr && is_signing_line(text_of(title_in(line))));
}

struct SignatureBlock {
  std::vector<const TextLine*> titles;  // top to bottom
  std::vector<const TextLine*> after;   // the lines of the block below the last title
};

// Whether all that stands below the last title so far is a unit that it names, in capitals: "KT. VỤ
// TRƯỞNG", "VỤ TỔ CHỨC CÁN BỘ", before "PHÓ VỤ TRƯỞNG".
bool goes_on_between(const SignatureBlock& block) {
  constexpr std::size_t kLinesMax = 2;
  return !block.titles.empty() && block.after.size() <= kLinesMax &&
         std::all_of(block.after.begin(), block.after.end(), [](const TextLine* line) {
           return is_upper(line->text) && begins_agency(line->folded);
         });
}

// The last group of title lines of a page with what follows it. Beside the recipients the right
// column is the signature's even where no title in it could be read.
SignatureBlock signature_block(const PageText& page) {
  SignatureBlock block;
  const bool has_column = std::any_of(page.lines.begin(), page.lines.end(), right_column);
  const bool has_recipients = std::any_of(page.lines.begin(), page.lines.end(), heads_recipients);
  for (const TextLine& line : page.lines) {
    if (has_column ? !right_column(line) : line.kind != BlockKind::Body) continue;
    if (is_title_line(line)) {
      // Who certifies a copy signs below the one who signed the document.
      const bool signed_above =
          has_column && !block.titles.empty() &&
          std::any_of(block.after.begin(), block.after.end(),
                      [](const TextLine* after) { return name_in(*after).whole; });
      if (signed_above) break;
      // "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH" over the preamble of a decision is no signature; the block
      // that counts is the last one.
      if (!block.after.empty() && !goes_on_between(block)) block = {};
      block.after.clear();
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

// The title without the authority before it: "KT. GIÁM ĐỐC" -> "GIÁM ĐỐC".
WordRange title_in(const TextLine& line) {
  WordRange range = whole(line);
  const auto& words = line.line->words;
  const bool in_capitals = std::any_of(words.begin(), words.end(), [](const ocr::Word& word) {
    return diacritics::count_letters(word.text).upper > 1;
  });
  const auto is_noise = [&](const ocr::Word& word) {
    const auto letters = count_letters(word.text);
    // A stroke of a pen: "GIÁM ĐỐC Ï".
    const bool stroke = diacritics::count_code_points(word.text) == 1 && word.text != "I";
    // What a pen or a seal's rim is read as behind a title in capitals: "GIÁM ĐỐC hễ".
    const bool scrap = in_capitals && letters.upper == 0;
    return letters.all == 0 || stroke || scrap || !authority_of(word.text + ".").empty() ||
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
  // Marks that stick to it: "“CHỦ TỊCH**".
  field.value->erase(
      0, static_cast<std::size_t>(bare_name(*field.value).data() - field.value->data()));
  while (!field.value->empty() &&
         std::string_view("*\"'_").find(field.value->back()) != std::string_view::npos)
    field.value->pop_back();
  if (field.evidence.source == FieldSource::TextLayer) return field;
  if (auto title = title_like(*field.value); title && *title != *field.value) {
    field.value = std::move(*title);
    field.evidence.source = FieldSource::OcrRestored;
  }
  return field;
}

// A line that ends with a dash goes on in the next one: "PHÓ CHỈ HUY TRƯỞNG -".
bool ends_with_dash(const TextLine& line) {
  const WordRange bare = without_noise(line);
  return with_dash(bare).last != bare.last;
}

// The lines below the last title that name the body or unit it belongs to: "VỤ TRƯỞNG", "VỤ TỔ
// CHỨC CÁN BỘ". Capitals close below one another; a name in capitals begins with a family name.
std::vector<WordRange> rest_of_title(const SignatureBlock& block) {
  constexpr std::size_t kLinesMax = 2;
  std::vector<WordRange> out;
  if (block.titles.empty()) return out;
  const TextLine* above = block.titles.back();
  for (const TextLine* line : block.after) {
    const bool cut_above = above->folded.ends_with(" va") || above->folded.ends_with(',') ||
                           ends_with_dash(*above) || is_dash(line->line->words.front().text);
    // The end of a title that was cut off is looked for further down.
    const double farthest = (cut_above ? 2.5 : 1) * line->line->box.height();
    const bool close = line->line->box.top - above->line->box.bottom < farthest;
    const bool names_unit =
        !is_surname(line->line->words.front().text) && begins_agency(line->folded);
    if (out.size() == kLinesMax || !close || !is_upper(line->text) ||
        line->line->words.size() < 2 || !(cut_above || names_unit))
      break;
    out.push_back(from_dash(without_noise(*line)));
    above = line;
  }
  return out;
}

// What is concluded from another line of the block, and not read.
Field inferred(std::string value, const std::vector<WordRange>& from, const std::string& method) {
  constexpr double kConfidence = 0.75;  // of conclusions: below what goes without a look
  Field field = found(std::move(value), from, method);
  field.evidence.source = FieldSource::Inferred;
  field.evidence.confidence = std::min(field.evidence.confidence, kConfidence);
  field.needs_review = true;
  return field;
}

std::string last_word(std::string_view text) {
  return std::string(text.substr(text.rfind(' ') + 1));
}

// Whether a head's title without KT. stands above his deputy's: the letters were set by hand.
bool signs_for_head(const std::vector<const TextLine*>& titles) {
  if (titles.size() < 2 || !authority_of(titles[titles.size() - 2]->text).empty()) return false;
  const std::string own = diacritics::fold(text_of(title_in(*titles.back())));
  const std::string head = diacritics::fold(text_of(title_in(*titles[titles.size() - 2])));
  return is_title(own) && is_title(head) && is_deputy_of(own, head);
}

// Whether what stands before the title of a line could not be read: "KT." became "1,".
bool lost_its_beginning(const WordRange& title) {
  return title.line->page->route == ocr::Route::Ocr && authority_of(title.line->text).empty() &&
         title.first > 0;
}

Field authority_in(const std::vector<const TextLine*>& titles) {
  std::string value;
  std::vector<const TextLine*> lines;
  for (const TextLine* line : titles) {
    const std::string_view authority = authority_of(line->text);
    // A line that was read twice says nothing more.
    const bool again = !lines.empty() && authority_of(lines.back()->text) == authority;
    if (authority.empty() || again) continue;
    if (!value.empty()) value += ' ';
    value.append(authority) += '.';
    lines.push_back(line);
  }
  // Where no title was read, a prefix may be among what was not.
  if (titles.empty()) return missing(Reason::Illegible);
  if (signs_for_head(titles)) {
    const std::vector<WordRange> both{whole(**(titles.end() - 2)), whole(*titles.back())};
    return inferred(value.empty() ? "KT." : value + " KT.", both,
                    "signature_block/head_and_deputy");
  }
  if (value.empty())
    return missing(lost_its_beginning(title_in(*titles.back())) ? Reason::Illegible
                                                                : Reason::NotApplicable);
  return found(std::move(value), ranges_of(lines), "signature_block/authority");
}

// The title of the one who signs for a head, where the seal hid its first word: below "KT. GIÁM
// ĐỐC" a line that ends like it is the deputy's.
std::optional<Field> deputy_title(const std::vector<const TextLine*>& titles) {
  if (titles.size() < 2 || authority_of(titles[titles.size() - 2]->text) != "KT") return {};
  const WordRange own = title_in(*titles.back()), head = title_in(*titles[titles.size() - 2]);
  if (own.empty() || head.empty() || !authority_of(titles.back()->text).empty()) return {};
  const std::string of_head = diacritics::fold(text_of(head));
  const std::string of_own = diacritics::fold(text_of(own));
  const bool minister = of_head == "bo truong";
  // All that was read of it is what it has in common with the head's.
  const std::string common = minister ? last_word(of_head) : of_head;
  // Beside a stroke that was taken for a letter or two.
  constexpr int kStrokes = 2;
  const bool same =
      edit_distance(of_own, common, 1) <= 1 ||
      (of_own.ends_with(' ' + common) && !is_deputy(of_own) &&
       count_letters(of_own.substr(0, of_own.size() - common.size())).all <= kStrokes);
  if (!same) return {};
  const std::string title = title_like(text_of(head)).value_or(text_of(head));
  return inferred(minister ? "THỨ TRƯỞNG" : "PHÓ " + title, {own},
                  "signature_block/deputy_of_head");
}

Field position_in(const std::vector<const TextLine*>& titles, const std::vector<WordRange>& rest) {
  if (titles.empty()) return missing(Reason::Illegible);
  if (auto deputy = deputy_title(titles)) return std::move(*deputy);
  const TextLine& last = *titles.back();
  const WordRange title = title_in(last);
  if (title.empty()) return missing(Reason::Illegible);
  // "KT. GIÁM ĐỐC" names the head; the signatory's own title is the line after it, and was not
  // read.
  const std::string_view authority = authority_of(last.text);
  const bool of_the_head = authority == "KT" || authority == "TL" || authority == "TUQ";
  if (of_the_head || !is_title(diacritics::fold(text_of(title))))
    return unreadable(Reason::Illegible, {title}, "signature_block/last_title");
  if (titles.size() > 1 && ends_with_dash(**(titles.end() - 2))) {
    const WordRange above = with_dash(title_in(**(titles.end() - 2)));
    return found_name({above, title}, "signature_block/title_in_two_lines");
  }
  Field field = title_field(title);
  if (!rest.empty()) {
    std::vector<WordRange> all{with_dash(title)};
    const std::string dash = all.front().last != title.last ? " - " : " ";
    all.insert(all.end(), rest.begin(), rest.end());
    const FieldSource source = field.evidence.source;
    field = found(*field.value + dash + joined(rest), all, "signature_block/title_and_body");
    field.evidence.source = source;
    // On an image the letters of a seal stand there as well.
    constexpr double kBesideSeal = 0.85;
    if (source != FieldSource::TextLayer)
      field.evidence.confidence = std::min(field.evidence.confidence, kBesideSeal);
  }
  // It may be the head's, for whom another signs.
  constexpr double kWithoutBeginning = 0.6;
  if (titles.size() == 1 && lost_its_beginning(title))
    field.evidence.confidence = std::min(field.evidence.confidence, kWithoutBeginning);
  return field;
}

Field name_field(const Name& name) {
  if (name.words.empty()) return missing(Reason::Illegible);
  if (!name.whole && !name.by_shape)
    return unreadable(Reason::Illegible, {name.words}, "signature_block/name");
  std::string value;
  for (std::size_t i = name.words.first; i < name.words.last; ++i)
    value += (value.empty() ? "" : " ") + name.words.line->line->words[i].text.substr(
                                              marks_before(name.words.line->line->words[i]));
  Field field = found(without_item_end(std::move(value)), {name.words}, "signature_block/name");
  if (name.surname) {
    field.value =
        *name.surname + field.value->substr(std::min(field.value->find(' '), field.value->size()));
    field.evidence.source = FieldSource::OcrRestored;
  }
  if (name.ink_beside) {
    constexpr double kInkBeside = 0.8;
    field.evidence.confidence = std::min(field.evidence.confidence, kInkBeside);
    field.needs_review = true;
  }
  if (!name.whole || name.unusual) {
    // No table says that its letters are right.
    constexpr double kByShape = 0.8;
    field.evidence.confidence = std::min(field.evidence.confidence, kByShape);
    field.needs_review = true;
  }
  return field;
}

// Those who sign a joint document left of the last one: titles in other parts of the page, each
// with the name below them.
std::vector<Signer> signers_beside(const PageText& page, const SignatureBlock& last) {
  std::vector<Signer> out;
  std::vector<const TextLine*> titles;
  for (const TextLine& line : page.lines) {
    const bool of_last =
        std::find(last.titles.begin(), last.titles.end(), &line) != last.titles.end() ||
        std::find(last.after.begin(), last.after.end(), &line) != last.after.end();
    if (of_last || line.kind == BlockKind::Table) continue;
    if (is_title_line(line)) {
      titles.push_back(&line);
    } else if (const Name name = name_in(line); !titles.empty() && !name.words.empty()) {
      out.push_back({authority_in(titles), position_in(titles, {}), name_field(name)});
      titles.clear();
    }
  }
  return out;
}

// The last name below the titles.
Name name_below(const SignatureBlock& block) {
  Name out;
  for (const TextLine* line : block.after)
    if (const Name name = name_in(*line); !name.words.empty()) out = name;
  return out;
}

void note_block(const SignatureBlock& block, const Name& name, Steps& steps) {
  for (const TextLine* line : block.titles)
    note(steps, "signer", *line, "a title or an authority in capitals");
  const std::vector<WordRange> rest = rest_of_title(block);
  for (const TextLine* line : block.after) {
    if (std::any_of(rest.begin(), rest.end(),
                    [&](const WordRange& range) { return range.line == line; })) {
      note(steps, "signer", *line, "taken: goes on with the title above");
      continue;
    }
    const bool taken = line == name.words.line && !name.words.empty();
    if (taken)
      note(steps, "signer", *line,
           name.whole      ? "taken: a person's name"
           : name.by_shape ? "taken: written like a name of another people"
                           : "refused: the family name is missing, or a word is no syllable");
    else
      note(steps, "signer", *line, "refused: not a name of two to six capitalised words");
  }
}

}  // namespace

bool is_deputy_of(std::string_view folded, std::string_view folded_head) {
  for (const std::string_view prefix : {"pho ", "p. "})
    if (folded.starts_with(prefix)) return folded.substr(prefix.size()) == folded_head;
  return folded == "thu truong" && folded_head == "bo truong";
}

bool is_deputy(std::string_view folded) {
  return folded.starts_with("pho ") || folded.starts_with("p. ") || folded.starts_with("p ") ||
         folded == "thu truong";
}

std::vector<Signer> find_signers(const std::vector<PageText>& pages, bool joint, Steps& steps) {
  for (auto page = pages.rbegin(); page != pages.rend(); ++page) {
    const SignatureBlock block = signature_block(*page);
    const Name name = name_below(block);
    note_block(block, name, steps);
    // A title is believed in a column of its own or with a name below it.
    const bool in_column = !block.titles.empty() && right_column(*block.titles.front());
    if (name.words.empty() && !in_column) continue;
    std::vector<Signer> out;
    if (joint) out = signers_beside(*page, block);
    out.push_back({authority_in(block.titles), position_in(block.titles, rest_of_title(block)),
                   name_field(name)});
    return out;
  }
  return {};
}

std::vector<SignatureLine> find_signature(const ocr::Page& page) {
  const PageText text = reading_text(page);
  const SignatureBlock signature = signature_block(text);
  std::vector<SignatureLine> out;
  const auto add = [&](const TextLine& line, bool title) {
    const Name name = title ? Name{} : name_in(line);
    for (std::size_t block = 0; block < page.blocks.size(); ++block)
      for (std::size_t i = 0; i < page.blocks[block].lines.size(); ++i)
        if (&page.blocks[block].lines[i] == line.line)
          out.push_back({block, i, title, name.words.first, name.words.last,
                         name.whole && !name.unusual, name.ink_beside});
  };
  for (const TextLine* line : signature.titles) add(*line, true);
  for (const TextLine* line : signature.after) add(*line, false);
  return out;
}

}  // namespace vanban::extract
