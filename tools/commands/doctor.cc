#include "tools/commands/commands.h"

#include <fmt/core.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/inventory.h"
#include "pipeline/output_file.h"
#include "pipeline/version.h"
#include "tools/cli/one_line.h"
#include "tools/cli/translations.h"

namespace vanban::tools {
namespace {

class Doctor : public Command {
 public:
  void describe(Arguments& arguments) override;
  ExitCode run(const Session& session) override;

 private:
  std::string folder_ = ".", model_, tessdata_dir_;
};

void Doctor::describe(Arguments& arguments) {
  arguments.positional("FOLDER", folder_, "Where results are to go (default: here)",
                       Need::Optional);
  arguments.option("--tessdata", tessdata_dir_,
                   "Folder of Tesseract's models (default: as installed)");
  arguments.option("--model", model_,
                   "The language model (default: $VANBAN_MODEL, else as installed)");
  arguments.footer(
      "What lacks begins with an exclamation mark and says what to do; the exit code is then "
      "3.\n\n" +
      std::string(exit_code_table("doctor")));
}

std::string in_gigabytes(const std::optional<std::uint64_t>& bytes) {
  constexpr double kGigabyte = 1 << 30;
  return bytes ? fmt::format("{:.1f} GB", static_cast<double>(*bytes) / kGigabyte) : "not told";
}

// What was looked at, and whether all of it is as it should be.
class Findings {
 public:
  void fine(const std::string& what, const std::string& how) { add(' ', what, how); }
  // It works, but not as well as it could.
  void mind(const std::string& what, const std::string& how) { add('?', what, how); }
  void lacks(const std::string& what, const std::string& how) {
    add('!', what, how);
    complete_ = false;
  }
  const std::string& text() const { return text_; }
  bool is_complete() const { return complete_; }

 private:
  void add(char mark, const std::string& what, const std::string& how) {
    text_ += one_line(fmt::format("{} {:<28} {}", mark, spoken(what), spoken(how))) + '\n';
  }
  std::string text_;
  bool complete_ = true;
};

void look_at_sandbox(Findings& findings) {
  using pipeline::SandboxMode;
  const pipeline::SandboxSupport support = pipeline::sandbox_support();
  const std::string level = pipeline::sandbox_level(SandboxMode::Auto, support);
  if (support.is_whole())
    findings.fine("sandbox", level);
  else
    findings.mind("sandbox", level +
                                 "; files are decoded with less protection: Linux 5.13 or later "
                                 "with Landlock and seccomp has all of it");
}

void look_at_machine(const std::string& folder, Findings& findings) {
  const pipeline::Machine machine = pipeline::machine();
  findings.fine("cores", std::to_string(machine.cores));
  const std::string memory = fmt::format("{}, {} of it free", in_gigabytes(machine.memory_bytes),
                                         in_gigabytes(machine.memory_free_bytes));
  // The largest pages take some 1.5 GB.
  constexpr std::uint64_t kLargestPage = std::uint64_t{3} << 29;
  if (machine.memory_free_bytes && *machine.memory_free_bytes < kLargestPage)
    findings.mind("memory", memory + "; large pages may fail: end other programs, or --jobs 1");
  else
    findings.fine("memory", memory);
  const std::optional<std::uint64_t> space = pipeline::free_bytes(folder);
  constexpr std::uint64_t kLittle = std::uint64_t{1} << 30;
  if (!space || *space < kLittle)
    findings.lacks("space in " + folder,
                   in_gigabytes(space) + "; make room, or name another folder");
  else
    findings.fine("space in " + folder, in_gigabytes(space));
}

ExitCode Doctor::run(const Session&) {
  Findings findings;
  findings.fine("vanban", pipeline::kVersion);
  for (const pipeline::Library& one : pipeline::named_libraries())
    findings.fine(one.name, one.version);
  for (const pipeline::Model& one : pipeline::models(model_, tessdata_dir_))
    if (one.fault.empty())
      findings.fine(one.name, one.hash);
    else
      findings.lacks(one.name, one.fault);
  if (const int fonts = pipeline::count_fonts(); fonts > 0)
    findings.fine("fonts", std::to_string(fonts));
  else
    findings.mind("fonts",
                  "none; PDFs that bring none along are drawn without letters: apt-get install "
                  "fonts-dejavu-core");
  look_at_sandbox(findings);
  look_at_machine(folder_, findings);
  pipeline::write_stdout(findings.text());
  return findings.is_complete() ? ExitCode::Ok : ExitCode::MissingDependency;
}

}  // namespace

std::unique_ptr<Command> make_doctor() { return std::make_unique<Doctor>(); }

}  // namespace vanban::tools
