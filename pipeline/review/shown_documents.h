// Which documents of a batch are laid before a person: those that were read, each file once, and
// none that is marked secret.
#pragma once

#include <functional>
#include <vector>

#include "pipeline/batch/ledger.h"
#include "pipeline/batch/summary.h"

namespace vanban::pipeline {

// Whether files in this state have a record to look at.
bool has_record(const LedgerEntry& entry);

// A mark of secrecy that was not read for sure counts.
bool is_secret(const std::vector<Summary>& documents);

// Of each file its documents, by path. How many documents are secret and left out.
int for_each_shown(
    Ledger& ledger,
    const std::function<void(const LedgerEntry&, const std::vector<Summary>&)>& callback);

}  // namespace vanban::pipeline
