// Whole files, read or refused.
#pragma once

#include <filesystem>
#include <string>

namespace vanban::pipeline {

enum class Links {
  Follow,
  Refuse,  // and whatever else is no regular file
};

// The bytes of a file. Throws ocr::InputError NotReadable, "cannot be read: " and the reason; never
// takes a fault for the end.
std::string read_file(const std::filesystem::path& path, Links links = Links::Follow);

}  // namespace vanban::pipeline
