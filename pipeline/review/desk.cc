#include "pipeline/review/desk.h"

#include <algorithm>
#include <cctype>
#include <chrono>
#include <deque>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>
#include <utility>
#include <vector>

#include "diacritics/text/text.h"
#include "ocr/digest.h"
#include "pipeline/batch/corrections.h"
#include "pipeline/batch/inputs.h"
#include "pipeline/batch/keep_register.h"
#include "pipeline/batch/ledger.h"
#include "pipeline/batch/read_register.h"
#include "pipeline/batch/register.h"
#include "pipeline/batch/report.h"
#include "pipeline/batch/summary.h"
#include "pipeline/input_file.h"
#include "pipeline/record/bounded_json.h"
#include "pipeline/record/review.h"
#include "pipeline/record/schema.h"
#include "pipeline/review/acceptance.h"
#include "pipeline/review/collection.h"
#include "pipeline/review/document_view.h"
#include "pipeline/review/shown_documents.h"

namespace vanban::pipeline {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;
using Clock = std::chrono::steady_clock;

// What ends a request, and with which status.
class Refused : public std::runtime_error {
 public:
  Refused(int status, const std::string& why, Json more = Json::object())
      : std::runtime_error(why), status_(status), more_(std::move(more)) {}
  Answer answer() const {
    Json out = more_;
    out["error"] = what();
    return {status_, out.dump(-1, ' ', false, Json::error_handler_t::replace)};
  }

 private:
  int status_;
  Json more_;
};

// ---- What is asked

std::string text_in(const Json& question, const char* key, std::size_t most) {
  if (!question.contains(key) || !question.at(key).is_string())
    throw Refused(400, std::string("it lacks the text ") + key);
  std::string out = diacritics::to_nfc(question.at(key).get<std::string>());
  if (out.size() > most) throw Refused(400, std::string("it is too long: ") + key);
  return out;
}

int number_in(const Json& question, const char* key) {
  if (!question.contains(key) || !question.at(key).is_number_integer())
    throw Refused(400, std::string("it lacks the number ") + key);
  return question.at(key).get<int>();
}

// The page of a browser, told apart from others by a random word of its own.
std::string client_in(const Json& question) {
  constexpr std::size_t kLeast = 8, kMost = 64;
  const std::string out = text_in(question, "client", kMost);
  if (out.size() < kLeast ||
      !std::all_of(out.begin(), out.end(), [](unsigned char c) { return std::isalnum(c) != 0; }))
    throw Refused(400, "it names no client");
  return out;
}

// A person's name, as the ledger keeps it.
std::string who_in(const Json& question) {
  constexpr std::size_t kMost = 200;
  const std::string out = text_in(question, "who", kMost);
  if (out.find_first_not_of(' ') == std::string::npos ||
      std::any_of(out.begin(), out.end(), [](unsigned char c) { return c < ' ' || c == '\x7f'; }))
    throw Refused(400, "it does not say who decides");
  return out;
}

// ---- The queue

// One document of the batch that may be shown.
struct Queued {
  std::string path;
  int first_page = 0, look_at = 1;  // look_at: the page of its first doubt
  int fields = 0, checks = 0, unread = 0;
  int sampled = 0;   // fields of the sample that nobody has decided about
  double least = 1;  // confidence of the least sure value
  std::string agency, date, number, symbol, type, subject;
  std::set<std::string> deciders;
  std::vector<Contradiction> contradictions;  // with others

  std::string year() const { return date.substr(0, 4); }

  int doubts() const { return fields + checks; }
};

Queued queued_of(const std::string& path, const Summary& summary) {
  Queued out;
  out.path = path;
  out.first_page = summary.first_page;
  out.look_at = 0;
  for (const SummaryField& field : summary.fields) {
    if (!field.doubtful || field.name == "code") continue;
    ++out.fields;
    out.least = std::min(out.least, field.value ? field.confidence.value_or(0) : 0.0);
    if (out.look_at == 0) out.look_at = field.page;
  }
  if (out.look_at == 0) out.look_at = summary.first_page;
  out.checks = static_cast<int>(summary.failed_checks.size());
  out.unread =
      static_cast<int>(std::count_if(summary.pages.begin(), summary.pages.end(), was_not_read));
  const auto text = [&](const char* field) { return summary.field(field).value.value_or(""); };
  out.agency = text("issuing_agency");
  out.date = text("date");
  out.number = text("number");
  out.symbol = text("symbol");
  out.type = text("type");
  out.subject = text("subject");
  return out;
}

bool is_wanted(const Queued& one, const QueueFilter& filter) {
  if (!filter.agency.empty() && one.agency != filter.agency) return false;
  if (!filter.year.empty() && one.year() != filter.year) return false;
  if (!filter.who.empty() && !one.deciders.contains(filter.who)) return false;
  if (filter.kind == "field") return one.fields > 0;
  if (filter.kind == "check") return one.checks > 0;
  if (filter.kind == "unread") return one.unread > 0;
  if (filter.kind == "collection") return !one.contradictions.empty();
  if (filter.kind == "sample") return one.sampled > 0;
  if (filter.kind == "done") return one.doubts() == 0 && !one.deciders.empty();
  return filter.kind == "all" || one.doubts() > 0;
}

using Queue = std::map<std::pair<std::string, int>, Queued>;  // by path and first page

void note_contradictions(Queue& queue) {
  std::vector<Numbered> documents;
  for (const auto& [key, one] : queue)
    documents.push_back({one.path, one.agency, one.number, one.symbol, one.date});
  std::vector<std::vector<Contradiction>> all = contradictions(documents);
  std::size_t i = 0;
  for (auto& [key, one] : queue) one.contradictions = std::move(all[i++]);
}

Json json_of(const std::vector<Contradiction>& contradictions) {
  Json out = Json::array();
  for (const Contradiction& one : contradictions)
    out.push_back(Json{{"kind", one.kind},
                       {"path", one.other.path},
                       {"number", one.other.number},
                       {"symbol", one.other.symbol},
                       {"date", one.other.date}});
  return out;
}

// `hidden`: without what it says, for who compares blind.
Json json_of(Queued one, bool of_sample, bool hidden, const std::string& lent_to) {
  if (hidden) {
    one.number = one.symbol = one.type = one.subject = "";
    one.contradictions.clear();
  }
  return Json{{"path", one.path},       {"first_page", one.first_page},
              {"look_at", one.look_at}, {"doubts", of_sample ? one.sampled : one.doubts()},
              {"unread", one.unread},   {"agency", one.agency},
              {"number", one.number},   {"symbol", one.symbol},
              {"year", one.year()},     {"type", one.type},
              {"subject", one.subject}, {"contradictions", json_of(one.contradictions)},
              {"lent_to", lent_to}};
}

// ---- Who has which document

struct Loan {
  std::string client, who;
  Clock::time_point until;
};

// ---- Decisions

// What a person let stand so far, and one more.
std::string accepted_with(const std::vector<Correction>& corrections, int first_page,
                          const std::string& check) {
  for (const Correction& one : corrections)
    if (one.field == kAcceptedChecks && one.first_page == first_page && one.value)
      return *one.value + '\n' + check;
  return check;
}

// The value as a register would take it; throws where it would not.
Correction corrected_by(const std::string& typed, const std::string& field, const Summary& now) {
  RegisterRow row, before;
  row.path = before.path = "-";
  row.fields[field] = typed;
  before.fields[field] = now.field(field).value;
  // What stands there by a person's word may be changed by another's, who sees it.
  Summary shown = now;
  for (SummaryField& one : shown.fields) one.source.clear();
  const Typed out = typed_into(row, &before, shown);
  if (!out.refusals.empty())
    throw Refused(422, out.refusals.front().why, Json{{"more", out.refusals.front().more}});
  // Typed as it stands: it is right.
  if (out.corrections.empty()) return {field, now.field(field).value, now.first_page};
  Correction correction = out.corrections.front();
  correction.first_page = now.first_page;
  return correction;
}

// As the ledger gives them.
std::vector<Correction> sorted(std::vector<Correction> corrections) {
  std::sort(corrections.begin(), corrections.end(), [](const Correction& a, const Correction& b) {
    return std::pair(a.first_page, a.field) < std::pair(b.first_page, b.field);
  });
  return corrections;
}

DecisionKind kind_in(const Json& question) {
  const std::string name = text_in(question, "kind", 20);
  for (const DecisionKind kind : {DecisionKind::Accept, DecisionKind::Value, DecisionKind::Absent})
    if (name == name_of(kind)) return kind;
  throw Refused(400, "it is no decision");
}

}  // namespace

struct Desk::Impl {
  fs::path outputs;
  std::function<void(const std::string&)> note;
  std::mutex mutex;  // of all below
  Ledger ledger;
  Queue queue;
  std::optional<AcceptanceSample> sample;
  std::map<std::pair<std::string, int>, std::set<std::string>> to_sample;  // fields by document
  int secret = 0;
  Clock::time_point counted;
  std::map<std::string, Loan> loans;  // by path
  std::mutex following;               // one at a time
  bool registers_behind = false, report_behind = false;

  Impl(const fs::path& folder, std::function<void(const std::string&)> note_)
      : outputs(folder),
        note(std::move(note_)),
        ledger(Ledger::open_existing(ledger_file(folder))),
        sample(read_sample(folder)) {
    // A process before this one may have been killed.
    registers_behind = !ledger.paths_to_correct().empty();
    count();
  }

  void count() {
    queue.clear();
    std::map<std::pair<std::string, int>, std::set<std::string>> deciders;
    for (const Decision& one : ledger.decisions())
      deciders[{one.path, one.correction.first_page}].insert(one.who);
    secret = for_each_shown(ledger,
                            [&](const LedgerEntry& entry, const std::vector<Summary>& documents) {
                              for (const Summary& summary : documents) {
                                Queued one = queued_of(entry.path, summary);
                                one.deciders = deciders[{entry.path, summary.first_page}];
                                queue[{entry.path, summary.first_page}] = std::move(one);
                              }
                            });
    count_sample();
    note_contradictions(queue);
    counted = Clock::now();
  }

  // What of the sample nobody has decided about yet, by document.
  void count_sample() {
    to_sample.clear();
    if (!sample) return;
    const std::vector<std::optional<Decision>> decided = outcomes(ledger, *sample);
    for (std::size_t i = 0; i < decided.size(); ++i)
      if (!decided[i])
        to_sample[{sample->fields[i].path, sample->fields[i].first_page}].insert(
            sample->fields[i].field);
    for (auto& [key, one] : queue) {
      const auto left = to_sample.find(key);
      one.sampled = left == to_sample.end() ? 0 : static_cast<int>(left->second.size());
    }
  }

  // Of a file whose documents may be shown.
  LedgerEntry entry_of(const std::string& path) {
    const std::optional<LedgerEntry> entry = ledger.find(path);
    if (!entry || !has_record(*entry) || is_secret(summaries_from_json(ledger.summary(path))))
      throw Refused(404, "there is no such document");
    return *entry;
  }

  // The file's record with all that is known by now, whether or not it has been put into it yet.
  std::string record_as_read(const LedgerEntry& entry) {
    std::string record = ledger.record_before_decisions(entry.path);
    return record.empty() ? read_file(record_file(outputs, entry.stem)) : record;
  }

  // A record with corrections in it, as a person is shown it.
  struct Shown {
    std::string record;
    std::vector<Correction> corrections;
    int first_page = 0;
    std::string corrected, view, view_hash;
    Summary summary;
  };

  std::deque<Shown> made;  // the newest first

  // What was made of a record last is at hand: one decision asks for it before, and for what is
  // made of it after. Throws std::exception where the record cannot take the corrections, Refused
  // where it has no such document.
  const Shown& shown_with(const std::string& record, const std::vector<Correction>& corrections,
                          int first_page) {
    const auto known = std::find_if(made.begin(), made.end(), [&](const Shown& one) {
      return one.first_page == first_page && one.corrections == corrections && one.record == record;
    });
    if (known != made.end()) return *known;
    std::string corrected = corrected_record(record, corrections);
    const std::optional<std::string> view = document_view(corrected, first_page);
    if (!view) throw Refused(404, "there is no such document");
    Shown out;
    out.record = record;
    out.corrections = corrections;
    out.first_page = first_page;
    out.view = *view;
    out.view_hash = ocr::sha256_hex(*view).substr(0, 16);
    for (const Summary& one : summarize(corrected))
      if (one.first_page == first_page) out.summary = one;
    out.corrected = std::move(corrected);
    constexpr std::size_t kMost = 16;
    made.push_front(std::move(out));
    if (made.size() > kMost) made.pop_back();
    return made.front();
  }

  struct Document {
    LedgerEntry entry;
    std::string record, view, version;
    Summary summary;
    long long last_decision = 0;
  };

  Document document(const std::string& path, int first_page) {
    Document out;
    out.entry = entry_of(path);
    out.record = record_as_read(out.entry);
    const Shown& shown = shown_with(out.record, ledger.corrections(path), first_page);
    out.view = shown.view;
    out.summary = shown.summary;
    for (const Decision& one : ledger.decisions(path)) out.last_decision = one.id;
    out.version = std::to_string(out.last_decision) + '-' + shown.view_hash;
    return out;
  }

  bool is_hidden(const std::pair<std::string, int>& key, const std::string& field) const {
    const auto fields = to_sample.find(key);
    return sample && sample->blind && fields != to_sample.end() && fields->second.contains(field);
  }

  // Who compares blind sees nothing of the value before one is typed.
  void mark_sampled(Json& view, const std::pair<std::string, int>& key) const {
    const auto fields = to_sample.find(key);
    for (Json& field : view.at("fields")) {
      const auto& name = field.at("name").get_ref<const std::string&>();
      // The code is number and symbol once more.
      const bool hidden =
          is_hidden(key, name) ||
          (name == "code" && (is_hidden(key, "number") || is_hidden(key, "symbol")));
      field["sampled"] = fields != to_sample.end() && fields->second.contains(name);
      field["hidden"] = hidden;
      if (!hidden) continue;
      for (const char* told : {"value", "raw", "reading", "confidence"}) field[told] = nullptr;
      for (const char* told : {"alternatives", "evidence"}) field[told] = Json::array();
    }
  }

  Json json_of_document(const Document& document) {
    Json out = Json::parse(document.view);
    out["path"] = document.entry.path;
    out["first_page"] = document.summary.first_page;
    out["version"] = document.version;
    out["file_version"] = document.entry.sha256;
    mark_sampled(out, {document.entry.path, document.summary.first_page});
    const auto known = queue.find({document.entry.path, document.summary.first_page});
    // They would tell who compares blind what was read.
    const bool is_told =
        known != queue.end() && !(sample && sample->blind && known->second.sampled > 0);
    out["contradictions"] = is_told ? json_of(known->second.contradictions) : Json::array();
    return out;
  }

  // Its doubts as they are now, in the queue.
  void recount(const Document& document, const std::string& who) {
    const std::pair key{document.entry.path, document.summary.first_page};
    Queued now = queued_of(document.entry.path, document.summary);
    if (const auto before = queue.find(key); before != queue.end()) {
      now.deciders = before->second.deciders;
      now.contradictions = before->second.contradictions;
    }
    now.deciders.insert(who);
    queue[key] = std::move(now);
    count_sample();
  }

  std::string lent_to(const std::string& path) {
    const auto loan = loans.find(path);
    return loan == loans.end() || loan->second.until < Clock::now() ? "" : loan->second.who;
  }

  void lend(const std::string& path, const std::string& client, const std::string& who) {
    const auto loan = loans.find(path);
    if (loan != loans.end() && loan->second.client != client && loan->second.until >= Clock::now())
      throw Refused(423, "another has this document", Json{{"lent_to", loan->second.who}});
    // Longer than it takes a browser to ask again, shorter than a person waits for one who left.
    constexpr std::chrono::seconds kLoan{90};
    loans[path] = {client, who, Clock::now() + kLoan};
  }

  Answer asked(const std::string& question, const std::function<Json(const Json&)>& answer) {
    try {
      if (nests_too_deep(question)) throw Refused(400, "it is no JSON of this desk");
      const Json node = Json::parse(question, nullptr, false);
      if (!node.is_object()) throw Refused(400, "it is no JSON of this desk");
      const std::lock_guard lock(mutex);
      return {200, answer(node).dump(-1, ' ', false, Json::error_handler_t::replace)};
    } catch (const Refused& refused) {
      return refused.answer();
    } catch (const Json::exception&) {
      return Refused(400, "it is no JSON of this desk").answer();
    }
  }

  Correction correction_in(const Json& question, DecisionKind kind, const Document& document) {
    constexpr std::size_t kMostName = 100, kMostValue = 20'000;
    const std::string field = text_in(question, "field", kMostName);
    const Summary& summary = document.summary;
    if (field == kAcceptedChecks) {
      const std::string check = text_in(question, "value", kMostValue);
      const auto& failed = summary.failed_checks;
      if (kind != DecisionKind::Accept ||
          std::find(failed.begin(), failed.end(), check) == failed.end())
        throw Refused(422, "no such check failed");
      return {field,
              accepted_with(ledger.corrections(document.entry.path), summary.first_page, check),
              summary.first_page};
    }
    const auto& columns = register_columns();
    if (std::none_of(columns.begin(), columns.end(),
                     [&](const RegisterColumn& one) { return one.field == field; }))
      throw Refused(400, "there is no such field");
    if (kind == DecisionKind::Accept && is_hidden({document.entry.path, summary.first_page}, field))
      throw Refused(422, "it is compared blind: type what the page says");
    if (kind == DecisionKind::Absent) return {field, std::nullopt, summary.first_page};
    if (kind == DecisionKind::Accept)
      return {field, summary.field(field).value, summary.first_page};
    const std::string typed = text_in(question, "value", kMostValue);
    if (typed.find_first_not_of(' ') == std::string::npos) throw Refused(422, "nothing was typed");
    return corrected_by(typed, field, summary);
  }
};

Desk::Desk(const fs::path& outputs, std::function<void(const std::string&)> note)
    : impl_(std::make_unique<Impl>(outputs, std::move(note))) {}

Desk::~Desk() {
  try {
    follow(true);
  } catch (const std::exception& error) {
    impl_->note(error.what());
  }
}

Answer Desk::queue(const QueueFilter& filter) {
  const std::lock_guard lock(impl_->mutex);
  // A batch may have read more since.
  constexpr std::chrono::seconds kFresh{20};
  if (Clock::now() - impl_->counted > kFresh) impl_->count();
  std::vector<const Queued*> wanted;
  std::set<std::string> agencies, years, deciders;
  const bool of_sample = filter.kind == "sample";
  int doubts = 0, to_do = 0, done = 0, sampled = 0;
  for (const auto& [key, one] : impl_->queue) {
    if (!one.agency.empty()) agencies.insert(one.agency);
    if (!one.date.empty()) years.insert(one.year());
    deciders.insert(one.deciders.begin(), one.deciders.end());
    if (is_wanted(one, filter)) wanted.push_back(&one);
    const int left = of_sample ? one.sampled : one.doubts();
    doubts += left;
    sampled += one.sampled;
    to_do += left > 0 ? 1 : 0;
    done += left == 0 && !one.deciders.empty() ? 1 : 0;
  }
  // The more doubts the earlier, among equals the less sure.
  std::stable_sort(wanted.begin(), wanted.end(), [](const Queued* a, const Queued* b) {
    return std::pair(-a->doubts(), a->least) < std::pair(-b->doubts(), b->least);
  });
  constexpr std::size_t kMostShown = 500;
  const bool hidden = of_sample && impl_->sample && impl_->sample->blind;
  Json documents = Json::array();
  for (std::size_t i = 0; i < std::min(wanted.size(), kMostShown); ++i)
    documents.push_back(json_of(*wanted[i], of_sample, hidden, impl_->lent_to(wanted[i]->path)));
  const Json out{{"documents", documents},
                 {"wanted", wanted.size()},
                 {"doubts", doubts},
                 {"to_do", to_do},
                 {"done", done},
                 {"all", impl_->queue.size()},
                 {"secret", impl_->secret},
                 {"sampled", sampled},
                 {"agencies", agencies},
                 {"years", years},
                 {"deciders", deciders}};
  return {200, out.dump(-1, ' ', false, Json::error_handler_t::replace)};
}

Answer Desk::open(const std::string& question) {
  return impl_->asked(question, [&](const Json& node) {
    constexpr std::size_t kMostPath = 5000;
    const std::string client = client_in(node), who = who_in(node);
    // As the ledger has it: names of files are bytes.
    if (!node.contains("path") || !node.at("path").is_string() ||
        node.at("path").get_ref<const std::string&>().size() > kMostPath)
      throw Refused(400, "it lacks the text path");
    const Impl::Document document =
        impl_->document(node.at("path").get<std::string>(), number_in(node, "first_page"));
    impl_->lend(document.entry.path, client, who);
    return impl_->json_of_document(document);
  });
}

Answer Desk::hold(const std::string& question) {
  return impl_->asked(question, [&](const Json& node) {
    const auto loan = impl_->loans.find(node.value("path", ""));
    if (loan == impl_->loans.end() || loan->second.client != client_in(node))
      throw Refused(404, "it was not lent");
    impl_->lend(loan->first, loan->second.client, loan->second.who);
    return Json::object();
  });
}

Answer Desk::release(const std::string& question) {
  return impl_->asked(question, [&](const Json& node) {
    const auto loan = impl_->loans.find(node.value("path", ""));
    if (loan != impl_->loans.end() && loan->second.client == client_in(node))
      impl_->loans.erase(loan);
    return Json::object();
  });
}

Answer Desk::decide(const std::string& question) {
  return impl_->asked(question, [&](const Json& node) {
    const std::string client = client_in(node), who = who_in(node);
    if (!node.contains("path") || !node.at("path").is_string())
      throw Refused(400, "it lacks the text path");
    const auto path = node.at("path").get<std::string>();
    const int first_page = number_in(node, "first_page");
    const Impl::Document document = impl_->document(path, first_page);
    impl_->lend(path, client, who);
    const auto changed = [&] {
      return Refused(409, "it has changed since it was opened",
                     Json{{"document", impl_->json_of_document(document)}});
    };
    if (text_in(node, "version", 100) != document.version) throw changed();
    Decision decision;
    decision.path = path;
    decision.kind = kind_in(node);
    decision.who = who;
    decision.correction = impl_->correction_in(node, decision.kind, document);
    if (decision.correction.field != kAcceptedChecks)
      decision.shown = document.summary.field(decision.correction.field).value;
    try {
      std::vector<Correction> corrections = impl_->ledger.corrections(path);
      std::erase_if(corrections, [&](const Correction& one) {
        return one.field == decision.correction.field && one.first_page == first_page;
      });
      corrections.push_back(decision.correction);
      require_valid_record(
          impl_->shown_with(document.record, sorted(std::move(corrections)), first_page).corrected);
    } catch (const std::exception& error) {
      throw Refused(422, "its record cannot take it", Json{{"more", error.what()}});
    }
    if (!impl_->ledger.decide(decision, document.record, document.last_decision)) throw changed();
    const Impl::Document after = impl_->document(path, first_page);
    impl_->recount(after, who);
    impl_->registers_behind = impl_->report_behind = true;
    return impl_->json_of_document(after);
  });
}

Answer Desk::undo(const std::string& question) {
  return impl_->asked(question, [&](const Json& node) {
    const std::string client = client_in(node), who = who_in(node);
    const std::vector<Decision> decisions = impl_->ledger.decisions();
    const auto last = std::find_if(decisions.rbegin(), decisions.rend(), [&](const Decision& one) {
      return one.who == who && impl_->ledger.can_undo(one);
    });
    if (last == decisions.rend()) throw Refused(404, "there is nothing to take back");
    const int first_page = last->correction.first_page;
    const Impl::Document document = impl_->document(last->path, first_page);
    impl_->lend(last->path, client, who);
    if (!impl_->ledger.undo(*last, who, document.last_decision))
      throw Refused(409, "another decided about this document since");
    const Impl::Document after = impl_->document(last->path, first_page);
    impl_->recount(after, who);
    impl_->registers_behind = impl_->report_behind = true;
    Json out = impl_->json_of_document(after);
    out["field"] = last->correction.field;
    return out;
  });
}

std::optional<std::string> Desk::file_version(const std::string& path) {
  const std::lock_guard lock(impl_->mutex);
  try {
    return impl_->entry_of(path).sha256;
  } catch (const Refused&) {
    return std::nullopt;
  }
}

std::optional<Desk::Place> Desk::place_of(const std::string& path, int first_page,
                                          const std::string& field) {
  const std::lock_guard lock(impl_->mutex);
  try {
    const Impl::Document document = impl_->document(path, first_page);
    const Json view = Json::parse(document.view);
    for (const Json& one : view.at("fields")) {
      if (one.at("name") != field || !one.at("box").is_array()) continue;
      return Place{document.entry.sha256, one.at("page").get<int>(),
                   one.at("box").get<std::vector<double>>()};
    }
  } catch (const Refused&) {
    // There is no such document for whoever asks.
  }
  return std::nullopt;
}

void Desk::update_report() {
  if (!impl_->report_behind || !fs::exists(report_file(impl_->outputs))) return;
  const auto lock = FolderLock::take(impl_->outputs);
  // A run that is at work writes it at its end.
  if (!lock) return;
  write_report(impl_->ledger, impl_->outputs);
  impl_->report_behind = false;
}

void Desk::follow(bool registers) {
  const std::lock_guard one_at_a_time(impl_->following);
  {
    const std::lock_guard lock(impl_->mutex);
    if (!impl_->registers_behind) return;
  }
  // A connection of its own: decisions need not wait for files to be written.
  Ledger ledger = Ledger::open_existing(ledger_file(impl_->outputs));
  const auto lock = FolderLock::take(impl_->outputs);
  if (!lock) return;
  if (registers) {
    const std::lock_guard guard(impl_->mutex);
    impl_->registers_behind = false;
  }
  finish_corrections(ledger, impl_->outputs, impl_->note);
  if (registers) rewrite_registers(ledger, impl_->outputs, impl_->note);
}

}  // namespace vanban::pipeline
