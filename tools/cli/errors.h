// What the command line itself throws.
#pragma once

#include <string>

#include "ocr/document/error.h"

namespace vanban::tools {

// The caller's fault, found after the command line was parsed.
class UsageError : public Error {
 public:
  explicit UsageError(const std::string& what) : Error(ErrorKind::Usage, what) {}
};

// A file that the caller named cannot be read or written.
class AccessError : public Error {
 public:
  explicit AccessError(const std::string& what) : Error(ErrorKind::Access, what) {}
};

}  // namespace vanban::tools
