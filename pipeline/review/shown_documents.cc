#include "pipeline/review/shown_documents.h"

#include <algorithm>
#include <set>
#include <string>

namespace vanban::pipeline {

bool has_record(const LedgerEntry& entry) {
  return entry.apart == Apart::No &&
         (entry.state == DocumentState::Done || entry.state == DocumentState::Partial);
}

bool is_secret(const std::vector<Summary>& documents) {
  return std::any_of(documents.begin(), documents.end(), [](const Summary& summary) {
    const SummaryField& secrecy = summary.field("secrecy");
    return secrecy.value.has_value() || secrecy.doubtful;
  });
}

int for_each_shown(
    Ledger& ledger,
    const std::function<void(const LedgerEntry&, const std::vector<Summary>&)>& callback) {
  std::set<std::string> twins;
  for (const std::vector<std::string>& group : ledger.same_bytes())
    twins.insert(group.begin() + 1, group.end());
  int secret = 0;
  ledger.for_each([&](const LedgerEntry& entry) {
    if (!has_record(entry) || twins.contains(entry.path)) return;
    const std::vector<Summary> documents = summaries_from_json(ledger.summary(entry.path));
    if (is_secret(documents))
      secret += static_cast<int>(documents.size());
    else
      callback(entry, documents);
  });
  return secret;
}

}  // namespace vanban::pipeline
