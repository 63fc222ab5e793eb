#include "extract/extract.h"

#include <algorithm>

#include "extract/checks/checks.h"
#include "extract/elements/arrival.h"
#include "extract/elements/calibration.h"
#include "extract/elements/decide_date.h"
#include "extract/elements/header.h"
#include "extract/elements/number_symbol.h"
#include "extract/elements/recipients.h"
#include "extract/elements/signature_block.h"
#include "extract/figures/indicators.h"
#include "extract/figures/table_indicators.h"
#include "extract/outline.h"
#include "extract/patterns/built_in.h"
#include "extract/patterns/pattern_fields.h"
#include "extract/reading.h"
#include "extract/references.h"
#include "extract/sentences.h"
#include "extract/tables.h"

namespace vanban::extract {

namespace {

// The user's patterns, and the built-in ones that they do not stand in for.
std::vector<FieldPattern> all_patterns(const std::vector<FieldPattern>& of_user) {
  std::vector<FieldPattern> out = of_user;
  for (const FieldPattern& own : built_in_patterns())
    if (std::none_of(of_user.begin(), of_user.end(),
                     [&](const FieldPattern& other) { return other.name == own.name; }))
      out.push_back(own);
  return out;
}

}  // namespace

Record extract(const ocr::Document& document, const std::vector<FieldPattern>& patterns) {
  Record record;
  if (document.pages.empty()) return record;
  record.first_page = document.pages.front().number;
  record.last_page = document.pages.back().number;
  const std::vector<PageText> pages = reading_text(document);
  note_text(pages, record);
  // The header stands on the first page that is not empty.
  const auto first = std::find_if(pages.begin(), pages.end(),
                                  [](const PageText& page) { return !page.lines.empty(); });
  if (first != pages.end()) extract_header(*first, record);
  decide_date(pages, document, record);
  extract_arrival(pages, record);
  extract_signer(pages, record);
  extract_recipients(pages, record);
  record.tables = collect_tables(document);
  record.references = find_references(pages, record.code);
  const RunningText text = running_text(pages);
  record.outline = find_outline(text);
  record.indicators = find_indicators(text, record);
  std::vector<Indicator> of_tables = find_table_indicators(text, record);
  record.indicators.insert(record.indicators.end(), std::make_move_iterator(of_tables.begin()),
                           std::make_move_iterator(of_tables.end()));
  record.pattern_fields = find_pattern_fields(pages, all_patterns(patterns), record.steps);
  check_record(text, record);
  calibrate_header(record);
  return record;
}

}  // namespace vanban::extract
