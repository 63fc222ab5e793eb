#include "ocr/strips/ctc.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>
#include <set>
#include <vector>

namespace vanban::ocr {
namespace {

// Three columns of two signs, 1 and 2, and nothing, 0.
ColumnShares columns_of(const std::vector<std::vector<float>>& columns) {
  ColumnShares out{columns.front().size(), 0, {}};
  for (const auto& column : columns)
    out.shares.insert(out.shares.end(), column.begin(), column.end());
  return out;
}

ColumnShares random_columns(std::size_t count, std::size_t classes, unsigned seed) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<float> any(0.01F, 1);
  std::vector<std::vector<float>> columns(count, std::vector<float>(classes));
  for (auto& column : columns) {
    float sum = 0;
    for (float& share : column) sum += share = any(random);
    for (float& share : column) share /= sum;
  }
  return columns_of(columns);
}

// All readings of up to `most` signs.
std::vector<Signs> all_readings(int kinds, std::size_t most) {
  std::vector<Signs> out{{}};
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (out[i].size() == most) continue;
    for (int kind = 1; kind <= kinds; ++kind) {
      out.push_back(out[i]);
      out.back().push_back(kind);
    }
  }
  return out;
}

TEST_CASE("a sign may fill several columns, and one twice needs nothing between") {
  const ColumnShares sure = columns_of({{0, 1, 0}, {0, 1, 0}, {0, 0, 1}});
  CHECK(share_of(sure, {1, 2}) == Approx(1));
  CHECK(share_of(sure, {1, 1, 2}) == 0);
  const ColumnShares parted = columns_of({{0, 1, 0}, {1, 0, 0}, {0, 1, 0}});
  CHECK(share_of(parted, {1, 1}) == Approx(1));
  CHECK(share_of(parted, {1}) == 0);
}

TEST_CASE("the shares of all readings sum to one") {
  const unsigned seed = GENERATE(1U, 2U, 3U);
  const ColumnShares columns = random_columns(5, 3, seed);
  double sum = 0;
  for (const Signs& signs : all_readings(2, 5)) sum += share_of(columns, signs);
  CHECK(sum == Approx(1));
}

TEST_CASE("the search finds the likeliest of all readings") {
  const unsigned seed = GENERATE(range(1U, 20U));
  const ColumnShares columns = random_columns(5, 3, seed);
  Signs best;
  for (const Signs& signs : all_readings(2, 5))
    if (share_of(columns, signs) > share_of(columns, best)) best = signs;
  const auto found = likely_readings(columns, 50, 5);
  REQUIRE_FALSE(found.empty());
  CHECK(found[0].first == best);
  CHECK(found[0].second == Approx(share_of(columns, best)));
}

TEST_CASE("a narrow search finds of each reading the share of the ways that it kept, never more") {
  const unsigned seed = GENERATE(range(1U, 20U));
  const ColumnShares columns = random_columns(12, 6, seed);
  const auto found = likely_readings(columns, 4, 12);
  REQUIRE(found.size() == 4);
  std::set<Signs> different;
  for (std::size_t i = 0; i < found.size(); ++i) {
    const auto& [signs, share] = found[i];
    CHECK(different.insert(signs).second);
    CHECK(share > 0);
    CHECK(share <= share_of(columns, signs) * (1 + 1e-9));
    if (i > 0) CHECK(share <= found[i - 1].second);
  }
}

TEST_CASE("no reading has more signs than asked for") {
  for (const auto& [signs, share] : likely_readings(random_columns(8, 4, 7), 20, 2))
    CHECK(signs.size() <= 2);
}

TEST_CASE("a strip without columns reads as nothing") {
  CHECK(share_of({}, {}) == 1);
  CHECK(share_of({}, {1}) == 0);
}

TEST_CASE("of several looks the mean share counts, and the likeliest readings of each") {
  const ColumnShares one = columns_of({{0.1F, 0.9F, 0}}), other = columns_of({{0.1F, 0.1F, 0.8F}});
  CHECK(mean_share_of({one, other}, {1}) == Approx(0.5));
  CHECK(mean_share_of({one, other}, {2}) == Approx(0.4));
  CHECK(mean_share_of({one}, {1}) == share_of(one, {1}));
  CHECK(mean_share_of({}, {1}) == 0);
  const Beam best{.width = 4, .readings = 1, .signs_max = 3};
  CHECK(likely_readings({one, other}, best) == std::set<Signs>{{1}, {2}});
  CHECK(likely_readings({one, one}, best) == std::set<Signs>{{1}});
  const Beam two{.width = 4, .readings = 2, .signs_max = 3};
  CHECK(likely_readings({one}, two) == std::set<Signs>{{}, {1}});
}

}  // namespace
}  // namespace vanban::ocr
