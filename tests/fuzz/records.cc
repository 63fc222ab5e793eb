#include "tests/fuzz/targets.h"

#include <exception>

#include "pipeline/batch/corrections.h"
#include "pipeline/batch/summary.h"
#include "pipeline/record/schema.h"

namespace vanban::fuzz {

void feed_records(std::string_view bytes) {
  using namespace pipeline;
  record_file_errors(bytes);
  try {
    summarize(bytes);
  } catch (const std::exception&) {
  }
  try {
    corrected_record(bytes, {{"number", "12", 0}, {"date", std::nullopt, 1}});
  } catch (const std::exception&) {
  }
}

}  // namespace vanban::fuzz
