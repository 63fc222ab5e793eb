// Whole files, read or refused.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace vanban::pipeline {

enum class Links {
  Follow,
  Refuse,  // and whatever else is no regular file
};

// More than any scan or register has, and than the engines can count; checked before a byte is
// read.
inline constexpr std::uint64_t kMostFileBytes = (std::uint64_t{1} << 31) - 1;

// The bytes of a file. Throws ocr::InputError NotReadable, "cannot be read: " and the reason, and
// TooLarge; never takes a fault for the end.
std::string read_file(const std::filesystem::path& path, Links links = Links::Follow);

// The same of a regular file below `root`, with no links on the way to it.
std::string read_file_below(const std::filesystem::path& root, const std::filesystem::path& file);
// The first half of it, for another process to do the second: such a file, open; and its bytes.
class OpenFile {
 public:
  // Owns the descriptor; -1: there is none.
  explicit OpenFile(int descriptor) : descriptor_(descriptor) {}
  ~OpenFile();
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
};
std::unique_ptr<OpenFile> open_file_below(const std::filesystem::path& root,
                                          const std::filesystem::path& file);
std::string read_file(const OpenFile& file);
// Its SHA-256 in hexadecimal digits, without the whole of it in memory.
std::string hash_of_file_below(const std::filesystem::path& root,
                               const std::filesystem::path& file);

}  // namespace vanban::pipeline
