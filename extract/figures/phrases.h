// Phrases of the language, found among the words of a text.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "extract/sentences.h"

namespace vanban::extract {

// One or more words. Marks count where the phrase is a single word, which without them may be
// another ("đến", "đen"); longer ones are known without.
class Phrase {
 public:
  explicit Phrase(std::string_view words);

  std::size_t size() const { return folded_.size(); }
  // Nothing but spaces between its words.
  bool stands_at(const RunningText& text, std::size_t token) const;
  bool ends_at(const RunningText& text, std::size_t end) const;  // `end` exclusive

 private:
  std::vector<std::string> folded_;
  std::string marked_;  // of a single word
};

class Phrases {
 public:
  Phrases(std::initializer_list<std::string_view> phrases);

  // Words that the longest of them takes, 0 where none stands there.
  std::size_t at(const RunningText& text, std::size_t token, std::size_t end) const;
  // The same before a place; none reaches before `begin`.
  std::size_t before(const RunningText& text, std::size_t end, std::size_t begin) const;
  bool within(const RunningText& text, TokenRange range) const;

 private:
  std::vector<Phrase> phrases_;
};

}  // namespace vanban::extract
