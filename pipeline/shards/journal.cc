#include "pipeline/shards/journal.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstring>
#include <fstream>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <queue>
#include <set>
#include <utility>

#include "pipeline/output_file.h"

namespace vanban::pipeline {
namespace {

namespace fs = std::filesystem;

std::string event_of(const nlohmann::json& line) {
  return line.is_object() && line.contains("event") && line["event"].is_string()
             ? line["event"].get<std::string>()
             : "";
}

std::optional<std::string> path_of(const nlohmann::json& line) {
  if (!line.is_object() || !line.contains("path") || !line["path"].is_string()) return std::nullopt;
  return line["path"].get<std::string>();
}

// {"time":"2026-11-30T09:00:00.000Z", as every line begins.
std::string time_of(const std::string& line) {
  constexpr std::size_t kLength = 35;
  return line.substr(0, kLength);
}

// Of a journal the lines that are whole. It is opened for each line: a system lets a process have
// some thousand files open, and there may be more journals.
class Reader {
 public:
  explicit Reader(fs::path file) : file_(std::move(file)) { next(); }

  bool has_line() const { return line_.has_value(); }
  const std::string& line() const { return *line_; }
  std::string time() const { return time_of(*line_); }

  void next() {
    do next_line();
    while (line_ && line_->starts_with(' '));
  }

 private:
  void next_line() {
    if (at_ >= block_.size() || block_.find('\n', at_) == std::string::npos) refill();
    const std::size_t end = block_.find('\n', at_);
    line_.reset();
    if (end == std::string::npos) return;
    line_ = block_.substr(at_, end - at_);
    at_ = end + 1;
  }

  // Reads on from the line that is not whole yet, until one is.
  void refill() {
    constexpr std::size_t kRoom = 1 << 16;
    block_.erase(0, at_);
    at_ = 0;
    std::ifstream in(file_, std::ios::binary);
    in.seekg(static_cast<std::streamoff>(read_));
    std::string room(kRoom, '\0');
    while (in && block_.find('\n') == std::string::npos) {
      in.read(room.data(), static_cast<std::streamsize>(room.size()));
      block_.append(room, 0, static_cast<std::size_t>(in.gcount()));
      read_ += static_cast<std::size_t>(in.gcount());
    }
  }

  fs::path file_;
  std::string block_;
  std::size_t at_ = 0, read_ = 0;
  std::optional<std::string> line_;
};

}  // namespace

Journal::Journal(const fs::path& file) : file_(file) {
  descriptor_ = ::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  if (descriptor_ < 0)
    throw OutputError("cannot write " + file.string() + ": " + std::strerror(errno),
                      kind_of_output_error(errno));
}

Journal::~Journal() { ::close(descriptor_); }

void Journal::stop() {
  if (!time_.empty()) write(time_ + R"("event":"run_stops"})");
}

void Journal::write(const std::string& line) {
  time_ = time_of(line);
  const std::string whole = line + '\n';
  std::string_view rest = whole;
  while (!rest.empty()) {
    const ssize_t written = ::write(descriptor_, rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return;
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
  if (line.find("\"event\":\"document_begins\"") != std::string::npos) ::fdatasync(descriptor_);
}

// In place, for whoever reads it meanwhile goes on from where it was.
void Journal::forget(const std::string& path) {
  const int writable = ::open(file_.c_str(), O_WRONLY | O_CLOEXEC);
  if (writable < 0)
    throw OutputError("cannot write " + file_.string() + ": " + std::strerror(errno),
                      kind_of_output_error(errno));
  std::ifstream in(file_, std::ios::binary);
  off_t at = 0;
  bool written = true;
  for (std::string text; std::getline(in, text); at += static_cast<off_t>(text.size()) + 1) {
    if (path_of(nlohmann::json::parse(text, nullptr, false)) != path) continue;
    const std::string blank(text.size(), ' ');
    written = written && ::pwrite(writable, blank.data(), blank.size(), at) ==
                             static_cast<ssize_t>(blank.size());
  }
  written = ::fdatasync(writable) == 0 && written;
  ::close(writable);
  if (!written) throw OutputError("cannot write " + file_.string());
}

std::map<std::string, int> killed_workers(const std::vector<fs::path>& journals) {
  std::map<std::string, int> out;
  for (const fs::path& file : journals) {
    std::set<std::string> open;
    bool blames = true;
    std::ifstream in(file, std::ios::binary);
    for (std::string text; std::getline(in, text);) {
      const nlohmann::json line = nlohmann::json::parse(text, nullptr, false);
      const std::string event = event_of(line);
      if (event == "run_stops" || event == "run_ends") blames = false;
      const std::optional<std::string> path = path_of(line);
      if (!path) continue;
      if (event == "document_begins") open.insert(*path);
      if (event == "worker_crashed" || event == "worker_killed") ++out[*path];
      if (event == "document_ends") {
        open.erase(*path);
        out.erase(*path);
      }
    }
    if (blames)
      for (const std::string& path : open) ++out[path];
  }
  return out;
}

void merge_journals(const std::vector<fs::path>& journals,
                    const std::function<void(std::string_view)>& write) {
  std::vector<Reader> readers;
  readers.reserve(journals.size());
  for (const fs::path& file : journals) readers.emplace_back(file);
  using Next = std::pair<std::string, std::size_t>;
  std::priority_queue<Next, std::vector<Next>, std::greater<>> queue;
  for (std::size_t i = 0; i < readers.size(); ++i)
    if (readers[i].has_line()) queue.emplace(readers[i].time(), i);
  while (!queue.empty()) {
    const std::size_t i = queue.top().second;
    queue.pop();
    write(readers[i].line() + '\n');
    readers[i].next();
    if (readers[i].has_line()) queue.emplace(readers[i].time(), i);
  }
}

}  // namespace vanban::pipeline
