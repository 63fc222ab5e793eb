#include "pipeline/batch/settings.h"

#include <nlohmann/json.hpp>

#include "ocr/digest.h"

namespace vanban::pipeline {

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(BatchSettings, ocr, max_megapixels, tessdata_dir, model, fields,
                                   password, split, text, pdf, alto, hocr, memory_bytes)

std::string settings_to_json(const BatchSettings& settings) {
  return nlohmann::json(settings).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

BatchSettings settings_from_json(const std::string& json) {
  return nlohmann::json::parse(json).get<BatchSettings>();
}

std::string settings_hash(const BatchSettings& settings, const std::string& model_hash) {
  BatchSettings what = settings;
  what.password.clear();
  what.tessdata_dir.clear();
  what.model = model_hash;
  what.memory_bytes = 0;
  return ocr::sha256_hex(settings_to_json(what));
}

}  // namespace vanban::pipeline
