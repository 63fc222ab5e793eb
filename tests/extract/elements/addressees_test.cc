// Shows optional values where a check fails.
#define CATCH_CONFIG_ENABLE_OPTIONAL_STRINGMAKER
#include "extract/elements/addressees.h"

#include <catch2/catch.hpp>
#include <optional>
#include <string>

#include "tests/extract/first_page.h"

namespace vanban::extract {
namespace {

using Value = std::optional<std::string>;

TEST_CASE("addressees, one or a list") {
  const auto [what, text, expected] = GENERATE(table<std::string, Texts, Texts>({
      {"beside the salutation",
       {"Kính gửi: Ủy ban nhân dân tỉnh Sông Thương", "Thực hiện Kế hoạch số 18,"},
       {"Ủy ban nhân dân tỉnh Sông Thương"}},
      {"beside it, in two lines",
       {"Kính gửi: Ủy ban nhân dân các huyện, thành phố,", "thị xã trong tỉnh.", "Sở thông báo:"},
       {"Ủy ban nhân dân các huyện, thành phố, thị xã trong tỉnh"}},
      {"a dashed list",
       {"Kính gửi:", "- Sở Nội vụ;", "- Sở Tài chính;", "- Ủy ban nhân dân các xã.", "Theo tin"},
       {"Sở Nội vụ", "Sở Tài chính", "Ủy ban nhân dân các xã"}},
      {"an item in two lines",
       {"Kính gửi:", "- Các sở, ban, ngành và cơ quan", "ngang sở;", "- Các xã.", "Theo tin"},
       {"Các sở, ban, ngành và cơ quan ngang sở", "Các xã"}},
      {"marks lost", {"Kinh gui: Sở Nội vụ.", "Theo tin"}, {"Sở Nội vụ"}},
      {"none named", {"Kính gửi:", "Theo bản tin của Đài tỉnh,"}, {}},
  }));
  CAPTURE(what);
  FirstPage page = letter();
  page.text = text;
  const Record record = page.record();
  CHECK(record.addressees.value == expected);
  if (!expected.empty()) CHECK(record.addressees.evidence.page == 1);
}

TEST_CASE("a semicolon parts addressees without dashes") {
  FirstPage page;
  page.left.back() = "Số: 299/UBND-TTHC";
  page.title = {};
  page.text = {"Kính gửi:", "Sở Giao thông vận tải;", "Sở Y tế.", "Thực hiện ý kiến của tỉnh,"};
  const Record record = page.record();
  CHECK(record.addressees.value == Texts{"Sở Giao thông vận tải", "Sở Y tế"});
}

TEST_CASE("a telegram names its addressees after the one who sends it") {
  FirstPage page;
  page.left.back() = "Số: 7/CĐ-UBND";
  page.title = {"CÔNG ĐIỆN", "Về việc ứng phó với bão"};
  page.text = {"CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ THANH LƯƠNG HẠ điện:", "- Trưởng các thôn;",
               "- Trạm Y tế xã.", "Theo dự báo, bão còn mạnh."};
  CHECK(page.record().addressees.value == Texts{"Trưởng các thôn", "Trạm Y tế xã"});
}

}  // namespace
}  // namespace vanban::extract
