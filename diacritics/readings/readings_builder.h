// What the three ways of listing readings share: a text is cut into parts, and of each part the
// arcs are added in order. The ways themselves: stripped_readings.cc, garbled_readings.cc,
// doubtful_readings.cc.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "diacritics/readings/readings.h"
#include "diacritics/text/tokens.h"

namespace vanban::diacritics {

bool any_of(std::u32string_view text, bool (*is)(char32_t));

struct LetterCase {
  int letters = 0, upper = 0;
  bool first_upper = false;
  bool all_upper() const { return letters > 0 && upper == letters; }
};

LetterCase case_of(std::u32string_view text);
std::u32string lower_of(std::u32string_view text);
std::string written(std::string_view word, Case how);
// Letter by letter the case of `pattern`, which has as many.
std::string written_like(std::string_view word, std::u32string_view pattern);

// Addresses of mail and web and names of files; nothing in them is Vietnamese.
bool is_address(std::string_view word);

class ReadingsBuilder {
 public:
  ReadingsBuilder(std::span<const ReadWord> words, const LanguageModel& model,
                  const Lexicon& lexicon)
      : words_(words), model_(model), lexicon_(lexicon) {}
  virtual ~ReadingsBuilder() = default;

  Readings build();

 protected:
  virtual void add_parts(std::size_t word) = 0;
  virtual void add_arcs(std::size_t part) = 0;

  bool on_one_line(std::size_t a, std::size_t b) const;
  std::uint32_t reading(std::string text);
  // The part as it stands.
  void add_unchanged(const Part& part, std::vector<Arc>& arcs, float cost);
  // What a first letter's case says about a word: some are nearly always written so within a
  // sentence, others never.
  float capital_cost(WordId word, bool capital, const Part& part) const;
  Part part_of(std::size_t word, const Token& token) const;
  // The parts of a word, from the one of this number on, are all there.
  void end_word(std::size_t word, std::size_t first_part);

  std::span<const ReadWord> words_;
  const LanguageModel& model_;
  const Lexicon& lexicon_;
  Readings out_;

 private:
  void note_sentences();

  bool begins_line_ = false;  // the next part
};

}  // namespace vanban::diacritics
