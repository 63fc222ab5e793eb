#include "pipeline/shards/count_inputs.h"

#include <poll.h>

#include <chrono>
#include <cstdint>

#include "ocr/digest.h"
#include "ocr/document/error.h"
#include "ocr/open/open_source.h"
#include "pipeline/batch/process.h"
#include "pipeline/input_file.h"

namespace vanban::pipeline {
namespace {

namespace fs = std::filesystem;

// As a message: the digits of the hash, a blank, the pages.
std::string to_message(const CountedInput& counted) {
  return counted.sha256 + ' ' + std::to_string(counted.pages);
}

CountedInput from_message(const Bytes& message) {
  const std::string text(message.begin(), message.end());
  const std::size_t blank = text.find(' ');
  return {text.substr(0, blank), std::stoi(text.substr(blank + 1))};
}

CountedInput counted(const fs::path& inputs, const std::string& path, const std::string& password,
                     const std::function<void(const CountedInput&)>& tell_hash) {
  CountedInput out;
  try {
    const std::string bytes = read_file_below(inputs, path);
    out.sha256 = ocr::sha256_hex(bytes);
    tell_hash(out);
    out.pages = ocr::count_pages(bytes, password);
  } catch (const std::exception&) {
    // Whoever reads it will say what is wrong.
  }
  return out;
}

// Tells of each of `paths` from `first` on twice, before and after its pages are counted: the
// former stands where the process ends in between.
class Counter {
 public:
  Counter(const fs::path& inputs, const std::vector<std::string>& paths, std::size_t first,
          const CountingOptions& options)
      : process_([&, first](MessageSocket& socket) {
          // As a worker may take.
          constexpr std::uint64_t kMemoryBytes = std::uint64_t{3} << 30;
          bind_to_parent(kMemoryBytes);
          enter_sandbox({{inputs}, {}}, options.sandbox);
          const auto tell = [&](const CountedInput& one) {
            const std::string message = to_message(one);
            socket.send({message.begin(), message.end()});
          };
          for (std::size_t at = first; at < paths.size(); ++at)
            tell(counted(inputs, paths[at], options.password, tell));
        }) {}

  // What came by now; nothing where the process is gone or tells nothing for too long.
  std::vector<Bytes> next() {
    // To read 2 GiB from a slow disk takes a minute.
    constexpr int kPatienceMs = 300'000;
    pollfd socket{process_.socket().descriptor(), POLLIN, 0};
    if (::poll(&socket, 1, kPatienceMs) <= 0) return {};
    std::vector<Bytes> out;
    for (bool gone = false; out.empty() && !gone;) out = process_.socket().receive(gone);
    return out;
  }

 private:
  ChildProcess process_;
};

}  // namespace

void count_inputs(const fs::path& inputs, const std::vector<std::string>& paths,
                  const CountingOptions& options,
                  const std::function<void(std::size_t, const CountedInput&)>& tell) {
  check_sandbox(options.sandbox);
  for (std::size_t at = 0; at < paths.size();) {
    Counter counter(inputs, paths, at, options);
    CountedInput open;  // what is known of the one being counted
    while (at < paths.size()) {
      const std::vector<Bytes> messages = counter.next();
      if (messages.empty()) break;
      for (const Bytes& message : messages) {
        const CountedInput told = from_message(message);
        // Of one that cannot be read there is one message, without a hash.
        const bool first = !told.sha256.empty() && open.sha256.empty();
        if (first) {
          open = told;
          continue;
        }
        tell(at++, told);
        open = {};
      }
    }
    if (at < paths.size()) tell(at++, open);
  }
}

}  // namespace vanban::pipeline
