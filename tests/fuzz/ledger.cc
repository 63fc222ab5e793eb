#include <cstddef>
#include <cstdint>
#include <exception>
#include <string>

#include "pipeline/batch/ledger.h"
#include "pipeline/batch/settings.h"
#include "pipeline/batch/summary.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace vanban::pipeline;
  const std::string json(reinterpret_cast<const char*>(data), size);
  try {
    for (const Summary& summary : summaries_from_json(json)) summary.field("number");
  } catch (const LedgerError&) {
  }
  try {
    settings_from_json(json);
  } catch (const std::exception&) {
  }
  return 0;
}
