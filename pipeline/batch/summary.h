// What the ledger, the register and the report need of a record, much shorter than the record. One
// summary for each document that a file holds.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/record/review.h"

namespace vanban::pipeline {

struct SummaryReading {
  std::string value;
  double confidence = 0;
};

// A field of a record as it stands in the register.
struct SummaryField {
  std::string name;                  // path in the record's `document`, "signer.name"
  std::optional<std::string> value;  // entries of a list parted by "; "
  std::optional<double> confidence;
  bool doubtful = false;  // a person should look
  std::string source, reason;
  // Of a doubtful one where it stands, and what else was read there:
  int page = 0;             // 0: nowhere
  std::vector<double> box;  // left, top, width, height in points; empty: not known
  std::vector<SummaryReading> alternatives;
};

struct SummaryPage {
  int number = 0;
  std::string route;
  std::optional<double> confidence;  // mean over its words
  double dpi = 0;                    // 0: unknown
  int words = 0;
  std::vector<std::string> warnings;  // their codes
};

// A figure that a person should look at.
struct DoubtfulFigure {
  std::string subject, value, quote;  // the value with its unit; the quote cut where it is long
  int page = 0;
  double confidence = 0;
};

// Whether the page could not be read, or was given up.
bool was_not_read(const SummaryPage& page);

struct Summary {
  std::vector<SummaryField> fields;  // those of the document; what whoever received it wrote last
  // As text_of_check has them, but those that a person let stand.
  std::vector<std::string> failed_checks;
  std::vector<SummaryPage> pages;
  int figures = 0;  // that the document states
  std::vector<DoubtfulFigure> doubtful_figures;
  int first_page = 0, last_page = 0;
  int reviewed = 0;  // fields that a person has put in

  const SummaryField& field(std::string_view name) const;  // throws std::out_of_range
  int doubts() const;                                      // doubtful fields and failed checks
};

// Of a record or an array of records. Throws std::exception where it is none.
std::vector<Summary> summarize(std::string_view record_json);

// To and from the ledger. One that lacks fields of this version has them without a value. Throws
// LedgerError where it is no such text.
std::string summaries_to_json(const std::vector<Summary>& summaries);
std::vector<Summary> summaries_from_json(std::string_view json);

}  // namespace vanban::pipeline
