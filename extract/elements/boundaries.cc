#include "extract/elements/boundaries.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "extract/elements/number_symbol.h"
#include "extract/reading.h"
#include "extract/words/agency_names.h"
#include "extract/words/dates.h"
#include "extract/words/vocabulary.h"

namespace vanban::extract {
namespace {

using ocr::BlockKind;

// Lines at the head of a page among which a header stands.
constexpr std::size_t kHeadLines = 14;

bool of_header(const TextLine& line) {
  return line.kind == BlockKind::HeaderLeft || line.kind == BlockKind::HeaderRight;
}

// "Hà Nội, ngày 28 tháng 12 năm 2017": no form to be filled in.
bool is_full_date_line(const TextLine& line) {
  const std::size_t day = line.folded.find("ngay");
  if (day == std::string::npos) return false;
  const std::size_t digit = line.folded.find_first_of("0123456789", day);
  return digit != std::string::npos && date_at(line.folded, digit).has_value();
}

// What is added to a document says so: an annex, a form.
bool is_annex_line(const TextLine& line) {
  constexpr std::array<std::string_view, 4> kBegins{"phu luc", "mau so", "bieu so", "bieu mau"};
  if (line.folded.find("kem theo") != std::string::npos) return true;
  return std::any_of(kBegins.begin(), kBegins.end(),
                     [&](std::string_view words) { return line.folded.starts_with(words); });
}

bool begins_document(const PageText& head) {
  bool country = false, number = false, date = false, named = false;
  for (const TextLine& line : head.lines) {
    if (is_annex_line(line)) return false;
    named = named || line.kind == BlockKind::Title;
    if (!of_header(line)) continue;
    country = country || names_country_or_party(line.folded);
    number = number || (line.kind == BlockKind::HeaderLeft && parse_number_line(line));
    date = date || is_full_date_line(line);
    named = named || (line.kind == BlockKind::HeaderLeft && begins_agency(line.folded));
  }
  return country && (number || (date && named));
}

}  // namespace

std::vector<PageRange> find_documents(const ocr::Document& document) {
  const std::vector<ocr::Page>& pages = document.pages;
  std::vector<PageRange> out{{0, pages.size()}};
  bool begun = false;
  for (std::size_t i = 0; i < pages.size(); ++i) {
    if (!begins_document(reading_text(pages[i], kHeadLines))) continue;
    // What stands before the first header is its cover.
    if (begun) {
      out.back().last = i;
      out.push_back({i, pages.size()});
    }
    begun = true;
  }
  return out;
}

}  // namespace vanban::extract
