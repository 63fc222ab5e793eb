#include <cstddef>
#include <cstdint>
#include <exception>
#include <string_view>

#include "pipeline/batch/corrections.h"
#include "pipeline/batch/summary.h"
#include "pipeline/record/schema.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace vanban::pipeline;
  const std::string_view json(reinterpret_cast<const char*>(data), size);
  record_file_errors(json);
  try {
    summarize(json);
  } catch (const std::exception&) {
  }
  try {
    corrected_record(json, {{"number", "12", 0}, {"date", std::nullopt, 1}});
  } catch (const std::exception&) {
  }
  return 0;
}
