#include "pipeline/batch/inputs.h"

#include <unistd.h>

#include <catch2/catch.hpp>

#include "tests/folder.h"

namespace vanban::pipeline {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> paths_of(const InputFolder& folder) {
  std::vector<std::string> out;
  for (const InputFile& file : folder.files) out.push_back(file.path);
  return out;
}

TEST_CASE("scans are known by their names or by their beginnings, in the order of their paths") {
  const tests::Folder folder;
  folder.file("b.PDF", "anything");
  folder.file("a/c.tiff", "x");
  folder.file("a/without-extension", "%PDF-1.4 and so on");
  folder.file("a/note.txt", "text");
  folder.file("a/empty", "");
  folder.file(".hidden/d.pdf", "%PDF-1.4");
  folder.file("._b.pdf", "%PDF-1.4");
  const InputFolder found = find_inputs(folder.path());
  CHECK(paths_of(found) == std::vector<std::string>{"a/c.tiff", "a/without-extension", "b.PDF"});
  CHECK(found.others == 2);
  CHECK(found.files.back().bytes == 8);
  CHECK(found.files.back().modified_ns > 0);
}

TEST_CASE("a beginning is a scan's where pages would be read from it") {
  const auto [bytes, is_scan] = GENERATE(table<std::string, bool>({
      {"a line before the header\n%PDF-1.4 and so on", true},
      {std::string("II+\0", 4) + "a TIFF of more than 4 GB", true},
      {"MM, a text that begins with these letters", false},
      {"\x89PNG without the rest", false},
      {std::string(2000, ' ') + "%PDF-1.4", false},
  }));
  CAPTURE(bytes);
  const tests::Folder folder;
  folder.file("scan", bytes);
  CHECK(find_inputs(folder.path()).files.size() == (is_scan ? 1 : 0));
}

TEST_CASE("links are counted and never followed") {
  const tests::Folder folder, elsewhere;
  elsewhere.file("secret.pdf", "%PDF");
  fs::create_directory_symlink(elsewhere.path(), folder / "link");
  fs::create_symlink(elsewhere / "secret.pdf", folder / "link.pdf");
  fs::create_directory_symlink(folder.path(), folder / "round");
  const InputFolder found = find_inputs(folder.path());
  CHECK(found.files.empty());
  CHECK(found.links == 3);
}

TEST_CASE("a folder that is not there is an error") {
  const tests::Folder folder;
  CHECK_THROWS_AS(find_inputs(folder / "none"), fs::filesystem_error);
}

TEST_CASE("results are called as the input without its extension, with it where two collide") {
  using Paths = std::vector<std::string>;
  const auto [paths, taken, stems] = GENERATE(table<Paths, std::set<std::string>, Paths>({
      {{"a.pdf", "b/a.pdf"}, {}, {"a", "b/a"}},
      {{"a.pdf", "a.tif"}, {}, {"a.pdf", "a.tif"}},
      {{"a.PDF", "a.pdf"}, {}, {"a.PDF", "a.pdf"}},
      {{"a.tif"}, {"a"}, {"a.tif"}},
      {{"a.pdf", "a.pdf.pdf"}, {"a"}, {"a.pdf", "a.pdf.pdf"}},
      {{"a.pdf"}, {"a", "a.pdf"}, {"a.pdf~2"}},
      {{"1.2.pdf", "noext"}, {}, {"1.2", "noext"}},
      {{}, {}, {}},
  }));
  CAPTURE(paths);
  CHECK(output_stems(paths, taken) == stems);
}

TEST_CASE("no result has too long a name or that of a folder") {
  const std::string longest(251, 'a');
  const std::vector<std::string> stems = output_stems(
      {"c.json/x.png", "c.png", longest + ".png", longest + ".tif", "e/f.png"}, {"e.txt", "e.f"});
  REQUIRE(stems.size() == 5);
  CHECK(stems[0] == "c.json/x");
  CHECK(stems[1] == "c.png");
  for (const std::size_t i : {2, 3}) CHECK(stems[i].size() < 100);
  CHECK(stems[2] != stems[3]);
  CHECK(stems[4] == "e/f");
  // The folder has the name of an older file's record.
  CHECK(output_stems({"d.json/x.png"}, {"d"}).front().find('/') == std::string::npos);
  CHECK(output_stems({longest + ".png"}, {}) == output_stems({longest + ".png"}, {}));
}

TEST_CASE("a folder that cannot be read is named") {
  const tests::Folder folder;
  folder.file("a.pdf");
  folder.file("box/b.pdf");
  fs::permissions(folder / "box", fs::perms::none);
  const InputFolder found = find_inputs(folder.path());
  fs::permissions(folder / "box", fs::perms::owner_all);
  // Who may read everything reads this as well.
  if (::geteuid() == 0)
    CHECK(found.files.size() == 2);
  else
    CHECK(found.unreadable == std::vector<std::string>{"box"});
}

TEST_CASE("folders overlap where one is in the other, whatever they are called") {
  const tests::Folder folder;
  folder.file("in/x");
  folder.file("inner/x");
  CHECK(folders_overlap(folder / "in", folder / "in"));
  CHECK(folders_overlap(folder / "in", folder / "in/deep/out"));
  CHECK(folders_overlap(folder / "in/deep", folder / "in"));
  CHECK(folders_overlap(folder / "inner/../in", folder / "in"));
  CHECK_FALSE(folders_overlap(folder / "in", folder / "inner"));
  fs::create_directory_symlink(folder / "in", folder / "alias");
  CHECK(folders_overlap(folder / "alias", folder / "in"));
}

}  // namespace
}  // namespace vanban::pipeline
