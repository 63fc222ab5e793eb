#include "pipeline/text_input.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <istream>

#include "diacritics/text/text.h"
#include "ocr/document/error.h"
#include "pipeline/output_file.h"

namespace vanban::pipeline {
namespace {

constexpr std::size_t kReadBytes = 64 * 1024;

// Finds what is no UTF-8 (Unicode 15, table 3-7) in bytes that come in pieces.
class Utf8Check {
 public:
  void add(std::string_view bytes) {
    for (const char c : bytes) {
      add(static_cast<unsigned char>(c));
      ++offset_;
    }
  }
  void end() const {
    if (needed_ > 0) fail();
  }

 private:
  void add(unsigned char byte) {
    if (needed_ > 0) {
      if (byte < lowest_ || byte > highest_) fail();
      lowest_ = 0x80;
      highest_ = 0xBF;
      --needed_;
      return;
    }
    if (byte == 0)
      throw ocr::InputError(ErrorKind::Unsupported,
                            "there is a NUL character" + place(offset_) + "; it is no text");
    if (byte == '\n') ++line_;
    if (byte < 0x80) return;
    begin_ = offset_;
    if (byte < 0xC2 || byte > 0xF4) fail();
    needed_ = byte < 0xE0 ? 1 : byte < 0xF0 ? 2 : 3;
    // No longer form than needed, no surrogates, nothing above U+10FFFF.
    lowest_ = byte == 0xE0 ? 0xA0 : byte == 0xF0 ? 0x90 : 0x80;
    highest_ = byte == 0xED ? 0x9F : byte == 0xF4 ? 0x8F : 0xBF;
  }
  std::string place(std::uint64_t offset) const {
    return " at byte " + std::to_string(offset) + ", line " + std::to_string(line_);
  }
  [[noreturn]] void fail() const {
    throw ocr::InputError(
        ErrorKind::Unsupported,
        "the text is not UTF-8" + place(begin_) + "; convert it first, e.g. with iconv -t UTF-8");
  }

  std::uint64_t offset_ = 0, line_ = 1, begin_ = 0;
  int needed_ = 0;  // bytes that the character which began at begin_ still lacks
  unsigned char lowest_ = 0x80, highest_ = 0xBF;  // of the next of them
};

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// The last place at or before `at` where a character begins.
std::size_t character_at(std::string_view text, std::size_t at) {
  while (at > 0 && at < text.size() && is_continuation(text[at])) --at;
  return at;
}

constexpr std::size_t kAroundBytes = 64;  // more than any letter and its marks

// Whether the characters on both sides have nothing to do with each other.
bool parts_characters(std::string_view text, std::size_t at) {
  const std::size_t from = character_at(text, at - std::min(at, kAroundBytes));
  const std::size_t to = character_at(text, std::min(text.size(), at + kAroundBytes));
  return diacritics::to_nfc(text.substr(from, at - from)) +
             diacritics::to_nfc(text.substr(at, to - at)) ==
         diacritics::to_nfc(text.substr(from, to - from));
}

std::size_t cut_within_word(std::string_view text, std::size_t size) {
  constexpr int kTries = 2000;
  const std::size_t last = character_at(text, size);
  std::size_t at = last;
  for (int tries = 0; tries < kTries && at > 0; ++tries) {
    if (parts_characters(text, at)) return at;
    at = character_at(text, at - 1);
  }
  return last;
}

}  // namespace

void check_text(std::istream& in, std::ostream* copy) {
  Utf8Check check;
  std::array<char, kReadBytes> bytes{};
  while (in.read(bytes.data(), bytes.size()) || in.gcount() > 0) {
    const std::string_view read(bytes.data(), static_cast<std::size_t>(in.gcount()));
    check.add(read);
    if (copy != nullptr) copy->write(read.data(), static_cast<std::streamsize>(read.size()));
  }
  if (in.bad()) throw ocr::InputError(ErrorKind::NotReadable, "the text cannot be read to its end");
  check.end();
}

std::fstream spool_text(std::istream& in) {
  std::error_code error;
  const std::filesystem::path folder = std::filesystem::temp_directory_path(error);
  if (error) throw OutputError("there is no folder for temporary files (TMPDIR)");
  std::string name = (folder / "vanban-XXXXXX").string();
  const auto fail = [&] {
    throw OutputError("cannot write a temporary file in " + folder.string());
  };
  const int descriptor = ::mkstemp(name.data());
  if (descriptor < 0) fail();
  std::fstream file(name, std::ios::in | std::ios::out | std::ios::binary);
  ::close(descriptor);
  ::unlink(name.c_str());
  if (!file) fail();
  check_text(in, &file);
  if (!file.flush()) fail();
  file.seekg(0);
  return file;
}

std::size_t white_space_at(std::string_view text, std::size_t at) {
  const auto first = static_cast<unsigned char>(text[at]);
  if (first == ' ' || (first >= '\t' && first <= '\r')) return 1;
  if (first < 0xC2) return 0;
  const std::string_view two = text.substr(at, 2), three = text.substr(at, 3);
  if (two == "\u0085" || two == "\u00A0") return 2;
  if (three.size() < 3) return 0;
  const bool space = (three >= "\u2000" && three <= "\u200A") || three == "\u1680" ||
                     three == "\u2028" || three == "\u2029" || three == "\u202F" ||
                     three == "\u205F" || three == "\u3000";
  return space ? 3 : 0;
}

TextBlocks::TextBlocks(std::istream& in, std::size_t size)
    : in_(in), size_(std::max<std::size_t>(size, 16)) {}

bool TextBlocks::next(TextBlock& block) {
  const std::size_t wanted = size_ + kAroundBytes;
  if (buffer_.size() < wanted) {
    const std::size_t held = buffer_.size();
    buffer_.resize(wanted);
    in_.read(buffer_.data() + held, static_cast<std::streamsize>(wanted - held));
    buffer_.resize(held + static_cast<std::size_t>(in_.gcount()));
  }
  if (buffer_.empty()) return false;
  block.within_word = within_word_;
  within_word_ = false;
  const std::size_t cut = buffer_.size() <= size_ ? buffer_.size() : find_cut(within_word_);
  block.text = buffer_.substr(0, cut);
  buffer_.erase(0, cut);
  return true;
}

std::size_t TextBlocks::find_cut(bool& within_word) const {
  // Not for the sake of a first short line, though.
  const std::size_t line = buffer_.find_last_of("\n\f", size_ - 1);
  if (line != std::string::npos && line >= size_ / 2) return line + 1;
  std::size_t space = 0;
  for (std::size_t at = 0; at < size_;) {
    const std::size_t length = white_space_at(buffer_, at);
    at += std::max<std::size_t>(length, 1);
    if (length > 0 && at <= size_) space = at;
  }
  if (space > 0) return space;
  within_word = white_space_at(buffer_, character_at(buffer_, size_)) == 0;
  return cut_within_word(buffer_, size_);
}

}  // namespace vanban::pipeline
