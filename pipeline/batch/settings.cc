#include "pipeline/batch/settings.h"

#include <nlohmann/json.hpp>

#include "ocr/digest.h"
#include "pipeline/record/outputs.h"

namespace vanban::pipeline {

std::string settings_to_json(const BatchSettings& settings) {
  nlohmann::json node{{"ocr", settings.page.ocr},
                      {"max_megapixels", settings.page.max_megapixels},
                      {"tessdata_dir", settings.engines.tessdata_dir},
                      {"model", settings.model},
                      {"fields", settings.fields},
                      {"lexicon", settings.record.lexicon},
                      {"password", settings.password},
                      {"split", static_cast<int>(settings.record.split)},
                      {"compact", settings.record.compact},
                      {"side_files", settings.side_files},
                      {"secret", settings.record.secret},
                      {"memory_bytes", settings.memory_bytes},
                      {"sandbox", settings.sandbox}};
  for (const OutputForm& form : output_forms())
    node[std::string(form.name)] = settings.outputs.contains(std::string(form.name));
  return node.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

BatchSettings settings_from_json(const std::string& json) {
  const nlohmann::json node = nlohmann::json::parse(json);
  BatchSettings settings;
  settings.page.ocr = node.at("ocr").get<OcrMode>();
  settings.page.max_megapixels = node.at("max_megapixels").get<double>();
  settings.engines.tessdata_dir = node.at("tessdata_dir").get<std::string>();
  settings.model = node.at("model").get<std::string>();
  settings.fields = node.at("fields").get<std::string>();
  settings.record.lexicon = node.at("lexicon").get<std::string>();
  settings.password = node.at("password").get<std::string>();
  settings.record.split = static_cast<Split>(node.at("split").get<int>());
  settings.record.compact = node.at("compact").get<bool>();
  settings.side_files = node.at("side_files").get<std::set<std::string>>();
  settings.record.secret = node.at("secret").get<SecretPolicy>();
  settings.memory_bytes = node.at("memory_bytes").get<std::uint64_t>();
  settings.sandbox = node.at("sandbox").get<SandboxMode>();
  for (const OutputForm& form : output_forms())
    if (const std::string name(form.name); node.at(name).get<bool>()) settings.outputs.insert(name);
  return settings;
}

std::string settings_hash(const BatchSettings& settings, const std::string& model_hash) {
  BatchSettings what = settings;
  what.password.clear();
  what.engines.tessdata_dir.clear();
  what.model = model_hash;
  what.memory_bytes = 0;
  what.sandbox = {};
  return ocr::sha256_hex(settings_to_json(what));
}

}  // namespace vanban::pipeline
