#include "pipeline/shards/withheld_list.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <string>

#include "ocr/document/error.h"
#include "pipeline/output_file.h"
#include "tests/folder.h"

namespace vanban::pipeline {
namespace {

namespace fs = std::filesystem;

TEST_CASE("a file that is withheld stands once in a list for its owner alone") {
  const tests::Folder made;
  const fs::path folder = made / "withheld";
  require_withheld_folder(folder);
  CHECK((fs::status(folder).permissions() & fs::perms::all) == fs::perms::owner_all);
  const WithheldFile file{"/scans", "a\"b.pdf", "00ff", "Mật"};
  add_withheld(folder, file);
  add_withheld(folder, file);
  const std::string line =
      R"({"inputs":"/scans","path":"a\"b.pdf","sha256":"00ff","secrecy":"Mật"})";
  CHECK(tests::read(withheld_list(folder)) == line + '\n');
  CHECK((fs::status(withheld_list(folder)).permissions() & fs::perms::all) ==
        (fs::perms::owner_read | fs::perms::owner_write));
  add_withheld(folder, {"/scans", "c.pdf", "01", "Tối mật"});
  CHECK(tests::read(withheld_list(folder)).starts_with(line + "\n{"));
}

TEST_CASE("a folder that leads elsewhere or that others may write to holds no such list") {
  const tests::Folder made;
  fs::create_directory(made / "open");
  fs::permissions(made / "open", fs::perms::all);
  CHECK_THROWS_AS(require_withheld_folder(made / "open"), Error);
  fs::create_directory(made / "own");
  fs::create_directory_symlink(made / "own", made / "link");
  CHECK_THROWS_AS(require_withheld_folder(made / "link"), Error);
  CHECK_THROWS_AS(require_withheld_folder(made / "none" / "below"), Error);
}

TEST_CASE("a list that is a link is not followed") {
  const tests::Folder made;
  fs::create_directory(made / "withheld");
  tests::write(made / "victim", "kept");
  fs::create_symlink(made / "victim", withheld_list(made / "withheld"));
  CHECK_THROWS_AS(add_withheld(made / "withheld", {"/scans", "a.pdf", "00", "Mật"}), OutputError);
  CHECK(tests::read(made / "victim") == "kept");
}

}  // namespace
}  // namespace vanban::pipeline
