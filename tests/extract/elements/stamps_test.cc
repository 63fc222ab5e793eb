// Shows optional values where a check fails.
#define CATCH_CONFIG_ENABLE_OPTIONAL_STRINGMAKER
#include "extract/elements/stamps.h"

#include <catch2/catch.hpp>
#include <optional>
#include <string>

#include "tests/extract/first_page.h"

namespace vanban::extract {
namespace {

using Value = std::optional<std::string>;

TEST_CASE("urgency is a stamp of capitals and not a word of the text") {
  const auto [stamp, urgency] = GENERATE(table<std::string, Value>({
      {"HỎA TỐC", "Hỏa tốc"},
      {"HOẢ TỐC", "Hỏa tốc"},
      {"THƯỢNG KHẨN", "Thượng khẩn"},
      {"KHẨN", "Khẩn"},
      {"HỎA TỐC HẸN GIỜ", "Hỏa tốc"},
      {"khẩn", {}},
      {"CỨU NẠN KHẨN CẤP", {}},
  }));
  CAPTURE(stamp);
  FirstPage page;
  page.text.insert(page.text.begin(), stamp);
  CHECK(page.record().urgency.value == urgency);
}

TEST_CASE("secrecy is a mark of capitals by itself") {
  const auto [mark, secrecy] = GENERATE(table<std::string, Value>({{"MẬT", "Mật"},
                                                                   {"TỐI MẬT", "Tối mật"},
                                                                   {"TUYỆT MẬT", "Tuyệt mật"},
                                                                   {"MẬT - HỎA TỐC", "Mật"},
                                                                   {"Độ mật: Tối mật", "Tối mật"},
                                                                   {"Mật", {}},
                                                                   {"BÍ MẬT", {}}}));
  CAPTURE(mark);
  FirstPage page;
  page.left.push_back(mark);
  const Record record = page.record();
  CHECK(record.secrecy.value == secrecy);
  if (!secrecy) CHECK(record.secrecy.reason == Reason::NotApplicable);
}

TEST_CASE("a mark of secrecy that was read as a stamp stands behind all other lines") {
  FirstPage first;
  ocr::Document document = first.document();
  document.pages[0].blocks.push_back(made_block(ocr::BlockKind::UrgencyStamp, {"TỐI MẬT"}, 100));
  const Record record = extract(document);
  CHECK(record.secrecy.value == Value("Tối mật"));
  CHECK_FALSE(record.urgency.value);
}

TEST_CASE("papers are marked where the words are no end of a title") {
  FirstPage page;
  page.text.insert(page.text.begin(), "TÀI LIỆU MẬT");
  CHECK(page.record().secrecy.value == Value("Mật"));
  page.title = {"QUY CHẾ", "QUẢN LÝ, SỬ DỤNG VÀ TIÊU HỦY", "TÀI LIỆU MẬT"};
  page.text.erase(page.text.begin());
  CHECK_FALSE(page.record().secrecy.value);
}

TEST_CASE("any page may have a mark, cells of tables are none") {
  const auto page_of = [](ocr::BlockKind kind, const Texts& texts) {
    return made_page(3, {made_block(kind, texts, 40)});
  };
  const auto mark = secrecy_of_page(page_of(ocr::BlockKind::Body, {"MẬT", "Phụ lục"}));
  REQUIRE(mark);
  CHECK(mark->value == Value("Mật"));
  CHECK(mark->evidence.page == 3);
  CHECK_FALSE(secrecy_of_page(page_of(ocr::BlockKind::Body, {"bảo mật thông tin", "mật ong"})));
  CHECK(secrecy_of_page(page_of(ocr::BlockKind::Table, {"MẬT"})));
  CHECK_FALSE(secrecy_of_page(page_of(ocr::BlockKind::Table, {"THƯỜNG", "MẬT", "TỐI MẬT"})));
}

}  // namespace
}  // namespace vanban::extract
