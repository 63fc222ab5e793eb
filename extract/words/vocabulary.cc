#include "extract/words/vocabulary.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <vector>

#include "diacritics/text/syllables.h"
#include "diacritics/text/text.h"
#include "extract/words/agency_names.h"

namespace vanban::extract {
namespace {

// Decree 30/2020, Article 7 and Appendix III; below the line: outside the decree but in use.
constexpr std::array kTypes{
    DocumentType{"Nghị quyết", "NQ"},
    DocumentType{"Quyết định", "QĐ"},
    DocumentType{"Chỉ thị", "CT"},
    DocumentType{"Quy chế", "QC"},
    DocumentType{"Quy định", "QyĐ"},
    DocumentType{"Thông cáo", "TC"},
    DocumentType{"Thông báo", "TB"},
    DocumentType{"Hướng dẫn", "HD"},
    DocumentType{"Chương trình", "CTr"},
    DocumentType{"Kế hoạch", "KH"},
    DocumentType{"Phương án", "PA"},
    DocumentType{"Đề án", "ĐA"},
    DocumentType{"Dự án", "DA"},
    DocumentType{"Báo cáo", "BC"},
    DocumentType{"Biên bản", "BB"},
    DocumentType{"Tờ trình", "TTr"},
    DocumentType{"Hợp đồng", "HĐ"},
    DocumentType{"Công điện", "CĐ"},
    DocumentType{"Bản ghi nhớ", "BGN"},
    DocumentType{"Bản thỏa thuận", "BTT"},
    DocumentType{"Giấy ủy quyền", "GUQ"},
    DocumentType{"Giấy mời", "GM"},
    DocumentType{"Giấy giới thiệu", "GGT"},
    DocumentType{"Giấy nghỉ phép", "GNP"},
    DocumentType{"Phiếu gửi", "PG"},
    DocumentType{"Phiếu chuyển", "PC"},
    DocumentType{"Phiếu báo", "PB"},
    DocumentType{"Thư công", ""},
    DocumentType{"Thư mời", "TM"},
    DocumentType{"Nghị định", "NĐ"},
    DocumentType{"Thông tư", "TT"},
    DocumentType{"Kết luận", "KL"},
    DocumentType{"Thông tri", "TTr"},
    DocumentType{"Luật", ""},
    DocumentType{"Pháp lệnh", ""},
    DocumentType{"Lệnh", "L"},
    DocumentType{"Điều lệ", "ĐL"},
    DocumentType{"Thể lệ", ""},
    DocumentType{"Nội quy", ""},
    DocumentType{"Quy trình", ""},
    DocumentType{"Quy ước", ""},
    DocumentType{"Hương ước", ""},
    DocumentType{"Quy chế phối hợp", ""},
    DocumentType{"Chương trình phối hợp", ""},
    DocumentType{"Chương trình hành động", ""},
    DocumentType{"Chương trình công tác", ""},
    DocumentType{"Kế hoạch phối hợp", ""},
    DocumentType{"Kế hoạch liên tịch", "KHLT"},
    DocumentType{"Nghị quyết liên tịch", "NQLT"},
    DocumentType{"Thông tư liên tịch", "TTLT"},
    DocumentType{"Hướng dẫn liên ngành", "HDLN"},
    DocumentType{"Kết luận thanh tra", "KLTTr"},
    DocumentType{"Kết luận kiểm tra", ""},
    DocumentType{"Giấy phép", "GP"},
    DocumentType{"Giấy chứng nhận", "GCN"},
    DocumentType{"Giấy xác nhận", "GXN"},
    DocumentType{"Giấy triệu tập", ""},
    DocumentType{"Giấy đi đường", ""},
    DocumentType{"Giấy báo", ""},
    DocumentType{"Giấy khen", ""},
    DocumentType{"Bằng khen", ""},
    DocumentType{"Bản đăng ký", ""},
    DocumentType{"Bản cam kết", ""},
    DocumentType{"Bản án", ""},
    DocumentType{"Cáo trạng", ""},
    DocumentType{"Phiếu trình", "PTr"},
    DocumentType{"Phiếu đề nghị", ""},
    DocumentType{"Phiếu lấy ý kiến", ""},
    DocumentType{"Lịch công tác", ""},
    DocumentType{"Lịch làm việc", ""},
    DocumentType{"Danh sách", ""},
    DocumentType{"Đề cương", ""},
    DocumentType{"Thuyết minh", ""},
    DocumentType{"Thư ngỏ", ""},
    DocumentType{"Lời kêu gọi", ""},
};

// Titles that stand over a signature.
constexpr std::array kTitles{
    "chủ tịch",
    "phó chủ tịch",
    "giám đốc",
    "phó giám đốc",
    "quyền giám đốc",
    "tổng giám đốc",
    "phó tổng giám đốc",
    "chánh văn phòng",
    "phó chánh văn phòng",
    "bộ trưởng",
    "thứ trưởng",
    "thủ tướng",
    "phó thủ tướng",
    "hiệu trưởng",
    "phó hiệu trưởng",
    "trưởng phòng",
    "phó trưởng phòng",
    "cục trưởng",
    "phó cục trưởng",
    "chi cục trưởng",
    "phó chi cục trưởng",
    "tổng cục trưởng",
    "phó tổng cục trưởng",
    "vụ trưởng",
    "phó vụ trưởng",
    "trưởng ban",
    "phó trưởng ban",
    "viện trưởng",
    "phó viện trưởng",
    "bí thư",
    "phó bí thư",
    "tổng bí thư",
    "chánh thanh tra",
    "phó chánh thanh tra",
    "thống đốc",
    "phó thống đốc",
    "chủ nhiệm",
    "phó chủ nhiệm",
    "chánh án",
    "phó chánh án",
    "trưởng đoàn",
    "tổ trưởng",
    "thư ký",
    "tổng thư ký",
    "ủy viên",
    "thẩm phán",
    "chỉ huy trưởng",
    "tham mưu trưởng",
    "kế toán trưởng",
    "đội trưởng",
    "trạm trưởng",
    "phó trạm trưởng",
    "thường trực",
    "chính ủy",
    "phó chính ủy",
    "chính trị viên",
    "phó chính trị viên",
    "tư lệnh",
    "phó tư lệnh",
    "phó chỉ huy trưởng",
    "phó tham mưu trưởng",
    "trưởng công an",
    "phó trưởng công an",
    "trưởng khoa",
    "phó trưởng khoa",
    "trưởng bộ môn",
    "trưởng thuế",
    "phó trưởng thuế",
    "trưởng trạm",
    "phó trưởng trạm",
    "trưởng thôn",
    "trưởng tiểu ban",
    "phó trưởng đoàn",
    "phó tổ trưởng",
    "tổ phó",
    "đội phó",
    "phó đội trưởng",
    "hạt trưởng",
    "phó hạt trưởng",
    "tổng biên tập",
    "phó tổng biên tập",
    "tổng thanh tra",
    "phó tổng thanh tra",
    "tổng kiểm toán",
    "phó tổng kiểm toán",
    "kiểm toán trưởng",
    "phó thủ trưởng",
    "thủ trưởng",
    "phó tổng thư ký",
    "chủ tọa",
    "chủ trì",
    "chấp hành viên",
    "kiểm sát viên",
    "hiệu phó",
    "p. hiệu trưởng",
    "p. giám đốc",
    "p. chủ tịch",
    "p. trưởng phòng",
};

constexpr std::array kSurnames{
    "Nguyễn", "Trần", "Lê",     "Phạm",  "Hoàng", "Huỳnh", "Phan",  "Vũ",    "Võ",     "Đặng",
    "Bùi",    "Đỗ",   "Hồ",     "Ngô",   "Dương", "Lý",    "Đinh",  "Đoàn",  "Lâm",    "Trịnh",
    "Mai",    "Đào",  "Trương", "Phùng", "Tô",    "Vương", "Hà",    "Cao",   "Tạ",     "Thái",
    "Lương",  "Châu", "La",     "Tống",  "Quách", "Kiều",  "Triệu", "Chu",   "Nghiêm", "Thân",
    "Tăng",   "Lưu",  "Doãn",   "Khuất", "Tôn",   "Từ",    "Hứa",   "Nông",  "Lò",     "Vi",
    "Quàng",  "Cầm",  "Giàng",  "Sùng",  "Vàng",  "Thào",  "Bế",    "Hoàn",  "Âu",     "Ông",
    "Văn",    "Viên", "Phí",    "Đàm",   "Đồng",  "Bạch",  "Lại",   "Thạch", "Danh",   "Kim",
    "Sơn",    "Tiêu", "Ninh",   "Mạc",   "Ma",    "Hầu",   "Bàn",   "Giáp",  "Cù",     "Nhữ"};

constexpr std::array<std::string_view, 5> kAuthorities{"TUQ", "TM", "KT", "TL", "Q"};

// Letters and single spaces only.
std::string letters_of(std::string_view folded) {
  std::string out;
  for (const char c : folded) {
    if (c >= 'a' && c <= 'z')
      out += c;
    else if (!out.empty() && out.back() != ' ')
      out += ' ';
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

// Names shorter than this, in letters, become others by one misread letter.
constexpr std::size_t kLongEnough = 7;

bool all_syllables(std::string_view letters) {
  const std::vector<std::string> words = diacritics::split_words(letters);
  return std::all_of(words.begin(), words.end(), [](const std::string& word) {
    return diacritics::SyllableTable::built_in().contains_folded(word);
  });
}

const std::vector<std::string>& folded_titles() {
  static const auto titles = [] {
    std::vector<std::string> out;
    for (const char* title : kTitles) out.push_back(letters_of(diacritics::fold(title)));
    return out;
  }();
  return titles;
}

}  // namespace

int edit_distance(std::string_view a, std::string_view b, int limit) {
  const int m = static_cast<int>(a.size()), n = static_cast<int>(b.size());
  if (std::abs(m - n) > limit) return limit + 1;
  std::vector<int> row(static_cast<std::size_t>(n) + 1);
  for (int j = 0; j <= n; ++j) row[static_cast<std::size_t>(j)] = j;
  for (int i = 1; i <= m; ++i) {
    int diagonal = row[0];
    row[0] = i;
    for (int j = 1; j <= n; ++j) {
      int& cell = row[static_cast<std::size_t>(j)];
      const int left = row[static_cast<std::size_t>(j - 1)];
      const int replaced =
          diagonal +
          (a[static_cast<std::size_t>(i - 1)] == b[static_cast<std::size_t>(j - 1)] ? 0 : 1);
      diagonal = cell;
      cell = std::min({cell + 1, left + 1, replaced});
    }
  }
  return std::min(row[static_cast<std::size_t>(n)], limit + 1);
}

std::optional<DocumentType> type_named(std::string_view line) {
  const std::string letters = letters_of(diacritics::fold(line));
  const DocumentType* near = nullptr;
  int near_count = 0;
  for (const DocumentType& type : kTypes) {
    const std::string name = diacritics::fold(type.name);
    if (letters == name) return type;
    if (name.size() < kLongEnough || edit_distance(letters, name, 1) > 1) continue;
    near = &type;
    ++near_count;
  }
  // A misread letter makes a word that is none; "HỘI ĐỒNG" is not Hợp đồng misread.
  return near_count == 1 && !all_syllables(letters) ? std::optional(*near) : std::nullopt;
}

std::size_t words_of_type(std::span<const std::string> words) {
  constexpr std::size_t kMost = 4;  // words of a type's name
  std::string opening;
  std::size_t count = 0;
  for (std::size_t i = 0;
       i < std::min(kMost, words.size() - std::min<std::size_t>(words.size(), 1)); ++i) {
    opening += (i > 0 ? " " : "") + words[i];
    if (!diacritics::is_upper(opening)) break;
    const std::string folded = diacritics::fold(opening);
    if (std::any_of(kTypes.begin(), kTypes.end(), [&](const DocumentType& type) {
          return diacritics::fold(type.name) == folded;
        }))
      count = i + 1;
  }
  return count;
}

std::vector<std::string_view> cited_types() {
  std::vector<std::string_view> out{"Công văn", "Văn bản", "Bộ luật", "Thông tư liên tịch",
                                    "Nghị quyết liên tịch"};
  for (const DocumentType& type : kTypes) out.push_back(type.name);
  return out;
}

std::optional<DocumentType> type_of_symbol(std::string_view symbol) {
  const std::size_t start = std::min(symbol.find_first_not_of("0123456789/"), symbol.size());
  const std::string_view group = symbol.substr(start, symbol.find_first_of("-/.", start) - start);
  for (const DocumentType& type : kTypes)
    if (!group.empty() && type.abbreviation == group) return type;
  return std::nullopt;
}

bool is_code(std::string_view word) {
  const bool joined =
      word.find('-') != std::string_view::npos || word.find('/') != std::string_view::npos;
  const auto letters = diacritics::count_letters(word);
  // "b/c", "t/h", "V/v" are abbreviations of every day.
  if (word.size() == 3 && word[1] == '/') return letters.all == 2;
  return joined && letters.all >= 3 && letters.upper * 3 >= letters.all * 2;
}

bool names_country_or_party(std::string_view folded) {
  constexpr std::array<std::string_view, 4> kParts{"cong hoa", "xa hoi chu", "chu nghia viet",
                                                   "dang cong san"};
  return std::any_of(kParts.begin(), kParts.end(), [&](std::string_view part) {
    return folded.find(part) != std::string_view::npos;
  });
}

bool begins_subject_of_letter(std::string_view folded) {
  constexpr std::size_t kStrokes = 4;  // that may stand before it
  return folded.find("v/v") < kStrokes;
}

bool goes_on_in_capitals(std::string_view line) {
  constexpr std::string_view kNumerals = "IVX";
  const std::string_view word = line.substr(0, line.find(' '));
  const std::string_view bare = diacritics::trim_punctuation(word);
  if (bare.empty()) return false;
  return diacritics::has_digit(word) || is_code(word) ||
         bare.find_first_not_of(kNumerals) == std::string_view::npos;
}

bool is_signing_line(std::string_view line) {
  return diacritics::is_upper(line) &&
         (is_title(diacritics::fold(line)) || !authority_of(line).empty());
}

bool is_recipients_heading(std::string_view folded) {
  constexpr std::size_t kLongest = 24;
  if (folded.size() >= kLongest) return false;
  if (folded.find("noi nhan") != folded.npos || folded.starts_with("noi gui")) return true;
  // "Mới nhận:": slanted and under a pen's stroke its first letter is often another.
  const std::size_t second = folded.find("oi nhan:");
  return second != folded.npos && second <= 4;
}

bool begins_salutation(std::string_view folded) {
  constexpr std::size_t kStrokes = 6, kLongest = 14;
  const bool cut_off = folded.size() < kLongest && folded.find("nh gui:") != folded.npos;
  // "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH điện:", as telegrams have it.
  constexpr std::size_t kLongestSender = 90;
  const bool telegram = folded.size() < kLongestSender && folded.ends_with(" dien:") &&
                        (folded.starts_with("chu tich") || folded.starts_with("thu tuong") ||
                         folded.starts_with("bo truong") || begins_agency(folded));
  return telegram || cut_off || folded.substr(0, kStrokes + 8).find("kinh gui") != folded.npos;
}

bool is_title(std::string_view folded) {
  const std::string letters = letters_of(folded);
  std::string_view rest = letters;
  for (const std::string_view prefix : {"tuq ", "tm ", "kt ", "tl ", "q ", "t m ", "k t ", "t l "})
    if (rest.starts_with(prefix)) {
      rest.remove_prefix(prefix.size());
      break;
    }
  return std::any_of(folded_titles().begin(), folded_titles().end(), [&](std::string_view title) {
    if (rest == title) return true;
    // "GIÁM ĐỐC SỞ Y TẾ": a title may name its body; but not run on into a sentence.
    if (rest.starts_with(title) && rest.size() > title.size() && rest[title.size()] == ' ')
      return rest.size() < title.size() + 30;
    return title.size() >= kLongEnough && edit_distance(rest, title, 1) <= 1;
  });
}

std::optional<std::string> title_like(std::string_view text) {
  const std::string letters = letters_of(diacritics::fold(text));
  std::optional<std::string> found;
  for (std::size_t i = 0; i < kTitles.size(); ++i) {
    const std::string& title = folded_titles()[i];
    if (letters == title) return diacritics::to_upper(kTitles[i]);
    if (title.size() < kLongEnough || edit_distance(letters, title, 1) > 1) continue;
    if (found) return std::nullopt;
    found = diacritics::to_upper(kTitles[i]);
  }
  // "PHÓ CHỦ TỊCH THƯỜNG TRÌ": eleven letters, of which two may be wrong.
  constexpr std::string_view kStanding = "thuong truc";
  for (std::size_t i = 0; i < kTitles.size() && !found; ++i)
    if (const std::string& title = folded_titles()[i];
        letters.starts_with(title) && letters.size() > title.size() + 1 &&
        letters[title.size()] == ' ' &&
        edit_distance(std::string_view(letters).substr(title.size() + 1), kStanding, 2) <= 2)
      found = diacritics::to_upper(kTitles[i]) + " THƯỜNG TRỰC";
  return found;
}

bool is_surname(std::string_view word) {
  const std::string bare = diacritics::to_sentence(diacritics::trim_punctuation(word));
  return std::find(kSurnames.begin(), kSurnames.end(), bare) != kSurnames.end();
}

std::span<const char* const> surnames() { return kSurnames; }

std::optional<std::string> surname_like(std::string_view word) {
  if (is_surname(word)) return std::nullopt;
  const std::string_view bare = diacritics::trim_punctuation(word);
  const std::string key = diacritics::fold(bare);
  std::optional<std::string> only;
  for (const char* surname : kSurnames) {
    if (diacritics::fold(surname) != key) continue;
    if (only) return std::nullopt;
    only = surname;
  }
  return only;
}

std::string_view authority_of(std::string_view line) {
  const std::size_t start = line.find_first_of("TKQ");
  if (start == std::string_view::npos || start > 4) return {};
  const std::string_view rest = line.substr(start);
  for (const std::string_view authority : kAuthorities) {
    if (rest.starts_with(authority) && rest.size() > authority.size() &&
        (rest[authority.size()] == '.' || rest[authority.size()] == ','))
      return authority;
    // The party writes T/M, K/T, T/L.
    if (authority.size() == 2 && rest.size() > 3 && rest[0] == authority[0] && rest[1] == '/' &&
        rest[2] == authority[1])
      return authority;
  }
  return {};
}

bool is_joint_symbol(std::string_view symbol) {
  const std::size_t start = std::min(symbol.find_first_not_of("0123456789/"), symbol.size());
  const std::string_view group = symbol.substr(start, symbol.find_first_of("-/.", start) - start);
  constexpr std::size_t kFewest = 3;
  return group.size() > kFewest && group.ends_with("LT");
}

std::vector<std::string> symbol_groups(std::string_view symbol) {
  std::vector<std::string> out;
  while (!symbol.empty()) {
    const std::size_t end = std::min(symbol.find_first_of("-/."), symbol.size());
    if (end > 0) out.emplace_back(symbol.substr(0, end));
    symbol.remove_prefix(std::min(end + 1, symbol.size()));
  }
  return out;
}

std::vector<std::string> groups_after_type(std::string_view symbol) {
  std::vector<std::string> out = symbol_groups(symbol);
  if (!out.empty() && type_of_symbol(out.front())) out.erase(out.begin());
  return out;
}

}  // namespace vanban::extract
