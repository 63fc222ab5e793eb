// What a person knows of the documents that they have before them, beyond our own lists: names of
// people and bodies, symbols, how values look, how letters are misread. It never adds what was not
// read: a value that is there becomes another, and says by its evidence which entry made it so.
//
// The file is text, UTF-8, an entry a line, its parts parted by tabs; empty lines and those that
// begin with # are passed over. FIELD is a document field's name, "signer.name":
//   person     NAME                 of who signs
//   body       NAME                 that issues documents, or is above one that does
//   symbol     SYMBOL               of documents: "QĐ-UBND"
//   pattern    FIELD  SHAPE         of its values; # is any digit, * whatever there is: "*-UBND"
//   confusion  FIELD  READ  MEANT   letters of a doubtful value, wherever they stand in it
//   reading    FIELD  READ  MEANT   whole values
// Why text: a person writes it with what they have, and sees in a diff what was learnt.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "extract/record.h"

namespace vanban::extract {

enum class LexiconKind { Person, Body, Symbol, Pattern, Confusion, Reading };

// NFC. Of names and symbols `meant` alone, of patterns `field` and `meant`.
struct LexiconEntry {
  LexiconKind kind = LexiconKind::Person;
  std::string field, read, meant;
  bool operator==(const LexiconEntry&) const = default;
};

using UserLexicon = std::vector<LexiconEntry>;

struct LexiconFile {
  UserLexicon entries;
  // All that is wrong with the file, each with its line; then `entries` is not to be used.
  std::vector<std::string> mistakes;
};

LexiconFile parse_lexicon(std::string_view text);
// As it stands in the file, without a line's end.
std::string line_of(const LexiconEntry& entry);

// Puts what the lexicon knows into the single fields of the document and into the code that
// follows from them; whether a value has changed. Whole readings are replaced however sure they
// are, all else only where a look is asked for; a known name is taken for what is like it in all
// but marks or few letters and like no other. What was changed asks for a look. The record is one
// whose confidences are settled.
bool apply_lexicon(Record& record, const UserLexicon& lexicon);

}  // namespace vanban::extract
