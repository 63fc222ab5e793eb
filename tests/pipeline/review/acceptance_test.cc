#include "pipeline/review/acceptance.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <random>

#include "tests/folder.h"
#include "tests/pipeline/batch/made_summary.h"
#include "tests/pipeline/batch/never.h"

namespace vanban::pipeline {
namespace {

TEST_CASE("the interval is that of the tables") {
  // 1 - 0.025^(1/n) where none is wrong.
  CHECK(binomial_interval(0, 100, 0.95).low == 0);
  CHECK(binomial_interval(0, 100, 0.95).high ==
        Approx(1 - std::pow(0.025, 1.0 / 100)).epsilon(1e-9));
  // Of 20 with 10 wrong: 27.20 to 72.80 %, as in tables of Clopper and Pearson.
  CHECK(binomial_interval(10, 20, 0.95).low == Approx(0.2720).margin(1e-4));
  CHECK(binomial_interval(10, 20, 0.95).high == Approx(0.7280).margin(1e-4));
  CHECK(binomial_interval(20, 20, 0.95).high == 1);
  CHECK(binomial_interval(0, 0, 0.95).high == 1);
  CHECK(sample_size(0.01, 0.95) == 368);
  CHECK(binomial_interval(0, 368, 0.95).high <= 0.01);
  CHECK(binomial_interval(0, 367, 0.95).high > 0.01);
}

TEST_CASE("the interval has the true share as often as it says") {
  const auto [share, size] =
      GENERATE(table<double, int>({{0.002, 368}, {0.01, 100}, {0.05, 60}, {0.3, 20}, {0.97, 40}}));
  CAPTURE(share, size);
  std::mt19937_64 chance(7);
  std::vector<Interval> intervals;
  for (int errors = 0; errors <= size; ++errors)
    intervals.push_back(binomial_interval(errors, size, 0.95));
  constexpr int kTimes = 4000;
  int within = 0;
  for (int i = 0; i < kTimes; ++i) {
    int errors = 0;
    for (int k = 0; k < size; ++k)
      errors += static_cast<double>(chance() >> 11) / 9007199254740992.0 < share ? 1 : 0;
    const Interval& one = intervals[static_cast<std::size_t>(errors)];
    within += one.low <= share && share <= one.high ? 1 : 0;
  }
  // Three deviations of the simulation itself.
  CHECK(within >= kTimes * 0.95 - 3 * std::sqrt(kTimes * 0.95 * 0.05));
}

struct SampledBatch {
  tests::Folder folder;
  Ledger ledger = Ledger::open(folder / "ledger.sqlite");

  SampledBatch() {
    folder.file("scans/a");
    ledger.bind_to(folder / "scans");
    std::vector<InputFile> files;
    for (const char* name : {"a", "b", "c", "d"}) files.push_back({name, 1, 1});
    ledger.add(files, tests::kNever);
    while (const auto next = ledger.next()) {
      LedgerEntry entry = *next;
      Summary summary = tests::made_summary();
      if (entry.path == "d")
        for (SummaryField& field : summary.fields)
          if (field.name == "secrecy") field.value = "Mật";
      entry.state = DocumentState::Done;
      entry.sha256 = entry.path;
      entry.summary = summaries_to_json({summary});
      ledger.finish(entry);
    }
  }
  void decide(const SampledField& field, const std::string& value) {
    Decision decision;
    decision.path = field.path;
    decision.correction = {field.field, value, field.first_page};
    decision.kind = value == field.shown ? DecisionKind::Accept : DecisionKind::Value;
    decision.who = "Bưởi <b>";
    const auto known = ledger.decisions(field.path);
    REQUIRE(ledger.decide(decision, "{}", known.empty() ? 0 : known.back().id));
  }
};

TEST_CASE("a sample is drawn of what nobody was asked about, the same by the same seed") {
  SampledBatch batch;
  const AcceptanceSample all = draw_sample(batch.ledger, 0.01, 0.95, 1, false);
  // Symbol, date, subject and recipients of three; not the doubtful numbers, nothing secret.
  CHECK(all.population == 12);
  CHECK(all.fields.size() == 12);
  for (const SampledField& field : all.fields) {
    CHECK(field.field != "number");
    CHECK(field.path != "d");
  }
  const AcceptanceSample few = draw_sample(batch.ledger, 0.5, 0.95, 1, true);
  CHECK(few.fields.size() == 6);
  CHECK(few.fields == draw_sample(batch.ledger, 0.5, 0.95, 1, true).fields);
  CHECK(few.fields != draw_sample(batch.ledger, 0.5, 0.95, 2, true).fields);
  write_sample(batch.folder.path(), few);
  const auto read = read_sample(batch.folder.path());
  REQUIRE(read);
  CHECK(read->fields == few.fields);
  CHECK(read->blind);
  tests::write(sample_file(batch.folder.path()), "{}");
  CHECK_THROWS(read_sample(batch.folder.path()));
}

TEST_CASE("the protocol says what was wrong, how far that can be trusted, and by whom") {
  SampledBatch batch;
  const AcceptanceSample sample = draw_sample(batch.ledger, 0.5, 0.95, 1, false);
  CHECK_THAT(protocol_bytes(batch.ledger, sample, "p.html"), Catch::Contains("chưa kiểm tra xong"));
  for (std::size_t i = 0; i + 1 < sample.fields.size(); ++i)
    batch.decide(sample.fields[i], sample.fields[i].shown);
  batch.decide(sample.fields.back(), "<script>");
  const std::string page = protocol_bytes(batch.ledger, sample, "p.html");
  // 1 of 6: 0.42 to 64.12 % (Clopper-Pearson).
  CHECK_THAT(page, Catch::Contains("16,67 %") && Catch::Contains("0,42 % đến 64,12 %") &&
                       Catch::Contains("không đạt") && Catch::Contains("Bưởi &lt;b&gt;") &&
                       Catch::Contains("&lt;script&gt;") && !Catch::Contains("<script>"));
  CHECK_THAT(protocol_bytes(batch.ledger, sample, batch.folder / "p.xlsx"),
             Catch::StartsWith("PK"));
  CHECK_THROWS_AS(protocol_bytes(batch.ledger, sample, "p.txt"), std::invalid_argument);
  // What is taken back was not looked at.
  const auto decision = batch.ledger.decisions().back();
  REQUIRE(batch.ledger.undo(decision, "x", decision.id));
  CHECK_FALSE(outcomes(batch.ledger, sample).back());
}

}  // namespace
}  // namespace vanban::pipeline
