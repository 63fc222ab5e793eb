// Files that appear whole or not at all.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "ocr/document/error.h"

namespace vanban::pipeline {

// A file cannot be written; says which and why.
class OutputError : public Error {
 public:
  explicit OutputError(const std::string& what) : Error(ErrorKind::Output, what) {}
};

// A file being written beside its place. `commit` puts it there in one step; without that nothing
// remains. A symbolic link is followed, so that it stays one; what is no regular file (a pipe, a
// terminal) is written to directly.
class OutputFile {
 public:
  // Throws OutputError, before any work is done, where the place cannot be written to.
  explicit OutputFile(const std::filesystem::path& path);
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  void write(std::string_view bytes);
  void commit();

 private:
  std::filesystem::path path_, temporary_;
  int descriptor_ = -1;
};

// What the names of files begin with that a process has not put in their places: of one that was
// killed they remain.
std::string temporary_prefix(int process);

// Writes to standard output, all or OutputError.
void write_stdout(std::string_view bytes);

}  // namespace vanban::pipeline
