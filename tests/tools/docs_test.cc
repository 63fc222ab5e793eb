// Runs what the pages in docs/ tell people to type, on a batch of the samples.
#include <cstdlib>
#include <filesystem>
#include <regex>
#include <string>
#include <vector>

// Tells QPDF 11 that its old smart pointer is not used; else it warns.
#define POINTERHOLDER_TRANSITION 4
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFWriter.hh>

#include <catch2/catch.hpp>

#include "tests/folder.h"

namespace vanban::tools {
namespace {

namespace fs = std::filesystem;
using tests::Folder;

// The commands of a page, in the order in which they stand there.
std::vector<std::string> commands_of(const std::string& page, const std::string& language) {
  const std::string text = tests::read(fs::path(VANBAN_SOURCE_DIR) / "docs" / page);
  const std::regex block("```" + language + "\n([^`]+)```");
  std::vector<std::string> out;
  for (std::sregex_iterator it(text.begin(), text.end(), block), end; it != end; ++it)
    out.push_back((*it)[1]);
  return out;
}

int shell(const std::string& command, const Folder& where) {
  const std::string line = "cd '" + where.path().string() + "' && { " + command + "\n} 2>> errors";
  return std::system(
      ("/bin/sh -c \"$(cat <<'END_OF_COMMAND'\n" + line + "\nEND_OF_COMMAND\n)\"").c_str());
}

bool is_there(const char* program) {
  return std::system((std::string("command -v ") + program + " > /dev/null 2>&1").c_str()) == 0;
}

// The pages of a document, and once more, in one file.
std::string twice(const std::string& pdf) {
  QPDF whole;
  whole.processMemoryFile("twice", pdf.data(), pdf.size());
  QPDFPageDocumentHelper pages(whole);
  for (QPDFPageObjectHelper& page : pages.getAllPages())
    pages.addPage(page.shallowCopyPage(), false);
  QPDFWriter writer(whole);
  writer.setOutputMemory();
  writer.setDeterministicID(true);
  writer.write();
  const auto buffer = writer.getBufferSharedPointer();
  return {reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize()};
}

// A batch of a digital sample, called OUT as in the pages: in a folder within a folder, once more
// in a file of its own, and twice in one file; with `more` of its options.
void make_batch(const Folder& folder, const std::string& more) {
  const std::string plan = tests::read(fs::path(VANBAN_SOURCE_DIR) / "samples/ke-hoach-so.pdf");
  folder.file("scans/plan.pdf", plan);
  folder.file("scans/box 1/ké/plan.pdf", plan + "% another\n");
  folder.file("scans/two.pdf", twice(plan));
  REQUIRE(shell(std::string(VANBAN_PROGRAM) +
                    " batch scans -o OUT -q --register OUT/register.jsonl --records "
                    "OUT/records.jsonl --indicators OUT/figures.csv --indicators "
                    "OUT/figures.jsonl " +
                    more,
                folder) == 0);
  REQUIRE_THAT(tests::read(folder / "OUT/records/two.json"), Catch::StartsWith("["));
}

void run_all(const std::string& page, const std::string& language, const std::string& how,
             std::size_t count, const std::string& more = {}) {
  const Folder folder;
  make_batch(folder, more);
  const std::vector<std::string> commands = commands_of(page, language);
  REQUIRE(commands.size() == count);
  for (const std::string& command : commands) {
    CAPTURE(command);
    folder.file("command", command);
    CHECK(shell(how + " command >> output", folder) == 0);
    CAPTURE(tests::read(folder / "errors"));
    CHECK(tests::read(folder / "errors").empty());
  }
  // Of each document.
  const std::string output = tests::read(folder / "output");
  std::size_t documents = 0;
  for (std::size_t at = output.find("KH-UBND"); at != output.npos;
       at = output.find("KH-UBND", at + 1))
    ++documents;
  CHECK(documents >= 4);
  CHECK_THAT(output, Catch::Contains("ké"));
}

TEST_CASE("the commands for jq work") {
  if (!is_there("jq")) {
    WARN("left out: jq is not installed");
    return;
  }
  // Also where a file may hold several documents, and in whatever shell there is.
  run_all("jq.md", "sh", "sh -eu", 11);
  run_all("jq.md", "sh", "bash -eu", 11, "--split");
  if (is_there("zsh")) run_all("jq.md", "sh", "zsh -eu", 11);
}

TEST_CASE("the programs in Python work") {
  run_all("python.md", "python",
          "PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=" VANBAN_SOURCE_DIR "/tools/python python3", 4,
          "--split");
}

TEST_CASE("the commands for SQLite work") {
  if (!is_there("sqlite3")) {
    WARN("left out: sqlite3 is not installed");
    return;
  }
  run_all("sql.md", "sh", "sh -eu", 5);
  run_all("sql.md", "sh", "sh -eu", 5, "--split");
}

TEST_CASE("the program in Python for figures works") {
  run_all("indicators.md", "python", "python3", 1);
}

TEST_CASE("the command in SQL for figures works") {
  if (!is_there("sqlite3")) {
    WARN("left out: sqlite3 is not installed");
    return;
  }
  run_all("indicators.md", "sh", "sh -eu", 1);
}

TEST_CASE("the commands for PostgreSQL work") {
  if (!is_there("pg_virtualenv")) {
    WARN("left out: postgresql is not installed");
    return;
  }
  run_all("sql.md", "psql", "pg_virtualenv psql -q -v ON_ERROR_STOP=1 -f", 2);
}

}  // namespace
}  // namespace vanban::tools
