#include "pipeline/batch/page_bytes.h"

#include <nlohmann/json.hpp>

namespace vanban::ocr {

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Point, x, y)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Box, left, top, right, bottom)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Affine, xx, xy, x0, yx, yy, y0)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Mesh, cell, columns, rows, places)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(PageMap, affine, mesh)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Warning, code, text)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Alternative, text, confidence)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Word, text, ocr_text, box, confidence, column, restored, font,
                                   alternatives)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Line, box, words, row)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(TableCell, row, column, row_span, column_span, corners)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Block, kind, box, lines, cells)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Seal, box, colour, covers, text, confidence)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Slot, use, kind, box, readings, engine_text, engine_confidence,
                                   stated, crop_png)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Unread, kind, box, marks)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Page, number, width_pt, height_pt, width, height, to_displayed,
                                   route, dpi, rotation_degrees, skew_degrees, preprocess, blocks,
                                   seals, unread_ink, unread, slots, warnings)

}  // namespace vanban::ocr

namespace vanban::pipeline {

std::vector<std::uint8_t> page_to_bytes(const ocr::Page& page) {
  return nlohmann::json::to_cbor(nlohmann::json(page));
}

ocr::Page page_from_bytes(const std::vector<std::uint8_t>& bytes) {
  return nlohmann::json::from_cbor(bytes).get<ocr::Page>();
}

}  // namespace vanban::pipeline
