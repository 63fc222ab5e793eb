#include "tools/cli/log.h"

#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <memory>
#include <utility>

#include "tools/cli/errors.h"
#include "tools/cli/one_line.h"
#include "tools/cli/translations.h"

namespace vanban::tools {

void set_up_log(const LogOptions& options) {
  auto console = std::make_shared<spdlog::sinks::stderr_sink_mt>();
  console->set_pattern("vanban: %v");
  console->set_level(options.quiet     ? spdlog::level::err
                     : options.verbose ? spdlog::level::debug
                                       : spdlog::level::warn);
  // From here on errors have a way out, the log file's own among them.
  auto logger = std::make_shared<spdlog::logger>("vanban", console);
  logger->set_level(spdlog::level::debug);
  spdlog::set_default_logger(logger);
  if (options.file.empty()) return;
  try {
    auto file = std::make_shared<spdlog::sinks::basic_file_sink_mt>(options.file);
    file->set_pattern("%Y-%m-%dT%H:%M:%S%z %l %v");
    logger->sinks().push_back(std::move(file));
  } catch (const spdlog::spdlog_ex&) {
    throw AccessError("cannot write the log file " + options.file +
                      "; choose another with --log-file");
  }
}

void log_error(const std::string& text) { spdlog::error("{}", one_line(spoken(text))); }
void log_warning(const std::string& text) { spdlog::warn("{}", one_line(spoken(text))); }
void log_info(const std::string& text) { spdlog::info("{}", one_line(spoken(text))); }
void log_debug(const std::string& text) { spdlog::debug("{}", one_line(text)); }

void log_warnings(const std::vector<ocr::Warning>& warnings) {
  for (const ocr::Warning& warning : warnings)
    log_warning(warning.text + " (" + warning.code + ")");
}

}  // namespace vanban::tools
