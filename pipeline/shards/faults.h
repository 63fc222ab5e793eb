// What becomes of a fault when the same is tried again: what an engine that runs many tasks must
// know of them.
#pragma once

#include <string_view>

#include "pipeline/batch/ledger.h"

namespace vanban::pipeline {

enum class Fault {
  None,
  Permanent,  // the same again ends the same
  Resource,   // it ran out of time or memory: with more of it, it may be read
  Transient,  // it, or its place, could not be reached: the same again may do
};

// Of a code in the ledger; None of an empty one.
Fault fault_of(std::string_view code);

// The one of all documents of a ledger that most can be done about: Transient before Resource
// before Permanent.
Fault most_hopeful_fault(Ledger& ledger);

}  // namespace vanban::pipeline
