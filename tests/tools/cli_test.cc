// The program as a user meets it: run in a folder of its own, looked at from outside.
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <regex>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
// Tells QPDF 11 that its old smart pointer is not used; else it warns.
#define POINTERHOLDER_TRANSITION 4
#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFWriter.hh>

#include "pipeline/record/schema.h"
#include "tests/folder.h"
#include "tests/pipeline/made_model.h"
#include "tools/cli/exit_code.h"

namespace vanban::tools {
namespace {

namespace fs = std::filesystem;
using tests::Folder;
using tests::read;
using tests::write;
using Json = nlohmann::json;

// ---- Files

fs::path sample(const std::string& name) { return fs::path(VANBAN_SOURCE_DIR) / "samples" / name; }

// A folder for one test, gone after it.
// A line for each thing in it, to compare.
std::vector<std::string> listing(const Folder& folder) {
  std::vector<std::string> out;
  for (const auto& [name, bytes] : folder.content())
    out.push_back(name + ' ' + std::to_string(bytes.size()) + ' ' +
                  std::to_string(std::hash<std::string>()(bytes)));
  return out;
}

// ---- Running

struct Result {
  int code = -1;  // the exit code, or -1 where a signal ended it
  int signal = 0;
  std::string out, err;
};

struct How {
  fs::path where;  // working directory
  std::string standard_input;
  std::optional<mode_t> mask;
  fs::path standard_output;  // empty: it is kept for the Result
};

// A running program; what it prints goes to files beside the folder of the test.
class Program {
 public:
  Program(const std::vector<std::string>& arguments, const How& how) {
    write(streams_ / "in", how.standard_input);
    write(streams_ / "out", "");
    write(streams_ / "err", "");
    std::vector<std::string> words{VANBAN_PROGRAM};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    id_ = ::fork();
    if (id_ < 0) throw std::runtime_error("cannot fork");
    if (id_ > 0) return;
    redirect(streams_ / "in", O_RDONLY, STDIN_FILENO);
    redirect(how.standard_output.empty() ? streams_ / "out" : how.standard_output, O_WRONLY,
             STDOUT_FILENO);
    redirect(streams_ / "err", O_WRONLY, STDERR_FILENO);
    if (how.mask) ::umask(*how.mask);
    if (::chdir(how.where.c_str()) != 0) ::_exit(126);
    ::execv(argv[0], argv.data());
    ::_exit(127);
  }
  ~Program() {
    if (id_ <= 0) return;
    ::kill(id_, SIGKILL);
    ::waitpid(id_, nullptr, 0);
  }
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  void send(int signal) const { ::kill(id_, signal); }

  Result wait() {
    int status = 0;
    while (::waitpid(id_, &status, 0) < 0 && errno == EINTR) continue;
    id_ = 0;
    Result result;
    if (WIFEXITED(status)) result.code = WEXITSTATUS(status);
    if (WIFSIGNALED(status)) result.signal = WTERMSIG(status);
    result.out = read(streams_ / "out");
    result.err = read(streams_ / "err");
    return result;
  }

 private:
  static void redirect(const fs::path& path, int flags, int descriptor) {
    const int file = ::open(path.c_str(), flags);
    if (file < 0 || ::dup2(file, descriptor) < 0) ::_exit(125);
  }

  Folder streams_;
  pid_t id_ = 0;
};

Result run(const std::vector<std::string>& arguments, const How& how) {
  return Program(arguments, how).wait();
}

Result run(const std::vector<std::string>& arguments, const Folder& folder) {
  return run(arguments, {folder.path(), "", std::nullopt, {}});
}

std::size_t count_lines(const std::string& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

// ---- PDFs

std::string bytes_of(QPDFWriter& writer) {
  writer.setOutputMemory();
  writer.setStaticID(true);
  writer.write();
  const std::shared_ptr<Buffer> buffer = writer.getBufferSharedPointer();
  return {reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize()};
}

std::string encrypted(const fs::path& path, const char* user_password) {
  QPDF pdf;
  pdf.processFile(path.c_str());
  QPDFWriter writer(pdf);
  writer.setR6EncryptionParameters(user_password, "owner", true, true, true, true, true, true,
                                   qpdf_r3p_full, true);
  return bytes_of(writer);
}

// The first page of a PDF `count` times; they share what they show.
std::string repeated(const fs::path& path, int count) {
  QPDF pdf;
  pdf.processFile(path.c_str());
  QPDFPageDocumentHelper pages(pdf);
  std::vector<QPDFPageObjectHelper> before = pages.getAllPages();
  for (std::size_t i = 1; i < before.size(); ++i) pages.removePage(before[i]);
  for (int i = 1; i < count; ++i) pages.addPage(before.front().shallowCopyPage(), false);
  QPDFWriter writer(pdf);
  return bytes_of(writer);
}

// A PDF with more words on its page of that number, as a text layer has them.
std::string with_words(const fs::path& path, std::size_t page_number, const std::string& words) {
  QPDF pdf;
  pdf.processFile(path.c_str());
  QPDFPageObjectHelper page = QPDFPageDocumentHelper(pdf).getAllPages().at(page_number - 1);
  page.getAttribute("/Resources", true)
      .getKey("/Font")
      .replaceKey("/Added", QPDFObjectHandle::parse(
                                "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold >>"));
  page.addPageContents(QPDFObjectHandle::newStream(&pdf, "q Q\n"), true);
  page.addPageContents(
      QPDFObjectHandle::newStream(&pdf, "\nBT /Added 14 Tf 60 800 Td (" + words + ") Tj ET\n"),
      false);
  QPDFWriter writer(pdf);
  return bytes_of(writer);
}

// A PDF of empty pages, or none, of a size in points.
std::string empty_pages(int count, int width_pt, int height_pt) {
  QPDF pdf;
  pdf.emptyPDF();
  QPDFPageDocumentHelper pages(pdf);
  for (int i = 0; i < count; ++i)
    pages.addPage(QPDFPageObjectHelper(pdf.makeIndirectObject(QPDFObjectHandle::parse(
                      "<< /Type /Page /Resources << >> /MediaBox [0 0 " + std::to_string(width_pt) +
                      " " + std::to_string(height_pt) + "] >>"))),
                  false);
  QPDFWriter writer(pdf);
  return bytes_of(writer);
}

const char* const kPlan = "ke-hoach-so.pdf";            // born digital, two pages, read at once
const char* const kScan = "thong-bao-lop-mat-dau.pdf";  // one page, to be recognised

// A folder with the inputs that the failing runs are given.
void fill(const Folder& folder) {
  const std::string plan = read(sample(kPlan));
  write(folder / "plan.pdf", plan);
  write(folder / "scan.pdf", read(sample(kScan)));
  write(folder / "text.txt", "Kế hoạch\n");
  write(folder / "empty.pdf", "");
  write(folder / "blank.pdf", "\n\n\n");
  write(folder / "truncated.pdf", plan.substr(0, 4000));
  write(folder / "no-pages.pdf", empty_pages(0, 595, 842));
  write(folder / "huge.pdf", empty_pages(1, 56693, 56693));  // 20 metres a side
  write(folder / "locked.pdf", encrypted(sample(kPlan), "bí mật"));
  fs::create_directory(folder / "folder");
  fs::create_symlink("nowhere.pdf", folder / "dangling.pdf");
  fs::create_hard_link(folder / "plan.pdf", folder / "same-plan.pdf");
  fs::create_symlink("plan.pdf", folder / "link.pdf");
}

// ---- What cannot be done

// Runs, wants the exit code and one line on standard error that holds `words`, and nothing else.
void check_failure(const Folder& folder, const std::vector<std::string>& arguments, ExitCode code,
                   const std::string& words) {
  const auto before = listing(folder);
  const Result result = run(arguments, folder);
  CAPTURE(arguments, result.err);
  CHECK(result.code == static_cast<int>(code));
  CHECK(result.out.empty());
  CHECK(count_lines(result.err) == 1);
  CHECK_THAT(result.err, Catch::StartsWith("vanban: ") && Catch::Contains(words));
  CHECK(listing(folder) == before);
}

struct Failure {
  std::vector<std::string> arguments;
  ExitCode code;
  std::string words;
};

TEST_CASE("a run that cannot be done says why in one line and leaves nothing behind") {
  const Folder folder;
  fill(folder);
  const std::vector<Failure> failures{
      // Inputs that are not there or cannot be opened.
      {{"convert", "missing.pdf", "-o", "o.json"}, ExitCode::FileAccess, "missing.pdf"},
      {{"convert", "dangling.pdf", "-o", "o.json"}, ExitCode::FileAccess, "dangling.pdf"},
      {{"convert", "folder", "-o", "o.json"}, ExitCode::FileAccess, "folder"},
      {{"convert", "text.txt/plan.pdf", "-o", "o.json"}, ExitCode::FileAccess, "text.txt"},
      // Inputs that are there and no scans.
      {{"convert", "text.txt", "-o", "o.json"}, ExitCode::InputError, "text.txt"},
      {{"convert", "empty.pdf", "-o", "o.json"}, ExitCode::InputError, "empty"},
      {{"convert", "blank.pdf", "-o", "o.json"}, ExitCode::InputError, "blank.pdf"},
      {{"convert", "truncated.pdf", "-o", "o.json"}, ExitCode::InputError, "damaged"},
      {{"convert", "no-pages.pdf", "-o", "o.json"}, ExitCode::InputError, "no-pages.pdf"},
      {{"convert", "huge.pdf", "-o", "o.json"}, ExitCode::InputError, "huge.pdf"},
      {{"convert", "-", "-o", "o.json"}, ExitCode::InputError, "-"},  // standard input is empty
      // Encryption.
      {{"convert", "locked.pdf", "-o", "o.json"}, ExitCode::Encrypted, "locked.pdf"},
      {{"convert", "locked.pdf", "--password", "bi mat"}, ExitCode::Encrypted, "password"},
      // Outputs that cannot be written.
      {{"convert", "plan.pdf", "-o", "text.txt/o.json"}, ExitCode::FileAccess, "text.txt/o.json"},
      {{"convert", "plan.pdf", "-o", "nowhere/o.json"}, ExitCode::FileAccess, "nowhere/o.json"},
      {{"convert", "plan.pdf", "-o", "folder"}, ExitCode::FileAccess, "folder"},
      {{"convert", "plan.pdf", "--text", "nowhere/o.txt"}, ExitCode::FileAccess, "nowhere/o.txt"},
      {{"convert", "plan.pdf", "-o", "o.json", "--text", "nowhere/o.txt"},
       ExitCode::FileAccess,
       "nowhere/o.txt"},
      {{"convert", "plan.pdf", "-o", "/dev/full"}, ExitCode::FileAccess, "/dev/full"},
      {{"convert", "plan.pdf", "--trace", "text.txt/trace"}, ExitCode::FileAccess, "trace"},
      // Outputs that would replace something.
      {{"convert", "plan.pdf", "-o", "plan.pdf"}, ExitCode::BadArguments, "plan.pdf"},
      {{"convert", "plan.pdf", "-o", "./folder/../plan.pdf"}, ExitCode::BadArguments, "plan.pdf"},
      {{"convert", "plan.pdf", "-o", "link.pdf"}, ExitCode::BadArguments, "plan.pdf"},
      {{"convert", "link.pdf", "-o", "plan.pdf"}, ExitCode::BadArguments, "link.pdf"},
      {{"convert", "plan.pdf", "-o", "same-plan.pdf"}, ExitCode::BadArguments, "plan.pdf"},
      {{"convert", "plan.pdf", "--text", "plan.pdf"}, ExitCode::BadArguments, "plan.pdf"},
      {{"convert", "plan.pdf", "--timings", "plan.pdf"}, ExitCode::BadArguments, "plan.pdf"},
      {{"convert", "plan.pdf", "-o", "o", "--text", "o"}, ExitCode::BadArguments, "--text"},
      {{"convert", "plan.pdf", "-o", "text.txt", "--text", "./text.txt"},
       ExitCode::BadArguments,
       "--text"},
      {{"convert", "plan.pdf", "--text", "-"}, ExitCode::BadArguments, "--text"},
      // Pages.
      {{"convert", "plan.pdf", "--pages", "0"}, ExitCode::BadArguments, "--pages"},
      {{"convert", "plan.pdf", "--pages", "1,"}, ExitCode::BadArguments, "--pages"},
      {{"convert", "plan.pdf", "--pages", "two"}, ExitCode::BadArguments, "'two'"},
      {{"convert", "plan.pdf", "--pages", "2-1"}, ExitCode::BadArguments, "2-1"},
      {{"convert", "plan.pdf", "-o", "o.json", "--pages", "3"}, ExitCode::BadArguments, "3"},
      {{"convert", "plan.pdf", "--pages", "1-9"}, ExitCode::BadArguments, "has 2"},
      // A page to be drawn.
      {{"inspect", "missing.pdf", "-o", "o.png"}, ExitCode::FileAccess, "missing.pdf"},
      {{"inspect", "text.txt", "-o", "o.png"}, ExitCode::InputError, "text.txt"},
      {{"inspect", "locked.pdf", "-o", "o.png"}, ExitCode::Encrypted, "locked.pdf"},
      {{"inspect", "plan.pdf", "-o", "nowhere/o.png"}, ExitCode::FileAccess, "nowhere/o.png"},
      {{"inspect", "plan.pdf", "-o", "/dev/full"}, ExitCode::FileAccess, "/dev/full"},
      {{"inspect", "plan.pdf", "-o", "plan.pdf"}, ExitCode::BadArguments, "plan.pdf"},
      {{"inspect", "plan.pdf", "-o", "o.png", "--page", "3"}, ExitCode::BadArguments, "has 2"},
      {{"inspect", "scan.pdf", "-o", "o.png", "--tessdata", "nowhere"},
       ExitCode::MissingDependency,
       "vie"},
      // The engine.
      {{"convert", "scan.pdf", "-o", "o.json", "--tessdata", "folder"},
       ExitCode::MissingDependency,
       "vie"},
      {{"convert", "scan.pdf", "-o", "o.json", "--tessdata", "nowhere"},
       ExitCode::MissingDependency,
       "vie"},
  };
  for (const Failure& failure : failures)
    check_failure(folder, failure.arguments, failure.code, failure.words);
}

TEST_CASE("a failing run does not touch what stands at its output") {
  const Folder folder;
  fill(folder);
  write(folder / "o.json", "from before");
  write(folder / "o.txt", "from before");
  check_failure(folder, {"convert", "truncated.pdf", "-o", "o.json", "--text", "o.txt"},
                ExitCode::InputError, "truncated.pdf");
  CHECK(read(folder / "o.json") == "from before");
}

TEST_CASE("a full standard output is an error, not a short record") {
  const Folder folder;
  write(folder / "plan.pdf", read(sample(kPlan)));
  const Result result =
      run({"convert", "plan.pdf"}, How{folder.path(), "", std::nullopt, "/dev/full"});
  CHECK(result.code == static_cast<int>(ExitCode::FileAccess));
  CHECK(count_lines(result.err) == 1);
  CHECK_THAT(result.err, Catch::Contains("standard output"));
}

TEST_CASE("a command line that cannot be read is refused, and help is pointed at") {
  const Folder folder;
  fill(folder);
  struct Row {
    std::vector<std::string> arguments;
    std::string words;
  };
  const std::vector<Row> rows{
      {{}, "subcommand"},
      {{"read", "plan.pdf"}, ""},
      {{"convert"}, "INPUT"},
      {{"convert", "plan.pdf", "scan.pdf"}, "scan.pdf"},
      {{"convert", "plan.pdf", "--frobnicate"}, "--frobnicate"},
      {{"--frobnicate", "convert", "plan.pdf"}, "--frobnicate"},
      {{"convert", "plan.pdf", "-o"}, "-o"},
      {{"convert", "plan.pdf", "--jobs", "0"}, "--jobs"},
      {{"convert", "plan.pdf", "--jobs", "many"}, "--jobs"},
      {{"convert", "plan.pdf", "--ocr", "sometimes"}, "--ocr"},
      {{"restore", "text.txt", "--from", "latin-1"}, "--from"},
      {{"restore", "text.txt", "--from"}, "--from"},
      {{"restore", "text.txt", "--tone-place", "middle"}, "--tone-place"},
      {{"restore", "text.txt", "scan.pdf"}, "scan.pdf"},
      {{"restore", "text.txt", "--pages", "1"}, "--pages"},
      {{"restore", "text.txt", "convert", "plan.pdf"}, ""},
      {{"convert", "plan.pdf", "--max-megapixels", "0"}, "--max-megapixels"},
      {{"inspect"}, "INPUT"},
      {{"inspect", "plan.pdf", "--page", "0"}, "--page"},
      {{"inspect", "plan.pdf", "--page", "1-2"}, "--page"},
      {{"inspect", "plan.pdf", "--text", "o.txt"}, "--text"},
      {{"inspect", "plan.pdf", "--ocr", "sometimes"}, "--ocr"},
      {{"-q", "-v", "convert", "plan.pdf"}, "--verbose"},
  };
  const auto before = listing(folder);
  for (const Row& row : rows) {
    const Result result = run(row.arguments, folder);
    CAPTURE(row.arguments, result.err);
    CHECK(result.code == static_cast<int>(ExitCode::BadArguments));
    CHECK(result.out.empty());
    CHECK_THAT(result.err, Catch::Contains(row.words) && Catch::Contains("--help"));
    CHECK(count_lines(result.err) <= 2);
    CHECK(listing(folder) == before);
  }
}

// ---- What can be done

Json record_of(const Result& result) {
  CAPTURE(result.err);
  REQUIRE(result.code == 0);
  REQUIRE_THAT(result.out, Catch::EndsWith("\n"));
  return Json::parse(result.out);
}

TEST_CASE("the record goes to standard output and nothing else does") {
  const Folder folder;
  write(folder / "plan.pdf", read(sample(kPlan)));
  const Result result = run({"convert", "plan.pdf"}, folder);
  const Json record = record_of(result);
  CHECK(pipeline::schema_errors(result.out) == std::vector<std::string>{});
  CHECK(result.err.empty());
  CHECK(record["document"]["code"]["value"] == "31/KH-UBND");
  CHECK(record["source"]["page_count"] == 2);
  CHECK(record["source"]["media_type"] == "application/pdf");
  CHECK(record["pages"][0]["route"] == "text_layer");
  CHECK(record["provenance"]["engine"].is_null());
  CHECK(folder.content().size() == 1);
}

// A terminal, as a program sees it. What it is sent is read at once: it has room for little.
class Terminal {
 public:
  Terminal() : master_(::posix_openpt(O_RDWR | O_NOCTTY)) {
    REQUIRE(master_ >= 0);
    REQUIRE(::grantpt(master_) == 0);
    REQUIRE(::unlockpt(master_) == 0);
    // Kept open, so that what was sent is not lost with the last writer.
    slave_ = ::open(::ptsname(master_), O_RDWR | O_NOCTTY);
    REQUIRE(slave_ >= 0);
    reader_ = std::thread([this] { read_all(); });
  }
  ~Terminal() {
    text();
    ::close(slave_);
    ::close(master_);
  }
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;

  fs::path path() const { return ::ptsname(master_); }
  // What it was sent; nothing is read after that.
  std::string text() {
    over_ = true;
    if (reader_.joinable()) reader_.join();
    return text_;
  }

 private:
  void read_all() {
    constexpr int kPatienceMs = 50;
    while (true) {
      const bool last = over_;
      pollfd ready{master_, POLLIN, 0};
      char buffer[4096];
      if (::poll(&ready, 1, kPatienceMs) > 0) {
        const ssize_t size = ::read(master_, buffer, sizeof buffer);
        if (size <= 0) return;
        text_.append(buffer, static_cast<std::size_t>(size));
      } else if (last) {
        return;
      }
    }
  }

  int master_ = -1, slave_ = -1;
  std::atomic<bool> over_{false};
  std::string text_;
  std::thread reader_;
};

TEST_CASE("a terminal gets a summary, and the record where a place is named") {
  const Folder folder;
  write(folder / "my plan.pdf", read(sample(kPlan)));
  const auto shown = [&](const std::vector<std::string>& arguments) {
    Terminal terminal;
    CHECK(run(arguments, {folder.path(), "", std::nullopt, terminal.path()}).code == 0);
    return terminal.text();
  };
  const std::string summary = shown({"convert", "my plan.pdf"});
  for (const char* part : {"Document", "KH-UBND", "Subject", "Signed", "To look at",
                           "vanban convert 'my plan.pdf' -o 'my plan.json'"})
    CHECK_THAT(summary, Catch::Contains(part));
  CHECK(count_lines(summary) <= 14);
  CHECK_THAT(shown({"--language", "vi", "convert", "my plan.pdf"}),
             Catch::Contains("Trích yếu") && !Catch::Contains("Subject"));
  CHECK(shown({"convert", "my plan.pdf", "-o", "record.json"}).empty());
  CHECK(read(folder / "record.json") == run({"convert", "my plan.pdf"}, folder).out);
  CHECK_THAT(shown({"convert", "my plan.pdf", "-o", "-", "--pages", "1"}),
             Catch::StartsWith("{\r\n \"schema_version\""));
}

TEST_CASE("the record names the file without its folder") {
  const Folder folder;
  fs::create_directory(folder / "hồ sơ");
  write(folder / "hồ sơ/kế hoạch.pdf", read(sample(kPlan)));
  const std::string path = GENERATE("hồ sơ/kế hoạch.pdf", "./hồ sơ/../hồ sơ/kế hoạch.pdf", "");
  const std::string input = path.empty() ? (folder / "hồ sơ/kế hoạch.pdf").string() : path;
  CAPTURE(input);
  const Result result = run({"convert", input}, folder);
  CHECK(record_of(result)["source"]["file_name"] == "kế hoạch.pdf");
  // The folder's random name stands nowhere in the record.
  CHECK(result.out.find(folder.path().filename().string()) == std::string::npos);
}

TEST_CASE("a name that is no UTF-8 still makes a record that is") {
  const Folder folder;
  write(folder / "b\xE1o.pdf", read(sample(kPlan)));
  const Json record = record_of(run({"convert", "b\xE1o.pdf"}, folder));
  CHECK(record["source"]["file_name"] == "b\xEF\xBF\xBDo.pdf");
}

TEST_CASE("files from -o and --text hold what standard output would show") {
  const Folder folder;
  write(folder / "plan.pdf", read(sample(kPlan)));
  const Result shown = run({"convert", "plan.pdf"}, folder);
  const Result shown_text = run({"convert", "plan.pdf", "-o", "first.json", "--text", "-"}, folder);
  const Result written =
      run({"convert", "plan.pdf", "-o", "second.json", "--text", "second.txt"}, folder);
  REQUIRE(shown.code == 0);
  REQUIRE(shown_text.code == 0);
  REQUIRE(written.code == 0);
  CHECK(written.out.empty());
  CHECK(written.err.empty());
  CHECK(read(folder / "first.json") == shown.out);
  CHECK(read(folder / "second.json") == shown.out);
  CHECK(read(folder / "second.txt") == shown_text.out);
  CHECK(folder.content().size() == 4);

  // Two pages, parted by one form feed; the same pages as in the record.
  const std::string text = read(folder / "second.txt");
  const std::size_t feed = text.find('\f');
  REQUIRE(feed != std::string::npos);
  CHECK(text.find('\f', feed + 1) == std::string::npos);
  const Json pages = record_of(shown)["text"]["pages"];
  CHECK(text.substr(0, feed) == pages[0].get<std::string>() + "\n");
  CHECK(text.substr(feed + 1) == pages[1].get<std::string>() + "\n");
  CHECK_THAT(text, Catch::Contains("Thực hiện Công văn số 2290/SKHCN-CĐS"));
}

TEST_CASE("each table is a file in the folder of --tables, which is made") {
  const Folder folder;
  write(folder / "plan.pdf", read(sample(kPlan)));
  const Result result =
      run({"convert", "plan.pdf", "--tables", "out/tables", "-o", "r.json"}, folder);
  REQUIRE(result.code == 0);
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder / "out" / "tables"))
    names.push_back(entry.path().filename().string());
  CHECK(names == std::vector<std::string>{"plan-table-01.csv"});
  const std::string csv = read(folder / "out" / "tables" / "plan-table-01.csv");
  CHECK(csv.rfind("\xEF\xBB\xBFTT,Nội dung,Thời gian,Đơn vị chủ trì\r\n1,", 0) == 0);
  CHECK(std::count(csv.begin(), csv.end(), '\n') == 6);
}

TEST_CASE("a folder for tables that cannot be made is known before the work begins") {
  const Folder folder;
  write(folder / "plan.pdf", read(sample(kPlan)));
  write(folder / "file", "");
  const Result result = run({"convert", "plan.pdf", "--tables", "file", "-o", "r.json"}, folder);
  CHECK(result.code == 5);
  CHECK(result.err.find("--tables") != std::string::npos);
  CHECK_FALSE(fs::exists(folder / "r.json"));
}

TEST_CASE("pictures of what stands in the header's slots go to the folder of --crops") {
  const Folder folder;
  write(folder / "report.pdf", read(sample("bao-cao-scan.pdf")));
  REQUIRE(
      run({"convert", "report.pdf", "--pages", "1", "--crops", "out/crops", "-o", "r.json"}, folder)
          .code == 0);
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder / "out" / "crops")) {
    names.push_back(entry.path().filename().string());
    CHECK(read(entry.path()).rfind("\x89PNG", 0) == 0);
  }
  std::sort(names.begin(), names.end());
  CHECK(names == std::vector<std::string>{"report-p0001-day.png", "report-p0001-month.png",
                                          "report-p0001-number.png"});
  write(folder / "file", "");
  const Result result = run({"convert", "report.pdf", "--crops", "file", "-o", "s.json"}, folder);
  CHECK(result.code == 5);
  CHECK(result.err.find("--crops") != std::string::npos);
}

TEST_CASE("a record is on one line where that is asked for") {
  const Folder folder;
  write(folder / "plan.pdf", read(sample(kPlan)));
  const Json whole = record_of(run({"convert", "plan.pdf"}, folder));
  const Result result = run({"convert", "plan.pdf", "--compact", "--records", "r.jsonl"}, folder);
  CHECK(count_lines(result.out) == 1);
  CHECK(record_of(result) == whole);
  CHECK(read(folder / "r.jsonl") == result.out);
  REQUIRE(run({"convert", "plan.pdf", "--split", "--records", "s.jsonl"}, folder).code == 0);
  CHECK(Json::parse(read(folder / "s.jsonl")) == whole);
  CHECK(run({"convert", "plan.pdf", "--records", "-"}, folder).code ==
        static_cast<int>(ExitCode::BadArguments));
}

TEST_CASE("figures go to the file of --indicators, of one document or of many") {
  const Folder folder;
  folder.file("in/plan.pdf", read(sample(kPlan)));
  REQUIRE(run({"convert", "in/plan.pdf", "-o", "r.json", "--indicators", "f.csv"}, folder).code ==
          0);
  const std::string one = read(folder / "f.csv");
  CHECK(count_lines(one) == 1 + Json::parse(read(folder / "r.json")).at("indicators").size());
  REQUIRE(run({"batch", "in", "-o", "out", "--indicators", "g.csv"}, folder).code == 0);
  CHECK(read(folder / "g.csv") == one);
  CHECK(run({"convert", "in/plan.pdf", "--indicators", "f.ods"}, folder).code ==
        static_cast<int>(ExitCode::BadArguments));
}

TEST_CASE("extract writes the record of a plain text") {
  const Folder folder;
  write(folder / "report.txt",
        "\xEF\xBB\xBFỦY BAN NHÂN DÂN\nXÃ SÔNG THƯƠNG\nSố: 67/BC-UBND\n"
        "Sông Thương, ngày 25 tháng 7 năm 2025\nBÁO CÁO\nKết quả chuyển đổi số\n\n"
        "Thực hiện Kế hoạch số 18/KH-UBND ngày 08/7/2025 của UBND huyện.\n");
  const Result result = run({"extract", "report.txt"}, folder);
  REQUIRE(result.code == 0);
  CHECK(result.err.empty());
  const Json record = record_of(result);
  CHECK(record["source"]["media_type"] == "text/plain");
  CHECK(record["document"]["code"]["value"] == "67/BC-UBND");
  CHECK(record["document"]["code"]["bbox"].is_null());
  CHECK(record["document"]["issuing_agency"]["value"] == "ỦY BAN NHÂN DÂN XÃ SÔNG THƯƠNG");
  CHECK(record["references"][0]["code"]["value"] == "18/KH-UBND");
  write(folder / "empty.txt", "");
  CHECK(run({"extract", "empty.txt"}, folder).code != 0);
  write(folder / "latin.txt", "caf\xE9");
  CHECK(run({"extract", "latin.txt", "-o", "x.json"}, folder).code != 0);
  CHECK_FALSE(fs::exists(folder / "x.json"));
}

TEST_CASE("each document of a file has a record where they are split") {
  const Folder folder;
  const std::string head = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSỞ NỘI VỤ\n";
  write(folder / "two.txt", head + "Số: 12/TB-SNV\nTHÔNG BÁO\nVề việc nghỉ lễ\n\f" + head +
                                "Số: 13/KH-SNV\nKẾ HOẠCH\nVề việc trực lễ\n");
  const Result split = run({"extract", "two.txt", "--split"}, folder);
  REQUIRE(split.code == 0);
  CHECK(split.err.empty());
  const Json records = Json::parse(split.out);
  REQUIRE(records.size() == 2);
  CHECK(records[1]["document"]["code"]["value"] == "13/KH-SNV");
  CHECK(records[1]["source"]["pages"] == Json({2, 2}));
  // Page n is element n - 1 in each of them.
  CHECK(records[1]["text"]["pages"][0] == "");
  CHECK(records[0]["text"]["pages"].size() == 1);

  const Result first = run({"extract", "two.txt"}, folder);
  CHECK(first.err.find("page 2") != std::string::npos);
  CHECK(first.err.find("--split") != std::string::npos);
  const Json record = record_of(first);
  CHECK(record["document"]["code"]["value"] == "12/TB-SNV");
  CHECK(record["source"]["pages"] == Json({1, 1}));
  CHECK(record["text"]["pages"].size() == 2);
  CHECK(record["warnings"][0]["code"] == "more_documents");
}

TEST_CASE("explain says why a field is what it is, of texts and of scans") {
  const Folder folder;
  write(folder / "letter.txt", "SỞ NỘI VỤ\nSố: 12/SNV-TH\nKính gửi: Sở Y tế\nĐề nghị phối hợp.\n");
  const Result text = run({"explain", "letter.txt", "--field", "code"}, folder);
  CHECK(text.code == 0);
  CHECK(text.out.find("code: \"12/SNV-TH\"") != std::string::npos);
  write(folder / "plan.pdf", read(sample(kPlan)));
  const Result scan = run({"explain", "plan.pdf", "--field", "type", "-o", "why.txt"}, folder);
  CHECK(scan.code == 0);
  CHECK(read(folder / "why.txt").find("type: \"Kế hoạch\"") != std::string::npos);
  // What is a scan, convert and explain agree upon.
  write(folder / "late.pdf", "a line before the header\n" + read(sample(kPlan)));
  CHECK(run({"convert", "late.pdf"}, folder).code == 0);
  CHECK(run({"explain", "late.pdf", "--field", "type"}, folder).out == read(folder / "why.txt"));
  write(folder / "mm.txt", "MM\nSỞ NỘI VỤ\nSố: 12/SNV-TH\nKính gửi: Sở Y tế\nĐề nghị.\n");
  CHECK(run({"convert", "mm.txt"}, folder).code == 2);
  CHECK(run({"explain", "mm.txt", "--field", "code"}, folder).code == 0);
  const Result unknown = run({"explain", "letter.txt", "--field", "colour"}, folder);
  CHECK(unknown.code == 1);
  CHECK(unknown.err.find("signer.name") != std::string::npos);
  CHECK(unknown.out.empty());
}

TEST_CASE("the user's own fields are in the record") {
  const Folder folder;
  write(folder / "letter.txt",
        "SỞ NỘI VỤ\nSố: 12/SNV-TH\nKính gửi: Sở Y tế\n"
        "Gửi ý kiến trước ngày 05/12/2025 về hộp thư noivu@songthuong.gov.vn. Mã hồ sơ: "
        "000.12.H58\n");
  const Result result =
      run({"extract", "letter.txt", "--fields", sample("fields.toml").string()}, folder);
  REQUIRE(result.code == 0);
  const Json fields = record_of(result)["fields"];
  CHECK(fields["answer_by"]["value"] == "2025-12-05");
  CHECK(fields["dossier_code"]["value"] == "000.12.H58");
  CHECK(fields["emails"][0]["value"] == "noivu@songthuong.gov.vn");
  CHECK(fields["copies"]["reason"] == "not_applicable");
  CHECK(fields.contains("office_phone"));

  write(folder / "bad.toml", "[[field]]\nname = \"x\"\npattern = '('\n");
  const Result bad = run({"extract", "letter.txt", "--fields", "bad.toml", "-o", "x.json"}, folder);
  CHECK(bad.code == 1);
  CHECK(bad.err.find("bad.toml: line 3: field x") != std::string::npos);
  CHECK_FALSE(fs::exists(folder / "x.json"));
}

TEST_CASE("an output that is there is replaced") {
  const Folder folder;
  write(folder / "plan.pdf", read(sample(kPlan)));
  write(folder / "o.json", std::string(100000, 'x'));
  REQUIRE(run({"convert", "plan.pdf", "-o", "o.json"}, folder).code == 0);
  CHECK(Json::parse(read(folder / "o.json"))["source"]["file_name"] == "plan.pdf");
  CHECK(folder.content().size() == 2);
}

TEST_CASE("a dash reads standard input") {
  const Folder folder;
  const Result result =
      run({"convert", "-"}, How{folder.path(), read(sample(kPlan)), std::nullopt, {}});
  const Json record = record_of(result);
  CHECK(record["source"]["file_name"] == "-");
  CHECK(record["source"]["bytes"] == fs::file_size(sample(kPlan)));
  CHECK(record["document"]["code"]["value"] == "31/KH-UBND");
  CHECK(folder.content().empty());
}

TEST_CASE("the name of the input says nothing of its kind") {
  const Folder folder;
  const std::string name = GENERATE("plan.png", "plan", "plan.txt", ".pdf", "-plan");
  CAPTURE(name);
  write(folder / name, read(sample(kPlan)));
  const Json record = record_of(run({"convert", "./" + name}, folder));
  CHECK(record["source"]["file_name"] == name);
  CHECK(record["source"]["media_type"] == "application/pdf");
}

TEST_CASE("the right password opens an encrypted file") {
  const Folder folder;
  write(folder / "locked.pdf", encrypted(sample(kPlan), "bí mật"));
  write(folder / "half-open.pdf", encrypted(sample(kPlan), ""));
  const Json locked = record_of(run({"convert", "locked.pdf", "--password", "bí mật"}, folder));
  CHECK(locked["source"]["encrypted"] == true);
  CHECK(locked["document"]["code"]["value"] == "31/KH-UBND");
  // Encrypted with the empty password: no password needs to be given.
  CHECK(record_of(run({"convert", "half-open.pdf"}, folder))["source"]["encrypted"] == true);
}

TEST_CASE("a password comes from a file or the environment as well") {
  const Folder folder;
  write(folder / "locked.pdf", encrypted(sample(kPlan), "bí mật"));
  write(folder / "password", "bí mật\r\nnot this line\n");
  write(folder / "wrong", "sai\n");
  write(folder / "empty", "\nbí mật\n");
  CHECK(run({"convert", "locked.pdf", "--password-file", "password"}, folder).code == 0);
  CHECK(run({"inspect", "locked.pdf", "--password-file", "wrong"}, folder).code ==
        static_cast<int>(ExitCode::Encrypted));
  const Result empty = run({"convert", "locked.pdf", "--password-file", "empty"}, folder);
  CHECK(empty.code == static_cast<int>(ExitCode::BadArguments));
  CHECK_THAT(empty.err, Catch::Contains("password file empty"));
  CHECK(run({"convert", "locked.pdf", "--password-file", "none"}, folder).code ==
        static_cast<int>(ExitCode::FileAccess));
  ::setenv("VANBAN_PASSWORD", "bí mật", 1);
  const Result found = run({"convert", "locked.pdf"}, folder);
  const Result asked = run({"convert", "locked.pdf", "--password-file", "wrong"}, folder);
  ::unsetenv("VANBAN_PASSWORD");
  CHECK(found.code == 0);
  CHECK(asked.code == static_cast<int>(ExitCode::Encrypted));
}

TEST_CASE("the record never holds the password") {
  const Folder folder;
  write(folder / "locked.pdf", encrypted(sample(kPlan), "hoamai-91827"));
  const Result result = run({"-v", "--log-file", "log", "convert", "locked.pdf", "--password",
                             "hoamai-91827", "--trace", "trace"},
                            folder);
  REQUIRE(result.code == 0);
  for (const auto& [name, content] : folder.content()) {
    CAPTURE(name);
    CHECK(content.find("hoamai-91827") == std::string::npos);
  }
  CHECK((result.out + result.err).find("hoamai-91827") == std::string::npos);
}

TEST_CASE("only the chosen pages are read, and keep their numbers") {
  const Folder folder;
  write(folder / "plan.pdf", read(sample(kPlan)));
  const Json record = record_of(run({"convert", "plan.pdf", "--pages", "2"}, folder));
  CHECK(record["source"]["pages_read"] == Json::parse("[2]"));
  CHECK(record["source"]["page_count"] == 2);
  REQUIRE(record["pages"].size() == 1);
  CHECK(record["pages"][0]["number"] == 2);
  REQUIRE(record["text"]["pages"].size() == 2);
  CHECK(record["text"]["pages"][0] == "");
  CHECK(record["text"]["pages"][1] != "");
}

TEST_CASE("pages asked for twice or in another order are read once, in order") {
  const Folder folder;
  write(folder / "plan.pdf", read(sample(kPlan)));
  const std::string all = run({"convert", "plan.pdf"}, folder).out;
  CHECK(run({"convert", "plan.pdf", "--pages", "2,1-2,1"}, folder).out == all);
}

TEST_CASE("a page is drawn to a file and, the same, to standard output") {
  const Folder folder;
  write(folder / "plan.pdf", read(sample(kPlan)));
  const Result to_file = run({"inspect", "plan.pdf", "--page", "2", "-o", "page.png"}, folder);
  CAPTURE(to_file.err);
  REQUIRE(to_file.code == 0);
  CHECK(to_file.out.empty());
  CHECK(to_file.err.empty());
  const std::string png = read(folder / "page.png");
  CHECK_THAT(png, Catch::StartsWith("\x89PNG\r\n"));
  CHECK(run({"inspect", "plan.pdf", "--page", "2"}, folder).out == png);
  const Result first = run({"inspect", "plan.pdf"}, folder);
  CHECK_THAT(first.out, Catch::StartsWith("\x89PNG\r\n"));
  CHECK(first.out != png);
}

TEST_CASE("a page of an encrypted file and one from standard input are drawn") {
  const Folder folder;
  fill(folder);
  const std::string drawn = run({"inspect", "plan.pdf"}, folder).out;
  CHECK(run({"inspect", "-"}, {folder.path(), read(folder / "plan.pdf"), std::nullopt, {}}).out ==
        drawn);
  CHECK(run({"inspect", "locked.pdf", "--password", "bí mật"}, folder).out == drawn);
}

TEST_CASE("a new file gets the permissions that the user's mask leaves") {
  const Folder folder;
  write(folder / "plan.pdf", read(sample(kPlan)));
  const auto [mask, expected] = GENERATE(table<mode_t, mode_t>({
      {0022, 0644},
      {0077, 0600},
      {0002, 0664},
      {0027, 0640},
  }));
  CAPTURE(mask);
  const Result result = run({"convert", "plan.pdf", "-o", "o.json", "--text", "o.txt"},
                            How{folder.path(), "", mask, {}});
  REQUIRE(result.code == 0);
  struct stat status {};
  for (const char* name : {"o.json", "o.txt"}) {
    REQUIRE(::stat((folder / name).c_str(), &status) == 0);
    CHECK((status.st_mode & 07777) == expected);
  }
}

TEST_CASE("an output that is a link stays one, and its target is replaced") {
  const Folder folder;
  write(folder / "plan.pdf", read(sample(kPlan)));
  fs::create_directory(folder / "archive");
  write(folder / "archive/record.json", "from before");
  fs::create_symlink("archive/record.json", folder / "o.json");
  REQUIRE(run({"convert", "plan.pdf", "-o", "o.json"}, folder).code == 0);
  CHECK(fs::is_symlink(folder / "o.json"));
  REQUIRE(fs::is_regular_file(fs::symlink_status(folder / "archive/record.json")));
  CHECK(Json::parse(read(folder / "archive/record.json"))["source"]["file_name"] == "plan.pdf");
  // plan.pdf, archive, archive/record.json, o.json
  CHECK(folder.content().size() == 4);
}

// A PDF of which one page can be read and one, a kilometre high, cannot.
std::string with_warning() {
  QPDF pdf;
  pdf.processFile(sample(kPlan).c_str());
  QPDFPageDocumentHelper pages(pdf);
  pages.addPage(QPDFPageObjectHelper(pdf.makeIndirectObject(QPDFObjectHandle::parse(
                    "<< /Type /Page /Resources << >> /MediaBox [0 0 56693 56693] >>"))),
                false);
  QPDFWriter writer(pdf);
  return bytes_of(writer);
}

TEST_CASE("a page that cannot be read is a warning, and the others are read") {
  const Folder folder;
  write(folder / "plan.pdf", with_warning());
  const Result result = run({"convert", "plan.pdf"}, folder);
  CHECK(result.code == 0);
  CHECK(count_lines(result.err) == 1);
  CHECK_THAT(result.err, Catch::StartsWith("vanban: ") && Catch::Contains("page 3") &&
                             Catch::Contains("page_failed"));
  const Json record = Json::parse(result.out);
  CHECK(pipeline::schema_errors(result.out) == std::vector<std::string>{});
  CHECK(record["document"]["code"]["value"] == "31/KH-UBND");
  REQUIRE(record["pages"].size() == 3);
  REQUIRE(record["pages"][2]["warnings"].size() == 1);
  CHECK(record["pages"][2]["warnings"][0]["code"] == "page_failed");
}

TEST_CASE("quiet keeps warnings off the screen, not out of the record") {
  const Folder folder;
  write(folder / "plan.pdf", with_warning());
  const std::vector<std::string> arguments = GENERATE(values<std::vector<std::string>>(
      {{"-q", "convert", "plan.pdf"}, {"convert", "plan.pdf", "--quiet"}}));
  const Result result = run(arguments, folder);
  CHECK(result.err.empty());
  CHECK(record_of(result)["pages"][2]["warnings"].size() == 1);
}

TEST_CASE("quiet does not keep errors off the screen") {
  const Folder folder;
  const Result result = run({"-q", "convert", "missing.pdf"}, folder);
  CHECK(result.code == static_cast<int>(ExitCode::FileAccess));
  CHECK(count_lines(result.err) == 1);
}

TEST_CASE("verbose says more, on standard error alone") {
  const Folder folder;
  write(folder / "plan.pdf", read(sample(kPlan)));
  const Result plain = run({"convert", "plan.pdf"}, folder);
  const Result verbose = run({"-v", "convert", "plan.pdf"}, folder);
  CHECK(verbose.code == 0);
  CHECK(verbose.out == plain.out);
  CHECK(verbose.err.size() > plain.err.size());
}

TEST_CASE("the log file holds each line with its time, errors too, and is added to") {
  const Folder folder;
  write(folder / "plan.pdf", with_warning());
  REQUIRE(run({"-q", "--log-file", "log", "convert", "plan.pdf"}, folder).code == 0);
  const std::string first = read(folder / "log");
  CHECK_THAT(first, Catch::Contains("page_failed"));
  CHECK(std::regex_search(first, std::regex(R"(^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d )")));
  REQUIRE(run({"-q", "--log-file", "log", "convert", "missing.pdf"}, folder).code == 5);
  const std::string both = read(folder / "log");
  CHECK_THAT(both, Catch::StartsWith(first) && Catch::Contains("missing.pdf"));
}

// The record of the plan, which an option that lets one look on must not change.
std::string record_with(const Folder& folder, const std::string& option, const std::string& place) {
  write(folder / "plan.pdf", read(sample(kPlan)));
  const Result plain = run({"convert", "plan.pdf"}, folder);
  const Result looked_on = run({"convert", "plan.pdf", option, place}, folder);
  CHECK(looked_on.code == 0);
  CHECK(looked_on.out == plain.out);
  return plain.out;
}

TEST_CASE("what each stage cost is told by page, and changes nothing") {
  const Folder folder;
  record_with(folder, "--timings", "t.json");
  const Json rows = Json::parse(read(folder / "t.json"));
  const auto has = [&](int page, const char* stage) {
    return std::any_of(rows.begin(), rows.end(), [&](const auto& row) {
      return row["page"] == page && row["stage"] == stage && row["cpu_ms"] > 0;
    });
  };
  CHECK(has(0, "record"));
  CHECK(has(1, "text_layer"));
  CHECK(has(2, "layout"));
}

TEST_CASE("a trace shows what passes between the stages, page by page") {
  const Folder folder;
  const std::string record = record_with(folder, "--trace", "new/trace");
  CHECK(read(folder / "new/trace/record.json") == record);
  std::set<std::string> pages;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder / "new/trace"))
    pages.insert(entry.path().filename().string().substr(0, 5));
  CHECK(pages.contains("p0001"));
  CHECK(pages.contains("p0002"));
}

// ---- The same again

TEST_CASE("the same input gives the same bytes, wherever and with however many threads") {
  const Folder folder, elsewhere;
  write(folder / "plan.pdf", read(sample(kPlan)));
  const std::string path = (folder / "plan.pdf").string();
  const Result first = run({"convert", "plan.pdf"}, folder);
  REQUIRE(first.code == 0);
  CHECK(run({"convert", "plan.pdf"}, folder).out == first.out);
  CHECK(run({"convert", path}, elsewhere).out == first.out);
  CHECK(run({"convert", path, "--jobs", "1"}, elsewhere).out == first.out);
  CHECK(run({"convert", path, "--jobs", "7"}, elsewhere).out == first.out);
}

TEST_CASE("two threads recognise the same as one") {
  const Folder folder;
  write(folder / "twice.pdf", repeated(sample(kScan), 2));
  const Result one = run({"convert", "twice.pdf", "--jobs", "1"}, folder);
  const Result two = run({"convert", "twice.pdf", "--jobs", "2"}, folder);
  const Json record = record_of(one);
  CHECK(two.out == one.out);
  // The pages are the same, so is what is read of them.
  CHECK(record["pages"][0]["route"] == "ocr");
  CHECK(record["text"]["pages"][0] == record["text"]["pages"][1]);
  CHECK(record["text"]["pages"][0] != "");
}

TEST_CASE("the language of the environment does not matter") {
  const Folder folder;
  write(folder / "plan.pdf", read(sample(kPlan)));
  const std::string plain = run({"convert", "plan.pdf"}, folder).out;
  ::setenv("LC_ALL", "C", 1);
  const std::string c = run({"convert", "plan.pdf"}, folder).out;
  ::setenv("LC_ALL", "de_DE.UTF-8", 1);
  const std::string german = run({"convert", "plan.pdf"}, folder).out;
  ::setenv("LC_ALL", "vi_VN.UTF-8", 1);
  CHECK(run({"convert", "plan.pdf"}, folder).out == plain);
  ::unsetenv("LC_ALL");
  REQUIRE_FALSE(plain.empty());
  CHECK(c == plain);
  CHECK(german == plain);
}

// ---- Restoring text

const char* const kStripped =
    "Bao cao  ket qua thuc hien ke hoach\r\n\tcua Uy ban nhan dan tinh\f\n";
const char* const kRestored =
    "Báo cáo  kết quả thực hiện kế hoạch\r\n\tcủa Ủy ban nhân dân tỉnh\f\n";

void fill_texts(const Folder& folder) {
  static const std::string model = pipeline::made_model();
  write(folder / "model", model);
  write(folder / "cut.model", model.substr(0, model.size() / 2));
  write(folder / "a.txt", kStripped);
  write(folder / "empty.txt", "");
  write(folder / "latin1.txt", std::string(300000, 'a') + "\nb\xE1o\n");
  write(folder / "nul.txt", std::string("bao\0cao", 7));
  write(folder / "scan.pdf", read(sample(kScan)));
  fs::create_directory(folder / "folder");
  fs::create_symlink("a.txt", folder / "link.txt");
}

Result restore(const Folder& folder, std::vector<std::string> arguments,
               const std::string& standard_input = "") {
  arguments.insert(arguments.begin(), {"restore", "--model", "model"});
  return run(arguments, How{folder.path(), standard_input, std::nullopt, {}});
}

TEST_CASE("a text that cannot be restored is told in one line, and nothing is left behind") {
  const Folder folder;
  fill_texts(folder);
  write(folder / "o.txt", "from before");
  const std::vector<Failure> failures{
      {{"missing.txt"}, ExitCode::FileAccess, "missing.txt"},
      {{"folder"}, ExitCode::FileAccess, "folder"},
      {{"latin1.txt"}, ExitCode::InputError, "byte 300002, line 2"},
      {{"nul.txt", "-o", "o.txt"}, ExitCode::InputError, "NUL"},
      {{"scan.pdf", "--json"}, ExitCode::InputError, "scan.pdf"},
      {{"latin1.txt", "-o", "o.txt"}, ExitCode::InputError, "latin1.txt"},
      {{"latin1.txt", "-o", "o.txt", "--json"}, ExitCode::InputError, "UTF-8"},
      {{"a.txt", "-o", "nowhere/o.txt"}, ExitCode::FileAccess, "nowhere/o.txt"},
      {{"a.txt", "-o", "folder"}, ExitCode::FileAccess, "folder"},
      {{"a.txt", "-o", "/dev/full"}, ExitCode::FileAccess, "/dev/full"},
      {{"a.txt", "-o", "a.txt"}, ExitCode::BadArguments, "a.txt"},
      {{"a.txt", "-o", "link.txt"}, ExitCode::BadArguments, "a.txt"},
      {{"link.txt", "-o", "./a.txt"}, ExitCode::BadArguments, "link.txt"},
      {{"a.txt", "--model", "none"}, ExitCode::MissingDependency, "none"},
      {{"a.txt", "--model", "cut.model"}, ExitCode::MissingDependency, "cut.model"},
      {{"a.txt", "--model", "a.txt", "-o", "o.txt"}, ExitCode::MissingDependency, "a.txt"},
      {{"a.txt", "--model", "folder"}, ExitCode::MissingDependency, "folder"},
  };
  for (const Failure& failure : failures) {
    std::vector<std::string> arguments = failure.arguments;
    const bool names_model = std::count(arguments.begin(), arguments.end(), "--model") > 0;
    arguments.insert(arguments.begin(), "restore");
    if (!names_model) arguments.insert(arguments.end(), {"--model", "model"});
    check_failure(folder, arguments, failure.code, failure.words);
  }
  CHECK(read(folder / "o.txt") == "from before");
}

TEST_CASE(
    "restored text goes to standard output or a file, the input from a file or the other way") {
  const Folder folder;
  fill_texts(folder);
  const Result shown = restore(folder, {"a.txt"});
  CHECK(shown.code == 0);
  CHECK(shown.out == kRestored);
  CHECK(shown.err.empty());
  CHECK(restore(folder, {}, kStripped).out == kRestored);
  CHECK(restore(folder, {"-"}, kStripped).out == kRestored);
  CHECK(restore(folder, {"-", "-o", "-"}, kStripped).out == kRestored);
  CHECK(restore(folder, {"/dev/stdin"}, kStripped).out == kRestored);
  const auto before = folder.content().size();
  const Result quiet = restore(folder, {"a.txt", "-o", "o.txt"});
  CHECK(quiet.code == 0);
  CHECK(quiet.out.empty());
  CHECK(read(folder / "o.txt") == kRestored);
  CHECK(restore(folder, {"-o", "o.txt"}, "Bao cao").code == 0);
  CHECK(read(folder / "o.txt") == "Báo cáo");
  CHECK(folder.content().size() == before + 1);
  CHECK(read(folder / "a.txt") == kStripped);
}

TEST_CASE("an empty text is restored to an empty text") {
  const Folder folder;
  fill_texts(folder);
  const Result result = restore(folder, {"empty.txt", "-o", "o.txt"});
  CHECK(result.code == 0);
  CHECK(result.err.empty());
  CHECK(read(folder / "o.txt").empty());
  CHECK(restore(folder, {}).code == 0);
  const Result json = restore(folder, {"--json"});
  CHECK(pipeline::schema_errors(json.out, pipeline::restored_schema()) ==
        std::vector<std::string>{});
}

TEST_CASE("bad bytes at the end of a long standard input leave standard output empty") {
  const Folder folder;
  fill_texts(folder);
  std::string text;
  while (text.size() < 600000) text += kStripped;
  for (const bool json : {false, true}) {
    const Result result = restore(folder, {json ? "--json" : "-"}, text + "\xFF");
    CHECK(result.code == static_cast<int>(ExitCode::InputError));
    CHECK(result.out.empty());
    CHECK_THAT(result.err, Catch::Contains("byte " + std::to_string(text.size())));
  }
}

TEST_CASE("restored text as JSON is valid") {
  const Folder folder;
  fill_texts(folder);
  const Result result = restore(folder, {"a.txt", "--json"});
  CHECK(result.code == 0);
  CHECK(result.err.empty());
  CHECK(pipeline::schema_errors(result.out, pipeline::restored_schema()) ==
        std::vector<std::string>{});
  const Json json = Json::parse(result.out);
  CHECK(json["from"] == "stripped");
  REQUIRE(json["tokens"].size() == 14);
  CHECK(json["tokens"][9]["text"] == "Ủy");
  CHECK(json["tokens"][9]["line"] == 2);
  REQUIRE(restore(folder, {"a.txt", "--json", "-o", "o.json"}).code == 0);
  CHECK(read(folder / "o.json") == result.out);
}

TEST_CASE("what the text is treated as and where tones stand can be chosen") {
  const Folder folder;
  fill_texts(folder);
  CHECK(restore(folder, {"a.txt", "--from", "clean"}).out == kStripped);
  CHECK(restore(folder, {"--from", "stripped"}, "cong hoa").out == "cộng hòa");
  CHECK(restore(folder, {"--from", "stripped", "--tone-place", "new"}, "cong hoa").out ==
        "cộng hoà");
  CHECK(restore(folder, {"--from", "ocr"}, "két qua").out == "kết quả");
  CHECK(restore(folder, {"--from", "tcvn3"}, "Céng hoµ").out == "Cộng hoà");
  CHECK(restore(folder, {"--from", "vni"}, "Coäng hoøa").out == "Cộng hòa");
  CHECK(restore(folder, {"--from", "viqr"}, "Co^.ng ho`a").out == "Cộng hòa");
  CHECK(restore(folder, {"--from", "windows-1258"}, "CôòngA").code == 0);
}

TEST_CASE("lost characters are a warning") {
  const Folder folder;
  fill_texts(folder);
  const Result result = restore(folder, {}, "Bao cao \uFFFD");
  CHECK(result.code == 0);
  CHECK(count_lines(result.err) == 1);
  CHECK_THAT(result.err, Catch::Contains("1 ") && Catch::Contains("lost"));
}

TEST_CASE("the environment names the model where the command line does not") {
  const Folder folder;
  fill_texts(folder);
  ::setenv("VANBAN_MODEL", "model", 1);
  const Result found = run({"restore", "a.txt"}, folder);
  ::setenv("VANBAN_MODEL", "none", 1);
  const Result missing = run({"restore", "a.txt"}, folder);
  const Result asked = restore(folder, {"a.txt"});
  ::unsetenv("VANBAN_MODEL");
  CHECK(found.out == kRestored);
  CHECK(missing.code == static_cast<int>(ExitCode::MissingDependency));
  CHECK_THAT(missing.err, Catch::Contains("VANBAN_MODEL"));
  CHECK(asked.out == kRestored);
}

TEST_CASE("a full standard output is an error of restoring, too") {
  const Folder folder;
  fill_texts(folder);
  const Result result = run({"restore", "--model", "model", "a.txt"},
                            How{folder.path(), "", std::nullopt, "/dev/full"});
  CHECK(result.code == static_cast<int>(ExitCode::FileAccess));
  CHECK_THAT(result.err, Catch::Contains("standard output"));
}

// ---- Ctrl-C

TEST_CASE("an interrupted run ends with its code and leaves nothing behind") {
  const Folder folder;
  write(folder / "long.pdf", repeated(sample(kScan), 30));
  write(folder / "o.json", "from before");
  const Folder trace;
  const int signal = GENERATE(SIGINT, SIGTERM);
  CAPTURE(signal);
  const auto before = listing(folder);
  Program program({"convert", "long.pdf", "-o", "o.json", "--text", "o.txt", "--jobs", "1",
                   "--trace", trace.path().string()},
                  {folder.path(), "", std::nullopt, {}});
  // The first page's trace shows that the run is on its way.
  const auto start = std::chrono::steady_clock::now();
  while (!fs::exists(trace / "p0001-text-layer.tsv")) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    REQUIRE(std::chrono::steady_clock::now() - start < std::chrono::minutes(1));
  }
  program.send(signal);
  const Result result = program.wait();
  CAPTURE(result.err);
  CHECK(result.code == static_cast<int>(ExitCode::Interrupted));
  CHECK(result.out.empty());
  CHECK(count_lines(result.err) == 1);
  CHECK_THAT(result.err, Catch::StartsWith("vanban: ") && Catch::Contains("interrupted"));
  CHECK(listing(folder) == before);
  // The open page is finished, the others are not begun.
  CHECK_FALSE(fs::exists(trace / "p0030-text-layer.tsv"));
  CHECK_FALSE(fs::exists(trace / "record.json"));
}

TEST_CASE("a closed terminal ends a run at once and leaves nothing behind") {
  const Folder folder, trace;
  write(folder / "long.pdf", repeated(sample(kScan), 30));
  write(folder / "o.json", "from before");
  const auto before = listing(folder);
  Program program({"convert", "long.pdf", "-o", "o.json", "--text", "o.txt", "--jobs", "1",
                   "--trace", trace.path().string()},
                  {folder.path(), "", std::nullopt, {}});
  const auto start = std::chrono::steady_clock::now();
  while (!fs::exists(trace / "p0001-text-layer.tsv")) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    REQUIRE(std::chrono::steady_clock::now() - start < std::chrono::minutes(1));
  }
  program.send(SIGHUP);
  CHECK(program.wait().signal == SIGHUP);
  CHECK(listing(folder) == before);
}

TEST_CASE(
    "where nobody takes the record the other results do not appear, and what was there stays") {
  const Folder folder;
  write(folder / "plan.pdf", read(sample(kPlan)));
  write(folder / "o.pdf", "from before");
  const auto before = listing(folder);
  int ends[2]{};
  REQUIRE(::pipe2(ends, O_CLOEXEC) == 0);
  // The program has the reading end until it begins.
  Program program({"convert", "plan.pdf", "--text", "o.txt", "--pdf", "o.pdf"},
                  {folder.path(), "", std::nullopt, "/proc/self/fd/" + std::to_string(ends[1])});
  ::close(ends[0]);
  ::close(ends[1]);
  CHECK(program.wait().signal == SIGPIPE);
  CHECK(listing(folder) == before);
}

// ---- Help

std::set<int> codes_of_enum() {
  std::set<int> codes;
  const std::string header = read(fs::path(VANBAN_SOURCE_DIR) / "tools/cli/exit_code.h");
  const std::size_t from = header.find("enum class ExitCode"), to = header.find("};", from);
  const std::string body = header.substr(from, to - from);
  const std::regex value(R"(= *(\d+))");
  for (std::sregex_iterator it(body.begin(), body.end(), value), end; it != end; ++it)
    codes.insert(std::stoi((*it)[1]));
  return codes;
}

// Those of the program, and those that a shell gives for a signal that ended it.
std::set<int> codes_to_be_listed() {
  std::set<int> codes = codes_of_enum();
  for (const int signal : {SIGHUP, SIGPIPE, SIGTERM}) codes.insert(128 + signal);
  return codes;
}

// Numbers that begin an indented line (help), or a line on their own or in asterisks (man page),
// after a heading.
std::set<int> codes_listed(const std::string& text, const std::string& heading,
                           const std::string& line) {
  std::set<int> codes;
  const std::size_t from = text.find(heading);
  if (from == std::string::npos) return codes;
  std::size_t to = text.find("\n.SH ", from);
  const std::string body = text.substr(from, to == std::string::npos ? to : to - from);
  const std::regex code(line);
  for (std::sregex_iterator it(body.begin(), body.end(), code), end; it != end; ++it)
    codes.insert(std::stoi((*it)[1]));
  return codes;
}

std::set<int> codes_of_help(const std::vector<std::string>& arguments) {
  const Folder folder;
  const Result result = run(arguments, folder);
  CHECK(result.code == 0);
  CHECK(result.err.empty());
  return codes_listed(result.out, "Exit codes:", R"(\n +(\d+) )");
}

TEST_CASE("help names every exit code, that of a command its own") {
  const std::set<int> codes = codes_to_be_listed();
  REQUIRE(codes.size() >= 8);
  REQUIRE(codes.contains(static_cast<int>(ExitCode::Interrupted)));
  CHECK(codes_of_help({"--help"}) == codes);
  CHECK(codes_of_help({"-h"}) == codes);
  const std::set<int> all_have{0, 1, 5, 15, 129, 130, 141, 143};
  const auto [command, own] =
      GENERATE(table<std::string, std::set<int>>({{"convert", {2, 3, 8, 26}},
                                                  {"batch", {3, 20, 21, 22, 23, 24, 25}},
                                                  {"merge", {20, 21, 23, 24}},
                                                  {"plan", {3}},
                                                  {"extract", {2, 26}},
                                                  {"inspect", {2, 3, 8, 26}},
                                                  {"correct", {20, 23}},
                                                  {"learn", {20}},
                                                  {"restore", {2, 3}},
                                                  {"validate", {2}},
                                                  {"status", {}}}));
  CAPTURE(command);
  std::set<int> expected = all_have;
  expected.insert(own.begin(), own.end());
  CHECK(codes_of_help({command, "--help"}) == expected);
}

TEST_CASE("a misspelt command or option is named with the nearest that there is") {
  const Folder folder;
  fill(folder);
  const auto [arguments, told] = GENERATE(table<std::vector<std::string>, std::string>({
      {{"convrt", "plan.pdf"}, "no command convrt; the nearest is convert; see 'vanban --help'"},
      {{"-q", "--log-file", "l", "bacth"}, "no command bacth; the nearest is batch"},
      {{"wrker"}, "no command wrker; see"},
      {{"convert", "plan.pdf", "--tabels", "t"},
       "no option --tabels; the nearest is --tables; see 'vanban convert --help'"},
      {{"convert", "plan.pdf", "--quite"}, "no option --quite; the nearest is --quiet"},
      {{"convert", "plan.pdf", "-x"}, "no option -x; see"},
      {{"convert", "plan.pdf", "--page-seconds", "0"}, "Value 0 is not more than 0"},
  }));
  CAPTURE(arguments);
  const Result result = run(arguments, folder);
  CHECK(result.code == static_cast<int>(ExitCode::BadArguments));
  CHECK_THAT(result.err, Catch::Contains(told));
}

TEST_CASE("help names every option that the usage tests know") {
  const Folder folder;
  const std::string help = run({"--help"}, folder).out + run({"convert", "--help"}, folder).out;
  for (const char* option : {"--output", "-o", "--text", "--tables", "--crops", "--pages",
                             "--password", "--jobs", "--ocr", "--max-megapixels", "--tessdata",
                             "--trace", "--quiet", "--verbose", "--log-file", "--version"})
    CHECK_THAT(help, Catch::Contains(option));
  const std::string inspect_help = run({"inspect", "--help"}, folder).out;
  for (const char* option : {"--output", "-o", "--page", "--password", "--ocr", "--max-megapixels",
                             "--tessdata", "--model"})
    CHECK_THAT(inspect_help, Catch::Contains(option));
  const std::string restore_help = run({"restore", "--help"}, folder).out;
  for (const char* option : {"--output", "-o", "--from", "--json", "--tone-place", "--model",
                             "--from stripped", "--from ocr", "--from tcvn3", "--from viqr"})
    CHECK_THAT(restore_help, Catch::Contains(option));
}

TEST_CASE("the man page lists the same exit codes") {
  const fs::path page = fs::path(VANBAN_SOURCE_DIR) / "tools/vanban.1";
  REQUIRE(fs::exists(page));
  CHECK(codes_listed(read(page), ".SH EXIT STATUS", R"(\.B (\d+)\n)") == codes_to_be_listed());
}

TEST_CASE("the version is one line with name and number") {
  const Folder folder;
  const Result result = run({"--version"}, folder);
  CHECK(result.code == 0);
  CHECK(std::regex_match(result.out, std::regex(R"(vanban \d+\.\d+\.\d+\n)")));
}

TEST_CASE("the version with -v lists all that is linked") {
  const Folder folder;
  const Result result = run({"--version", "-v"}, folder);
  CHECK(result.code == 0);
  CHECK_THAT(result.out, Catch::StartsWith("vanban ") && Catch::Contains("\ntesseract ") &&
                             Catch::Contains("\nlibtesseract.so."));
}

// ---- The machine

TEST_CASE("the doctor says what there is, and what to do where something lacks") {
  const Folder folder;
  const Result fine = run({"doctor"}, folder);
  CAPTURE(fine.out);
  CHECK(fine.code == 0);
  for (const char* what : {"vanban ", "tesseract vie", "language model", "sandbox", "cores",
                           "memory", "space in .", "fonts", "signature reader"})
    CHECK_THAT(fine.out, Catch::Contains(what));
  CHECK(fine.out.find("\n! ") == std::string::npos);
  const Result ill = run({"doctor", "--model", "none", "--tessdata", "."}, folder);
  CHECK(ill.code == static_cast<int>(ExitCode::MissingDependency));
  CHECK_THAT(ill.out, Catch::Contains("! language model") && Catch::Contains("--model") &&
                          Catch::Contains("! tesseract vie") && Catch::Contains("apt-get install"));
}

TEST_CASE("the log says what the sandbox is") {
  const Folder folder;
  write(folder / "plan.pdf", read(sample(kPlan)));
  const auto log_of = [&](const std::string& mode) {
    fs::remove(folder / "log.txt");
    const Result result =
        run({"--log-file", "log.txt", "convert", "plan.pdf", "-o", "o.json", "--sandbox", mode},
            folder);
    REQUIRE(result.code == 0);
    return read(folder / "log.txt");
  };
  CHECK_THAT(log_of("off"), Catch::Contains("sandbox: off"));
  const std::string log = log_of("auto");
  CHECK_THAT(log, Catch::Contains("sandbox: landlock "));
  CHECK(log.find("sandbox: ") == log.rfind("sandbox: "));
}

// ---- Marks of secrecy

// No file of the folder holds words of the sample that is read, but for itself.
void check_tells_nothing(const Folder& folder) {
  for (const auto& [name, content] : folder.content()) {
    if (name.ends_with(".pdf")) continue;
    CAPTURE(name);
    for (const char* word : {"Kế hoạch", "KẾ HOẠCH", "Ủy ban", "ỦY BAN"})
      CHECK_THAT(content, !Catch::Contains(word));
  }
}

TEST_CASE("a file with a mark of secrecy ends with a code of its own, and nothing of it is told") {
  const Folder folder;
  const std::string page = GENERATE("1", "2");
  folder.file("secret.pdf", with_words(sample(kPlan), page == "1" ? 1 : 2, "MAT"));
  folder.file("o.pdf", "from before");
  const Result result =
      run({"-v", "--log-file", "log.txt", "convert", "secret.pdf", "-o", "o.json", "--text",
           "o.txt", "--pdf", "o.pdf", "--tables", "tables", "--crops", "crops", "--trace", "trace"},
          folder);
  CAPTURE(result.err);
  CHECK(result.code == static_cast<int>(ExitCode::Secret));
  CHECK(result.out.empty());
  CHECK_THAT(result.err, Catch::Contains("secret.pdf: it bears the mark of secrecy \"Mật\""));
  check_tells_nothing(folder);
  CHECK_FALSE(fs::exists(folder / "o.txt"));
  // What could not be made takes nothing away.
  CHECK(read(folder / "o.pdf") == "from before");
  for (const char* empty : {"tables", "crops", "trace"}) CHECK(fs::is_empty(folder / empty));
  CHECK(fs::status(folder / "o.json").permissions() ==
        (fs::perms::owner_read | fs::perms::owner_write));
  const Json record = Json::parse(read(folder / "o.json"));
  CHECK(record.size() == 3);
  CHECK(record.at("secrecy").at("page") == std::stoi(page));
  CHECK(run({"validate", "o.json"}, folder).code == 0);
}

TEST_CASE("nothing of a file with a mark of secrecy is explained or drawn") {
  const Folder folder;
  folder.file("secret.pdf", with_words(sample(kPlan), 1, "TOI MAT"));
  folder.file("secret.txt", "TỐI MẬT\nKẾ HOẠCH\nVề việc trồng cây của Ủy ban\n");
  const std::vector<std::string> command =
      GENERATE(std::vector<std::string>{"explain", "secret.pdf", "--field", "type"},
               std::vector<std::string>{"explain", "secret.txt", "--field", "type"},
               std::vector<std::string>{"inspect", "secret.pdf"});
  CAPTURE(command);
  std::vector<std::string> to_file = command;
  to_file.insert(to_file.end(), {"-o", "o"});
  const Result result = run(to_file, folder);
  CHECK(result.code == static_cast<int>(ExitCode::Secret));
  CHECK_THAT(result.err, Catch::Contains("bears the mark of secrecy \"Tối mật\""));
  CHECK(result.err.find("oạch") == std::string::npos);
  CHECK_FALSE(fs::exists(folder / "o"));
  to_file.insert(to_file.end(), {"--secret", "all"});
  CHECK(run(to_file, folder).code == 0);
  CHECK((fs::status(folder / "o").permissions() & fs::perms(0077)) == fs::perms::none);
}

TEST_CASE("a text with a mark of secrecy has the record of a scan with one") {
  const Folder folder;
  folder.file("secret.txt", "ỦY BAN NHÂN DÂN XÃ MẪU\nMẬT\nKẾ HOẠCH\nVề việc trồng cây\n");
  const Result result = run({"extract", "secret.txt", "-o", "o.json"}, folder);
  CHECK(result.code == static_cast<int>(ExitCode::Secret));
  CHECK_THAT(result.err, Catch::Contains("secret.txt: it bears the mark of secrecy \"Mật\""));
  const Json record = Json::parse(read(folder / "o.json"));
  CHECK(record.size() == 3);
  CHECK(record.at("secrecy").at("value") == "Mật");
  CHECK((fs::status(folder / "o.json").permissions() & fs::perms(0077)) == fs::perms::none);
  CHECK(run({"validate", "o.json"}, folder).code == 0);
  const Json header = record_of(run({"extract", "secret.txt", "--secret", "header"}, folder));
  CHECK(header.at("document").at("type").at("value") == "Kế hoạch");
  CHECK(header.at("text").at("pages") == Json({""}));
}

TEST_CASE("a mark is overruled by name alone, and what is written is for its owner") {
  const Folder folder;
  folder.file("secret.pdf", with_words(sample(kPlan), 1, "TOI MAT"));
  const Result header = run(
      {"convert", "secret.pdf", "-o", "h.json", "--text", "h.txt", "--secret", "header"}, folder);
  CHECK(header.code == 0);
  CHECK_FALSE(fs::exists(folder / "h.txt"));
  const Json fields = Json::parse(read(folder / "h.json"));
  CHECK(fields.at("document").at("type").at("value") == "Kế hoạch");
  CHECK(fields.at("text").at("pages") == Json({"", ""}));
  CHECK(fields.at("indicators").empty());
  const Result all =
      run({"convert", "secret.pdf", "-o", "a.json", "--text", "a.txt", "--secret", "all"}, folder);
  CHECK(all.code == 0);
  CHECK_THAT(read(folder / "a.txt"), Catch::Contains("TOI MAT"));
  CHECK(Json::parse(read(folder / "a.json")).at("provenance").at("secret") == "all");
  for (const char* name : {"h.json", "a.json", "a.txt"})
    CHECK((fs::status(folder / name).permissions() & fs::perms(0077)) == fs::perms::none);
}

// ---- Batches

// Two digital documents, read at once, and what is none.
struct Scans {
  Folder folder;
  Scans() {
    const std::string plan = read(sample(kPlan));
    folder.file("in/plan.pdf", plan);
    folder.file("in/box/other.pdf", plan + "% another\n");
    folder.file("in/bad.pdf", "no PDF");
  }
  Result batch(std::vector<std::string> more = {}) const {
    std::vector<std::string> arguments{"batch", "in", "-o", "out", "--jobs", "2"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run(arguments, folder);
  }
  fs::path out(const std::string& name) const { return folder / ("out/" + name); }
};

TEST_CASE("a batch writes what was asked for and says what failed") {
  const Scans scans;
  const Result result = scans.batch({"--pdf", "--alto", "--hocr", "--text", "--report", "--events",
                                     "events", "--register", "r.xlsx", "--register", "r.csv"});
  CHECK(result.code == static_cast<int>(ExitCode::SomeFailed));
  CHECK(result.out.empty());
  CHECK_THAT(result.err, Catch::Contains("bad.pdf: Neither PDF nor TIFF, PNG or JPEG"));
  const std::string record = read(scans.out("records/box/other.json"));
  CHECK(pipeline::schema_errors(record).empty());
  // As of convert, but for its place in the batch.
  CHECK(record.find("\n  \"path\": \"box/other.pdf\",") != std::string::npos);
  CHECK(std::regex_replace(record, std::regex("\n  \"path\": \"box/other.pdf\","), "") ==
        run({"convert", "in/box/other.pdf"}, scans.folder).out);
  CHECK_FALSE(fs::exists(scans.out("records/bad.json")));
  for (const char* name :
       {"pdf/plan.pdf", "alto/plan.xml", "hocr/plan.html", "text/plan.txt", "report.html"})
    CHECK(fs::file_size(scans.out(name)) > 0);
  CHECK(count_lines(read(scans.folder / "r.csv")) == 3);
  std::istringstream events(read(scans.folder / "events"));
  for (std::string line; std::getline(events, line);) CHECK(Json::parse(line).contains("event"));

  const auto before = scans.folder.content();
  const Result again = scans.batch({"-q"});
  CHECK(again.code == static_cast<int>(ExitCode::SomeFailed));
  CHECK(read(scans.out("records/plan.json")) == before.at("out/records/plan.json"));
}

TEST_CASE("a batch writes all records to one file, and each table and picture to a file") {
  const Scans scans;
  scans.folder.file("in/same.pdf", read(scans.folder / "in/plan.pdf"));
  const std::vector<std::string> options{"--records", "all.jsonl", "--compact", "--tables",
                                         "--crops"};
  REQUIRE(scans.batch(options).code == static_cast<int>(ExitCode::SomeFailed));
  std::istringstream lines(read(scans.folder / "all.jsonl"));
  std::vector<std::string> paths;
  for (std::string line; std::getline(lines, line);)
    paths.push_back(Json::parse(line)["source"]["path"]);
  CHECK(paths == std::vector<std::string>{"box/other.pdf", "plan.pdf", "same.pdf"});
  for (const char* stem : {"plan", "same", "box/other"}) {
    CHECK(count_lines(read(scans.out("records/" + std::string(stem) + ".json"))) == 1);
    CHECK_THAT(read(scans.out("tables/" + std::string(stem) + "/table-01.csv")),
               Catch::Contains("Nội dung"));
  }

  // What an earlier reading left goes with the next.
  scans.folder.file("out/tables/plan/table-02.csv", "old");
  std::vector<std::string> again = options;
  again.insert(again.end(), {"--redo", "all"});
  scans.batch(again);
  CHECK_FALSE(fs::exists(scans.out("tables/plan/table-02.csv")));
  CHECK(fs::exists(scans.out("tables/plan/table-01.csv")));
  scans.folder.file("in/plan.pdf", "no PDF any more");
  again.back() = "changed";
  scans.batch(again);
  CHECK_FALSE(fs::exists(scans.out("tables/plan/table-01.csv")));

  const Result refused = scans.batch({"--records", "all.txt"});
  CHECK(refused.code == static_cast<int>(ExitCode::BadArguments));
  CHECK_THAT(refused.err, Catch::Contains(".jsonl"));
}

TEST_CASE("messages are in the language of the environment, or in the one asked for") {
  const Scans scans;
  ::setenv("LC_ALL", "vi_VN.UTF-8", 1);
  const Result missing = run({"convert", "none.pdf"}, scans.folder);
  const Result misspelt = run({"convrt"}, scans.folder);
  const Result english = run({"--language", "en", "convert", "none.pdf"}, scans.folder);
  const Result batch = scans.batch({"--register", "r.xlsx"});
  const Result status = run({"status", "out"}, scans.folder);
  const Result correct = run({"correct", "out", "r.xlsx"}, scans.folder);
  ::unsetenv("LC_ALL");
  CHECK_THAT(correct.out, Catch::Contains("r.xlsx đã được ghi lại\nđã sửa 0 giá trị"));
  CHECK_THAT(missing.err, Catch::Contains("không đọc được none.pdf: không có tệp"));
  CHECK_THAT(misspelt.err, Catch::Contains("không có lệnh convrt; gần nhất là convert; xem"));
  CHECK_THAT(english.err, Catch::Contains("cannot be read: No such file"));
  CHECK_THAT(batch.err, Catch::Contains("bad.pdf: Không phải PDF, TIFF, PNG hay JPEG") &&
                            Catch::Contains("1 trong 3 tệp bị lỗi"));
  CHECK_THAT(status.out, Catch::Contains("chờ"));
  const std::regex english_words("[a-z]{3,} [a-z]{3,} [a-z]{3,} [a-z]{3,}");
  for (const Result& each : {missing, misspelt, batch, status}) {
    CAPTURE(each.err);
    CHECK_FALSE(std::regex_search(each.err, english_words));
  }

  // The ledger keeps the language of sheets, so that they stay the same.
  const std::string before = read(scans.folder / "r.xlsx");
  scans.batch({"--register", "again.xlsx"});
  CHECK(read(scans.folder / "again.xlsx") == before);
  scans.batch({"--register", "english.xlsx", "--language", "en"});
  CHECK(read(scans.folder / "english.xlsx") != before);
}

TEST_CASE("a batch stops at a mark of secrecy and tells nothing but the mark") {
  const Folder folder;
  folder.file("in/secret.pdf", with_words(sample(kPlan), 2, "TUYET MAT"));
  const Result result = run({"--log-file", "log.txt", "batch", "in", "-o", "out", "--text", "--pdf",
                             "--alto", "--report", "--register", "r.csv", "--register", "r.xlsx",
                             "--register", "r.jsonl", "--events", "events.txt"},
                            folder);
  CHECK(result.code == static_cast<int>(ExitCode::NoneDone));
  check_tells_nothing(folder);
  CHECK_THAT(read(folder / "out/report.html"), Catch::Contains("secret.pdf"));
  CHECK_THAT(read(folder / "out/report.html"), Catch::Contains("Tuyệt mật"));
  CHECK_FALSE(fs::exists(folder / "out/pdf/secret.pdf"));
  CHECK_FALSE(fs::exists(folder / "out/text/secret.txt"));
  const fs::path record = folder / "out/records/secret.json";
  CHECK((fs::status(record).permissions() & fs::perms(0077)) == fs::perms::none);
  CHECK(Json::parse(read(record)).at("secrecy").at("value") == "Tuyệt mật");
}

TEST_CASE("a shard keeps to its machine what a mark of secrecy stops") {
  const Folder folder;
  folder.file("in/box/palace.pdf", with_words(sample(kPlan), 2, "TUYET MAT"));
  folder.file("in/box/plan.pdf", read(sample(kPlan)));
  const Result part = run({"--log-file", "log.txt", "batch", "in", "-o", "out", "--shard", "1/1",
                           "--withheld", "own", "--text", "--pdf", "--tables"},
                          folder);
  CHECK(part.code == static_cast<int>(ExitCode::SomeFailed));
  const Result merge = run({"merge", "out", "--records", "out/records.jsonl"}, folder);
  CHECK(merge.code == static_cast<int>(ExitCode::SomeFailed));
  for (const std::string& told : {part.err, merge.err, run({"status", "out"}, folder).out}) {
    CHECK_THAT(told, Catch::Contains("Tuyệt mật\" and stays on "));
    CHECK_THAT(told, !Catch::Contains("palace"));
  }
  const Json status = Json::parse(run({"status", "out", "--json"}, folder).out);
  CHECK(status.at("withheld").size() == 1);
  CHECK(status.at("withheld").front() == 1);
  for (const auto& [name, content] : folder.content()) {
    CAPTURE(name);
    if (name.starts_with("out/")) CHECK_THAT(name + content, !Catch::Contains("palace"));
  }
  const Json own = Json::parse(read(folder / "own/withheld.jsonl"));
  CHECK(own.at("path") == "box/palace.pdf");
  const fs::path record =
      folder / "out/records/withheld" / (own.at("sha256").get<std::string>() + ".json");
  CHECK((fs::status(record).permissions() & fs::perms(0077)) == fs::perms::none);
  CHECK(Json::parse(read(record)).at("secrecy").at("page") == 2);
  // Whoever may read it says so, and it is in the results as any other.
  const Result asked = run({"batch", "in", "-o", "out", "--shard", "1/1", "--withheld", "own",
                            "--secret", "all", "--redo", "all"},
                           folder);
  CHECK(asked.code == 0);
  CHECK(run({"merge", "out"}, folder).code == 0);
  CHECK_FALSE(Json::parse(run({"status", "out", "--json"}, folder).out).contains("withheld"));
  CHECK(fs::exists(folder / "out/records/box/palace.json"));
  CHECK_FALSE(fs::exists(record));
}

TEST_CASE("status says how far a batch is, for people and for machines") {
  const Scans scans;
  scans.batch();
  const Result people = run({"status", "out"}, scans.folder);
  CHECK(people.code == 0);
  CHECK_THAT(people.out, Catch::Contains("files             3\ndone              2\n"));
  const Json machine = Json::parse(run({"status", "out", "--json"}, scans.folder).out);
  CHECK(machine.at("failed") == 1);
  CHECK(machine.at("at_work") == false);
  CHECK(run({"status", "in"}, scans.folder).code == static_cast<int>(ExitCode::FileAccess));
}

TEST_CASE("shards of a plan make what one batch makes") {
  const Scans scans;
  scans.batch({"--register", "whole.csv"});
  fs::rename(scans.folder / "out", scans.folder / "whole");
  const auto in_folder = [&](const std::vector<std::string>& arguments) {
    return run(arguments, scans.folder);
  };
  CHECK(in_folder({"plan", "in", "-o", "plan", "--shards", "2"}).code == 0);
  CHECK(in_folder({"batch", "--plan", "plan", "--shard", "2", "-o", "out"}).code <= 20);
  const Json half = Json::parse(in_folder({"status", "out", "--json"}).out);
  CHECK(half.at("files") == 3);
  CHECK(half.at("shards") == 2);
  CHECK(half.at("shards_complete") == 1);
  const Result early = in_folder({"merge", "out"});
  CHECK(early.code == static_cast<int>(ExitCode::TryAgain));
  CHECK_THAT(early.err, Catch::Contains("shard 1: not begun"));
  // As Kubernetes numbers its tasks.
  ::setenv("JOB_COMPLETION_INDEX", "0", 1);
  CHECK(in_folder({"batch", "--plan", "plan", "-o", "out"}).code <= 20);
  ::unsetenv("JOB_COMPLETION_INDEX");
  CHECK(in_folder({"merge", "out"}).code == static_cast<int>(ExitCode::SomeFailed));
  for (const char* name : {"records/plan.json", "records/box/other.json"})
    CHECK(read(scans.out(name)) == read(scans.folder / ("whole/" + std::string(name))));
  CHECK(read(scans.out("register.csv")) == read(scans.folder / "whole.csv"));
  CHECK(fs::exists(scans.out("report.html")));
  CHECK_THAT(in_folder({"status", "out"}).out, Catch::Contains("done              2\n"));
}

TEST_CASE("a shard says by its exit code whether trying again can help") {
  const Scans scans;
  fs::remove(scans.folder / "in/bad.pdf");
  // Pages that are set may be read before anybody looks at the time; a scan takes longer.
  scans.folder.file("in/scan.pdf", read(sample("cong-van-scan.pdf")));
  const std::vector<std::string> arguments{"batch", "in", "-o", "out", "--shard", "1/1"};
  // No time for a page.
  std::vector<std::string> hurried = arguments;
  hurried.insert(hurried.end(), {"--page-seconds", "0.000001"});
  CHECK(run(hurried, scans.folder).code == static_cast<int>(ExitCode::NeedsMore));
  std::vector<std::string> again = arguments;
  again.insert(again.end(), {"--redo", "failed"});
  CHECK(run(again, scans.folder).code == 0);
}

TEST_CASE("a batch that is killed goes on where it stopped") {
  const Scans scans;
  const Scans undisturbed;
  undisturbed.batch();
  for (int milliseconds : {5, 30, 80, 150, 250, 400}) {
    Program program({"batch", "in", "-o", "out", "--jobs", "2", "-q"},
                    {scans.folder.path(), "", std::nullopt, {}});
    std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
    program.send(SIGKILL);
    program.wait();
  }
  CHECK(scans.batch().code == static_cast<int>(ExitCode::SomeFailed));
  std::set<std::string> names, expected;
  for (const auto& [name, bytes] : scans.folder.content()) {
    if (name.starts_with("out/ledger")) continue;
    names.insert(name);
    if (name.ends_with(".json")) CHECK(bytes == read(undisturbed.folder / name));
  }
  for (const auto& [name, bytes] : undisturbed.folder.content())
    if (!name.starts_with("out/ledger")) expected.insert(name);
  CHECK(names == expected);
}

TEST_CASE("what a person corrected is in the record, and stays when the scan is read again") {
  const Scans scans;
  scans.batch({"--register", "r.csv", "--records", "all.jsonl", "--indicators", "figures.csv"});
  write(scans.folder / "figures.csv", "");
  std::string csv = read(scans.folder / "r.csv");
  const std::string place =
      Json::parse(read(scans.out("records/plan.json"))).at("document").at("place").at("value");
  const std::size_t row = csv.find("\"plan.pdf\"");
  csv.replace(csv.find('"' + place + '"', row), place.size() + 2, "\"Nơi Khác\"");
  write(scans.folder / "r.csv", csv);
  const Result result = run({"correct", "out", "r.csv"}, scans.folder);
  CHECK(result.code == 0);
  CHECK_THAT(result.out,
             Catch::StartsWith("plan.pdf, Địa danh: \"" + place + "\" -> \"Nơi Khác\"\n"));
  CHECK_THAT(result.out, Catch::Contains("r.csv is written anew\n"));
  CHECK_THAT(result.out, Catch::EndsWith("1 values of 1 documents corrected\n"));
  const auto now = [&] {
    return Json::parse(read(scans.out("records/plan.json"))).at("document").at("place");
  };
  CHECK(now().at("value") == "Nơi Khác");
  CHECK(now().at("reading").at("value") == place);
  // Other files of the batch follow at once.
  CHECK_THAT(read(scans.folder / "all.jsonl"), Catch::Contains("\"Nơi Khác\""));
  CHECK(read(scans.folder / "figures.csv").size() > 3);
  CHECK_THAT(result.out, Catch::Contains("all.jsonl is written anew\n"));
  CHECK(run({"validate", "out/records/plan.json"}, scans.folder).code == 0);
  scans.batch({"--redo", "all"});
  CHECK(now().at("value") == "Nơi Khác");
}

TEST_CASE("what was typed twice is learnt, and the next document of the kind is right by it") {
  const Scans scans;
  scans.batch({"--register", "r.csv"});
  const std::string place =
      Json::parse(read(scans.out("records/plan.json"))).at("document").at("place").at("value");
  std::string csv = read(scans.folder / "r.csv");
  for (const char* name : {"\"plan.pdf\"", "\"box/other.pdf\""}) {
    const std::size_t row = csv.find(name);
    csv.replace(csv.find('"' + place + '"', row), place.size() + 2, "\"Nơi Khác\"");
  }
  write(scans.folder / "r.csv", csv);
  REQUIRE(run({"correct", "out", "r.csv"}, scans.folder).code == 0);

  CHECK(run({"learn", "out"}, scans.folder).out == "1 proposals in out/proposals.txt\n");
  std::string proposals = read(scans.out("proposals.txt"));
  const std::string entry = "reading\tplace\t" + place + "\tNơi Khác\n";
  CHECK_THAT(proposals, Catch::Contains("[ ]\t" + entry));
  CHECK(run({"learn", "out", "--apply"}, scans.folder).code ==
        static_cast<int>(ExitCode::BadArguments));
  // Nothing ticked, nothing learnt.
  REQUIRE(run({"learn", "out", "--apply", "--lexicon", "own.lexicon"}, scans.folder).code == 0);
  CHECK_FALSE(fs::exists(scans.folder / "own.lexicon"));
  proposals.replace(proposals.rfind("[ ]"), 3, "[x]");
  write(scans.out("proposals.txt"), proposals);
  CHECK_THAT(run({"learn", "out", "--apply", "--lexicon", "own.lexicon"}, scans.folder).out,
             Catch::StartsWith("1 entries taken; of "));
  CHECK(read(scans.folder / "own.lexicon") == entry);
  const Result again = run({"learn", "out", "--apply", "--lexicon", "own.lexicon"}, scans.folder);
  CHECK(again.code == static_cast<int>(ExitCode::SomeFailed));
  CHECK_THAT(again.err, Catch::Contains("the lexicon has it"));

  const Result third =
      run({"convert", "in/plan.pdf", "-o", "-", "--lexicon", "own.lexicon"}, scans.folder);
  CHECK(Json::parse(third.out).at("document").at("place").at("value") == "Nơi Khác");
  CHECK_THAT(
      run({"explain", "in/plan.pdf", "--field", "place", "--lexicon", "own.lexicon"}, scans.folder)
          .out,
      Catch::Contains("lexicon"));
  // A batch knows that its documents were read without it.
  CHECK_THAT(scans.batch({"--lexicon", "own.lexicon"}).err,
             Catch::Contains("2 documents were read by another version or with other settings"));
  scans.batch({"--lexicon", "own.lexicon", "--redo", "changed"});
  const Json read_again =
      Json::parse(read(scans.out("records/plan.json"))).at("document").at("place");
  CHECK(read_again.at("reading").at("value") == "Nơi Khác");
}

TEST_CASE("a lexicon that cannot be used is refused with its lines") {
  const Folder folder;
  folder.file("letter.txt", "a");
  folder.file("own.lexicon", "person\tA\nname\tB\n");
  const Result result = run({"extract", "letter.txt", "--lexicon", "own.lexicon"}, folder);
  CHECK(result.code == static_cast<int>(ExitCode::BadArguments));
  CHECK_THAT(result.err, Catch::Contains("own.lexicon: line 2: there is no kind name"));
  CHECK(run({"extract", "letter.txt", "--lexicon", "none"}, folder).code ==
        static_cast<int>(ExitCode::FileAccess));
}

TEST_CASE("other computers may review only with a password and a certificate") {
  const Scans scans;
  scans.batch();
  scans.folder.file("short", "secret\n");
  scans.folder.file("open", "a password of words\n");
  scans.folder.file("password", "a password of words\n");
  fs::permissions(scans.folder / "short", fs::perms::owner_read);
  fs::permissions(scans.folder / "open", fs::perms::owner_read | fs::perms::group_read);
  fs::permissions(scans.folder / "password", fs::perms::owner_read);
  const auto [arguments, code,
              told] = GENERATE(table<std::vector<std::string>, ExitCode, std::string>({
      {{"--listen", "0.0.0.0:0"}, ExitCode::BadArguments, "lets other computers change records"},
      {{"--listen", "0.0.0.0:0", "--password-file", "password"},
       ExitCode::BadArguments,
       "it needs --password-file, --certificate and --key"},
      {{"--listen", "0.0.0.0:0", "--certificate", "c.pem", "--key", "k.pem"},
       ExitCode::BadArguments,
       "it needs --password-file"},
      {{"--listen", "8443", "--password-file", "password", "--certificate", "c", "--key", "k"},
       ExitCode::BadArguments,
       "ADDRESS:PORT"},
      {{"--listen", "0.0.0.0:0", "--password-file", "short", "--certificate", "c", "--key", "k"},
       ExitCode::BadArguments,
       "fewer than 12"},
      {{"--listen", "0.0.0.0:0", "--password-file", "open", "--certificate", "c", "--key", "k"},
       ExitCode::BadArguments,
       "others may read open"},
      {{"--listen", "0.0.0.0:0", "--password-file", "password", "--certificate", "c", "--key", "k"},
       ExitCode::FileAccess,
       "the certificate c and the key k cannot be used"},
      {{"--password-file", "password"}, ExitCode::BadArguments, "are for --listen"},
  }));
  CAPTURE(arguments);
  std::vector<std::string> all{"review", "out"};
  all.insert(all.end(), arguments.begin(), arguments.end());
  const Result result = run(all, scans.folder);
  CHECK(result.code == static_cast<int>(code));
  CHECK_THAT(result.err, Catch::Contains(told));
  CHECK(result.out.empty());
}

TEST_CASE("validate names what is wrong") {
  const Folder folder;
  folder.file("a.json", "{}");
  folder.file("b.json", "no JSON");
  const Result result = run({"validate", "a.json", "b.json"}, folder);
  CHECK(result.code == static_cast<int>(ExitCode::InputError));
  CHECK_THAT(result.out, Catch::Contains("a.json: ") && Catch::Contains("b.json: not JSON"));
}

TEST_CASE("a batch that cannot begin says why and leaves nothing") {
  const Scans scans;
  const auto [arguments, code,
              told] = GENERATE(table<std::vector<std::string>, ExitCode, std::string>({
      {{"batch", "in", "-o", "in/out"}, ExitCode::BadArguments, "may not lie in one another"},
      {{"batch", "none", "-o", "out"}, ExitCode::BadArguments, "is no folder of scans"},
      {{"batch", "in", "-o", "out", "--register", "r.ods"}, ExitCode::BadArguments, ".xlsx"},
      {{"batch", "in", "-o", "out", "--max-failures", "x"}, ExitCode::BadArguments, "5%"},
      {{"batch", "in", "-o", "out", "--fields", "none.toml"}, ExitCode::FileAccess, "none.toml"},
      {{"batch", "in", "-o", "out", "--model", "none"}, ExitCode::MissingDependency, "none"},
      {{"batch", "in"}, ExitCode::BadArguments, "--output"},
      {{"batch", "-o", "out"}, ExitCode::BadArguments, "name the folder of scans"},
      {{"batch", "in", "-o", "out", "--shard", "1"}, ExitCode::BadArguments, "--shard 7/64"},
      {{"batch", "in", "-o", "out", "--shard", "3/2"}, ExitCode::BadArguments, "no shard 3 of 2"},
      {{"batch", "in", "-o", "out", "--shard", "x/2"}, ExitCode::BadArguments, "from 1 on"},
      {{"batch", "in", "-o", "out", "--shard", "1/2", "--report"},
       ExitCode::BadArguments,
       "not for a shard"},
      {{"batch", "--plan", "none", "--shard", "1", "-o", "out"}, ExitCode::FileAccess, "none"},
      {{"merge", "in"}, ExitCode::FileAccess, "holds no results of shards"},
  }));
  CAPTURE(arguments);
  const Result result = run(arguments, scans.folder);
  CHECK(result.code == static_cast<int>(code));
  CHECK_THAT(result.err, Catch::Contains(told));
  CHECK_FALSE(fs::exists(scans.out("records")));
}

TEST_CASE("every line of the help has a translation") {
  const Folder folder;
  const std::string command =
      GENERATE("", "convert", "batch", "plan", "merge", "status", "report", "review", "correct",
               "learn", "validate", "extract", "explain", "inspect", "restore");
  CAPTURE(command);
  std::vector<std::string> arguments{"--help"};
  if (!command.empty()) arguments.insert(arguments.begin(), command);
  ::setenv("LC_ALL", "C", 1);
  const std::string english = run(arguments, folder).out;
  ::setenv("LC_ALL", "vi_VN.UTF-8", 1);
  const std::string vietnamese = run(arguments, folder).out;
  ::unsetenv("LC_ALL");
  CHECK_THAT(vietnamese, Catch::Contains("Cách dùng"));
  std::istringstream lines(english);
  static const std::regex words("[A-Za-z]{2,} [a-z]{2,} [a-z]{2,}");
  for (std::string line; std::getline(lines, line);) {
    // Names of options and commands stay.
    const std::string text = line.substr(std::min(line.find_first_not_of(' '), line.size()));
    if (!std::regex_search(text, words) || text.starts_with("vanban ") || text.starts_with("echo "))
      continue;
    CAPTURE(line);
    CHECK_THAT(vietnamese, !Catch::Contains(text));
  }
}

}  // namespace
}  // namespace vanban::tools
