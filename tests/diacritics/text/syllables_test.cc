#include "diacritics/text/syllables.h"

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <charconv>
#include <cmath>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "diacritics/text/error.h"
#include "diacritics/text/text.h"
#include "tests/diacritics/text/vowels.h"

namespace vanban::diacritics {
namespace {

// ---- The table

TEST_CASE("a line that is no syllable, tab, count is refused") {
  const std::string tsv = GENERATE("xã", "xã\t", "xã\tba", "xã\t5x", "xã 5", "xã\t-5", "xã\t0",
                                   "xã\t5\t6", "xã\t5\r\n", "\t", "xã\t5\nhuyện\n", "xã\t 5");
  CAPTURE(tsv);
  CHECK_THROWS_AS(SyllableTable(tsv), DataError);
}

TEST_CASE("a table without syllables is refused") {
  const std::string tsv = GENERATE("", "\n", "# xã\t5\n");
  CAPTURE(tsv);
  CHECK_THROWS_AS(SyllableTable(tsv), DataError);
}

TEST_CASE("the refusal shows the line") {
  CHECK_THROWS_WITH(SyllableTable("xã\t5\nhuyện năm\n"), Catch::Contains("huyện năm"));
}

TEST_CASE("probabilities are shares of the running syllables") {
  // 90 + 9 + 1 = 100 syllables.
  const SyllableTable syllables("# a comment\nxã\t90\nhòa\t9\nthủy\t1");
  const auto [word, expected] = GENERATE(table<std::string, double>({
      {"xã", -0.0457574906},   // log10(90 / 100)
      {"hòa", -1.0457574906},  // log10(9 / 100)
      {"thủy", -2},            // log10(1 / 100)
      {"XÃ", -0.0457574906},
      {"(xã),", -0.0457574906},
      {"xa\u0303", -0.0457574906},
      {"hoà", -1.0457574906},
      {"HOÀ.", -1.0457574906},
      {"Thuỷ", -2},
      {"xà", -7},
      {"xa", -7},
      {"", -7},
      {"...", -7},
      {"\xFF", -7},
  }));
  CAPTURE(word);
  CHECK(syllables.log10_probability(word) == Approx(expected).margin(1e-9));
  CHECK(syllables.contains(word) == (expected > -7));
}

TEST_CASE("without its marks a word may still be a syllable") {
  const SyllableTable table("xã\t3\nđường\t1\n");
  CHECK(table.contains_folded("xa"));
  CHECK(table.contains_folded("Xà,"));
  CHECK(table.contains_folded("DUONG"));
  CHECK_FALSE(table.contains("duong"));
  CHECK_FALSE(table.contains_folded("huyen"));
  CHECK_FALSE(table.contains_folded(""));
}

// ---- The built-in table, as data

struct Entry {
  std::string syllable;
  long count = 0;
};

std::vector<Entry> built_in_entries() {
  std::vector<Entry> entries;
  std::string_view rest = SyllableTable::built_in_tsv();
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (line.starts_with('#')) continue;
    const std::size_t tab = line.find('\t');
    REQUIRE(tab != std::string_view::npos);
    Entry entry{std::string(line.substr(0, tab)), 0};
    const std::string_view count = line.substr(tab + 1);
    const auto [stop, error] =
        std::from_chars(count.data(), count.data() + count.size(), entry.count);
    REQUIRE(error == std::errc());
    REQUIRE(stop == count.data() + count.size());
    entries.push_back(std::move(entry));
  }
  return entries;
}

TEST_CASE("the built-in table is large enough and says where it is from") {
  // Some 6,000 to 7,000 syllables are possible, about half of them usual.
  CHECK(built_in_entries().size() > 2000);
  CHECK(built_in_entries().size() < 8000);
  const std::string_view tsv = SyllableTable::built_in_tsv();
  CHECK(tsv.starts_with("#"));
  CHECK(tsv.ends_with("\n"));
  CHECK(tsv.find("\r") == std::string_view::npos);
  const std::string head(tsv.substr(0, 500));
  CHECK_THAT(head, Catch::Contains("GPL"));
  CHECK_THAT(head, Catch::Contains("sha256"));
}

TEST_CASE("the built-in table is sorted by count, most frequent first") {
  const std::vector<Entry> entries = built_in_entries();
  for (std::size_t i = 1; i < entries.size(); ++i) {
    CAPTURE(i, entries[i].syllable);
    REQUIRE(entries[i].count <= entries[i - 1].count);
  }
  REQUIRE(entries.back().count > 0);
}

TEST_CASE("the built-in table holds each syllable once, in the form that is looked up") {
  std::set<std::string> seen;
  for (const Entry& entry : built_in_entries()) {
    CAPTURE(entry.syllable);
    REQUIRE(seen.insert(entry.syllable).second);
    REQUIRE(to_nfc(entry.syllable) == entry.syllable);
    REQUIRE(to_lower(entry.syllable) == entry.syllable);
    REQUIRE(with_old_tone_place(entry.syllable) == entry.syllable);
    REQUIRE(split_words(entry.syllable) == std::vector<std::string>{entry.syllable});
    // Letters only, seven at most ("nghiêng"), with one vowel group.
    const auto letters = static_cast<std::size_t>(count_letters(entry.syllable).all);
    REQUIRE(letters == count_code_points(entry.syllable));
    REQUIRE(letters <= 7);
    REQUIRE(SyllableTable::built_in().contains(entry.syllable));
  }
}

TEST_CASE("each built-in syllable is made of Vietnamese letters and a vowel") {
  for (const Entry& entry : built_in_entries()) {
    CAPTURE(entry.syllable);
    const std::string folded = fold(entry.syllable);
    REQUIRE(folded.find_first_not_of("abcdeghiklmnopqrstuvxy") == std::string::npos);
    REQUIRE(folded.find_first_of("aeiouy") != std::string::npos);
  }
}

TEST_CASE("the built-in shares add up to one") {
  double sum = 0;
  for (const Entry& entry : built_in_entries())
    sum += std::pow(10, SyllableTable::built_in().log10_probability(entry.syllable));
  CHECK(sum == Approx(1).margin(1e-6));
}

TEST_CASE("usual syllables are more probable than rare ones, and those than misreadings") {
  const SyllableTable& table = SyllableTable::built_in();
  CHECK(table.log10_probability("của") > table.log10_probability("khuỷu"));
  CHECK(table.log10_probability("ủy") > -4);
  CHECK(table.log10_probability("uỷ") == table.log10_probability("ủy"));
  const std::string misread = GENERATE("uý̉", "bảo̧", "nhân.dân", "qưyết", "CỌNG1", "thưc", "đuợc");
  CAPTURE(misread);
  CHECK_FALSE(table.contains(misread));
}

// ---- Is it Vietnamese?

Plausibility judged(const std::string& text) {
  return judge(SyllableTable::built_in(), split_words(text));
}

const std::vector<std::string>& right_texts() {
  static const std::vector<std::string> texts{
      "Thực hiện chỉ đạo của Ủy ban nhân dân tỉnh về việc rà soát hồ sơ lưu trữ, Phòng Nội vụ đề "
      "nghị các đơn vị báo cáo kết quả trước ngày 15 tháng 9 năm 2025.",
      "Căn cứ kết quả kiểm tra thực tế tại hiện trường, đoàn công tác thống nhất kiến nghị cấp có "
      "thẩm quyền xem xét, bố trí kinh phí sửa chữa tuyến đường liên thôn.",
      "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc",
      "Người dân có nhu cầu đăng ký cấp lại giấy chứng nhận quyền sử dụng đất nộp hồ sơ tại bộ "
      "phận một cửa vào giờ hành chính các ngày trong tuần.",
      "Yêu cầu thủ trưởng các cơ quan nghiêm túc triển khai thực hiện; trong quá trình tổ chức "
      "nếu có khó khăn, vướng mắc thì phản ánh kịp thời để được hướng dẫn.",
      // The new placement of tones.
      "Kế hoạch hoà giải ở cơ sở, bảo vệ nguồn lợi thuỷ sản và tăng cường sức khoẻ cộng đồng.",
  };
  return texts;
}

TEST_CASE("administrative sentences are plausible") {
  for (const std::string& text : right_texts()) {
    CAPTURE(text);
    const Plausibility plausibility = judged(text);
    CHECK(plausibility.plausible());
    CHECK(plausibility.known_share > 0.95);
    CHECK(plausibility.marked_share > 0.5);
  }
}

TEST_CASE("a text in capitals is judged as one in small letters") {
  const Plausibility small = judged("báo cáo kết quả công tác tháng bảy"),
                     large = judged("BÁO CÁO KẾT QUẢ CÔNG TÁC THÁNG BẢY");
  CHECK(large.plausible());
  CHECK(large.mean_log10_probability == Approx(small.mean_log10_probability));
}

TEST_CASE("a list of names is plausible") {
  CHECK(judged("1. Nguyễn Văn Bình 2. Trần Thị Hường 3. Lê Quốc Khánh 4. Phạm Thị Ngọc Ánh "
               "5. Hoàng Đình Trung 6. Vũ Thị Thu Hà 7. Đặng Hữu Phước 8. Bùi Minh Đức")
            .plausible());
}

TEST_CASE("rare names and rare words are right, plausible or not") {
  const auto [text, right] = GENERATE(table<std::string, bool>({
      {"Vừ A Sử, Mùa A Vừ, Sùng Thị Mỷ", true},
      {"Y Bhiăc Niê, buôn Ea Mđroh; Ksor Blơn, làng Plei Ngol", true},
      {"LÒ THỊ ÚN, BẢN NẬM PỬNG", true},
      {"Vàng A Sình", true},
      {"khúc khuỷu, ngoằn ngoèo, loắt choắt, lụ khụ, lòa xòa", true},
      // No mark is Vietnamese alone, or all are lost but one.
      {"Nguyén Van Hung, Lé Thi Thu", false},
      {"Vu A Su, Mua A Vu, Sung Thi My", false},
      {"sinh ngay, que quan, dan toc, thuong tru, nghe nghiệp", false},
      // Misspelt words with Vietnamese letters.
      {"thưc hiẻn kiêm trà cõng tãc, lưú trừ, huyẽn đá lám viẽc, cẩc đóan", false},
      {"", false},
  }));
  CAPTURE(text);
  CHECK(is_right_vietnamese(SyllableTable::built_in(), split_words(text)) == right);
}

TEST_CASE("some English words do not make a text implausible") {
  CHECK(judged("Phòng Kỹ thuật phối hợp với nhà thầu cài đặt phần mềm Windows Server, cấu hình "
               "firewall và router, sao lưu dữ liệu lên máy chủ backup, hướng dẫn người dùng đăng "
               "nhập bằng email và đổi password trước khi sử dụng hệ thống.")
            .plausible());
}

TEST_CASE("an English text is not plausible Vietnamese") {
  CHECK_FALSE(judged("The committee shall review the annual report and submit its findings to the "
                     "chairman before the end of the fiscal year.")
                  .plausible());
}

TEST_CASE("the same text without marks is not plausible") {
  for (const std::string& text : right_texts()) {
    CAPTURE(text);
    CHECK_FALSE(judged(fold(text)).plausible());
    CHECK(judged(fold(text)).marked_share == 0);
    CHECK_FALSE(judged(to_sentence(fold(text))).plausible());
  }
}

TEST_CASE("usual syllables do not make a text where not one has a mark") {
  const Plausibility plausibility =
      judged("Thanh tra trong kinh doanh theo ban quan trong, khai sinh cho con trong khu");
  REQUIRE(plausibility.known_share == 1);
  REQUIRE(plausibility.mean_log10_probability > -3.5);
  CHECK_FALSE(plausibility.plausible());
}

// Seven in ten of the marked vowels of the lower-cased text get another tone, as from a reader that
// does not know Vietnamese.
std::string with_wrong_marks(const std::string& text, std::mt19937& random) {
  std::string out;
  std::uniform_int_distribution<int> tone_of(1, 5), tenth(0, 9);
  const std::string lower = to_lower(to_nfc(text));
  for (std::size_t i = 0; i < lower.size();) {
    std::size_t size = 1;
    while (i + size < lower.size() && (static_cast<unsigned char>(lower[i + size]) & 0xC0) == 0x80)
      ++size;
    std::string letter = lower.substr(i, size);
    i += size;
    if (size > 1 && letter != "đ" && tenth(random) < 7) {
      for (const auto& row : kVowels) {
        for (std::size_t tone = 0; tone < row.size(); ++tone) {
          if (letter != row.at(tone)) continue;
          const std::size_t other = (tone + static_cast<std::size_t>(tone_of(random))) % row.size();
          out += row.at(other);
          letter.clear();
          break;
        }
        if (letter.empty()) break;
      }
    }
    out += letter;
  }
  return out;
}

TEST_CASE("the same text with wrong marks is not plausible") {
  std::mt19937 random(30);
  std::string all;
  for (const std::string& text : right_texts()) all += text + ' ';
  REQUIRE(judged(all).plausible());
  for (int round = 0; round < 20; ++round) {
    const std::string wrong = with_wrong_marks(all, random);
    CAPTURE(round, wrong);
    const Plausibility plausibility = judged(wrong);
    CHECK(plausibility.mean_log10_probability < judged(all).mean_log10_probability);
    CHECK_FALSE(plausibility.plausible());
  }
}

TEST_CASE("without words of letters nothing is plausible") {
  const std::string text = GENERATE("", "   ", "1 2 3", "12/3/2025 48.750.000", "UBND HS KTXH",
                                    "a b c", "- ; ./.", "67/BC-X2", "\xFF\xFE");
  CAPTURE(text);
  const Plausibility plausibility = judged(text);
  CHECK(plausibility.syllables == 0);
  CHECK_FALSE(plausibility.plausible());
}

TEST_CASE("figures and abbreviations are not counted against a text") {
  const Plausibility plain = judged("kinh phí thực hiện của xã"),
                     mixed = judged("kinh phí (30.000.000) thực hiện 2025 của UBND xã A1");
  CHECK(plain.syllables == 6);
  CHECK(mixed.syllables == 6);
  CHECK(mixed.mean_log10_probability == Approx(plain.mean_log10_probability));
}

TEST_CASE("shares are worked out over the judged words") {
  const SyllableTable table("xã\t90\nban\t10\n");
  // xã and ban known, hụt not: 2 of 3 known, 2 of 3 marked; log10: -0.04576, -1, -7.
  const Plausibility plausibility = judge(table, {"Xã,", "ban", "hụt", "12", "UBND"});
  CHECK(plausibility.syllables == 3);
  CHECK(plausibility.known_share == Approx(2.0 / 3));
  CHECK(plausibility.marked_share == Approx(2.0 / 3));
  CHECK(plausibility.mean_log10_probability == Approx(-8.0457574906 / 3));
}

}  // namespace
}  // namespace vanban::diacritics
