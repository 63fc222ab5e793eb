// Documents that bear a mark of secrecy (độ mật), and what becomes of them.
#pragma once

#include <string>
#include <string_view>

#include "extract/record.h"
#include "ocr/document/document.h"
#include "ocr/document/error.h"

namespace vanban::pipeline {

enum class SecretPolicy {
  Stop,    // of a file that has such a document nothing is kept but its hash and the mark
  Header,  // nor the text, but the fields of the document
  All,     // they are read as all others
};
// "stop", "header", "all"
std::string_view name_of(SecretPolicy policy);

// The code of files that were stopped, and of the warnings about them.
inline constexpr std::string_view kSecret = "secret";

// Whether a text is such a mark, as records have it.
bool is_secrecy(std::string_view mark);

// What a person should know of a file that was stopped by this mark.
std::string stop_message(std::string_view mark);

// Of one that a machine among many stopped: what the others know it by, in place of its path, and
// what they know of it beside its hash. Its record is named likewise.
std::string withheld_name(std::string_view sha256);
std::string withheld_message(std::string_view mark, std::string_view machine);

// What is thrown where a part of such a file was to be shown: kind Secret.
Error not_shown(std::string_view mark);

// What is kept of a file that was stopped. Valid against schemas/secret-1.schema.json; ends with a
// newline. `mark`: as of extract::secrecy_of_page.
std::string secret_json(const std::string& sha256, const extract::Field& mark);

// Leaves what makes the fields of the document, and of the pages their sizes.
void keep_header_alone(extract::Record& record, ocr::Document& document);

}  // namespace vanban::pipeline
