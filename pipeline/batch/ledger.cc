#include "pipeline/batch/ledger.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <cerrno>
#include <cstring>
#include <set>
#include <utility>

#include "pipeline/input_file.h"
#include "pipeline/output_file.h"
#include "pipeline/record/secret.h"

namespace vanban::pipeline {
namespace {

namespace fs = std::filesystem;

// Raised with every change of the tables.
constexpr int kFormat = 4;

constexpr const char* kTables = R"(
CREATE TABLE facts(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE documents(
  path TEXT PRIMARY KEY,           -- below the folder of inputs
  stem TEXT NOT NULL UNIQUE,       -- what its results are called
  bytes INTEGER NOT NULL,
  modified_ns INTEGER NOT NULL,    -- since the epoch
  changed INTEGER NOT NULL DEFAULT 0,
  apart INTEGER NOT NULL DEFAULT 0,  -- 1: gone, 2: set aside
  state TEXT NOT NULL DEFAULT 'waiting',
  attempts INTEGER NOT NULL DEFAULT 0,
  code TEXT NOT NULL DEFAULT '',
  message TEXT NOT NULL DEFAULT '',
  sha256 TEXT NOT NULL DEFAULT '',
  version TEXT NOT NULL DEFAULT '',
  settings TEXT NOT NULL DEFAULT '',
  pages INTEGER NOT NULL DEFAULT 0,
  pages_unread INTEGER NOT NULL DEFAULT 0,
  doubts INTEGER NOT NULL DEFAULT 0,
  seconds REAL NOT NULL DEFAULT 0,
  finished TEXT NOT NULL DEFAULT ''); -- ISO 8601, UTC
-- Apart, so that a look at all documents need not pass over them.
CREATE TABLE summaries(path TEXT PRIMARY KEY, summary TEXT NOT NULL);
CREATE INDEX documents_by_state ON documents(state, path);
CREATE INDEX documents_by_sha256 ON documents(sha256);
CREATE TABLE runs(
  id INTEGER PRIMARY KEY, started TEXT NOT NULL, ended TEXT NOT NULL DEFAULT '',
  jobs INTEGER NOT NULL, version TEXT NOT NULL,
  documents INTEGER NOT NULL DEFAULT 0, pages INTEGER NOT NULL DEFAULT 0,
  seconds REAL NOT NULL DEFAULT 0);
)";

constexpr const char* kTablesOfCorrections = R"(
CREATE TABLE corrections(
  path TEXT NOT NULL,
  first_page INTEGER NOT NULL,     -- of the document in its file; 0: the first document
  field TEXT NOT NULL, value TEXT, corrected TEXT NOT NULL,
  PRIMARY KEY(path, first_page, field)) WITHOUT ROWID;
-- Documents whose record does not have its corrections yet.
CREATE TABLE to_correct(path TEXT PRIMARY KEY) WITHOUT ROWID;
-- Registers as they were written or last taken over, by their whole path.
CREATE TABLE registers(
  id INTEGER PRIMARY KEY, file TEXT NOT NULL, sha256 TEXT NOT NULL, bytes BLOB NOT NULL,
  in_place INTEGER NOT NULL,
  UNIQUE(file, sha256));
)";

// Before format 2 only the first document of a file could be corrected.
constexpr const char* kFromFormat1 = R"(
ALTER TABLE corrections RENAME TO corrections_before;
)";
constexpr const char* kFromFormat1Corrections = R"(
INSERT INTO corrections SELECT path, 0, field, value, corrected FROM corrections_before;
DROP TABLE corrections_before;
)";

// Before format 3 no file was apart.
constexpr const char* kFromFormat2 = R"(
ALTER TABLE documents ADD COLUMN apart INTEGER NOT NULL DEFAULT 0;
)";

// Before format 4 nobody decided before the page.
constexpr const char* kTablesOfDecisions = R"(
CREATE TABLE decisions(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  path TEXT NOT NULL, first_page INTEGER NOT NULL, field TEXT NOT NULL, value TEXT,
  kind TEXT NOT NULL, who TEXT NOT NULL, made TEXT NOT NULL,
  shown TEXT,                      -- the value that was decided about
  was_corrected INTEGER NOT NULL,  -- whether a correction stood there before, and which
  was TEXT,
  undone INTEGER NOT NULL DEFAULT 0);
CREATE INDEX decisions_by_path ON decisions(path);
-- Records before the first decision since they were read, deflated.
CREATE TABLE before_decisions(
  path TEXT PRIMARY KEY,
  last INTEGER NOT NULL,           -- the decision on the file before them; 0: none
  bytes INTEGER NOT NULL, record BLOB NOT NULL);
)";

constexpr const char* kColumns =
    "path, stem, bytes, modified_ns, changed, state, attempts, code, message, sha256, version, "
    "settings, pages, pages_unread, doubts, seconds, apart";

constexpr const char* kNow = "strftime('%Y-%m-%dT%H:%M:%SZ', 'now')";

DocumentState state_of(std::string_view name) {
  for (const DocumentState state : {DocumentState::Waiting, DocumentState::Running,
                                    DocumentState::Done, DocumentState::Partial})
    if (name_of(state) == name) return state;
  return DocumentState::Failed;
}

}  // namespace

std::string_view name_of(DocumentState state) {
  switch (state) {
    case DocumentState::Waiting: return "waiting";
    case DocumentState::Running: return "running";
    case DocumentState::Done: return "done";
    case DocumentState::Partial: return "partial";
    case DocumentState::Failed: return "failed";
  }
  return "failed";
}

std::string_view name_of(DecisionKind kind) {
  switch (kind) {
    case DecisionKind::Accept: return "accept";
    case DecisionKind::Value: return "value";
    case DecisionKind::Absent: return "absent";
    case DecisionKind::Undo: return "undo";
  }
  return "accept";
}

namespace {

DecisionKind kind_of_decision(std::string_view name) {
  for (const DecisionKind kind : {DecisionKind::Value, DecisionKind::Absent, DecisionKind::Undo})
    if (name_of(kind) == name) return kind;
  return DecisionKind::Accept;
}

std::string deflated(const std::string& bytes) {
  uLongf size = compressBound(bytes.size());
  std::string out(size, '\0');
  if (::compress2(reinterpret_cast<Bytef*>(out.data()), &size,
                  reinterpret_cast<const Bytef*>(bytes.data()), bytes.size(), Z_BEST_SPEED) != Z_OK)
    throw LedgerError("a record cannot be kept in the ledger");
  out.resize(size);
  return out;
}

std::string inflated(const std::string& bytes, std::size_t size) {
  std::string out(size, '\0');
  uLongf written = size;
  if (::uncompress(reinterpret_cast<Bytef*>(out.data()), &written,
                   reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()) != Z_OK ||
      written != size)
    throw LedgerError("the ledger is damaged: a record in it cannot be read");
  return out;
}

// A statement being run, its parameters bound one after another.
class Query {
 public:
  Query(sqlite3* database, sqlite3_stmt* statement) : database_(database), statement_(statement) {}
  ~Query() {
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
  }
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  Query& operator<<(const std::string& text) {
    sqlite3_bind_text(statement_, ++bound_, text.data(), static_cast<int>(text.size()),
                      SQLITE_TRANSIENT);
    return *this;
  }
  Query& operator<<(std::string_view text) { return *this << std::string(text); }
  Query& operator<<(long long number) {
    sqlite3_bind_int64(statement_, ++bound_, number);
    return *this;
  }
  Query& operator<<(double number) {
    sqlite3_bind_double(statement_, ++bound_, number);
    return *this;
  }
  Query& blob(const std::string& bytes) {
    sqlite3_bind_blob64(statement_, ++bound_, bytes.data(), bytes.size(), SQLITE_TRANSIENT);
    return *this;
  }
  Query& operator<<(const std::optional<std::string>& text) {
    if (text) return *this << *text;
    sqlite3_bind_null(statement_, ++bound_);
    return *this;
  }

  // True where there is a row.
  bool step() {
    const int result = sqlite3_step(statement_);
    if (result != SQLITE_ROW && result != SQLITE_DONE)
      throw LedgerError(std::string("the ledger cannot be used: ") + sqlite3_errmsg(database_));
    return result == SQLITE_ROW;
  }
  void run() {
    while (step()) {
    }
  }
  // Of a blob its bytes.
  std::string text(int column) const {
    const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    return bytes == nullptr
               ? ""
               : std::string(bytes,
                             static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)));
  }
  bool is_null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
  long long integer(int column) const { return sqlite3_column_int64(statement_, column); }
  double real(int column) const { return sqlite3_column_double(statement_, column); }

 private:
  sqlite3* database_;
  sqlite3_stmt* statement_;
  int bound_ = 0;
};

// A condition on rows of documents; the first part of it finds them without a look at all.
const std::string& is_withheld_row() {
  static const std::string condition = "(path BETWEEN '" + withheld_name("0") + "' AND '" +
                                       withheld_name("g") + "' AND path = '" + withheld_name("") +
                                       "' || sha256)";
  return condition;
}

bool stands_withheld(const LedgerEntry& entry) { return entry.path == withheld_name(entry.sha256); }

// What is read from disk is not to lead out of the folders.
void require_below(const std::string& path) {
  bool is_below = !path.empty() && path.find('\0') == std::string::npos;
  for (const fs::path& part : fs::path(path))
    is_below = is_below && part != ".." && part != "/" && part != ".";
  if (!is_below)
    throw LedgerError("the ledger is damaged: " + path +
                      " is no path below a folder; restore it from a copy, or choose another "
                      "output folder");
}

LedgerEntry entry_of(const Query& row) {
  LedgerEntry out;
  out.path = row.text(0);
  out.stem = row.text(1);
  require_below(out.path);
  require_below(out.stem);
  out.bytes = static_cast<std::uint64_t>(row.integer(2));
  out.modified_ns = row.integer(3);
  out.changed = row.integer(4) != 0;
  out.state = state_of(row.text(5));
  out.attempts = static_cast<int>(row.integer(6));
  out.code = row.text(7);
  out.message = row.text(8);
  out.sha256 = row.text(9);
  out.version = row.text(10);
  out.settings = row.text(11);
  out.pages = static_cast<int>(row.integer(12));
  out.pages_unread = static_cast<int>(row.integer(13));
  out.doubts = static_cast<int>(row.integer(14));
  out.seconds = row.real(15);
  out.apart = static_cast<Apart>(row.integer(16));
  return out;
}

// The address by which SQLite opens a file that nobody changes.
std::string address_of_copy(const fs::path& file) {
  std::string out = "file:";
  for (const char c : fs::absolute(file).string())
    if (c == '%' || c == '?' || c == '#')
      out += c == '%' ? "%25" : c == '?' ? "%3f" : "%23";
    else
      out += c;
  return out + "?immutable=1";
}

// All or nothing of what is done while it lives; nothing, unless it is committed.
class Transaction {
 public:
  explicit Transaction(sqlite3* database) : database_(database) { execute("BEGIN IMMEDIATE"); }
  ~Transaction() {
    if (!committed_) sqlite3_exec(database_, "ROLLBACK", nullptr, nullptr, nullptr);
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit() {
    execute("COMMIT");
    committed_ = true;
  }

 private:
  void execute(const char* sql) {
    if (sqlite3_exec(database_, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
      throw LedgerError(std::string("the ledger cannot be written: ") + sqlite3_errmsg(database_));
  }

  sqlite3* database_;
  bool committed_ = false;
};

}  // namespace

struct Ledger::Impl {
  sqlite3* database = nullptr;
  std::map<std::string, sqlite3_stmt*> statements;  // by their SQL, made once
  fs::path file;

  ~Impl() {
    for (const auto& [sql, statement] : statements) sqlite3_finalize(statement);
    sqlite3_close(database);
  }

  [[noreturn]] void fail() const {
    throw LedgerError("the ledger " + file.string() + ": " + sqlite3_errmsg(database));
  }

  void execute(const char* sql) {
    if (sqlite3_exec(database, sql, nullptr, nullptr, nullptr) != SQLITE_OK) fail();
  }

  sqlite3_stmt* prepared(const std::string& sql) {
    sqlite3_stmt*& statement = statements[sql];
    if (statement == nullptr &&
        sqlite3_prepare_v2(database, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK)
      fail();
    return statement;
  }

  Query query(const std::string& sql) { return Query(database, prepared(sql)); }

  // Of a blob as large as `bytes`.
  void fill(const char* table, const char* column, long long row, const ByteSource& bytes) const {
    constexpr std::size_t kPiece = 1 << 20;
    sqlite3_blob* blob = nullptr;
    if (bytes.size == 0) return;
    if (sqlite3_blob_open(database, "main", table, column, row, 1, &blob) != SQLITE_OK) fail();
    int result = SQLITE_OK;
    for (std::uint64_t at = 0; result == SQLITE_OK && at < bytes.size;) {
      const std::string piece = bytes.read(at, kPiece);
      result = sqlite3_blob_write(blob, piece.data(), static_cast<int>(piece.size()),
                                  static_cast<int>(at));
      at += piece.size();
    }
    sqlite3_blob_close(blob);
    if (result != SQLITE_OK) fail();
  }
};

Ledger::Ledger(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Ledger::Ledger(Ledger&&) noexcept = default;
Ledger::~Ledger() = default;

Ledger Ledger::open(const fs::path& file) {
  auto impl = std::make_unique<Impl>();
  impl->file = file;
  // Copies are attached by addresses.
  if (sqlite3_open_v2(fs::absolute(file).c_str(), &impl->database,
                      SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_URI,
                      nullptr) != SQLITE_OK)
    impl->fail();
  // Longer than any copy of the ledger is made in; a run of hours is not given up sooner.
  constexpr int kPatienceMs = 600'000;
  sqlite3_busy_timeout(impl->database, kPatienceMs);
  // A commit outlives the process; of a power cut it may lose the last ones, which are then done
  // again, but it is never torn.
  impl->execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
  Ledger ledger(std::move(impl));
  const auto stated_format = [&] {
    Query query(ledger.impl_->database, ledger.impl_->prepared("PRAGMA user_version"));
    return query.step() ? static_cast<int>(query.integer(0)) : 0;
  };
  // Who only reads waits for no one who writes.
  if (stated_format() == kFormat) return ledger;
  Transaction transaction(ledger.impl_->database);
  const int format = stated_format();
  if (format > kFormat)
    throw LedgerError("the ledger " + file.string() +
                      " was made by a newer version of vanban; use that one, or choose another "
                      "output folder");
  if (format < kFormat) {
    if (format == 0) ledger.impl_->execute(kTables);
    if (format == 1) ledger.impl_->execute(kFromFormat1);
    if (format < 2) ledger.impl_->execute(kTablesOfCorrections);
    if (format == 1) ledger.impl_->execute(kFromFormat1Corrections);
    if (format > 0 && format < 3) ledger.impl_->execute(kFromFormat2);
    ledger.impl_->execute(kTablesOfDecisions);
    ledger.impl_->execute(("PRAGMA user_version = " + std::to_string(kFormat)).c_str());
  }
  transaction.commit();
  return ledger;
}

Ledger Ledger::open_existing(const fs::path& file) {
  if (!fs::exists(file))
    throw LedgerError("there is no ledger " + file.string() +
                      "; name the output folder of a batch");
  return open(file);
}

fs::path Ledger::folder() const { return impl_->file.parent_path(); }
Ledger Ledger::open_copy(const fs::path& file) {
  auto impl = std::make_unique<Impl>();
  impl->file = file;
  if (sqlite3_open_v2(address_of_copy(file).c_str(), &impl->database,
                      SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, nullptr) != SQLITE_OK)
    impl->fail();
  Ledger ledger(std::move(impl));
  Query query = ledger.impl_->query("PRAGMA user_version");
  if (!query.step() || query.integer(0) != kFormat)
    throw LedgerError("the ledger " + file.string() +
                      " was made by another version of vanban; read that part again");
  return ledger;
}

void Ledger::save_copy(const fs::path& file, const fs::path& scratch) {
  const fs::path whole = scratch / "copy.sqlite";
  fs::remove(whole);
  (impl_->query("VACUUM INTO ?") << whole.string()).run();
  OutputFile out(file);
  out.write(read_file(whole));
  out.commit();
  fs::remove(whole);
}

int Ledger::absorb(const fs::path& copy) {
  open_copy(copy);  // throws where it is none
  (impl_->query("ATTACH ? AS other") << address_of_copy(copy)).run();
  int count = 0;
  try {
    Transaction transaction(impl_->database);
    impl_->execute(
        "CREATE TEMP TABLE newer(path TEXT PRIMARY KEY) WITHOUT ROWID;"
        "INSERT INTO newer SELECT theirs.path FROM other.documents AS theirs LEFT JOIN "
        "main.documents AS ours USING(path) WHERE ours.path IS NULL OR "
        "theirs.finished > ours.finished");
    count = sqlite3_changes(impl_->database);
    const std::string columns = std::string(kColumns) + ", finished";
    impl_->execute(
        ("DELETE FROM main.documents WHERE path IN newer;"
         "INSERT INTO main.documents(" +
         columns + ") SELECT " + columns +
         " FROM other.documents WHERE path IN newer;"
         "UPDATE main.documents SET state = 'waiting' WHERE state = 'running' AND path IN newer;"
         "INSERT OR REPLACE INTO main.summaries SELECT * FROM other.summaries WHERE path IN newer;"
         "CREATE TEMP TABLE dropped AS SELECT path FROM main.documents WHERE NOT " +
         is_withheld_row() + " AND sha256 IN (SELECT sha256 FROM other.documents WHERE " +
         is_withheld_row() +
         " AND path IN newer) UNION ALL SELECT path FROM main.documents AS ours WHERE " +
         is_withheld_row() +
         " AND EXISTS (SELECT 1 FROM other.documents AS theirs WHERE theirs.sha256 = ours.sha256 "
         "AND "
         "theirs.state IN ('done', 'partial') AND theirs.path IN newer);"
         "DELETE FROM main.documents WHERE path IN dropped;"
         "DELETE FROM main.summaries WHERE path IN dropped;"
         "DROP TABLE dropped;"
         "INSERT OR IGNORE INTO main.to_correct SELECT DISTINCT path FROM main.corrections WHERE "
         "path IN newer AND path IN (SELECT path FROM main.documents WHERE state IN "
         "('done', 'partial'));"
         "INSERT OR IGNORE INTO main.facts SELECT * FROM other.facts")
            .c_str());
    if (count > 0)
      impl_->execute(
          "INSERT INTO main.runs(started, ended, jobs, version, documents, pages, seconds) "
          "SELECT min(started), max(ended), max(jobs), max(version), sum(documents), sum(pages), "
          "sum(seconds) FROM other.runs HAVING count(*) > 0");
    impl_->execute("DROP TABLE newer");
    transaction.commit();
  } catch (const LedgerError&) {
    sqlite3_exec(impl_->database, "DETACH other", nullptr, nullptr, nullptr);
    throw;
  }
  impl_->execute("DETACH other");
  return count;
}

void Ledger::bind_to(const fs::path& inputs) {
  const std::string wanted = fs::canonical(inputs).string();
  Transaction transaction(impl_->database);
  (impl_->query("INSERT OR IGNORE INTO facts VALUES('inputs', ?)") << wanted).run();
  Query query = impl_->query("SELECT value FROM facts WHERE name = 'inputs'");
  if (query.step() && query.text(0) != wanted)
    throw LedgerError("this output folder belongs to the scans in " + query.text(0) +
                      "; choose another one");
  transaction.commit();
}

fs::path Ledger::input_folder() {
  Query query = impl_->query("SELECT value FROM facts WHERE name = 'inputs'");
  return query.step() ? query.text(0) : "";
}

Language Ledger::language() {
  Query query = impl_->query("SELECT value FROM facts WHERE name = 'language'");
  return (query.step() ? language_named(query.text(0)) : std::nullopt).value_or(Language::English);
}

void Ledger::keep_language(Language language, bool always) {
  (impl_->query(std::string("INSERT OR ") + (always ? "REPLACE" : "IGNORE") +
                " INTO facts VALUES('language', ?)")
   << std::string(pipeline::name_of(language)))
      .run();
}

void Ledger::add(const std::vector<InputFile>& files,
                 const std::function<bool(const LedgerEntry&)>& is_same) {
  Transaction transaction(impl_->database);
  std::map<std::string, LedgerEntry> known;
  std::set<std::string> taken;
  for_each([&](const LedgerEntry& entry) {
    taken.insert(entry.stem);
    known[entry.path] = entry;
  });
  std::vector<const InputFile*> added;
  std::vector<std::string> paths;
  for (const InputFile& file : files) {
    const auto entry = known.find(file.path);
    if (entry == known.end()) {
      added.push_back(&file);
      if (file.stem.empty())
        paths.push_back(file.path);
      else
        taken.insert(file.stem);
      continue;
    }
    const LedgerEntry& was = entry->second;
    if (was.bytes == file.bytes && was.modified_ns == file.modified_ns) continue;
    if (was.state == DocumentState::Running) continue;  // seen once it is finished
    const bool read = was.state == DocumentState::Done || was.state == DocumentState::Partial;
    const bool same = read && was.bytes == file.bytes && is_same(was);
    (impl_->query(
         "UPDATE documents SET bytes = ?, modified_ns = ?, changed = ?, state = ?, apart = 0 WHERE "
         "path = ?")
     << static_cast<long long>(file.bytes) << static_cast<long long>(file.modified_ns)
     << static_cast<long long>(read && !same) << name_of(read ? was.state : DocumentState::Waiting)
     << file.path)
        .run();
  }
  const std::vector<std::string> stems = output_stems(paths, taken);
  auto stem = stems.begin();
  for (const InputFile* file : added)
    (impl_->query("INSERT INTO documents(path, stem, bytes, modified_ns) VALUES(?, ?, ?, ?)")
     << file->path << (file->stem.empty() ? *stem++ : file->stem)
     << static_cast<long long>(file->bytes) << static_cast<long long>(file->modified_ns))
        .run();
  transaction.commit();
}

void Ledger::mark_gone(const std::vector<InputFile>& files) {
  std::set<std::string> there;
  for (const InputFile& file : files) there.insert(file.path);
  Transaction transaction(impl_->database);
  std::vector<std::pair<std::string, Apart>> moves;
  for_each([&](const LedgerEntry& entry) {
    const bool is_there = there.contains(entry.path) || stands_withheld(entry);
    if (entry.apart == Apart::No && !is_there) moves.emplace_back(entry.path, Apart::Gone);
    if (entry.apart == Apart::Gone && is_there) moves.emplace_back(entry.path, Apart::No);
  });
  for (const auto& [path, apart] : moves)
    (impl_->query("UPDATE documents SET apart = ? WHERE path = ?")
     << static_cast<long long>(apart) << path)
        .run();
  transaction.commit();
}

bool Ledger::set_aside(const std::string& path) {
  (impl_->query("UPDATE documents SET apart = ? WHERE path = ?")
   << static_cast<long long>(Apart::Aside) << path)
      .run();
  return sqlite3_changes(impl_->database) > 0;
}

std::vector<LedgerEntry> Ledger::take_back_running() {
  Transaction transaction(impl_->database);
  std::vector<LedgerEntry> out;
  {
    Query query =
        impl_->query(std::string("SELECT ") + kColumns + " FROM documents WHERE state = 'running'");
    while (query.step()) out.push_back(entry_of(query));
  }
  impl_->query("UPDATE documents SET state = 'waiting' WHERE state = 'running'").run();
  transaction.commit();
  return out;
}

int Ledger::redo(Redo what, const std::string& version, const std::string& settings) {
  switch (what) {
    case Redo::Nothing: return 0;
    case Redo::Unreachable:
      for (const ErrorKind kind : {ErrorKind::NotReadable, ErrorKind::Access})
        (impl_->query("UPDATE documents SET state = 'waiting' WHERE state = 'failed' AND code = ?")
         << vanban::name_of(kind))
            .run();
      break;
    case Redo::Failed:
      impl_->query("DELETE FROM documents WHERE " + is_withheld_row()).run();
      impl_
          ->query(
              "UPDATE documents SET state = 'waiting' WHERE state IN ('failed', 'partial') AND NOT "
              "apart")
          .run();
      break;
    case Redo::Changed:
      (impl_->query("DELETE FROM documents WHERE " + is_withheld_row() +
                    " AND (version <> ? OR settings <> ?)")
       << version << settings)
          .run();
      (impl_->query(
           "UPDATE documents SET state = 'waiting' WHERE state IN ('done', 'partial', 'failed') "
           "AND NOT apart AND (changed OR version <> ? OR settings <> ?)")
       << version << settings)
          .run();
      break;
    case Redo::All:
      impl_->query("DELETE FROM documents WHERE " + is_withheld_row()).run();
      impl_->query("UPDATE documents SET state = 'waiting' WHERE state <> 'running' AND NOT apart")
          .run();
      break;
  }
  return sqlite3_changes(impl_->database);
}

int Ledger::count_ways() {
  Query query = impl_->query(
      "SELECT count(*) FROM (SELECT DISTINCT version, settings FROM documents WHERE state IN "
      "('done', 'partial'))");
  return query.step() ? static_cast<int>(query.integer(0)) : 0;
}

int Ledger::count_otherwise_read(const std::string& version, const std::string& settings) {
  Query query = impl_->query(
      "SELECT count(*) FROM documents WHERE state IN ('done', 'partial') AND NOT apart AND "
      "(version "
      "<> ? OR settings <> ?)");
  query << version << settings;
  return query.step() ? static_cast<int>(query.integer(0)) : 0;
}

std::optional<LedgerEntry> Ledger::next() {
  std::optional<LedgerEntry> out;
  {
    Query query =
        impl_->query(std::string("SELECT ") + kColumns +
                     " FROM documents WHERE state = 'waiting' AND NOT apart ORDER BY path LIMIT 1");
    if (query.step()) out = entry_of(query);
  }
  if (!out) return out;
  (impl_->query("UPDATE documents SET state = 'running' WHERE path = ?") << out->path).run();
  out->state = DocumentState::Running;
  return out;
}

void Ledger::finish(const LedgerEntry& entry) {
  Transaction transaction(impl_->database);
  (impl_->query(std::string("UPDATE documents SET state = ?, changed = 0, attempts = ?, code = ?, "
                            "message = ?, sha256 = ?, version = ?, settings = ?, pages = ?, "
                            "pages_unread = ?, doubts = ?, seconds = ?, finished = ") +
                kNow + " WHERE path = ?")
   << name_of(entry.state) << static_cast<long long>(entry.attempts) << entry.code << entry.message
   << entry.sha256 << entry.version << entry.settings << static_cast<long long>(entry.pages)
   << static_cast<long long>(entry.pages_unread) << static_cast<long long>(entry.doubts)
   << entry.seconds << entry.path)
      .run();
  (impl_->query("INSERT OR REPLACE INTO summaries VALUES(?, ?)") << entry.path << entry.summary)
      .run();
  (impl_->query("DELETE FROM to_correct WHERE path = ?") << entry.path).run();
  (impl_->query("DELETE FROM before_decisions WHERE path = ?") << entry.path).run();
  transaction.commit();
}

void Ledger::release(const std::string& path) {
  (impl_->query("UPDATE documents SET state = 'waiting' WHERE path = ?") << path).run();
}

void Ledger::forget(const std::string& path) {
  Transaction transaction(impl_->database);
  (impl_->query("DELETE FROM documents WHERE path = ?") << path).run();
  (impl_->query("DELETE FROM summaries WHERE path = ?") << path).run();
  transaction.commit();
}

void Ledger::withhold(const LedgerEntry& entry) {
  const std::string name = withheld_name(entry.sha256);
  Transaction transaction(impl_->database);
  for (const char* table :
       {"documents", "summaries", "corrections", "to_correct", "decisions", "before_decisions"})
    (impl_->query(std::string("DELETE FROM ") + table + " WHERE path = ?") << entry.path).run();
  (impl_->query(std::string("INSERT OR REPLACE INTO documents(path, stem, bytes, modified_ns, "
                            "state, code, message, sha256, version, settings, finished) "
                            "VALUES(?, ?, 0, 0, ?, ?, ?, ?, ?, ?, ") +
                kNow + ")")
   << name << name << name_of(DocumentState::Failed) << kSecret << entry.message << entry.sha256
   << entry.version << entry.settings)
      .run();
  transaction.commit();
}

bool Ledger::is_withheld(const std::string& sha256) {
  Query query = impl_->query("SELECT 1 FROM documents WHERE path = ?");
  query << withheld_name(sha256);
  return query.step();
}

std::map<std::string, int> Ledger::withheld() {
  std::map<std::string, int> out;
  Query query = impl_->query("SELECT message, count(*) FROM documents WHERE " + is_withheld_row() +
                             " GROUP BY message");
  while (query.step()) out[query.text(0)] = static_cast<int>(query.integer(1));
  return out;
}

LedgerCounts Ledger::counts() {
  LedgerCounts out;
  Query apart = impl_->query("SELECT apart, count(*) FROM documents WHERE apart GROUP BY apart");
  while (apart.step())
    (static_cast<Apart>(apart.integer(0)) == Apart::Gone ? out.gone : out.aside) =
        static_cast<int>(apart.integer(1));
  Query query = impl_->query(
      "SELECT state, count(*), sum(doubts > 0), sum(changed), sum(pages) FROM documents WHERE NOT "
      "apart GROUP BY state");
  while (query.step()) {
    const int count = static_cast<int>(query.integer(1));
    const DocumentState state = state_of(query.text(0));
    out.changed += static_cast<int>(query.integer(3));
    switch (state) {
      case DocumentState::Waiting: out.waiting = count; continue;
      case DocumentState::Running: out.running = count; continue;
      case DocumentState::Failed: out.failed = count; continue;
      case DocumentState::Done: out.done = count; break;
      case DocumentState::Partial: out.partial = count; break;
    }
    out.to_review += static_cast<int>(query.integer(2));
    out.pages += query.integer(4);
  }
  return out;
}

std::optional<LedgerEntry> Ledger::find(const std::string& path) {
  Query query = impl_->query(std::string("SELECT ") + kColumns + " FROM documents WHERE path = ?");
  query << path;
  return query.step() ? std::optional(entry_of(query)) : std::nullopt;
}

void Ledger::for_each(const std::function<void(const LedgerEntry&)>& callback) {
  Query query = impl_->query(std::string("SELECT ") + kColumns + " FROM documents ORDER BY path");
  while (query.step()) callback(entry_of(query));
}

std::string Ledger::summary(const std::string& path) {
  Query query = impl_->query("SELECT summary FROM summaries WHERE path = ?");
  query << path;
  return query.step() ? query.text(0) : "";
}

std::optional<LedgerEntry> Ledger::read_before(const std::string& sha256,
                                               const std::string& version,
                                               const std::string& settings) {
  Query query =
      impl_->query(std::string("SELECT ") + kColumns +
                   " FROM documents WHERE sha256 = ? AND state = 'done' AND version = ? AND "
                   "settings = ? AND NOT changed ORDER BY path LIMIT 1");
  query << sha256 << version << settings;
  return query.step() ? std::optional(entry_of(query)) : std::nullopt;
}

std::vector<LedgerEntry> Ledger::with_bytes(const std::string& sha256) {
  std::vector<LedgerEntry> out;
  Query query = impl_->query(std::string("SELECT ") + kColumns +
                             " FROM documents WHERE sha256 = ? ORDER BY path");
  query << sha256;
  while (query.step()) out.push_back(entry_of(query));
  return out;
}

std::vector<std::vector<std::string>> Ledger::same_bytes() {
  std::vector<std::vector<std::string>> out;
  Query query = impl_->query(
      "SELECT sha256, path FROM documents WHERE sha256 IN (SELECT sha256 FROM documents WHERE "
      "sha256 <> '' GROUP BY sha256 HAVING count(*) > 1) ORDER BY sha256, path");
  std::string last;
  while (query.step()) {
    if (query.text(0) != last) out.emplace_back();
    last = query.text(0);
    out.back().push_back(query.text(1));
  }
  return out;
}

void Ledger::inherit_corrections(const std::string& path, const std::string& sha256,
                                 const std::function<bool(const LedgerEntry&)>& is_gone) {
  for (const LedgerEntry& was : with_bytes(sha256))
    if (was.path != path && is_gone(was))
      (impl_->query("INSERT OR IGNORE INTO corrections SELECT ?, first_page, field, value, "
                    "corrected FROM corrections WHERE path = ?")
       << path << was.path)
          .run();
}

void Ledger::put_correction(const std::string& path, const Correction& correction) {
  (impl_->query(std::string("INSERT OR REPLACE INTO corrections VALUES(?, ?, ?, ?, ") + kNow + ")")
   << path << static_cast<long long>(correction.first_page) << correction.field << correction.value)
      .run();
}

void Ledger::correct(const std::string& path, const std::vector<Correction>& corrections) {
  Transaction transaction(impl_->database);
  for (const Correction& correction : corrections) put_correction(path, correction);
  (impl_->query("INSERT OR IGNORE INTO to_correct VALUES(?)") << path).run();
  transaction.commit();
}

std::vector<Correction> Ledger::corrections(const std::string& path) {
  std::vector<Correction> out;
  Query query = impl_->query(
      "SELECT field, value, first_page FROM corrections WHERE path = ? ORDER BY first_page, field");
  query << path;
  while (query.step())
    out.push_back({query.text(0), query.is_null(1) ? std::nullopt : std::optional(query.text(1)),
                   static_cast<int>(query.integer(2))});
  return out;
}

std::vector<std::string> Ledger::corrected_paths() {
  std::vector<std::string> out;
  Query query = impl_->query("SELECT DISTINCT path FROM corrections ORDER BY path");
  while (query.step()) out.push_back(query.text(0));
  return out;
}

std::vector<std::string> Ledger::paths_to_correct() {
  std::vector<std::string> out;
  Query query = impl_->query("SELECT path FROM to_correct ORDER BY path");
  while (query.step()) out.push_back(query.text(0));
  return out;
}

void Ledger::set_summary(const std::string& path, const std::string& summary, int doubts,
                         const std::vector<Correction>& contained) {
  Transaction transaction(impl_->database);
  (impl_->query("UPDATE documents SET doubts = ? WHERE path = ?")
   << static_cast<long long>(doubts) << path)
      .run();
  (impl_->query("INSERT OR REPLACE INTO summaries VALUES(?, ?)") << path << summary).run();
  if (corrections(path) == contained)
    (impl_->query("DELETE FROM to_correct WHERE path = ?") << path).run();
  transaction.commit();
}

namespace {

constexpr const char* kDecisionColumns =
    "id, path, first_page, field, value, kind, who, made, shown, undone";

std::optional<std::string> optional_text(const Query& row, int column) {
  return row.is_null(column) ? std::nullopt : std::optional(row.text(column));
}

Decision decision_of(const Query& row) {
  return {row.integer(0),
          row.text(1),
          {row.text(3), optional_text(row, 4), static_cast<int>(row.integer(2))},
          kind_of_decision(row.text(5)),
          row.text(6),
          row.text(7),
          optional_text(row, 8),
          row.integer(9) != 0};
}

}  // namespace

// To be called within a transaction. Whether the file has a record, and `last` is the last decision
// on it.
bool Ledger::is_latest(const std::string& path, long long last) {
  Query query = impl_->query(
      "SELECT (SELECT coalesce(max(id), 0) FROM decisions WHERE path = documents.path) FROM "
      "documents WHERE path = ? AND state IN ('done', 'partial')");
  query << path;
  return query.step() && query.integer(0) == last;
}

bool Ledger::decide(const Decision& decision, const std::string& record, long long last) {
  const Correction& correction = decision.correction;
  const auto first_page = static_cast<long long>(correction.first_page);
  Transaction transaction(impl_->database);
  if (!is_latest(decision.path, last)) return false;
  (impl_->query("INSERT OR IGNORE INTO before_decisions VALUES(?, ?, ?, ?)")
   << decision.path << last << static_cast<long long>(record.size()))
      .blob(deflated(record))
      .run();
  (impl_->query(
       std::string("INSERT INTO decisions(path, first_page, field, value, kind, who, made, "
                   "shown, was_corrected, was) SELECT ?, ?, ?, ?, ?, ?, ") +
       kNow +
       ", ?, count(*), max(value) FROM corrections WHERE path = ? AND first_page = "
       "? AND field = ?")
   << decision.path << first_page << correction.field << correction.value << name_of(decision.kind)
   << decision.who << decision.shown << decision.path << first_page << correction.field)
      .run();
  put_correction(decision.path, correction);
  (impl_->query("INSERT OR IGNORE INTO to_correct VALUES(?)") << decision.path).run();
  transaction.commit();
  return true;
}

bool Ledger::undo(const Decision& decision, const std::string& who, long long last) {
  const Correction& correction = decision.correction;
  const auto first_page = static_cast<long long>(correction.first_page);
  Transaction transaction(impl_->database);
  if (!is_latest(decision.path, last) || !can_undo(decision)) return false;
  Correction before = correction;
  bool was_corrected = false;
  {
    Query query = impl_->query("SELECT was_corrected, was FROM decisions WHERE id = ?");
    query << decision.id;
    if (!query.step()) return false;
    was_corrected = query.integer(0) != 0;
    before.value = optional_text(query, 1);
  }
  (impl_->query("UPDATE decisions SET undone = 1 WHERE id = ?") << decision.id).run();
  (impl_->query(
       std::string("INSERT INTO decisions(path, first_page, field, value, kind, who, made, "
                   "shown, was_corrected) VALUES(?, ?, ?, ?, 'undo', ?, ") +
       kNow + ", ?, 1)")
   << decision.path << first_page << correction.field << before.value << who << correction.value)
      .run();
  if (was_corrected)
    put_correction(decision.path, before);
  else
    (impl_->query("DELETE FROM corrections WHERE path = ? AND first_page = ? AND field = ?")
     << decision.path << first_page << correction.field)
        .run();
  (impl_->query("INSERT OR IGNORE INTO to_correct VALUES(?)") << decision.path).run();
  transaction.commit();
  return true;
}

std::vector<Decision> Ledger::decisions(const std::string& path) {
  std::vector<Decision> out;
  Query query = impl_->query(std::string("SELECT ") + kDecisionColumns +
                             " FROM decisions WHERE path = ? ORDER BY id");
  query << path;
  while (query.step()) out.push_back(decision_of(query));
  return out;
}

std::vector<Decision> Ledger::decisions() {
  std::vector<Decision> out;
  Query query =
      impl_->query(std::string("SELECT ") + kDecisionColumns + " FROM decisions ORDER BY id");
  while (query.step()) out.push_back(decision_of(query));
  return out;
}

bool Ledger::can_undo(const Decision& decision) {
  if (decision.undone || decision.kind == DecisionKind::Undo) return false;
  Query query = impl_->query("SELECT 1 FROM before_decisions WHERE path = ? AND last < ?");
  query << decision.path << decision.id;
  return query.step();
}

std::string Ledger::record_before_decisions(const std::string& path) {
  Query query = impl_->query("SELECT bytes, record FROM before_decisions WHERE path = ?");
  query << path;
  if (!query.step()) return "";
  return inflated(query.text(1), static_cast<std::size_t>(query.integer(0)));
}

namespace {

constexpr const char* kRegisterColumns =
    "SELECT id, sha256, in_place, length(bytes) FROM registers";

std::vector<KnownRegister> registers_of(Query& query) {
  std::vector<KnownRegister> out;
  while (query.step())
    out.push_back({query.integer(0), query.text(1), query.integer(2) != 0, query.integer(3) > 0});
  return out;
}

}  // namespace

std::vector<KnownRegister> Ledger::registers(const std::string& file) {
  Query query = impl_->query(std::string(kRegisterColumns) + " WHERE file = ? ORDER BY id DESC");
  query << file;
  return registers_of(query);
}

std::vector<KnownRegister> Ledger::registers() {
  Query query = impl_->query(std::string(kRegisterColumns) + " ORDER BY id DESC");
  return registers_of(query);
}

std::string Ledger::bytes_of_register(const KnownRegister& known) {
  Query query = impl_->query("SELECT bytes FROM registers WHERE id = ?");
  query << known.id;
  return query.step() ? query.text(0) : "";
}

std::vector<std::string> Ledger::register_files() {
  std::vector<std::string> out;
  Query query = impl_->query("SELECT DISTINCT file FROM registers WHERE in_place ORDER BY file");
  while (query.step()) out.push_back(query.text(0));
  return out;
}

void Ledger::remember_register(const std::string& file, const std::string& sha256, bool in_place,
                               const ByteSource& bytes, int most) {
  Transaction transaction(impl_->database);
  // Written anew where it is known, so that it is the newest.
  (impl_->query("INSERT OR REPLACE INTO registers(file, sha256, in_place, bytes) VALUES(?, ?, ?, "
                "zeroblob(?))")
   << file << sha256 << static_cast<long long>(in_place) << static_cast<long long>(bytes.size))
      .run();
  impl_->fill("registers", "bytes", sqlite3_last_insert_rowid(impl_->database), bytes);
  (impl_->query(
       "DELETE FROM registers WHERE file = ? AND id NOT IN (SELECT id FROM registers WHERE "
       "file = ? ORDER BY id DESC LIMIT ?)")
   << file << file << static_cast<long long>(most))
      .run();
  transaction.commit();
}

namespace {

// What comes before a file's path in the name of a fact.
std::string beginning_of_fact(GatheredKind kind) {
  return kind == GatheredKind::Records ? "records in " : "figures in ";
}

}  // namespace

std::vector<std::string> Ledger::gathered_files(GatheredKind kind) {
  const std::string beginning = beginning_of_fact(kind);
  std::vector<std::string> out;
  Query query = impl_->query("SELECT name FROM facts WHERE substr(name, 1, ?) = ? ORDER BY name");
  query << static_cast<long long>(beginning.size()) << beginning;
  while (query.step()) out.push_back(query.text(0).substr(beginning.size()));
  return out;
}

void Ledger::remember_gathered(GatheredKind kind, const std::string& file) {
  (impl_->query("INSERT OR IGNORE INTO facts VALUES(?, '')") << beginning_of_fact(kind) + file)
      .run();
}

long long Ledger::begin_run(int jobs, const std::string& version) {
  (impl_->query(std::string("INSERT INTO runs(started, jobs, version) VALUES(") + kNow + ", ?, ?)")
   << static_cast<long long>(jobs) << version)
      .run();
  return sqlite3_last_insert_rowid(impl_->database);
}

void Ledger::count_in_run(long long run, int pages, double seconds) {
  (impl_->query(
       "UPDATE runs SET documents = documents + 1, pages = pages + ?, seconds = ? WHERE id = ?")
   << static_cast<long long>(pages) << seconds << run)
      .run();
}

void Ledger::end_run(long long run) {
  (impl_->query(std::string("UPDATE runs SET ended = ") + kNow + " WHERE id = ?") << run).run();
}

void Ledger::join_runs() {
  Transaction transaction(impl_->database);
  impl_->execute(
      "CREATE TEMP TABLE joined AS SELECT min(started) AS started, max(ended) AS ended, sum(jobs) "
      "AS "
      "jobs, max(version) AS version FROM runs WHERE ended <> '';"
      "DELETE FROM runs;"
      "INSERT INTO runs(started, ended, jobs, version, documents, pages, seconds) "
      "SELECT started, ended, jobs, version, (SELECT count(*) FROM documents WHERE state IN "
      "('done', 'partial', 'failed')), (SELECT coalesce(sum(pages), 0) FROM documents WHERE state "
      "IN ('done', 'partial')), (julianday(ended) - julianday(started)) * 86400 FROM joined WHERE "
      "started IS NOT NULL;"
      "DROP TABLE joined");
  transaction.commit();
}

std::optional<LedgerRun> Ledger::last_run() {
  Query query = impl_->query(
      "SELECT started, ended, jobs, documents, pages, seconds FROM runs ORDER BY id DESC LIMIT 1");
  if (!query.step()) return std::nullopt;
  return LedgerRun{query.text(0),    query.text(1),    static_cast<int>(query.integer(2)),
                   query.integer(3), query.integer(4), query.real(5)};
}

Pace Ledger::pace(int runs) {
  Query query = impl_->query(
      "SELECT sum(documents), sum(seconds * jobs) FROM "
      "(SELECT documents, seconds, jobs FROM runs ORDER BY id DESC LIMIT ?)");
  query << static_cast<long long>(runs);
  query.step();
  return {query.integer(0), query.real(1)};
}

void Ledger::register_is_in_place(const std::string& file, const std::string& sha256) {
  (impl_->query("UPDATE registers SET in_place = 1 WHERE file = ? AND sha256 = ?")
   << file << sha256)
      .run();
}

// ---- The lock

std::optional<FolderLock> FolderLock::take(const fs::path& folder) {
  const fs::path file = folder / "ledger.lock";
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
  if (descriptor < 0)
    throw LedgerError("cannot write " + file.string() + ": " + std::strerror(errno));
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    ::close(descriptor);
    return std::nullopt;
  }
  return FolderLock(descriptor, file);
}

bool FolderLock::is_in_place() const {
  struct stat held {
  }, named{};
  return ::fstat(descriptor_, &held) == 0 && ::lstat(file_.c_str(), &named) == 0 &&
         held.st_dev == named.st_dev && held.st_ino == named.st_ino;
}

FolderLock::FolderLock(FolderLock&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), file_(std::move(other.file_)) {}

FolderLock::~FolderLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace vanban::pipeline
