// What is known of every input of a batch: the truth that a run goes on from. One SQLite file; each
// change is whole or not there, whatever happens to the process.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ocr/document/error.h"
#include "pipeline/batch/inputs.h"
#include "pipeline/messages.h"

namespace vanban::pipeline {

class LedgerError : public Error {
 public:
  explicit LedgerError(const std::string& what) : Error(ErrorKind::Ledger, what) {}
};

enum class DocumentState {
  Waiting,
  Running,
  Done,
  Partial,  // its results are there, but pages are missing from them
  Failed,   // set aside, with a reason
};
// In snake_case, as in the ledger.
std::string_view name_of(DocumentState state);

// What takes a file out of the batch, its results staying as they are.
enum class Apart {
  No,
  Gone,   // it is not among the inputs any more
  Aside,  // a person set it aside, until it changes
};

struct LedgerEntry {
  std::string path, stem;  // as of InputFile and output_stems
  std::uint64_t bytes = 0;
  std::int64_t modified_ns = 0;
  bool changed = false;  // the input is not what it was when it was read
  Apart apart = Apart::No;
  DocumentState state = DocumentState::Waiting;
  int attempts = 0;           // of the reading that the state tells of
  std::string code, message;  // why it failed or is partial
  std::string sha256;
  std::string version, settings;  // of the program, and a hash of what it was told
  int pages = 0, pages_unread = 0;
  int doubts = 0;  // things that a person should look at
  double seconds = 0;
  // See summary.h; empty where there is no record. For `finish`; else it is asked for by itself.
  std::string summary;
};

// What a person put into a record.
struct Correction {
  std::string field;                 // as in summary.h
  std::optional<std::string> value;  // none: the page has none
  int first_page = 0;                // of its document; 0: of the file's first document
  bool operator==(const Correction&) const = default;
};

// What a person decided before the page, one field at a time.
enum class DecisionKind {
  Accept,  // as it stands it is right
  Value,   // another value
  Absent,  // the page has none
  Undo,    // a decision of theirs is taken back
};
// In snake_case, as in the ledger.
std::string_view name_of(DecisionKind kind);

struct Decision {
  long long id = 0;  // ascending; given by the ledger
  std::string path;
  Correction correction;  // of one that is taken back what stands since
  DecisionKind kind = DecisionKind::Accept;
  std::string who, made;             // made: ISO 8601, UTC; given by the ledger
  std::optional<std::string> shown;  // the value that was decided about
  bool undone = false;
};

// Of all but those that are apart.
struct LedgerCounts {
  int gone = 0, aside = 0;  // those that are
  int waiting = 0, running = 0, done = 0, partial = 0, failed = 0;
  int to_review = 0;  // of those done and partial
  int changed = 0;
  long long pages = 0;  // of those done and partial
  int all() const { return waiting + running + done + partial + failed; }
  int finished() const { return done + partial + failed; }
};

struct LedgerRun {
  std::string started;  // ISO 8601, UTC
  std::string ended;    // empty: it has not
  int jobs = 0;
  long long documents = 0, pages = 0;
  double seconds = 0;  // from its start to its last document
};

// A register as it was written, or as what a person typed into it was last taken over.
struct KnownRegister {
  long long id = 0;  // ascending; given by the ledger
  std::string sha256;
  // False of one that a process meant to put in its place, and may have been killed before it did.
  bool in_place = false;
  bool has_bytes = false;  // not where nobody's words are taken from such a file
};

// A file that has something of all records and is no register.
enum class GatheredKind { Records, Figures };

// Bytes that need not all be in memory.
struct ByteSource {
  std::uint64_t size = 0;
  // From `at` on, at most so many, at least one.
  std::function<std::string(std::uint64_t at, std::size_t most)> read;
};

// How fast documents were read.
struct Pace {
  long long documents = 0;
  double job_seconds = 0;  // for them, of each of those that worked at the same time
};

enum class Redo {
  Nothing,
  Unreachable,  // what could not be read or written for reasons that may have passed
  Failed,
  Changed,
  All
};

class Ledger {
 public:
  // Makes one where there is none, and brings one of an older version up to this one. Throws
  // LedgerError, also where it is of a newer version.
  static Ledger open(const std::filesystem::path& file);
  // Throws LedgerError where there is none.
  static Ledger open_existing(const std::filesystem::path& file);
  // One that save_copy made, to be looked at alone: nothing is locked or written beside it, so that
  // it may stand on a network's disk. Throws LedgerError also where it is of another version.
  static Ledger open_copy(const std::filesystem::path& file);
  Ledger(Ledger&&) noexcept;
  ~Ledger();

  // That it lies in, with the results.
  std::filesystem::path folder() const;
  // The folder that the inputs are in. Throws LedgerError where the ledger is of another.
  void bind_to(const std::filesystem::path& inputs);
  std::filesystem::path input_folder();

  // What people are told is in this language, in sheets and reports of this batch: the one that was
  // kept, or English.
  Language language();
  // Keeps one. Without `always` a language that was kept before stays.
  void keep_language(Language language, bool always);

  // Takes in inputs that are new, in one step, and marks those that changed: read ones are only
  // noted, unread ones wait again. `is_same` says whether a file of another time or size still has
  // this SHA-256.
  void add(const std::vector<InputFile>& files,
           const std::function<bool(const LedgerEntry&)>& is_same);
  // All inputs that there are: others are gone, those that were are back. Withheld ones are left
  // as they are.
  void mark_gone(const std::vector<InputFile>& files);
  // Whether there is such a file.
  bool set_aside(const std::string& path);
  // Takes over the documents of a copy: those that it does not have, and those that were finished
  // there later; what was running there waits. A file that is withheld there stands under no other
  // name here, one that was read is withheld no more. Corrections of those are to be put in again.
  // Of the runs there it counts what they did as one of its own. The number of documents taken
  // over. Throws LedgerError.
  int absorb(const std::filesystem::path& copy);
  // Writes all that it holds to one file, whole or not at all. `scratch`: a folder on this machine
  // for a while.
  void save_copy(const std::filesystem::path& file, const std::filesystem::path& scratch);

  // What no run is at work on any more waits again; gives those documents.
  std::vector<LedgerEntry> take_back_running();
  // Documents that shall be read again wait; of those withheld it forgets. Changed: the input, or
  // how it was read.
  int redo(Redo what, const std::string& version, const std::string& settings);
  // In how many ways, by version and settings, those were read that are done.
  int count_ways();
  // How many were read by another version or with other settings.
  int count_otherwise_read(const std::string& version, const std::string& settings);

  // The next that waits, by path, now running.
  std::optional<LedgerEntry> next();
  void finish(const LedgerEntry& entry);
  // Waits again, as if it had not been begun.
  void release(const std::string& path);
  // As if it had never been among the inputs.
  void forget(const std::string& path);

  // In place of a file that a mark of secrecy stopped: failed, under its withheld_name, with its
  // SHA-256, `message`, version and settings, and nothing else that is known of it.
  void withhold(const LedgerEntry& entry);
  bool is_withheld(const std::string& sha256);
  // How many, by their messages.
  std::map<std::string, int> withheld();

  LedgerCounts counts();
  std::optional<LedgerEntry> find(const std::string& path);
  // All, by path.
  void for_each(const std::function<void(const LedgerEntry&)>& callback);
  // What `finish` was told; empty where there is none.
  std::string summary(const std::string& path);
  // A document that was read with the same bytes in the same way.
  std::optional<LedgerEntry> read_before(const std::string& sha256, const std::string& version,
                                         const std::string& settings);
  std::vector<LedgerEntry> with_bytes(const std::string& sha256);
  // Groups of paths whose bytes are the same.
  std::vector<std::vector<std::string>> same_bytes();

  // Gives a file the corrections of those that had the same bytes and are gone.
  void inherit_corrections(const std::string& path, const std::string& sha256,
                           const std::function<bool(const LedgerEntry&)>& is_gone);
  // Until `finish` or `set_summary` the document's record does not have them.
  void correct(const std::string& path, const std::vector<Correction>& corrections);
  // By first page and field.
  std::vector<Correction> corrections(const std::string& path);
  std::vector<std::string> corrected_paths();
  // Those whose record does not have its corrections yet.
  std::vector<std::string> paths_to_correct();
  // `contained`: the corrections that the record has. Where others were made since, they are still
  // to be put into it.
  void set_summary(const std::string& path, const std::string& summary, int doubts,
                   const std::vector<Correction>& contained);

  // Keeps a decision and corrects by it, in one step. `record` is the document's as it stands, for
  // the first decision; `last`: the decision on this file after which it was made, 0 where there
  // was none. False, and nothing is kept, where another was made since or no record is there.
  bool decide(const Decision& decision, const std::string& record, long long last);
  // Takes a decision back: what was corrected before it is so again, or nothing is. As `decide`.
  bool undo(const Decision& decision, const std::string& who, long long last);
  // By id; of one file, or of all.
  std::vector<Decision> decisions(const std::string& path);
  std::vector<Decision> decisions();
  // Whether a decision can be taken back: not where the document has been read anew since.
  bool can_undo(const Decision& decision);
  // The file's record as it was before the first decision since it was read; empty where there was
  // none.
  std::string record_before_decisions(const std::string& path);

  // What is known of the register at `file`, newest first.
  std::vector<KnownRegister> registers(const std::string& file);
  // Of all files, newest first.
  std::vector<KnownRegister> registers();
  // Whole paths of those that were put in their places.
  std::vector<std::string> register_files();
  std::string bytes_of_register(const KnownRegister& known);
  // Of the file the last `most` stay known. Without `bytes` it has none.
  void remember_register(const std::string& file, const std::string& sha256, bool in_place,
                         const ByteSource& bytes, int most);

  // Of such a kind, whole paths of files that were written, in their order.
  std::vector<std::string> gathered_files(GatheredKind kind);
  void remember_gathered(GatheredKind kind, const std::string& file);

  void register_is_in_place(const std::string& file, const std::string& sha256);

  long long begin_run(int jobs, const std::string& version);
  void count_in_run(long long run, int pages, double seconds);
  void end_run(long long run);
  // Of runs at the same time one: from the first start to the last end, with all that is known.
  void join_runs();
  std::optional<LedgerRun> last_run();
  // Of the last `runs` runs.
  Pace pace(int runs);

 private:
  struct Impl;
  explicit Ledger(std::unique_ptr<Impl> impl);
  bool is_latest(const std::string& path, long long last);
  void put_correction(const std::string& path, const Correction& correction);
  std::unique_ptr<Impl> impl_;
};

// One process at a time works in a folder; the lock is gone with its process.
class FolderLock {
 public:
  // None where another holds it. Throws LedgerError where the folder cannot be written to.
  static std::optional<FolderLock> take(const std::filesystem::path& folder);
  // Whether it is still there under its name: the folder may have been removed or replaced.
  bool is_in_place() const;
  FolderLock(FolderLock&& other) noexcept;
  ~FolderLock();

 private:
  FolderLock(int descriptor, std::filesystem::path file)
      : descriptor_(descriptor), file_(std::move(file)) {}
  int descriptor_;
  std::filesystem::path file_;
};

}  // namespace vanban::pipeline
