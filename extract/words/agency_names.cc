#include "extract/words/agency_names.h"

#include <algorithm>
#include <array>
#include <span>
#include <vector>

#include "diacritics/text/text.h"

namespace vanban::extract {
namespace {

// First words of bodies' names, folded; one that ends with a space is a word of its own.
constexpr std::string_view kHeads[] = {
    "uy ban",     "ubnd",        "hoi dong",  "hdnd",       "so ",        "bo ",
    "cuc ",       "chi cuc",     "tong cuc",  "vu ",        "ban ",       "van phong",
    "phong ",     "trung tam",   "truong ",   "dai hoc",    "hoc vien",   "vien ",
    "benh vien",  "cong ty",     "tong cong", "tap doan",   "chinh phu",  "thu tuong",
    "quoc hoi",   "chu tich",    "toa an",    "dang bo",    "dang uy",    "tinh uy",
    "thanh uy",   "huyen uy",    "quan uy",   "lien doan",  "hoi ",       "doan ",
    "thanh tra",  "kho bac",     "bao hiem",  "cong an",    "ngan hang",  "to cong tac",
    "tong lien",  "mat tran",    "cong doan", "nha xuat",   "thue ",      "hai quan",
    "tram ",      "quy ",        "bqp",       "kiem toan",  "lien hiep",  "thi uy",
    "xa uy",      "phuong uy",   "tinh doan", "thanh doan", "huyen doan", "quan doan",
    "xa doan",    "thi doan",    "chi bo",    "chi doan",   "chi hoi",    "chi nhanh",
    "vksnd",      "tand",        "bch ",      "bcd ",       "bql",        "bhxh",
    "kbnn",       "nhnn",        "ubmttq",    "mttq",       "ldld",       "thuong truc ",
    "trung uong", "dang doan",   "quan khu",  "su doan",    "lu doan",    "trung doan",
    "hop tac xa", "htx ",        "bao ",      "tap chi",    "dai ",       "thu vien",
    "nha ",       "vuon ",       "hiep hoi",  "lien minh",  "cau lac bo", "xi nghiep",
    "lam truong", "nong truong", "buu dien",  "dien luc",   "hat ",       "to ",
    "phan hieu",  "phan vien",   "nhac vien", "cang ",      "doi ",       "don ",
    "bo tu lenh", "ttyt",        "bvdk",      "dhqg",       "ngan khoa"};

// First words of lines that go on with a name: units, and what binds.
constexpr std::string_view kGoOn[] = {
    "tinh ",      "thanh pho ", "tp ",      "tp.",        "huyen ",   "quan ", "thi xa ",
    "thi tran ",  "xa ",        "phuong ",  "dac khu ",   "khu ",     "va ",   "viet nam",
    "mien ",      "cua ",       "thuoc ",   "cap ",       "tai ",     "- ",    "nuoc ",
    "trung uong", "toan quoc",  "quoc gia", "tw ",        "so 1",     "so 2",  "so 3",
    "so 4",       "so 5",       "co so ",   "lien nganh", "nhan dan "};

// Names that want another line, as they stand; none of these is above another body.
constexpr std::string_view kWanting[] = {"uy ban",
                                         "uy ban nhan dan",
                                         "ubnd",
                                         "hoi dong",
                                         "hoi dong nhan dan",
                                         "ban chap hanh",
                                         "bch",
                                         "ban chi dao",
                                         "ban chi huy",
                                         "ban thuong truc",
                                         "ban thuong vu",
                                         "thuong truc",
                                         "ban quan ly",
                                         "ban quan ly du an",
                                         "van phong",
                                         "trung tam",
                                         "truong",
                                         "truong dai hoc",
                                         "truong cao dang",
                                         "cong ty",
                                         "cong ty co phan",
                                         "cong ty tnhh",
                                         "tong cong ty",
                                         "hoi",
                                         "doan",
                                         "vien",
                                         "phong",
                                         "chi cuc",
                                         "cuc",
                                         "so",
                                         "bo",
                                         "ban",
                                         "thanh tra",
                                         "doan kiem tra",
                                         "to cong tac",
                                         "tieu ban",
                                         "chi bo",
                                         "dang uy",
                                         "dang bo",
                                         "thuong truc hoi dong"};

// Heads of names that mostly take one line and stand above other bodies.
constexpr std::string_view kUpper[] = {"ubnd ",    "uy ban nhan dan ", "so ",       "bo ",
                                       "tinh uy ", "thanh uy ",        "huyen uy ", "quan uy ",
                                       "dang bo ", "dang uy ",         "quan khu ", "phong ",
                                       "cuc ",     "tong cuc ",        "cong an "};

// Units that bodies are named after; one that ends a line waits for its name.
constexpr std::string_view kUnits[] = {"tinh", "thanh pho", "tp",     "huyen",    "quan",
                                       "xa",   "phuong",    "thi xa", "thi tran", "dac khu"};

// Ends of lines after which the name goes on.
constexpr std::string_view kBinding[] = {" va", " cua", ",", "-", "–", " truc thuoc", " nghiep vu"};

bool begins_with_any(std::string_view text, std::span<const std::string_view> heads) {
  return std::any_of(heads.begin(), heads.end(),
                     [&](std::string_view head) { return text.starts_with(head); });
}

// From its first letter on. A rule below it may have been read as a dash between its words:
// "BỘ-Y TẾ".
std::string from_first_letter(std::string_view folded) {
  const std::size_t start = folded.find_first_of("abcdefghijklmnopqrstuvwxyz");
  if (start == std::string_view::npos) return {};
  std::string line(folded.substr(start));
  std::replace(line.begin(), line.end(), '-', ' ');
  return line;
}

bool ends_with_any(std::string_view text, std::span<const std::string_view> ends) {
  return std::any_of(ends.begin(), ends.end(),
                     [&](std::string_view end) { return text.ends_with(end); });
}

// Whether a line ends with a unit's word, whose name is to follow: "UBND TỈNH".
bool waits_for_name(std::string_view folded) {
  return std::any_of(std::begin(kUnits), std::end(kUnits), [&](std::string_view unit) {
    return folded.size() > unit.size() && folded.ends_with(unit) &&
           folded[folded.size() - unit.size() - 1] == ' ';
  });
}

}  // namespace

bool begins_agency(std::string_view folded) {
  return begins_with_any(from_first_letter(folded), kHeads);
}

bool is_whole_agency(std::string_view folded) {
  return !waits_for_name(folded) && !ends_with_any(folded, kBinding) &&
         begins_with_any(folded, kUpper) &&
         std::find(std::begin(kWanting), std::end(kWanting), folded) == std::end(kWanting);
}

NameJoint joint_of(std::string_view folded_above, std::string_view folded_line) {
  const bool wanting =
      std::find(std::begin(kWanting), std::end(kWanting), folded_above) != std::end(kWanting);
  if (wanting || ends_with_any(folded_above, kBinding)) return NameJoint::GoesOn;
  const std::string line = std::string(folded_line) + ' ';
  // "PHÒNG THỦ DÂN SỰ", "NHÀ NƯỚC" begin like bodies and are none.
  constexpr std::string_view kNoBodies[] = {"phong chong", "phong, chong", "phong thu", "nha nuoc"};
  if (begins_with_any(line, kNoBodies)) return NameJoint::GoesOn;
  // Branches of a bank, a company or a land registry bear its name.
  constexpr std::string_view kBranched[] = {"ngan hang", "cong ty", "tong cong ty", "quy ",
                                            "van phong dang ky"};
  if (line.starts_with("chi nhanh") && begins_with_any(folded_above, kBranched))
    return NameJoint::GoesOn;
  if (begins_agency(line)) return NameJoint::Begins;
  const bool goes_on = begins_with_any(line, kGoOn) || waits_for_name(folded_above);
  return goes_on ? NameJoint::GoesOn : NameJoint::Unknown;
}

std::string agency_initials(std::string_view agency) {
  constexpr std::array<std::string_view, 4> kWhole{"UBND", "HĐND", "MTTQ", "UBMTTQ"};
  std::string out;
  for (const std::string& word : diacritics::split_words(agency)) {
    const std::string bare = diacritics::to_upper(diacritics::trim_punctuation(word));
    if (bare.empty() || bare == "VÀ" || bare == "CỦA") continue;
    if (std::find(kWhole.begin(), kWhole.end(), bare) != kWhole.end()) {
      out += bare;
      continue;
    }
    // Đ keeps its stroke, all other letters lose their marks.
    const char32_t first = diacritics::to_code_points(bare).front();
    out += diacritics::to_utf8(
        std::u32string(1, first == U'Đ' ? first : diacritics::base_letter(first)));
  }
  return out;
}

}  // namespace vanban::extract
