// What the rooms below the pipeline throw when a caller cannot use the result.
#pragma once

#include <stdexcept>
#include <string>

namespace vanban::ocr {

// This file (or page) cannot be read; others can.
class InputError : public std::runtime_error {
 public:
  enum class Code { NotReadable, Unsupported, Damaged, Encrypted, Empty, TooLarge, OutOfMemory };
  InputError(Code code, const std::string& what) : std::runtime_error(what), code_(code) {}
  Code code() const { return code_; }

 private:
  Code code_;
};

// The engine or its data is not usable; no file can be read.
class EngineError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace vanban::ocr
