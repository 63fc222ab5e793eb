#include "extract/confidences.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "extract/document_fields.h"
#include "extract/elements/calibration.h"
#include "extract/elements/number_symbol.h"
#include "extract/words/vocabulary.h"
#include "ocr/document/document.h"

namespace vanban::extract {
namespace {

// ---- checks

// The single field of the document that a check names; null where it names something else.
Field* field_at(Record& record, std::string_view path) {
  constexpr std::string_view kDocument = "/document";
  if (!path.starts_with(kDocument)) return nullptr;
  path.remove_prefix(kDocument.size());
  for (const DocumentField& field : document_fields())
    if (field.single && pointer_of(field.name) == path) return &field.single(record);
  return nullptr;
}

// The figure that a check names; null where it names something else.
Indicator* indicator_at(Record& record, std::string_view path) {
  constexpr std::string_view kIndicators = "/indicators/";
  if (!path.starts_with(kIndicators)) return nullptr;
  return &record.indicators[std::stoul(std::string(path.substr(kIndicators.size())))];
}

void ask_for_look(double& confidence, bool& needs_review) {
  constexpr double kDoubted = 0.8;  // below kReviewBelow
  confidence = std::min(confidence, kDoubted);
  needs_review = true;
}

void doubt(Record& record, std::string_view path) {
  if (Field* field = field_at(record, path))
    ask_for_look(field->evidence.confidence, field->needs_review);
  else if (Indicator* indicator = indicator_at(record, path))
    ask_for_look(indicator->confidence, indicator->needs_review);
}

// Whether a symbol has more groups than those of type and agency.
bool has_unseen_groups(const std::string& symbol) { return groups_after_type(symbol).size() > 1; }

// Half of the doubt goes. Only checks that a wrong reading would hardly pass count, and nothing
// that was concluded from the other.
void confirm(Record& record, const std::string& check, std::string_view path) {
  constexpr std::array<std::string_view, 4> kTelling{"symbol_type", "symbol_agency", "place_agency",
                                                     "authority_position"};
  if (std::find(kTelling.begin(), kTelling.end(), check) == kTelling.end()) return;
  Field* field = field_at(record, path);
  if (field == nullptr || !field->value || field->evidence.source == FieldSource::Inferred) return;
  // Groups of a symbol that no check has seen stay as doubtful as they are.
  if (field == &record.symbol && has_unseen_groups(*field->value)) return;
  double& confidence = field->evidence.confidence;
  confidence = 1 - (1 - confidence) / 2;
  if (confidence >= kReviewBelow) field->needs_review = false;
}

// ---- print that was not read

// Whether a place stands on the line of a value, or next above or below it.
bool is_beside(const ocr::Box& place, const ocr::Box& value) {
  constexpr double kAcross = 3;  // heights of the place: words of a line stand closer
  const double height = place.height();
  return place.left < value.right + kAcross * height &&
         place.right > value.left - kAcross * height && place.top < value.bottom + height &&
         place.bottom > value.top - height;
}

bool stands_beside_unread(const Field& field, const ocr::Document& document) {
  if (!field.value || field.evidence.page == 0) return false;
  const auto page =
      std::find_if(document.pages.begin(), document.pages.end(),
                   [&](const ocr::Page& each) { return each.number == field.evidence.page; });
  return page != document.pages.end() &&
         std::any_of(page->unread.begin(), page->unread.end(), [&](const ocr::Unread& unread) {
           return is_beside(page->to_displayed.apply(unread.box), field.evidence.box);
         });
}

// ---- calibration

bool is_reading(std::string_view field) {
  constexpr std::array<std::string_view, 5> kReadings{"number", "code", "date", "arrival.number",
                                                      "arrival.date"};
  return std::find(kReadings.begin(), kReadings.end(), field) != kReadings.end();
}

void calibrate(Field& field) {
  if (field.value) field.evidence.confidence = calibrated(field.evidence.confidence);
}

}  // namespace

void weigh_checks(Record& record) {
  for (const Check& check : record.checks) {
    if (!check.holds) continue;
    for (const std::string& path : check.paths)
      *check.holds ? confirm(record, check.id, path) : doubt(record, path);
  }
}

void weigh_failed_checks(Record& record) {
  for (const Check& check : record.checks)
    if (check.holds == false)
      for (const std::string& path : check.paths) doubt(record, path);
}

void doubt_beside_unread(Record& record, const ocr::Document& document) {
  const auto look_at = [&](Field& field) {
    if (stands_beside_unread(field, document))
      ask_for_look(field.evidence.confidence, field.needs_review);
  };
  for (const DocumentField& field : document_fields())
    if (field.single) look_at(field.single(record));
  for (Signer& signer : record.signers)
    for (Field* field : {&signer.authority, &signer.position, &signer.name}) look_at(*field);
}

void doubt_missing(Record& record) {
  const auto was_seen = [](const Field& field) {
    return field.reason == Reason::Illegible || field.reason == Reason::Ambiguous;
  };
  const auto look_at = [&](Field& field, bool is_expected) {
    if (!field.value && (was_seen(field) || (is_expected && field.reason == Reason::Absent)))
      field.needs_review = true;
  };
  const std::array<const Field*, 5> expected{&record.number, &record.date, &record.type,
                                             &record.subject, &record.issuing_agency};
  for (const DocumentField& known : document_fields())
    if (known.single) {
      Field& field = known.single(record);
      look_at(field, std::find(expected.begin(), expected.end(), &field) != expected.end());
    }
  for (Field* part : {&record.date_parts.day, &record.date_parts.month, &record.date_parts.year})
    look_at(*part, false);
  for (Signer& signer : record.signers)
    for (Field* field : {&signer.authority, &signer.position, &signer.name}) look_at(*field, false);
  for (Field& recipient : record.recipients) look_at(recipient, false);
}

void calibrate_fields(Record& record) {
  for (const DocumentField& field : document_fields())
    if (field.single && !is_reading(field.name)) calibrate(field.single(record));
  for (Signer& signer : record.signers)
    for (Field* field : {&signer.authority, &signer.position, &signer.name}) calibrate(*field);
  for (Field& issuer : record.joint_issuers) calibrate(issuer);
  if (record.code.value && record.number.value && record.symbol.value)
    settle_code(record.code, record.number, record.symbol);
}

void settle_twins(Record& record) {
  if (!record.signers.empty()) record.signers.front() = record.signer;
  if (!record.joint_issuers.empty() &&
      record.joint_issuers.front().value == record.issuing_agency.value)
    record.joint_issuers.front() = record.issuing_agency;
}

}  // namespace vanban::extract
