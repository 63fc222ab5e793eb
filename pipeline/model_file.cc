#include "pipeline/model_file.h"

#include <cstdlib>
#include <string>

#include "diacritics/model/language_model.h"
#include "diacritics/text/error.h"
#include "ocr/document/error.h"

namespace vanban::pipeline {
namespace {

namespace fs = std::filesystem;

constexpr const char* kFileName = "vietnamese.model";

bool is_file(const fs::path& path) {
  std::error_code ignored;
  return fs::exists(path, ignored) && !fs::is_directory(path, ignored);
}

}  // namespace

std::vector<fs::path> model_folders() {
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  // Without /proc only a package's own place is left to look in.
  const fs::path prefix = error ? fs::path("/usr") : program.parent_path().parent_path();
  std::vector<fs::path> out{prefix / "share/vanban"};
  // That of the sources may be stated as a whole path, which then stands for itself.
  if (!error) out.push_back((program.parent_path() / VANBAN_DATA_DIR).lexically_normal());
  return out;
}

fs::path find_model(const fs::path& asked, const std::vector<fs::path>& folders) {
  if (!asked.empty()) {
    if (is_file(asked)) return asked;
    throw ocr::EngineError("there is no language model at " + asked.string() +
                           "; name another with --model");
  }
  if (const char* variable = std::getenv("VANBAN_MODEL"); variable != nullptr && *variable != 0) {
    if (is_file(variable)) return variable;
    throw ocr::EngineError("there is no language model at " + std::string(variable) +
                           ", which VANBAN_MODEL names; set it to the right file or unset it");
  }
  std::string looked;
  for (const fs::path& folder : folders) {
    if (is_file(folder / kFileName)) return folder / kFileName;
    looked += (looked.empty() ? "" : " and ") + folder.string();
  }
  throw ocr::EngineError("there is no language model (" + std::string(kFileName) + ") in " +
                         looked + "; install it there, or name it with --model or VANBAN_MODEL");
}

diacritics::Restorer open_restorer(const fs::path& model) {
  try {
    return diacritics::Restorer(diacritics::LanguageModel::open(model));
  } catch (const diacritics::DataError& error) {
    throw ocr::EngineError(model.string() + ": " + error.what());
  }
}

}  // namespace vanban::pipeline
