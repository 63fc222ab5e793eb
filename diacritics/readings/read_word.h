// A word as it was read, before anything is restored.
#pragma once

#include <string>
#include <vector>

namespace vanban::diacritics {

struct Alternative {
  std::string text;
  double probability = 0;  // [0, 1]
  bool operator==(const Alternative&) const = default;
};

struct ReadWord {
  std::string text;  // NFC, without white space
  bool begins_line = false;
  // For Damage::Doubtful alone:
  double confidence = 1;                    // the engine's, that the text is right, [0, 1]
  std::vector<Alternative> alternatives{};  // the engine's, likeliest first
  // What an engine that garbles read in the same place; empty when there was none.
  std::string witness{};
};

}  // namespace vanban::diacritics
