// The last word on how sure a record's fields are: what the checks say of them, then what such a
// confidence is worth.
#pragma once

#include "extract/record.h"
#include "ocr/document/document.h"

namespace vanban::extract {

// By the record's checks. What a failed one compared gets a confidence below kReviewBelow and asks
// for a look; what agrees with something that was read elsewhere is the surer for it.
void weigh_checks(Record& record);
// The same of the failed checks alone: once more, where values have changed since.
void weigh_failed_checks(Record& record);

// A value beside which print was not read may have lost a part of itself: it asks for a look.
void doubt_beside_unread(Record& record, const ocr::Document& document);

// What has no value and ought to have one asks for a look: what was seen and not read, and number,
// date, type, subject and issuing body where none was found, which every document has.
void doubt_missing(Record& record);

// Calibrates the document's values. Number and date stay: their confidences are those of readings,
// which are measured where they are made. The code becomes as sure as the less sure of its parts.
void calibrate_fields(Record& record);

// What a record says in two places it says with one confidence: the first of several signers or
// issuers is the one that stands alone.
void settle_twins(Record& record);

}  // namespace vanban::extract
