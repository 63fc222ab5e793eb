#include "extract/outline.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "extract/extract.h"
#include "tests/extract/made_document.h"

namespace vanban::extract {
namespace {

using ocr::BlockKind;

const std::string kFull = "Ủy ban nhân dân xã tổ chức các lớp tập huấn cho cán bộ và nhân dân trên";

std::vector<Heading> outline(const Texts& lines) { return extract(made_body(lines)).outline; }

// "2 1 Về hạ tầng": level, label, title.
Texts told(const Texts& lines) {
  Texts out;
  for (const Heading& heading : outline(lines))
    out.push_back(std::to_string(heading.level) + ' ' + heading.label + ' ' +
                  heading.title.value.value_or("-"));
  return out;
}

TEST_CASE("numberings that begin within others are a level below") {
  CHECK(told({"I. KẾT QUẢ", "1. Tình hình chung", kFull + " xã.", "1) Việc thứ nhất:",
              "a) Việc con:", "2) Việc thứ hai:", "2. Tình hình riêng", "II. KIẾN NGHỊ"}) ==
        Texts{"1 I KẾT QUẢ", "2 1 Tình hình chung", "3 1 Việc thứ nhất", "4 a Việc con",
              "3 2 Việc thứ hai", "2 2 Tình hình riêng", "1 II KIẾN NGHỊ"});
}

TEST_CASE("chapters and articles are headings") {
  CHECK(told({"Chương I", "QUY ĐỊNH CHUNG", "Điều 1. Phạm vi", kFull, "địa bàn.",
              "Điều 2. Đối tượng"})
            .size() >= 2);
}

TEST_CASE("a title goes on in small letters on the next line") {
  CHECK(told({"1. " + kFull, "địa bàn xã", kFull + " xã."}) ==
        Texts{"1 1 " + kFull + " địa bàn xã"});
}

TEST_CASE("a numbered paragraph has no title") {
  const auto found =
      outline({"1. " + kFull, "địa bàn xã. Các thôn thực hiện tốt.", "2. Kết luận:"});
  REQUIRE(found.size() == 2);
  CHECK_FALSE(found[0].is_heading);
  CHECK_FALSE(found[0].title.value);
}

TEST_CASE("a number that does not count on is no heading") {
  CHECK(told({"I. Kết quả", kFull + " xã.", "9. Việc khác", "2025. Năm nay"}) ==
        Texts{"1 I Kết quả"});
}

TEST_CASE("marks alone are no title") { CHECK(outline({"1. …", "I. -", "a) ***"}).empty()); }

TEST_CASE("levels never go down by more than one, and parents stand above") {
  const auto found = outline({"I. A", "1. B", "a) C:", "II. D", "1. E", "2. F", "a) G:", "b) H:"});
  int before = 0;
  for (std::size_t i = 0; i < found.size(); ++i) {
    CHECK(found[i].level <= before + 1);
    before = found[i].level;
    if (found[i].parent < 0) continue;
    const auto parent = static_cast<std::size_t>(found[i].parent);
    CHECK(parent < i);
    CHECK(found[parent].level < found[i].level);
  }
}

}  // namespace
}  // namespace vanban::extract
