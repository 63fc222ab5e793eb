#include "pipeline/batch/worker.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <exception>
#include <filesystem>
#include <memory>
#include <new>
#include <nlohmann/json.hpp>

#include "diacritics/text/error.h"
#include "extract/patterns/fields_file.h"
#include "ocr/digest.h"
#include "ocr/document/error.h"
#include "ocr/image.h"
#include "pipeline/batch/corrections.h"
#include "pipeline/batch/page_bytes.h"
#include "pipeline/batch/summary.h"
#include "pipeline/model_file.h"
#include "pipeline/output_file.h"
#include "pipeline/page/read_page.h"
#include "pipeline/record/schema.h"
#include "pipeline/run.h"

namespace vanban::pipeline {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

// ---- Messages

Json engine_node(const std::optional<ocr::EngineInfo>& engine) {
  if (!engine) return nullptr;
  return Json::array({engine->name, engine->version, engine->model, engine->model_sha256});
}

std::optional<ocr::EngineInfo> engine_of(const Json& node) {
  if (node.is_null()) return std::nullopt;
  return ocr::EngineInfo{node.at(0), node.at(1), node.at(2), node.at(3)};
}

Json binary(const ocr::Page& page) { return Json::binary(page_to_bytes(page)); }
ocr::Page page_of(const Json& node) { return page_from_bytes(node.get_binary()); }

// One overload for each message.
Json node_of(const PagesFound& m) { return {{"kind", "pages_found"}, {"pages", m.pages}}; }
Json node_of(const PageBegun& m) { return {{"kind", "page_begun"}, {"number", m.number}}; }
Json node_of(const PageRead& m) {
  return {{"kind", "page_read"},
          {"page", binary(m.page)},
          {"engine", engine_node(m.engine)},
          {"second_engine", engine_node(m.second_engine)}};
}
Json node_of(const PagesOver&) { return {{"kind", "pages_over"}}; }
Json node_of(const JobDone& m) {
  Json warnings = Json::array();
  for (const ocr::Warning& warning : m.warnings)
    warnings.push_back({{"code", warning.code}, {"text", warning.text}});
  return {{"kind", "done"},       {"sha256", m.sha256},
          {"pages", m.pages},     {"pages_unread", m.pages_unread},
          {"warnings", warnings}, {"summary", m.summary},
          {"doubts", m.doubts}};
}
Json node_of(const JobFailed& m) {
  return {{"kind", "failed"},
          {"code", m.code},
          {"message", m.message},
          {"sha256", m.sha256},
          {"fatal", m.fatal}};
}

// ---- Reading

struct FileCloser {
  int descriptor;
  ~FileCloser() { ::close(descriptor); }
};

// A regular file's bytes; a link is not followed.
std::string read_regular_file(const std::string& path) {
  const auto fail = [&](int error) {
    throw ocr::InputError(ocr::InputError::Code::NotReadable,
                          "cannot be read: " + std::string(std::strerror(error)));
  };
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (descriptor < 0) fail(errno);
  const FileCloser closer{descriptor};
  struct stat status {};
  if (::fstat(descriptor, &status) != 0) fail(errno);
  if (!S_ISREG(status.st_mode)) fail(EINVAL);
  std::string bytes(static_cast<std::size_t>(status.st_size), '\0');
  std::size_t read = 0;
  while (read < bytes.size()) {
    const ssize_t size = ::read(descriptor, bytes.data() + read, bytes.size() - read);
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) fail(errno);
    if (size == 0) break;
    read += static_cast<std::size_t>(size);
  }
  bytes.resize(read);
  return bytes;
}

std::string code_of(const ocr::InputError& error) {
  switch (error.code()) {
    case ocr::InputError::Code::NotReadable: return "not_readable";
    case ocr::InputError::Code::Unsupported: return "unsupported";
    case ocr::InputError::Code::Damaged: return "damaged";
    case ocr::InputError::Code::Encrypted: return "encrypted";
    case ocr::InputError::Code::Empty: return "empty";
    case ocr::InputError::Code::TooLarge: return "too_large";
    case ocr::InputError::Code::OutOfMemory: return "out_of_memory";
  }
  return "damaged";
}

// What went wrong, from inside of a catch.
JobFailed failure() {
  try {
    throw;
  } catch (const ocr::InputError& error) {
    return {code_of(error), error.what(), "", false};
  } catch (const std::bad_alloc&) {
    return {"out_of_memory", "it takes more memory than a worker may have (--memory)", "", false};
  } catch (const ocr::EngineError& error) {
    return {"engine", error.what(), "", true};
  } catch (const diacritics::DataError& error) {
    return {"engine", error.what(), "", true};
  } catch (const OutputError& error) {
    return {"output", error.what(), "", true};
  } catch (const fs::filesystem_error& error) {
    return {"output", error.what(), "", true};
  } catch (const std::exception& error) {
    return {"internal", error.what(), "", false};
  }
}

// The process ends with its parent, and takes no more memory than it may.
void bind_to_parent(std::uint64_t memory_bytes) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  const rlimit limit{memory_bytes, memory_bytes};
  if (memory_bytes > 0) ::setrlimit(RLIMIT_DATA, &limit);
}

class Reader {
 public:
  explicit Reader(const BatchSettings& settings)
      : restorer_(open_restorer(find_model(settings.model))),
        options_(options_of(settings)),
        engines_(options_) {}

  void read(const Job& job, const std::function<void(WorkerMessage)>& tell);

 private:
  Options options_of(const BatchSettings& settings) const {
    Options options;
    options.ocr = settings.ocr;
    options.max_megapixels = settings.max_megapixels;
    options.tessdata_dir = settings.tessdata_dir;
    options.password = settings.password;
    options.split = settings.split;
    options.pdf = settings.pdf;
    options.alto = settings.alto;
    options.hocr = settings.hocr;
    options.jobs = 1;
    options.restorer = &restorer_;
    if (!settings.fields.empty()) options.fields = extract::parse_fields(settings.fields).patterns;
    return options;
  }

  diacritics::Restorer restorer_;
  Options options_;
  Engines engines_;
};

// Files of one document: all are written before the first appears, the record last.
class Results {
 public:
  void write(const std::string& path, const std::string& bytes) {
    if (path.empty()) return;
    fs::create_directories(fs::path(path).parent_path());
    files_.push_back(std::make_unique<OutputFile>(path));
    files_.back()->write(bytes);
  }
  void commit() {
    for (const auto& file : files_) file->commit();
  }

 private:
  std::vector<std::unique_ptr<OutputFile>> files_;
};

int unread_pages(const std::vector<Summary>& summaries) {
  int count = 0;
  for (const Summary& summary : summaries)
    for (const SummaryPage& page : summary.pages)
      for (const std::string& code : page.warnings)
        if (code == "page_failed" || code == "page_given_up") {
          ++count;
          break;
        }
  return count;
}

void Reader::read(const Job& job, const std::function<void(WorkerMessage)>& tell) {
  JobDone done;
  try {
    Input input{job.file_name, read_regular_file(job.input)};
    done.sha256 = ocr::sha256_hex(input.bytes);
    Options options = options_;
    options.earlier = job.earlier;
    options.on_pages_found = [&](int pages) {
      done.pages = pages;
      tell(PagesFound{pages});
    };
    options.on_page_begun = [&](int number) { tell(PageBegun{number}); };
    options.on_page_read = [&](const ocr::Page& page, const auto& engine, const auto& second) {
      tell(PageRead{page, engine, second});
    };
    options.on_page = [&](int pages_done, int all) {
      if (pages_done == all) tell(PagesOver{});
    };
    Output output = convert(std::move(input), options, &engines_);
    if (!job.corrections.empty()) {
      output.record_json = corrected_record(output.record_json, job.corrections);
      if (!options.split) require_valid_record(output.record_json);
    }
    const std::vector<Summary> summaries = summarize(output.record_json);
    done.pages_unread = unread_pages(summaries);
    done.summary = summaries_to_json(summaries);
    for (const Summary& summary : summaries) done.doubts += summary.doubts();
    done.warnings = output.warnings;
    Results results;
    results.write(job.text, output.text);
    results.write(job.alto, output.alto);
    results.write(job.hocr, output.hocr);
    results.write(job.pdf, output.pdf);
    results.write(job.record, output.record_json);
    results.commit();
  } catch (...) {
    JobFailed failed = failure();
    failed.sha256 = done.sha256;
    tell(failed);
    return;
  }
  tell(done);
}

}  // namespace

Bytes job_to_bytes(const Job& job) {
  Json node{{"input", job.input},
            {"file_name", job.file_name},
            {"record", job.record},
            {"text", job.text},
            {"pdf", job.pdf},
            {"alto", job.alto},
            {"hocr", job.hocr},
            {"engine", engine_node(job.earlier.engine)},
            {"second_engine", engine_node(job.earlier.second_engine)}};
  node["pages_read"] = Json::array();
  for (const auto& [number, page] : job.earlier.pages_read)
    node["pages_read"].push_back(binary(page));
  node["pages_given_up"] = Json::array();
  for (const auto& [number, why] : job.earlier.pages_given_up)
    node["pages_given_up"].push_back(Json::array({number, why.code, why.text}));
  node["corrections"] = Json::array();
  for (const Correction& correction : job.corrections)
    node["corrections"].push_back(Json::array(
        {correction.field, correction.value ? Json(*correction.value) : Json(nullptr)}));
  return Json::to_cbor(node);
}

Job job_from_bytes(const Bytes& bytes) {
  const Json node = Json::from_cbor(bytes);
  Job job;
  job.input = node.at("input");
  job.file_name = node.at("file_name");
  job.record = node.at("record");
  job.text = node.at("text");
  job.pdf = node.at("pdf");
  job.alto = node.at("alto");
  job.hocr = node.at("hocr");
  job.earlier.engine = engine_of(node.at("engine"));
  job.earlier.second_engine = engine_of(node.at("second_engine"));
  for (const Json& page : node.at("pages_read")) {
    ocr::Page read = page_of(page);
    const int number = read.number;
    job.earlier.pages_read[number] = std::move(read);
  }
  for (const Json& why : node.at("pages_given_up"))
    job.earlier.pages_given_up[why.at(0)] = {why.at(1), why.at(2)};
  for (const Json& correction : node.at("corrections")) {
    Correction& one = job.corrections.emplace_back();
    one.field = correction.at(0);
    if (!correction.at(1).is_null()) one.value = correction.at(1).get<std::string>();
  }
  return job;
}

Bytes message_to_bytes(const WorkerMessage& message) {
  return Json::to_cbor(std::visit([](const auto& one) { return node_of(one); }, message));
}

WorkerMessage message_from_bytes(const Bytes& bytes) {
  const Json node = Json::from_cbor(bytes);
  const std::string kind = node.at("kind");
  if (kind == "pages_found") return PagesFound{node.at("pages")};
  if (kind == "page_begun") return PageBegun{node.at("number")};
  if (kind == "page_read")
    return PageRead{page_of(node.at("page")), engine_of(node.at("engine")),
                    engine_of(node.at("second_engine"))};
  if (kind == "pages_over") return PagesOver{};
  if (kind == "done") {
    std::vector<ocr::Warning> warnings;
    for (const Json& warning : node.at("warnings"))
      warnings.push_back({warning.at("code"), warning.at("text")});
    return JobDone{node.at("sha256"),   node.at("pages"),   node.at("pages_unread"),
                   std::move(warnings), node.at("summary"), node.at("doubts")};
  }
  return JobFailed{node.at("code"), node.at("message"), node.at("sha256"), node.at("fatal")};
}

void serve(MessageSocket& socket, const MakeHandler& make_handler) {
  const auto settings = socket.wait();
  if (!settings) return;
  JobHandler handler;
  std::optional<JobFailed> unusable;
  try {
    const BatchSettings told = settings_from_json({settings->begin(), settings->end()});
    bind_to_parent(told.memory_bytes);
    handler = make_handler(told);
  } catch (...) {
    unusable = failure();
    unusable->fatal = true;
  }
  while (const auto job = socket.wait()) {
    const auto tell = [&](const WorkerMessage& message) { socket.send(message_to_bytes(message)); };
    if (unusable)
      tell(*unusable);
    else
      handler(job_from_bytes(*job), tell);
  }
}

JobHandler make_reading_handler(const BatchSettings& settings) {
  ocr::use_one_thread();
  return [reader = std::make_shared<Reader>(settings)](
             const Job& job, const std::function<void(WorkerMessage)>& tell) {
    reader->read(job, tell);
  };
}

}  // namespace vanban::pipeline
