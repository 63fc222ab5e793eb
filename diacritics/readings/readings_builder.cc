#include "diacritics/readings/readings_builder.h"

#include <algorithm>
#include <cmath>

#include "diacritics/text/text.h"

namespace vanban::diacritics {

bool any_of(std::u32string_view text, bool (*is)(char32_t)) {
  return std::any_of(text.begin(), text.end(), is);
}

LetterCase case_of(std::u32string_view text) {
  LetterCase out;
  for (const char32_t c : text) {
    out.letters += is_letter(c) ? 1 : 0;
    out.upper += is_upper(c) ? 1 : 0;
  }
  out.first_upper = !text.empty() && is_upper(text.front());
  return out;
}

std::u32string lower_of(std::u32string_view text) {
  std::u32string out(text);
  for (char32_t& c : out) c = to_lower(c);
  return out;
}

std::string written(std::string_view word, Case how) {
  if (how == Case::Lower) return std::string(word);
  std::u32string letters = to_code_points(word);
  for (std::size_t i = 0; i < letters.size(); ++i)
    if (how == Case::Upper || i == 0) letters[i] = to_upper(letters[i]);
  return to_utf8(letters);
}

std::string written_like(std::string_view word, std::u32string_view pattern) {
  std::u32string letters = to_code_points(word);
  for (std::size_t i = 0; i < letters.size() && i < pattern.size(); ++i)
    if (is_upper(pattern[i])) letters[i] = to_upper(letters[i]);
  return to_utf8(letters);
}

bool is_address(std::string_view word) {
  const std::string lower = to_lower(word);
  const std::size_t at = lower.find('@');
  const std::size_t dot = at == std::string::npos ? at : lower.find('.', at);
  constexpr std::string_view kSigns[]{"http", "www.", ".vn",  ".com", ".org", ".net",
                                      ".edu", ".gov", ".pdf", ".doc", ".xls", "_"};
  return std::any_of(std::begin(kSigns), std::end(kSigns),
                     [&](std::string_view sign) { return lower.find(sign) != lower.npos; }) ||
         (dot != std::string::npos && dot > at + 1 && dot + 2 < lower.size());
}

Readings ReadingsBuilder::build() {
  for (std::size_t word = 0; word < words_.size(); ++word) add_parts(word);
  note_sentences();
  out_.lattice.arcs.resize(out_.parts.size());
  for (std::size_t i = 0; i < out_.parts.size(); ++i) {
    out_.lattice.may_break.push_back(out_.parts[i].begins_line);
    add_arcs(i);
  }
  return std::move(out_);
}

bool ReadingsBuilder::on_one_line(std::size_t a, std::size_t b) const {
  for (std::size_t at = std::min(a, b) + 1; at <= std::max(a, b); ++at)
    if (out_.parts[at].begins_line) return false;
  return true;
}

std::uint32_t ReadingsBuilder::reading(std::string text) {
  out_.readings.push_back({std::move(text)});
  return static_cast<std::uint32_t>(out_.readings.size() - 1);
}

void ReadingsBuilder::add_unchanged(const Part& part, std::vector<Arc>& arcs, float cost) {
  const std::string text = to_utf8(part.text);
  Arc arc;
  arc.label = reading(text);
  arc.cost = cost;
  const std::vector<Token> tokens = tokenize(text);
  for (const Token& token : tokens)
    if (const std::string form = model_form(text, token); !form.empty())
      arc.words.push_back(model_.id_of(form));
  // Of something mixed, as 57a, the model knows nothing.
  if (arc.words.size() > 1) arc.words = {kUnknown};
  if (part.address) arc.words.clear();
  arcs.push_back(std::move(arc));
}

float ReadingsBuilder::capital_cost(WordId word, bool capital, const Part& part) const {
  if (capital && part.begins_sentence) return 0;
  const auto share = static_cast<float>(model_.capital_share(word) * 0.98 + 0.01);
  constexpr float kCapitalWeight = 0.5F;
  return -kCapitalWeight * std::log(capital ? share : 1 - share);
}

Part ReadingsBuilder::part_of(std::size_t word, const Token& token) const {
  const std::string_view text = words_[word].text;
  Part part;
  part.text = to_code_points(text.substr(token.begin, token.end - token.begin));
  part.word = word;
  return part;
}

void ReadingsBuilder::end_word(std::size_t word, std::size_t first_part) {
  begins_line_ = begins_line_ || words_[word].begins_line;
  // What begins a line with nothing in it leaves that to the next word.
  if (out_.parts.size() == first_part) return;
  out_.parts[first_part].begins_word = true;
  out_.parts[first_part].begins_line = begins_line_;
  out_.parts.back().ends_word = true;
  begins_line_ = false;
}

void ReadingsBuilder::note_sentences() {
  bool begins = true;
  for (Part& part : out_.parts) {
    if (part.begins_line) begins = true;
    part.begins_sentence = begins;
    begins = !(part.letters || part.text == U"," || any_of(part.text, is_digit));
  }
}

}  // namespace vanban::diacritics
