#include "pipeline/batch/figures_of_batch.h"

#include <exception>
#include <memory>

#include "pipeline/batch/inputs.h"
#include "pipeline/input_file.h"
#include "pipeline/output_file.h"
#include "pipeline/sheets/figures.h"

namespace vanban::pipeline {

void write_figures(Ledger& ledger, const std::filesystem::path& outputs,
                   const std::filesystem::path& file,
                   const std::function<void(const std::string&)>& note) {
  const std::unique_ptr<SheetWriter> sheet = make_sheet_writer(file);
  begin_figures(*sheet);
  ledger.for_each([&](const LedgerEntry& entry) {
    if (entry.state != DocumentState::Done && entry.state != DocumentState::Partial) return;
    const std::filesystem::path record = record_file("", entry.stem);
    try {
      add_figures(*sheet, read_file_below(outputs, record.string()), entry.path);
    } catch (const std::exception& error) {
      note(record.string() + " cannot be used, its figures are left out: " + error.what());
    }
  });
  OutputFile out(file);
  out.write(sheet->finish());
  out.commit();
  ledger.remember_gathered(GatheredKind::Figures,
                           std::filesystem::weakly_canonical(std::filesystem::absolute(file)));
}

}  // namespace vanban::pipeline
