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

// What is printed on a stamp of urgency or secrecy ("HỎA TỐC", "MẬT") that a line of capitals
// shows, of which one letter may be misread; empty where it is none. `text` is NFC.
std::string_view stamp_words_like(std::string_view text);

}  // namespace vanban::extract
