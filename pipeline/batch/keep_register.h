// What a person typed into a register is never lost: it goes into ledger and records, and what
// cannot stays in a file of its own.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "pipeline/batch/ledger.h"
#include "pipeline/batch/read_register.h"

namespace vanban::pipeline {

struct CorrectionReport {
  int documents = 0, values = 0;     // corrected
  int accepted = 0;                  // doubtful values that were seen and are right
  std::vector<std::string> changes;  // each of them, for a person
  std::vector<Refusal> refusals;
};

// Puts into ledger and records of the batch what a person typed into a register (.csv or .xlsx,
// known by its content). All rows are looked at before the first is put in. `outputs` must be
// locked by the caller. `note` is told which searchable copies cannot follow. Throws
// std::invalid_argument where it is no register or was cut off, Error
// Access where it cannot be read.
CorrectionReport correct_from_register(Ledger& ledger, const std::filesystem::path& outputs,
                                       const std::filesystem::path& file,
                                       const std::function<void(const std::string&)>& note);

// Writes the register, whole or not at all. One that is there and has changed since it was written
// is taken over first, as by correct_from_register; where that cannot be done for all of it, or the
// ledger does not know it, it is kept beside under a dated name. `note` is told what a person
// should know. Throws as make_register does.
void write_register(Ledger& ledger, const std::filesystem::path& outputs,
                    const std::filesystem::path& file,
                    const std::function<void(const std::string&)>& note);

// Writes those registers of the batch anew that nobody has typed into since they were written or
// taken over; their whole paths.
std::vector<std::string> rewrite_registers(Ledger& ledger, const std::filesystem::path& outputs,
                                           const std::function<void(const std::string&)>& note);

// Of documents whose corrections an earlier process had put into the ledger, but not yet into the
// record. `note`: as of correct_from_register.
void finish_corrections(Ledger& ledger, const std::filesystem::path& outputs,
                        const std::function<void(const std::string&)>& note);

// Writes OUT/corrections-without-record.csv: what was typed of documents that have no record now.
// Without such, it removes the file. The number of values.
int write_unplaced(Ledger& ledger, const std::filesystem::path& outputs);
std::filesystem::path unplaced_file(const std::filesystem::path& outputs);

}  // namespace vanban::pipeline
