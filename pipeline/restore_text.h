// Restores a text file: the letters of old encodings, lost marks, misread words. Line structure and
// white space stay byte for byte; the text is brought to NFC. Memory does not grow with the text.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iosfwd>
#include <string>
#include <string_view>

#include "diacritics/restore.h"

namespace vanban::pipeline {

// What the text is to be treated as.
enum class TextSource {
  Auto,      // found out
  Stripped,  // without marks
  Ocr,       // misread by an engine that knows no Vietnamese
  Clean,     // right: only brought to NFC
  // Letters in an old encoding. What they say is right, unless it is found to be damaged too.
  Tcvn3,
  Vni,
  Viqr,
  Windows1258,
};

struct RestoreTextOptions {
  TextSource from = TextSource::Auto;
  bool json = false;           // valid against schemas/restored-1.schema.json, instead of text
  bool old_tone_place = true;  // of restored words: hòa, ủy; otherwise hoà, uỷ
  std::size_t block_bytes = 256 * 1024;  // of the text, held at a time
  // Looked at every few thousand words; set, the run ends with Interrupted.
  const std::atomic<bool>* cancelled = nullptr;
};

struct RestoreReport {
  std::uint64_t words = 0;     // as white space parts them
  std::uint64_t restored = 0;  // of those given out, the ones that say other than what was read
  std::uint64_t lost = 0;      // characters that no decoding brings back, U+FFFD in the result
  // What it was treated as, by the names of the command line, and its encoding (see
  // diacritics/text/encodings.h); "mixed" where pages differ.
  std::string from, encoding;
};

// Restores `in`, which is read from where it stands, more than once, so that it must be able to go
// back there. The result is given to `write` piece by piece, nothing before all of the input is
// known to be text. A byte order mark at the beginning stays (not in JSON).
//
// Auto judges page by page, as form feeds part them, or where pages are larger than a block, block
// by block; a page of few words goes with its block, a block of few words with the one before.
//
// Words of more than 256 bytes are decoded, if need be, but not restored; of those longer than a
// block each piece counts as a word. Where two words were one before they were misread, the white
// space between them goes. Of the white space, U+2000 and U+2001 are what NFC makes of them.
//
// Throws ocr::InputError for what is no text in UTF-8, Interrupted, and what `write` throws.
RestoreReport restore_text(std::istream& in, const std::function<void(std::string_view)>& write,
                           const diacritics::Restorer& restorer,
                           const RestoreTextOptions& options = {});

}  // namespace vanban::pipeline
