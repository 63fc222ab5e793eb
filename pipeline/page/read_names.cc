#include "pipeline/page/read_names.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "diacritics/text/syllables.h"
#include "diacritics/text/text.h"
#include "extract/elements/signature_block.h"
#include "extract/words/vocabulary.h"

namespace vanban::pipeline {
namespace {

// A strip is 21 heights of capitals wide.
constexpr double kHalfStrip = 10.5;

using extract::SignatureLine;
using ocr::Alternative;
using ocr::Box;
using ocr::Line;
using ocr::StripPlace;
using ocr::Word;

// ---- where the line stands

// How far the print of a word reaches above and below its capitals, in their heights.
struct Reach {
  double above = 0, below = 0;
};

bool is_among(std::u32string_view letters, char32_t letter) {
  return letters.find(letter) != std::u32string_view::npos;
}

Reach reach_of(std::string_view word) {
  constexpr double kSmall = 0.7, kMark = 0.3, kTail = 0.32, kDot = 0.25;
  Reach reach{kSmall - 1, 0};
  for (const char32_t letter : diacritics::to_code_points(word)) {
    const char32_t base = diacritics::base_letter(letter), small = diacritics::to_lower(letter);
    const bool tall = diacritics::is_upper(letter) || is_among(U"bdfhklt", base);
    int marks = diacritics::count_marks(letter);
    if (is_among(U"ơờớỡởợưừứữửựđ", small)) --marks;
    if (is_among(U"ạặậẹệịọộợụựỵ", small)) {
      --marks;
      reach.below = std::max(reach.below, kDot);
    }
    reach.above = std::max(reach.above, (tall ? 1 : kSmall) + kMark * marks - 1);
    if (is_among(U"gpqy", base)) reach.below = std::max(reach.below, kTail);
  }
  return reach;
}

// By the words that were read well; a seal or a pen makes the box of a word too large, which its
// foot shows less. `likely`: height of the page's capitals, pixels.
StripPlace place_of(const std::vector<Word>& words, double likely) {
  std::vector<double> capitals, baselines;
  for (const Word& word : words) {
    const Reach reach = reach_of(word.text);
    const double height = word.box.height() / (1 + reach.above + reach.below);
    if (height > 0.8 * likely && height < 1.4 * likely) capitals.push_back(height);
  }
  const double height = capitals.empty() ? 1.1 * likely : ocr::median(std::move(capitals));
  for (const Word& word : words)
    baselines.push_back(word.box.bottom - reach_of(word.text).below * height);
  return {words.front().box.left, ocr::median(std::move(baselines)), height};
}

// ---- what a strip says

struct Found {
  std::string text;
  double confidence = 0;  // [0, 1]
  StripPlace strip;
  std::size_t picture = 0;  // the one that shows it
};

// A strip with its readings, likeliest first.
struct Look {
  ocr::NameLook look;
  std::vector<Alternative> readings;
};

// What is wanted of a strip, with how sure it is; nothing where the strip does not show it.
using Judge = std::function<std::optional<Alternative>(const Look&)>;

// A reading without the degrees that may stand before the name: "TS. Trần Thế Sơn".
std::string_view without_degrees(std::string_view text) {
  const std::size_t stop = text.rfind('.');
  if (stop == std::string_view::npos) return text;
  text.remove_prefix(stop + 1);
  return text.starts_with(' ') ? text.substr(1) : text;
}

bool is_name(std::string_view text) {
  constexpr std::size_t kWordsMin = 2, kWordsMax = 5;
  const std::vector<std::string> words = diacritics::split_words(text);
  return words.size() >= kWordsMin && words.size() <= kWordsMax &&
         extract::is_surname(words.front()) &&
         std::all_of(words.begin(), words.end(), [](const std::string& word) {
           return diacritics::starts_upper(word) && diacritics::count_letters(word).upper == 1 &&
                  diacritics::SyllableTable::built_in().contains(word);
         });
}

// How likely the engine's words are where the name is that: words are paired from the end, since it
// is the beginning that seals hide.
double likelihood(const std::vector<Word>& engine, const std::vector<std::string>& name) {
  // Of what the engine misreads, a quarter are the marks of a letter, each in one of a few ways.
  // Of a word's letters the seal may leave the last ones: "„ấn" for "Tấn".
  constexpr double kOtherMarks = 0.25, kOtherLetters = 0.1, kBeginningLost = 0.3;
  double out = 1;
  for (std::size_t i = 1; i <= std::min(engine.size(), name.size()); ++i) {
    const Word& read = engine[engine.size() - i];
    const std::string& word = name[name.size() - i];
    const double sure = std::clamp(read.confidence, 0.3, 0.97);
    const std::string_view letters = diacritics::trim_punctuation(read.text);
    if (read.text == word)
      out *= sure;
    else if (diacritics::count_letters(letters).all > 1 && word.ends_with(letters))
      out *= sure * kBeginningLost;
    else
      out *= (1 - sure) *
             (diacritics::fold(read.text) == diacritics::fold(word) ? kOtherMarks : kOtherLetters);
  }
  return out;
}

// The likeliest name, with its share among all readings of the strip and of the engine. `engine`:
// its words in this line, of which the last `known` are taken to be the name's end.
std::optional<Alternative> likeliest_name(const Look& look, const std::vector<Word>& engine,
                                          std::size_t known) {
  std::map<std::string, double, std::less<>> shares;
  for (const Alternative& reading : look.readings)
    shares[std::string(without_degrees(reading.text))] += reading.confidence;
  if (known > 0) {
    std::string end;
    for (std::size_t i = engine.size() - known; i < engine.size(); ++i) end += ' ' + engine[i].text;
    for (const char* surname : extract::surnames())
      shares[surname + end] = ocr::NameReader::share(look.look, surname + end);
  }
  Alternative best;
  double names = 0, others = 0, unseen = 1, least = 1;
  for (const auto& [text, share] : shares) {
    const double likely = likelihood(engine, diacritics::split_words(text));
    unseen -= share;
    least = std::min(least, likely);
    if (!is_name(text)) {
      others += share * likely;
      continue;
    }
    names += share * likely;
    if (share * likely > best.confidence) best = {text, share * likely};
  }
  if (best.text.empty()) return std::nullopt;
  // Readings that were not looked at are as unlike the engine's as the worst of the others. Where
  // they have most of the share, the strip shows no line, or one that stands higher or lower.
  constexpr double kSeen = 0.6;
  // A name stands there, so that what is none was misread, mostly from the best one. With so much
  // of its share held against that, 81 % of made names given with 0.5 to 0.6 are right, 92 % with
  // 0.6 to 0.7 and 98 % of all with 0.5 and more.
  constexpr double kHeldAgainst = 0.25;
  unseen = std::max(0.0, unseen);
  best.confidence *=
      std::min(1.0, (1 - unseen) / kSeen) / (names + kHeldAgainst * (others + unseen * least));
  for (const Alternative& reading : look.readings)
    if (without_degrees(reading.text) == best.text) {
      best.text = reading.text;
      break;
    }
  return best;
}

// A title as it is written, with the authority before it; nothing where it is not known.
std::optional<std::string> known_title(const std::string& text) {
  std::string_view rest = text;
  std::string out;
  // A "KT." that a pen added may be read as other letters.
  constexpr std::size_t kPrefixMax = 3;
  const std::size_t space = rest.find(' ');
  if (const std::string_view authority = extract::authority_of(text); !authority.empty()) {
    if (!text.starts_with(authority)) return std::nullopt;
    out.append(authority) += ". ";
    rest.remove_prefix(authority.size() + 1);
  } else if (space <= kPrefixMax && !extract::is_deputy(diacritics::fold(rest))) {
    rest.remove_prefix(space + 1);
  }
  if (!diacritics::is_upper(rest)) return std::nullopt;
  const auto title = extract::title_like(rest);
  if (!title) return std::nullopt;
  return out + *title;
}

// Readings that are one title but for a letter count as one.
std::optional<Alternative> likeliest_title(const Look& look) {
  std::map<std::string, double> shares;
  for (const Alternative& reading : look.readings)
    if (const auto title = known_title(reading.text)) shares[*title] += reading.confidence;
  Alternative best;
  for (const auto& [title, share] : shares)
    if (share > best.confidence) best = {title, share};
  if (best.text.empty()) return std::nullopt;
  return best;
}

// ---- words of the page

Word word_of(const std::string& text, const Found& found, double right) {
  const double height = found.strip.capital_height, foot = found.strip.baseline;
  // Letters are three quarters of the capitals wide.
  const double width = 0.75 * height * static_cast<double>(diacritics::count_code_points(text));
  Word word;
  word.text = text;
  word.box = {right - width, foot - 1.3 * height, right, foot + 0.3 * height};
  word.confidence = found.confidence;
  return word;
}

// The words of what was found. Those that the engine read so keep their boxes.
std::vector<Word> words_of(const Found& found, const std::vector<Word>& read, double right) {
  std::vector<Word> words;
  const std::vector<std::string> texts = diacritics::split_words(found.text);
  for (auto text = texts.rbegin(); text != texts.rend(); ++text) {
    const auto same = std::find_if(read.rbegin(), read.rend(), [&](const Word& word) {
      return word.text == *text && word.box.left < right;
    });
    Word word = word_of(*text, found, right);
    if (same != read.rend()) {
      word.box = same->box;
      word.ocr_text = same->ocr_text;
    }
    right = word.box.left - 0.35 * found.strip.capital_height;
    words.insert(words.begin(), std::move(word));
  }
  return words;
}

void replace_words(Line& line, const Found& found) {
  line.words = words_of(found, line.words, line.box.right);
  line.box = ocr::box_of(line.words);
}

// Whether most of a line lies where another does.
bool covers(const Box& box, const Box& other) {
  constexpr double kMost = 0.6;
  const double across = std::min(box.right, other.right) - std::max(box.left, other.left);
  const double down = std::min(box.bottom, other.bottom) - std::max(box.top, other.top);
  return across > kMost * std::min(box.width(), other.width()) &&
         down > kMost * std::min(box.height(), other.height());
}

// A line of its own, set in the middle of its strip, instead of what was read there less surely.
void insert_line(ocr::Block& block, const Found& found) {
  const double middle = found.strip.left + kHalfStrip * found.strip.capital_height;
  Line line;
  line.words = words_of(found, {}, middle);
  line.box = ocr::box_of(line.words);
  const double shift = line.box.width() / 2;
  for (Word& word : line.words) {
    word.box.left += shift;
    word.box.right += shift;
  }
  line.box = ocr::box_of(line.words);
  std::erase_if(block.lines, [&](const Line& other) {
    return covers(line.box, other.box) && ocr::mean_confidence(other.words) < found.confidence;
  });
  const auto after = std::find_if(block.lines.begin(), block.lines.end(), [&](const Line& other) {
    return other.box.bottom > line.box.bottom;
  });
  block.box = ocr::united(block.box, line.box);
  block.lines.insert(after, std::move(line));
}

// ---- looking

class NameSearch {
 public:
  NameSearch(ocr::Page& page, const std::vector<Box>& ink, const ocr::Image& raster,
             const MakeReader& reader, const Trace& trace)
      : page_(page),
        raster_(raster),
        reader_(reader),
        trace_(trace),
        capitals_(ocr::likely_capitals(ink)),
        map_{page.to_displayed, raster.width / page.width_pt} {}

  void read() {
    if (capitals_ <= 0) return;
    lines_ = extract::find_signature(page_);
    if (lines_.empty()) return;
    read_name();
    lines_ = extract::find_signature(page_);
    if (!lines_.empty() && !has_sound_titles()) read_titles();
    trace_.lines(page_.number, "signatures", seen_);
  }

 private:
  Line& line_of(const SignatureLine& place) { return page_.blocks[place.block].lines[place.line]; }

  std::optional<Found> glance(const StripPlace& place, const Judge& judge) {
    if (pictures_.empty()) pictures_ = ocr::NameReader::pictures(raster_);
    return judged(reader_().look(pictures_, map_, place, ocr::Care::Glance), place, judge);
  }

  // With care, at the picture that showed most at a glance.
  std::optional<Found> stare(const Found& glance, const Judge& judge) {
    const std::span<const ocr::Image> picture = std::span(pictures_).subspan(glance.picture, 1);
    auto found =
        judged(reader_().look(picture, map_, glance.strip, ocr::Care::Stare), glance.strip, judge);
    if (found) found->picture = glance.picture;
    return found;
  }

  std::optional<Found> judged(ocr::NameLook network, const StripPlace& place, const Judge& judge) {
    Look look{std::move(network), {}};
    look.readings = ocr::NameReader::readings(look.look);
    letters_ =
        look.readings.empty() ? 0 : diacritics::count_letters(look.readings.front().text).all;
    if (trace_.on()) {
      std::string& line = seen_.emplace_back(std::to_string(place.baseline));
      if (place.tilt_degrees != 0) line += '\t' + std::to_string(place.tilt_degrees);
      for (const Alternative& reading :
           std::span(look.readings).first(std::min(look.readings.size(), kTraced)))
        line += '\t' + reading.text + '\t' + std::to_string(reading.confidence);
    }
    const auto seen = judge(look);
    if (!seen) return std::nullopt;
    return Found{seen->text, seen->confidence, place, look.look.picture};
  }

  // Baselines to look at: `from`, and on by `step` heights of capitals as far as `to`, where
  // wanted.
  struct Range {
    double from = 0, to = 0, step = kFineStep;
    std::function<bool(double)> wanted = [](double) { return true; };
  };

  // What is seen at a glance. Every second baseline shows where anything stands that is not of a
  // seal or a flourish, which show a letter at most; those between are looked at only there.
  std::vector<Found> glances(StripPlace place, const Range& range, const Judge& judge) {
    constexpr int kLettersMin = 2;
    // A line is seen within half a height of its own baseline, so that greater steps leave none
    // out.
    constexpr double kGreatestStep = 0.36;
    const double step = range.step * place.capital_height;
    const auto count = static_cast<std::size_t>(std::max(0.0, (range.to - range.from) / step)) + 1;
    const bool all = 2 * range.step > kGreatestStep;
    std::vector<int> letters(count + 1);
    std::vector<Found> out;
    const auto look_at = [&](std::size_t i) {
      place.baseline = range.from + double(i) * step;
      if (!range.wanted(place.baseline)) return;
      if (auto seen = glance(place, judge)) out.push_back(std::move(*seen));
      letters[i] = letters_;
      if (letters_ >= kLettersOfAnyName) lettered_.push_back(place.baseline);
    };
    for (std::size_t i = 0; i < count; i += all ? 1 : 2) look_at(i);
    for (std::size_t i = 1; i < count && !all; i += 2)
      if (std::max(letters[i - 1], letters[i + 1]) >= kLettersMin) look_at(i);
    std::sort(out.begin(), out.end(),
              [](const Found& a, const Found& b) { return a.strip.baseline < b.strip.baseline; });
    return out;
  }

  // Glances along a range of baselines and looks with care where most was seen: surest first, one
  // for each line of text.
  std::vector<Found> sweep(const StripPlace& place, const Range& range, const Judge& judge) {
    constexpr double kLineMin = 0.6;  // heights of capitals
    constexpr std::size_t kLooksMax = 4;
    std::vector<Found> seen_at_a_glance = glances(place, range, judge), out;
    const auto surer = [](const Found& a, const Found& b) { return a.confidence > b.confidence; };
    std::stable_sort(seen_at_a_glance.begin(), seen_at_a_glance.end(), surer);
    std::vector<double> looked_at;
    for (const Found& seen : seen_at_a_glance) {
      if (looked_at.size() == kLooksMax) break;
      const double baseline = seen.strip.baseline;
      if (std::any_of(looked_at.begin(), looked_at.end(), [&](double other) {
            return std::abs(other - baseline) < kLineMin * place.capital_height;
          }))
        continue;
      looked_at.push_back(baseline);
      if (auto found = stare(seen, judge)) out.push_back(std::move(*found));
    }
    std::stable_sort(out.begin(), out.end(), surer);
    return out;
  }

  void show(const std::string& stage, const Found& found) {
    if (trace_.on())
      trace_.image(page_.number, stage, ocr::NameReader::views(pictures_, map_, found.strip));
  }

  // Where what is centred on the signature's titles, or else on its name, has its middle.
  double middle() {
    const auto title = std::find_if(lines_.begin(), lines_.end(),
                                    [](const SignatureLine& place) { return place.title; });
    return line_of(title != lines_.end() ? *title : lines_.back()).box.center_x();
  }
  double usual_height() const { return 1.1 * capitals_; }
  StripPlace centred() { return strip_around(middle(), usual_height()); }

  static StripPlace strip_around(double middle, double capital_height) {
    StripPlace strip;
    strip.capital_height = capital_height;
    strip.left = middle - kHalfStrip * capital_height;
    return strip;
  }

  // The foot of the last title; none where no title was read.
  std::optional<double> titles_foot() {
    std::optional<double> foot;
    for (const SignatureLine& place : lines_)
      if (place.title) foot = std::max(foot.value_or(0), line_of(place).box.bottom);
    return foot;
  }

  // Whether a line can hold the name: none of the body's below "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH".
  bool can_be_name(const Line& line) {
    constexpr std::size_t kWordsMax = 8;  // with a rank or degrees, and what a seal adds
    const auto foot = titles_foot();
    return line.words.size() <= kWordsMax &&
           (!foot || line.box.top <= *foot + kFarthestName * usual_height());
  }

  void read_name() {
    // The engine's own reading is taken where it is sure.
    constexpr double kSureName = 0.85;
    for (auto place = lines_.rbegin(); place != lines_.rend() && !place->title; ++place) {
      Line& line = line_of(*place);
      if (place->whole_name && !place->ink_beside && ocr::mean_confidence(line.words) >= kSureName)
        return;
      if (!can_be_name(line)) continue;
      const std::optional<Found> found = name_in(*place);
      if (!found) continue;
      show("signature", *found);
      if (!place->whole_name || found->confidence > ocr::mean_confidence(line.words))
        replace_words(line, *found);
      return;
    }
    if (const std::optional<Found> found = name_below()) {
      show("signature", *found);
      Line* line = line_at(*found);
      if (line == nullptr)
        insert_line(page_.blocks[lines_.back().block], *found);
      else if (found->confidence > ocr::mean_confidence(line->words))
        replace_words(*line, *found);
    }
  }

  // The name in a line of which the engine read a part.
  std::optional<Found> name_in(const SignatureLine& place) {
    const Line& line = line_of(place);
    std::vector<Word> engine;
    for (const Word& word : line.words)
      if (diacritics::count_letters(word.text).all > 1) engine.push_back(word);
    if (engine.empty()) return std::nullopt;
    const std::size_t known = sure_end(engine);
    StripPlace strip =
        place_of({engine.end() - static_cast<std::ptrdiff_t>(known > 0 ? known : engine.size()),
                  engine.end()},
                 capitals_);
    const double height = strip.capital_height;
    const double from = std::min(line.box.top + height, strip.baseline - height / 2);
    const double to = std::max(strip.baseline + height / 2, line.box.bottom);
    // Room for two words of five or six letters before what is known.
    constexpr double kBefore = 9.5;
    strip.left -= kBefore * height;
    const Judge judge = [&](const auto& look) { return likeliest_name(look, engine, known); };
    std::optional<Found> best = sure_one(sweep(strip, {from, to}, judge));
    if (best && best->confidence >= kSureLook) return best;
    std::optional<Found> other = sure_one(sweep(centred(), {from, to}, judge));
    return other && (!best || other->confidence > best->confidence) ? other : best;
  }

  // Whether a line of text of which the engine is sure stands there.
  bool is_read(double middle, double baseline, double height) const {
    constexpr std::size_t kWordsMin = 4;
    constexpr double kSureText = 0.9;
    const auto stands_there = [&](const Line& line) {
      return line.box.left < middle && line.box.right > middle &&
             std::min(line.box.bottom, baseline) - std::max(line.box.top, baseline - height) >
                 height / 2 &&
             line.words.size() >= kWordsMin && ocr::mean_confidence(line.words) >= kSureText;
    };
    return std::any_of(page_.blocks.begin(), page_.blocks.end(), [&](const ocr::Block& block) {
      return std::any_of(block.lines.begin(), block.lines.end(), stands_there);
    });
  }

  // The name in a place where the engine read nothing.
  std::optional<Found> name_below() {
    constexpr double kNearest = 3;  // heights of capitals below the titles
    // Stamps are set by hand, beside the middle of the titles or askew, and their scripts have
    // larger capitals; the reader knows lines that are tilted by less.
    struct Setting {
      double larger, beside, tilt_degrees;  // beside: heights of its capitals, to the right
    };
    constexpr std::array<Setting, 6> kSettings{
        {{1, 0, 0}, {1.2, 0, 0}, {1.2, -4, 0}, {1.2, 4, 0}, {1.2, 0, 5}, {1.2, 0, -5}}};
    const double foot = titles_foot().value_or(line_of(lines_.front()).box.bottom);
    const double farthest = std::min(foot + kFarthestName * usual_height(), page_.height);
    lettered_.clear();
    std::vector<double> near;  // everywhere at first, then where the plain setting showed letters
    for (const auto [larger, beside, tilt_degrees] : kSettings) {
      const double height = larger * usual_height();
      StripPlace strip = strip_around(middle() + beside * height, height);
      strip.tilt_degrees = tilt_degrees;
      const auto is_near = [&](double baseline) {
        return std::any_of(near.begin(), near.end(),
                           [&](double other) { return std::abs(other - baseline) <= height; });
      };
      const Range range{foot + kNearest * height, farthest, kCoarseStep, [&](double baseline) {
                          return (near.empty() || is_near(baseline)) &&
                                 !is_read(middle(), baseline, height);
                        }};
      if (auto found = sure_one(
              sweep(strip, range, [](const auto& look) { return likeliest_name(look, {}, 0); })))
        return found;
      if (near.empty()) near = lettered_;
      if (near.empty()) break;
    }
    return std::nullopt;
  }

  static std::optional<Found> sure_one(const std::vector<Found>& found) {
    if (found.empty() || found.front().confidence < kGivenMin) return std::nullopt;
    // Given names may begin as a family name does: "Hoàng Anh" is the end of "Lê Hoàng Anh".
    constexpr double kLongerMin = 0.2;
    for (const Found& other : found)
      if (other.confidence >= kLongerMin && other.text.ends_with(' ' + found.front().text))
        return other.confidence < kGivenMin ? std::nullopt : std::optional<Found>(other);
    return found.front();
  }

  // How many of the last words of a line are surely a name's; its first is looked at again.
  static std::size_t sure_end(const std::vector<Word>& words) {
    constexpr double kSureWord = 0.8;
    const auto sure = [](const Word& word) {
      return word.confidence >= kSureWord && diacritics::starts_upper(word.text) &&
             diacritics::SyllableTable::built_in().contains(word.text);
    };
    std::size_t count = 0;
    while (count < words.size() && sure(words[words.size() - 1 - count])) ++count;
    if (count == words.size() && extract::is_surname(words.front().text)) --count;
    return count;
  }

  // Whether the engine read well who signs, and for whom. A head's title alone may have his
  // deputy's stamped over it, and a deputy's alone is stamped over the head's.
  bool has_sound_titles() {
    constexpr double kSureTitle = 0.9;
    bool authority = false, deputy = false, title = false;
    int count = 0;
    for (const SignatureLine& place : lines_) {
      if (!place.title) continue;
      ++count;
      const Line& line = line_of(place);
      if (ocr::mean_confidence(line.words) < kSureTitle) return false;
      const std::string text = ocr::text_of(line);
      if (!extract::authority_of(text).empty()) authority = true;
      const std::string folded = diacritics::fold(text);
      title = extract::is_title(folded);
      deputy = extract::is_deputy(folded);
    }
    return title && (authority || (deputy && count > 1));
  }

  // Titles stand above the signature's name and may be stamped over one another.
  void read_titles() {
    const StripPlace strip = centred();
    double top = line_of(lines_.front()).box.top, bottom = 0;
    for (const SignatureLine& place : lines_) {
      top = std::min(top, line_of(place).box.top);
      if (place.title) bottom = std::max(bottom, line_of(place).box.bottom);
    }
    // Heights of capitals; without a title that was read, from the name up.
    constexpr double kAbove = 1.5, kBelow = 4, kNameBelow = 16;
    double from = top - kAbove * strip.capital_height;
    if (bottom == 0) {
      bottom = top;
      from = line_of(lines_.back()).box.bottom - kNameBelow * strip.capital_height;
    }
    std::vector<Found> titles = sweep(
        strip, {std::max(0.0, from), bottom + kBelow * strip.capital_height}, likeliest_title);
    const std::vector<Found> all = titles;
    std::erase_if(titles, [&](const Found& found) {
      return found.confidence < kGivenMin && !is_head_above(found, all);
    });
    std::sort(titles.begin(), titles.end(),
              [](const Found& a, const Found& b) { return a.strip.baseline < b.strip.baseline; });
    for (const Found& found : titles) {
      show("title", found);
      put_title(found);
      lines_ = extract::find_signature(page_);
    }
  }

  // Whether a title that hardly shows is borne out by the deputy's, stamped close below it.
  static bool is_head_above(const Found& head, const std::vector<Found>& titles) {
    constexpr double kSeenMin = 0.2, kClosest = 0.4, kFarthest = 2;  // heights of capitals
    std::string_view title = head.text;
    if (const auto authority = extract::authority_of(title); !authority.empty())
      title.remove_prefix(authority.size() + 2);
    return head.confidence >= kSeenMin &&
           std::any_of(titles.begin(), titles.end(), [&](const Found& deputy) {
             const double below =
                 (deputy.strip.baseline - head.strip.baseline) / head.strip.capital_height;
             return deputy.confidence >= kGivenMin && below > kClosest && below < kFarthest &&
                    is_deputy_of(deputy.text, title);
           });
  }

  static bool is_deputy_of(std::string_view deputy, std::string_view head) {
    return extract::is_deputy_of(diacritics::fold(deputy), diacritics::fold(head));
  }

  // The line in whose place a name or title was found; none where it has one of its own.
  Line* line_at(const Found& found) {
    constexpr double kNear = 0.55;  // heights of capitals, between two baselines
    const double height = found.strip.capital_height, foot = found.strip.baseline;
    for (const SignatureLine& place : lines_)
      if (Line& line = line_of(place);
          std::abs(place_of(line.words, capitals_).baseline - foot) <= kNear * height)
        return &line;
    // Of two that lie over one another the engine may make a tall one, of the head's letters.
    for (const SignatureLine& place : lines_) {
      Line& line = line_of(place);
      const std::string text = ocr::text_of(line);
      const bool around = line.box.top < foot - height / 2 && line.box.bottom > foot - height / 2;
      const bool own = std::find(put_.begin(), put_.end(), text) != put_.end();
      const auto title = extract::title_like(text);
      if (around && !own && title && is_deputy_of(found.text, *title)) return &line;
    }
    return nullptr;
  }

  void put_title(const Found& found) {
    for (const SignatureLine& place : lines_)
      if (ocr::text_of(line_of(place)).find(found.text) != std::string::npos) return;
    Line* line = line_at(found);
    put_.push_back(found.text);
    if (line == nullptr) return insert_line(page_.blocks[lines_.front().block], found);
    // Of a deputy's title the engine may have read the head's very surely.
    const std::string text = ocr::text_of(*line);
    if (!extract::is_signing_line(text) || ocr::mean_confidence(line->words) <= found.confidence ||
        is_deputy_of(found.text, extract::title_like(text).value_or("")))
      replace_words(*line, found);
  }

  // Of baselines, in heights of capitals: where lines lie over one another, and where one stands
  // alone, which the reader sees within half a height of its own.
  static constexpr double kFineStep = 0.18, kCoarseStep = 0.3;
  static constexpr double kFarthestName = 16;  // below the titles, heights of capitals
  static constexpr std::size_t kTraced = 5;    // readings of a strip
  // Of a name, however it stands, a strip shows some letters.
  static constexpr int kLettersOfAnyName = 4;
  static constexpr double kGivenMin = 0.5;  // less sure ones are not given
  static constexpr double kSureLook = 0.9;  // surer ones need no other look

  ocr::Page& page_;
  const ocr::Image& raster_;
  const MakeReader& reader_;
  const Trace& trace_;
  double capitals_;  // height on this page, page units
  ocr::RasterMap map_;
  std::vector<SignatureLine> lines_;
  std::vector<ocr::Image> pictures_;  // made when first needed
  int letters_ = 0;                   // of the likeliest reading of the last look
  std::vector<double> lettered_;      // baselines at which letters of a name were seen
  std::vector<std::string> put_;      // titles that were found and put on the page
  std::vector<std::string> seen_;     // each baseline with its readings, for the trace
};

}  // namespace

void read_names(ocr::Page& page, const std::vector<Box>& ink, const ocr::Image& raster,
                const MakeReader& reader, const Trace& trace) {
  NameSearch(page, ink, raster, reader, trace).read();
}

}  // namespace vanban::pipeline
