// Ruling lines: long thin ink, level or upright, as tables, frames and underlines have it.
#pragma once

#include <vector>

#include "ocr/clean/bits.h"
#include "ocr/document/geometry.h"
#include "ocr/image.h"

namespace vanban::ocr {

struct Rules {
  std::vector<Box> horizontal, vertical;  // whole rules, pixels
  // The same rules in short pieces, so that one that leans or bows can be followed, and pieces of
  // dotted and broken ones.
  std::vector<Box> horizontal_pieces{}, vertical_pieces{};
  // Short strokes with nothing beside them: where a rule is expected they are what is left of it.
  std::vector<Box> horizontal_scraps{}, vertical_scraps{};
};

struct RuleInk {
  Rules rules;
  Bits mask;  // where a rule is, with its fringe
};

// Rules among the ink of a scan of known density. They may lean by a degree. The
// mask leaves out broken rules, and what crosses a rule, such as a letter's tail.
RuleInk find_rule_ink(const Bits& ink);

// The ruling lines of a clean drawing of known density.
Rules find_rules(const Image& drawing);

}  // namespace vanban::ocr
