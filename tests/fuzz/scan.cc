#include "tests/fuzz/targets.h"

#include <exception>
#include <string>

#include "ocr/document/error.h"
#include "ocr/open/open_source.h"

namespace vanban::fuzz {

void feed_scan(std::string_view bytes) {
  try {
    ocr::open_source(std::string(bytes), "");
  } catch (const Error&) {
  }
}

}  // namespace vanban::fuzz
