#include "pipeline/review/learn.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/batch/summary.h"
#include "pipeline/record/schema.h"
#include "pipeline/record/stated_record.h"
#include "pipeline/run.h"
#include "tests/folder.h"
#include "tests/pipeline/batch/never.h"

namespace vanban::pipeline {
namespace {

using Json = nlohmann::ordered_json;
using extract::UserLexicon;

// An invented decision whose symbol and signer were misread, as a record.
struct Misread {
  std::string path, symbol, signer;
  double confidence = 0.6;
};

std::string record_of(const Misread& read) {
  Json record = Json::parse(
      extract_text({"thu.txt",
                    "ỦY BAN NHÂN DÂN XÃ AN BÌNH\nSố: 12/QĐ-UBND\nAn Bình, ngày 25 tháng 7 năm "
                    "2025\nQUYẾT ĐỊNH\nVề việc phê duyệt kế hoạch\n"},
                   {})
          .record_json);
  const auto put = [&](Json& node, const std::string& value) {
    node = Json{{"value", value},  {"raw", value},    {"confidence", read.confidence},
                {"page", 1},       {"bbox", nullptr}, {"source", "ocr"},
                {"method", "made"}};
    if (read.confidence < 0.9) node["needs_review"] = true;
  };
  put(record.at("document").at("symbol"), read.symbol);
  put(record.at("document").at("signer").at("name"), read.signer);
  return record.dump(1);
}

struct Batch {
  tests::Folder folder;
  Ledger ledger = Ledger::open(folder / "ledger.sqlite");

  explicit Batch(const std::vector<Misread>& documents) {
    folder.file("scans/a");
    ledger.bind_to(folder / "scans");
    std::vector<InputFile> files;
    for (const Misread& one : documents) files.push_back({one.path, 1, 1});
    ledger.add(files, tests::kNever);
    while (auto next = ledger.next()) {
      const auto read = std::find_if(documents.begin(), documents.end(),
                                     [&](const Misread& one) { return one.path == next->path; });
      const std::string record = record_of(*read);
      folder.file("records/" + next->stem + ".json", record);
      next->state = DocumentState::Done;
      next->sha256 = "sha of " + next->path;
      next->summary = summaries_to_json(summarize(record));
      ledger.finish(*next);
    }
  }

  std::vector<Proposal> proposals(const UserLexicon& known = {}) {
    return pipeline::proposals(ledger, folder.path(), known);
  }
  Lesson learn(const std::string& wanted) {
    return pipeline::learn(ledger, folder.path(), {}, extract::parse_lexicon(wanted).entries);
  }
};

const Proposal* find(const std::vector<Proposal>& all, const std::string& line) {
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const Proposal& one) { return line_of(one.entry) == line; });
  return found == all.end() ? nullptr : &*found;
}

// As the record of a third document reads with what was learnt.
std::string signer_with(const UserLexicon& lexicon, const Misread& read) {
  extract::Record record = stated_record(record_of(read));
  extract::apply_lexicon(record, lexicon);
  return record.signer.name.value.value_or("");
}

TEST_CASE("a correction that was typed twice is proposed, and a third document is right by it") {
  Batch batch({{"a.pdf", "QĐ-UBND", "Lương Khăc Thuân"}, {"b.pdf", "QĐ-UBND", "Lưong Khắc Thuản"}});
  batch.ledger.correct("a.pdf", {{"signer.name", "Lương Khắc Thuần", 1}});
  CHECK(batch.proposals().empty());
  batch.ledger.correct("b.pdf", {{"signer.name", "Lương Khắc Thuần", 1}});

  const std::vector<Proposal> proposals = batch.proposals();
  const Proposal* person = find(proposals, "person\tLương Khắc Thuần");
  REQUIRE(person != nullptr);
  CHECK(person->helps == 2);
  CHECK(person->harms == 0);
  CHECK(person->paths == std::vector<std::string>{"a.pdf", "b.pdf"});
  // Each was misread in its own way: what was typed once is not proposed.
  CHECK(proposals.size() == 1);

  // A person ticks it in the file.
  std::string text = proposals_text(proposals);
  CHECK(ticked_in(text).entries.empty());
  text.replace(text.rfind("[ ]"), 3, "[x]");
  const extract::LexiconFile ticked = ticked_in(text);
  CHECK(ticked.mistakes.empty());
  const Lesson lesson = learn(batch.ledger, batch.folder.path(), {}, ticked.entries);
  CHECK(lesson.taken == UserLexicon{person->entry});
  CHECK(lesson.documents == 2);
  CHECK(lesson.right_after == lesson.right_before + 2);

  CHECK(signer_with(lesson.taken, {"c.pdf", "QĐ-UBND", "Lương Khấc Thuầm"}) == "Lương Khắc Thuần");
  CHECK(signer_with(lesson.taken, {"c.pdf", "QĐ-UBND", "Trần Văn An"}) == "Trần Văn An");
  CHECK(batch.proposals(lesson.taken).empty());
}

TEST_CASE("letters, patterns and whole readings are proposed of symbols") {
  Batch batch({{"a.pdf", "QĐ-UBNO", "A"}, {"b.pdf", "TB-UBNO", "A"}, {"c.pdf", "TB-UBNO", "A"}});
  batch.ledger.correct("a.pdf", {{"symbol", "QĐ-UBND", 1}});
  batch.ledger.correct("b.pdf", {{"symbol", "TB-UBND", 1}});
  batch.ledger.correct("c.pdf", {{"symbol", "TB-UBND", 1}});
  const std::vector<Proposal> proposals = batch.proposals();
  REQUIRE(find(proposals, "confusion\tsymbol\tO\tD") != nullptr);
  CHECK(find(proposals, "confusion\tsymbol\tO\tD")->helps == 3);
  REQUIRE(find(proposals, "reading\tsymbol\tTB-UBNO\tTB-UBND") != nullptr);
  CHECK(find(proposals, "reading\tsymbol\tTB-UBNO\tTB-UBND")->helps == 2);
  CHECK(find(proposals, "reading\tsymbol\tQĐ-UBNO\tQĐ-UBND") == nullptr);
  CHECK(line_of(proposals.front().entry) == "confusion\tsymbol\tO\tD");
}

TEST_CASE("what harms one corrected document is refused, however many it helps") {
  Batch batch({{"a.pdf", "QĐ-UBND", "Trần Văn Am"},
               {"b.pdf", "QĐ-UBND", "Trần Văn Am"},
               {"c.pdf", "QĐ-UBND", "Trần Văn Ấm"}});
  for (const char* path : {"a.pdf", "b.pdf"})
    batch.ledger.correct(path, {{"signer.name", "Trần Văn An", 1}});
  // Another person, doubtful and read right: they have said so.
  batch.ledger.correct("c.pdf", {{"signer.name", "Trần Văn Ấm", 1}});
  const std::vector<Proposal> proposals = batch.proposals();
  const Proposal* person = find(proposals, "person\tTrần Văn An");
  REQUIRE(person != nullptr);
  CHECK(person->helps == 2);
  CHECK(person->harms == 1);

  const Lesson lesson = batch.learn(
      "person\tTrần Văn An\nperson\tLê Thị Sen\nreading\tsigner.name\tTrần Văn Am\tTrần Văn An\n");
  REQUIRE(lesson.refused.size() == 2);
  CHECK(lesson.refused[0].why == "it makes 1 wrong, first c.pdf signer.name");
  CHECK(lesson.refused[1].why == "it makes nothing right");
  REQUIRE(lesson.taken.size() == 1);
  CHECK(lesson.taken[0].kind == extract::LexiconKind::Reading);
  CHECK(lesson.right_after == lesson.right_before + 2);
}

TEST_CASE("what a person put into a record is not what was read") {
  Batch batch({{"a.pdf", "QĐ-UBND", "Lương Khăc Thuân"}, {"b.pdf", "QĐ-UBND", "Lương Khăc Thuân"}});
  for (const char* path : {"a.pdf", "b.pdf"}) {
    const std::string record = record_of({path, "QĐ-UBND", "Lương Khăc Thuân"});
    Decision decision;
    decision.path = path;
    decision.correction = {"signer.name", "Lương Khắc Thuần", 1};
    decision.kind = DecisionKind::Value;
    decision.who = "Bưởi";
    REQUIRE(batch.ledger.decide(decision, record, 0));
    // As it stands once the decision has gone into it.
    Json put = Json::parse(record);
    Json& node = put.at("document").at("signer").at("name");
    node["reading"] = Json{{"value", node.at("value")}, {"confidence", 0.6}, {"source", "ocr"}};
    node["value"] = "Lương Khắc Thuần";
    node["confidence"] = 1;
    node["source"] = "operator";
    batch.folder.file("records/" + std::string(path, 1) + ".json", put.dump(1));
  }
  CHECK(find(batch.proposals(), "person\tLương Khắc Thuần") != nullptr);
}

TEST_CASE("a mark that cannot be used is told with its line") {
  const extract::LexiconFile ticked = ticked_in("# a\n[ ]\tname\tA\n[x]\tname\tA\n");
  CHECK(ticked.mistakes == std::vector<std::string>{"line 3: there is no kind name"});
}

TEST_CASE("the same text and lexicon give the same record, which names the entry") {
  const Input text{"thu.txt",
                   "ỦY BAN NHÂN DÂN XÃ AN BÌNH\nSố: 12/QĐ-UBNO\nAn Bình, ngày 25 tháng "
                   "7 năm 2025\nQUYẾT ĐỊNH\nVề việc phê duyệt kế hoạch\n"};
  RecordOptions options;
  options.lexicon = "reading\tsymbol\tQĐ-UBNO\tQĐ-UBND\n";
  const std::string first = extract_text(text, options).record_json;
  CHECK(extract_text(text, options).record_json == first);
  CHECK_NOTHROW(require_valid_record(first));
  const Json record = Json::parse(first);
  const Json& symbol = record.at("document").at("symbol");
  CHECK(symbol.at("value") == "QĐ-UBND");
  CHECK(symbol.at("raw") == "12/QĐ-UBNO");
  CHECK(symbol.at("source") == "inferred");
  CHECK(symbol.at("needs_review") == true);
  CHECK(symbol.at("evidence").back().at("kind") == "lexicon");
  CHECK(record.at("document").at("code").at("value") == "12/QĐ-UBND");
  CHECK(record.at("provenance").at("data").at("lexicon_sha256").get<std::string>().size() == 64);
}

}  // namespace
}  // namespace vanban::pipeline
