#include "tools/commands/commands.h"

#include <fmt/core.h>

#include <fstream>
#include <memory>
#include <string>
#include <string_view>

#include "pipeline/model_file.h"
#include "pipeline/restore_text.h"
#include "tools/cli/files.h"
#include "tools/cli/log.h"

namespace vanban::tools {
namespace {

class Restore : public Command {
 public:
  void describe(Arguments& arguments) override;
  ExitCode run(const Session& session) override;
  std::string subject() const override { return input_; }

 private:
  std::string input_ = "-", output_ = "-", model_;
  pipeline::RestoreTextOptions options_;
};

void Restore::describe(Arguments& arguments) {
  using pipeline::TextSource;
  arguments.positional("FILE", input_, "The text, UTF-8; - (default) reads standard input",
                       Need::Optional);
  arguments.option("-o,--output", output_, "Where the result goes; - (default) is standard output");
  arguments.choice<TextSource>(
      "--from", options_.from,
      "What happened to the text. auto (default): found out page by page; stripped: "
      "the marks are gone; ocr: read by an engine without Vietnamese; clean: nothing; "
      "others: the encoding it is in",
      {{"auto", TextSource::Auto},
       {"stripped", TextSource::Stripped},
       {"ocr", TextSource::Ocr},
       {"clean", TextSource::Clean},
       {"tcvn3", TextSource::Tcvn3},
       {"vni", TextSource::Vni},
       {"viqr", TextSource::Viqr},
       {"windows-1258", TextSource::Windows1258}});
  arguments.flag("--json", options_.json,
                 "Write JSON: of each word what was read, whether it was restored, how sure that "
                 "is, and what else it could be");
  arguments.choice<bool>("--tone-place", options_.old_tone_place,
                         "Where restored words have their tone. old (default): hòa, ủy; new: hoà, "
                         "uỷ",
                         {{"old", true}, {"new", false}});
  arguments.option("--model", model_,
                   "The language model (default: $VANBAN_MODEL, else as installed)");
  arguments.footer(
      "Lines and white space stay as they are; so do numbers, codes, addresses and other "
      "languages.\n"
      "Right Vietnamese comes out as it went in, but for NFC.\n\n"
      "Examples:\n"
      "  vanban restore report.txt -o restored.txt            finds out what happened to it\n"
      "  echo 'Uy ban nhan dan tinh' | vanban restore --from stripped\n"
      "                                                       Ủy ban nhân dân tỉnh\n"
      "  echo 'Uy ban nhén dan tinh' | vanban restore --from ocr\n"
      "                                                       a copier's text layer, the same\n"
      "  echo 'Céng hoµ x· héi' | vanban restore --from tcvn3\n"
      "                                                       Cộng hoà xã hội\n"
      "  echo 'Coäng hoøa xaõ hoäi' | vanban restore --from vni\n"
      "  echo 'Co^.ng ho`a xa~ ho^.i' | vanban restore --from viqr\n"
      "  pdftotext -layout scan.pdf - | vanban restore        pages and columns stay\n"
      "  vanban restore --json report.txt | jq '.tokens[] | select(.probability < 0.8)'\n\n" +
      exit_code_table("restore"));
}

ExitCode Restore::run(const Session& session) {
  check_places(input_, {{"-o", output_}});
  options_.cancelled = &session.cancelled;
  const diacritics::Restorer restorer = pipeline::open_restorer(pipeline::find_model(model_));
  std::fstream text = open_text(input_);
  Destination output(output_);
  const pipeline::RestoreReport report = pipeline::restore_text(
      text, [&](std::string_view bytes) { output.write(bytes); }, restorer, options_);
  output.commit();
  log_debug(fmt::format("treated as {} ({}), {} of {} words restored", report.from, report.encoding,
                        report.restored, report.words));
  if (report.lost > 0)
    log_warning(fmt::format(
        "{} characters are lost (U+FFFD); if there should be none, name the encoding with "
        "--from",
        report.lost));
  return ExitCode::Ok;
}

}  // namespace

std::unique_ptr<Command> make_restore() { return std::make_unique<Restore>(); }

}  // namespace vanban::tools
