#include "tests/fuzz/targets.h"

#include <string>

#include "diacritics/model/language_model.h"
#include "diacritics/text/error.h"

namespace vanban::fuzz {

void feed_model(std::string_view bytes) {
  using namespace diacritics;
  try {
    const LanguageModel model = LanguageModel::from_bytes(std::string(bytes));
    LanguageModel::State state;
    model.score(state, model.id_of("a"));
  } catch (const DataError&) {
  }
}

}  // namespace vanban::fuzz
