// Numbers written in words: "hai mươi lăm", "năm trăm triệu".
#pragma once

#include <optional>
#include <string_view>

namespace vanban::extract {

// The number that a text is, empty where it is not one from its first word to its last. Marks may
// be missing where no other number has the same letters. "đồng", "chẵn" and the like after it are
// passed over.
std::optional<double> number_in_words(std::string_view text);

}  // namespace vanban::extract
