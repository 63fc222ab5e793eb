// What documents of a batch say against one another: number, symbol and date of one, held against
// those of the others that the same body issued.
#pragma once

#include <string>
#include <vector>

namespace vanban::pipeline {

// What of a document is compared; what is empty is not.
struct Numbered {
  std::string path;
  std::string agency, number, symbol, date;  // date: ISO 8601
};

struct Contradiction {
  // same_number: of one body, symbol and year. other_symbol: of one body, number, type and year,
  // the symbol written otherwise. date_order: of one body, symbol and year, by its number it lies
  // on the other side of the date.
  std::string kind;
  Numbered other;
};

// Of each document, in their order, with which others it cannot be right; of one that lies wrong in
// the order of dates its neighbours among those that lie right.
std::vector<std::vector<Contradiction>> contradictions(const std::vector<Numbered>& documents);

}  // namespace vanban::pipeline
