#include "tools/cli/files.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <iostream>
#include <iterator>
#include <system_error>
#include <utility>

#include "ocr/document/error.h"
#include "pipeline/input_file.h"
#include "pipeline/text_input.h"
#include "tools/cli/errors.h"

namespace vanban::tools {
namespace {

namespace fs = std::filesystem;

constexpr const char* kAdvice = "; check the path and its permissions";

// std::cin takes a fault for the end.
void check_stdin() {
  if (std::cin.bad() || std::ferror(stdin) != 0) throw AccessError("cannot read standard input");
}

bool same_file(const std::string& a, const std::string& b) {
  std::error_code error;
  if (a == "-" || b == "-") return false;
  return fs::equivalent(a, b, error) || fs::weakly_canonical(fs::absolute(a), error) ==
                                            fs::weakly_canonical(fs::absolute(b), error);
}

}  // namespace

pipeline::Input read_input(const std::string& path) {
  return {path == "-" ? "-" : fs::path(path).filename().string(), read_named(path)};
}

std::fstream open_text(const std::string& path) {
  if (path == "-") {
    std::fstream text = pipeline::spool_text(std::cin);
    check_stdin();
    return text;
  }
  std::error_code error;
  if (fs::is_directory(path, error))
    throw AccessError("cannot read " + path + ": it is a folder" + kAdvice);
  std::fstream in(path, std::ios::in | std::ios::binary);
  if (!in) throw AccessError("cannot read " + path + ": " + std::strerror(errno) + kAdvice);
  return fs::is_regular_file(path) ? std::move(in) : pipeline::spool_text(in);
}

std::string read_named(const std::string& path) {
  if (path == "-") {
    std::string bytes(std::istreambuf_iterator<char>(std::cin), {});
    check_stdin();
    return bytes;
  }
  try {
    return pipeline::read_file(path);
  } catch (const ocr::InputError& error) {
    throw AccessError(path + " " + error.what() + kAdvice);
  }
}

void check_places(const std::string& input, const std::vector<NamedPlace>& places) {
  for (std::size_t i = 0; i < places.size(); ++i) {
    const auto& [option, place] = places[i];
    if (place.empty()) continue;
    if (same_file(input, place))
      throw UsageError("the output would replace the input " + input + "; name another file");
    for (std::size_t j = 0; j < i; ++j) {
      const std::string& other = places[j].path;
      if (!other.empty() && (same_file(other, place) || (other == "-" && place == "-")))
        throw UsageError("two results cannot go to the same place; name another with " + option);
    }
  }
}

Destination::Destination(const std::string& path) {
  if (path != "-") file_ = std::make_unique<pipeline::OutputFile>(path);
}

void Destination::make_private() {
  if (file_) file_->make_private();
}

void Destination::write(std::string_view bytes) {
  if (file_)
    file_->write(bytes);
  else
    pipeline::write_stdout(bytes);
}

void Destination::commit() {
  if (file_) file_->commit();
}

void make_dir(const std::string& dir, const std::string& option) {
  if (dir.empty()) return;
  std::error_code error;
  fs::create_directories(dir, error);
  if (error || !fs::is_directory(dir))
    throw AccessError("cannot make the folder " + dir + "; choose another with " + option);
}

SideFiles::SideFiles(const std::string& input, bool only_owner)
    : stem_(input == "-" ? "stdin" : fs::path(input).stem().string()), only_owner_(only_owner) {}

void SideFiles::write(const std::string& dir, const std::string& name, const std::string& bytes) {
  const fs::path path = fs::path(dir) / (stem_ + "-" + name);
  files_.push_back(std::make_unique<Destination>(path.string()));
  if (only_owner_) files_.back()->make_private();
  files_.back()->write(bytes);
}

void SideFiles::commit() {
  for (const auto& file : files_) file->commit();
}

}  // namespace vanban::tools
