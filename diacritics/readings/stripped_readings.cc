#include <algorithm>

#include "diacritics/readings/readings_builder.h"
#include "diacritics/text/text.h"

namespace vanban::diacritics {
namespace {

// Nats; of d where the list's next label is đ, and of đ for d. Not sharp.
constexpr float kLabelCost = 6;

class StrippedBuilder : public ReadingsBuilder {
 public:
  using ReadingsBuilder::ReadingsBuilder;

 private:
  void add_parts(std::size_t word) override {
    const std::string& text = words_[word].text;
    const bool address = is_address(text);
    const std::size_t first_part = out_.parts.size();
    for (const Token& token : tokenize(text)) {
      Part part = part_of(word, token);
      part.letters = token.kind == TokenKind::Word && !address;
      part.address = address;
      out_.parts.push_back(std::move(part));
    }
    end_word(word, first_part);
  }

  // Whether a part is the label of a list's item: one letter before a bracket, at the beginning of
  // something.
  bool is_label(std::size_t i) const {
    const Part& part = out_.parts[i];
    return part.text.size() == 1 && part.letters && part.begins_word && !part.ends_word &&
           part.begins_sentence && out_.parts[i + 1].text == U")";
  }

  // One letter at a number is part of a name, as in D1; but a small d after one is đ, the currency.
  bool names_with_number(std::size_t i) const {
    const Part& part = out_.parts[i];
    const auto number = [&](std::size_t at) {
      return at < out_.parts.size() && out_.parts[at].word == part.word &&
             any_of(out_.parts[at].text, is_digit);
    };
    return part.text.size() == 1 && (number(i + 1) || (number(i - 1) && part.text.front() != U'd'));
  }

  void add_arcs(std::size_t i) override {
    const Part& part = out_.parts[i];
    std::vector<Arc>& arcs = out_.lattice.arcs[i];
    const bool marked = std::any_of(part.text.begin(), part.text.end(),
                                    [](char32_t c) { return base_letter(c) != c; });
    if (part.letters && !marked && !names_with_number(i)) {
      const std::u32string lower = lower_of(part.text);
      const LetterCase letters = case_of(part.text);
      for (const WordId word : lexicon_.with_marks(to_utf8(lower))) {
        Arc arc;
        arc.words = {word};
        arc.label = reading(written_like(model_.word(word), part.text));
        if (letters.upper == 0 || (letters.upper == 1 && letters.letters > 1))
          arc.cost = capital_cost(word, letters.upper == 1, part);
        arcs.push_back(std::move(arc));
      }
      if (is_label(i)) follow_labels(lower[0], arcs);
    }
    if (arcs.empty()) add_unchanged(part, arcs, 0);
  }

  // Lists run a, b, c, d, đ, e: the first d is d, one right after it is đ.
  void follow_labels(char32_t label, std::vector<Arc>& arcs) {
    if (label == U'd') {
      const std::string expected = last_label_ == U'd' ? "đ" : "d";
      for (Arc& arc : arcs)
        if (to_lower(out_.readings[arc.label].text) != expected) arc.cost += kLabelCost;
    }
    last_label_ = label == U'd' && last_label_ == U'd' ? U'đ' : label;
  }

  char32_t last_label_ = 0;
};

}  // namespace

Readings stripped_readings(std::span<const ReadWord> words, const LanguageModel& model,
                           const Lexicon& lexicon) {
  return StrippedBuilder(words, model, lexicon).build();
}

}  // namespace vanban::diacritics
