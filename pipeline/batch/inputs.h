// The files of a folder that shall be read, and what their results are called.
#pragma once

#include <cstdint>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

namespace vanban::pipeline {

struct InputFile {
  std::string path;  // below the folder, parts parted by /
  std::uint64_t bytes = 0;
  std::int64_t modified_ns = 0;  // since the epoch
  std::string stem{};            // what its results are called; empty: as output_stems says
  bool operator==(const InputFile&) const = default;
};

struct InputFolder {
  std::vector<InputFile> files;         // by path
  int links = 0;                        // symbolic links; they are never followed
  int others = 0;                       // files that no page is read from
  std::vector<std::string> unreadable;  // folders below that cannot be read, as `path`
};

// Bytes and time of the file at `path` below `folder`; both zero where it is no regular file or not
// there.
InputFile input_at(const std::filesystem::path& folder, const std::string& path);

// All scans below the folder: files that are called so (.pdf, .tif, .tiff, .png, .jpg, .jpeg) or
// begin like one. What begins with a dot is left out. Throws std::filesystem::filesystem_error
// where the folder itself cannot be read; one below that cannot is named.
InputFolder find_inputs(const std::filesystem::path& folder);

// Of each path its stem, what its results are called without their endings: itself without the
// extension; with it where two would be the same or one is taken. Where a result would have too
// long a name, or that of a folder that others need, the path is shortened and a hash of it added.
// In the order of `paths`.
std::vector<std::string> output_stems(const std::vector<std::string>& paths,
                                      const std::set<std::string>& taken);

// Of a folder of results.
std::filesystem::path ledger_file(const std::filesystem::path& outputs);
std::filesystem::path record_file(const std::filesystem::path& outputs, const std::string& stem);
// Where the searchable copy is, if there is one.
std::filesystem::path copy_file(const std::filesystem::path& outputs, const std::string& stem);
// The names of the regular files that lie in a folder; none where there is no such folder.
std::vector<std::string> files_in(const std::filesystem::path& folder);

// The path to a file from a folder, parts parted by /.
std::string path_from(const std::filesystem::path& folder, const std::filesystem::path& file);

// Whether one lies in the other or both are one.
bool folders_overlap(const std::filesystem::path& a, const std::filesystem::path& b);

}  // namespace vanban::pipeline
