// Tables without rules: figures that stand in columns, under heads or beside one another.
#pragma once

#include "ocr/document/document.h"

namespace vanban::extract {

// Makes tables of those lines of the body that are rows of one: three or more below one another
// with a label and figures far from it, in the same columns, under a row of heads or with two
// figures and more each. A row's label may go on in lines of its own, heads may span columns. Such
// lines become a block of their own with cells, where no rule parts its columns; all others stay as
// they are. To be called with the words as read, before parts are named.
void set_aligned_tables(ocr::Page& page);

}  // namespace vanban::extract
