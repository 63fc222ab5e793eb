// Words that administrative documents are made of (Decree 30/2020/NĐ-CP, Appendices I and III, and
// what is in use beside it). Facts only; the rules that use them stand elsewhere.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vanban::extract {

struct DocumentType {
  std::string_view name;          // "Báo cáo"
  std::string_view abbreviation;  // "BC"; empty where the decree gives none
};

// The type whose name a printed line gives, marks aside, and one letter where that makes the line
// no Vietnamese.
std::optional<DocumentType> type_named(std::string_view line);

// How many of a line's first words, in capitals, are the name of a type that the rest of the line
// follows: 2 of "BÁO CÁO Kết quả rà soát"; 0 where none are.
std::size_t words_of_type(std::span<const std::string> words);

// Names of the kinds of documents that texts cite by a code: the types, letters and joint ones.
std::vector<std::string_view> cited_types();

// The type that a symbol begins with, after a year: "BC-UBND" -> Báo cáo.
std::optional<DocumentType> type_of_symbol(std::string_view symbol);

// Whether a word is a code such as QĐ-UBND, 57/KH-TU or b/c.
bool is_code(std::string_view word);

// Whether a line holds a part of the country's name over the motto, or of the party's in its place.
bool names_country_or_party(std::string_view folded);

// Whether a line in capitals is a title over a signature or says for whom is signed.
bool is_signing_line(std::string_view line);

// Whether a line is the heading over the recipients, "Nơi nhận:", and no sentence that has the
// words.
bool is_recipients_heading(std::string_view folded);

// Whether a line begins with "Kính gửi", whatever stroke stands before it; alone also where a stamp
// has taken its first letters.
bool begins_salutation(std::string_view folded);

// Whether a line begins with "V/v" (về việc, about), as the subject of a letter does.
bool begins_subject_of_letter(std::string_view folded);

// Whether a line of capitals alone can be the rest of a sentence: a code, a year, a numeral, as
// "45/2020/NĐ-CP", "III/2025", "II". No stamp is made so.
bool goes_on_in_capitals(std::string_view line);

// Whether a line is a signatory's title, alone or after KT. and the like, one misread letter aside.
bool is_title(std::string_view folded);

// The title in capitals, marks included, that differs from the text in at most one letter; empty
// where none or several do. THƯỜNG TRỰC behind one may have two misread letters.
std::optional<std::string> title_like(std::string_view text);

// Whether a word is one of the family names that nearly all people in the country have.
bool is_surname(std::string_view word);
// All that are known, commonest first.
std::span<const char* const> surnames();

// The one family name that has a word's letters and other marks: "Đố" -> "Đỗ".
std::optional<std::string> surname_like(std::string_view word);

// TM., KT., TL., TUQ., Q. at the start of a line in print form, else empty.
std::string_view authority_of(std::string_view line);

// "BC-UBND" -> BC, UBND.
std::vector<std::string> symbol_groups(std::string_view symbol);
// Those after the type's, where it begins with one: "BC-UBND-TH" -> UBND, TH.
std::vector<std::string> groups_after_type(std::string_view symbol);

// Whether the first group of a symbol is that of a document that several bodies issue together:
// TTLT, NQLT.
bool is_joint_symbol(std::string_view symbol);

// Number of edits (insert, delete, replace a code unit) between two folded strings, at most `limit`
// + 1.
int edit_distance(std::string_view a, std::string_view b, int limit);

}  // namespace vanban::extract
