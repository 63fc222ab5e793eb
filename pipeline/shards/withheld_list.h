// What a machine knows of files with a mark of secrecy and tells no other.
#pragma once

#include <filesystem>
#include <string>

namespace vanban::pipeline {

struct WithheldFile {
  std::string inputs, path;  // the folder of scans, and below it
  std::string sha256;
  std::string mark;  // as records have it
};

// On a disk that outlives the run, and by custom is no network's: /var/tmp/vanban-<user's number>.
std::filesystem::path usual_withheld_folder();

// Of a folder on a disk of this machine, a file for its owner alone (0600).
std::filesystem::path withheld_list(const std::filesystem::path& folder);

// Makes the folder if need be (0700). Throws Error of kind Access where it is another user's, or
// others may write to it.
void require_withheld_folder(const std::filesystem::path& folder);

// Adds a line of JSON to the list, unless it is there; it is on the disk then. Throws OutputError.
void add_withheld(const std::filesystem::path& folder, const WithheldFile& file);

}  // namespace vanban::pipeline
