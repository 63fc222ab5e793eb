#include <cstddef>
#include <cstdint>
#include <exception>
#include <string>

#include "ocr/document/error.h"
#include "ocr/open/open_source.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace vanban;
  try {
    ocr::open_source({reinterpret_cast<const char*>(data), size}, "");
  } catch (const Error&) {
  }
  return 0;
}
