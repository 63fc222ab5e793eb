#include "pipeline/batch/keep_register.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <optional>
#include <set>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "ocr/digest.h"
#include "ocr/document/error.h"
#include "pipeline/batch/corrections.h"
#include "pipeline/batch/inputs.h"
#include "pipeline/batch/read_register.h"
#include "pipeline/batch/register.h"
#include "pipeline/batch/summary.h"
#include "pipeline/input_file.h"
#include "pipeline/output_file.h"
#include "pipeline/record/schema.h"
#include "pipeline/sheets/sheet_writer.h"

namespace vanban::pipeline {
namespace {

namespace fs = std::filesystem;

std::string read_named(const fs::path& file) {
  try {
    return read_file(file);
  } catch (const ocr::InputError& error) {
    throw Error(ErrorKind::Access, file.string() + " " + error.what());
  }
}

Register read_named_register(const std::string& bytes, const fs::path& file) {
  try {
    return read_register(bytes);
  } catch (const std::invalid_argument& error) {
    throw std::invalid_argument(file.string() + ": " + error.what());
  }
}

// What the ledger calls a register.
std::string name_of_register(const fs::path& file) {
  return fs::weakly_canonical(fs::absolute(file)).string();
}

bool has_input(Ledger& ledger, const LedgerEntry& entry) {
  std::error_code ignored;
  return fs::exists(ledger.input_folder() / entry.path, ignored);
}

// ---- What was typed, of all rows

// Of one document.
struct TypedDocument {
  std::string path;
  std::vector<Correction> corrections;
  std::vector<std::string> changes;
  int accepted = 0;
};

struct TypedRegister {
  std::vector<TypedDocument> documents;
  std::vector<Refusal> refusals;
};

// The document that a row is of: by its path, else by its bytes, where it has moved.
std::optional<LedgerEntry> entry_of(Ledger& ledger, const RegisterRow& row) {
  std::optional<LedgerEntry> entry = ledger.find(row.path);
  if (entry || row.sha256.empty()) return entry;
  const std::vector<LedgerEntry> same = ledger.with_bytes(row.sha256);
  return same.empty() ? std::nullopt : std::optional(same.front());
}

// Files to which the document has moved, themselves with a record of their own.
std::vector<LedgerEntry> moved_to(Ledger& ledger, const LedgerEntry& entry) {
  if (entry.sha256.empty() || has_input(ledger, entry)) return {};
  std::vector<LedgerEntry> out = ledger.with_bytes(entry.sha256);
  std::erase_if(out, [&](const LedgerEntry& one) {
    return one.path == entry.path || ledger.summary(one.path).empty();
  });
  return out;
}

// The document of the file that begins on the row's page; a row without a page is of the first.
const Summary* summary_of(const std::vector<Summary>& summaries, const RegisterRow& row) {
  const auto one = std::find_if(summaries.begin(), summaries.end(), [&](const Summary& summary) {
    return row.first_page == 0 || summary.first_page == row.first_page;
  });
  return one == summaries.end() ? nullptr : &*one;
}

// What stands in the way of taking over a row; empty where nothing does.
std::string obstacle(const std::optional<LedgerEntry>& entry, const std::string& summary,
                     const RegisterRow& row) {
  if (!entry) return "this batch has no such file";
  if (summary.empty()) return "this batch has no record of it";
  if (!row.sha256.empty() && row.sha256 != entry->sha256)
    return "the row is of a file with other bytes, or cut off";
  return "";
}

// Whether another value has been typed for one of the fields.
bool clashes(const std::vector<Correction>& corrections, const std::vector<Summary>& summaries) {
  return std::any_of(corrections.begin(), corrections.end(), [&](const Correction& one) {
    if (one.field == kAcceptedChecks) return false;
    return std::any_of(summaries.begin(), summaries.end(), [&](const Summary& summary) {
      const SummaryField& field = summary.field(one.field);
      return summary.first_page == one.first_page && field.source == kOperator &&
             field.value != one.value;
    });
  });
}

// Says what each correction changes, for a person.
TypedDocument told_document(const std::string& path, std::vector<Correction> corrections,
                            const Summary& now) {
  TypedDocument out{path, std::move(corrections), {}, 0};
  for (const Correction& one : out.corrections) {
    if (one.field == kAcceptedChecks) {
      ++out.accepted;
      out.changes.push_back(path + ": what contradicts itself was seen and stands");
      continue;
    }
    const std::optional<std::string>& was = now.field(one.field).value;
    const std::string place = path + ", " + register_head(one.field);
    const bool same = was == one.value;
    out.accepted += same ? 1 : 0;
    if (same)
      out.changes.push_back(was ? fmt::format("{}: \"{}\" was seen and is right", place, *was)
                                : place + ": was seen, there is none");
    else
      out.changes.push_back(
          fmt::format("{}: \"{}\" -> \"{}\"", place, was.value_or(""), one.value.value_or("")));
  }
  return out;
}

TypedRegister typed_into(Ledger& ledger, const Register& now, const Register* before) {
  TypedRegister out{{}, now.refusals};
  std::set<std::pair<std::string, int>> seen;
  for (const RegisterRow& row : now.rows) {
    const auto refuse = [&](const std::string& why) {
      out.refusals.push_back({label_of(row), why, ""});
    };
    const RegisterRow* was =
        before == nullptr ? nullptr : row_of(*before, row.path, row.first_page);
    if (was != nullptr && was->fields == row.fields && was->seen == row.seen) continue;
    const std::optional<LedgerEntry> entry = entry_of(ledger, row);
    const std::string known = entry ? ledger.summary(entry->path) : "";
    if (const std::string why = obstacle(entry, known, row); !why.empty()) {
      refuse(why);
      continue;
    }
    const std::vector<Summary> summaries = summaries_from_json(known);
    if (row.first_page == 0 && summaries.size() > 1) {
      refuse("it does not say on which page of the file the document begins");
      continue;
    }
    const Summary* summary = summary_of(summaries, row);
    if (summary == nullptr) {
      refuse("no document of the file begins on that page");
      continue;
    }
    Typed typed = pipeline::typed_into(row, was, *summary);
    out.refusals.insert(out.refusals.end(), typed.refusals.begin(), typed.refusals.end());
    if (typed.corrections.empty()) continue;
    if (!seen.emplace(entry->path, summary->first_page).second) {
      refuse("another row of the same document was taken before it");
      continue;
    }
    for (Correction& one : typed.corrections) one.first_page = summary->first_page;
    out.documents.push_back(told_document(entry->path, typed.corrections, *summary));
    for (const LedgerEntry& other : moved_to(ledger, *entry)) {
      std::vector<Correction> own = typed.corrections;
      const std::vector<Summary> theirs = summaries_from_json(ledger.summary(other.path));
      if (clashes(own, theirs) || !seen.emplace(other.path, summary->first_page).second)
        refuse("another value was typed for the file it has moved to");
      else
        out.documents.push_back(told_document(other.path, std::move(own), *summary));
    }
  }
  return out;
}

// ---- Into the records

// The searchable copy is called what the record says. Why it cannot be; empty where it is, or there
// is none.
std::string retitle_copy(const fs::path& outputs, const LedgerEntry& entry,
                         const std::string& before, const std::string& corrected) {
  const fs::path copy = copy_file(outputs, entry.stem);
  if (!fs::is_regular_file(fs::symlink_status(copy)) || !changes_title(before, corrected))
    return "";
  try {
    const std::string bytes = corrected_copy(read_named(copy), before, corrected);
    OutputFile out(copy);
    out.write(bytes);
    out.commit();
    return "";
  } catch (const ocr::InputError& error) {
    return fmt::format("{} keeps its title, which cannot be changed: {}", copy.string(),
                       error.what());
  }
}

void put_into_record(Ledger& ledger, const fs::path& outputs, const LedgerEntry& entry,
                     const std::function<void(const std::string&)>& note) {
  const fs::path file = record_file(outputs, entry.stem);
  const std::string before = read_named(file);
  const std::vector<Correction> corrections = ledger.corrections(entry.path);
  // From where the decisions began: one of them may have been taken back.
  const std::string read = ledger.record_before_decisions(entry.path);
  const std::string corrected = corrected_record(read.empty() ? before : read, corrections);
  require_valid_record(corrected);
  const std::string obstacle = retitle_copy(outputs, entry, before, corrected);
  OutputFile out(file);
  out.write(corrected);
  out.commit();
  const std::vector<Summary> after = summarize(corrected);
  int doubts = entry.pages_unread;
  for (const Summary& one : after) doubts += one.doubts();
  ledger.set_summary(entry.path, summaries_to_json(after), doubts, corrections);
  if (!obstacle.empty()) note(obstacle);
}

// Whether the record could take the corrections; why not, else.
std::string fault_of(Ledger& ledger, const fs::path& outputs, const TypedDocument& typed) {
  try {
    const fs::path file = record_file(outputs, ledger.find(typed.path)->stem);
    require_valid_record(corrected_record(read_named(file), typed.corrections));
  } catch (const std::exception& error) {
    return error.what();
  }
  return "";
}

CorrectionReport take_over(Ledger& ledger, const fs::path& outputs, TypedRegister typed,
                           const std::function<void(const std::string&)>& note) {
  std::erase_if(typed.documents, [&](const TypedDocument& one) {
    const std::string fault = fault_of(ledger, outputs, one);
    if (!fault.empty()) typed.refusals.push_back({one.path, "its record cannot take it", fault});
    return !fault.empty();
  });
  CorrectionReport report;
  report.refusals = std::move(typed.refusals);
  std::set<std::string> documents;
  for (const TypedDocument& one : typed.documents) {
    // The ledger first: what it knows is put into every later reading.
    ledger.correct(one.path, one.corrections);
    documents.insert(one.path);
    ++report.documents;
    report.accepted += one.accepted;
    report.values += static_cast<int>(one.corrections.size()) - one.accepted;
    report.changes.insert(report.changes.end(), one.changes.begin(), one.changes.end());
  }
  for (const std::string& path : documents)
    put_into_record(ledger, outputs, *ledger.find(path), note);
  return report;
}

// ---- Registers that are known

// What the register was before somebody typed into it: of all that it may have been the most alike.
std::optional<Register> before_of(Ledger& ledger, const Register& now,
                                  const std::vector<KnownRegister>& known) {
  std::optional<Register> out;
  std::size_t least = 0;
  for (const KnownRegister& one : known) {
    if (!one.has_bytes) continue;
    Register candidate = read_register(ledger.bytes_of_register(one));
    const std::size_t differences = count_differences(now, candidate);
    if (out && differences >= least) continue;
    least = differences;
    out = std::move(candidate);
  }
  return out;
}

// The last that was put in its place, and those that a killed process may have put there since.
std::vector<KnownRegister> latest(std::vector<KnownRegister> known) {
  const auto placed = std::find_if(known.begin(), known.end(),
                                   [](const KnownRegister& one) { return one.in_place; });
  if (placed != known.end()) known.erase(placed + 1, known.end());
  return known;
}

bool has(const std::vector<KnownRegister>& known, const std::string& sha256) {
  return std::any_of(known.begin(), known.end(),
                     [&](const KnownRegister& one) { return one.sha256 == sha256; });
}

// Nobody's words are taken from JSON lines.
bool is_typed_into(const fs::path& file) { return file.extension() != ".jsonl"; }

void remember(Ledger& ledger, const fs::path& file, const std::string& sha256, bool in_place,
              const ByteSource& bytes) {
  // Copies of older ones come back from those who typed into them.
  constexpr int kMostRemembered = 8;
  ledger.remember_register(name_of_register(file), sha256, in_place,
                           is_typed_into(file) ? bytes : ByteSource{}, kMostRemembered);
}

// Of a file that is there.
std::optional<std::string> hash_of(const fs::path& file) {
  if (!fs::is_regular_file(file)) return std::nullopt;
  try {
    return hash_of_file_below(file.parent_path(), file.filename());
  } catch (const ocr::InputError& error) {
    throw Error(ErrorKind::Access, file.string() + " " + error.what());
  }
}

// "r-2026-11-30.xlsx", then "r-2026-11-30-2.xlsx".
fs::path dated_name(const fs::path& file) {
  const std::string day = fmt::format("{:%Y-%m-%d}", fmt::localtime(std::time(nullptr)));
  for (int copy = 1;; ++copy) {
    const std::string number = copy == 1 ? "" : "-" + std::to_string(copy);
    fs::path name = file.parent_path() / fmt::format("{}-{}{}{}", file.stem().string(), day, number,
                                                     file.extension().string());
    if (!fs::exists(fs::symlink_status(name))) return name;
  }
}

void keep_beside(const fs::path& file, const std::string& why,
                 const std::function<void(const std::string&)>& note) {
  const fs::path kept = dated_name(file);
  std::error_code error;
  fs::rename(file, kept, error);
  if (error) throw OutputError("cannot keep " + file.string() + ": " + error.message());
  note(fmt::format("{} {}; it is kept as {}", file.string(), why, kept.string()));
}

// Takes over a register that is not as it was written. Why it must be kept all the same; empty
// where all of it is in the ledger now.
std::string reason_to_keep(Ledger& ledger, const fs::path& outputs, const fs::path& file,
                           const std::vector<KnownRegister>& known,
                           const std::function<void(const std::string&)>& note) {
  if (known.empty())
    return "was there before and is not known to this batch (vanban correct takes over what was "
           "typed into it)";
  if (!is_typed_into(file)) return "has changed since it was written";
  const std::string bytes = read_named(file);
  if (has(known, ocr::sha256_hex(bytes))) return "is an earlier version of itself";
  Register now;
  try {
    now = read_register(bytes);
  } catch (const std::invalid_argument& error) {
    return fmt::format("has changed since it was written and cannot be read ({})", error.what());
  }
  const std::optional<Register> before = before_of(ledger, now, known);
  const CorrectionReport report =
      take_over(ledger, outputs, typed_into(ledger, now, before ? &*before : nullptr), note);
  if (report.documents > 0)
    note(
        fmt::format("{} has changed since it was written: {} values of {} documents were taken "
                    "over",
                    file.string(), report.values + report.accepted, report.documents));
  for (const Refusal& refusal : report.refusals) note(file.string() + ", " + text_of(refusal));
  if (!report.refusals.empty())
    return fmt::format("has {} changes that could not be taken over", report.refusals.size());
  if (!before || says_more(now, *before)) return "has words in places that no record has room for";
  return "";
}

}  // namespace

CorrectionReport correct_from_register(Ledger& ledger, const fs::path& outputs,
                                       const fs::path& file,
                                       const std::function<void(const std::string&)>& note) {
  finish_corrections(ledger, outputs, note);
  const std::string bytes = read_named(file);
  const Register now = read_named_register(bytes, file);
  std::vector<KnownRegister> known = latest(ledger.registers(name_of_register(file)));
  // A copy of a register lies anywhere.
  if (known.empty()) known = ledger.registers();
  const std::optional<Register> before = before_of(ledger, now, known);
  CorrectionReport report =
      take_over(ledger, outputs, typed_into(ledger, now, before ? &*before : nullptr), note);
  // What is in the ledger now is no change any more. What was refused still is.
  if (report.refusals.empty() && before && !says_more(now, *before))
    remember(ledger, file, ocr::sha256_hex(bytes), true,
             {bytes.size(), [&](std::uint64_t at, std::size_t most) {
                return bytes.substr(static_cast<std::size_t>(at), most);
              }});
  return report;
}

void write_register(Ledger& ledger, const fs::path& outputs, const fs::path& file,
                    const std::function<void(const std::string&)>& note) {
  check_register_name(file);
  const fs::path real = name_of_register(file);
  const std::string name = real.string();
  while (true) {
    const std::optional<std::string> hash = hash_of(real);
    const std::vector<KnownRegister> known = ledger.registers(name);
    if (hash && !has(latest(known), *hash)) {
      const std::string why = reason_to_keep(ledger, outputs, real, known, note);
      if (!why.empty()) {
        keep_beside(real, why, note);
        continue;
      }
    }
    OutputFile out(real);
    ocr::Sha256 digest;
    std::uint64_t size = 0;
    make_register(ledger, real, [&](std::string_view piece) {
      out.write(piece);
      digest.add(piece);
      size += piece.size();
    });
    const std::string sha256 = digest.hex();
    const bool can_be_typed_into = !out.written(0, 1).empty();
    remember(ledger, real, sha256, false,
             can_be_typed_into
                 ? ByteSource{size, [&](auto at, auto most) { return out.written(at, most); }}
                 : ByteSource{});
    // Somebody may have saved it since it was looked at.
    if (hash_of(real) != hash) continue;
    out.commit();
    ledger.register_is_in_place(name, sha256);
    return;
  }
}

std::vector<std::string> rewrite_registers(Ledger& ledger, const fs::path& outputs,
                                           const std::function<void(const std::string&)>& note) {
  std::vector<std::string> out;
  for (const std::string& file : ledger.register_files()) {
    const std::optional<std::string> hash = hash_of(file);
    if (!hash || !has(latest(ledger.registers(file)), *hash)) continue;
    write_register(ledger, outputs, file, note);
    out.push_back(file);
  }
  return out;
}

void finish_corrections(Ledger& ledger, const fs::path& outputs,
                        const std::function<void(const std::string&)>& note) {
  for (const std::string& path : ledger.paths_to_correct()) {
    const std::optional<LedgerEntry> entry = ledger.find(path);
    // One that waits gets them when it is read.
    if (!entry || (entry->state != DocumentState::Done && entry->state != DocumentState::Partial))
      continue;
    try {
      put_into_record(ledger, outputs, *entry, note);
    } catch (const std::exception&) {
      // Somebody removed or damaged the record; the next that is read has them.
    }
  }
}

fs::path unplaced_file(const fs::path& outputs) {
  return outputs / "corrections-without-record.csv";
}

int write_unplaced(Ledger& ledger, const fs::path& outputs) {
  std::string rows;
  int count = 0;
  for (const std::string& path : ledger.corrected_paths()) {
    const std::string known = ledger.summary(path);
    const std::vector<Summary> summaries =
        known.empty() ? std::vector<Summary>{} : summaries_from_json(known);
    for (const Correction& correction : ledger.corrections(path)) {
      // What a person let stand is no value.
      if (correction.field == kAcceptedChecks) continue;
      const auto has_it = [&](const Summary& one) {
        return (correction.first_page == 0 || one.first_page == correction.first_page) &&
               (one.field(correction.field).source == kOperator ||
                one.field(correction.field).value == correction.value);
      };
      if (std::any_of(summaries.begin(), summaries.end(), has_it)) continue;
      ++count;
      rows += csv_row({path, std::to_string(correction.first_page), register_head(correction.field),
                       correction.value.value_or("")});
    }
  }
  if (count == 0) {
    std::error_code ignored;
    fs::remove(unplaced_file(outputs), ignored);
    return 0;
  }
  OutputFile out(unplaced_file(outputs));
  out.write("\xEF\xBB\xBF" +
            csv_row({std::string(kPathHead), std::string(kFirstPageHead), "Trường", "Giá trị"}));
  out.write(rows);
  out.commit();
  return count;
}

}  // namespace vanban::pipeline
