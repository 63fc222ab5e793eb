#include "pipeline/output_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>

#include "tests/folder.h"

namespace vanban::pipeline {
namespace {

namespace fs = std::filesystem;
using tests::Folder;
using tests::write;

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::set<std::string> names_in(const Folder& folder) {
  std::set<std::string> out;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder.path()))
    out.insert(entry.path().filename().string());
  return out;
}

using Names = std::set<std::string>;

TEST_CASE("a committed file holds what was written, and nothing else remains") {
  const Folder folder;
  {
    OutputFile file(folder / "o.json");
    file.write("mot ");
    file.write("");
    file.write(std::string("hai\0ba", 6));
    file.commit();
    CHECK(read(folder / "o.json") == std::string("mot hai\0ba", 10));
    CHECK(names_in(folder) == Names{"o.json"});
  }
  CHECK(names_in(folder) == Names{"o.json"});
}

TEST_CASE("a file may be empty") {
  const Folder folder;
  OutputFile file(folder / "o.json");
  file.commit();
  CHECK(names_in(folder) == Names{"o.json"});
  CHECK(fs::file_size(folder / "o.json") == 0);
}

TEST_CASE("much is written whole") {
  const Folder folder;
  std::string much;
  for (int i = 0; much.size() < 5'000'000; ++i) much += std::to_string(i);
  OutputFile file(folder / "o.json");
  file.write(much);
  file.commit();
  CHECK((read(folder / "o.json") == much));
}

TEST_CASE("folders are made below a root, and no link leads out of it") {
  const Folder folder, elsewhere;
  make_folders_below(folder.path(), "a/b");
  make_folders_below(folder.path(), "a/b");
  make_folders_below(folder.path(), "");
  CHECK(fs::is_directory(folder / "a/b"));
  fs::create_directory_symlink(elsewhere.path(), folder / "link");
  for (const char* path : {"link/c", "../c", "a/../../c", "/tmp/c"})
    CHECK_THROWS_AS(make_folders_below(folder.path(), path), OutputError);
  CHECK(fs::is_empty(elsewhere.path()));
}

TEST_CASE("a full disk concerns all files, a bad name one") {
  CHECK(kind_of_output_error(ENOSPC) == ErrorKind::Output);
  CHECK(kind_of_output_error(EROFS) == ErrorKind::Output);
  CHECK(kind_of_output_error(ENAMETOOLONG) == ErrorKind::Access);
  CHECK(kind_of_output_error(EISDIR) == ErrorKind::Access);
}

TEST_CASE("before the commit nothing shows under the name") {
  const Folder folder;
  OutputFile file(folder / "o.json");
  file.write("half");
  CHECK_FALSE(fs::exists(folder / "o.json"));
}

TEST_CASE("without a commit nothing remains") {
  const Folder folder;
  { OutputFile file(folder / "o.json"); }
  {
    OutputFile file(folder / "o.json");
    file.write("half");
  }
  try {
    OutputFile file(folder / "o.json");
    file.write("half");
    throw std::runtime_error("the work failed");
  } catch (const std::runtime_error&) {
  }
  CHECK(names_in(folder).empty());
}

TEST_CASE("what stood there stays until the commit, and goes with it") {
  const Folder folder;
  write(folder / "o.json", "a longer text from before");
  {
    OutputFile file(folder / "o.json");
    file.write("half");
    CHECK(read(folder / "o.json") == "a longer text from before");
  }
  CHECK(read(folder / "o.json") == "a longer text from before");
  OutputFile file(folder / "o.json");
  file.write("new");
  file.commit();
  CHECK(read(folder / "o.json") == "new");
  CHECK(names_in(folder) == Names{"o.json"});
}

TEST_CASE("a reader that has the old file open keeps it") {
  const Folder folder;
  write(folder / "o.json", "old");
  std::ifstream reader(folder / "o.json");
  OutputFile file(folder / "o.json");
  file.write("new");
  file.commit();
  CHECK(std::string(std::istreambuf_iterator<char>(reader), {}) == "old");
}

TEST_CASE("a second commit changes nothing") {
  const Folder folder;
  OutputFile file(folder / "o.json");
  file.write("once");
  file.commit();
  write(folder / "o.json", "changed since");
  file.commit();
  CHECK(read(folder / "o.json") == "changed since");
}

TEST_CASE("two at once for the same place do not mix") {
  const Folder folder;
  OutputFile first(folder / "o.json"), second(folder / "o.json");
  first.write("first");
  second.write("second");
  second.commit();
  CHECK(read(folder / "o.json") == "second");
  first.commit();
  CHECK(read(folder / "o.json") == "first");
  CHECK(names_in(folder) == Names{"o.json"});
}

TEST_CASE("a place that cannot be written to is known at once, with path and reason") {
  const Folder folder;
  write(folder / "file", "");
  fs::create_directory(folder / "folder");
  const auto [name, reason] = GENERATE(table<std::string, std::string>({
      {"nowhere/o.json", "No such file"},
      {"file/o.json", "Not a directory"},
      {"folder", "Is a directory"},
      {"folder/", "Is a directory"},
  }));
  const std::string path = (folder / name).string();
  CAPTURE(name);
  CHECK_THROWS_AS(OutputFile(path), OutputError);
  CHECK_THROWS_WITH(OutputFile(path), Catch::Contains(path) && Catch::Contains(reason));
  CHECK(names_in(folder) == Names{"file", "folder"});
  CHECK(fs::is_empty(folder / "folder"));
}

TEST_CASE("names with spaces, marks and a leading dot are names like others") {
  const Folder folder;
  const std::string name = GENERATE("báo cáo.json", ".hidden", "no ending", "a.b.c", "XXXXXX");
  CAPTURE(name);
  OutputFile file(folder / name);
  file.write("x");
  file.commit();
  CHECK(names_in(folder) == Names{name});
}

TEST_CASE("a name without a folder is one in the working directory") {
  const Folder folder;
  const fs::path before = fs::current_path();
  fs::current_path(folder / "");
  {
    OutputFile file("o.json");
    file.write("here");
    file.commit();
  }
  fs::current_path(before);
  CHECK(names_in(folder) == Names{"o.json"});
  CHECK(read(folder / "o.json") == "here");
}

TEST_CASE("a link stays a link and its target is replaced") {
  const Folder folder;
  fs::create_directory(folder / "archive");
  write(folder / "archive/record.json", "old");
  const bool absolute = GENERATE(true, false);
  fs::create_symlink(absolute ? folder / "archive/record.json" : fs::path("archive/record.json"),
                     folder / "o.json");
  {
    OutputFile file(folder / "o.json");
    file.write("new");
    file.commit();
  }
  CHECK(fs::is_symlink(folder / "o.json"));
  CHECK_FALSE(fs::is_symlink(folder / "archive/record.json"));
  CHECK(read(folder / "archive/record.json") == "new");
  CHECK(names_in(folder) == Names{"archive", "o.json"});
}

TEST_CASE("a link to a link is followed to the end") {
  const Folder folder;
  write(folder / "end", "old");
  fs::create_symlink("end", folder / "middle");
  fs::create_symlink("middle", folder / "start");
  OutputFile file(folder / "start");
  file.write("new");
  file.commit();
  CHECK(fs::is_symlink(folder / "start"));
  CHECK(fs::is_symlink(folder / "middle"));
  CHECK(read(folder / "end") == "new");
}

TEST_CASE("a pipe is written to directly and stays a pipe") {
  const Folder folder;
  const fs::path pipe = folder / "pipe";
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  std::string got;
  std::thread reader([&] { got = read(pipe); });
  {
    OutputFile file(pipe);
    file.write("through");
    file.commit();
  }
  reader.join();
  CHECK(got == "through");
  CHECK(fs::is_fifo(pipe));
  CHECK(names_in(folder) == Names{"pipe"});
}

TEST_CASE("a device that takes nothing is an error when it is written to") {
  OutputFile file("/dev/full");
  CHECK_THROWS_AS(file.write("x"), OutputError);
  CHECK_THROWS_WITH(file.write("x"), Catch::Contains("/dev/full"));
  CHECK(fs::is_character_file("/dev/full"));
}

TEST_CASE("the file has the permissions of any new file, and the mask is left as it was") {
  const Folder folder;
  const mode_t mask = GENERATE(0022, 0077, 0007, 0);
  CAPTURE(mask);
  const mode_t before = ::umask(mask);
  {
    OutputFile file(folder / "o.json");
    file.commit();
  }
  const mode_t after = ::umask(before);
  CHECK(after == mask);
  struct stat status {};
  REQUIRE(::stat((folder / "o.json").c_str(), &status) == 0);
  CHECK((status.st_mode & 07777) == (0666 & ~mask));
}

TEST_CASE("until it is whole nobody else can read it") {
  const Folder folder;
  OutputFile file(folder / "o.json");
  file.write("half");
  const Names names = names_in(folder);
  // Where the file system lets it, it has no name either.
  if (names.empty()) return;
  REQUIRE(names.size() == 1);
  struct stat status {};
  REQUIRE(::stat((folder / *names.begin()).c_str(), &status) == 0);
  CHECK((status.st_mode & 0077) == 0);
  CHECK(names.begin()->starts_with("."));
}

TEST_CASE("what another machine is writing is not taken for what the dead left") {
  const Folder folder;
  folder.file(temporary_prefix(999999999) + "x");
  folder.file(".vanban-999999999@elsewhere-x");
  remove_leftovers_of_the_dead(folder.path());
  CHECK(folder.content().size() == 1);
  CHECK(fs::exists(folder / ".vanban-999999999@elsewhere-x"));
}

}  // namespace
}  // namespace vanban::pipeline
