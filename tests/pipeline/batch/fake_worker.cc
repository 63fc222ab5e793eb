// A worker that does what the file's content tells it, so that the process that watches over it can
// be tested without any engine: "pages=3 hang=2 crash=1 ...". What it reads of a page is a line
// that says so.
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <thread>

#include "ocr/digest.h"
#include "pipeline/batch/inputs.h"
#include "pipeline/batch/worker.h"
#include "pipeline/output_file.h"
#include "pipeline/record/secret.h"
#include "tests/folder.h"
#include "tests/pipeline/batch/made_summary.h"

namespace vanban::pipeline {
namespace {

std::map<std::string, int> orders_in(const std::string& text) {
  std::map<std::string, int> out;
  std::istringstream in(text);
  for (std::string order; in >> order;) {
    const std::size_t at = order.find('=');
    out[order.substr(0, at)] = at == std::string::npos ? 1 : std::atoi(order.c_str() + at + 1);
  }
  return out;
}

void sleep_for_ever() { std::this_thread::sleep_for(std::chrono::hours(1)); }

// Whether this is the first time that it is asked: a file beside the input remembers.
bool first_time(const Job& job, const std::string& what) {
  const std::string memory = job.outputs_folder + '/' + job.record + "." + what;
  const bool known = std::filesystem::exists(memory);
  tests::write(memory, "");
  return !known;
}

void handle(const Job& job, const std::function<void(WorkerMessage)>& tell) {
  const std::string bytes = read_file(*job.file);
  std::map<std::string, int> orders = orders_in(bytes);
  const std::string sha256 = ocr::sha256_hex(bytes);
  const std::filesystem::path record_place = job.outputs_folder + '/' + job.record;
  std::filesystem::create_directories(record_place.parent_path());
  // What a worker without memory makes of files that are whole.
  static bool has_no_memory = false;
  if (has_no_memory) return tell(JobFailed{ErrorKind::Damaged, "it is damaged", sha256});
  if (orders.contains("damaged"))
    return tell(JobFailed{ErrorKind::Damaged, "it is damaged", sha256});
  if (orders.contains("full")) return tell(JobFailed{ErrorKind::Output, "no room", sha256});
  if (orders.contains("secret")) {
    const std::filesystem::path place =
        job.withhold ? job.outputs_folder / record_file("", withheld_name(sha256)) : record_place;
    std::filesystem::create_directories(place.parent_path());
    tests::write(place, "a mark");
    tell(PagesFound{1});
    tell(PageBegun{1});
    JobDone done;
    done.sha256 = sha256;
    done.stopped_by = orders["secret"] == 1 ? "Mật" : "no mark of ours";
    return tell(done);
  }
  if (orders.contains("nowhere")) return tell(JobFailed{ErrorKind::Access, "no place", sha256});
  if (orders.contains("mute")) sleep_for_ever();
  if (orders.contains("lie")) tell(PageRead{ocr::Page{}, std::nullopt, std::nullopt});
  if (orders.contains("babble"))
    MessageSocket(::dup(kWorkerDescriptor)).send(Bytes(1'000'000, 0x81));
  const int pages = orders.contains("pages") ? orders["pages"] : 1;
  tell(PagesFound{pages});
  std::string record;
  int unread = 0;
  for (int number = 1; number <= pages; ++number) {
    if (const auto page = job.earlier.pages_read.find(number);
        page != job.earlier.pages_read.end()) {
      record += page->second.blocks.front().lines.front().words.front().text + " again\n";
      continue;
    }
    if (const auto why = job.earlier.pages_given_up.find(number);
        why != job.earlier.pages_given_up.end()) {
      record += why->second.code + ": " + why->second.text + '\n';
      ++unread;
      continue;
    }
    tell(PageBegun{number});
    if (orders["poison"] == number) {
      has_no_memory = true;
      return tell(JobFailed{ErrorKind::OutOfMemory, "no memory", sha256});
    }
    if (orders["hang"] == number) sleep_for_ever();
    if (orders["crash"] == number) std::raise(SIGSEGV);
    if (orders["stumble"] == number && first_time(job, "stumble")) std::raise(SIGKILL);
    if (orders.contains("slow"))
      std::this_thread::sleep_for(std::chrono::milliseconds(orders["slow"]));
    ocr::Page page;
    page.number = number;
    const std::string text = "page" + std::to_string(number);
    page.blocks = {{ocr::BlockKind::Body, {}, {{{}, {{text, text, {}, 1, 0}}, 0}}, {}}};
    record += text + '\n';
    tell(PageRead{page, std::nullopt, std::nullopt});
  }
  tell(PagesOver{});
  if (orders.contains("crash_late")) std::raise(SIGSEGV);
  OutputFile out(record_place);
  out.write(record);
  if (orders.contains("die_writing") && first_time(job, "die_writing")) std::raise(SIGKILL);
  out.commit();
  const std::vector<Summary> summaries{tests::made_summary()};
  std::vector<ocr::Warning> warnings;
  if (orders.contains("signed")) warnings.push_back({"signature_left_out", "it is signed"});
  has_no_memory = orders.contains("spent");
  tell(JobDone{sha256, pages, unread, warnings, summaries_to_json(summaries), orders["doubts"], "",
               has_no_memory});
}

}  // namespace
}  // namespace vanban::pipeline

int main() {
  using namespace vanban::pipeline;
  MessageSocket socket(kWorkerDescriptor);
  serve(socket, [](const BatchSettings&) { return handle; });
}
