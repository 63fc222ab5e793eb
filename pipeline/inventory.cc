#include "pipeline/inventory.h"

#include <fmt/core.h>
#include <link.h>
#include <seccomp.h>
#include <spdlog/version.h>
#include <sqlite3.h>
#include <xlsxwriter.h>
#include <zip.h>
#include <pugixml.hpp>

#include <algorithm>
#include <fstream>
#include <set>
#include <string_view>
#include <thread>

#include "diacritics/text/icu_version.h"
#include "diacritics/text/syllables.h"
#include "ocr/document/error.h"
#include "ocr/libraries.h"
#include "ocr/recognize/recognize.h"
#include "ocr/strips/models.h"
#include "pipeline/model_file.h"

namespace vanban::pipeline {
namespace {

namespace fs = std::filesystem;

// A model by name, and how to get at its hash, which throws Error where it cannot be used.
template <typename Hash>
Model model_of(const std::string& name, const Hash& hash) {
  try {
    return {name, hash(), ""};
  } catch (const Error& error) {
    return {name, "", error.what()};
  }
}

int note_file(dl_phdr_info* info, std::size_t, void* names) {
  // The program itself and what the kernel puts in have no file of their own.
  std::error_code error;
  const fs::path file = fs::canonical(info->dlpi_name, error);
  if (!error) static_cast<std::set<std::string>*>(names)->insert(file.filename().string());
  return 0;
}

// A line of /proc/meminfo, "MemTotal:  8000 kB", in bytes.
std::optional<std::uint64_t> memory_of(std::string_view name) {
  std::ifstream in("/proc/meminfo");
  std::string key, unit;
  std::uint64_t kilobytes = 0;
  while (in >> key >> kilobytes) {
    if (key == std::string(name) + ':') return kilobytes << 10;
    std::getline(in, unit);
  }
  return std::nullopt;
}

}  // namespace

std::vector<Library> named_libraries() {
  std::vector<Library> out;
  for (const ocr::LibraryVersion& one : ocr::libraries()) out.push_back({one.name, one.version});
  const scmp_version* seccomp = ::seccomp_version();
  out.insert(
      out.end(),
      {{"icu", diacritics::icu_version()},
       {"sqlite", sqlite3_libversion()},
       {"libzip", zip_libzip_version()},
       {"libxlsxwriter", lxw_version()},
       {"libseccomp", fmt::format("{}.{}.{}", seccomp->major, seccomp->minor, seccomp->micro)},
       {"pugixml", fmt::format("{}.{}", PUGIXML_VERSION / 1000, PUGIXML_VERSION % 1000 / 10)},
       {"spdlog", fmt::format("{}.{}.{}", SPDLOG_VER_MAJOR, SPDLOG_VER_MINOR, SPDLOG_VER_PATCH)},
       {"fmt",
        fmt::format("{}.{}.{}", FMT_VERSION / 10000, FMT_VERSION / 100 % 100, FMT_VERSION % 100)}});
  std::sort(out.begin(), out.end(),
            [](const Library& a, const Library& b) { return a.name < b.name; });
  return out;
}

std::vector<std::string> linked_files() {
  std::set<std::string> names;
  ::dl_iterate_phdr(note_file, &names);
  return {names.begin(), names.end()};
}

std::vector<Model> models(const std::string& model, const std::string& tessdata_dir) {
  const auto tesseract = [&](const char* language) {
    return [&tessdata_dir, language] {
      return ocr::make_tesseract({language, tessdata_dir})->info().model_sha256;
    };
  };
  return {model_of("language model",
                   [&] { return open_restorer(find_model(model)).model().content_hash(); }),
          model_of("tesseract vie", tesseract("vie")),
          model_of("tesseract script/Vietnamese", tesseract("Vietnamese")),
          model_of("tesseract osd", tesseract("osd")),
          {"digit reader", std::string(ocr::digits_model_sha256()), ""},
          {"signature reader", std::string(ocr::names_model_sha256()), ""},
          {"syllables", std::string(diacritics::SyllableTable::built_in_sha256()), ""}};
}

int count_fonts() {
  constexpr std::string_view kEndings[]{".ttf", ".otf", ".ttc", ".pfb", ".t1"};
  int count = 0;
  for (const char* folder : {"/usr/share/fonts", "/usr/local/share/fonts"}) {
    std::error_code error;
    for (auto entry = fs::recursive_directory_iterator(
             folder, fs::directory_options::skip_permission_denied, error);
         !error && entry != fs::recursive_directory_iterator(); entry.increment(error))
      count += std::find(std::begin(kEndings), std::end(kEndings),
                         entry->path().extension().string()) != std::end(kEndings);
  }
  return count;
}

Machine machine() {
  return {static_cast<int>(std::thread::hardware_concurrency()), memory_of("MemTotal"),
          memory_of("MemAvailable")};
}

std::optional<std::uint64_t> free_bytes(const fs::path& folder) {
  std::error_code error;
  fs::path there = fs::absolute(folder, error);
  while (!error && !fs::exists(there) && there.has_relative_path()) there = there.parent_path();
  const fs::space_info space = fs::space(there, error);
  return error ? std::nullopt : std::optional<std::uint64_t>(space.available);
}

}  // namespace vanban::pipeline
