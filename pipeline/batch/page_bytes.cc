#include "pipeline/batch/page_bytes.h"

#include <nlohmann/json.hpp>
#include <stdexcept>

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

namespace {

// Looks at how deep a message nests before it is followed by recursion.
class DepthCheck : public nlohmann::json_sax<nlohmann::json> {
 public:
  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t) override { return true; }
  bool number_unsigned(number_unsigned_t) override { return true; }
  bool number_float(number_float_t, const string_t&) override { return true; }
  bool string(string_t&) override { return true; }
  bool binary(binary_t&) override { return true; }
  bool key(string_t&) override { return true; }
  bool start_object(std::size_t) override { return ++depth_ <= kMostDepth; }
  bool end_object() override { return --depth_ >= 0; }
  bool start_array(std::size_t) override { return ++depth_ <= kMostDepth; }
  bool end_array() override { return --depth_ >= 0; }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override {
    return false;
  }

 private:
  static constexpr int kMostDepth = 32;  // a page nests some ten deep
  int depth_ = 0;
};

}  // namespace

void require_bounded_cbor(const std::vector<std::uint8_t>& bytes) {
  DepthCheck check;
  if (!nlohmann::json::sax_parse(bytes, &check, nlohmann::json::input_format_t::cbor))
    throw std::runtime_error("the bytes are no message");
}

std::vector<std::uint8_t> page_to_bytes(const ocr::Page& page) {
  return nlohmann::json::to_cbor(nlohmann::json(page));
}

ocr::Page page_from_bytes(const std::vector<std::uint8_t>& bytes) {
  require_bounded_cbor(bytes);
  return nlohmann::json::from_cbor(bytes).get<ocr::Page>();
}

}  // namespace vanban::pipeline
