// Finds the fields of an administrative document in what was read of it: header, addressees,
// signatory, recipients. Patterns and places on the page only; a field that they do not settle is
// null with its reason.
#pragma once

#include <vector>

#include "extract/patterns/field_pattern.h"
#include "extract/record.h"
#include "extract/user_lexicon.h"
#include "ocr/document/document.h"

namespace vanban::extract {

// Of one document: see find_documents for files that hold several.
//
// `patterns`: the user's fields, beside our built-in ones; one of the same name stands in for it.
// `lexicon`: what the user knows beyond our own lists.
Record extract(const ocr::Document& document, const std::vector<FieldPattern>& patterns = {},
               const UserLexicon& lexicon = {});

}  // namespace vanban::extract
