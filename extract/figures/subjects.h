// What a figure is said of: the words around a quantity that name its subject.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "extract/figures/quantities.h"
#include "extract/sentences.h"

namespace vanban::extract {

// What goes on after the unit: to a mark, the next number or the next clause. `excluded`: tokens
// whose numbers measure nothing.
TokenRange right_of(const RunningText& text, std::size_t from, TokenRange sentence,
                    const std::vector<bool>& excluded);

// What stands before the number and its comparator, back to the sentence's begin or the figure
// before it.
struct Left {
  TokenRange tokens;
  bool states = false;  // ends with a verb that gives the left a quantity: đạt, là, chiếm
  bool has = false;     // ends with a verb that gives it things: có, gồm
  TokenRange clause{};  // from the subject's first word to the number
};

Left left_of(const RunningText& text, std::size_t from, std::size_t to,
             const std::vector<bool>& excluded);

// What the figures before it in the sentence were said of.
struct SaidBefore {
  TokenRange left;  // the words before the last number
  // Their subjects by their units.
  std::vector<std::pair<std::string, std::vector<TokenRange>>> subjects;
};

// The parts of the text that name the subject, in the order in which they are said. A figure that
// is joined to the one before by "với", tells a change of it or what it should be, is said of the
// same: that which has its unit, else the last.
std::vector<TokenRange> subject_of(const RunningText& text, const Quantity& quantity,
                                   const Left& left, TokenRange right, const SaidBefore& before);

}  // namespace vanban::extract
