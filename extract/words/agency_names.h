// The names of bodies as they stand over a document's number: what begins one, what goes on with
// one.
#pragma once

#include <string>
#include <string_view>

namespace vanban::extract {

// Whether a line, without marks and in lower case, begins like the name of a body.
bool begins_agency(std::string_view folded);

// How a line of capitals goes with the lines of one body's name above it, all folded.
enum class NameJoint {
  Begins,   // a name of its own: "SỞ NỘI VỤ" below "UBND TỈNH SÔNG THƯƠNG"
  GoesOn,   // "XÃ THANH LƯƠNG HẠ" below "ỦY BAN NHÂN DÂN"
  Unknown,  // no word tells: "NGUYỄN TRỰC" below "TRƯỜNG TIỂU HỌC"
};
NameJoint joint_of(std::string_view folded_above, std::string_view folded_line);

// Whether the lines of a name are whole as they stand, so that what follows is another's: "UBND
// TỈNH SÔNG THƯƠNG", "SỞ Y TẾ"; "TRƯỜNG TIỂU HỌC" and "TRUNG TÂM" want more.
bool is_whole_agency(std::string_view folded);

// "UBND tỉnh Sông Thương" -> "UBNDTST"; "và" and "của" do not count.
std::string agency_initials(std::string_view agency);

}  // namespace vanban::extract
