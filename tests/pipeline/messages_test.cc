#include "pipeline/messages.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <set>
#include <string>

namespace vanban::pipeline {
namespace {

std::string vietnamese(const std::string& message) {
  return in_language(Language::Vietnamese, message);
}

TEST_CASE("a message is told in Vietnamese, whatever it is about") {
  const auto [english, other] = GENERATE(table<std::string, std::string>({
      {"", ""},
      {"The file is empty", "Tệp rỗng"},
      {"there is no page 7; the document has 2", "không có trang 7; văn bản có 2 trang"},
      // About a file, with a code behind it, one message in another.
      {"a/b.pdf: Neither PDF nor TIFF, PNG or JPEG (unsupported)",
       "a/b.pdf: Không phải PDF, TIFF, PNG hay JPEG (unsupported)"},
      {"page 3: print in 2 places of the page was not read (unread_print)",
       "trang 3: có 2 chỗ chữ in trên trang chưa đọc được (unread_print)"},
      {"cannot read x: No such file or directory; check the path and its permissions",
       "không đọc được x: không có tệp hoặc thư mục này; hãy kiểm tra đường dẫn và quyền truy cập"},
      {"a.pdf: The file is empty (3 more like it in this run)",
       "a.pdf: Tệp rỗng (còn 3 văn bản như vậy trong lượt này)"},
      {"so.xlsx, row 3 (a.pdf), Ngày: it is no date (\"mai\"; write it as 25/07/2025)",
       "so.xlsx, dòng 3 (a.pdf), Ngày: không phải ngày (\"mai\"; hãy ghi như 25/07/2025)"},
      {"2 values of 1 documents corrected, 1 seen and right; 1 refused: it is no date",
       "đã sửa 2 giá trị của 1 văn bản, 1 chỗ đã xem, đúng; 1 chỗ bị từ chối: không phải ngày"},
      {"a.pdf, Ngày: \"2025-07-25\" was seen and is right",
       "a.pdf, Ngày: \"2025-07-25\" đã xem, đúng"},
      {"8.0 GB, 2.0 GB of it free; large pages may fail: end other programs, or --jobs 1",
       "8.0 GB, còn trống 2.0 GB; trang lớn có thể lỗi: hãy tắt bớt chương trình khác, hoặc dùng "
       "--jobs 1"},
      {"withheld: 2 files: it bears the mark of secrecy \"Mật\" and stays on pc1, which found it",
       "giữ lại: 2 tệp: có dấu độ mật \"Mật\" và ở lại trên pc1, máy đã thấy dấu"},
      // What nobody has put into Vietnamese, and what is no message.
      {"something else went wrong: The file is empty", "something else went wrong: Tệp rỗng"},
      {"a; b, c: d (e)", "a; b, c: d (e)"},
      {"{} of {}", "{} of {}"},
  }));
  CHECK(vietnamese(english) == other);
  CHECK(in_language(Language::English, english) == english);
}

// Of a text its places, {} as they come.
std::multiset<std::string> places(const std::string& text) {
  std::multiset<std::string> out;
  for (std::size_t at = text.find('{'); at != text.npos; at = text.find('{', at + 1))
    out.insert(text.substr(at, text.find('}', at) - at + 1));
  return out;
}

TEST_CASE("each message of the table has as many places in both languages, and stands once") {
  std::ifstream in(std::string(VANBAN_SOURCE_DIR) + "/pipeline/messages_vi.tsv");
  REQUIRE(in);
  std::set<std::string> seen;
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line.starts_with('#')) continue;
    CAPTURE(line);
    const std::size_t tab = line.find('\t');
    REQUIRE(tab != line.npos);
    const std::string english = line.substr(0, tab), other = line.substr(tab + 1);
    CHECK(seen.insert(english).second);
    CHECK(places(english).size() == places(other).size());
  }
}

TEST_CASE("languages have names") {
  CHECK(language_named("vi") == Language::Vietnamese);
  CHECK(language_named(name_of(Language::English)) == Language::English);
  CHECK_FALSE(language_named("fr"));
}

}  // namespace
}  // namespace vanban::pipeline
