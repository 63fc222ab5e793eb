#include <cstddef>
#include <cstdint>
#include <exception>

#include "pipeline/batch/jobs.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace vanban::pipeline;
  const Bytes bytes(data, data + size);
  try {
    // What was understood can be told again.
    message_from_bytes(message_to_bytes(message_from_bytes(bytes)));
  } catch (const std::exception&) {
  }
  return 0;
}
