#include "pipeline/review/collection.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

namespace vanban::pipeline {
namespace {

// "kind path" of each contradiction of each document.
std::vector<std::vector<std::string>> told(const std::vector<Numbered>& documents) {
  std::vector<std::vector<std::string>> out;
  for (const std::vector<Contradiction>& of_one : contradictions(documents)) {
    out.emplace_back();
    for (const Contradiction& one : of_one) out.back().push_back(one.kind + ' ' + one.other.path);
  }
  return out;
}

using Told = std::vector<std::vector<std::string>>;

TEST_CASE("a number is given once in a year, whatever zeros stand before it") {
  CHECK(told({{"a", "SỞ Y TẾ", "7", "BC-SYT", "2025-03-01"},
              {"b", "SỞ Y TẾ", "007", "BC-SYT", "2025-03-02"},
              {"c", "SỞ Y TẾ", "7", "BC-SYT", "2024-03-02"},
              {"d", "SỞ Y TẾ", "7", "KH-SYT", "2025-03-02"},
              {"e", "SỞ NỘI VỤ", "7", "BC-SYT", "2025-03-02"}}) ==
        Told{{"same_number b"}, {"same_number a"}, {}, {}, {}});
}

TEST_CASE("a symbol that differs in what stands behind the type is told") {
  CHECK(told({{"a", "SỞ Y TẾ", "7", "BC-SYT", "2025-03-01"},
              {"b", "SỞ Y TẾ", "7", "BC-5YT", "2025-03-01"}}) ==
        Told{{"other_symbol b"}, {"other_symbol a"}});
}

TEST_CASE("later numbers have no earlier dates") {
  const auto report = [](const char* path, const char* number, const char* date) {
    return Numbered{path, "SỞ Y TẾ", number, "BC-SYT", date};
  };
  // By its number c lies between b and d, by its date before a.
  CHECK(told({report("a", "1", "2025-01-10"), report("b", "2", "2025-02-10"),
              report("c", "3", "2025-01-05"), report("d", "10", "2025-03-10")}) ==
        Told{{}, {}, {"date_order b"}, {}});
  // Too late: held against the one that follows.
  CHECK(told({report("a", "1", "2025-01-10"), report("b", "2", "2025-12-10"),
              report("c", "3", "2025-02-05"), report("d", "10", "2025-03-10")}) ==
        Told{{}, {"date_order c"}, {}, {}});
  // One day has many numbers, and of two nobody knows which is wrong.
  CHECK(told({report("a", "1", "2025-01-10"), report("b", "2", "2025-01-10"),
              report("c", "3", "2025-01-10")}) == Told{{}, {}, {}});
  CHECK(told({report("a", "1", "2025-02-10"), report("b", "2", "2025-01-10")}) == Told{{}, {}});
}

TEST_CASE("what lacks number, symbol or date says nothing of others") {
  CHECK(told({{"a", "S", "", "BC-SYT", "2025-03-01"},
              {"b", "S", "", "BC-SYT", "2025-03-01"},
              {"c", "S", "7", "", "2025-03-01"},
              {"d", "S", "7", "BC-SYT", ""}}) == Told{{}, {}, {}, {}});
}

}  // namespace
}  // namespace vanban::pipeline
