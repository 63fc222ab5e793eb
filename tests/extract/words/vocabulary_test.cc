#include "extract/words/vocabulary.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>
#include <string>
#include <vector>

#include "diacritics/text/text.h"

namespace vanban::extract {
namespace {

struct KnownType {
  std::string name, abbreviation;
};

// Decree 30/2020/NĐ-CP, Appendix III, part I, and what stands beside it in other laws.
const std::vector<KnownType> kKnownTypes{
    {"Nghị quyết", "NQ"},   {"Quyết định", "QĐ"},       {"Chỉ thị", "CT"},
    {"Quy chế", "QC"},      {"Quy định", "QyĐ"},        {"Thông cáo", "TC"},
    {"Thông báo", "TB"},    {"Hướng dẫn", "HD"},        {"Chương trình", "CTr"},
    {"Kế hoạch", "KH"},     {"Phương án", "PA"},        {"Đề án", "ĐA"},
    {"Dự án", "DA"},        {"Báo cáo", "BC"},          {"Biên bản", "BB"},
    {"Tờ trình", "TTr"},    {"Hợp đồng", "HĐ"},         {"Công điện", "CĐ"},
    {"Bản ghi nhớ", "BGN"}, {"Bản thỏa thuận", "BTT"},  {"Giấy ủy quyền", "GUQ"},
    {"Giấy mời", "GM"},     {"Giấy giới thiệu", "GGT"}, {"Giấy nghỉ phép", "GNP"},
    {"Phiếu gửi", "PG"},    {"Phiếu chuyển", "PC"},     {"Phiếu báo", "PB"},
    {"Nghị định", "NĐ"},    {"Thông tư", "TT"},
};

TEST_CASE("every type of the decree is known by name and by symbol") {
  for (const KnownType& known : kKnownTypes) {
    CAPTURE(known.name);
    for (const std::string& line :
         {known.name, diacritics::to_upper(known.name), diacritics::fold(known.name)}) {
      CAPTURE(line);
      const auto named = type_named(line);
      REQUIRE(named);
      CHECK(named->name == known.name);
      CHECK(named->abbreviation == known.abbreviation);
    }
    const auto by_symbol = type_of_symbol(known.abbreviation + "-UBND");
    REQUIRE(by_symbol);
    CHECK(by_symbol->name == known.name);
  }
}

TEST_CASE("names without an abbreviation are known too") {
  const auto [line, name] = GENERATE(table<std::string, std::string>({
      {"LUẬT", "Luật"},
      {"PHÁP LỆNH", "Pháp lệnh"},
      {"THƯ CÔNG", "Thư công"},
  }));
  CAPTURE(line);
  REQUIRE(type_named(line));
  CHECK(type_named(line)->name == name);
  CHECK(type_named(line)->abbreviation.empty());
}

TEST_CASE("a type's name may have lost a mark, or a letter when it is long") {
  const auto [line, name] = GENERATE(table<std::string, std::string>({
      {"BÁO CÁO:", "Báo cáo"},
      {"  BÁO  CÁO ", "Báo cáo"},
      {"- KẾ HOẠCH -", "Kế hoạch"},
      {"BAO CÀO", "Báo cáo"},
      {"QUYÉT ĐỊNH", "Quyết định"},
      {"QUYẾT ĐINH:", "Quyết định"},
      {"QUYET D|NH", "Quyết định"},
      {"KẾ HOẠCN", "Kế hoạch"},
      {"THÔNG BÁQ", "Thông báo"},
      {"TỜ TRỈNH", "Tờ trình"},
      {"NGHI QUYÊT", "Nghị quyết"},
      {"NGHỊ ĐỊNH", "Nghị định"},
      {"QUY ĐỊNH", "Quy định"},
      {"BA\u0301O CA\u0301O", "Báo cáo"},
  }));
  CAPTURE(line);
  REQUIRE(type_named(line));
  CHECK(type_named(line)->name == name);
}

TEST_CASE("other lines name no type") {
  const std::string line =
      GENERATE("", " ", "...", "12", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "ỦY BAN NHÂN DÂN",
               "BÁO CÁO KẾT QUẢ THÁNG BẢY", "Kết quả công tác tháng bảy", "BÁO", "QUYẾT",
               "V/v báo cáo", "THÔNG BÁC", "HỘI ĐỒNG", "QUÝ CHỦ", "DỰ ÁM", "ĐỀ ÁO", "LUẬN",
               "KÍNH GỬI", "NƠI NHẬN", "\xFF\xFE");
  CAPTURE(line);
  CHECK_FALSE(type_named(line));
}

TEST_CASE("a symbol's first group is the type, capitals and marks as in the decree") {
  const auto [symbol, name] = GENERATE(table<std::string, std::string>({
      {"BC-UBND", "Báo cáo"},
      {"BC/TU", "Báo cáo"},
      {"BC", "Báo cáo"},
      {"QĐ-UBND", "Quyết định"},
      {"TTr-SKHCN", "Tờ trình"},
      {"TT-BNV", "Thông tư"},
      {"HD-UBND", "Hướng dẫn"},
      {"HĐ-UBND", "Hợp đồng"},
      {"DA-UBND", "Dự án"},
      {"ĐA-UBND", "Đề án"},
      {"KL/TU", "Kết luận"},
  }));
  CAPTURE(symbol);
  REQUIRE(type_of_symbol(symbol));
  CHECK(type_of_symbol(symbol)->name == name);
}

TEST_CASE("the symbol of a letter names no type") {
  const std::string symbol =
      GENERATE("", "-", "/", "UBND-VX", "SNV-VP", "-BC", "BCX-UBND", "B-UBND", "VPCP-KTTH");
  CAPTURE(symbol);
  CHECK_FALSE(type_of_symbol(symbol));
}

TEST_CASE("titles over a signature are told from names, bodies and sentences") {
  const auto [line, expected] = GENERATE(table<std::string, bool>({
      {"CHỦ TỊCH", true},
      {"PHÓ CHỦ TỊCH", true},
      {"KT. CHỦ TỊCH", true},
      {"K/T CHỦ TỊCH", true},
      {"TL. GIÁM ĐỐC", true},
      {"TUQ. GIÁM ĐỐC", true},
      {"Q. GIÁM ĐỐC", true},
      {"GIÁM ĐỐC SỞ Y TẾ", true},
      {"CHÁNH VĂN PHÒNG", true},
      {"HIỆU TRƯỞNG", true},
      {"P. HIỆU TRƯỞNG", true},
      {"BÍ THƯ", true},
      {"CHU TjCH", true},  // one letter misread
      {"GIÁM ĐỒC.", true},
      {"", false},
      {"12", false},
      {"TM. ỦY BAN NHÂN DÂN", false},
      {"Lương Khắc Thuần", false},
      {"Nơi nhận:", false},
      {"BÍ THƠ MỘC", false},  // short titles want every letter
      {"Giám đốc các sở, thủ trưởng các ban, ngành chịu trách nhiệm thi hành.", false},
      {"- Như trên;", false},
  }));
  CAPTURE(line);
  CHECK(is_title(diacritics::fold(line)) == expected);
}

TEST_CASE("on whose authority a title signs") {
  const auto [line, expected] = GENERATE(table<std::string, std::string>({
      {"TM. ỦY BAN NHÂN DÂN", "TM"},
      {"KT. CHỦ TỊCH", "KT"},
      {"TL. GIÁM ĐỐC", "TL"},
      {"TUQ. GIÁM ĐỐC", "TUQ"},
      {"Q. GIÁM ĐỐC", "Q"},
      {"KT.CHỦ TỊCH", "KT"},
      {"KT, CHỦ TỊCH", "KT"},  // a misread point
      {"T/M BAN THƯỜNG VỤ", "TM"},
      {"K/T BÍ THƯ", "KT"},
      {"T/L CHỦ TỊCH", "TL"},
      {"'TM. ỦY BAN", "TM"},
      {"", ""},
      {"CHỦ TỊCH", ""},
      {"TRƯỞNG PHÒNG", ""},
      {"TUQUÝ", ""},
      {"QUYỀN GIÁM ĐỐC", ""},
      {"KẾT LUẬN", ""},
      {"TM", ""},
      {"kt. chủ tịch", ""},
      {"ỦY BAN KT. CHỦ TỊCH", ""},
  }));
  CAPTURE(line);
  CHECK(authority_of(line) == expected);
}

// ---- Edit distance

TEST_CASE("the edit distance is counted up to the limit") {
  const auto [a, b, limit, expected] = GENERATE(table<std::string, std::string, int, int>({
      {"", "", 0, 0},
      {"bao", "bao", 0, 0},
      {"bao", "bac", 0, 1},
      {"bao", "bac", 3, 1},
      {"bao", "ba", 3, 1},
      {"bao", "bbao", 3, 1},
      {"", "bao", 5, 3},
      {"bao", "", 2, 3},
      // kitten, sitten, sittin, sitting.
      {"kitten", "sitting", 5, 3},
      {"kitten", "sitting", 3, 3},
      {"kitten", "sitting", 2, 3},
      {"kitten", "sitting", 1, 2},
      {"aaaa", "bbbb", 2, 3},
      {"a", "abcdefgh", 2, 3},
      {"ab", "ba", 5, 2},  // no swaps
  }));
  CAPTURE(a, b, limit);
  CHECK(edit_distance(a, b, limit) == expected);
}

// From the definition.
int slow_distance(std::string_view a, std::string_view b) {
  if (a.empty() || b.empty()) return static_cast<int>(a.size() + b.size());
  const int replaced = slow_distance(a.substr(1), b.substr(1)) + (a[0] == b[0] ? 0 : 1);
  return std::min({replaced, slow_distance(a.substr(1), b) + 1, slow_distance(a, b.substr(1)) + 1});
}

TEST_CASE("the edit distance is what its definition says") {
  std::mt19937 random(11);
  std::uniform_int_distribution<int> length(0, 6), letter('a', 'c'), limit_of(0, 6);
  const auto word = [&] {
    std::string out(static_cast<std::size_t>(length(random)), ' ');
    for (char& c : out) c = static_cast<char>(letter(random));
    return out;
  };
  for (int round = 0; round < 500; ++round) {
    const std::string a = word(), b = word();
    const int limit = limit_of(random);
    CAPTURE(a, b, limit);
    REQUIRE(edit_distance(a, b, limit) == std::min(slow_distance(a, b), limit + 1));
  }
}

TEST_CASE("a salutation begins its line, or is all that a stamp has left of it") {
  for (const char* text : {"kinh gui:", "kinh gui: so y te", "' kinh gui", "nh gui:", "\"nh gui:"})
    CHECK(begins_salutation(text));
  for (const char* text :
       {"ubnd tinh da kinh gui cac co quan", "hinh gui kem theo: ban do", "gui:", ""})
    CHECK_FALSE(begins_salutation(text));
}

TEST_CASE("the groups of a symbol, and those after its type") {
  const auto [symbol, all, after_type] =
      GENERATE(table<std::string, std::vector<std::string>, std::vector<std::string>>({
          {"BC-UBND", {"BC", "UBND"}, {"UBND"}},
          {"BC-UBND-TH", {"BC", "UBND", "TH"}, {"UBND", "TH"}},
          {"KH/TU", {"KH", "TU"}, {"TU"}},
          {"SYT-NVY", {"SYT", "NVY"}, {"SYT", "NVY"}},  // a letter names no type
          {"BC", {"BC"}, {}},
          {"", {}, {}},
      }));
  CAPTURE(symbol);
  CHECK(symbol_groups(symbol) == all);
  CHECK(groups_after_type(symbol) == after_type);
}

}  // namespace
}  // namespace vanban::extract
