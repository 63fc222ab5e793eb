#include "pipeline/shards/faults.h"

#include <algorithm>

#include "ocr/document/error.h"

namespace vanban::pipeline {

Fault fault_of(std::string_view code) {
  if (code.empty()) return Fault::None;
  if (code == name_of(ErrorKind::NotReadable) || code == name_of(ErrorKind::Access))
    return Fault::Transient;
  const bool of_time =
      code == "page_seconds" || code == "document_seconds" || code == "silence_seconds";
  return of_time || code == name_of(ErrorKind::OutOfMemory) ? Fault::Resource : Fault::Permanent;
}

Fault most_hopeful_fault(Ledger& ledger) {
  Fault out = Fault::None;
  ledger.for_each([&](const LedgerEntry& entry) { out = std::max(out, fault_of(entry.code)); });
  return out;
}

}  // namespace vanban::pipeline
