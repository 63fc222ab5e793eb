#include "extract/outline.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "diacritics/text/text.h"
#include "extract/fields.h"
#include "extract/words/numbers.h"

namespace vanban::extract {
namespace {

// How a heading is numbered. Those of one kind count on from one another.
enum class Numbering { Chapter, Section, Article, Roman, Letter, Arabic, ArabicBracket, Dotted };

struct Label {
  Numbering numbering = Numbering::Arabic;
  int number = 0;          // from 1
  int depth = 1;           // of dotted ones: 2 of "1.2."
  std::string text;        // "II", "Điều 3"
  std::size_t tokens = 1;  // that it takes
};

int roman_value(std::string_view text) {
  int sum = 0, before = 0;
  for (auto c = text.rbegin(); c != text.rend(); ++c) {
    const int value = *c == 'I' ? 1 : *c == 'V' ? 5 : *c == 'X' ? 10 : *c == 'L' ? 50 : 0;
    if (value == 0) return 0;
    sum += value < before ? -value : value;
    before = std::max(before, value);
  }
  return sum;
}

bool is_number(std::string_view text) { return text.size() <= 2 && all_digits(text); }

// "Chương II", "Điều 5.", "Mục 1".
std::optional<Label> named_label(const Token& name, const Token& number) {
  struct Name {
    std::string_view folded;
    Numbering numbering;
  };
  constexpr std::array<Name, 3> kNames{
      {{"chuong", Numbering::Chapter}, {"muc", Numbering::Section}, {"dieu", Numbering::Article}}};
  for (const Name& known : kNames) {
    if (name.folded != known.folded || !diacritics::starts_upper(name.text)) continue;
    const int value =
        is_number(number.text) ? std::atoi(number.text.data()) : roman_value(number.text);
    if (value > 0)
      return Label{known.numbering, value, 1,
                   std::string(name.text) + ' ' + std::string(number.text), 2};
  }
  return std::nullopt;
}

std::optional<Label> label_of(const Token& first, const Token& second) {
  if (auto named = named_label(first, second)) return named;
  const std::string_view label = list_label(first.line->text);
  if (label.empty() || is_dash(std::string(label))) return std::nullopt;
  Label out;
  out.text = first.text;
  if (const std::size_t dot = out.text.find('.'); dot != std::string::npos) {
    out.numbering = Numbering::Dotted;
    out.depth = 1 + static_cast<int>(std::count(out.text.begin(), out.text.end(), '.'));
    const std::string last = out.text.substr(out.text.rfind('.') + 1);
    out.number = is_number(last) ? std::stoi(last) : 0;
  } else if (is_number(out.text)) {
    out.numbering = label.back() == ')' ? Numbering::ArabicBracket : Numbering::Arabic;
    out.number = std::stoi(out.text);
  } else if (const int roman = roman_value(out.text); roman > 0) {
    out.numbering = Numbering::Roman;
    out.number = roman;
  } else {
    out.numbering = Numbering::Letter;
    out.number = out.text.size() == 1 ? out.text[0] - 'a' + 1 : 0;
  }
  return out.number > 0 ? std::optional(out) : std::nullopt;
}

// The numberings that are open, from the top down, with their last numbers.
class Levels {
 public:
  // The level from 1 at which a label stands; 0 where it does not count on.
  int enter(const Label& label) {
    for (std::size_t i = open_.size(); i-- > 0;) {
      if (open_[i].numbering != label.numbering || open_[i].depth != label.depth) continue;
      // One number may be lost to the scan.
      const int step = label.number - open_[i].number;
      if (step != 1 && step != 2 && label.number != 1) continue;
      // A list that begins anew on its own level stands under another heading.
      open_.resize(i + 1);
      open_[i] = label;
      return static_cast<int>(i) + 1;
    }
    if (label.number != 1) return 0;
    open_.push_back(label);
    return static_cast<int>(open_.size());
  }

 private:
  std::vector<Label> open_;
};

// A title ends with a colon, or where its line leaves room and the text below begins with a
// capital. What has a full stop in it is a numbered paragraph.
struct Title {
  TokenRange tokens;
  bool heading = false;
};

Title title_at(const RunningText& text, std::size_t begin) {
  constexpr std::size_t kWordsMax = 60;
  Title title{{begin, begin}, true};
  for (std::size_t i = begin; i < text.tokens.size(); ++i) {
    const Token& token = text.tokens[i];
    const bool new_line = i > begin && token.line != text.tokens[i - 1].line;
    const bool new_clause = new_line && text.tokens[i - 1].ends_short_line &&
                            diacritics::starts_upper(token.text) &&
                            !diacritics::is_upper(token.line->text);
    if (new_clause || (new_line && !list_label(token.line->text).empty())) break;
    title.tokens.last = i + 1;
    if (token.mark == ':') break;
    const bool last_of_line = i + 1 == text.tokens.size() || text.tokens[i + 1].line != token.line;
    if (token.mark == '.' || token.mark == ';') {
      title.heading = title.heading && last_of_line && token.mark == '.' &&
                      title.tokens.size() <= kWordsMax / 3;
      break;
    }
    if (title.tokens.size() > kWordsMax) title.heading = false;
    if (!title.heading) break;
  }
  return title;
}

}  // namespace

std::vector<Heading> find_outline(const RunningText& text) {
  std::vector<Heading> out;
  Levels levels;
  for (const Sentence& sentence : text.sentences) {
    const std::size_t first = sentence.tokens.first;
    if (!sentence.begins_paragraph || text.tokens[first].word != 0 ||
        first + 1 >= text.tokens.size())
      continue;
    const auto label = label_of(text.tokens[first], text.tokens[first + 1]);
    if (!label) continue;
    const int level = levels.enter(*label);
    const Title title = title_at(text, first + label->tokens);
    // Marks alone are no title.
    const std::string title_text = text_of(text, title.tokens);
    if (level == 0 || title_text.empty()) continue;
    Heading heading;
    heading.label = label->text;
    heading.level = level;
    heading.is_heading = title.heading;
    heading.first_token = first;
    heading.last_token = title.heading ? title.tokens.last : first + label->tokens;
    if (title.heading)
      heading.title = found(title_text, words_of(text, title.tokens), "outline");
    else
      heading.title = missing(Reason::NotApplicable);
    for (std::size_t i = out.size(); i-- > 0 && heading.parent < 0;)
      if (out[i].level < level) heading.parent = static_cast<int>(i);
    out.push_back(std::move(heading));
  }
  return out;
}

int section_at(const std::vector<Heading>& outline, std::size_t token) {
  const auto after = std::upper_bound(
      outline.begin(), outline.end(), token,
      [](std::size_t at, const Heading& heading) { return at < heading.first_token; });
  return static_cast<int>(after - outline.begin()) - 1;
}

std::string path_of(const std::vector<Heading>& outline, int section) {
  std::string path;
  for (int i = section; i >= 0; i = outline[static_cast<std::size_t>(i)].parent) {
    const std::string& label = outline[static_cast<std::size_t>(i)].label;
    path = path.empty() ? label : label + '.' + path;
  }
  return path;
}

}  // namespace vanban::extract
