#include "tools/commands/reading.h"

#include <cstdint>
#include <cstdlib>
#include <utility>

#include "extract/patterns/fields_file.h"
#include "extract/user_lexicon.h"
#include "tools/cli/errors.h"
#include "tools/cli/files.h"

namespace vanban::tools {
namespace {

// Throws UsageError with all that is wrong with it.
extract::FieldsFile parse_or_refuse(const std::string& path, const std::string& text) {
  extract::FieldsFile file = extract::parse_fields(text);
  if (!file.mistakes.empty())
    throw UsageError("the pattern file cannot be used" + mistakes_of(path, file.mistakes));
  return file;
}

}  // namespace

void add_reading(Arguments& arguments, ReadingArguments& reading) {
  arguments.positional("INPUT", reading.input, "The scan; - reads standard input", Need::Required);
  pipeline::Options& options = reading.options;
  add_page_options(arguments, {reading.password, options.page, options.engines, reading.model},
                   false);
  arguments.positive("--page-seconds", reading.limits.page_seconds,
                     "Time for one page; it is left out and the others are read (default: 180)");
  arguments.option("--memory", reading.memory_megabytes,
                   "Megabytes that reading may take, for each page read at a time (default: 3072)",
                   {256, 1048576});
  add_sandbox(arguments, reading.sandbox);
}

void add_sandbox(Arguments& arguments, pipeline::SandboxMode& mode) {
  using pipeline::SandboxMode;
  arguments.choice<SandboxMode>(
      "--sandbox", mode,
      "What decodes files is shut in, without network, programs and other files: auto (default): "
      "as far as the system grants it; require: wholly, or nothing is read; off",
      {{"auto", SandboxMode::Auto}, {"require", SandboxMode::Require}, {"off", SandboxMode::Off}});
}

pipeline::LimitedOptions ReadingArguments::limited() const {
  pipeline::LimitedOptions out{options, model, limits, sandbox};
  out.options.password = password.password();
  out.limits.memory_bytes = static_cast<std::uint64_t>(memory_megabytes) << 20;
  return out;
}

void add_page_options(Arguments& arguments, const PageArguments& pages, bool as_elsewhere) {
  using pipeline::OcrMode;
  const auto help = [&](const char* text) { return as_elsewhere ? "As of convert" : text; };
  add_password(arguments, pages.password);
  arguments.choice<OcrMode>(
      "--ocr", pages.page.ocr,
      help("auto (default): read the image unless the text layer is plausible Vietnamese; "
           "always: read every image; never: take the text layer, "
           "restored where it is garbled"),
      {{"auto", OcrMode::Auto}, {"always", OcrMode::Always}, {"never", OcrMode::Never}});
  arguments.option("--max-megapixels", pages.page.max_megapixels,
                   help("Largest page image; larger ones are read at a lower density (default: "
                        "100)"),
                   {1, 1000});
  arguments.option("--tessdata", pages.engines.tessdata_dir,
                   help("Folder of Tesseract's models (default: as installed)"));
  arguments.option("--model", pages.model,
                   help("The language model (default: $VANBAN_MODEL, else as installed)"));
}

std::string PasswordArguments::password() const {
  if (!itself.empty()) return itself;
  if (file.empty()) {
    const char* of_environment = std::getenv("VANBAN_PASSWORD");
    return of_environment == nullptr ? "" : of_environment;
  }
  const std::string text = read_named(file);
  std::string line = text.substr(0, text.find_first_of("\r\n"));
  if (line.empty()) throw UsageError("the first line of the password file " + file + " is empty");
  return line;
}

void add_password(Arguments& arguments, PasswordArguments& password) {
  arguments.option("--password", password.itself,
                   "Opens encrypted PDFs; other users of this computer can see it meanwhile");
  arguments.option("--password-file", password.file,
                   "The same, from the first line of this file; without either from "
                   "$VANBAN_PASSWORD");
}

void add_fields(Arguments& arguments, std::string& fields) {
  arguments.option("--fields", fields,
                   "Also look for the fields of this pattern file (TOML; see samples/fields.toml)");
}

void add_lexicon(Arguments& arguments, std::string& lexicon) {
  arguments.option("--lexicon", lexicon,
                   "Also use the names, symbols and misreadings of this file (a line each, see "
                   "'vanban learn' and samples/office.lexicon); values that come from it say so");
}

void add_secret(Arguments& arguments, pipeline::SecretPolicy& policy) {
  using pipeline::SecretPolicy;
  arguments.choice<SecretPolicy>(
      "--secret", policy,
      "Where a page bears a mark of secrecy (MẬT, TỐI MẬT, TUYỆT MẬT): stop (default): keep of the "
      "file its hash and the mark; header: write the fields of the document, no text and no other "
      "result; all: read it as any other",
      {{"stop", SecretPolicy::Stop}, {"header", SecretPolicy::Header}, {"all", SecretPolicy::All}});
}

void add_secret_or_nothing(Arguments& arguments, pipeline::SecretPolicy& policy) {
  using pipeline::SecretPolicy;
  arguments.choice<SecretPolicy>("--secret", policy,
                                 "Where a page bears a mark of secrecy (MẬT, TỐI MẬT, TUYỆT MẬT): "
                                 "stop (default): show nothing "
                                 "of it; all: show it as any other",
                                 {{"stop", SecretPolicy::Stop}, {"all", SecretPolicy::All}});
}

std::string checked_fields(const std::string& path) {
  if (path.empty()) return {};
  std::string text = read_named(path);
  parse_or_refuse(path, text);
  return text;
}

std::vector<extract::FieldPattern> read_fields(const std::string& path) {
  if (path.empty()) return {};
  return parse_or_refuse(path, read_named(path)).patterns;
}

std::string checked_lexicon(const std::string& path) {
  if (path.empty()) return {};
  std::string text = read_named(path);
  const extract::LexiconFile file = extract::parse_lexicon(text);
  if (!file.mistakes.empty())
    throw UsageError("the lexicon cannot be used" + mistakes_of(path, file.mistakes));
  return text;
}

std::string mistakes_of(const std::string& path, const std::vector<std::string>& mistakes) {
  std::string out;
  for (const std::string& mistake : mistakes) out += "; " + path + ": " + mistake;
  return out;
}

}  // namespace vanban::tools
