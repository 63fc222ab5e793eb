#include "pipeline/review/server.h"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "pipeline/output_file.h"
#include "pipeline/review/acceptance.h"
#include "tools/cli/batch_folder.h"
#include "tools/cli/errors.h"
#include "tools/cli/files.h"
#include "tools/cli/log.h"
#include "tools/cli/one_line.h"
#include "tools/commands/commands.h"

namespace vanban::tools {
namespace {

class Review : public Command {
 public:
  void describe(Arguments& arguments) override;
  ExitCode run(const Session& session) override;

 private:
  // Draws the sample that is asked for.
  void draw() const;
  void write_protocol() const;

  // None without --listen. Throws UsageError where what it needs is not there.
  std::optional<pipeline::RemoteAccess> remote() const;

  std::string outputs_, protocol_, listen_, password_file_, certificate_, key_;
  int port_ = 0, seed_ = 1;
  double sample_ = 0;
  bool blind_ = false;
};

void Review::describe(Arguments& arguments) {
  arguments.positional("OUT", outputs_, "The output folder of the batch", Need::Required);
  arguments.option("--port", port_, "Answer on this port of 127.0.0.1; 0 (default): any free one",
                   {0, 65535});
  arguments.option("--listen", listen_,
                   "Answer browsers on other computers as well, on this ADDRESS:PORT of this one "
                   "(0.0.0.0: on all of its addresses); needs the next three");
  arguments.option(
      "--password-file", password_file_,
      "Of --listen: the password is the first line of this file, which nobody else may "
      "read; at least 12 characters. Browsers ask for it, any user name will do");
  arguments.option("--certificate", certificate_,
                   "Of --listen: the certificate for HTTPS, PEM, with those that vouch for it");
  arguments.option("--key", key_, "Of --listen: its private key, PEM");
  arguments.positive(
      "--sample", sample_,
      "Draw at random so many values that nobody was asked about that, where none is "
      "wrong, at most this percentage of all is, with 95 % confidence; they come first");
  arguments.flag("--blind", blind_, "Of a sample: values are hidden until one is typed");
  arguments.option("--seed", seed_, "Of a sample: another number draws another (default: 1)",
                   {0, 1'000'000'000});
  arguments.option("--protocol", protocol_,
                   "Write what came out of the sample to this file (.html, .xlsx), and end");
  arguments.footer(
      "Prints an address for a browser on this computer, and answers it until Ctrl-C. Whoever has\n"
      "the address may decide. Each decision is in the ledger before the next field appears, "
      "records\n"
      "and registers follow; documents marked secret are not shown.\n\n" +
      std::string(exit_code_table("review")));
}

void Review::draw() const {
  if (pipeline::read_sample(outputs_))
    throw UsageError("a sample was drawn before; remove " +
                     pipeline::sample_file(outputs_).string() + " to draw another");
  constexpr double kConfidence = 0.95, kPercent = 100;
  if (sample_ >= kPercent) throw UsageError("--sample: it must be less than 100");
  pipeline::Ledger ledger = open_ledger(outputs_);
  pipeline::write_sample(outputs_, pipeline::draw_sample(ledger, sample_ / kPercent, kConfidence,
                                                         static_cast<unsigned>(seed_), blind_));
}

void Review::write_protocol() const {
  pipeline::Ledger ledger = open_ledger(outputs_);
  const auto sample = pipeline::read_sample(outputs_);
  if (!sample) throw UsageError("no sample was drawn; draw one with --sample");
  const std::string bytes = pipeline::protocol_bytes(ledger, *sample, protocol_);
  pipeline::OutputFile out(protocol_);
  out.write(bytes);
  out.commit();
}

// "192.168.1.5:8443", "[::]:8443".
std::pair<std::string, int> address_and_port(const std::string& text) {
  const std::size_t colon = text.rfind(':');
  const std::string port = colon == std::string::npos ? "" : text.substr(colon + 1);
  std::string address = text.substr(0, std::min(colon, text.size()));
  if (address.starts_with('[') && address.ends_with(']'))
    address = address.substr(1, address.size() - 2);
  constexpr std::size_t kMostDigits = 5;
  constexpr int kMostPort = 65535;
  const bool is_number = !port.empty() && port.size() <= kMostDigits &&
                         port.find_first_not_of("0123456789") == std::string::npos;
  if (address.empty() || !is_number || std::stoi(port) > kMostPort)
    throw UsageError("--listen: it is ADDRESS:PORT, as 192.168.1.5:8443");
  return {address, std::stoi(port)};
}

std::string password_in(const std::string& file) {
  namespace fs = std::filesystem;
  std::error_code failed;
  const fs::perms mode = fs::status(file, failed).permissions();
  const std::string text = read_named(file);
  if (!failed && (mode & (fs::perms::group_all | fs::perms::others_all)) != fs::perms::none)
    throw UsageError("--password-file: others may read " + file + "; chmod 600 it first");
  std::string password = text.substr(0, text.find_first_of("\r\n"));
  constexpr std::size_t kLeast = 12;
  if (password.size() < kLeast)
    throw UsageError("--password-file: the password has fewer than 12 characters");
  return password;
}

std::optional<pipeline::RemoteAccess> Review::remote() const {
  if (listen_.empty()) {
    if (!(password_file_ + certificate_ + key_).empty())
      throw UsageError("--password-file, --certificate and --key are for --listen");
    return std::nullopt;
  }
  if (password_file_.empty() || certificate_.empty() || key_.empty())
    throw UsageError(
        "--listen lets other computers change records: it needs --password-file, --certificate and "
        "--key");
  const auto [address, port] = address_and_port(listen_);
  return pipeline::RemoteAccess{address, port, certificate_, key_, password_in(password_file_)};
}

ExitCode Review::run(const Session& session) {
  if (sample_ > 0) draw();
  if (!protocol_.empty()) {
    write_protocol();
    return ExitCode::Ok;
  }
  const auto others = remote();
  pipeline::ReviewServer server({batch_folder(outputs_), port_,
                                 [](const std::string& text) { log_warning(one_line(text)); },
                                 others});
  if (others)
    log_warning(
        "other computers may come in: whoever has the address and the password sees all documents "
        "that are not secret and decides about them");
  pipeline::write_stdout(server.address() + '\n');
  server.run(session.cancelled);
  // Registers followed meanwhile; files that have all records need do so once.
  pipeline::Ledger ledger = open_ledger(outputs_);
  if (const auto lock = pipeline::FolderLock::take(outputs_)) rewrite_gathered(ledger, outputs_);
  return ExitCode::Ok;
}

}  // namespace

std::unique_ptr<Command> make_review() { return std::make_unique<Review>(); }

}  // namespace vanban::tools
