// The words of stamps of urgency and secrecy, as Decree 30/2020/NĐ-CP and the law on the protection
// of state secrets have them.
#pragma once

#include <string_view>

namespace vanban::extract {

// Lines are NFC text. "folded": lower case, without marks.

// "Hỏa tốc", "Thượng khẩn", "Khẩn" where a line is such a stamp, alone or beside a mark of secrecy,
// else empty.
std::string_view urgency_of(std::string_view folded);

// "Tuyệt mật", "Tối mật", "Mật" where a line is such a mark and nothing else: in capitals, alone
// ("MẬT", "T Ố I  M Ậ T", "| MẬT |") or beside a stamp of urgency ("MẬT - HỎA TỐC"); as a form asks
// for it, in any letters ("Độ mật: Tối mật"). Else empty.
std::string_view secrecy_of(std::string_view line);

// The same where papers are named with it: "TÀI LIỆU MẬT", "VĂN BẢN TỐI MẬT". A line of a title
// may end so as well.
std::string_view secrecy_of_papers(std::string_view line);

// A stamp of urgency or secrecy that a line of capitals shows.
struct StampLike {
  std::string_view printed;  // "HỎA TỐC", "MẬT"; empty where it is none
  bool exact = false;        // every letter of it was read
  bool begins = false;       // the line is the first word of a longer one: "THƯỢNG"
};

// In long ones some letters may be misread, more than half of them never. `text` is NFC.
StampLike stamp_words_like(std::string_view text);

}  // namespace vanban::extract
