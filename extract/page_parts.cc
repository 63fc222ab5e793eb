#include "extract/page_parts.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "diacritics/text/text.h"
#include "extract/fields.h"
#include "extract/reading.h"
#include "extract/words/numbers.h"
#include "extract/words/stamp_words.h"
#include "extract/words/vocabulary.h"

namespace vanban::extract {
namespace {

using diacritics::is_upper;
using diacritics::starts_upper;
using ocr::Block;
using ocr::BlockKind;
using ocr::Line;
using ocr::Page;
using Lines = std::vector<Line>;
using LineIt = Lines::iterator;

std::string folded(const Line& line) { return diacritics::fold(ocr::text_of(line)); }

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

bool contains_any(std::string_view text, std::initializer_list<std::string_view> parts) {
  return std::any_of(parts.begin(), parts.end(),
                     [&](std::string_view part) { return contains(text, part); });
}

Block block_of(BlockKind kind, LineIt first, LineIt last) {
  Block block{kind, {}, {std::make_move_iterator(first), std::make_move_iterator(last)}};
  for (const Line& line : block.lines) block.box = ocr::united(block.box, line.box);
  return block;
}

// Parts a block at `first` and `last`: what stands between becomes a block of its own kind. Returns
// its index.
std::size_t cut_out(Page& page, std::size_t index, std::size_t first, std::size_t last,
                    BlockKind kind) {
  Block whole = std::move(page.blocks[index]);
  const auto at = [&](std::size_t line) {
    return whole.lines.begin() + static_cast<std::ptrdiff_t>(line);
  };
  std::vector<Block> parts;
  if (first > 0) parts.push_back(block_of(whole.kind, at(0), at(first)));
  const std::size_t place = index + parts.size();
  parts.push_back(block_of(kind, at(first), at(last)));
  if (last < whole.lines.size()) parts.push_back(block_of(whole.kind, at(last), whole.lines.end()));
  page.blocks.erase(page.blocks.begin() + static_cast<std::ptrdiff_t>(index));
  page.blocks.insert(page.blocks.begin() + static_cast<std::ptrdiff_t>(index),
                     std::make_move_iterator(parts.begin()), std::make_move_iterator(parts.end()));
  return place;
}

// Bodies that follow one another are one.
void join_bodies(Page& page) {
  std::vector<Block> joined;
  for (Block& block : page.blocks) {
    if (block.kind != BlockKind::Body || joined.empty() || joined.back().kind != BlockKind::Body) {
      joined.push_back(std::move(block));
      continue;
    }
    Block& above = joined.back();
    above.box = ocr::united(above.box, block.box);
    std::move(block.lines.begin(), block.lines.end(), std::back_inserter(above.lines));
  }
  page.blocks = std::move(joined);
}

// ---- the two columns at the end

bool heads_recipients(const Line& line) { return is_recipients_heading(folded(line)); }

bool is_signed(const Line& line) { return is_signing_line(ocr::text_of(line)); }

// A short last page begins with the columns that end the document; they look like a header.
void name_columns_without_header(Page& page) {
  for (std::size_t i = 0; i + 1 < page.blocks.size(); ++i) {
    Block& left = page.blocks[i];
    Block& right = page.blocks[i + 1];
    if (left.kind != BlockKind::HeaderLeft || right.kind != BlockKind::HeaderRight) continue;
    const bool motto = std::any_of(right.lines.begin(), right.lines.end(), [](const Line& line) {
      return names_country_or_party(folded(line));
    });
    const auto dashes = std::count_if(left.lines.begin(), left.lines.end(), [](const Line& line) {
      return is_dash(line.words.front().text);
    });
    const bool ends = 2 * dashes > std::ssize(left.lines) ||
                      std::any_of(left.lines.begin(), left.lines.end(), heads_recipients) ||
                      std::any_of(right.lines.begin(), right.lines.end(), is_signed);
    if (motto || !ends) continue;
    left.kind = BlockKind::Recipients;
    right.kind = BlockKind::Signature;
  }
}

// The last line of the text may be so short that it stands in the left column.
void part_text_above_recipients(Page& page) {
  for (std::size_t i = 0; i < page.blocks.size(); ++i) {
    if (page.blocks[i].kind != BlockKind::Recipients) continue;
    const Lines& lines = page.blocks[i].lines;
    const auto heading = std::find_if(lines.begin(), lines.end(), heads_recipients);
    if (heading == lines.begin() || heading == lines.end()) continue;
    const auto count = static_cast<std::size_t>(heading - lines.begin());
    i = cut_out(page, i, 0, count, BlockKind::Body);
  }
}

// ---- title and addressees

// The lines of a page that hold its title and addressees.
constexpr std::size_t kHeadLines = 32;

// A line that begins the text, whatever stands before it.
bool begins_text(const Line& line) {
  const std::string text = folded(line);
  if (begins_salutation(text)) return true;
  if (!starts_upper(ocr::text_of(line))) return false;
  // Openings but for their marks: "Đề án" for "Để", the year "Nhâm Dần" for "Nhằm".
  const std::string first_word = diacritics::to_lower(line.words.front().text);
  if (first_word == "đề" || first_word == "nhâm") return false;
  constexpr std::string_view kOpenings[] = {
      "can cu",   "thuc hien", "xet ",     "theo ",     "ngay ",      "hien nay",
      "de ",      "sau khi",   "trong ",   "phan ",     "i. ",        "1. ",
      "dieu 1",   "nham ",     "thi hanh", "tiep theo", "qua ",       "vua qua",
      "ban hanh", "chieu ",    "sang ",    "phuc dap",  "tren co so", "thoi gian qua"};
  return std::any_of(std::begin(kOpenings), std::end(kOpenings), [&](std::string_view opening) {
    if (!text.starts_with(opening)) return false;
    // "Điều 15 Nghị định" goes on with what is cited.
    const bool longer_number = diacritics::has_digit(opening) && text.size() > opening.size() &&
                               text[opening.size()] >= '0' && text[opening.size()] <= '9';
    return !longer_number;
  });
}

std::string text_without_noise(const Line& line) {
  const TextLine text_line{nullptr, {}, &line, {}, {}, {}};
  return text_of(without_noise(text_line));
}

bool names_type(const Line& line) {
  return is_upper(ocr::text_of(line)) && type_named(text_without_noise(line)).has_value();
}

std::vector<std::string> texts_of(const Line& line) {
  std::vector<std::string> out;
  for (const ocr::Word& word : line.words) out.push_back(word.text);
  return out;
}

// Whether a line is a type and the beginning of its subject: "BÁO CÁO Kết quả rà soát". What is
// cited goes on with a number, and where the text names a document it is no title in the middle.
bool begins_with_type(const Line& line, const Page& page) {
  constexpr double kOffCentreMax = 0.09;  // widths of the page; margins differ
  const std::vector<std::string> words = texts_of(line);
  const std::size_t count = words_of_type(words);
  if (count == 0 || words[count].front() == ':') return false;
  const std::string rest = diacritics::fold(words[count]);
  const std::string text = folded(line);
  return rest != "so" && rest != "nay" && rest != "cua" && !text.ends_with(':') &&
         !text.ends_with(';') && !text.ends_with('.') &&
         std::abs(line.box.center_x() / page.width - 0.5) < kOffCentreMax;
}

// Whether a line is the first of a paragraph: the next, close below, begins left of it and ends
// where it ends, while lines that are centred on one another differ at both ends.
bool is_indented(const Line& line, const Line& next, double step_max) {
  const double indent = line.box.left - next.box.left;
  return next.box.center_y() - line.box.center_y() < step_max && indent > line.box.height() &&
         std::abs(line.box.right - next.box.right) < indent / 2;
}

// Whether a line that could begin the text could be a subject as well: "Ban hành Quy chế", "Theo
// dõi tình hình". Grounds, articles and numbered headings never are, nor what announces a list.
bool may_begin_subject(const Line& line) {
  constexpr std::string_view kNever[] = {"can cu", "dieu 1", "i. ", "1. ", "xet ", "phan i"};
  const std::string text = folded(line);
  return !begins_salutation(text) && !text.ends_with(':') && !text.ends_with(';') &&
         std::none_of(std::begin(kNever), std::end(kNever),
                      [&](std::string_view opening) { return text.starts_with(opening); });
}

// Whether two lines have one middle, closer than an indent would let them.
bool is_centred_on(const Line& line, const Line& above) {
  constexpr double kOffCentreMax = 0.6;  // heights of a line
  return std::abs(line.box.center_x() - above.box.center_x()) < kOffCentreMax * line.box.height();
}

// Whether the text begins with a line below a subject; it has no paragraph in capitals.
bool ends_subject(const Line& line, bool capitals) {
  if (!begins_text(line)) return false;
  return !capitals || !is_upper(text_without_noise(line)) || begins_salutation(folded(line));
}

// The end of a subject that begins on the line of its type.
std::size_t end_of_begun_subject(const Lines& lines, std::size_t type_line) {
  constexpr double kPitchMax = 2;        // heights of a line
  constexpr double kOffCentreMax = 1.2;  // heights of a line
  const std::vector<std::string> words = texts_of(lines[type_line]);
  // Codes are set in capitals wherever they stand.
  const bool capitals =
      std::all_of(words.begin() + static_cast<std::ptrdiff_t>(words_of_type(words)), words.end(),
                  [](const std::string& word) { return is_upper(word); });
  std::size_t end = type_line + 1;
  for (; end < lines.size(); ++end) {
    const Line& line = lines[end];
    const Line& above = lines[end - 1];
    const std::string text = text_without_noise(line);
    const double height = line.box.height();
    if (text.empty() || ends_subject(line, capitals)) break;
    if (is_upper(text) != capitals && !goes_on_in_capitals(text)) break;
    if (line.box.center_y() - above.box.center_y() > kPitchMax * height) break;
    if (std::abs(line.box.center_x() - above.box.center_x()) > kOffCentreMax * height) break;
    if (end + 1 < lines.size() && !begins_salutation(folded(lines[end + 1])) &&
        is_indented(line, lines[end + 1], kPitchMax * height))
      break;
  }
  return end;
}

// The end of the subject: centred lines that follow one another closely below the type.
std::size_t subject_end(const Lines& lines, std::size_t type_line) {
  constexpr double kFarBelow = 4;  // heights of a line: there is only the text
  constexpr double kPitchRatioMax = 1.5;
  constexpr double kPitchMax = 2.5;      // heights of a line
  constexpr double kOffCentreMax = 1.2;  // heights of a line
  double pitch = 0;
  bool capitals = false;
  std::size_t end = type_line + 1;
  for (; end < lines.size(); ++end) {
    const Line& line = lines[end];
    const Line& above = lines[end - 1];
    const std::string text = text_without_noise(line);
    if (text.empty()) break;
    if (end == type_line + 1) {
      if (line.box.top - above.box.bottom > kFarBelow * line.box.height()) break;
      if (begins_text(line) &&
          !(is_centred_on(line, above) && may_begin_subject(line) &&
            !(end + 1 < lines.size() &&
              is_indented(line, lines[end + 1], kPitchMax * line.box.height()))))
        break;
      capitals = is_upper(text);
      pitch = line.box.center_y() - above.box.center_y();
      continue;
    }
    if (ends_subject(line, capitals)) break;
    if (is_upper(text) != capitals && !goes_on_in_capitals(text)) break;
    const double step = line.box.center_y() - above.box.center_y();
    if (step > kPitchRatioMax * pitch) break;
    if (std::abs(line.box.center_x() - above.box.center_x()) > kOffCentreMax * line.box.height())
      break;
    if (end + 1 < lines.size() && is_indented(line, lines[end + 1], kPitchRatioMax * pitch)) break;
    pitch = std::min(pitch, step);
  }
  return end;
}

// The end of the list of addressees that begins with the salutation: items end with semicolons, the
// last with a stop, and go on in small letters.
std::size_t addressees_end(const Lines& lines, std::size_t salutation) {
  const auto ends_with = [](const Line& line, std::string_view marks) {
    const std::string text = ocr::text_of(line);
    return !text.empty() && marks.find(text.back()) != std::string_view::npos;
  };
  constexpr double kIndentMin = 2;                          // heights of a line
  const bool bare = folded(lines[salutation]).size() < 12;  // "Kính gửi:" alone
  // Items of a list of their own begin one below another, further right than the salutation.
  const auto stands_in_list = [&](const Line& line) {
    const Line& first_item = lines[salutation + 1];
    const double height = line.box.height();
    return bare && std::abs(line.box.left - first_item.box.left) < 0.5 * height &&
           line.box.left - lines[salutation].box.left > kIndentMin * height;
  };
  bool dashed = false;
  std::size_t end = salutation + 1;
  for (; end < lines.size(); ++end) {
    const Line& line = lines[end];
    const Line& above = lines[end - 1];
    if (line.words.empty()) break;
    const bool first = bare && end == salutation + 1;
    if (!first && stands_in_list(line) && !begins_text(line)) continue;
    if (ends_with(above, ".") && !first) break;
    if (first) dashed = begins_with_mark(line);
    if (begins_with_mark(line)) continue;
    // Where no item has a dash, the semicolon says that another follows.
    if (bare && !dashed && !first && ends_with(above, ";") && !begins_text(line)) continue;
    if (first ? begins_text(line)
              : ends_with(above, ";") || begins_text(line) || starts_upper(ocr::text_of(line)))
      break;
  }
  return end;
}

void part_title_and_addressees(Page& page) {
  std::size_t seen = 0;
  bool title = false, addressees = false;
  const bool alone =
      std::any_of(page.blocks.begin(), page.blocks.end(), [](const ocr::Block& block) {
        return std::any_of(block.lines.begin(), block.lines.end(), names_type);
      });
  for (std::size_t b = 0; b < page.blocks.size() && seen < kHeadLines; ++b) {
    const BlockKind kind = page.blocks[b].kind;
    const Lines& lines = page.blocks[b].lines;
    if (kind != BlockKind::Body && kind != BlockKind::HeaderRight) {
      seen += lines.size();
      continue;
    }
    for (std::size_t l = 0; l < lines.size() && seen < kHeadLines; ++l, ++seen) {
      std::size_t end = 0;
      BlockKind part = kind;
      // What stands below "Kính gửi" is the text of a letter, and a heading in it no type.
      if (!title && !addressees && names_type(lines[l])) {
        title = true;
        part = BlockKind::Title;
        end = subject_end(lines, l);
      } else if (!alone && !title && !addressees && kind == BlockKind::Body &&
                 begins_with_type(lines[l], page)) {
        title = true;
        part = BlockKind::Title;
        end = end_of_begun_subject(lines, l);
      } else if (!addressees && kind == BlockKind::Body && begins_salutation(folded(lines[l]))) {
        addressees = true;
        part = BlockKind::Addressees;
        end = addressees_end(lines, l);
      }
      if (end == 0) continue;
      seen += end - l;
      b = cut_out(page, b, l, end, part);
      break;
    }
  }
}

// ---- stamps and what is none of the text

bool is_digital_signature(std::string_view folded_line) {
  return contains_any(folded_line,
                      {"thoi gian ky:", "nguoi ky:", "ky boi:", "signed by", "+07:00"});
}

bool is_receipt_stamp(const Line& line, std::string_view folded_line) {
  return contains_any(folded_line, {"cong van den", "cv den", "van ban den"}) &&
         line.words.size() < 7;
}

// Decree 30: centred in the top margin; some offices put it at the foot, or in its corner.
bool is_page_number(const Line& line, const Page& page) {
  constexpr double kMargin = 0.09;
  const double y = line.box.center_y() / page.height, x = line.box.center_x() / page.width;
  constexpr double kOffCentre = 0.12, kCorner = 0.75;
  const bool foot = y > 1 - kMargin;
  if (y > kMargin && !foot) return false;
  if (std::abs(x - 0.5) > kOffCentre && !(foot && x > kCorner)) return false;
  std::string text;
  for (const ocr::Word& word : line.words) text += word.text;
  const std::string_view digits = diacritics::trim_punctuation(text);
  return digits.size() <= 3 && all_digits(digits);
}

bool is_foot_address(const Line& line, std::string_view folded_line, const Page& page) {
  constexpr double kFoot = 0.88;
  return line.box.center_y() > kFoot * page.height &&
         contains_any(folded_line,
                      {"dia chi:", "dien thoai:", "website:", "email:", "fax:", "so dien thoai"});
}

// What a line is that stands by itself, whatever is above and below it.
std::optional<BlockKind> stamp_kind(const Line& line, const Page& page) {
  if (is_page_number(line, page)) return BlockKind::PageNumber;
  const std::string text = ocr::text_of(line);
  const std::string folded_line = diacritics::fold(text);
  if (is_digital_signature(folded_line)) return BlockKind::DigitalSignature;
  if (is_receipt_stamp(line, folded_line)) return BlockKind::ReceiptStamp;
  if (is_upper(text) && !urgency_of(folded_line).empty()) return BlockKind::UrgencyStamp;
  if (is_foot_address(line, folded_line, page)) return BlockKind::FootAddress;
  return std::nullopt;
}

// Such lines become blocks of their kind; none of a table's.
void part_stamps(Page& page) {
  for (std::size_t b = 0; b < page.blocks.size(); ++b) {
    if (page.blocks[b].kind == BlockKind::Table) continue;
    const Lines& lines = page.blocks[b].lines;
    std::optional<BlockKind> kind;
    std::size_t first = 0;
    while (first < lines.size() && !(kind = stamp_kind(lines[first], page))) ++first;
    if (!kind) continue;
    std::size_t last = first + 1;
    while (last < lines.size() && stamp_kind(lines[last], page) == kind) ++last;
    b = cut_out(page, b, first, last, *kind);
  }
}

}  // namespace

void name_parts(Page& page) {
  join_bodies(page);
  name_columns_without_header(page);
  part_text_above_recipients(page);
  part_stamps(page);
  part_title_and_addressees(page);
}

}  // namespace vanban::extract
