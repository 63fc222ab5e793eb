#include "pipeline/input_file.h"

#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>

#include "ocr/document/error.h"
#include "tests/folder.h"

namespace vanban::pipeline {
namespace {

namespace fs = std::filesystem;
using Catch::StartsWith;

TEST_CASE("a file is read to its end, whatever its size") {
  const tests::Folder folder;
  const std::size_t size = GENERATE(0, 1, 4096, 200'000);
  std::string bytes(size, 'x');
  if (size > 0) bytes.back() = '\0';
  CHECK(read_file(folder.file("file", bytes)) == bytes);
  CHECK(read_file(folder / "file", Links::Refuse) == bytes);
}

TEST_CASE("a pipe is read until its other end closes") {
  const tests::Folder folder;
  const fs::path pipe = folder / "pipe";
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  const std::string bytes(300'000, 'y');
  std::thread writer([&] { std::ofstream(pipe, std::ios::binary) << bytes; });
  const std::string read = read_file(pipe);
  writer.join();
  CHECK(read == bytes);
}

TEST_CASE("what cannot be read says why") {
  const tests::Folder folder;
  CHECK_THROWS_WITH(read_file(folder / "none"), "cannot be read: No such file or directory");
  // A folder can be opened, but not read.
  CHECK_THROWS_WITH(read_file(folder / ""), StartsWith("cannot be read: "));
  try {
    read_file(folder / "none");
    FAIL("nothing was thrown");
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::NotReadable);
  }
}

TEST_CASE("where links are refused, so is all that is no regular file") {
  const tests::Folder folder;
  folder.file("file", "bytes");
  fs::create_symlink(folder / "file", folder / "link");
  REQUIRE(::mkfifo((folder / "pipe").c_str(), 0600) == 0);
  CHECK(read_file(folder / "link") == "bytes");
  CHECK_THROWS_AS(read_file(folder / "link", Links::Refuse), ocr::InputError);
  CHECK_THROWS_AS(read_file(folder / "pipe", Links::Refuse), ocr::InputError);
  CHECK_THROWS_AS(read_file("/dev/zero", Links::Refuse), ocr::InputError);
}

TEST_CASE("what is larger than any scan is refused before a byte is read") {
  const tests::Folder folder;
  fs::resize_file(folder.file("file", "bytes"), std::uintmax_t{1} << 42);
  const auto kind_of = [](const auto& read) {
    try {
      read();
    } catch (const Error& error) {
      return error.kind();
    }
    return ErrorKind::Internal;
  };
  CHECK(kind_of([&] { read_file(folder / "file"); }) == ErrorKind::TooLarge);
  CHECK(kind_of([&] { hash_of_file_below(folder.path(), "file"); }) == ErrorKind::TooLarge);
}

TEST_CASE("a file below a folder is that, and links lead nowhere") {
  const tests::Folder folder, elsewhere;
  folder.file("a/b", "bytes");
  elsewhere.file("secret", "bytes");
  fs::create_directory_symlink(elsewhere.path(), folder / "link");
  fs::create_symlink(elsewhere / "secret", folder / "a/link");
  CHECK(read_file_below(folder.path(), "a/b") == "bytes");
  CHECK(hash_of_file_below(folder.path(), "a/b") ==
        "277089d91c0bdf4f2e6862ba7e4a07605119431f5d13f726dd352b06f1b206a9");
  for (const std::string path : {"link/secret", "a/link", "../secret", "a/../a/b", "a", ""})
    CHECK_THROWS_AS(read_file_below(folder.path(), path), ocr::InputError);
}

}  // namespace
}  // namespace vanban::pipeline
