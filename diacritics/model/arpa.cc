// The text format: a head, "\data\", with the counts ("ngram 1=4"), then for each order a section,
// "\1-grams:" and so on, then "\end\". A line of a section is
//
//   -0.5 <tab> word word <tab> -0.2
//
// with the log10 probability, the words, and the log10 back-off weight, which may be missing where
// it is 0, and is at the highest order.
//
// Some programs write blanks for tabs, some leave blank lines out, some sort otherwise; all of that
// is read. <s> is never predicted; its probability is written as -99, whatever others write.
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <istream>
#include <ostream>
#include <string_view>
#include <tuple>
#include <unordered_map>

#include "diacritics/model/ngram_model.h"
#include "diacritics/text/error.h"

namespace vanban::diacritics {
namespace {

constexpr int kOrder = 3;

std::tuple<WordId, WordId> key_of(const Bigram& n) { return {n.first, n.second}; }
std::tuple<WordId, WordId, WordId> key_of(const Trigram& n) { return {n.first, n.second, n.third}; }

// ---- Writing

void append(float value, std::string& line) {
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  line.append(digits.data(), end);
}

class Writer {
 public:
  Writer(const NgramModel& model, std::ostream& out) : model_(model), out_(out) {}

  // Not by the stream's own <<, which writes numbers as its locale wants them.
  void head(int order, std::size_t count) {
    out_ << "ngram " + std::to_string(order) + "=" + std::to_string(count) + "\n";
  }
  void section(int order) { out_ << "\n\\" + std::to_string(order) + "-grams:\n"; }
  void ngram(float prob, std::initializer_list<WordId> words, float backoff) {
    line_.clear();
    append(prob, line_);
    char separator = '\t';
    for (const WordId word : words) {
      line_ += separator;
      line_ += model_.words[word];
      separator = ' ';
    }
    if (backoff != 0) {
      line_ += '\t';
      append(backoff, line_);
    }
    line_ += '\n';
    out_ << line_;
  }

 private:
  const NgramModel& model_;
  std::ostream& out_;
  std::string line_;
};

// ---- Reading

// The lines that are not blank, as fields parted by white space.
class Lines {
 public:
  explicit Lines(std::istream& in) : in_(in) {}

  // The next one; `awaited` is what there should be, should there be none.
  const std::vector<std::string_view>& next(const std::string& awaited) {
    fields_.clear();
    while (fields_.empty()) {
      ++number_;
      if (!std::getline(in_, line_))
        refuse(in_.bad() ? "it cannot be read" : "the text ends here, without " + awaited);
      const std::string_view line = line_;
      for (std::size_t end = 0;;) {
        const std::size_t begin = line.find_first_not_of(kBlanks, end);
        if (begin == std::string_view::npos) break;
        end = std::min(line.find_first_of(kBlanks, begin), line.size());
        fields_.push_back(line.substr(begin, end - begin));
      }
    }
    return fields_;
  }
  void expect(const std::string& keyword, const std::string& otherwise) {
    const std::vector<std::string_view>& fields = next(keyword);
    if (fields.size() != 1 || fields.front() != keyword) refuse(otherwise);
  }
  std::size_t number() const { return number_; }
  [[noreturn]] void refuse(const std::string& why) const { refuse(why, number_); }
  [[noreturn]] static void refuse(const std::string& why, std::size_t number) {
    throw DataError("ARPA: line " + std::to_string(number) + ": " + why);
  }

 private:
  static constexpr std::string_view kBlanks = " \t\r";

  std::istream& in_;
  std::string line_;
  std::vector<std::string_view> fields_;
  std::size_t number_ = 0;
};

std::string section_name(int order) { return "\\" + std::to_string(order) + "-grams:"; }

// The whole field as a number.
template <typename Number>
bool parse(std::string_view field, Number& out) {
  const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), out);
  return error == std::errc() && end == field.data() + field.size();
}

float parse_log10(std::string_view field, const Lines& lines) {
  float value = 0;
  if (!parse(field, value) || !std::isfinite(value))
    lines.refuse("\"" + std::string(field) + "\" is not a number");
  return value;
}

std::array<std::size_t, kOrder> read_head(Lines& lines) {
  lines.expect("\\data\\", "not ARPA: it should begin with \\data\\");
  std::array<std::size_t, kOrder> counts{};
  for (int order = 1; order <= kOrder; ++order) {
    const std::string begin = "ngram" + std::to_string(order) + "=";
    std::string line;
    for (const std::string_view field : lines.next("the number of each order's n-grams"))
      line += field;
    if (!line.starts_with(begin) ||
        !parse(std::string_view(line).substr(begin.size()), counts.at(std::size_t(order) - 1)))
      lines.refuse("here should stand \"ngram " + std::to_string(order) + "=\" and a number");
  }
  return counts;
}

// One line of a section.
struct Entry {
  float log10_prob = 0, log10_backoff = 0;
  std::array<std::string_view, kOrder> words;
};

// The section of one order, heading included; `add` gets every entry.
template <typename Add>
void read_section(Lines& lines, int order, std::size_t count, Add add) {
  const std::string name = section_name(order);
  const auto words = static_cast<std::size_t>(order);
  const std::string expected = std::to_string(count), awaited = expected + " lines in " + name;
  std::string missing = "here should stand " + name;
  if (order == 1)
    missing += ", for the order is 3";
  else
    missing += ", for there should be no more " + std::to_string(order - 1) + "-grams";
  lines.expect(name, missing);
  const auto refuse_end = [&](std::size_t found) {
    lines.refuse(name + " has " + std::to_string(found) + " lines, not " + expected);
  };
  const auto refuse_fields = [&](std::size_t found) {
    lines.refuse("an n-gram of " + name + " does not have " + std::to_string(found) + " fields");
  };
  for (std::size_t i = 0; i < count; ++i) {
    const std::vector<std::string_view>& fields = lines.next(awaited);
    if (fields.front().starts_with('\\')) refuse_end(i);
    if (fields.size() != words + 1 && (fields.size() != words + 2 || order == kOrder))
      refuse_fields(fields.size());
    Entry entry;
    entry.log10_prob = parse_log10(fields.front(), lines);
    if (entry.log10_prob > 0) lines.refuse("a probability is above 1");
    if (fields.size() == words + 2) entry.log10_backoff = parse_log10(fields.back(), lines);
    std::copy_n(fields.begin() + 1, words, entry.words.begin());
    add(entry);
  }
}

class Vocabulary {
 public:
  void read(Lines& lines, std::size_t count, NgramModel& model) {
    model.words = {"<unk>", "<s>", "</s>"};
    model.unigrams.resize(model.words.size());
    for (const std::string& word : model.words) ids_.emplace(word, ids_.size());
    std::array<bool, 3> met{};
    read_section(lines, 1, count, [&](const Entry& entry) {
      const std::string word(entry.words.front());
      const auto [found, added] = ids_.emplace(word, static_cast<WordId>(model.words.size()));
      const WordId id = found->second;
      if (added) {
        model.words.push_back(word);
        model.unigrams.emplace_back();
      } else if (id >= met.size() || met.at(id)) {
        lines.refuse("the word \"" + word + "\" stands here again");
      } else {
        met.at(id) = true;
      }
      model.unigrams[id] = {id == kBegin ? kNeverPredicted : entry.log10_prob, entry.log10_backoff};
    });
    for (const WordId id : {kUnknown, kBegin, kEnd})
      if (!met.at(id)) lines.refuse("the words end here, without " + model.words[id]);
  }
  WordId id_of(std::string_view word, const Lines& lines) const {
    const auto found = ids_.find(std::string(word));
    if (found == ids_.end()) lines.refuse("\"" + std::string(word) + "\" is not among the words");
    return found->second;
  }

 private:
  std::unordered_map<std::string, WordId> ids_;
};

template <typename Ngram>
struct Placed {
  Ngram ngram;
  std::size_t line = 0;
};

template <typename Ngram>
std::vector<Ngram> sorted_once(std::vector<Placed<Ngram>> placed) {
  std::sort(placed.begin(), placed.end(), [](const auto& a, const auto& b) {
    return std::tuple(key_of(a.ngram), a.line) < std::tuple(key_of(b.ngram), b.line);
  });
  std::vector<Ngram> out;
  out.reserve(placed.size());
  for (const auto& [ngram, line] : placed) {
    if (!out.empty() && key_of(out.back()) == key_of(ngram))
      Lines::refuse("an n-gram stands here again", line);
    out.push_back(ngram);
  }
  return out;
}

bool contains(const std::vector<Bigram>& bigrams, WordId first, WordId second) {
  return std::binary_search(bigrams.begin(), bigrams.end(), Bigram{first, second},
                            [](const auto& a, const auto& b) { return key_of(a) < key_of(b); });
}

}  // namespace

void write_arpa(const NgramModel& model, std::ostream& out) {
  Writer writer(model, out);
  out << "\\data\\\n";
  writer.head(1, model.words.size());
  writer.head(2, model.bigrams.size());
  writer.head(3, model.trigrams.size());
  writer.section(1);
  for (WordId word = 0; word < model.words.size(); ++word)
    writer.ngram(word == kBegin ? kNeverPredicted : model.unigrams[word].log10_prob, {word},
                 model.unigrams[word].log10_backoff);
  writer.section(2);
  for (const Bigram& n : model.bigrams)
    writer.ngram(n.log10_prob, {n.first, n.second}, n.log10_backoff);
  writer.section(3);
  for (const Trigram& n : model.trigrams)
    writer.ngram(n.log10_prob, {n.first, n.second, n.third}, 0);
  out << "\n\\end\\\n";
}

NgramModel read_arpa(std::istream& in) {
  Lines lines(in);
  const auto [word_count, bigram_count, trigram_count] = read_head(lines);
  NgramModel model;
  Vocabulary vocabulary;
  vocabulary.read(lines, word_count, model);
  {
    std::vector<Placed<Bigram>> bigrams;
    read_section(lines, 2, bigram_count, [&](const Entry& entry) {
      bigrams.push_back(
          {{vocabulary.id_of(entry.words[0], lines), vocabulary.id_of(entry.words[1], lines),
            entry.log10_prob, entry.log10_backoff},
           lines.number()});
    });
    model.bigrams = sorted_once(std::move(bigrams));
  }
  std::vector<Placed<Trigram>> trigrams;
  read_section(lines, 3, trigram_count, [&](const Entry& entry) {
    const Trigram n{vocabulary.id_of(entry.words[0], lines),
                    vocabulary.id_of(entry.words[1], lines),
                    vocabulary.id_of(entry.words[2], lines), entry.log10_prob};
    if (!contains(model.bigrams, n.first, n.second))
      lines.refuse("the context \"" + model.words[n.first] + " " + model.words[n.second] +
                   "\" is not among the 2-grams");
    trigrams.push_back({n, lines.number()});
  });
  model.trigrams = sorted_once(std::move(trigrams));
  lines.expect("\\end\\", "here should stand \\end\\, for there should be no more 3-grams");
  return model;
}

}  // namespace vanban::diacritics
