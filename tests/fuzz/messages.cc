#include "tests/fuzz/targets.h"

#include <exception>

#include "pipeline/batch/jobs.h"

namespace vanban::fuzz {

void feed_messages(std::string_view bytes) {
  using namespace pipeline;
  const Bytes message(bytes.begin(), bytes.end());
  try {
    // What was understood can be told again.
    message_from_bytes(message_to_bytes(message_from_bytes(message)));
  } catch (const std::exception&) {
  }
}

}  // namespace vanban::fuzz
