// Files that appear whole or not at all.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "ocr/document/error.h"

namespace vanban::pipeline {

// A file cannot be written; says which and why. Of kind Output where no file could be, because the
// disk is full, read-only or fails, else of kind Access.
class OutputError : public Error {
 public:
  explicit OutputError(const std::string& what, ErrorKind kind = ErrorKind::Output)
      : Error(kind, what) {}
};
// Of an errno that writing met.
ErrorKind kind_of_output_error(int error);

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

  // Its owner alone may read and write it, whatever it replaces (0600).
  void make_private() { private_ = true; }
  void write(std::string_view bytes);
  // What was written, from `at` on, at most so much; nothing of what is written to directly.
  std::string written(std::uint64_t at, std::size_t most) const;
  void commit();

 private:
  std::filesystem::path path_, temporary_;
  int descriptor_ = -1;
  bool nameless_ = false;  // it gets a name with the commit
  bool private_ = false;
};

// What the names of files begin with that a process has not put in their places: of one that was
// killed they may remain. It names this machine, so that others leave them alone.
std::string temporary_prefix(int process);

// Removes what processes that are no more left of that kind in a folder, those below it apart.
void remove_leftovers_of_the_dead(const std::filesystem::path& folder);

// Makes the folders of `relative`, a path below `root` with parts that are names, and follows no
// links on the way. Throws OutputError.
void make_folders_below(const std::filesystem::path& root, const std::filesystem::path& relative);

// Writes to standard output, all or OutputError.
void write_stdout(std::string_view bytes);

}  // namespace vanban::pipeline
