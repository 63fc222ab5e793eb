#include "extract/patterns/fields_file.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

namespace vanban::extract {
namespace {

using ocr::BlockKind;

TEST_CASE("each mistake is told with its line, its field and its reason") {
  const auto [toml, mistake] = GENERATE(table<std::string, std::string>({
      {"", "no [[field]]"},
      {"name = 1", "line 1"},
      {"[[field]\n", "line 1"},
      {"[[field]]\ntype = \"date\"", "line 1: a field: it has no name"},
      {"[[field]]\nname = \"Tên\"\ntype = \"date\"", "line 2"},
      {"[[field]]\nname = \"x\"", "line 1: field x: it must have either"},
      {"[[field]]\nname = \"x\"\ntype = \"date\"\npattern = 'a'", "either a pattern or a type"},
      {"[[field]]\nname = \"x\"\ntype = \"day\"", "line 3: field x: there is no type"},
      {"[[field]]\nname = \"x\"\npattern = '(a'", "line 3: field x: the pattern"},
      {"[[field]]\nname = \"x\"\npattern = '(a)\\1'", "line 3: field x: the pattern"},
      {"[[field]]\nname = \"x\"\npattern = '(((a{100}){100}){100})'",
       "line 3: field x: the pattern"},
      {"[[field]]\nname = \"x\"\ntype = \"date\"\nzone = \"head\"", "line 4: field x: a zone"},
      {"[[field]]\nname = \"x\"\ntype = \"date\"\npage = 0", "line 4: field x: page"},
      {"[[field]]\nname = \"x\"\ntype = \"date\"\nnormalise = \"y\"",
       "line 4: field x: there is no"},
      {"[[field]]\nname = \"x\"\ntype = \"date\"\nmany = 1", "line 4: field x: many"},
      {"[[field]]\nname = \"x\"\ntype = \"date\"\ncheck = 1", "line 4: field x: check"},
      {"[[field]]\nname = \"x\"\ntype = \"date\"\ncheck = { min = 2, max = 1 }", "min is greater"},
      {"[[field]]\nname = \"x\"\ntype = \"date\"\ncolour = 1", "no key \"colour\""},
      {"[[field]]\nname = \"x\"\ntype = \"date\"\n[[field]]\nname = \"x\"\ntype = \"date\"",
       "line 4: field x: there is another"},
  }));
  CAPTURE(toml);
  const FieldsFile file = parse_fields(toml);
  REQUIRE_FALSE(file.mistakes.empty());
  CAPTURE(file.mistakes.front());
  CHECK(file.mistakes.front().find(mistake) != std::string::npos);
}

TEST_CASE("letters beyond ASCII stand in texts and comments alone") {
  const auto [toml, line] = GENERATE(table<std::string, int>({
      {"à = 1", 1},
      {"[[field]]\nname = 'a'\npattern = số\n", 3},
      {"a = 1 # số\n\nb = \"\"\"số\nsố \\\" \"\"\" ơ\n", 4},
      {"a = '\\' ơ", 1},
      {"a = 'ơ\nơ'", 2},
  }));
  CAPTURE(toml);
  const FieldsFile file = parse_fields(toml);
  REQUIRE(file.mistakes.size() == 1);
  CHECK(file.mistakes[0] == "line " + std::to_string(line) +
                                ": letters beyond ASCII stand in quotation marks or behind #");
}

TEST_CASE("texts and comments may have any letters") {
  const std::string text = GENERATE(
      "\xEF\xBB\xBF# số\n[[field]]\nname = \"a\" # ơ\nanchor = 'Mã số'\ntype = \"code\"\n",
      "[[field]]\nname = 'a'\nanchor = \"\"\"Số \\\"mã\\\" \"\"\"\ntype = 'code'\n",
      "[[field]]\nname = 'a'\nanchor = '''Số'''\ndescription = \"ơ # ơ\"\ntype = 'code'\n");
  CAPTURE(text);
  CHECK(parse_fields(text).mistakes.empty());
}

TEST_CASE("all mistakes are told at once") {
  const FieldsFile file =
      parse_fields("[[field]]\nname = \"x\"\ntype = \"day\"\n[[field]]\nname = \"y\"\nmany = 1\n");
  CHECK(file.mistakes.size() == 3);
}

TEST_CASE("a field has all that the file says of it") {
  const FieldsFile file = parse_fields(R"(
[[field]]
name = "answer_by"
description = "Until when an answer is asked for."
zone = ["body", "recipients"]
page = "last"
anchor = "trước ngày"
pattern = '\d+/\d+'
normalise = "digits"
required = true
many = true
check = { min = 1, max = 31, length_max = 4, one_of = ["1", "2"] }

[[field]]
name = "first"
type = "number"
page = "first"
zone = "title"
)");
  REQUIRE(file.mistakes.empty());
  REQUIRE(file.patterns.size() == 2);
  const FieldPattern& all = file.patterns[0];
  CHECK(all.name == "answer_by");
  CHECK(all.zones == std::vector<BlockKind>{BlockKind::Body, BlockKind::Recipients});
  CHECK(all.page == -1);
  CHECK(all.anchor == "trước ngày");
  CHECK(all.pattern == "\\d+/\\d+");
  CHECK(all.normaliser == Normaliser::Digits);
  CHECK(all.required);
  CHECK(all.many);
  CHECK(all.check.min == 1);
  CHECK(all.check.max == 31);
  CHECK(all.check.length_max == 4);
  CHECK(all.check.one_of == std::vector<std::string>{"1", "2"});
  const FieldPattern& few = file.patterns[1];
  CHECK(few.zones == std::vector<BlockKind>{BlockKind::Title});
  CHECK(few.page == 1);
  CHECK_FALSE(few.pattern.empty());
  CHECK(few.normaliser == Normaliser::None);
  CHECK_FALSE(few.required);
  CHECK_FALSE(few.many);
  CHECK_FALSE(few.check.min);
}

TEST_CASE("a file is not read beyond a megabyte") {
  const FieldsFile file = parse_fields(std::string((1 << 20) + 1, '#'));
  REQUIRE(file.mistakes.size() == 1);
  CHECK(file.mistakes[0].find("1 MB") != std::string::npos);
}

}  // namespace
}  // namespace vanban::extract
