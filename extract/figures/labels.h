// What names a figure right before it, with no verb between: "thạc sĩ: 05; y tá: 12", "Dân số:
// 3.204 người", "lúa 40; ngô 12".
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "extract/sentences.h"

namespace vanban::extract {

// The words before a colon that a figure follows. `number`: its first token, or that of the words
// that compare it; `begin`: how far back the name may reach. Empty where something else stands
// there, or where the words only lead to what follows ("cụ thể:", "như sau:") or name an identifier
// ("Điện thoại:", "Mã số:").
std::optional<TokenRange> label_before(const RunningText& text, std::size_t number,
                                       std::size_t begin);

// The words before a number that nothing follows, where one beside it in the list is built alike:
// one alone may be a name ("Cát Tiên 2") or the mark of a footnote.
std::optional<TokenRange> item_before(const RunningText& text, std::size_t number,
                                      TokenRange paragraph);

// What the two numbers of each pair mean that follow: "số mắc trong tháng/lũy kế từ đầu năm: Tả
// (0/1), sởi (7/29)". Empty where a sentence leads to no such pairs.
struct PairHeads {
  std::string first, second;
};
std::optional<PairHeads> pair_heads(const RunningText& text, TokenRange lead);

// Whether a number is part of a label such as "Tỷ lệ phụ nữ sinh đủ 02 con: 55 %".
bool lies_in_label(const RunningText& text, std::size_t number, TokenRange sentence);

}  // namespace vanban::extract
