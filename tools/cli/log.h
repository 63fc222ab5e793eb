// Where messages for a person go: standard error, and a file where one was asked for. The one place
// of the command line that sees spdlog.
#pragma once

#include <string>
#include <vector>

#include "ocr/document/document.h"

namespace vanban::tools {

struct LogOptions {
  bool quiet = false;    // errors alone
  bool verbose = false;  // also what is being done
  std::string file;      // also to this one, with all details
};

// Throws AccessError where the file cannot be written.
void set_up_log(const LogOptions& options);

// One line each, whatever the text has in it, as far as the log is told to say such. In the
// language of the person but for what is being done, which is for those who look for faults.
void log_error(const std::string& text);
void log_warning(const std::string& text);
void log_info(const std::string& text);
void log_debug(const std::string& text);
void log_warnings(const std::vector<ocr::Warning>& warnings);

}  // namespace vanban::tools
