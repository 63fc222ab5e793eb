#include "pipeline/sandbox/environment.h"

#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace vanban::pipeline {
namespace {

// A name that ends with an underscore stands for all that begin with it.
constexpr std::array<std::string_view, 17> kKept{"LANG",
                                                 "LANGUAGE",
                                                 "LC_",
                                                 "TZ",
                                                 "VANBAN_MODEL",
                                                 "TESSDATA_PREFIX",
                                                 "HOME",
                                                 "XDG_DATA_HOME",
                                                 "FONTCONFIG_FILE",
                                                 "FONTCONFIG_PATH",
                                                 "LD_LIBRARY_PATH",
                                                 "OMP_",
                                                 "ASAN_OPTIONS",
                                                 "UBSAN_OPTIONS",
                                                 "LSAN_OPTIONS",
                                                 "GCOV_",
                                                 "OPENCV_"};

bool is_kept(std::string_view entry) {
  const std::string_view name = entry.substr(0, entry.find('='));
  return std::any_of(kKept.begin(), kKept.end(), [&](std::string_view kept) {
    return kept.back() == '_' ? name.starts_with(kept) : name == kept;
  });
}

}  // namespace

std::vector<std::string> kept_environment() {
  std::vector<std::string> out;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry)
    if (is_kept(*entry)) out.emplace_back(*entry);
  return out;
}

void clear_environment() {
  const std::vector<std::string> kept = kept_environment();
  ::clearenv();
  for (const std::string& entry : kept) {
    const std::size_t at = entry.find('=');
    if (at != std::string::npos) ::setenv(entry.substr(0, at).c_str(), entry.c_str() + at + 1, 1);
  }
}

}  // namespace vanban::pipeline
