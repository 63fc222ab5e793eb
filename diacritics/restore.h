// Restores Vietnamese words that lost their marks or were misread, and says of each word whether it
// was seen as it stands or restored, how sure that is, and what else it could be. Knows nothing of
// pages and boxes: words come in reading order and go out so.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "diacritics/model/language_model.h"
#include "diacritics/readings/read_word.h"

namespace vanban::diacritics {

// What happened to a text before it came here.
enum class Damage {
  None,      // right as it is
  Stripped,  // the marks are gone, the letters right
  Garbled,   // misread by an engine that knows no Vietnamese, which loses marks and letters
  Doubtful,  // read by an engine that knows Vietnamese and says which words it is not sure of
};

struct RestoredWord {
  std::size_t first = 0, count = 1;       // of the words given, those that this one was read from
  std::string text;                       // NFC; with a space where one word was two
  bool restored = false;                  // whether it says other than what was read
  double probability = 1;                 // that the text is right, [0, 1]
  std::vector<Alternative> alternatives;  // other readings, likeliest first
};

struct RestoreOptions {
  bool old_tone_place = true;  // of restored words: hòa, thủy; otherwise hoà, thuỷ
};

class Restorer {
 public:
  explicit Restorer(LanguageModel model);
  ~Restorer();
  Restorer(Restorer&&) noexcept;
  Restorer& operator=(Restorer&&) noexcept;

  const LanguageModel& model() const;

  // The words in order, none lost: every word given is part of exactly one of those returned; of
  // stripped and doubtful words, each is one. Numbers, addresses of mail and web, and words of
  // other languages stay as they are, and so do codes, but for the Đ that is missing from them.
  // Safe to call from many threads.
  std::vector<RestoredWord> restore(std::span<const ReadWord> words, Damage damage,
                                    const RestoreOptions& options = {}) const;

  // Of doubtful words those that the engine ran together (TỈNHBÌNH: with a space) or broke (QUY ẾT:
  // two, as one), in order; whatever it is sure of. See diacritics/readings/spaces.h.
  std::vector<RestoredWord> respace(std::span<const ReadWord> words) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// What most likely happened to the words: None for plausible Vietnamese, and for text that is not
// Vietnamese at all.
Damage detect_damage(std::span<const ReadWord> words);

}  // namespace vanban::diacritics
