#include "extract/extract.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "extract/checks/checks.h"
#include "extract/confidences.h"
#include "extract/elements/arrival.h"
#include "extract/elements/decide_date.h"
#include "extract/elements/header.h"
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

// The header stands on the first page that is not empty.
Header header_of(const std::vector<PageText>& pages, Steps& steps) {
  const auto first = std::find_if(pages.begin(), pages.end(),
                                  [](const PageText& page) { return !page.lines.empty(); });
  return first == pages.end() ? Header{} : find_header(*first, steps);
}

}  // namespace

Record extract(const ocr::Document& document, const std::vector<FieldPattern>& patterns,
               const UserLexicon& lexicon) {
  Record record;
  if (document.pages.empty()) return record;
  record.first_page = document.pages.front().number;
  record.last_page = document.pages.back().number;
  const std::vector<PageText> pages = reading_text(document);
  record.text_pages = texts_of(pages);
  record.search_pages = search_texts_of(pages);

  // The document's elements, from its head to its end.
  Header& header = record;
  header = header_of(pages, record.steps);
  DateFields date = decide_date({record.date, record.date_parts}, pages, document, record.steps);
  record.date = std::move(date.date);
  record.date_parts = std::move(date.parts);
  record.arrival = find_arrival(pages, record.steps);
  record.signers = find_signers(pages, !record.joint_issuers.empty(), record.steps);
  if (!record.signers.empty()) record.signer = record.signers.front();
  record.recipients = find_recipients(pages, record.steps);

  // What its text says.
  record.tables = collect_tables(document);
  record.references = find_references(pages, record.code);
  const RunningText text = running_text(pages);
  record.outline = find_outline(text);
  record.indicators = find_indicators(text, record);
  std::vector<Indicator> of_tables = find_table_indicators(text, record);
  std::move(of_tables.begin(), of_tables.end(), std::back_inserter(record.indicators));
  record.pattern_fields = find_pattern_fields(pages, all_patterns(patterns), record.steps);

  // Nothing is found from here on: the fields are compared, and their confidences settled.
  record.checks = check_record(text, record);
  weigh_checks(record);
  calibrate_fields(record);
  doubt_beside_unread(record, document);
  doubt_missing(record);
  if (apply_lexicon(record, lexicon)) {
    record.checks = check_record(text, record);
    weigh_failed_checks(record);
  }
  settle_twins(record);
  return record;
}

}  // namespace vanban::extract
