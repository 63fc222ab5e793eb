// Finds the parts of an administrative page from the boxes of its ink, before anything is read:
// two header columns (agency and number; motto, place and date), the body, ruled tables, and at the
// end the recipients beside the signature. Works alike on ink components of a scan and on word
// boxes of a text layer. It knows shapes only; what stands in a part is for others to say.
#pragma once

#include <vector>

#include "ocr/document/document.h"
#include "ocr/layout/zones.h"

namespace vanban::ocr {

// Zones in reading order; they do not overlap and together cover all ink. A page in which nothing
// is found is one body zone. A page without ink has none.
std::vector<Zone> find_zones(const LayoutInput& input);

// Puts words into the zones by their middle, and into lines by their height on the page; in a table
// into one line a row, each word knowing its column.
std::vector<Block> blocks_from_words(const std::vector<Zone>& zones, std::vector<Word> words);

// Adds words to the line of `blocks` that they stand on; where there is none, as lines of the block
// around them; outside all blocks, each line as a body of its own before the first block that
// stands lower, header columns aside.
void insert_words(std::vector<Block>& blocks, std::vector<Word> words);

}  // namespace vanban::ocr
