#include "pipeline/model_file.h"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <string>

#include "ocr/document/error.h"
#include "tests/folder.h"
#include "tests/pipeline/made_model.h"

namespace vanban::pipeline {
namespace {

namespace fs = std::filesystem;
using Catch::Contains;
using ocr::EngineError;

// Without the variable that names a model, before and after.
class Folder : public tests::Folder {
 public:
  Folder() { ::unsetenv("VANBAN_MODEL"); }
  ~Folder() { ::unsetenv("VANBAN_MODEL"); }
};

TEST_CASE("the model that is asked for comes before the environment's, that before the folders'") {
  const Folder folder;
  const fs::path asked = folder.file("asked"), variable = folder.file("variable"),
                 first = folder.file("first/vietnamese.model"),
                 second = folder.file("second/vietnamese.model");
  const std::vector<fs::path> folders{folder / "none", folder / "first", folder / "second"};
  CHECK(find_model("", folders) == first);
  fs::remove(first);
  CHECK(find_model("", folders) == second);
  ::setenv("VANBAN_MODEL", "", 1);
  CHECK(find_model("", folders) == second);
  ::setenv("VANBAN_MODEL", variable.c_str(), 1);
  CHECK(find_model("", folders) == variable);
  CHECK(find_model(asked, folders) == asked);
}

TEST_CASE("a model that is not there is told with the places looked at and what to do") {
  const Folder folder;
  folder.file("there/vietnamese.model");
  const std::vector<fs::path> folders{folder / "a", folder / "b"};
  CHECK_THROWS_WITH(find_model("", folders), Contains((folder / "a").string()) &&
                                                 Contains((folder / "b").string()) &&
                                                 Contains("--model"));
  // No other is taken for one that was named.
  CHECK_THROWS_WITH(find_model(folder / "none", {folder / "there"}), Contains("none"));
  CHECK_THROWS_AS(find_model(folder / "there", {folder / "there"}), EngineError);  // a folder
  ::setenv("VANBAN_MODEL", "/nowhere/x.model", 1);
  CHECK_THROWS_WITH(find_model("", {folder / "there"}),
                    Contains("/nowhere/x.model") && Contains("VANBAN_MODEL"));
}

TEST_CASE("the folders are the installed one and the source tree's") {
  const std::vector<fs::path> folders = model_folders();
  REQUIRE(folders.size() == 2);
  CHECK_THAT(folders[0].string(), Catch::EndsWith("/share/vanban"));
  CHECK(folders[1] == fs::path(VANBAN_SOURCE_DIR) / "diacritics/data");
}

TEST_CASE("a model is opened, a damaged one refused by name") {
  const Folder folder;
  const std::string bytes = made_model();
  CHECK(open_restorer(folder.file("good", bytes)).model().id_of("tỉnh") != diacritics::kUnknown);
  CHECK_THROWS_WITH(open_restorer(folder.file("cut", bytes.substr(0, bytes.size() / 2))),
                    Contains((folder / "cut").string()));
  CHECK_THROWS_AS(open_restorer(folder.file("text", "no model\n")), EngineError);
}

}  // namespace
}  // namespace vanban::pipeline
