// The program: the command line to a command, the command to an exit code.

#include <malloc.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/inventory.h"
#include "pipeline/version.h"
#include "tools/cli/command_line.h"
#include "tools/cli/exit_code.h"
#include "tools/cli/log.h"
#include "tools/cli/translations.h"
#include "tools/commands/commands.h"

namespace vanban::tools {
namespace {

std::atomic<bool> cancelled{false};
std::atomic<int> interrupts{0}, interrupts_answered{1};

// The first Ctrl-C ends the run after what is open; more than the command answers end it at once.
extern "C" void on_interrupt(int signal) {
  cancelled = true;
  if (++interrupts >= interrupts_answered) std::signal(signal, SIG_DFL);
}

// Every page needs images of some 10 to 30 megabytes. Handed back to the system and fetched anew
// each time they cost a twentieth of the whole time; kept, they cost none, and the peak is the
// same.
void keep_freed_memory() {
  constexpr int kLargestImage = 32 << 20, kMostKept = 512 << 20;
  ::mallopt(M_MMAP_THRESHOLD, kLargestImage);
  ::mallopt(M_TRIM_THRESHOLD, kMostKept);
}

// With -v, what it is linked with as well.
std::string version_text(const std::vector<std::string>& arguments) {
  const auto asked = [&](std::string_view option) {
    return std::find(arguments.begin(), arguments.end(), option) != arguments.end();
  };
  std::string out = std::string("vanban ") + pipeline::kVersion;
  if (!asked("--version") || (!asked("-v") && !asked("--verbose"))) return out;
  for (const pipeline::Library& one : pipeline::named_libraries())
    out += '\n' + one.name + ' ' + one.version;
  for (const std::string& file : pipeline::linked_files()) out += '\n' + file;
  return out;
}

int run(int argc, char** argv) {
  keep_freed_memory();
  CommandLine line("vanban",
                   "Reads scanned Vietnamese administrative documents into records that can be "
                   "trusted, and gives damaged Vietnamese text its letters back.",
                   version_text({argv, argv + argc}));
  const std::optional<pipeline::Language> asked = language_on(argc, argv);
  pipeline::Language language = asked.value_or(language_of_environment());
  speak(language);
  LogOptions log;
  line.common().flag("-q,--quiet", log.quiet, "Say nothing but errors");
  line.common().flag("-v,--verbose", log.verbose, "Say what is being done");
  line.common().excludes("--verbose", "--quiet");
  line.common().option("--log-file", log.file,
                       "Also write the log, with all details, to this file");
  line.common().choice<pipeline::Language>(
      "--language", language,
      "Language of messages: en or vi (default: that of the environment); for batch also of the "
      "reasons in registers, which it keeps",
      {{"en", pipeline::Language::English}, {"vi", pipeline::Language::Vietnamese}});
  line.common().footer("See 'vanban convert --help' and so on for each of them.\n\n" +
                       exit_code_table());
  std::vector<std::unique_ptr<Command>> made;
  for (const CommandRow& row : commands())
    made.emplace_back(row.make())->describe(line.add_command(row.name, row.what, row.hidden));
  if (language == pipeline::Language::Vietnamese) line.translate(spoken_help);
  if (const auto code = line.parse(argc, argv)) return *code;

  const std::string named = line.command();
  std::size_t chosen = 0;
  while (commands()[chosen].name != named) ++chosen;
  interrupts_answered = commands()[chosen].interrupts_answered;
  for (const int signal : {SIGINT, SIGTERM}) std::signal(signal, on_interrupt);
  Command& command = *made[chosen];
  return static_cast<int>(guarded(command.subject(), [&] {
    set_up_log(log);
    return command.run({argv[0], log.quiet, language, asked.has_value(), cancelled, interrupts});
  }));
}

}  // namespace
}  // namespace vanban::tools

int main(int argc, char** argv) {
  try {
    return vanban::tools::run(argc, argv);
  } catch (...) {
    std::fputs("vanban: another fault; please report it\n", stderr);
    return static_cast<int>(vanban::tools::ExitCode::Other);
  }
}
