// The house rules that neither compiler nor linker can keep (see "rooms and doors"): who may
// include what, and who may print. Read from the sources' text.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace vanban {
namespace {

namespace fs = std::filesystem;

// What a third-party include begins with -> whose it is.
const std::map<std::string, std::string> kLibraries{
    {"poppler", "poppler"},
    {"qpdf/", "qpdf"},
    {"tesseract/", "tesseract"},
    {"allheaders.h", "leptonica"},
    {"leptonica/", "leptonica"},
    {"opencv", "opencv"},
    {"unicode/", "icu"},
    {"openssl/", "openssl"},
    {"spdlog/", "spdlog"},
    {"fmt/", "fmt"},
    {"CLI/", "cli11"},
    {"nlohmann/", "json"},
    {"valijson/", "valijson"},
    {"omp.h", "openmp"},
    {"re2/", "re2"},
    {"toml++/", "toml++"},
    {"lcms2.h", "lcms"},
    {"pugixml.hpp", "pugixml"},
    {"sqlite3.h", "sqlite"},
    {"xlsxwriter.h", "xlsxwriter"},
    {"zip.h", "libzip"},
    {"csv.h", "libcsv"},
    {"zlib.h", "zlib"},
};

struct Room {
  // Rooms, or single headers of them, that it may include; itself always.
  std::set<std::string> doors;
  // Libraries that its .cc files may include.
  std::set<std::string> libraries;
};

const std::map<std::string, Room> kRooms{
    {"ocr",
     {{},
      {"poppler", "qpdf", "tesseract", "leptonica", "opencv", "openssl", "openmp", "lcms",
       "pugixml", "zlib", "fmt"}}},
    {"diacritics", {{}, {"icu"}}},
    {"extract", {{"ocr/document/document.h", "diacritics"}, {"re2", "toml++"}}},
    {"pipeline",
     {{"ocr", "diacritics", "extract"},
      {"json", "valijson", "spdlog", "fmt", "pugixml", "sqlite", "xlsxwriter", "libzip",
       "libcsv"}}},
    // Of ocr and diacritics only what an error or a data builder needs.
    {"tools",
     {{"pipeline", "ocr/digest.h", "ocr/document/error.h", "diacritics",
       "extract/patterns/fields_file.h"},
      {"cli11", "json", "spdlog"}}},
};

std::vector<std::string> includes_of(const std::string& source) {
  static const std::regex include(R"((?:^|\n)[ \t]*#[ \t]*include[ \t]*[<"]([^>"\n]+)[>"])");
  std::vector<std::string> out;
  for (std::sregex_iterator it(source.begin(), source.end(), include), end; it != end; ++it)
    out.push_back((*it)[1]);
  return out;
}

// Empty where the include is of no library that is watched.
std::string library_of(const std::string& include) {
  for (const auto& [prefix, library] : kLibraries)
    if (include.starts_with(prefix)) return library;
  return "";
}

// The source without comments and without what stands in quotation marks.
std::string bare_code(const std::string& source) {
  std::string out;
  for (std::size_t i = 0; i < source.size(); ++i) {
    const char c = source[i];
    if (source.compare(i, 2, "//") == 0) {
      i = std::min(source.find('\n', i), source.size()) - 1;
    } else if (source.compare(i, 2, "/*") == 0) {
      i = std::min(source.find("*/", i + 2), source.size() - 2) + 1;
    } else if (source.compare(i, 3, "R\"(") == 0) {
      i = std::min(source.find(")\"", i + 3), source.size() - 2) + 1;
    } else if (c == '"') {
      for (++i; i < source.size() && source[i] != '"'; ++i)
        if (source[i] == '\\') ++i;
    } else {
      out += c;
    }
  }
  return out;
}

// Everything in the text of `file` (a path such as "ocr/image.h") that breaks a rule.
std::vector<std::string> faults_in(const std::string& file, const std::string& source) {
  const std::string room_name = file.substr(0, file.find('/'));
  const Room& room = kRooms.at(room_name);
  std::vector<std::string> faults;
  const auto fault = [&](const std::string& what) { faults.push_back(file + ": " + what); };

  for (const std::string& include : includes_of(source)) {
    if (const std::string library = library_of(include); !library.empty()) {
      if (file.ends_with(".h"))
        fault("a header includes " + include);
      else if (!room.libraries.contains(library))
        fault(library + " does not belong to this room: " + include);
    }
    const std::string other = include.substr(0, include.find('/'));
    if (other == include || other == room_name || !(kRooms.contains(other) || other == "tests"))
      continue;
    if (!room.doors.contains(other) && !room.doors.contains(include))
      fault("this room does not know " + include);
  }

  if (room_name != "tools") {
    static const std::regex print(
        R"((^|[^\w])((std::)?(cout|cerr|clog|printf|vprintf|fprintf|vfprintf|puts|fputs|putchar|fputc|putc|perror|abort|exit|_exit|quick_exit)\b))");
    const std::string code = bare_code(source);
    for (std::sregex_iterator it(code.begin(), code.end(), print), end; it != end; ++it)
      fault("only tools/ prints or ends the program: " + (*it)[2].str());
  }
  return faults;
}

std::vector<std::string> sources_of_rooms() {
  std::vector<std::string> out;
  for (const auto& [room, rules] : kRooms) {
    for (const fs::directory_entry& entry :
         fs::recursive_directory_iterator(fs::path(VANBAN_SOURCE_DIR) / room)) {
      const std::string name = entry.path().lexically_relative(VANBAN_SOURCE_DIR).generic_string();
      if (name.ends_with(".h") || name.ends_with(".cc") || name.ends_with(".h.in"))
        out.push_back(name);
    }
  }
  std::sort(out.begin(), out.end());
  return out;
}

std::string read(const std::string& file) {
  std::ifstream in(fs::path(VANBAN_SOURCE_DIR) / file, std::ios::binary);
  REQUIRE(in);
  return {std::istreambuf_iterator<char>(in), {}};
}

// ---- The checker itself

TEST_CASE("the checker finds what breaks the rules") {
  const auto [file, source] = GENERATE(table<std::string, std::string>({
      // Libraries in headers, even in the room that owns them.
      {"ocr/image.h", "#pragma once\n#include <opencv2/core.hpp>\n"},
      {"ocr/open/source.h", "#include <poppler-document.h>\n"},
      {"ocr/open/source.h", "#include <poppler/cpp/poppler-page.h>\n"},
      {"ocr/image.h", "#include <allheaders.h>\n"},
      {"diacritics/text/text.h", "#include <unicode/unistr.h>\n"},
      {"pipeline/record/json.h", "#include <nlohmann/json.hpp>\n"},
      {"tools/progress.h", "#include <CLI/CLI.hpp>\n"},
      {"tools/progress.h", "  #  include <spdlog/spdlog.h>\n"},
      // Libraries in the wrong room.
      {"extract/elements/header.cc", "#include <unicode/uchar.h>\n"},
      {"extract/elements/header.cc", "#include <nlohmann/json.hpp>\n"},
      {"pipeline/run.cc", "#include <qpdf/QPDF.hh>\n"},
      {"pipeline/run.cc", "#include <leptonica/allheaders.h>\n"},
      {"pipeline/run.cc", "#include <tesseract/baseapi.h>\n"},
      {"diacritics/text/text.cc", "#include <spdlog/spdlog.h>\n"},
      {"ocr/digest.cc", "#include <valijson/schema.hpp>\n"},
      {"tools/vanban.cc", "#include <openssl/evp.h>\n"},
      // Rooms that look the wrong way.
      {"ocr/layout/layout.cc", "#include \"diacritics/text/text.h\"\n"},
      {"ocr/layout/layout.cc", "#include \"extract/record.h\"\n"},
      {"ocr/layout/layout.cc", "int x;\n#include \"pipeline/run.h\"\n"},
      {"ocr/layout/layout.h", "#include \"tools/exit_code.h\"\n"},
      {"diacritics/text/text.cc", "#include \"ocr/document/document.h\"\n"},
      {"diacritics/text/text.cc", "#include \"extract/record.h\"\n"},
      {"extract/elements/header.h", "#include \"ocr/open/source.h\"\n"},
      {"extract/elements/header.h", "#include \"pipeline/record/json.h\"\n"},
      {"pipeline/run.cc", "#include \"tools/exit_code.h\"\n"},
      {"tools/vanban.cc", "#include \"extract/record.h\"\n"},
      {"tools/vanban.cc", "#include \"ocr/open/source.h\"\n"},
      {"pipeline/run.cc", "#include \"tests/fake.h\"\n"},
      // Printing.
      {"ocr/layout/layout.cc", "void f() { std::cout << 1; }\n"},
      {"ocr/layout/layout.cc", "void f() { std::cerr << \"// no comment\" << 1; }\n"},
      {"extract/elements/header.cc", "void f() {\n  printf(\"x\");\n}\n"},
      {"extract/elements/header.cc", "void f() { std::fprintf(stderr, \"x\"); }\n"},
      {"pipeline/run.cc", "void f() { ::puts(\"x\"); }\n"},
      {"pipeline/run.cc", "void f() { /* quiet */ fputs(\"x\", stderr); }\n"},
      {"diacritics/text/text.cc", "void f() { std::exit(1); }\n"},
      {"diacritics/text/text.cc", "void f() { abort(); }\n"},
  }));
  CAPTURE(file, source);
  const std::vector<std::string> faults = faults_in(file, source);
  REQUIRE(faults.size() == 1);
  CHECK_THAT(faults.front(), Catch::StartsWith(file + ": "));
}

TEST_CASE("the checker passes what keeps the rules") {
  const auto [file, source] = GENERATE(table<std::string, std::string>({
      {"ocr/image.cc", "#include \"ocr/image.h\"\n#include <opencv2/imgproc.hpp>\n"},
      {"diacritics/text/text.cc",
       "#include <unicode/unistr.h>\n#include \"embedded_syllables.h\"\n"},
      {"extract/elements/header.cc",
       "#include \"ocr/document/document.h\"\n#include \"diacritics/text/text.h\"\n"},
      {"extract/elements/header.h", "#include <string>\n#include <sys/stat.h>\n"},
      {"pipeline/run.cc", "#include \"ocr/open/source.h\"\n#include <spdlog/spdlog.h>\n"},
      {"tools/vanban.cc", "#include <CLI/CLI.hpp>\nint main() { std::cout << 1; }\n"},
      // Not includes and not printing.
      {"ocr/layout/layout.cc", "// #include \"pipeline/run.h\"\n"},
      {"ocr/layout/layout.cc", "void f(char* s) { std::snprintf(s, 2, \"x\"); }\n"},
      {"ocr/layout/layout.cc", "// std::cout\n/* printf( */ const char* s = \"puts(\";\n"},
      {"ocr/layout/layout.cc", "const char* s = R\"(printf(\"x\"))\";\n"},
      {"ocr/layout/layout.cc", "int my_printf(); int outputs(); int existing(); int exit_code;\n"},
      {"ocr/layout/layout.cc", ""},
  }));
  CAPTURE(file, source);
  CHECK(faults_in(file, source) == std::vector<std::string>{});
}

TEST_CASE("the checker reads the code between comments and texts") {
  CHECK(bare_code("a/*b*/c//d\ne\"f\\\"g\"h") == "ac\neh");
  CHECK(bare_code("a//b") == "a");
  CHECK(bare_code("a/*b") == "a");
}

// ---- The house

TEST_CASE("every room has sources to look at") {
  const std::vector<std::string> files = sources_of_rooms();
  for (const auto& [room, rules] : kRooms) {
    CAPTURE(room);
    const auto of_room = std::count_if(files.begin(), files.end(), [&, name = room](auto& file) {
      return file.starts_with(name + "/");
    });
    CHECK(of_room >= 3);
  }
  // And the libraries that rooms are allowed are used: else the rule guards nothing.
  std::set<std::string> used;
  for (const std::string& file : files)
    for (const std::string& include : includes_of(read(file))) used.insert(library_of(include));
  for (const char* library : {"poppler", "qpdf", "tesseract", "leptonica", "opencv", "openssl",
                              "icu", "json", "valijson", "spdlog", "cli11"}) {
    CAPTURE(library);
    CHECK(used.contains(library));
  }
}

TEST_CASE("no source breaks the rules of its room") {
  std::vector<std::string> faults;
  for (const std::string& file : sources_of_rooms())
    for (std::string& fault : faults_in(file, read(file))) faults.push_back(std::move(fault));
  CHECK(faults == std::vector<std::string>{});
}

TEST_CASE("every header stands once and proves itself: its .cc includes it first") {
  for (const std::string& file : sources_of_rooms()) {
    CAPTURE(file);
    if (file.ends_with(".h") || file.ends_with(".h.in")) {
      CHECK_THAT(read(file), Catch::Contains("#pragma once"));
      continue;
    }
    const std::string header = file.substr(0, file.size() - 3) + ".h";
    if (!fs::exists(fs::path(VANBAN_SOURCE_DIR) / header)) continue;
    const std::vector<std::string> includes = includes_of(read(file));
    REQUIRE_FALSE(includes.empty());
    CHECK(includes.front() == header);
  }
}

}  // namespace
}  // namespace vanban
