#include "pipeline/batch/inputs.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <map>
#include <string_view>
#include <system_error>

#include "ocr/open/open_source.h"

namespace vanban::pipeline {
namespace {

namespace fs = std::filesystem;

bool is_called_a_scan(const fs::path& path) {
  std::string extension = path.extension().string();
  for (char& c : extension) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  constexpr std::array<std::string_view, 6> kScans{".pdf", ".tif", ".tiff",
                                                   ".png", ".jpg", ".jpeg"};
  return std::find(kScans.begin(), kScans.end(), extension) != kScans.end();
}

bool begins_like_a_scan(const fs::path& path) {
  std::array<char, ocr::kScanHeadBytes> head{};
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (file < 0) return false;
  const ssize_t size = ::read(file, head.data(), head.size());
  ::close(file);
  return ocr::scan_kind({head.data(), size > 0 ? static_cast<std::size_t>(size) : 0}).has_value();
}

std::int64_t nanoseconds(const timespec& time) {
  return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

void search(const fs::path& folder, const std::string& below, InputFolder& out) {
  std::error_code error;
  fs::directory_iterator entries(folder, error), end;
  if (error) {
    if (below.empty()) throw fs::filesystem_error("cannot read the folder", folder, error);
    return;
  }
  for (; entries != end && !error; entries.increment(error)) {
    const fs::path& path = entries->path();
    const std::string name = path.filename().string();
    if (name.starts_with(".")) continue;
    struct stat status {};
    if (::lstat(path.c_str(), &status) != 0) continue;
    if (S_ISLNK(status.st_mode)) {
      ++out.links;
    } else if (S_ISDIR(status.st_mode)) {
      search(path, below + name + '/', out);
    } else if (S_ISREG(status.st_mode)) {
      if (is_called_a_scan(path) || begins_like_a_scan(path))
        out.files.push_back({below + name, static_cast<std::uint64_t>(status.st_size),
                             nanoseconds(status.st_mtim)});
      else
        ++out.others;
    }
  }
}

std::string without_extension(const std::string& path) {
  const std::string extension = fs::path(path).extension().string();
  return path.substr(0, path.size() - extension.size());
}

}  // namespace

InputFolder find_inputs(const fs::path& folder) {
  InputFolder out;
  search(folder, "", out);
  std::sort(out.files.begin(), out.files.end(),
            [](const InputFile& a, const InputFile& b) { return a.path < b.path; });
  return out;
}

std::vector<std::string> output_stems(const std::vector<std::string>& paths,
                                      const std::set<std::string>& taken) {
  std::map<std::string, int> users;
  for (const std::string& path : paths) ++users[without_extension(path)];
  std::set<std::string> used = taken;
  std::vector<std::string> out;
  for (const std::string& path : paths) {
    std::string stem = without_extension(path);
    if (users[stem] > 1 || used.contains(stem)) stem = path;
    // A file may be called what another with its extension is.
    for (int copy = 2; used.contains(stem); ++copy) stem = path + '~' + std::to_string(copy);
    used.insert(stem);
    out.push_back(stem);
  }
  return out;
}

fs::path ledger_file(const fs::path& outputs) { return outputs / "ledger.sqlite"; }

fs::path record_file(const fs::path& outputs, const std::string& stem) {
  return outputs / "records" / (stem + ".json");
}

bool folders_overlap(const fs::path& a, const fs::path& b) {
  const auto real = [](const fs::path& path) {
    std::string out = fs::weakly_canonical(fs::absolute(path)).string();
    return out.ends_with('/') ? out : out + '/';
  };
  const std::string x = real(a), y = real(b);
  return x.starts_with(y) || y.starts_with(x);
}

}  // namespace vanban::pipeline
