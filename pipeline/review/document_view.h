// What a person needs of a record who looks at its page: fields with where they stand, what else
// they could be, what speaks for and against them, and the checks that failed.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vanban::pipeline {

// Of the document that begins on `first_page` of its file, as a JSON object: `fields`, `checks`,
// `pages`. `record_json` is a record or an array of them. Boxes are left, top, width, height in
// points of the page as displayed. None where no document begins there. Throws std::exception where
// it is no record.
std::optional<std::string> document_view(std::string_view record_json, int first_page);

}  // namespace vanban::pipeline
