// The builder of language models as its user meets it: run in a folder of its own.
#include <sys/stat.h>
#include <sys/wait.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include "diacritics/model/language_model.h"
#include "tests/folder.h"
#include "tools/cli/exit_code.h"

namespace vanban::tools {
namespace {

namespace fs = std::filesystem;
using diacritics::LanguageModel;
using tests::Folder;
using tests::read;
using tests::write;
using Json = nlohmann::json;

// ---- Files

// ---- Running

struct Result {
  int code = -1;
  std::string out, err;
};

std::string quoted(const std::string& argument) { return "'" + argument + "'"; }

Result run(const std::vector<std::string>& arguments, const Folder& folder) {
  const Folder streams;
  std::string command =
      "cd " + quoted(folder.path().string()) + " && " + quoted(VANBAN_BUILD_MODEL);
  for (const std::string& argument : arguments) command += " " + quoted(argument);
  command += " >" + quoted((streams / "out").string()) + " 2>" + quoted((streams / "err").string());
  const int status = std::system(command.c_str());
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, read(streams / "out"),
          read(streams / "err")};
}

// With all words kept, for the texts here are short.
Result build(std::vector<std::string> arguments, const Folder& folder) {
  arguments.insert(arguments.end(), {"--min-syllable", "1", "--min-other", "1"});
  Result result = run(arguments, folder);
  CAPTURE(result.err);
  REQUIRE(result.code == 0);
  CHECK(result.out.empty());
  return result;
}

// ---- Texts

// Enough of it to estimate discounts from: frequent words in any order, then rare ones, which
// follow one to four others. Names are written with a capital, if any is.
std::string text(std::uint32_t seed, bool capitals) {
  const std::vector<std::string> words{"ủy ban", "nhân dân", capitals ? "Vinh" : "vinh",
                                       "xã",     ",",        "số 12",
                                       "về",     "việc",     "kế hoạch"};
  const std::vector<std::string> rare{"đất", "đá", "sông", "suối", "núi", "rừng", "biển", "hồ"};
  std::mt19937 random(seed);
  std::string out;
  for (int line = 0; line < 150; ++line) {
    for (std::uint32_t left = 1 + random() % 8; left > 0; --left)
      out += words[std::min(random() % words.size(), random() % words.size())] + " ";
    out += "\n";
  }
  for (std::size_t i = 0; i < rare.size(); ++i)
    for (std::size_t before = 0; before <= i / 2; ++before)
      out += words[before] + " " + rare[i] + "\n";
  return out;
}

// Scores random sentences by both.
void check_same_scores(const LanguageModel& a, const LanguageModel& b) {
  REQUIRE(a.word_count() == b.word_count());
  std::mt19937 random(1);
  LanguageModel::State of_a, of_b;
  for (int i = 0; i < 2000; ++i) {
    const auto word = static_cast<diacritics::WordId>(random() % a.word_count());
    REQUIRE(a.word(word) == b.word(word));
    REQUIRE(a.score(of_a, word) == b.score(of_b, word));
    if (word == diacritics::kEnd) of_a = of_b = {};
  }
}

// ---- What can be done

TEST_CASE("text becomes a model") {
  const Folder folder;
  write(folder / "một.txt", text(1, true));
  const Result result = build({"một.txt", "-o", "model"}, folder);
  CHECK(folder.content().size() == 2);
  const LanguageModel model = LanguageModel::open(folder / "model");
  CHECK_THAT(result.err, Catch::Matches("build_model: " + std::to_string(model.word_count()) +
                                        " words, [0-9]+ bigrams, [0-9]+ trigrams, [0-9]+ bytes\n"));
  // What stands together in the text scores better than what does not.
  LanguageModel::State near, far;
  model.score(near, model.id_of("ủy"));
  model.score(far, model.id_of("xã"));
  CHECK(model.score(near, model.id_of("ban")) > model.score(far, model.id_of("ban")) + 1);
  CHECK(model.capital_share(model.id_of("vinh")) > 0.9);
  CHECK(model.capital_share(model.id_of("ban")) == 0);
}

TEST_CASE("the same command gives the same bytes, in whatever folder and language") {
  const Folder here, there;
  for (const Folder* folder : {&here, &there}) {
    write(*folder / "a.txt", text(1, true));
    write(*folder / "b.txt", text(2, false));
  }
  const std::vector<std::string> command{"a.txt",  "3:b.txt",    "-o",         "model",
                                         "--arpa", "model.arpa", "--manifest", "model.json"};
  build(command, here);
  ::setenv("LC_ALL", "de_DE.UTF-8", 1);
  build(command, there);
  ::unsetenv("LC_ALL");
  CHECK((here.content() == there.content()));
  build(command, here);
  CHECK((here.content() == there.content()));
}

TEST_CASE("the order of the texts does not matter to the model, their weights do") {
  const Folder folder;
  write(folder / "a.txt", text(1, true));
  write(folder / "b.txt", text(2, false));
  build({"a.txt", "2:b.txt", "-o", "model"}, folder);
  build({"2:b.txt", "1:a.txt", "-o", "swapped"}, folder);
  build({"a.txt", "b.txt", "-o", "unweighted"}, folder);
  CHECK((read(folder / "swapped") == read(folder / "model")));
  CHECK((read(folder / "unweighted") != read(folder / "model")));
}

TEST_CASE("a colon may stand in the name of a text") {
  const Folder folder;
  write(folder / "3:a.txt", text(1, false));
  write(folder / "b:2.txt", text(1, false));
  write(folder / ":c.txt", text(1, false));
  const std::string name = GENERATE("./3:a.txt", "1:3:a.txt", "b:2.txt", ":c.txt");
  CAPTURE(name);
  build({name, "-o", "model"}, folder);
}

TEST_CASE("line ends of any kind, and none at the end, make the same model") {
  const Folder folder;
  const std::string unix_text = text(1, false);
  write(folder / "a.txt", unix_text);
  std::string windows_text = "\xEF\xBB\xBF";
  for (const char c : unix_text)
    windows_text += c == '\n' ? std::string("\r\n") : std::string(1, c);
  write(folder / "b.txt", windows_text);
  write(folder / "c.txt", unix_text.substr(0, unix_text.size() - 1));
  for (const std::string name : {"a", "b", "c"}) build({name + ".txt", "-o", name}, folder);
  CHECK((read(folder / "b") == read(folder / "a")));
  CHECK((read(folder / "c") == read(folder / "a")));
}

TEST_CASE("options leave words and n-grams out") {
  const Folder folder;
  write(folder / "a.txt", text(1, false) + "covid\nquyết\n");
  const auto counts = [&](std::vector<std::string> options) {
    options.insert(options.begin(), {"a.txt", "-o", "model", "--manifest", "manifest"});
    CAPTURE(options);
    REQUIRE(run(options, folder).code == 0);
    return Json::parse(read(folder / "manifest"));
  };
  const Json whole = counts({"--min-syllable", "1", "--min-other", "1"});
  const Json no_foreign = counts({"--min-syllable", "1", "--min-other", "2"});
  CHECK(no_foreign["words"].get<int>() == whole["words"].get<int>() - 1);
  const Json fewer = counts({"--min-syllable", "1", "--min-other", "1", "--prune-trigrams", "1"});
  CHECK(fewer["words"] == whole["words"]);
  CHECK(fewer["bigrams"] == whole["bigrams"]);
  CHECK(fewer["trigrams"] < whole["trigrams"]);
  CHECK(fewer["bytes"] < whole["bytes"]);
  const Json fewest = counts(
      {"--min-syllable", "1", "--min-other", "1", "--prune-trigrams", "1", "--prune-bigrams", "1"});
  CHECK(fewest["trigrams"] == fewer["trigrams"]);
  CHECK(fewest["bigrams"] < fewer["bigrams"]);
}

TEST_CASE("a model goes through ARPA and comes back the same, but for the capitals") {
  const Folder folder;
  const bool capitals = GENERATE(false, true);
  CAPTURE(capitals);
  write(folder / "a.txt", text(1, capitals));
  build({"a.txt", "-o", "model", "--arpa", "model.arpa"}, folder);
  const Result result =
      run({"--from-arpa", "model.arpa", "-o", "back", "--arpa", "back.arpa"}, folder);
  CAPTURE(result.err);
  REQUIRE(result.code == 0);
  CHECK((read(folder / "back.arpa") == read(folder / "model.arpa")));
  CHECK((read(folder / "back") == read(folder / "model")) == !capitals);
  CHECK(read(folder / "back").size() == read(folder / "model").size());
  const LanguageModel model = LanguageModel::open(folder / "model");
  const LanguageModel back = LanguageModel::open(folder / "back");
  check_same_scores(model, back);
  CHECK(back.capital_share(back.id_of("vinh")) == 0);
  CHECK((model.capital_share(model.id_of("vinh")) > 0) == capitals);
}

// ---- The manifest

TEST_CASE("the manifest says what the model is made of") {
  const Folder folder;
  fs::create_directory(folder / "kho");
  write(folder / "kho/luật.txt", text(1, true));
  write(folder / "ngắn.txt", "Ủy ban, số 12\n\nxã “đẹp”");
  write(folder / "trống.txt", "");
  build({"4:" + (folder / "kho/luật.txt").string(), "ngắn.txt", "trống.txt", "-o", "model",
         "--manifest", "model.json", "--licence", "luật.txt=CC0, công báo", "--licence",
         "trống.txt=a=b", "--prune-bigrams", "0.5", "--prune-trigrams", "0.25"},
        folder);
  const std::string manifest = read(folder / "model.json");
  CHECK_THAT(manifest, Catch::EndsWith("}\n"));
  // The folder's random name stands nowhere in it.
  CHECK_THAT(manifest, !Catch::Contains(folder.path().filename().string()));
  const Json json = Json::parse(manifest);
  const LanguageModel model = LanguageModel::open(folder / "model");
  CHECK(json["format_version"] == LanguageModel::kFormatVersion);
  CHECK(json["content_hash"] == model.content_hash());
  CHECK(json["bytes"] == fs::file_size(folder / "model"));
  CHECK(json["order"] == 3);
  CHECK(json["words"] == model.word_count());
  CHECK(json["bigrams"] > 0);
  CHECK(json["trigrams"] > 0);
  CHECK_THAT(json["builder"].get<std::string>(), Catch::StartsWith("vanban "));
  CHECK(json["options"] == Json::parse(R"({"min_syllable": 1, "min_other": 1,
                                           "prune_bigrams": 0.5, "prune_trigrams": 0.25})"));
  REQUIRE(json["sources"].size() == 3);
  CHECK(json["sources"][0]["name"] == "luật.txt");
  CHECK(json["sources"][0]["weight"] == 4);
  CHECK(json["sources"][0]["licence"] == "CC0, công báo");
  CHECK(json["sources"][0]["lines"] == 170);
  CHECK(json["sources"][1]["name"] == "ngắn.txt");
  CHECK(json["sources"][1]["weight"] == 1);
  CHECK(json["sources"][1]["licence"].is_null());
  CHECK(json["sources"][1]["lines"] == 3);
  CHECK(json["sources"][1]["tokens"] == 9);  // Ủy ban , số 12 xã “ đẹp ”
  CHECK(json["sources"][2] == Json::parse(R"({
      "name": "trống.txt", "licence": "a=b", "weight": 1, "lines": 0, "tokens": 0,
      "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"})"));
}

TEST_CASE("the manifest of a model from ARPA names the file and no options") {
  const Folder folder;
  write(folder / "a.txt", text(1, false));
  build({"a.txt", "-o", "model", "--arpa", "m.arpa", "--manifest", "model.json"}, folder);
  REQUIRE(run({"--from-arpa", "m.arpa", "-o", "back", "--manifest", "back.json", "--licence",
               "m.arpa=CC0"},
              folder)
              .code == 0);
  Json json = Json::parse(read(folder / "model.json"));
  const Json back = Json::parse(read(folder / "back.json"));
  CHECK(back["options"].is_null());
  REQUIRE(back["sources"].size() == 1);
  CHECK(back["sources"][0]["name"] == "m.arpa");
  CHECK(back["sources"][0]["licence"] == "CC0");
  CHECK(back["sources"][0]["sha256"].get<std::string>().size() == 64);
  json["options"] = back["options"];
  json["sources"] = back["sources"];
  CHECK(json == back);
}

// ---- What cannot be done

struct Failure {
  std::vector<std::string> arguments;
  ExitCode code;
  std::string words;
};

TEST_CASE("a model that cannot be built leaves nothing behind, and one line says why") {
  const Folder folder;
  write(folder / "a.txt", text(1, false));
  write(folder / "short.txt", "ủy ban nhân dân\n");
  write(folder / "latin.txt", text(1, false) +
                                  "n\xFA"
                                  "i\n");
  write(folder / "utf16.txt", std::string("\xFF\xFE"
                                          "a\0\n\0",
                                          6));
  write(folder / "bad.arpa", "\\data\\\nngram 1=3\n");
  write(folder / "model", "from before");
  fs::create_directory(folder / "folder");
  fs::create_hard_link(folder / "a.txt", folder / "same.txt");
  const std::vector<Failure> failures{
      // Texts.
      {{"missing.txt", "-o", "m"}, ExitCode::FileAccess, "missing.txt"},
      {{"2:missing.txt", "-o", "m"}, ExitCode::FileAccess, "cannot read missing.txt"},
      {{"folder", "-o", "m"}, ExitCode::FileAccess, "folder"},
      {{"a.txt", "latin.txt", "-o", "m"}, ExitCode::InputError, "latin.txt: line 171 is not UTF-8"},
      {{"utf16.txt", "-o", "m"}, ExitCode::InputError, "utf16.txt: line 1 is not UTF-8"},
      {{"short.txt", "-o", "m"}, ExitCode::InputError, "too little text"},
      {{"1000:short.txt", "-o", "model"}, ExitCode::InputError, "too little text"},
      // ARPA.
      {{"--from-arpa", "missing.arpa", "-o", "m"}, ExitCode::FileAccess, "missing.arpa"},
      {{"--from-arpa", "bad.arpa", "-o", "m"}, ExitCode::InputError, "bad.arpa: ARPA: line 3"},
      {{"--from-arpa", "a.txt", "-o", "model"}, ExitCode::InputError, "line 1"},
      // Outputs.
      {{"a.txt", "-o", "nowhere/m"}, ExitCode::FileAccess, "nowhere/m"},
      {{"a.txt", "-o", "folder"}, ExitCode::FileAccess, "folder"},
      {{"a.txt", "-o", "m", "--arpa", "nowhere/m"}, ExitCode::FileAccess, "nowhere/m"},
      {{"a.txt", "-o", "m", "--manifest", "folder"}, ExitCode::FileAccess, "folder"},
      {{"a.txt", "-o", "m", "--arpa", "/dev/full", "--min-syllable", "1"},
       ExitCode::FileAccess,
       "/dev/full"},
      {{"a.txt", "-o", "a.txt"}, ExitCode::BadArguments, "a.txt"},
      {{"2:a.txt", "-o", "same.txt"}, ExitCode::BadArguments, "same.txt"},
      {{"a.txt", "-o", "m", "--arpa", "folder/../m"}, ExitCode::BadArguments, "another file"},
      {{"a.txt", "-o", "m", "--manifest", "m"}, ExitCode::BadArguments, "another file"},
      {{"--from-arpa", "bad.arpa", "-o", "bad.arpa"}, ExitCode::BadArguments, "another file"},
      // The command line.
      {{}, ExitCode::BadArguments, "--help"},
      {{"-o", "m"}, ExitCode::BadArguments, "TEXT"},
      {{"a.txt"}, ExitCode::BadArguments, "--output"},
      {{"a.txt", "-o", "m", "--frobnicate"}, ExitCode::BadArguments, "--frobnicate"},
      {{"a.txt", "-o", "m", "--from-arpa", "b"}, ExitCode::BadArguments, "--from-arpa"},
      {{"--from-arpa", "b", "-o", "m", "--prune-bigrams", "1"},
       ExitCode::BadArguments,
       "--prune-bigrams"},
      {{"a.txt", "-o", "m", "--prune-trigrams", "-1"}, ExitCode::BadArguments, "--prune-trigrams"},
      {{"a.txt", "-o", "m", "--prune-trigrams", "much"}, ExitCode::BadArguments, "much"},
      {{"a.txt", "-o", "m", "--min-other", "-1"}, ExitCode::BadArguments, "--min-other"},
      {{"0:a.txt", "-o", "m"}, ExitCode::BadArguments, "0:a.txt"},
      {{"99999999999:a.txt", "-o", "m"}, ExitCode::BadArguments, "99999999999:a.txt"},
      {{"a.txt", "-o", "m", "--licence", "CC0"}, ExitCode::BadArguments, "NAME=TEXT"},
      {{"a.txt", "-o", "m", "--licence", "a.txt="}, ExitCode::BadArguments, "NAME=TEXT"},
      {{"a.txt", "-o", "m", "--licence", "b.txt=CC0"}, ExitCode::BadArguments, "b.txt"},
      {{"--licence", "a.txt=1", "--licence", "a.txt=2", "a.txt", "-o", "m"},
       ExitCode::BadArguments,
       "twice"},
  };
  const auto before = folder.content();
  for (const Failure& failure : failures) {
    const Result result = run(failure.arguments, folder);
    CAPTURE(failure.arguments, result.err);
    CHECK(result.code == static_cast<int>(failure.code));
    CHECK(result.out.empty());
    CHECK(std::count(result.err.begin(), result.err.end(), '\n') == 1);
    CHECK_THAT(result.err, Catch::StartsWith("build_model: ") && Catch::Contains(failure.words));
    CHECK((folder.content() == before));
  }
}

TEST_CASE("help names every option and its own exit codes") {
  const Folder folder;
  const Result result = run({"--help"}, folder);
  CHECK(result.code == 0);
  CHECK(result.err.empty());
  for (const char* words :
       {"[WEIGHT:]FILE", "-o", "--output", "--arpa", "--from-arpa", "--manifest", "--licence",
        "--prune-bigrams", "--prune-trigrams", "--min-syllable", "--min-other", "\n  0 ", "\n  1 ",
        "\n  2 ", "\n  5 ", "\n  15 "})
    CHECK_THAT(result.out, Catch::Contains(words));
}

}  // namespace
}  // namespace vanban::tools
