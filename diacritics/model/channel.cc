#include "diacritics/model/channel.h"

#include <algorithm>
#include <charconv>
#include <set>
#include <string>

#include "diacritics/text/error.h"
#include "diacritics/text/text.h"
#include "embedded_confusions_eng.h"
#include "embedded_confusions_vie.h"

namespace vanban::diacritics {
namespace {

// Characters are packed into one number as keys; none has more than 21 bits.
std::uint64_t key_of(char32_t a, char32_t b, char32_t c = 0) {
  return std::uint64_t{a} << 42 | std::uint64_t{b} << 21 | c;
}

// Of edits never seen on the pages that the channel was learned from: for a character that was seen
// there, what the rarest edits cost; for a stranger a guess.
constexpr float kUnseenEdit = 9.5F;
constexpr float kStrangerDeletion = 7.0F;

float stranger_substitution(char32_t truth, char32_t observed) {
  if (truth == observed) return 1.0F;
  const char32_t small_truth = to_lower(truth), small_observed = to_lower(observed);
  const bool same_base = base_letter(small_truth) == base_letter(small_observed);
  const bool letter = is_letter(observed);
  const bool other_case = letter && (small_truth == truth) != (small_observed == observed);
  return (same_base ? 3.5F : letter ? 8.0F : 7.0F) + (other_case ? 2.0F : 0.0F);
}

float found_or(const auto& map, const auto& key, float otherwise) {
  const auto found = map.find(key);
  return found == map.end() ? otherwise : found->second;
}

}  // namespace

Channel::Channel(std::string_view tsv) {
  while (!tsv.empty()) {
    const std::size_t end = tsv.find('\n');
    const std::string_view line = tsv.substr(0, end);
    tsv.remove_prefix(end == std::string_view::npos ? tsv.size() : end + 1);
    if (line.empty() || line.front() == '#') continue;
    const auto refuse = [&] {
      throw DataError("confusions: not a true text, an observed text and a cost: " +
                      std::string(line));
    };
    const std::size_t tab = line.find('\t');
    const std::size_t tab2 = tab == line.npos ? line.npos : line.find('\t', tab + 1);
    if (tab2 == line.npos) refuse();
    const std::string_view number = line.substr(tab2 + 1);
    float cost = 0;
    const auto [rest, error] = std::from_chars(number.data(), number.data() + number.size(), cost);
    if (error != std::errc() || rest != number.data() + number.size() || !(cost >= 0)) refuse();
    const std::string_view left = line.substr(0, tab);
    if (left == "@split") {
      split_cost_ = cost;
      continue;
    }
    if (left == "@join") {
      join_cost_ = cost;
      continue;
    }
    const std::u32string truth = to_code_points(left);
    const std::u32string observed = to_code_points(line.substr(tab + 1, tab2 - tab - 1));
    if (truth.size() == 1) seen_.insert(truth[0]);
    if (truth.size() == 1 && observed.size() == 1)
      substitution_[key_of(truth[0], observed[0])] = cost;
    else if (truth.size() == 1 && observed.empty())
      deletion_[truth[0]] = cost;
    else if (truth.empty() && observed.size() == 1)
      insertion_[observed[0]] = cost;
    else if (truth.size() == 1 && observed.size() == 2)
      widening_[key_of(truth[0], observed[0], observed[1])] = cost;
    else if (truth.size() == 2 && (observed.size() == 1 || observed.size() == 2))
      pairs_[key_of(truth[0], truth[1])].push_back(
          {observed[0], observed.size() == 2 ? observed[1] : 0, cost});
    else
      refuse();
  }
}

float Channel::substitution(char32_t truth, char32_t observed) const {
  const auto found = substitution_.find(key_of(truth, observed));
  if (found != substitution_.end()) return found->second;
  return seen_.contains(truth) ? kUnseenEdit : stranger_substitution(truth, observed);
}
float Channel::deletion(char32_t truth) const {
  return found_or(deletion_, truth, seen_.contains(truth) ? kUnseenEdit : kStrangerDeletion);
}
float Channel::insertion(char32_t observed) const {
  return found_or(insertion_, observed, kUnseenEdit);
}
float Channel::widening(char32_t truth, char32_t first, char32_t second) const {
  return found_or(widening_, key_of(truth, first, second), kNever);
}

const std::vector<Channel::PairReading>& Channel::readings_of_pair(char32_t first,
                                                                   char32_t second) const {
  static const std::vector<PairReading> kNone;
  const auto found = pairs_.find(key_of(first, second));
  return found == pairs_.end() ? kNone : found->second;
}

float Channel::cost(std::u32string_view truth, std::u32string_view observed) const {
  // costs[i][j]: of the first i true characters having been read as the first j observed ones.
  std::vector<std::vector<float>> costs(truth.size() + 1,
                                        std::vector<float>(observed.size() + 1, kNever));
  costs[0][0] = 0;
  for (std::size_t i = 0; i <= truth.size(); ++i)
    for (std::size_t j = 0; j <= observed.size(); ++j) {
      float& cost = costs[i][j];
      if (i > 0) cost = std::min(cost, costs[i - 1][j] + deletion(truth[i - 1]));
      if (j > 0) cost = std::min(cost, costs[i][j - 1] + insertion(observed[j - 1]));
      if (i > 0 && j > 0)
        cost = std::min(cost, costs[i - 1][j - 1] + substitution(truth[i - 1], observed[j - 1]));
      if (i > 0 && j > 1)
        cost = std::min(
            cost, costs[i - 1][j - 2] + widening(truth[i - 1], observed[j - 2], observed[j - 1]));
      if (i < 2 || j == 0) continue;
      for (const PairReading& pair : readings_of_pair(truth[i - 2], truth[i - 1])) {
        if (pair.second == 0
                ? pair.first == observed[j - 1]
                : j > 1 && pair.first == observed[j - 2] && pair.second == observed[j - 1])
          cost = std::min(cost, costs[i - 2][j - (pair.second == 0 ? 1 : 2)] + pair.cost);
      }
    }
  return costs[truth.size()][observed.size()];
}

std::vector<char32_t> Channel::observed_characters() const {
  std::set<char32_t> out;
  for (const auto& [key, cost] : substitution_)
    out.insert(static_cast<char32_t>(key >> 21 & 0x1FFFFF));
  return {out.begin(), out.end()};
}

const Channel& Channel::english() {
  static const Channel channel(embedded::confusions_eng());
  return channel;
}
const Channel& Channel::vietnamese() {
  static const Channel channel(embedded::confusions_vie());
  return channel;
}

}  // namespace vanban::diacritics
