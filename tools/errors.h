// What the command line itself throws; each has an exit code.
#pragma once

#include <stdexcept>

namespace vanban::tools {

// The caller's fault, found after the command line was parsed.
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

class AccessError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace vanban::tools
