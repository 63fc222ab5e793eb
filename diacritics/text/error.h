#pragma once

#include <stdexcept>

namespace vanban::diacritics {

// A dictionary or model is damaged; nothing can be judged with it.
class DataError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace vanban::diacritics
