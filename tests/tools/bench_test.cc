// tools/bench with a reader of our own making; no rival is run.
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <stdexcept>
#include <string>

#include <catch2/catch.hpp>

#include "tests/folder.h"

namespace vanban::tools {
namespace {

namespace fs = std::filesystem;
using tests::Folder;

struct Result {
  int code = -1;
  std::string said;  // on both outputs
};

Result bench(const Folder& folder, const std::string& arguments) {
  const std::string command = "cd '" + folder.path().string() +
                              "' && '" VANBAN_SOURCE_DIR "/tools/bench' " + arguments + " 2>&1";
  std::FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) throw std::runtime_error("cannot run the bench");
  Result result;
  std::array<char, 4096> buffer;
  while (const std::size_t count = std::fread(buffer.data(), 1, buffer.size(), pipe))
    result.said.append(buffer.data(), count);
  const int status = ::pclose(pipe);
  if (WIFEXITED(status)) result.code = WEXITSTATUS(status);
  return result;
}

// A reader that is called as vanban is, and reads `text` on every scan.
void write_reader(const Folder& folder, const std::string& text) {
  const fs::path reader = folder.file("reader",
                                      "#!/bin/sh\n"
                                      "while [ \"$1\" != --text ]; do shift; done\n"
                                      "printf '" +
                                          text + "' > \"$2\"\n");
  fs::permissions(reader, fs::perms::owner_all);
}

const std::string kWithReader = "scans --readers vanban --vanban ./reader ";

TEST_CASE("a reading is scored against the transcripts of its pages") {
  const Folder folder;
  folder.file("scans/a.png");
  folder.file("scans/notes.txt");
  folder.file("truth/a.p1.txt", "công  văn\nsố 5");  // 13 characters folded, 4 words
  folder.file("truth/b.p1.txt", "of another document");
  write_reader(folder, "công vân số 5");  // one character, one word wrong
  const Result result = bench(folder, kWithReader + "--each");
  CAPTURE(result.said);
  CHECK(result.code == 0);
  CHECK_THAT(result.said, Catch::Contains("1 files, 1 pages, 1 with a transcript"));
  CHECK_THAT(result.said, Catch::Contains("7.69") && Catch::Contains("75.00"));
  CHECK_THAT(result.said, Catch::Contains("a.png p1: vanban 7.69"));
}

TEST_CASE("texts that differ in white space and normal form alone are the same") {
  const Folder folder;
  folder.file("scans/a.png");
  folder.file("words/a.p1.txt", "cu\u0309a\n\n ta ");
  folder.file("words/a.p2.txt", "hai");
  write_reader(folder, "c\u1EE7a ta\\n\\fhai\\n");
  const Result result = bench(folder, kWithReader + "--truth words");
  CAPTURE(result.said);
  CHECK(result.code == 0);
  CHECK_THAT(result.said, Catch::Contains("2 with a transcript") && Catch::Contains(" 0.00") &&
                              Catch::Contains("100.00"));
}

TEST_CASE("a list names the pages, each read by itself") {
  const Folder folder;
  folder.file("scans/a.png");
  folder.file("scans/b.png");
  folder.file("list", "a.png 2\na.png 3\n");
  folder.file("truth/a.p1.txt", "một");
  folder.file("truth/a.p2.txt", "hai");
  folder.file("truth/a.p3.txt", "ba");
  write_reader(folder, "hai");  // whatever the page
  const Result result = bench(folder, kWithReader + "--list list --ocr always --each");
  CAPTURE(result.said);
  CHECK(result.code == 0);
  CHECK_THAT(result.said, Catch::Contains("1 files, 2 pages, 2 with a transcript") &&
                              Catch::Contains("a.png p2: vanban 0.00") &&
                              Catch::Contains("a.png p3: vanban 100.00"));
}

TEST_CASE("another scorer may be named") {
  const Folder folder;
  folder.file("scans/a.png");
  folder.file("truth/a.p1.txt", "văn bản");
  write_reader(folder, "văn bản");
  fs::permissions(folder.file("scorer",
                              "#!/bin/sh\n"
                              "[ \"$1\" = text ] && cmp -s \"$2\" \"$3\" || exit 1\n"
                              "echo 'chars 7'\necho 'CER     12.5'\n"
                              "echo 'recall  87.5'\necho 'precision 62.5'\n"),
                  fs::perms::owner_all);
  const Result result = bench(folder, kWithReader + "--scorer ./scorer");
  CAPTURE(result.said);
  CHECK(result.code == 0);
  CHECK_THAT(result.said,
             Catch::Contains("12.50") && Catch::Contains("87.50") && Catch::Contains("62.50"));
}

TEST_CASE("a reader that fails has read nothing, and the bench says so") {
  const Folder folder;
  folder.file("scans/a.png");
  folder.file("truth/a.p1.txt", "văn bản");
  fs::permissions(folder.file("reader", "#!/bin/sh\necho 'no such luck' >&2\nexit 2\n"),
                  fs::perms::owner_all);
  const Result result = bench(folder, kWithReader);
  CAPTURE(result.said);
  CHECK(result.code == 1);
  CHECK_THAT(result.said, Catch::Contains("no such luck") && Catch::Contains("100.00"));
}

TEST_CASE("a reader that is not there is left out") {
  const Folder folder;
  folder.file("scans/a.png");
  const Result result = bench(folder, "scans --readers vanban --vanban ./nothing");
  CAPTURE(result.said);
  CHECK(result.code == 0);
  CHECK_THAT(result.said, Catch::Contains("vanban left out"));
}

TEST_CASE("a call that makes no sense is refused") {
  const Folder folder;
  folder.file("scans/a.png");
  folder.file("empty/notes.txt");
  for (const char* arguments :
       {"", "nowhere", "empty", "scans --readers abbyy", "scans --pages 0", "scans --pages all"}) {
    CAPTURE(arguments);
    CHECK(bench(folder, arguments).code == 2);
  }
}

}  // namespace
}  // namespace vanban::tools
