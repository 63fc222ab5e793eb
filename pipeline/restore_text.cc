#include "pipeline/restore_text.h"

#include <algorithm>
#include <cmath>
#include <istream>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <vector>

#include "diacritics/text/encodings.h"
#include "diacritics/text/text.h"
#include "pipeline/run.h"
#include "pipeline/text_input.h"

namespace vanban::pipeline {
namespace {

using diacritics::Damage;
using diacritics::Encoding;
using diacritics::ReadWord;
using diacritics::RestoredWord;
using Json = nlohmann::ordered_json;

constexpr std::string_view kByteOrderMark = "\uFEFF", kLost = "\uFFFD";

// No word is longer, nor are a few that stick together; addresses may be, and stay as they are
// anyway. What longer ones could be is not worth the time to find out.
constexpr std::size_t kWordBytesMax = 256;

// Words restored together, at most: as many as the restorer takes at a time.
constexpr std::size_t kWordsTogether = 4000;

// ---- What happened to the text

struct Treatment {
  Encoding encoding = Encoding::Unicode;
  Damage damage = Damage::None;
  bool operator==(const Treatment&) const = default;
};

bool is_unicode(Encoding encoding) {
  return encoding == Encoding::Unicode || encoding == Encoding::Decomposed;
}

std::string_view name_of(const Treatment& treatment) {
  switch (treatment.damage) {
    case Damage::Stripped: return "stripped";
    case Damage::Garbled: return "ocr";
    case Damage::None:
    case Damage::Doubtful: break;
  }
  return is_unicode(treatment.encoding) ? "clean" : diacritics::name_of(treatment.encoding);
}

// The encoding that the caller names; none where it is to be found out.
std::optional<Encoding> encoding_of(TextSource from) {
  switch (from) {
    case TextSource::Auto: return std::nullopt;
    case TextSource::Tcvn3: return Encoding::Tcvn3;
    case TextSource::Vni: return Encoding::Vni;
    case TextSource::Viqr: return Encoding::Viqr;
    case TextSource::Windows1258: return Encoding::Windows1258;
    default: return Encoding::Unicode;
  }
}

std::optional<Damage> damage_of(TextSource from) {
  switch (from) {
    case TextSource::Stripped: return Damage::Stripped;
    case TextSource::Ocr: return Damage::Garbled;
    case TextSource::Clean: return Damage::None;
    default: return std::nullopt;
  }
}

class Judge {
 public:
  explicit Judge(TextSource from) : encoding_(encoding_of(from)), damage_(damage_of(from)) {}

  // Parts the block where one page is to be treated otherwise than the one before.
  template <typename Visit>
  void for_each_run(std::string_view block, Visit visit) {
    if (encoding_ && damage_) return visit(block, Treatment{*encoding_, *damage_});
    const Treatment of_block = judge(block, before_);
    before_ = of_block;
    Treatment of_run = of_block;
    std::size_t run = 0;
    for (std::size_t page = 0; page < block.size();) {
      const std::size_t feed = block.find('\f', page);
      const std::size_t end = feed == std::string_view::npos ? block.size() : feed + 1;
      const bool alone = page == 0 && end == block.size();
      const Treatment of_page = alone ? of_block : judge(block.substr(page, end - page), of_block);
      if (page > run && of_page != of_run) {
        visit(block.substr(run, page - run), of_run);
        run = page;
      }
      of_run = of_page;
      page = end;
    }
    visit(block.substr(run), of_run);
  }

 private:
  // `otherwise` is for texts that are too short to be judged.
  Treatment judge(std::string_view text, const std::optional<Treatment>& otherwise) const {
    // Of fewer, a table or a list of names says nothing of the rest.
    constexpr std::size_t kWordsToJudge = 50;
    if (otherwise && diacritics::split_words(text).size() < kWordsToJudge) return *otherwise;
    Treatment out;
    out.encoding = encoding_ ? *encoding_ : diacritics::detect_encoding(text);
    std::vector<ReadWord> words;
    for (std::string& word : diacritics::split_words(diacritics::decode(text, out.encoding).text))
      words.push_back({std::move(word)});
    out.damage = damage_ ? *damage_ : diacritics::detect_damage(words);
    return out;
  }

  std::optional<Encoding> encoding_;
  std::optional<Damage> damage_;
  std::optional<Treatment> before_;  // of the block before
};

// Names what was found on the pages of a text.
class Found {
 public:
  void add(const Treatment& treatment) {
    note(from_, name_of(treatment));
    note(encoding_, diacritics::name_of(treatment.encoding));
  }
  std::string from() const { return from_.empty() ? "clean" : from_; }
  std::string encoding() const { return encoding_.empty() ? "unicode" : encoding_; }

 private:
  static void note(std::string& all, std::string_view name) {
    if (all.empty()) all = name;
    if (all != name) all = "mixed";
  }
  std::string from_, encoding_;
};

// ---- Words and what parts them

// A word with the white space before it.
struct Piece {
  std::string_view space, read;  // side by side in the text
  std::uint64_t line = 1;
  bool begins_line = false;
  bool overlong = false;
};

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return (c & 0x80) == 0; });
}

bool breaks_line(std::string_view white_space) {
  return std::string_view("\n\r\f\v").find(white_space) != std::string_view::npos ||
         white_space == "\u0085" || white_space == "\u2028" || white_space == "\u2029";
}

// Follows the text from run to run.
class Cutter {
 public:
  // `within_word`: the run goes on with the word that the last one ended in.
  std::vector<Piece> cut(std::string_view run, bool within_word) {
    std::vector<Piece> pieces;
    for (std::size_t at = 0; at < run.size();) {
      Piece piece;
      const std::size_t space = at;
      for (std::size_t length = 0; at < run.size() && (length = white_space_at(run, at)) > 0;
           at += length) {
        const std::string_view character = run.substr(at, length);
        if (character == "\n") ++line_;
        begins_line_ = begins_line_ || breaks_line(character);
      }
      const std::size_t word = at;
      while (at < run.size() && white_space_at(run, at) == 0) ++at;
      piece.space = run.substr(space, word - space);
      piece.read = run.substr(word, at - word);
      piece.line = line_;
      piece.overlong = piece.read.size() > kWordBytesMax || (within_word && word == 0);
      if (!piece.read.empty()) {
        piece.begins_line = begins_line_;
        begins_line_ = false;
      }
      pieces.push_back(piece);
    }
    return pieces;  // the last one may have no word
  }

 private:
  std::uint64_t line_ = 1;
  bool begins_line_ = true;  // the next word
};

// ---- Output

double probability_value(double value) {
  return std::round(std::clamp(value, 0.0, 1.0) * 1e4) / 1e4;
}

// Text, or JSON with one token a line.
class ResultWriter {
 public:
  ResultWriter(const std::function<void(std::string_view)>& write, bool json)
      : write_(write), json_(json) {}

  void begin(std::string_view model, const Found& found, std::uint64_t lost) {
    if (!json_) return;
    held_ += "{\n \"schema_version\": \"1.0.0\",\n \"model\": " + Json(model).dump() +
             ",\n \"from\": " + Json(found.from()).dump() +
             ",\n \"encoding\": " + Json(found.encoding()).dump() +
             ",\n \"lost\": " + std::to_string(lost) + ",\n \"tokens\": [";
  }
  void add_space(std::string_view space) {
    if (!json_) held_ += space;
  }
  void add(const RestoredWord& word, std::string_view read, std::uint64_t line) {
    if (!json_) {
      held_ += word.text;
      return;
    }
    Json token;
    token["read"] = read;
    token["text"] = word.text;
    token["state"] = word.restored ? "restored" : "seen";
    token["probability"] = probability_value(word.probability);
    token["alternatives"] = Json::array();
    for (const diacritics::Alternative& other : word.alternatives)
      token["alternatives"].push_back(
          Json{{"text", other.text}, {"probability", probability_value(other.probability)}});
    token["line"] = line;
    held_ += first_ ? "\n  " : ",\n  ";
    held_ += token.dump();
    first_ = false;
  }
  void flush() {
    if (!held_.empty()) write_(held_);
    held_.clear();
  }
  void end() {
    if (json_) held_ += first_ ? "]\n}\n" : "\n ]\n}\n";
    flush();
  }

 private:
  const std::function<void(std::string_view)>& write_;
  bool json_;
  bool first_ = true;  // token
  std::string held_;
};

class TextRestoration {
 public:
  TextRestoration(const diacritics::Restorer& restorer, const RestoreTextOptions& options,
                  ResultWriter& output)
      : restorer_(restorer), options_(options), output_(output) {}

  void add(std::string_view run, const Treatment& treatment, bool within_word) {
    found_.add(treatment);
    const std::vector<Piece> pieces = cutter_.cut(run, within_word);
    for (std::size_t begin = 0; begin < pieces.size();) {
      const std::size_t end = end_of_batch(pieces, begin);
      restore(std::span(pieces).subspan(begin, end - begin), treatment);
      output_.flush();
      begin = end;
      check_cancelled();
    }
  }

  RestoreReport report() {
    report_.from = found_.from();
    report_.encoding = found_.encoding();
    return report_;
  }

 private:
  // Rather at a line's end than within a line.
  static std::size_t end_of_batch(const std::vector<Piece>& pieces, std::size_t begin) {
    const std::size_t end = std::min(pieces.size(), begin + kWordsTogether);
    if (end == pieces.size()) return end;
    for (std::size_t at = end; at > begin + kWordsTogether / 2; --at)
      if (pieces[at].begins_line) return at;
    return end;
  }

  void check_cancelled() const {
    if (options_.cancelled != nullptr && *options_.cancelled) throw Interrupted();
  }

  std::string decoded(std::string_view text, Encoding encoding) {
    if (is_unicode(encoding) && is_ascii(text)) return std::string(text);
    diacritics::Decoded out = diacritics::decode(text, encoding);
    report_.lost += static_cast<std::uint64_t>(out.lost);
    return std::move(out.text);
  }

  void restore(std::span<const Piece> pieces, const Treatment& treatment) {
    std::vector<ReadWord> words;
    for (const Piece& piece : pieces)
      if (!piece.read.empty())
        words.push_back({decoded(piece.read, treatment.encoding), piece.begins_line});
    report_.words += words.size();
    for (RestoredWord& word : restored(pieces, words, treatment.damage)) {
      // Where a character is lost the word is surely not right.
      if (word.text.find(kLost) != std::string::npos) word.probability = 0;
      const Piece &first = pieces[word.first], &last = pieces[word.first + word.count - 1];
      output_.add_space(decoded(first.space, treatment.encoding));
      report_.restored += word.restored ? 1 : 0;
      output_.add(word, {first.read.data(), last.read.data() + last.read.size()}, first.line);
    }
    if (pieces.back().read.empty())
      output_.add_space(decoded(pieces.back().space, treatment.encoding));
  }

  std::vector<RestoredWord> restored(std::span<const Piece> pieces,
                                     const std::vector<ReadWord>& words, Damage damage) const {
    // To the restorer an overlong word is a mark: nothing becomes of it, and nothing joins it.
    std::vector<ReadWord> shown = words;
    for (std::size_t i = 0; i < words.size(); ++i)
      if (pieces[i].overlong) shown[i].text = ".";
    std::vector<RestoredWord> out =
        restorer_.restore(shown, damage, {.old_tone_place = options_.old_tone_place});
    for (RestoredWord& word : out) {
      if (!pieces[word.first].overlong) continue;
      word.text = words[word.first].text;
      word.restored = false;
    }
    return out;
  }

  const diacritics::Restorer& restorer_;
  const RestoreTextOptions& options_;
  ResultWriter& output_;
  Cutter cutter_;
  Found found_;
  RestoreReport report_;
};

// What was read from `in` on; `visit` is given each run, its treatment, and whether it begins
// within a word.
template <typename Visit>
void for_each_run(std::istream& in, const RestoreTextOptions& options, Visit visit) {
  Judge judge(options.from);
  TextBlocks blocks(in, options.block_bytes);
  for (TextBlock block; blocks.next(block);) {
    bool within_word = block.within_word;
    judge.for_each_run(block.text, [&](std::string_view run, const Treatment& treatment) {
      visit(run, treatment, within_word);
      within_word = false;
    });
  }
}

bool skip_byte_order_mark(std::istream& in) {
  const std::istream::pos_type begin = in.tellg();
  std::string bytes(kByteOrderMark.size(), '\0');
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (in && bytes == kByteOrderMark) return true;
  in.clear();
  in.seekg(begin);
  return false;
}

}  // namespace

RestoreReport restore_text(std::istream& in, const std::function<void(std::string_view)>& write,
                           const diacritics::Restorer& restorer,
                           const RestoreTextOptions& options) {
  const std::istream::pos_type begin = in.tellg();
  const auto rewind = [&](std::istream::pos_type to) {
    in.clear();
    in.seekg(to);
  };
  check_text(in);
  rewind(begin);
  const bool marked = skip_byte_order_mark(in);

  ResultWriter output(write, options.json);
  if (options.json) {
    // What stands before the tokens is known only at the text's end.
    const std::istream::pos_type first = in.tellg();
    Found found;
    std::uint64_t lost = 0;
    for_each_run(in, options, [&](std::string_view run, const Treatment& treatment, bool) {
      found.add(treatment);
      lost += static_cast<std::uint64_t>(diacritics::decode(run, treatment.encoding).lost);
    });
    rewind(first);
    output.begin(restorer.model().content_hash(), found, lost);
  } else if (marked) {
    output.add_space(kByteOrderMark);
  }

  TextRestoration restoration(restorer, options, output);
  for_each_run(in, options,
               [&](std::string_view run, const Treatment& treatment, bool within_word) {
                 restoration.add(run, treatment, within_word);
               });
  output.end();
  return restoration.report();
}

}  // namespace vanban::pipeline
