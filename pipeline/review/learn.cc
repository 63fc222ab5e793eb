#include "pipeline/review/learn.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "diacritics/text/text.h"
#include "extract/document_fields.h"
#include "extract/fields.h"
#include "pipeline/batch/corrections.h"
#include "pipeline/batch/inputs.h"
#include "pipeline/input_file.h"
#include "pipeline/record/bounded_json.h"
#include "pipeline/record/stated_record.h"
#include "pipeline/review/shown_documents.h"

namespace vanban::pipeline {
namespace {

namespace fs = std::filesystem;
using extract::LexiconEntry;
using extract::LexiconKind;
using extract::UserLexicon;
using Json = nlohmann::ordered_json;
using Values = std::map<std::string, std::optional<std::string>>;  // by field

struct CorrectedDocument {
  std::string path;
  extract::Record read;  // as it was before a person came
  Values truth;          // of fields whose value is known
  std::set<std::string> corrected;
};

// ---- The corrected documents, read again from what is stored

Json& node_of(Json& record, const extract::DocumentField& field) {
  return record.at("document").at(Json::json_pointer(extract::pointer_of(field.name)));
}

extract::Record as_read(Json record) {
  for (const extract::DocumentField& field : extract::document_fields()) {
    if (!field.single) continue;
    Json& node = node_of(record, field);
    if (node.contains("reading")) {
      const Json reading = node.at("reading");
      node.update(reading);
    }
  }
  return stated_record(record.dump());
}

// What was corrected is known; what else is sure stands as a person left it who had the document
// before them.
void add_truth(CorrectedDocument& document, const std::vector<Correction>& corrections) {
  for (const extract::DocumentField& field : extract::document_fields()) {
    if (!field.single) continue;
    const std::string name(field.name);
    const extract::Field& read = field.single(document.read);
    const auto correction =
        std::find_if(corrections.begin(), corrections.end(),
                     [&](const Correction& one) { return one.field == field.name; });
    if (correction != corrections.end()) {
      document.truth[name] = correction->value;
      document.corrected.insert(name);
    } else if (!extract::asks_for_look(read)) {
      document.truth[name] = read.value;
    }
  }
}

std::vector<Json> records_in(Ledger& ledger, const fs::path& outputs, const LedgerEntry& entry) {
  std::string text = ledger.record_before_decisions(entry.path);
  if (text.empty()) text = read_file(record_file(outputs, entry.stem));
  require_bounded(text);
  Json root = Json::parse(text);
  if (root.is_array()) return root.get<std::vector<Json>>();
  return {std::move(root)};
}

std::vector<CorrectedDocument> corrected_documents(Ledger& ledger, const fs::path& outputs) {
  std::vector<LedgerEntry> entries;
  const std::vector<std::string> paths = ledger.corrected_paths();
  const std::set<std::string> corrected(paths.begin(), paths.end());
  for_each_shown(ledger, [&](const LedgerEntry& entry, const std::vector<Summary>&) {
    if (corrected.contains(entry.path)) entries.push_back(entry);
  });
  std::vector<CorrectedDocument> out;
  for (const LedgerEntry& entry : entries) {
    const std::vector<Correction> corrections = ledger.corrections(entry.path);
    bool is_first = true;
    for (const Json& record : records_in(ledger, outputs, entry)) {
      const int first_page = record.at("source").at("pages").at(0).get<int>();
      std::vector<Correction> own;
      for (const Correction& one : corrections)
        if (one.field != kAcceptedChecks &&
            (one.first_page == first_page || (is_first && one.first_page == 0)))
          own.push_back(one);
      is_first = false;
      if (own.empty()) continue;
      CorrectedDocument document{entry.path, as_read(record), {}, {}};
      add_truth(document, own);
      out.push_back(std::move(document));
    }
  }
  return out;
}

// ---- The regression

// Of each document, in their order, the fields whose value is the known one.
using Right = std::vector<std::set<std::string>>;

Right right_with(const std::vector<CorrectedDocument>& documents, const UserLexicon& lexicon) {
  Right out;
  for (const CorrectedDocument& document : documents) {
    extract::Record record = document.read;
    extract::apply_lexicon(record, lexicon);
    std::set<std::string>& right = out.emplace_back();
    for (const auto& [name, value] : document.truth)
      if (extract::document_field(name)->single(record).value == value) right.insert(name);
  }
  return out;
}

int count_of(const Right& right) {
  int out = 0;
  for (const std::set<std::string>& fields : right) out += static_cast<int>(fields.size());
  return out;
}

struct Change {
  int helps = 0, harms = 0;
  std::string first_harm;  // the document and its field
};

Change change_between(const Right& before, const Right& after,
                      const std::vector<CorrectedDocument>& documents) {
  Change out;
  for (std::size_t i = 0; i < documents.size(); ++i) {
    for (const std::string& field : after[i]) out.helps += before[i].contains(field) ? 0 : 1;
    for (const std::string& field : before[i]) {
      if (after[i].contains(field)) continue;
      if (out.harms++ == 0) out.first_harm = documents[i].path + ' ' + field;
    }
  }
  return out;
}

UserLexicon with_entry(UserLexicon lexicon, const LexiconEntry& entry) {
  lexicon.push_back(entry);
  return lexicon;
}

// ---- What a correction may teach

// The letters that differ, where they are few and together; with one more where none was read.
std::optional<std::pair<std::string, std::string>> confused(const std::string& read,
                                                            const std::string& meant) {
  constexpr std::size_t kMostLetters = 3;
  const std::u32string from = diacritics::to_code_points(read),
                       to = diacritics::to_code_points(meant);
  const std::size_t shorter = std::min(from.size(), to.size());
  std::size_t begin = 0, end = 0;
  while (begin < shorter && from[begin] == to[begin]) ++begin;
  while (end < shorter - begin && from[from.size() - 1 - end] == to[to.size() - 1 - end]) ++end;
  if ((begin + end == from.size() || begin + end == to.size()) && begin > 0) --begin;
  const std::u32string out = from.substr(begin, from.size() - end - begin),
                       in = to.substr(begin, to.size() - end - begin);
  if (out.empty() || in.empty() || out.size() > kMostLetters || in.size() > kMostLetters ||
      (out + in).find(U' ') != std::u32string::npos)
    return std::nullopt;
  return std::pair(diacritics::to_utf8(out), diacritics::to_utf8(in));
}

// "045" -> "###", "QĐ-UBND" -> "*-UBND".
std::optional<std::string> shape_of(const std::string& field, const std::string& value) {
  if (field == "number") {
    std::string out = value;
    for (char& c : out)
      if (c >= '0' && c <= '9') c = '#';
    return out;
  }
  const std::size_t dash = value.rfind('-');
  if (field != "symbol" || dash == std::string::npos) return std::nullopt;
  return '*' + value.substr(dash);
}

std::vector<LexiconEntry> taught_by(const std::string& field, const extract::Field& read,
                                    const std::string& meant) {
  std::vector<LexiconEntry> out;
  if (field == "signer.name") out.push_back({LexiconKind::Person, "", "", meant});
  if (field == "issuing_agency" || field == "parent_agency")
    out.push_back({LexiconKind::Body, "", "", meant});
  if (field == "symbol") out.push_back({LexiconKind::Symbol, "", "", meant});
  if (const auto shape = shape_of(field, meant))
    out.push_back({LexiconKind::Pattern, field, "", *shape});
  const std::string seen = read.value.value_or(read.evidence.raw);
  if (seen.empty()) return out;
  if (const auto letters = confused(seen, meant))
    out.push_back({LexiconKind::Confusion, field, letters->first, letters->second});
  out.push_back({LexiconKind::Reading, field, seen, meant});
  return out;
}

// Whether a file could hold it: line ends and what is no field for it are refused there.
bool can_be_written(const LexiconEntry& entry) {
  const extract::LexiconFile file = extract::parse_lexicon(line_of(entry));
  return file.mistakes.empty() && file.entries == UserLexicon{entry};
}

std::string listed(const std::vector<std::string>& paths) {
  constexpr std::size_t kMostPaths = 3;
  std::string out;
  for (std::size_t i = 0; i < std::min(paths.size(), kMostPaths); ++i)
    out += (i > 0 ? ", " : "") + paths[i];
  return out + (paths.size() > kMostPaths ? ", ..." : "");
}

}  // namespace

std::vector<Proposal> proposals(Ledger& ledger, const fs::path& outputs, const UserLexicon& known) {
  const std::vector<CorrectedDocument> documents = corrected_documents(ledger, outputs);
  std::map<std::string, Proposal> by_line;
  for (const CorrectedDocument& document : documents)
    for (const std::string& field : document.corrected) {
      const extract::Field& read = extract::document_field(field)->single(document.read);
      const std::optional<std::string>& meant = document.truth.at(field);
      if (!meant || read.value == meant) continue;
      for (const LexiconEntry& entry : taught_by(field, read, *meant)) {
        Proposal& proposal = by_line[line_of(entry)];
        proposal.entry = entry;
        if (proposal.paths.empty() || proposal.paths.back() != document.path)
          proposal.paths.push_back(document.path);
      }
    }
  const Right before = right_with(documents, known);
  // Once is chance; twice the same words are a habit of the page or of the reader.
  constexpr std::size_t kLeastDocuments = 2;
  std::vector<Proposal> out;
  for (auto& [line, proposal] : by_line) {
    if (proposal.paths.size() < kLeastDocuments || !can_be_written(proposal.entry) ||
        std::find(known.begin(), known.end(), proposal.entry) != known.end())
      continue;
    const Change change =
        change_between(before, right_with(documents, with_entry(known, proposal.entry)), documents);
    proposal.helps = change.helps;
    proposal.harms = change.harms;
    if (proposal.helps > 0) out.push_back(std::move(proposal));
  }
  std::stable_sort(out.begin(), out.end(), [](const Proposal& a, const Proposal& b) {
    return std::tuple(b.helps - b.harms, a.harms) < std::tuple(a.helps - a.harms, b.harms);
  });
  return out;
}

fs::path proposals_file(const fs::path& outputs) { return outputs / "proposals.txt"; }

std::string proposals_text(const std::vector<Proposal>& proposals) {
  std::string out =
      "# Đánh dấu x vào giữa [ ] trước điều muốn lấy, rồi chạy: vanban learn OUT/ --apply "
      "--lexicon "
      "FILE\n"
      "# Put an x between the [ ] before what you want, then run the command above.\n";
  for (const Proposal& one : proposals)
    out += fmt::format("\n# đúng thêm (helps) {}, sai thêm (harms) {}: {}\n[ ]\t{}\n", one.helps,
                       one.harms, listed(one.paths), line_of(one.entry));
  return out;
}

extract::LexiconFile ticked_in(std::string_view text) {
  // Lines that are not ticked stay as empty ones, so that mistakes name the file's own.
  std::string lexicon;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::size_t close = line.find(']');
    const bool is_ticked =
        line.starts_with('[') && close != std::string_view::npos &&
        line.substr(1, close - 1).find_first_not_of(' ') != std::string_view::npos;
    if (is_ticked) {
      std::string_view rest = line.substr(close + 1);
      rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size()));
      lexicon += rest;
    }
    lexicon += '\n';
  }
  return extract::parse_lexicon(lexicon);
}

Lesson learn(Ledger& ledger, const fs::path& outputs, const UserLexicon& known,
             const UserLexicon& wanted) {
  const std::vector<CorrectedDocument> documents = corrected_documents(ledger, outputs);
  Lesson out;
  out.documents = static_cast<int>(documents.size());
  for (const CorrectedDocument& one : documents) out.fields += static_cast<int>(one.truth.size());
  UserLexicon lexicon = known;
  Right right = right_with(documents, lexicon);
  out.right_before = count_of(right);
  for (const LexiconEntry& entry : wanted) {
    if (std::find(lexicon.begin(), lexicon.end(), entry) != lexicon.end()) {
      out.refused.push_back({entry, "the lexicon has it"});
      continue;
    }
    Right now = right_with(documents, with_entry(lexicon, entry));
    const Change change = change_between(right, now, documents);
    if (change.harms > 0) {
      out.refused.push_back(
          {entry, fmt::format("it makes {} wrong, first {}", change.harms, change.first_harm)});
    } else if (change.helps == 0) {
      out.refused.push_back({entry, "it makes nothing right"});
    } else {
      out.taken.push_back(entry);
      lexicon.push_back(entry);
      right = std::move(now);
    }
  }
  out.right_after = count_of(right);
  return out;
}

}  // namespace vanban::pipeline
