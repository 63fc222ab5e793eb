// Builds the language model's file from text, or from a model in ARPA, and says in a manifest what
// it is made of. The same command gives the same bytes.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "diacritics/model/language_model.h"
#include "diacritics/model/model_builder.h"
#include "diacritics/model/ngram_model.h"
#include "diacritics/text/error.h"
#include "diacritics/text/text.h"
#include "diacritics/text/tokens.h"
#include "ocr/digest.h"
#include "pipeline/output_file.h"
#include "pipeline/version.h"
#include "tools/cli/exit_code.h"

namespace vanban::tools {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

// What ends the run with one of the codes that the help lists.
class Fault : public std::runtime_error {
 public:
  Fault(ExitCode code, const std::string& what) : std::runtime_error(what), code_(code) {}
  ExitCode code() const { return code_; }

 private:
  ExitCode code_;
};

struct Arguments {
  std::vector<std::string> texts;
  std::string from_arpa;
  std::string output, arpa, manifest;
  std::vector<std::string> licences;
  diacritics::BuildOptions options;
};

// ---- The command line

struct Source {
  fs::path path;
  std::uint32_t weight = 1;
  std::string name() const { return path.filename().string(); }
};

// [WEIGHT:]TEXT. What stands before the colon and is no number belongs to the file's name.
Source parse_source(const std::string& argument) {
  const std::size_t colon = argument.find(':');
  if (colon == std::string::npos || colon == 0 || argument.find_first_not_of("0123456789") != colon)
    return {argument};
  Source source{argument.substr(colon + 1)};
  const auto [end, error] =
      std::from_chars(argument.data(), argument.data() + colon, source.weight);
  constexpr std::uint32_t kMostWeight = 1'000'000;
  if (error != std::errc() || source.weight == 0 || source.weight > kMostWeight)
    throw Fault(ExitCode::BadArguments, "the weight of " + argument +
                                            " is not one of 1 to 1000000; a file of such a name is "
                                            "given with its folder, as in ./NAME");
  return source;
}

// NAME=TEXT, NAME being one of the sources.
std::map<std::string, std::string> parse_licences(const std::vector<std::string>& arguments,
                                                  const std::vector<Source>& sources) {
  const auto refuse = [](const std::string& argument, const std::string& why) {
    throw Fault(ExitCode::BadArguments, "--licence " + argument + ": " + why);
  };
  std::map<std::string, std::string> out;
  for (const std::string& argument : arguments) {
    const std::size_t equals = argument.find('=');
    const std::string name = argument.substr(0, equals);
    if (equals == std::string::npos || equals + 1 == argument.size())
      refuse(argument, "this is not NAME=TEXT");
    if (std::none_of(sources.begin(), sources.end(),
                     [&](const Source& source) { return source.name() == name; }))
      refuse(argument, "no source has this file name");
    if (!out.emplace(name, argument.substr(equals + 1)).second)
      refuse(argument, "this source's licence is given twice");
  }
  return out;
}

// No output may replace an input or another output; each must have a place, before the work begins.
void check_outputs(const Arguments& arguments, const std::vector<Source>& sources) {
  std::vector<fs::path> taken;
  for (const Source& source : sources) taken.push_back(source.path);
  for (const std::string& output : {arguments.output, arguments.arpa, arguments.manifest}) {
    if (output.empty()) continue;
    for (const fs::path& other : taken) {
      std::error_code error;
      if (fs::equivalent(output, other, error) ||
          fs::weakly_canonical(fs::absolute(output), error) ==
              fs::weakly_canonical(fs::absolute(other), error))
        throw Fault(ExitCode::BadArguments,
                    output + " would replace " + other.string() + "; name another file");
    }
    taken.emplace_back(output);
    // Not kept open, so that an interrupted build leaves nothing behind.
    const pipeline::OutputFile probe(output);
  }
}

// ---- Sources

std::string read_file(const fs::path& path) {
  const auto failed = [&](const std::string& why) {
    return Fault(ExitCode::FileAccess, "cannot read " + path.string() + ": " + why);
  };
  std::error_code error;
  if (fs::is_directory(path, error)) throw failed("it is a folder");
  std::ifstream in(path, std::ios::binary);
  if (!in) throw failed(std::strerror(errno));
  std::string bytes(std::istreambuf_iterator<char>(in), {});
  if (in.bad()) throw failed(std::strerror(errno));
  return bytes;
}

bool is_utf8(std::string_view text) {
  return diacritics::to_utf8(diacritics::to_code_points(text)) == text;
}

Fault not_utf8(const Source& source, std::size_t line) {
  return {ExitCode::InputError, source.path.string() + ": line " + std::to_string(line) +
                                    " is not UTF-8; convert the file, as with iconv"};
}

// What the manifest says of every source, weight and counts not included.
Json described(const Source& source, std::string_view bytes,
               const std::map<std::string, std::string>& licences) {
  const auto licence = licences.find(source.name());
  Json out;
  out["name"] = source.name();
  out["licence"] = licence == licences.end() ? Json() : Json(licence->second);
  out["sha256"] = ocr::sha256_hex(bytes);
  return out;
}

// Gives the text to the builder; returns what the manifest says of it.
Json add_text(const Source& source, const std::map<std::string, std::string>& licences,
              diacritics::ModelBuilder& builder) {
  const std::string bytes = read_file(source.path);
  std::size_t lines = 0, tokens = 0;
  for (std::size_t begin = 0; begin < bytes.size();) {
    const std::size_t end = std::min(bytes.find('\n', begin), bytes.size());
    const std::string_view line(bytes.data() + begin, end - begin);
    ++lines;
    if (!is_utf8(line)) throw not_utf8(source, lines);
    builder.add_line(line, source.weight);
    tokens += diacritics::tokenize(line).size();
    begin = end + 1;
  }
  Json out = described(source, bytes, licences);
  out["weight"] = source.weight;
  out["lines"] = lines;
  out["tokens"] = tokens;
  return out;
}

// ---- The model

struct Built {
  diacritics::NgramModel model;
  Json options;  // null for a model that was not estimated here
  Json sources = Json::array();
};

Built from_texts(const std::vector<Source>& sources, const diacritics::BuildOptions& options,
                 const std::map<std::string, std::string>& licences) {
  Built built;
  diacritics::ModelBuilder builder(options);
  for (const Source& source : sources) built.sources.push_back(add_text(source, licences, builder));
  built.options["min_syllable"] = options.min_count_syllable;
  built.options["min_other"] = options.min_count_other;
  built.options["prune_bigrams"] = options.prune_bigrams;
  built.options["prune_trigrams"] = options.prune_trigrams;
  built.model = builder.build();
  return built;
}

Built from_arpa(const Source& source, const std::map<std::string, std::string>& licences) {
  Built built;
  std::istringstream text(read_file(source.path));
  built.sources.push_back(described(source, text.view(), licences));
  try {
    built.model = diacritics::read_arpa(text);
  } catch (const diacritics::DataError& error) {
    throw Fault(ExitCode::InputError, source.path.string() + ": " + error.what());
  }
  return built;
}

std::string manifest_of(const Built& built, const std::string& bytes) {
  Json out;
  out["format_version"] = diacritics::LanguageModel::kFormatVersion;
  out["content_hash"] = diacritics::LanguageModel::from_bytes(bytes).content_hash();
  out["bytes"] = bytes.size();
  out["order"] = 3;
  out["words"] = built.model.words.size();
  out["bigrams"] = built.model.bigrams.size();
  out["trigrams"] = built.model.trigrams.size();
  out["builder"] = std::string("vanban ") + pipeline::kVersion;
  out["options"] = built.options;
  out["sources"] = built.sources;
  return out.dump(1, ' ', false, Json::error_handler_t::replace) + '\n';
}

void build(const Arguments& arguments) {
  std::vector<Source> sources;
  if (!arguments.from_arpa.empty()) sources.push_back({arguments.from_arpa});
  for (const std::string& text : arguments.texts) sources.push_back(parse_source(text));
  const auto licences = parse_licences(arguments.licences, sources);
  check_outputs(arguments, sources);

  const Built built = arguments.from_arpa.empty() ? from_texts(sources, arguments.options, licences)
                                                  : from_arpa(sources.front(), licences);
  const std::string bytes = diacritics::compact(built.model);

  pipeline::OutputFile output(arguments.output);
  output.write(bytes);
  std::unique_ptr<pipeline::OutputFile> arpa, manifest;
  if (!arguments.arpa.empty()) {
    std::ostringstream text;
    diacritics::write_arpa(built.model, text);
    arpa = std::make_unique<pipeline::OutputFile>(arguments.arpa);
    arpa->write(text.view());
  }
  if (!arguments.manifest.empty()) {
    manifest = std::make_unique<pipeline::OutputFile>(arguments.manifest);
    manifest->write(manifest_of(built, bytes));
  }
  // The model last: it does not stand there without what belongs to it.
  if (arpa) arpa->commit();
  if (manifest) manifest->commit();
  output.commit();
  std::fprintf(stderr, "build_model: %zu words, %zu bigrams, %zu trigrams, %zu bytes\n",
               built.model.words.size(), built.model.bigrams.size(), built.model.trigrams.size(),
               bytes.size());
}

// ---- The program

constexpr const char* kFooter =
    R"(The manifest is JSON: the model's format, hash and counts, the options, and for each source its file
name, licence, SHA-256, weight, lines and tokens. ARPA has no place for how often words begin with a
capital; a model from ARPA knows no capitals and is else the same.

Examples:
  build_model wiki.txt 3:law.txt -o model.bin --manifest model.json --licence wiki.txt=CC-BY-SA-4.0
  build_model wiki.txt -o model.bin --arpa model.arpa --prune-bigrams 0.5 --prune-trigrams 1
  build_model --from-arpa model.arpa -o model.bin

Exit codes:
  0    done
  1    the command line is wrong
  2    a text is not UTF-8, or there is too little of it; the ARPA file is damaged
  5    a file cannot be read or written
  15   another fault; please report it)";

void add_options(CLI::App& app, Arguments& arguments) {
  auto* texts = app.add_option("TEXT", arguments.texts,
                               "Plain text in UTF-8, a sentence or paragraph a line; each line "
                               "counts WEIGHT times (default: 1)")
                    ->type_name("[WEIGHT:]FILE");
  auto* from = app.add_option("--from-arpa", arguments.from_arpa,
                              "Read this model of order 3 instead of text")
                   ->type_name("FILE");
  from->excludes(texts);
  app.add_option("-o,--output", arguments.output, "The model")->type_name("FILE")->required();
  app.add_option("--arpa", arguments.arpa, "Also write the model in ARPA")->type_name("FILE");
  app.add_option("--manifest", arguments.manifest, "Also write what the model is made of")
      ->type_name("FILE");
  app.add_option("--licence", arguments.licences,
                 "For the manifest: the licence of the source of this file name; may be repeated")
      ->type_name("NAME=TEXT")
      ->allow_extra_args(false);
  diacritics::BuildOptions& options = arguments.options;
  app.add_option("--prune-bigrams", options.prune_bigrams,
                 "Leave out bigrams by which the text's log10 probability gains less than this "
                 "(default: 0, none)")
      ->check(CLI::NonNegativeNumber)
      ->type_name("X")
      ->excludes(from);
  app.add_option("--prune-trigrams", options.prune_trigrams, "The same for trigrams")
      ->check(CLI::NonNegativeNumber)
      ->type_name("X")
      ->excludes(from);
  app.add_option("--min-syllable", options.min_count_syllable,
                 "Vietnamese syllables met less often are unknown words")
      ->check(CLI::NonNegativeNumber)
      ->type_name("N")
      ->capture_default_str()
      ->excludes(from);
  app.add_option("--min-other", options.min_count_other, "The same for all other words")
      ->check(CLI::NonNegativeNumber)
      ->type_name("N")
      ->capture_default_str()
      ->excludes(from);
  app.footer(kFooter);
}

ExitCode fail(ExitCode code, const std::string& what) {
  std::fprintf(stderr, "build_model: %s\n", what.c_str());
  return code;
}

ExitCode run(int argc, char** argv) {
  CLI::App app("Builds vanban's language model, a file, from text.", "build_model");
  Arguments arguments;
  add_options(app, arguments);
  try {
    app.parse(argc, argv);
    if (arguments.texts.empty() && arguments.from_arpa.empty())
      throw CLI::RequiredError("TEXT or --from-arpa");
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return static_cast<ExitCode>(app.exit(error));  // --help
    return fail(ExitCode::BadArguments, std::string(error.what()) + "; see 'build_model --help'");
  }
  try {
    build(arguments);
    return ExitCode::Ok;
  } catch (const Fault& fault) {
    return fail(fault.code(), fault.what());
  } catch (const diacritics::DataError& error) {
    return fail(ExitCode::InputError, error.what());
  } catch (const pipeline::OutputError& error) {
    return fail(ExitCode::FileAccess, error.what());
  } catch (const fs::filesystem_error& error) {
    return fail(ExitCode::FileAccess, error.what());
  } catch (const std::exception& error) {
    return fail(ExitCode::Other, std::string(error.what()) + "; please report this");
  }
}

}  // namespace
}  // namespace vanban::tools

int main(int argc, char** argv) {
  try {
    return static_cast<int>(vanban::tools::run(argc, argv));
  } catch (...) {
    std::fputs("build_model: another fault; please report it\n", stderr);
    return static_cast<int>(vanban::tools::ExitCode::Other);
  }
}
