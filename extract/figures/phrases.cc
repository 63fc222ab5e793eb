#include "extract/figures/phrases.h"

#include <algorithm>

#include "diacritics/text/text.h"

namespace vanban::extract {

Phrase::Phrase(std::string_view words) {
  for (const std::string& word : diacritics::split_words(words))
    folded_.push_back(diacritics::fold(word));
  if (folded_.size() == 1) marked_ = diacritics::with_old_tone_place(words);
}

bool Phrase::stands_at(const RunningText& text, std::size_t token) const {
  if (token + size() > text.tokens.size()) return false;
  for (std::size_t i = 0; i < size(); ++i) {
    const Token& word = text.tokens[token + i];
    if (word.folded != folded_[i]) return false;
    if (i + 1 < size() && word.mark != 0) return false;
  }
  return marked_.empty() ||
         diacritics::with_old_tone_place(diacritics::to_lower(text.tokens[token].text)) == marked_;
}

bool Phrase::ends_at(const RunningText& text, std::size_t end) const {
  return end >= size() && stands_at(text, end - size());
}

Phrases::Phrases(std::initializer_list<std::string_view> phrases) {
  for (const std::string_view words : phrases) phrases_.emplace_back(words);
  std::stable_sort(phrases_.begin(), phrases_.end(),
                   [](const Phrase& a, const Phrase& b) { return a.size() > b.size(); });
}

std::size_t Phrases::at(const RunningText& text, std::size_t token, std::size_t end) const {
  for (const Phrase& phrase : phrases_)
    if (token + phrase.size() <= end && phrase.stands_at(text, token)) return phrase.size();
  return 0;
}

std::size_t Phrases::before(const RunningText& text, std::size_t end, std::size_t begin) const {
  for (const Phrase& phrase : phrases_)
    if (end >= begin + phrase.size() && phrase.ends_at(text, end)) return phrase.size();
  return 0;
}

bool Phrases::within(const RunningText& text, TokenRange range) const {
  for (std::size_t i = range.first; i < range.last; ++i)
    if (at(text, i, range.last) > 0) return true;
  return false;
}

}  // namespace vanban::extract
