#include "tests/fuzz/targets.h"

#include <stdexcept>
#include <string>

#include "pipeline/batch/read_register.h"
#include "tests/pipeline/batch/made_summary.h"

namespace vanban::fuzz {

void feed_register(std::string_view bytes) {
  static const pipeline::Summary summary = tests::made_summary();
  try {
    const pipeline::Register in = pipeline::read_register(std::string(bytes));
    for (const pipeline::RegisterRow& row : in.rows) pipeline::typed_into(row, nullptr, summary);
  } catch (const std::invalid_argument&) {
  }
}

}  // namespace vanban::fuzz
