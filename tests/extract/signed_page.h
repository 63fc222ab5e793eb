// Last pages for the tests of extract/: text, recipients, signature.
#pragma once

#include "tests/extract/made_document.h"

namespace vanban::extract {

inline ocr::Block shifted(ocr::Block block, double x) {
  block.box.left += x, block.box.right += x;
  for (ocr::Line& line : block.lines) {
    line.box.left += x, line.box.right += x;
    for (ocr::Word& word : line.words) word.box.left += x, word.box.right += x;
  }
  return block;
}

inline const Texts kRecipients{"Nơi nhận:", "- Như trên;", "- Lưu: VT."};

inline ocr::Document signed_by(const Texts& signature, const Texts& recipients = kRecipients,
                               ocr::Route route = ocr::Route::Ocr) {
  return made_document({made_page(
      2,
      {made_block(ocr::BlockKind::Body, {"Đề nghị các đơn vị nghiêm túc thực hiện./."}, 0),
       made_block(ocr::BlockKind::Recipients, recipients, 100),
       shifted(made_block(ocr::BlockKind::Signature, signature, 100), 350)},
      route)});
}

}  // namespace vanban::extract
