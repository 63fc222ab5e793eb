// What the corrections of a batch teach: proposals for the user's lexicon, tried on every document
// that was corrected, read again from its record. A person ticks those that they want; what harms
// is refused.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "extract/user_lexicon.h"
#include "pipeline/batch/ledger.h"

namespace vanban::pipeline {

struct Proposal {
  extract::LexiconEntry entry;
  // Fields of the corrected documents that it makes right, and that it makes wrong.
  int helps = 0, harms = 0;
  std::vector<std::string> paths;  // of the documents whose corrections say it
};

// What corrections of two documents at the least say and what would have helped, the most helpful
// first; nothing that `known` has. Documents marked secret teach nothing.
std::vector<Proposal> proposals(Ledger& ledger, const std::filesystem::path& outputs,
                                const extract::UserLexicon& known);

// OUT/proposals.txt.
std::filesystem::path proposals_file(const std::filesystem::path& outputs);
// Each entry behind "[ ]" and a tab, under a line that says what it would have done. Who wants it
// puts an x between the brackets.
std::string proposals_text(const std::vector<Proposal>& proposals);
// Those with an x, and all that is wrong with the file.
extract::LexiconFile ticked_in(std::string_view text);

struct RefusedEntry {
  extract::LexiconEntry entry;
  std::string why;
};

struct Lesson {
  extract::UserLexicon taken;
  std::vector<RefusedEntry> refused;
  int documents = 0;                      // that were corrected
  int fields = 0;                         // of theirs whose value is known
  int right_before = 0, right_after = 0;  // of these, without and with what was taken
};

// Tries the entries one after another beside `known` and what was taken before: one is taken where
// more values are right with it and none is wrong that was right.
Lesson learn(Ledger& ledger, const std::filesystem::path& outputs,
             const extract::UserLexicon& known, const extract::UserLexicon& wanted);

}  // namespace vanban::pipeline
