// A temporary folder for tests that need files.
#pragma once

#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <stdexcept>
#include <string>
#include <system_error>

namespace vanban::tests {

inline std::string read(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + path.string());
  return {std::istreambuf_iterator<char>(in), {}};
}

inline void write(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

// Goes with all that is in it.
class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "vanban_test_XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make a folder");
    path_ = name;
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }
  const std::filesystem::path& path() const { return path_; }

  // Writes a file, with the folders that it stands in.
  std::filesystem::path file(const std::string& name, const std::string& bytes = "") const {
    std::filesystem::create_directories((path_ / name).parent_path());
    write(path_ / name, bytes);
    return path_ / name;
  }

  // Everything in it, hidden files too, with the content of the files.
  std::map<std::string, std::string> content() const {
    std::map<std::string, std::string> out;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(path_))
      out[entry.path().lexically_relative(path_).string()] =
          entry.is_regular_file() ? read(entry.path()) : "";
    return out;
  }

 private:
  std::filesystem::path path_;
};

}  // namespace vanban::tests
