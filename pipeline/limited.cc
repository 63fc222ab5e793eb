#include "pipeline/limited.h"

#include <fmt/core.h>
#include <poll.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <map>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <stdexcept>
#include <thread>
#include <utility>
#include <variant>

#include "ocr/document/error.h"
#include "pipeline/batch/jobs.h"
#include "pipeline/batch/process.h"
#include "pipeline/batch/worker.h"
#include "pipeline/input_file.h"
#include "pipeline/inspect.h"
#include "pipeline/model_file.h"
#include "pipeline/record/unread_page.h"

namespace vanban::pipeline {
namespace {

// ---- What the process tells: a letter, then what follows from it

enum class Told : std::uint8_t {
  Message = 'm',   // a WorkerMessage
  Progress = 'p',  // pages done and in all, as text
  Log = 'l',       // the level as one digit, then the text
  Part = 'r',      // of the result
  End = 'e',       // all parts are there
};

// From any thread.
class Teller {
 public:
  explicit Teller(MessageSocket& socket) : socket_(socket) {}

  void tell(Told what, std::string_view bytes) {
    Bytes message{static_cast<std::uint8_t>(what)};
    message.insert(message.end(), bytes.begin(), bytes.end());
    const std::lock_guard lock(mutex_);
    socket_.send(message);
  }
  void tell(const WorkerMessage& message) {
    const Bytes bytes = message_to_bytes(message);
    tell(Told::Message, {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  }
  void tell_result(std::string_view bytes) {
    constexpr std::size_t kPart = std::size_t{64} << 20;
    for (std::size_t at = 0; at < bytes.size(); at += kPart)
      tell(Told::Part, bytes.substr(at, kPart));
    tell(Told::End, {});
  }

 private:
  MessageSocket& socket_;
  std::mutex mutex_;
};

class LogForwarder : public spdlog::sinks::base_sink<std::mutex> {
 public:
  explicit LogForwarder(Teller& teller) : teller_(teller) {}

 protected:
  void sink_it_(const spdlog::details::log_msg& line) override {
    teller_.tell(Told::Log, static_cast<char>('0' + line.level) +
                                std::string(line.payload.data(), line.payload.size()));
  }
  void flush_() override {}

 private:
  Teller& teller_;
};

// ---- In the process

using Work = std::function<std::string(Options&)>;

void listen_for(Teller& teller, PageListener& listener) {
  listener = {};
  listener.on_pages_found = [&](int pages) { teller.tell(PagesFound{pages}); };
  listener.on_page_begun = [&](int number) { teller.tell(PageBegun{number}); };
  listener.on_page_read = [&](const ocr::Page& page, const auto& engine, const auto& second) {
    teller.tell(PageRead{page, engine, second});
  };
  listener.on_page_failed = [](int, const ocr::InputError& error) {
    if (error.kind() == ErrorKind::OutOfMemory) throw error;
  };
  listener.on_page = [&](int done, int all) {
    teller.tell(Told::Progress, std::to_string(done) + ' ' + std::to_string(all));
  };
}

void serve_limited(MessageSocket& socket, const LimitedOptions& given,
                   const EarlierAttempt& earlier, const Work& work) {
  const int threads = std::max(1, given.options.jobs);
  bind_to_parent(given.limits.memory_bytes * static_cast<std::uint64_t>(threads));
  Teller teller(socket);
  const auto logger =
      std::make_shared<spdlog::logger>("vanban", std::make_shared<LogForwarder>(teller));
  logger->set_level(spdlog::level::debug);
  spdlog::set_default_logger(logger);
  try {
    const std::filesystem::path model = find_model(given.model);
    SandboxPlan plan{models_to_read(model.string(), given.options.engines.tessdata_dir), {}};
    if (!given.options.trace_dir.empty()) {
      std::filesystem::create_directories(given.options.trace_dir);
      plan.write.push_back(given.options.trace_dir);
    }
    enter_sandbox(plan, given.sandbox);
    const diacritics::Restorer restorer = open_restorer(model);
    Options options = given.options;
    options.restorer = &restorer;
    options.earlier = earlier;
    listen_for(teller, options.listener);
    teller.tell_result(work(options));
  } catch (...) {
    teller.tell(failure());
  }
}

// ---- Beside it

double now_seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

[[noreturn]] void rethrow(const JobFailed& failed) {
  switch (failed.kind) {
    case ErrorKind::Usage: throw std::invalid_argument(failed.message);
    case ErrorKind::Interrupted: throw Interrupted();
    case ErrorKind::Engine: throw ocr::EngineError(failed.message);
    case ErrorKind::Output:
    case ErrorKind::Access:
    case ErrorKind::Internal: throw Error(failed.kind, failed.message);
    default: throw ocr::InputError(failed.kind, failed.message);
  }
}

class LimitedReading {
 public:
  LimitedReading(const LimitedOptions& given, const Work& work) : given_(given), work_(work) {
    if (given_.options.jobs <= 0)
      given_.options.jobs = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  }

  std::string result() {
    check_sandbox(given_.sandbox);
    spdlog::debug("sandbox: {}", sandbox_level(given_.sandbox));
    while (!done_) {
      // What waits to be written its copy would write once more.
      spdlog::default_logger()->flush();
      ChildProcess process(
          [&](MessageSocket& socket) { serve_limited(socket, given_, earlier_, work_); });
      result_.clear();
      open_.clear();
      heard_ = now_seconds();
      watch(process);
    }
    return std::move(result_);
  }

 private:
  void watch(ChildProcess& process) {
    while (true) {
      constexpr int kPatienceMs = 100;
      pollfd socket{process.socket().descriptor(), POLLIN, 0};
      ::poll(&socket, 1, kPatienceMs);
      if (given_.options.cancelled != nullptr && *given_.options.cancelled) throw Interrupted();
      bool gone = false;
      for (const Bytes& bytes : process.socket().receive(gone)) {
        if (!handle(bytes)) return;
        if (done_) return;
      }
      if (gone) return ended(process.end());
      if (is_over_time()) return;
    }
  }

  // False where the process is of no more use.
  bool handle(const Bytes& bytes) {
    if (bytes.empty()) return true;
    const std::string_view text(reinterpret_cast<const char*>(bytes.data()) + 1, bytes.size() - 1);
    heard_ = now_seconds();
    switch (static_cast<Told>(bytes.front())) {
      case Told::Message: return handle(message_from_bytes({bytes.begin() + 1, bytes.end()}));
      case Told::Progress: {
        int done = 0, all = 0;
        if (std::sscanf(std::string(text).c_str(), "%d %d", &done, &all) == 2 &&
            given_.options.listener.on_page)
          given_.options.listener.on_page(done, all);
        return true;
      }
      case Told::Log:
        if (!text.empty())
          spdlog::log(static_cast<spdlog::level::level_enum>(std::clamp(text[0] - '0', 0, 5)), "{}",
                      text.substr(1));
        return true;
      case Told::Part:
        if (result_.size() > kMostFileBytes)
          throw ocr::InputError(ErrorKind::TooLarge, "What is made of it is larger than 2 GiB");
        result_ += text;
        return true;
      case Told::End: done_ = true; return true;
    }
    return true;
  }

  bool handle(const WorkerMessage& message) {
    if (const auto* found = std::get_if<PagesFound>(&message)) pages_ = found->pages;
    if (const auto* begun = std::get_if<PageBegun>(&message)) open_[begun->number] = heard_;
    if (const auto* read = std::get_if<PageRead>(&message)) {
      open_.erase(read->page.number);
      earlier_.engine = read->engine;
      earlier_.second_engine = read->second_engine;
      earlier_.pages_read[read->page.number] = read->page;
    }
    const auto* failed = std::get_if<JobFailed>(&message);
    if (failed == nullptr) return true;
    if (failed->kind != ErrorKind::OutOfMemory) rethrow(*failed);
    lost(*failed);
    return false;
  }

  bool is_over_time() {
    const double now = now_seconds(), seconds = given_.limits.page_seconds;
    for (const auto& [number, begun] : open_) {
      if (now - begun <= seconds) continue;
      give_up(number, fmt::format("page {} took more than the {:g} s allowed (--page-seconds)",
                                  number, seconds));
      return true;
    }
    constexpr int kPagesAtOnce = 10;
    const double allowed = seconds * (1 + pages_ / kPagesAtOnce);
    if (open_.empty() && now - heard_ > allowed)
      throw ocr::InputError(
          ErrorKind::TooLarge,
          fmt::format("It took more than the {:g} s allowed outside of its pages (--page-seconds)",
                      allowed));
    return false;
  }

  void ended(const Ending& ending) {
    const std::uint64_t memory = given_.limits.memory_bytes;
    // Some libraries end the process where they get no memory.
    if (ending.signal == SIGKILL || (memory > 0 && ending.peak_bytes > memory / 4 * 3))
      return lost(
          {ErrorKind::OutOfMemory, "reading it takes more memory than allowed (--memory)", ""});
    lost({ErrorKind::Damaged, "what reads it crashed over it", ""});
  }

  // Of several pages that were open it is not known which was to blame: they are read one by one.
  void lost(const JobFailed& why) {
    if (open_.empty()) rethrow(why);
    if (open_.size() > 1) {
      given_.options.jobs = 1;
      return;
    }
    const int number = open_.begin()->first;
    // The first time pages before it may have taken what it lacked.
    if (++losses_[number] > 1 || earlier_.pages_read.empty())
      give_up(number, fmt::format("page {}: {}", number, why.message));
  }

  void give_up(int number, const std::string& why) {
    earlier_.pages_given_up[number] = {std::string(kPageGivenUp), why};
  }

  LimitedOptions given_;
  const Work& work_;
  EarlierAttempt earlier_;
  int pages_ = 0;
  std::map<int, double> open_;  // pages, and when they were begun
  std::map<int, int> losses_;   // of processes, by page
  double heard_ = 0;
  bool done_ = false;
  std::string result_;
};

// ---- Results as bytes

nlohmann::json node_of_warnings(const std::vector<ocr::Warning>& warnings) {
  nlohmann::json out = nlohmann::json::array();
  for (const ocr::Warning& warning : warnings)
    out.push_back(nlohmann::json::array({warning.code, warning.text}));
  return out;
}

std::string bytes_of(const LimitedOutput& result) {
  const Output& output = result.output;
  nlohmann::json side_files = nlohmann::json::array();
  for (const SideFile& file : output.side_files)
    side_files.push_back(nlohmann::json::array({file.kind, file.name, file.bytes}));
  const nlohmann::json node{
      {"record", output.record_json},    {"files", output.files},
      {"side_files", side_files},        {"secret", output.secret},
      {"stopped_by", output.stopped_by}, {"warnings", node_of_warnings(output.warnings)},
      {"timings", result.timings_json}};
  const Bytes bytes = nlohmann::json::to_cbor(node);
  return {bytes.begin(), bytes.end()};
}

LimitedOutput output_from(const std::string& bytes) {
  const nlohmann::json node = nlohmann::json::from_cbor(bytes);
  LimitedOutput out;
  out.output.record_json = node.at("record");
  out.output.files = node.at("files").get<std::map<std::string, std::string>>();
  for (const nlohmann::json& file : node.at("side_files"))
    out.output.side_files.push_back({file.at(0), file.at(1), file.at(2)});
  for (const nlohmann::json& warning : node.at("warnings"))
    out.output.warnings.push_back({warning.at(0), warning.at(1)});
  out.output.secret = node.at("secret");
  out.output.stopped_by = node.at("stopped_by");
  out.timings_json = node.at("timings");
  return out;
}

}  // namespace

LimitedOutput convert_limited(const Input& input, const LimitedOptions& options) {
  const Work work = [&](Options& own) {
    Timings timings;
    if (own.timings != nullptr) own.timings = &timings;
    LimitedOutput result;
    result.output = convert(input, own);
    if (own.timings != nullptr) result.timings_json = to_json(timings.rows());
    return bytes_of(result);
  };
  return output_from(LimitedReading(options, work).result());
}

std::string explain_limited(const Input& input, const LimitedOptions& options,
                            std::string_view field) {
  const Work work = [&](Options& own) { return explain_scan(input, own, field); };
  return LimitedReading(options, work).result();
}

std::string inspect_limited(const Input& input, int page, const LimitedOptions& options) {
  const Work work = [&](Options& own) { return inspect(input, page, own); };
  return LimitedReading(options, work).result();
}

}  // namespace vanban::pipeline
