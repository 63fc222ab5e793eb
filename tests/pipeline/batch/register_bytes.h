// A register as one text.
#pragma once

#include <filesystem>
#include <string>

#include "pipeline/batch/register.h"

namespace vanban::tests {

inline std::string register_bytes(pipeline::Ledger& ledger, const std::filesystem::path& file) {
  std::string out;
  pipeline::make_register(ledger, file, [&](std::string_view piece) { out += piece; });
  return out;
}

}  // namespace vanban::tests
