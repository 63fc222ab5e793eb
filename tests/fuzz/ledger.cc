#include "tests/fuzz/targets.h"

#include <exception>
#include <string>

#include "pipeline/batch/ledger.h"
#include "pipeline/batch/settings.h"
#include "pipeline/batch/summary.h"

namespace vanban::fuzz {

void feed_ledger(std::string_view bytes) {
  using namespace pipeline;
  const std::string json(bytes);
  try {
    for (const Summary& summary : summaries_from_json(json)) summary.field("number");
  } catch (const LedgerError&) {
  }
  try {
    settings_from_json(json);
  } catch (const std::exception&) {
  }
}

}  // namespace vanban::fuzz
