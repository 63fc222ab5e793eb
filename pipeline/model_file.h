// Where the language model is.
#pragma once

#include <filesystem>
#include <vector>

#include "diacritics/restore.h"

namespace vanban::pipeline {

// Folders in which the model is looked for: share/vanban beside the folder of the running program,
// then the source tree that it was built from.
std::vector<std::filesystem::path> model_folders();

// The file that is asked for; where none is (the path is empty), that of the environment variable
// VANBAN_MODEL; else vietnamese.model in the first of the folders that has it. Throws
// ocr::EngineError, which says where it looked, when it is not there.
std::filesystem::path find_model(
    const std::filesystem::path& asked,
    const std::vector<std::filesystem::path>& folders = model_folders());

// Throws ocr::EngineError when the model is damaged.
diacritics::Restorer open_restorer(const std::filesystem::path& model);

}  // namespace vanban::pipeline
