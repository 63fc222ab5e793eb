// The house rules that neither compiler nor linker can keep: who may include what, that files do
// not go round in circles, that a folder stays small, what has its test, and who may print. Read
// from the sources' text.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
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
    {"tiffio.h", "tiff"},
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
    {"rapidjson/", "rapidjson"},
    {"xxhash.h", "xxhash"},
    {"zlib.h", "zlib"},
    {"seccomp.h", "seccomp"},
    {"httplib.h", "httplib"},
};

// Headers of the C++ and C libraries, of POSIX and of Linux. What is neither here nor a library's
// above is not included by anyone: name it in one of the two first.
const std::set<std::string> kSystemHeaders{
    "algorithm",
    "array",
    "atomic",
    "bit",
    "bitset",
    "cctype",
    "cerrno",
    "charconv",
    "chrono",
    "climits",
    "cmath",
    "compare",
    "concepts",
    "condition_variable",
    "csignal",
    "cstddef",
    "cstdint",
    "cstdio",
    "cstdlib",
    "cstring",
    "ctime",
    "deque",
    "exception",
    "filesystem",
    "fstream",
    "functional",
    "future",
    "initializer_list",
    "iomanip",
    "ios",
    "iosfwd",
    "iostream",
    "istream",
    "iterator",
    "limits",
    "list",
    "locale",
    "map",
    "memory",
    "mutex",
    "new",
    "numbers",
    "numeric",
    "optional",
    "ostream",
    "queue",
    "random",
    "ranges",
    "regex",
    "set",
    "span",
    "sstream",
    "stack",
    "stdexcept",
    "string",
    "string_view",
    "system_error",
    "thread",
    "tuple",
    "type_traits",
    "unordered_map",
    "unordered_set",
    "utility",
    "variant",
    "vector",
    "asm/ioctls.h",
    "dirent.h",
    "dlfcn.h",
    "fcntl.h",
    "link.h",
    "linux/landlock.h",
    "malloc.h",
    "poll.h",
    "sched.h",
    "signal.h",
    "stdlib.h",
    "spawn.h",
    "sys/file.h",
    "sys/mman.h",
    "sys/prctl.h",
    "sys/resource.h",
    "sys/socket.h",
    "sys/stat.h",
    "sys/syscall.h",
    "sys/types.h",
    "sys/un.h",
    "sys/wait.h",
    "time.h",
    "unistd.h",
};

struct Room {
  // Rooms, folders or single headers of them, that it may include; itself always.
  std::set<std::string> doors;
  // Libraries that its .cc files may include.
  std::set<std::string> libraries;
};

const std::map<std::string, Room> kRooms{
    {"ocr",
     {{},
      {"poppler", "qpdf", "tesseract", "leptonica", "opencv", "openssl", "openmp", "lcms",
       "pugixml", "tiff", "zlib", "fmt"}}},
    {"diacritics", {{}, {"icu", "xxhash"}}},
    {"extract", {{"ocr/document", "diacritics"}, {"re2", "toml++", "fmt"}}},
    {"pipeline",
     {{"ocr", "diacritics", "extract"},
      {"json", "valijson", "rapidjson", "spdlog", "fmt", "pugixml", "sqlite", "xlsxwriter",
       "libzip", "libcsv", "zlib", "seccomp", "httplib"}}},
    // Of ocr and diacritics only what an error or a data builder needs.
    {"tools",
     {{"pipeline", "ocr/digest.h", "ocr/document", "diacritics", "extract/patterns",
       "extract/user_lexicon.h"},
      {"cli11", "json", "fmt", "spdlog"}}},
};

// The rooms within the rooms: what each may include of the room that it stands in, beside itself.
// What composes a room lies above them all; single headers here lie below.
const std::map<std::string, std::set<std::string>> kInnerRooms{
    {"ocr/document", {}},
    {"ocr/open", {"ocr/document", "ocr/image.h"}},
    {"ocr/clean", {"ocr/document", "ocr/image.h"}},
    {"ocr/layout", {"ocr/document"}},
    {"ocr/recognize", {"ocr/document", "ocr/clean", "ocr/layout", "ocr/image.h", "ocr/digest.h"}},
    {"ocr/strips", {"ocr/document", "ocr/image.h"}},
    {"ocr/copy", {"ocr/document", "ocr/open"}},
    {"diacritics/text", {}},
    {"diacritics/model", {"diacritics/text"}},
    {"diacritics/readings", {"diacritics/text", "diacritics/model"}},
    {"extract/words", {}},
    {"extract/patterns",
     {"extract/words", "extract/record.h", "extract/steps.h", "extract/fields.h",
      "extract/reading.h"}},
    {"extract/elements",
     {"extract/words", "extract/record.h", "extract/steps.h", "extract/fields.h",
      "extract/reading.h"}},
    {"extract/figures",
     {"extract/words", "extract/record.h", "extract/fields.h", "extract/sentences.h",
      "extract/outline.h"}},
    {"extract/checks",
     {"extract/words", "extract/figures", "extract/record.h", "extract/fields.h",
      "extract/sentences.h"}},
    {"pipeline/sandbox", {}},
    {"pipeline/page", {}},
    {"pipeline/record", {"pipeline/version.h"}},
    {"pipeline/sheets", {"pipeline/record", "pipeline/input_file.h", "pipeline/output_file.h"}},
    {"pipeline/batch",
     {"pipeline/sandbox", "pipeline/page", "pipeline/record", "pipeline/sheets", "pipeline/run.h",
      "pipeline/options.h", "pipeline/model_file.h", "pipeline/input_file.h", "pipeline/memory.h",
      "pipeline/messages.h", "pipeline/output_file.h", "pipeline/version.h"}},
    {"pipeline/review",
     {"pipeline/batch", "pipeline/sandbox", "pipeline/record", "pipeline/sheets",
      "pipeline/input_file.h", "pipeline/output_file.h"}},
    {"pipeline/shards",
     {"pipeline/batch", "pipeline/sandbox", "pipeline/input_file.h", "pipeline/output_file.h"}},
};

struct Include {
  std::string path;
  bool ours = false;  // in quotation marks
};

std::vector<Include> includes_of(const std::string& source) {
  constexpr std::string_view kBlank = " \t";
  std::vector<Include> out;
  std::istringstream lines(source);
  for (std::string line; std::getline(lines, line);) {
    std::string_view rest = line;
    const auto skip = [&](std::string_view what) {
      rest.remove_prefix(std::min(rest.find_first_not_of(kBlank), rest.size()));
      if (!rest.starts_with(what)) return false;
      rest.remove_prefix(what.size());
      return true;
    };
    if (!skip("#") || !skip("include") || !skip("") || rest.empty()) continue;
    const bool ours = rest.front() == '"';
    if (!ours && rest.front() != '<') continue;
    rest.remove_prefix(1);
    out.push_back({std::string(rest.substr(0, rest.find(ours ? '"' : '>'))), ours});
  }
  return out;
}

// Empty where it is no library's.
std::string library_of(const Include& include) {
  for (const auto& [prefix, library] : kLibraries)
    if (!include.ours && include.path.starts_with(prefix)) return library;
  return "";
}

std::string folder_of(const std::string& file) { return file.substr(0, file.rfind('/')); }

// A header and its .cc are one component: their path without the ending.
std::string component_of(const std::string& file) { return file.substr(0, file.find('.')); }

// Whether one of `doors`, headers or folders, leads to the header.
bool leads_to(const std::set<std::string>& doors, const std::string& header) {
  return std::any_of(doors.begin(), doors.end(), [&](const std::string& door) {
    return header == door || header.starts_with(door + "/");
  });
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

  const std::string folder = folder_of(file);
  if (folder != room_name && room_name != "tools" && !kInnerRooms.contains(folder))
    fault("kInnerRooms does not know the room " + folder);
  for (const Include& include : includes_of(source)) {
    const std::string& path = include.path;
    if (const std::string library = library_of(include); !library.empty()) {
      if (file.ends_with(".h"))
        fault("a header includes " + path);
      else if (!room.libraries.contains(library))
        fault(library + " does not belong to this room: " + path);
    } else if (!include.ours && !kSystemHeaders.contains(path)) {
      fault("neither kLibraries nor kSystemHeaders has " + path);
    }
    if (!include.ours || (path.find('/') == std::string::npos && path.starts_with("embedded_")))
      continue;
    const std::string other = path.substr(0, path.find('/'));
    if (other == room_name) {
      const auto inner = kInnerRooms.find(folder);
      if (inner != kInnerRooms.end() && folder_of(path) != folder && !leads_to(inner->second, path))
        fault("this inner room does not know " + path);
    } else if (!leads_to(room.doors, path)) {
      fault("this room does not know " + path);
    }
  }

  if (room_name != "tools") {
    static const std::regex print(
        R"((^|[^\w])((std::)?(cout|cerr|clog|printf|vprintf|fprintf|vfprintf|puts|fputs|putchar|fputc|putc|perror|abort|exit|_exit|quick_exit)\b))");
    // A copy of the program that did its part ends there, and nowhere else.
    const std::string ends_copies = "pipeline/batch/process.cc";
    const std::string code = bare_code(source);
    for (std::sregex_iterator it(code.begin(), code.end(), print), end; it != end; ++it)
      if (file != ends_copies || (*it)[2] != "_exit")
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

// Which components each component includes; itself left out.
using Graph = std::map<std::string, std::set<std::string>>;

Graph graph_of(const std::vector<std::string>& files) {
  Graph graph;
  for (const std::string& file : files) {
    std::set<std::string>& others = graph[component_of(file)];
    for (const Include& include : includes_of(read(file)))
      if (include.ours && component_of(include.path) != component_of(file))
        others.insert(component_of(include.path));
  }
  return graph;
}

// A way that leads from a component back to itself, as "a -> b -> a"; empty where there is none.
std::string cycle_in(const Graph& graph) {
  std::set<std::string> done;
  std::vector<std::string> way;
  std::string cycle;
  const std::function<void(const std::string&)> follow = [&](const std::string& component) {
    if (!cycle.empty() || done.contains(component)) return;
    const auto on_way = std::find(way.begin(), way.end(), component);
    if (on_way != way.end()) {
      for (auto step = on_way; step != way.end(); ++step) cycle += *step + " -> ";
      cycle += component;
      return;
    }
    way.push_back(component);
    if (const auto others = graph.find(component); others != graph.end())
      for (const std::string& other : others->second) follow(other);
    way.pop_back();
    done.insert(component);
  };
  for (const auto& [component, others] : graph) follow(component);
  return cycle;
}

// Sources without a test file of their own, and the tests that run them through their callers.
const std::map<std::string, std::string> kTestedElsewhere{
    {"diacritics/model/arpa.cc", "model/language_model_test"},
    {"diacritics/readings/doubtful_readings.cc", "diacritics/restore_test"},
    {"diacritics/readings/garbled_readings.cc", "diacritics/restore_test"},
    {"diacritics/readings/readings_builder.cc", "diacritics/restore_test"},
    {"diacritics/readings/stripped_readings.cc", "diacritics/restore_test"},
    {"ocr/copy/pdf_archive.cc", "copy/searchable_pdf_test"},
    {"ocr/copy/pdf_text_layer.cc", "copy/searchable_pdf_test"},
    {"ocr/open/image_reader.cc", "open/open_source_test"},
    {"ocr/open/page_raster.cc", "open/open_source_test"},
    {"ocr/open/tiff_file.cc", "open/open_source_test"},
    {"ocr/open/pdf_reader.cc", "open/open_source_test"},
    {"ocr/open/pdf_shown_text.cc", "open/open_source_test"},
    {"ocr/libraries.cc", "pipeline/inventory_test"},
    {"ocr/open/pdf_signatures.cc", "open/open_source_test"},
    {"ocr/open/pdf_structure.cc", "open/open_source_test"},
    {"ocr/strips/models.cc", "strips/digit_reader_test, strips/name_reader_test"},
    {"ocr/strips/strip_network.cc", "strips/digit_reader_test, strips/name_reader_test"},
    {"pipeline/batch/figures_of_batch.cc", "tools/cli_test, as the program"},
    {"diacritics/text/icu_version.cc", "pipeline/inventory_test"},
    {"pipeline/batch/jobs.cc", "batch/run_batch_test, which sends them through fake_worker.cc"},
    {"pipeline/batch/settings.cc", "batch/run_batch_test"},
    {"pipeline/batch/summary.cc", "batch/register_test, batch/corrections_test"},
    {"pipeline/batch/worker.cc", "batch/run_batch_test, by fake_worker.cc"},
    {"pipeline/page/engines.cc", "pipeline/run_test, pipeline/page/read_names_test"},
    {"pipeline/page/read_page.cc", "pipeline/run_test"},
    {"pipeline/record/hocr.cc", "record/alto_test"},
    {"pipeline/record/json.cc", "pipeline/run_test, record/schema_test"},
    {"pipeline/record/stated_record.cc", "batch/corrections_test"},
    {"pipeline/review/desk.cc", "review/server_test"},
    {"pipeline/review/document_view.cc", "review/server_test"},
    {"pipeline/review/page_drawer.cc", "review/server_test"},
    {"pipeline/review/shown_documents.cc", "review/acceptance_test, review/server_test"},
    {"pipeline/sheets/sheet_writer.cc", "sheets/figures_test, batch/register_test"},
    {"pipeline/sheets/workbook.cc", "batch/register_test"},
    {"pipeline/shards/count_inputs.cc", "shards/plan_test"},
    {"pipeline/shards/faults.cc", "shards/run_shard_test"},
    {"pipeline/shards/shard_files.cc", "shards/run_shard_test"},
    {"pipeline/text_input.cc", "pipeline/restore_text_test"},
    {"tools/cli/batch_folder.cc", "tools/cli_test, as the program"},
    {"tools/cli/batch_progress.cc", "tools/cli_test, as the program"},
    {"tools/cli/command_line.cc", "tools/cli_test, as the program"},
    {"tools/cli/exit_code.cc", "tools/cli_test, as the program"},
    {"tools/cli/files.cc", "tools/cli_test, as the program"},
    {"tools/cli/log.cc", "tools/cli_test, as the program"},
    {"tools/cli/progress.cc", "tools/cli_test, as the program"},
    {"tools/cli/translations.cc", "tools/cli_test, as the program"},
    {"tools/commands/batch.cc", "tools/cli_test, as the program"},
    {"tools/commands/commands.cc", "tools/cli_test, as the program"},
    {"tools/commands/convert.cc", "tools/cli_test, as the program"},
    {"tools/commands/corrections/correct.cc", "tools/cli_test, as the program"},
    {"tools/commands/corrections/learn.cc", "tools/cli_test, as the program"},
    {"tools/commands/corrections/review.cc", "tools/cli_test, as the program"},
    {"tools/commands/doctor.cc", "tools/cli_test, as the program"},
    {"tools/commands/explain.cc", "tools/cli_test, as the program"},
    {"tools/commands/extract.cc", "tools/cli_test, as the program"},
    {"tools/commands/inspect.cc", "tools/cli_test, as the program"},
    {"tools/commands/reading.cc", "tools/cli_test, as the program"},
    {"tools/commands/report.cc", "tools/cli_test, as the program"},
    {"tools/commands/restore.cc", "tools/cli_test, as the program"},
    {"tools/commands/shards/merge.cc", "tools/cli_test, as the program"},
    {"tools/commands/shards/plan.cc", "tools/cli_test, as the program"},
    {"tools/commands/shards/shard_options.cc", "tools/cli_test, as the program"},
    {"tools/commands/status.cc", "tools/cli_test, as the program"},
    {"tools/commands/validate.cc", "tools/cli_test, as the program"},
    {"tools/commands/worker.cc", "tools/cli_test, as the program"},
    {"tools/vanban.cc", "tools/cli_test, as the program"},
};

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
      {"tools/cli/progress.h", "#include <CLI/CLI.hpp>\n"},
      {"tools/cli/progress.h", "  #  include <spdlog/spdlog.h>\n"},
      // Libraries in the wrong room.
      {"extract/elements/header.cc", "#include <unicode/uchar.h>\n"},
      {"extract/elements/header.cc", "#include <nlohmann/json.hpp>\n"},
      {"pipeline/run.cc", "#include <qpdf/QPDF.hh>\n"},
      {"pipeline/run.cc", "#include <leptonica/allheaders.h>\n"},
      {"pipeline/run.cc", "#include <tesseract/baseapi.h>\n"},
      {"diacritics/text/text.cc", "#include <spdlog/spdlog.h>\n"},
      {"ocr/digest.cc", "#include <valijson/schema.hpp>\n"},
      {"tools/vanban.cc", "#include <openssl/evp.h>\n"},
      // Libraries that nobody knows.
      {"pipeline/run.cc", "#include <boost/json.hpp>\n"},
      {"ocr/digest.cc", "#include <xxhash.h>\n"},
      {"extract/record.h", "#include <somewhere.h>\n"},
      {"pipeline/run.cc", "#include \"run.h\"\n"},
      // Inner rooms that look up or aside.
      {"ocr/document/document.cc", "#include \"ocr/image.h\"\n"},
      {"ocr/layout/layout.cc", "#include \"ocr/clean/rules.h\"\n"},
      {"ocr/clean/rules.cc", "#include \"ocr/recognize/recognize.h\"\n"},
      {"diacritics/text/text.cc", "#include \"diacritics/restore.h\"\n"},
      {"diacritics/model/lexicon.cc", "#include \"diacritics/readings/readings.h\"\n"},
      {"extract/words/dates.cc", "#include \"extract/record.h\"\n"},
      {"extract/elements/header.cc", "#include \"extract/extract.h\"\n"},
      {"pipeline/page/read_page.cc", "#include \"pipeline/run.h\"\n"},
      {"pipeline/record/json.cc", "#include \"pipeline/batch/ledger.h\"\n"},
      {"ocr/new_room/file.cc", ""},
      // Rooms that look the wrong way.
      {"ocr/layout/layout.cc", "#include \"diacritics/text/text.h\"\n"},
      {"ocr/layout/layout.cc", "#include \"extract/record.h\"\n"},
      {"ocr/layout/layout.cc", "int x;\n#include \"pipeline/run.h\"\n"},
      {"ocr/layout/layout.h", "#include \"tools/cli/exit_code.h\"\n"},
      {"diacritics/text/text.cc", "#include \"ocr/document/document.h\"\n"},
      {"diacritics/text/text.cc", "#include \"extract/record.h\"\n"},
      {"extract/elements/header.h", "#include \"ocr/open/source.h\"\n"},
      {"extract/elements/header.h", "#include \"pipeline/record/json.h\"\n"},
      {"pipeline/run.cc", "#include \"tools/cli/exit_code.h\"\n"},
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
      {"extract/elements/header.h", "#include \"extract/record.h\"\n"},
      {"ocr/recognize/recognize_zones.cc", "#include \"ocr/clean/rules.h\"\n"},
      {"pipeline/batch/worker.cc", "#include \"pipeline/record/json.h\"\n"},
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

TEST_CASE("the checker finds the way round a circle") {
  CHECK(cycle_in({}).empty());
  CHECK(cycle_in({{"a", {"b", "c"}}, {"b", {"d"}}, {"c", {"d"}}, {"d", {"elsewhere"}}}).empty());
  CHECK(cycle_in({{"a", {"b"}}, {"b", {"c"}}, {"c", {"b"}}}) == "b -> c -> b");
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
    for (const Include& include : includes_of(read(file))) used.insert(library_of(include));
  for (const char* library :
       {"poppler", "qpdf", "tesseract", "leptonica", "opencv", "openssl", "icu", "json", "valijson",
        "rapidjson", "xxhash", "spdlog", "cli11"}) {
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

TEST_CASE("no files include each other in a circle") {
  CHECK(cycle_in(graph_of(sources_of_rooms())) == "");
}

TEST_CASE("a folder is small enough to be seen at a glance") {
  constexpr std::size_t kComponentsMax = 15;
  std::map<std::string, std::set<std::string>> folders;
  for (const std::string& file : sources_of_rooms())
    folders[folder_of(file)].insert(component_of(file));
  for (const auto& [folder, components] : folders) {
    CAPTURE(folder, components);
    CHECK(components.size() <= kComponentsMax);
  }
}

TEST_CASE("every source has its test, or is named as tested elsewhere") {
  std::set<std::string> missing, stale;
  for (const std::string& file : sources_of_rooms()) {
    if (!file.ends_with(".cc")) continue;
    const bool tested =
        fs::exists(fs::path(VANBAN_SOURCE_DIR) / "tests" / (component_of(file) + "_test.cc"));
    if (!tested && !kTestedElsewhere.contains(file)) missing.insert(file);
  }
  for (const auto& [file, where] : kTestedElsewhere)
    if (!fs::exists(fs::path(VANBAN_SOURCE_DIR) / file) ||
        fs::exists(fs::path(VANBAN_SOURCE_DIR) / "tests" / (component_of(file) + "_test.cc")))
      stale.insert(file);
  CHECK(missing == std::set<std::string>{});
  CHECK(stale == std::set<std::string>{});
}

TEST_CASE("the README of a room names each of its files") {
  std::set<std::string> unnamed;
  for (const std::string& file : sources_of_rooms()) {
    const std::string folder = folder_of(file);
    if (folder == "tools" || file.ends_with(".h.in")) continue;
    const fs::path readme = fs::path(VANBAN_SOURCE_DIR) / folder / "README.md";
    if (!fs::exists(readme)) {
      unnamed.insert(folder + "/README.md");
    } else if (read(folder + "/README.md").find("`" + fs::path(file).stem().string()) ==
               std::string::npos) {
      unnamed.insert(component_of(file));
    }
  }
  CHECK(unnamed == std::set<std::string>{});
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
    const std::vector<Include> includes = includes_of(read(file));
    REQUIRE_FALSE(includes.empty());
    CHECK(includes.front().path == header);
  }
}

}  // namespace
}  // namespace vanban
