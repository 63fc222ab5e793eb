#include <cstddef>
#include <cstdint>
#include <string>

#include "diacritics/model/language_model.h"
#include "diacritics/text/error.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace vanban::diacritics;
  try {
    const LanguageModel model =
        LanguageModel::from_bytes({reinterpret_cast<const char*>(data), size});
    LanguageModel::State state;
    model.score(state, model.id_of("a"));
  } catch (const DataError&) {
  }
  return 0;
}
