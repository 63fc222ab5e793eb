#include "pipeline/inventory.h"

#include <algorithm>
#include <cctype>
#include <set>
#include <string>

#include <catch2/catch.hpp>

#include "tests/folder.h"
#include "tests/pipeline/made_model.h"

namespace vanban::pipeline {
namespace {

TEST_CASE("libraries name their versions, each once") {
  std::set<std::string> names;
  for (const Library& one : named_libraries()) {
    CAPTURE(one.name, one.version);
    CHECK(names.insert(one.name).second);
    REQUIRE_FALSE(one.version.empty());
    CHECK(std::isdigit(static_cast<unsigned char>(one.version.front())));
    CHECK(one.version.find_first_of(" \n") == std::string::npos);
  }
  for (const char* name : {"tesseract", "leptonica", "poppler", "qpdf", "opencv", "icu", "sqlite"})
    CHECK(names.contains(name));
}

TEST_CASE("all that is linked is listed by its file") {
  const std::vector<std::string> files = linked_files();
  CHECK(std::is_sorted(files.begin(), files.end()));
  for (const char* beginning : {"libtesseract.so.", "libpoppler", "libc.so"})
    CHECK(std::any_of(files.begin(), files.end(),
                      [&](const std::string& file) { return file.starts_with(beginning); }));
}

TEST_CASE("a model has a hash, or a fault with the next step") {
  const tests::Folder folder;
  tests::write(folder / "model", made_model());
  const std::vector<Model> there = models((folder / "model").string(), "");
  CHECK(there.front().fault.empty());
  CHECK(there.front().hash.size() == 16);
  const std::vector<Model> lacking = models((folder / "none").string(), folder.path().string());
  CHECK_THAT(lacking.front().fault, Catch::Contains("--model"));
  CHECK(lacking.front().hash.empty());
  CHECK(lacking.front().name == "language model");
  CHECK_THAT(lacking[1].fault, Catch::Contains("apt-get install tesseract-ocr-vie"));
}

TEST_CASE("a folder that is not there yet has the room of where it is to be") {
  const tests::Folder folder;
  CHECK(free_bytes(folder / "a/b/c").value_or(0) > 0);
  CHECK(free_bytes(folder.path()).value_or(0) > 0);
  CHECK(machine().cores > 0);
}

}  // namespace
}  // namespace vanban::pipeline
