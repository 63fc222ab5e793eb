#include "pipeline/batch/report.h"

namespace vanban::pipeline {
std::filesystem::path report_file(const std::filesystem::path& outputs) {
  return outputs / "report.html";
}
void write_report(Ledger&, const std::filesystem::path&) {}
}  // namespace vanban::pipeline
