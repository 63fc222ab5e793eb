#include "pipeline/batch/inputs.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <map>
#include <string_view>
#include <system_error>

#include "ocr/digest.h"
#include "ocr/open/open_source.h"
#include "pipeline/record/outputs.h"

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
    out.unreadable.push_back(below.substr(0, below.size() - 1));
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
  if (error) out.unreadable.push_back(below.empty() ? "." : below.substr(0, below.size() - 1));
}

std::string without_extension(const std::string& path) {
  const std::string extension = fs::path(path).extension().string();
  return path.substr(0, path.size() - extension.size());
}

// Bytes that file systems allow for a name, and for all of a path below a folder of results.
constexpr std::size_t kMostNameBytes = 255, kMostPathBytes = 3500;

// Names of results, and of the folders that they stand in. No result may be called as a folder is.
class ResultNames {
 public:
  bool fits(const std::string& stem) const {
    if (stem.size() > kMostPathBytes || used_.contains(stem)) return false;
    for (const std::string& name : names_of(stem))
      if (folders_.contains(name) || fs::path(name).filename().string().size() > kMostNameBytes)
        return false;
    const auto parents = parents_of(stem);
    return std::none_of(parents.begin(), parents.end(),
                        [&](const std::string& parent) { return files_.contains(parent); });
  }
  void take(const std::string& stem) {
    used_.insert(stem);
    for (const std::string& name : names_of(stem)) files_.insert(name);
    for (const std::string& parent : parents_of(stem)) folders_.insert(parent);
  }

 private:
  // As if all stood in one folder: each form has its own, but which is written may change.
  static std::vector<std::string> names_of(const std::string& stem) {
    std::vector<std::string> out{stem + ".json"};
    for (const OutputForm& form : output_forms())
      out.push_back(stem + '.' + std::string(form.ending));
    return out;
  }
  static std::vector<std::string> parents_of(const std::string& stem) {
    std::vector<std::string> out;
    for (std::size_t at = stem.find('/'); at != stem.npos; at = stem.find('/', at + 1))
      out.push_back(stem.substr(0, at));
    return out;
  }

  std::set<std::string> used_, files_, folders_;
};

// The beginning of the file's name and a hash of the path: always short, and never another's.
std::string hashed_stem(const std::string& path) {
  constexpr std::size_t kBeginning = 60, kDigits = 16;
  std::string name = fs::path(path).filename().string().substr(0, kBeginning);
  // Not in the middle of a letter.
  while (!name.empty() && (static_cast<unsigned char>(name.back()) & 0xc0) == 0x80) name.pop_back();
  if (!name.empty() && static_cast<unsigned char>(name.back()) >= 0xc0) name.pop_back();
  return name + '~' + ocr::sha256_hex(path).substr(0, kDigits);
}

}  // namespace

InputFile input_at(const fs::path& folder, const std::string& path) {
  struct stat status {};
  if (::lstat((folder / path).c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return {path};
  return {path, static_cast<std::uint64_t>(status.st_size), nanoseconds(status.st_mtim)};
}

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
  ResultNames names;
  for (const std::string& stem : taken) names.take(stem);
  std::vector<std::string> out;
  for (const std::string& path : paths) {
    std::string stem = without_extension(path);
    if (users[stem] > 1 || !names.fits(stem)) stem = path;
    // A file may be called what another with its extension is.
    if (!names.fits(stem)) stem = path + "~2";
    if (!names.fits(stem)) stem = hashed_stem(path);
    for (int copy = 2; !names.fits(stem); ++copy)
      stem = hashed_stem(path) + '~' + std::to_string(copy);
    names.take(stem);
    out.push_back(stem);
  }
  return out;
}

fs::path ledger_file(const fs::path& outputs) { return outputs / "ledger.sqlite"; }

fs::path record_file(const fs::path& outputs, const std::string& stem) {
  return outputs / "records" / (stem + ".json");
}

std::vector<std::string> files_in(const fs::path& folder) {
  std::vector<std::string> out;
  std::error_code ignored;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, ignored))
    if (entry.symlink_status(ignored).type() == fs::file_type::regular)
      out.push_back(entry.path().filename().string());
  std::sort(out.begin(), out.end());
  return out;
}

fs::path copy_file(const fs::path& outputs, const std::string& stem) {
  return outputs / "pdf" / (stem + ".pdf");
}

std::string path_from(const fs::path& folder, const fs::path& file) {
  const fs::path from = fs::weakly_canonical(fs::absolute(folder));
  return fs::weakly_canonical(fs::absolute(file)).lexically_relative(from).generic_string();
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
