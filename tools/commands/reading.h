// What the commands share that read pages or make records: their options, and what these mean.
#pragma once

#include <string>
#include <vector>

#include "extract/patterns/field_pattern.h"
#include "pipeline/limited.h"
#include "pipeline/options.h"
#include "tools/cli/command_line.h"

namespace vanban::tools {

// What opens encrypted PDFs.
struct PasswordArguments {
  std::string itself;
  std::string file;  // whose first line it is

  // The first of these two and the environment's VANBAN_PASSWORD that there is; empty: none. Throws
  // as read_named, and UsageError where the file's first line is empty.
  std::string password() const;
};

// Of one scan.
struct ReadingArguments {
  std::string input;
  std::string output = "-";
  std::string model;  // the language model's file
  PasswordArguments password;
  pipeline::Options options;
  pipeline::ReadingLimits limits;
  int memory_megabytes = 3072;
  pipeline::SandboxMode sandbox = pipeline::SandboxMode::Auto;

  // What was asked for. Throws as PasswordArguments::password.
  pipeline::LimitedOptions limited() const;
};

// How pages are read, of one scan or of many.
struct PageArguments {
  PasswordArguments& password;
  pipeline::PageOptions& page;
  pipeline::EngineOptions& engines;
  std::string& model;
};

// INPUT and how its pages are read.
void add_reading(Arguments& arguments, ReadingArguments& reading);
// The latter alone. `as_elsewhere`: the help points at that of convert.
void add_page_options(Arguments& arguments, const PageArguments& pages, bool as_elsewhere);
void add_password(Arguments& arguments, PasswordArguments& password);
void add_fields(Arguments& arguments, std::string& fields);
void add_lexicon(Arguments& arguments, std::string& lexicon);
// What processes that decode may still do.
void add_sandbox(Arguments& arguments, pipeline::SandboxMode& mode);
// What becomes of documents with a mark of secrecy.
void add_secret(Arguments& arguments, pipeline::SecretPolicy& policy);
// The same where there is nothing that could be written without the text.
void add_secret_or_nothing(Arguments& arguments, pipeline::SecretPolicy& policy);
inline constexpr const char* kSplitHelp =
    "Write a JSON array with a record of each document in the file; without it the record of the "
    "first, and a warning where more follow";
inline constexpr const char* kCompactHelp =
    "Write records without line ends and indents, each on one line";

// The text of a pattern file that can be used; empty for no file. Throws UsageError with all that
// is wrong with it.
std::string checked_fields(const std::string& path);
std::vector<extract::FieldPattern> read_fields(const std::string& path);
// The same of a lexicon.
std::string checked_lexicon(const std::string& path);
// All that is wrong with a file, to stand behind what cannot be done with it.
std::string mistakes_of(const std::string& path, const std::vector<std::string>& mistakes);

}  // namespace vanban::tools
