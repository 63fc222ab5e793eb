#include <cstddef>
#include <cstdint>
#include <string>

#include "ocr/document/error.h"
#include "pipeline/batch/read_register.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace vanban::pipeline;
  try {
    const Register in = read_register({reinterpret_cast<const char*>(data), size});
    for (const RegisterRow& row : in.rows) typed_into(row, nullptr, Summary{});
  } catch (const vanban::Error&) {
  }
  return 0;
}
