// Who signed: the right column at the end of the text.
#pragma once

#include <string_view>
#include <vector>

#include "extract/reading.h"
#include "extract/record.h"

namespace vanban::extract {

// In reading order; more than one only of a document that several bodies issue together, none
// where no page has a signature.
std::vector<Signer> find_signers(const std::vector<PageText>& pages, bool joint, Steps& steps);

// A line of a signature, and what it could hold.
struct SignatureLine {
  std::size_t block = 0, line = 0;  // of the page
  bool title = false;               // an authority or a title, as far as it can be read
  std::size_t first = 0, last = 0;  // words that could be a name or its end; none where equal
  bool whole_name = false;          // nothing of the name seems to be missing
  bool ink_beside = false;          // a letter before it was not read, or marks stick to it
};

// Titles, then what stands below them; none where the page has no signature.
std::vector<SignatureLine> find_signature(const ocr::Page& page);

// Whether a title names the deputy of a head: "Phó Giám đốc", "P. Hiệu trưởng", "Thứ trưởng".
// `folded`: lower case without marks.
bool is_deputy(std::string_view folded);

// Whether it is that of the deputy of the one who bears the other: PHÓ GIÁM ĐỐC of GIÁM ĐỐC.
bool is_deputy_of(std::string_view folded, std::string_view folded_head);

}  // namespace vanban::extract
