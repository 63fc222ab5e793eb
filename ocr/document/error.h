// What is thrown where a caller cannot use the result: one base, which carries the kind of fault.
#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace vanban {

// Told apart as far as it makes a difference to what a caller does next.
enum class ErrorKind {
  // Of this file, or page, alone; others can be read:
  NotReadable,
  Unsupported,
  Damaged,
  Encrypted,
  Secret,  // it bears a mark of secrecy, and was not to be read in spite of it
  Empty,
  TooLarge,
  OutOfMemory,
  // No file would fare better:
  Engine,  // an engine, or its model, is not usable
  Output,  // a result cannot be written
  // Of the run:
  Access,  // a file that the caller named, other than a scan, cannot be read or written
  Ledger,
  Busy,         // another run is at work in the folder
  Usage,        // what was asked for makes no sense
  Interrupted,  // by the caller
  Internal,     // our fault
};

// In snake_case, as ledgers, events and workers name it.
std::string_view name_of(ErrorKind kind);
// Of what name_of gave; nothing for other texts.
std::optional<ErrorKind> error_kind(std::string_view name);
// Whether no file would fare better.
bool ends_all(ErrorKind kind);

class Error : public std::runtime_error {
 public:
  Error(ErrorKind kind, const std::string& what) : std::runtime_error(what), kind_(kind) {}
  ErrorKind kind() const { return kind_; }

 private:
  ErrorKind kind_;
};

namespace ocr {

// This file (or page) cannot be read; others can.
class InputError : public Error {
 public:
  using Error::Error;
};

// The engine or its data is not usable; no file can be read.
class EngineError : public Error {
 public:
  explicit EngineError(const std::string& what) : Error(ErrorKind::Engine, what) {}
};

}  // namespace ocr
}  // namespace vanban
