// The files that a command line names: read whole, written whole or not at all, never the same
// twice.
#pragma once

#include <fstream>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/output_file.h"
#include "pipeline/run.h"

namespace vanban::tools {

// "-" is standard input or output everywhere. What cannot be read or written is an AccessError that
// names the file.

pipeline::Input read_input(const std::string& path);
// A text that can be read more than once.
std::fstream open_text(const std::string& path);
// A file beside the input: patterns, records.
std::string read_named(const std::string& path);

// A place for a result, and the option that names it; empty: there is none.
struct NamedPlace {
  std::string option;
  std::string path;
};
// Throws UsageError where a result would replace the input or another result.
void check_places(const std::string& input, const std::vector<NamedPlace>& places);

// A place for one result; made before the work begins, so that a bad path is known at once.
class Destination {
 public:
  explicit Destination(const std::string& path);
  // A file is for its owner alone.
  void make_private();
  void write(std::string_view bytes);
  void commit();

 private:
  std::unique_ptr<pipeline::OutputFile> file_;  // none: standard output
};

// Makes the folder, so that a bad path is known before the work begins.
void make_dir(const std::string& dir, const std::string& option);

// Files beside the record, each whole, not there before `commit`.
class SideFiles {
 public:
  // `input`: whose name the files' names begin with. `only_owner`: they are for their owner alone.
  SideFiles(const std::string& input, bool only_owner);

  // DIR/INPUT-NAME
  void write(const std::string& dir, const std::string& name, const std::string& bytes);
  void commit();

 private:
  std::string stem_;
  bool only_owner_;
  std::vector<std::unique_ptr<Destination>> files_;
};

}  // namespace vanban::tools
