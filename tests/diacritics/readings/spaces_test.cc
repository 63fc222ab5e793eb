#include "diacritics/readings/spaces.h"

#include <catch2/catch.hpp>
#include <random>
#include <string>
#include <vector>

#include "diacritics/text/text.h"

namespace vanban::diacritics {
namespace {

// The model that vanban comes with: what is asked of it, any good one of administrative texts
// knows.
const LanguageModel& model() {
  static const LanguageModel opened =
      LanguageModel::open(VANBAN_SOURCE_DIR "/diacritics/data/vietnamese.model");
  return opened;
}

std::vector<ReadWord> words_of(const std::string& text) {
  std::vector<ReadWord> words;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    bool first = true;
    for (const std::string& word : split_words(text.substr(begin, end - begin))) {
      words.push_back({word, first});
      first = false;
    }
    begin = end + 1;
  }
  return words;
}

// The text with its spaces put right; lines become one.
std::string respaced(const std::string& text) {
  const std::vector<ReadWord> words = words_of(text);
  const std::vector<Respaced> found = find_misplaced_spaces(words, model());
  std::string out;
  auto next = found.begin();
  for (std::size_t i = 0; i < words.size();) {
    const bool changed = next != found.end() && next->first == i;
    out += (out.empty() ? "" : " ") + (changed ? next->text : words[i].text);
    i += changed ? (next++)->count : 1;
  }
  REQUIRE(next == found.end());
  return out;
}

TEST_CASE("words that were run together are parted") {
  const auto [read, written] = GENERATE(table<std::string, std::string>({
      {"ỦY BAN NHÂN DÂN TỈNHBÌNH ĐỊNH", "ỦY BAN NHÂN DÂN TỈNH BÌNH ĐỊNH"},
      {"Vềviệc triển khai", "Về việc triển khai"},
      {"Kínhgửi: Sở Nội vụ", "Kính gửi: Sở Nội vụ"},
      {"giao Sở Nội vụ tổ chức thựchiện.", "giao Sở Nội vụ tổ chức thực hiện."},
      {"CỘNG HÒAXÃ HỘI", "CỘNG HÒA XÃ HỘI"},
  }));
  CHECK(respaced(read) == written);
}

TEST_CASE("words that were broken are joined") {
  const auto [read, written] = GENERATE(table<std::string, std::string>({
      {"KẾ HO ẠCH", "KẾ HOẠCH"},
      {"QUY ẾT ĐỊNH", "QUYẾT ĐỊNH"},
      {"NGHỊ QUY ẾT", "NGHỊ QUYẾT"},
      {"BÁO C ÁO", "BÁO CÁO"},
      {"tổ chức thự c hiện;", "tổ chức thực hiện;"},
      {"(thự c hiện)", "(thực hiện)"},
  }));
  CHECK(respaced(read) == written);
}

TEST_CASE("words that are some by themselves stay, and names, and words of other languages") {
  const std::string text = GENERATE(values<std::string>({
      "",
      "tại điểm c khoản 2 Điều 5",
      "theo mục a, b và c",
      "LÒ THỊ ỚT, BẢN NẬM PỬNG",
      "Krajăn Plin, K'Brôi, Y Bhiăc Niê, Ksor Blơn",
      "ông Điệnbiên ở Hànội và Đắklắk",
      "mua balô, môtô, ximăng qua internet",
      "UBND HĐND TƯBCH QĐUB",
      "H'Yéo A Sửu T Ân",
      "thựchiện5 20 17 thự1 c",
      "tại www.thựchiện.vn",
      "\xFF \xC3 thự",
  }));
  CAPTURE(text);
  CHECK(find_misplaced_spaces(words_of(text), model()).empty());
}

TEST_CASE("no words of two lines are joined, nor across marks") {
  CHECK(find_misplaced_spaces(words_of("KẾ HO\nẠCH"), model()).empty());
  CHECK(find_misplaced_spaces(words_of("tổ chức thự, c hiện"), model()).empty());
}

TEST_CASE("words without letters do not hinder") {
  std::vector<ReadWord> words = words_of("KẾ HO ẠCH");
  words.insert(words.begin() + 1, ReadWord{""});
  words.push_back({""});
  const std::vector<Respaced> found = find_misplaced_spaces(words, model());
  REQUIRE(found.size() == 1);
  CHECK((found[0].first == 2 && found[0].count == 2 && found[0].text == "HOẠCH"));
}

const std::string kRight =
    "Căn cứ Luật Tổ chức chính quyền địa phương; xét đề nghị của Giám đốc Sở Tài chính, Ủy ban "
    "nhân "
    "dân tỉnh ban hành Quyết định phê duyệt kế hoạch thực hiện nhiệm vụ phát triển kinh tế - xã "
    "hội "
    "năm 2025 trên địa bàn tỉnh. Các cơ quan, đơn vị và cá nhân có liên quan chịu trách nhiệm thi "
    "hành Quyết định này. Văn phòng có trách nhiệm đôn đốc, kiểm tra việc thực hiện và báo cáo kết "
    "quả với Chủ tịch Ủy ban nhân dân tỉnh trước ngày 15 tháng 9 hằng năm.";

TEST_CASE("wherever right words are run together or broken, they become what they were or stay") {
  REQUIRE(respaced(kRight) == kRight);
  const std::vector<std::string> right = split_words(kRight);
  std::size_t mended = 0, tried = 0;
  for (std::size_t i = 0; i < right.size(); ++i) {
    const std::u32string letters = to_code_points(right[i]);
    for (std::size_t at = 1; at <= letters.size(); ++at) {
      if (at == letters.size() && i + 1 == right.size()) continue;
      std::string read;
      for (std::size_t j = 0; j < right.size(); ++j) {
        const bool broken = j == i && at < letters.size();
        read +=
            broken ? to_utf8(letters.substr(0, at)) + ' ' + to_utf8(letters.substr(at)) : right[j];
        if (j != i || broken) read += ' ';
      }
      read.pop_back();
      const std::string out = respaced(read);
      CAPTURE(read, out);
      REQUIRE((out == kRight || out == read));
      ++tried;
      mended += out == kRight ? 1 : 0;
    }
  }
  CHECK(mended * 2 > tried);
}

}  // namespace
}  // namespace vanban::diacritics
