// Vietnamese text of the time before Unicode. PDF text layers whose fonts used an 8-bit encoding
// come out as UTF-8, but with the characters that Western Windows has for the bytes: "Céng hoµ x·
// héi" for "Cộng hòa xã hội". This brings the letters back, and tells which encoding a text is in.
// It works on one font's text: where fonts are mixed on a page, so may the encodings be.
#pragma once

#include <string>
#include <string_view>

namespace vanban::diacritics {

enum class Encoding {
  Unicode,      // composed or not known to be anything else
  Decomposed,   // Unicode with its marks apart from their letters
  Tcvn3,        // "ABC": fonts .VnTime, .VnArial; TCVN 5712:1993, VN3
  Vni,          // VNI Windows: fonts VNI-Times, VNI-Helve
  Viqr,         // in ASCII (RFC 1456): "Vie^.t Nam"
  Windows1258,  // Microsoft's, with tones as characters of their own
};

// As to be shown: "unicode", "decomposed", "tcvn3", "vni", "viqr", "windows-1258".
std::string_view name_of(Encoding encoding);

struct Decoded {
  std::string text;  // NFC
  // Characters that stand for a byte that nobody knows any more, U+FFFD in `text`: U+FFFD and what
  // is no UTF-8; in the 8-bit encodings also control characters, which fonts with codes of their
  // own leave. Letters that are missing without a trace cannot be counted: tools that drop the soft
  // hyphen drop TCVN3's ư with it, and "thơng" for "thương" stays.
  int lost = 0;

  bool operator==(const Decoded&) const = default;
};

// The characters of the 8-bit encodings may be those of windows-1252 or, for 0x80 to 0x9F, of
// Latin-1. All others, right Vietnamese letters among them, stay as they are. To be called before
// with_usual_characters, which takes the letter eth for đ.
//
// Tcvn3: a hyphen that touches a letter counts as the soft hyphen, for ư, where that makes a known
// syllable ("h-íng dÉn", "Bé T- ph¸p"): poppler has one hyphen for both, after PDF's
// WinAnsiEncoding.
//
// Viqr: a full stop, question mark or apostrophe that could be a tone or close the sentence is a
// tone, unless the word is a syllable without it only. dd is đ at the beginning of a word and among
// capitals (QDD). A backslash keeps what follows it.
Decoded decode(std::string_view text, Encoding from);

// Of TCVN3 fonts whose name ends in H (.VnTimeH, .VnArialH): they show capitals for small letters,
// the only way to have capitals with tones.
Decoded decode_tcvn3_capitals(std::string_view text);

// The encoding of a running text, a page of one font rather than a line: an old one only where the
// text as it stands is no plausible Vietnamese (see syllables.h), decoded is, and at least four
// words gain by it. Eight words suffice mostly, twenty nearly always. Unicode for all else: other
// languages, figures, the garble of an engine that does not know Vietnamese.
Encoding detect_encoding(std::string_view text);

}  // namespace vanban::diacritics
