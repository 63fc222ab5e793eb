#include "extract/words/known_names.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "diacritics/text/text.h"

namespace vanban::extract {
namespace {

using diacritics::split_words;

// Syllables without marks and punctuation: what names are found by.
std::string key(const std::string& name) {
  std::string out;
  for (const std::string& word : split_words(name))
    out += diacritics::fold(diacritics::trim_punctuation(word)) + ' ';
  return out;
}

// ---- the data

TEST_CASE("known names: written as they are compared, NFC and lower case") {
  REQUIRE(known_names().size() > 100);
  for (const std::string& name : known_names()) {
    CAPTURE(name);
    CHECK(diacritics::to_nfc(name) == name);
    CHECK(diacritics::to_lower(name) == name);
    CHECK(name.find_first_of("\t\r") == std::string::npos);
    CHECK(name.find("  ") == std::string::npos);
    CHECK(name.front() != ' ');
    CHECK(name.back() != ' ');
  }
}

TEST_CASE("known names: two syllables or more, as one alone is too easily another") {
  for (const std::string& name : known_names()) {
    CAPTURE(name);
    CHECK(split_words(name).size() >= 2);
  }
}

TEST_CASE("known names: no two have the same letters") {
  std::map<std::string, std::string> seen;
  for (const std::string& name : known_names()) {
    const auto [other, is_new] = seen.emplace(key(name), name);
    CAPTURE(name, other->second);
    CHECK(is_new);
  }
}

TEST_CASE("known names: where one holds another, both have the same marks there") {
  for (const std::string& name : known_names()) {
    const std::string put_right = with_known_marks(name);
    CHECK(put_right == name);
    // Word by word from each place on, as a shorter name within would be found.
    std::vector<std::string> words = split_words(name);
    while (words.size() > 2) {
      words.erase(words.begin());
      CAPTURE(name, words);
      CHECK(with_known_marks(words) == words);
    }
  }
}

TEST_CASE("known names: sorted within each section of the file") {
  std::ifstream file(VANBAN_SOURCE_DIR "/extract/data/known_names.txt");
  REQUIRE(file);
  std::string above;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line.front() == '#') {
      above.clear();
      continue;
    }
    CAPTURE(above, line);
    CHECK(above < line);
    above = line;
  }
}

// ---- what is done with it

TEST_CASE("marks of a known name are put right, letters and all else are not touched") {
  const auto [what, text, expected] = GENERATE(table<std::string, std::string, std::string>({
      {"nothing", "", ""},
      {"right already", "ỦY BAN NHÂN DÂN", "ỦY BAN NHÂN DÂN"},
      {"no marks", "UY BAN NHAN DAN", "ỦY BAN NHÂN DÂN"},
      {"wrong marks", "ÚY BÀN NHĂN DẤN", "ỦY BAN NHÂN DÂN"},
      {"lower case", "uỷ ban nhân dan", "uỷ ban nhân dân"},
      {"sentence case", "Giam đôc", "Giám đốc"},
      {"each word by its own case", "Phó GIAM đoc", "Phó GIÁM đốc"},
      {"a name in a longer text", "Kính gửi SỞ NÔI VU tỉnh", "Kính gửi SỞ NỘI VỤ tỉnh"},
      {"unknown words around it", "XÃ THẠNH LƯƠNG HA SỞ NỘI VU", "XÃ THẠNH LƯƠNG HA SỞ NỘI VỤ"},
      {"no known name", "XÃ THẠNH LƯƠNG HA", "XÃ THẠNH LƯƠNG HA"},
      {"a letter misread", "ÚY BAN NHÂM DÂN", "ÚY BAN NHÂM DÂN"},
      {"the beginning of a name only", "ÚY BAN", "ÚY BAN"},
      {"punctuation stays", "\"SỞ NÔI VỤ\",", "\"SỞ NỘI VỤ\","},
      {"punctuation within", "SỞ VĂN HOA, THỂ THAO VÀ DU LICH;",
       "SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH;"},
      {"the longest name counts", "SỞ VĂN HÓA VA THỂ THAO", "SỞ VĂN HÓA VÀ THỂ THAO"},
  }));
  CAPTURE(what);
  CHECK(with_known_marks(text) == expected);
}

TEST_CASE("both placements of a tone are right and stay as read") {
  for (const std::string text : {"TỈNH THANH HOÁ", "TỈNH THANH HÓA", "UỶ BAN NHÂN DÂN",
                                 "ỦY BAN NHÂN DÂN", "Sở Văn hoá", "Sở Văn hóa"}) {
    CAPTURE(text);
    CHECK(with_known_marks(text) == text);
  }
}

TEST_CASE("names that differ from a province's only in marks are not made into it") {
  // All real: two districts, a commune, a family's given name.
  for (const std::string text :
       {"HUYỆN PHÙ YÊN", "HUYỆN THẠNH HÓA", "XÃ HẢI ĐƯỜNG", "XÃ XUÂN HUỆ"}) {
    CAPTURE(text);
    CHECK(with_known_marks(text) == text);
  }
}

TEST_CASE("as many words come out as went in") {
  const std::vector<std::string> words{"-", "SỞ", "", "NÔI", "VỤ", "/", "TĨNH", "HA", "GIANG"};
  CHECK(with_known_marks(words).size() == words.size());
  CHECK(with_known_marks(std::vector<std::string>{}).empty());
}

TEST_CASE("what is right stays right: doing it twice changes nothing more") {
  for (const std::string text : {"UY BAN NHAN DAN TINH AN GIANG", "SO TAI CHINH", "PHO CHU TICH"}) {
    CAPTURE(text);
    const std::string once = with_known_marks(text);
    CHECK(once != text);
    CHECK(with_known_marks(once) == once);
  }
}

TEST_CASE("marks on a syllable that is a usual one without them may be another name's") {
  CHECK(marks_plain_syllable("ĐẠI HỌC HOA LẠC", "ĐẠI HỌC HÒA LẠC"));
  CHECK_FALSE(marks_plain_syllable("SỞ Y TÉ", "SỞ Y TẾ"));
  CHECK_FALSE(marks_plain_syllable("TRUYEN THÔNG", "TRUYỀN THÔNG"));  // no syllable
  CHECK_FALSE(marks_plain_syllable("Hoa Lạc", "Hoa Lạc"));
}

}  // namespace
}  // namespace vanban::extract
