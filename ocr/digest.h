// SHA-256, by which inputs, models and data are named.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace vanban::ocr {

// 64 lower-case hexadecimal digits.
std::string sha256_hex(std::string_view bytes);

// Whether a text is one.
bool is_sha256_hex(std::string_view text);

// The same of bytes that come one after another.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;

  void add(std::string_view bytes);
  // Of all that was added. To be asked once.
  std::string hex();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace vanban::ocr
