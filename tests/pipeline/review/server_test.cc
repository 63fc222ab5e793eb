#include "pipeline/review/server.h"

#include <httplib.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <catch2/catch.hpp>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <thread>
#include <vector>

#include "pipeline/batch/ledger.h"
#include "pipeline/batch/process.h"
#include "pipeline/batch/summary.h"
#include "pipeline/record/schema.h"
#include "pipeline/review/acceptance.h"
#include "pipeline/run.h"
#include "tests/folder.h"
#include "tests/pipeline/batch/never.h"

namespace vanban::pipeline {
namespace {

using Json = nlohmann::ordered_json;

const std::string kName = "thu <b>\"&amp;.pdf";

// A batch of two documents whose numbers and subjects are doubtful, and one that is secret.
struct ReviewedBatch {
  tests::Folder folder;

  ReviewedBatch() {
    Ledger ledger = Ledger::open(folder / "ledger.sqlite");
    folder.file("scans/" + kName, sample());
    folder.file("scans/b.pdf", sample());
    folder.file("scans/mat.pdf", sample());
    ledger.bind_to(folder / "scans");
    ledger.add({{"b.pdf", 1, 1}, {"mat.pdf", 1, 1}, {kName, 1, 1}}, tests::kNever);
    while (const std::optional<LedgerEntry> next = ledger.next()) {
      LedgerEntry entry = *next;
      const std::string record = doubtful_record(entry.path == "mat.pdf");
      folder.file("records/" + entry.stem + ".json", record);
      entry.state = DocumentState::Done;
      entry.sha256 = "sha of " + entry.path;
      entry.summary = summaries_to_json(summarize(record));
      entry.doubts = 1;
      ledger.finish(entry);
    }
  }

  static std::string sample() {
    return tests::read(std::filesystem::path(VANBAN_SOURCE_DIR) / "samples/giay-moi-ky-so.pdf");
  }
  static std::string doubtful_record(bool is_secret) {
    Json record = Json::parse(
        extract_text({"thu.txt",
                      "ỦY BAN NHÂN DÂN TỈNH SÔNG THƯƠNG\nSố: 12/BC-UBND\nSông Thương, ngày 25 "
                      "tháng 7 năm 2025\nBÁO CÁO\nKết quả <script>alert(1)</script>\n"},
                     {})
            .record_json);
    Json& document = record.at("document");
    for (const char* field : {"number", "subject"}) {
      document.at(field)["confidence"] = 0.5;
      document.at(field)["needs_review"] = true;
    }
    document.at("number")["bbox"] = Json::array({120, 100, 30, 14});
    document.at("number")["alternatives"] =
        Json::array({Json{{"value", "13"}, {"confidence", 0.4}}});
    record["needs_review"] = true;
    if (is_secret)
      document["secrecy"] =
          Json{{"value", "Mật"},   {"raw", "MẬT"}, {"confidence", 0.95}, {"source", "ocr"},
               {"method", "made"}, {"page", 1},    {"bbox", nullptr}};
    return record.dump(1);
  }

  Ledger ledger() const { return Ledger::open_existing(folder / "ledger.sqlite"); }
  Json record(const std::string& stem = "b") const {
    return Json::parse(tests::read(folder / ("records/" + stem + ".json")));
  }
};

// What a page in a browser asks, under its name for itself.
struct Browser {
  std::string address, client;

  std::string host() const { return address.substr(7, address.find('/', 7) - 7); }
  std::string path() const { return address.substr(address.find('/', 7)); }
  httplib::Client connection() const {
    httplib::Client out("http://" + host());
    out.set_read_timeout(20);
    return out;
  }
  std::pair<int, std::string> get(const std::string& name,
                                  const httplib::Headers& headers = {}) const {
    const auto answer = connection().Get(path() + name, headers);
    return answer ? std::pair(answer->status, answer->body) : std::pair(0, std::string());
  }
  std::pair<int, Json> post(const std::string& name, Json question) const {
    question["client"] = client;
    question["who"] = "Lê Thị Bưởi";
    const auto answer =
        connection().Post(path() + "api/" + name, httplib::Headers{{"Origin", "http://" + host()}},
                          question.dump(), "application/json");
    if (!answer) return {0, Json::object()};
    return {answer->status, Json::parse(answer->body, nullptr, false)};
  }
  std::pair<int, Json> open(const std::string& file = "b.pdf") const {
    return post("open", {{"path", file}, {"first_page", 1}});
  }
  std::pair<int, Json> decide(const Json& document, const std::string& field,
                              const std::string& kind, const Json& value = nullptr) const {
    return post("decide", {{"path", document.at("path")},
                           {"first_page", document.at("first_page")},
                           {"version", document.at("version")},
                           {"field", field},
                           {"kind", kind},
                           {"value", value}});
  }
};

Json field_in(const Json& document, const std::string& name) {
  for (const Json& one : document.at("fields"))
    if (one.at("name") == name) return one;
  return nullptr;
}

// The server in a thread of its own, stopped when it goes.
struct Running {
  std::mutex mutex;
  std::string notes;
  std::atomic<bool> cancelled{false};
  ReviewServer server;
  std::thread thread;

  explicit Running(const tests::Folder& folder)
      : server({folder.path(), 0,
                [this](const std::string& note) {
                  const std::lock_guard lock(mutex);
                  notes += note + '\n';
                }}),
        thread([this] { server.run(cancelled); }) {}
  ~Running() { stop(); }
  void stop() {
    cancelled = true;
    if (thread.joinable()) thread.join();
  }
  Browser browser(const std::string& client = "firstbrowser") { return {server.address(), client}; }
};

TEST_CASE("the queue has what is doubtful, and nothing that is secret") {
  const ReviewedBatch batch;
  Running running(batch.folder);
  const auto [status, text] = running.browser().get("api/queue");
  REQUIRE(status == 200);
  const Json queue = Json::parse(text);
  REQUIRE(queue.at("documents").size() == 2);
  CHECK(queue.at("documents")[0].at("path") == "b.pdf");
  CHECK(queue.at("documents")[0].at("doubts") == 2);
  const Json& contradictions = queue.at("documents")[0].at("contradictions");
  REQUIRE(contradictions.size() == 1);
  CHECK(contradictions[0].at("kind") == "same_number");
  CHECK(contradictions[0].at("path") == kName);
  CHECK(queue.at("secret") == 1);
  const auto count = [&](const std::string& filter) {
    return Json::parse(running.browser().get("api/queue?" + filter).second).at("wanted");
  };
  CHECK(count("year=2025") == 2);
  CHECK(count("year=2024") == 0);
  CHECK(count("kind=check") == 0);
  CHECK(count("kind=collection") == 2);
  CHECK(count("who=Ai") == 0);
  CHECK(running.browser().open("mat.pdf").first == 404);
  CHECK(running.browser().get("page.jpg?path=mat.pdf&page=1&width=300").first == 404);
}

TEST_CASE("a document has its doubtful fields with what else they may be, and its pages drawn") {
  const ReviewedBatch batch;
  Running running(batch.folder);
  const Browser browser = running.browser();
  const auto [status, document] = browser.open();
  REQUIRE(status == 200);
  const Json number = field_in(document, "number");
  CHECK(number.at("doubtful") == true);
  CHECK(number.at("head") == "Số văn bản");
  CHECK(number.at("alternatives")[0].at("value") == "13");
  CHECK(field_in(document, "symbol").at("doubtful") == false);
  const auto [drawn, picture] = browser.get("page.jpg?path=b.pdf&page=1&width=300");
  CHECK(drawn == 200);
  CHECK_THAT(picture, Catch::StartsWith("\xFF\xD8\xFF"));
  CHECK(browser.get("page.jpg?path=b.pdf&page=9&width=300").first == 404);
  CHECK(browser.get("page.jpg?path=b.pdf&page=1&width=30000000").first == 404);
}

TEST_CASE("what stands in a field's place is drawn by itself") {
  const ReviewedBatch batch;
  Running running(batch.folder);
  const Browser browser = running.browser();
  const auto [status, picture] =
      browser.get("crop.png?path=b.pdf&first_page=1&field=number&width=600");
  REQUIRE(status == 200);
  CHECK_THAT(picture, Catch::StartsWith("\x89PNG"));
  // A line, not a page: width and height stand behind the name of the first chunk.
  const auto number_at = [&](std::size_t at) {
    return static_cast<unsigned char>(picture.at(at)) << 8 |
           static_cast<unsigned char>(picture.at(at + 1));
  };
  CHECK(number_at(18) <= 600);
  CHECK(number_at(22) < number_at(18));
  for (const char* question :
       {"path=b.pdf&first_page=1&field=nothing&width=600", "path=b.pdf&first_page=1&field=number",
        "path=b.pdf&first_page=9&field=number&width=600", "path=b.pdf&field=number&width=600",
        "path=mat.pdf&first_page=1&field=number&width=600",
        "path=../ledger.sqlite&first_page=1&field=number&width=600"})
    CHECK(browser.get(std::string("crop.png?") + question).first == 404);
}

TEST_CASE("a report that is there tells of what was decided once the review ends") {
  const ReviewedBatch batch;
  batch.folder.file("report.html", "old");
  { Running running(batch.folder); }
  // Nothing was decided, nothing is written.
  CHECK(tests::read(batch.folder / "report.html") == "old");
  {
    Running running(batch.folder);
    const Browser browser = running.browser();
    REQUIRE(browser.decide(browser.open().second, "number", "value", "13").first == 200);
  }
  CHECK_THAT(tests::read(batch.folder / "report.html"), Catch::Contains("Người dùng đã sửa"));
}

// What is wrong with an answer by the schema of this version, as what it should be.
std::vector<std::string> faults_of_answer(const Json& answer, const std::string& kind) {
  Json schema = Json::parse(
      tests::read(std::filesystem::path(VANBAN_SOURCE_DIR) / "schemas/review-1.schema.json"));
  schema["anyOf"] = Json::array({Json{{"$ref", "#/definitions/" + kind}}});
  return schema_errors(answer.dump(), schema.dump());
}

TEST_CASE("what is answered follows the schema") {
  const ReviewedBatch batch;
  Running running(batch.folder);
  const Browser browser = running.browser();
  using Faults = std::vector<std::string>;
  CHECK(faults_of_answer(Json::parse(browser.get("api/queue").second), "queue") == Faults{});
  const Json document = browser.open().second;
  CHECK(faults_of_answer(document, "document") == Faults{});
  const Json decided = browser.decide(document, "number", "value", "13").second;
  CHECK(faults_of_answer(decided, "document") == Faults{});
  CHECK(faults_of_answer(browser.post("undo", Json::object()).second, "document") == Faults{});
  CHECK_FALSE(faults_of_answer(Json::object(), "document").empty());
}

TEST_CASE("decisions are kept with who made them, go into the record and are taken back") {
  const ReviewedBatch batch;
  const Json before = batch.record();
  {
    Running running(batch.folder);
    const Browser browser = running.browser();
    Json document = browser.open().second;
    const auto [taken, after] = browser.decide(document, "number", "value", "13");
    REQUIRE(taken == 200);
    CHECK(field_in(after, "number").at("value") == "13");
    CHECK(field_in(after, "number").at("doubtful") == false);
    CHECK(field_in(after, "number").at("reading") == "12");
    CHECK(field_in(after, "code").at("value") == "13/BC-UBND");
    const auto [accepted, seen] = browser.decide(after, "subject", "accept");
    REQUIRE(accepted == 200);
    const auto [absent, none] = browser.decide(seen, "place", "absent");
    REQUIRE(absent == 200);
    CHECK(field_in(none, "place").at("value").is_null());
    const auto [undone, back] = browser.post("undo", Json::object());
    REQUIRE(undone == 200);
    CHECK(back.at("field") == "place");
    CHECK(field_in(back, "place").at("value") == "Sông Thương");
    // Dates as people write them; what is none is refused.
    const auto [dated, of_day] = browser.decide(back, "date", "value", "1/8/2025");
    REQUIRE(dated == 200);
    CHECK(field_in(of_day, "date").at("value") == "2025-08-01");
    CHECK(browser.decide(of_day, "date", "value", "hôm qua").first == 422);
    CHECK(browser.decide(of_day, "number", "value", "  ").first == 422);
    CHECK(browser.decide(of_day, "code", "value", "1").first == 400);
    CHECK(browser.decide(of_day, "nothing", "accept").first == 400);
    const Json queue = Json::parse(browser.get("api/queue?kind=done").second);
    CHECK(queue.at("wanted") == 1);
    CHECK(queue.at("deciders") == Json::array({"Lê Thị Bưởi"}));
  }
  const Json record = batch.record();
  CHECK(record.at("document").at("number").at("value") == "13");
  CHECK(record.at("document").at("number").at("source") == "operator");
  CHECK(record.at("document").at("number").at("reading").at("value") == "12");
  CHECK(record.at("document").at("place") == before.at("document").at("place"));
  Ledger ledger = batch.ledger();
  CHECK(ledger.paths_to_correct().empty());
  CHECK(ledger.decisions("b.pdf").size() == 5);
  CHECK(ledger.decisions("b.pdf")[0].who == "Lê Thị Bưởi");
  CHECK(summaries_from_json(ledger.summary("b.pdf"))[0].field("number").value == "13");
}

TEST_CASE("a document is lent to one, and nobody writes over what they did not see") {
  const ReviewedBatch batch;
  Running running(batch.folder);
  const Browser first = running.browser(), second = running.browser("secondbrowser");
  const Json document = first.open().second;
  const auto [status, lent] = second.open();
  CHECK(status == 423);
  CHECK(lent.at("lent_to") == "Lê Thị Bưởi");
  CHECK(second.decide(document, "number", "value", "99").first == 423);
  CHECK(second.post("hold", {{"path", "b.pdf"}}).first == 404);
  CHECK(first.post("hold", {{"path", "b.pdf"}}).first == 200);
  REQUIRE(first.decide(document, "number", "value", "13").first == 200);
  // The same page again, as if it had been shown before.
  const auto [stale, now] = first.decide(document, "number", "value", "14");
  CHECK(stale == 409);
  CHECK(field_in(now.at("document"), "number").at("value") == "13");
  first.post("release", {{"path", "b.pdf"}});
  CHECK(second.open().first == 200);
}

TEST_CASE("two at once lose nothing") {
  const ReviewedBatch batch;
  Running running(batch.folder);
  std::atomic<int> kept{0};
  const auto work = [&](const std::string& client, const std::string& file) {
    const Browser browser = running.browser(client);
    for (int i = 0; i < 20; ++i) {
      Json document = browser.open(file).second;
      if (browser.decide(document, "number", "value", std::to_string(100 + i)).first == 200) ++kept;
    }
  };
  std::thread other(work, "secondbrowser", kName);
  work("firstbrowser", "b.pdf");
  other.join();
  CHECK(kept == 40);
  running.stop();
  CHECK(batch.ledger().decisions().size() == 40);
  CHECK(batch.record().at("document").at("number").at("value") == "119");
}

TEST_CASE("who has no business here is told nothing, and the server lives on") {
  const ReviewedBatch batch;
  Running running(batch.folder);
  const Browser browser = running.browser();
  CHECK(browser.get("api/queue", {{"Origin", "http://elsewhere.example"}}).first == 404);
  CHECK(browser.get("api/queue", {{"Sec-Fetch-Site", "cross-site"}}).first == 404);
  CHECK(browser.get("api/queue", {{"Host", "elsewhere.example"}}).first == 404);
  CHECK(browser.connection().Get("/")->status == 404);
  CHECK(browser.connection().Get("/0123456789abcdef0123456789abcdef/api/queue")->status == 404);
  CHECK(browser.connection().Post(browser.path() + "api/undo", "{}", "text/plain")->status == 404);
  CHECK(browser.connection().Delete(browser.path())->status == 404);
  for (const char* path : {"../ledger.sqlite", "/etc/passwd", "..%2Fledger.sqlite", "b.pdf%00", ""})
    CHECK(browser.get("page.jpg?page=1&width=300&path=" + std::string(path)).first == 404);
  CHECK(browser.get("../../etc/passwd").first == 404);
  CHECK(browser.post("open", {{"path", "../ledger.sqlite"}, {"first_page", 1}}).first == 404);
  CHECK(browser.post("open", {{"path", 7}, {"first_page", 1}}).first == 400);
  CHECK(browser.post("open", {{"path", "b.pdf"}, {"first_page", "x"}}).first == 400);
  CHECK(browser.post("hold", {{"path", 7}}).first == 400);
  const auto garbage = browser.connection().Post(browser.path() + "api/open",
                                                 std::string(60'000, '['), "application/json");
  CHECK(garbage->status == 400);
  // A body of 100 MB is not read.
  const auto large = browser.connection().Post(browser.path() + "api/open",
                                               std::string(100'000'000, 'x'), "application/json");
  CHECK((!large || large->status == 413));
  running.stop();
  CHECK_THAT(running.notes, Catch::Contains("another origin") && Catch::Contains("another host") &&
                                Catch::Contains("token is wrong"));
  CHECK(batch.ledger().decisions().empty());
}

TEST_CASE("who sends slowly keeps nobody else from answers") {
  const ReviewedBatch batch;
  Running running(batch.folder);
  const Browser browser = running.browser();
  std::vector<int> sockets;
  const auto colon = browser.host().find(':');
  const int port = std::stoi(browser.host().substr(colon + 1));
  for (int i = 0; i < 40; ++i) {
    const int one = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in place{};
    place.sin_family = AF_INET;
    place.sin_port = htons(static_cast<std::uint16_t>(port));
    place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    REQUIRE(::connect(one, reinterpret_cast<const sockaddr*>(&place), sizeof place) == 0);
    CHECK(::send(one, "POST /", 6, MSG_NOSIGNAL) == 6);
    sockets.push_back(one);
  }
  const auto begun = std::chrono::steady_clock::now();
  CHECK(browser.get("api/queue").first == 200);
  CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds(3));
  for (const int one : sockets) ::close(one);
}

TEST_CASE("the page lets nothing run that is not its own, and arrives as it was written") {
  const ReviewedBatch batch;
  Running running(batch.folder);
  const Browser browser = running.browser();
  const auto page = browser.connection().Get(browser.path());
  REQUIRE(page);
  CHECK(page->status == 200);
  const std::string policy = page->get_header_value("Content-Security-Policy");
  CHECK_THAT(policy, Catch::Contains("default-src 'none'") && !Catch::Contains("unsafe"));
  CHECK_THAT(page->body, !Catch::Contains("<script>") && !Catch::Contains("style="));
  const std::filesystem::path sources =
      std::filesystem::path(VANBAN_SOURCE_DIR) / "pipeline/review";
  CHECK(browser.get("page.js").second == tests::read(sources / "page.js"));
  CHECK(browser.get("words.js").second == tests::read(sources / "words.js"));
  CHECK(browser.get("page.css").second == tests::read(sources / "page.css"));
  // What documents say never becomes markup.
  const std::string script = tests::read(sources / "page.js");
  for (const char* dangerous :
       {"innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function"})
    CHECK_THAT(script, !Catch::Contains(dangerous));
  CHECK(browser.open(kName).second.at("path") == kName);
}

TEST_CASE("a sample is compared blind: nothing is told before something was typed") {
  const ReviewedBatch batch;
  {
    Ledger ledger = batch.ledger();
    write_sample(batch.folder.path(), draw_sample(ledger, 0.5, 0.95, 1, true));
  }
  Running running(batch.folder);
  const Browser browser = running.browser();
  const auto queue = [&] { return Json::parse(browser.get("api/queue?kind=sample").second); };
  const Json before = queue();
  REQUIRE(before.at("sampled") == 6);
  const Json& first = before.at("documents")[0];
  CHECK(first.at("symbol") == "");
  Json document = browser.post("open", {{"path", first.at("path")}, {"first_page", 1}}).second;
  std::string hidden;
  for (const Json& field : document.at("fields")) {
    if (field.at("sampled") != true) continue;
    CHECK(field.at("hidden") == true);
    CHECK(field.at("value").is_null());
    CHECK(field.at("raw").is_null());
    hidden = field.at("name");
  }
  REQUIRE_FALSE(hidden.empty());
  CHECK(browser.decide(document, hidden, "accept").first == 422);
  const auto [typed, after] =
      browser.decide(document, hidden, "value", hidden == "date" ? "1/8/2025" : "Điều khác");
  REQUIRE(typed == 200);
  CHECK(field_in(after, hidden).at("sampled") == false);
  CHECK(field_in(after, hidden).at("reading").is_string());
  CHECK(queue().at("sampled") == 5);
}

// The program, killed after each decision.
TEST_CASE("what was decided outlives a killed program") {
  const ReviewedBatch batch;
  for (int i = 0; i < 5; ++i) {
    std::array<int, 2> ends{};
    REQUIRE(::pipe(ends.data()) == 0);
    const pid_t program = ::fork();
    if (program == 0) {
      ::dup2(ends[1], STDOUT_FILENO);
      ::execl(VANBAN_PROGRAM, VANBAN_PROGRAM, "review", batch.folder.path().c_str(),
              static_cast<char*>(nullptr));
      ::_exit(127);
    }
    ::close(ends[1]);
    std::string address;
    for (char c = 0; ::read(ends[0], &c, 1) == 1 && c != '\n';) address += c;
    ::close(ends[0]);
    const Browser browser{address, "firstbrowser"};
    const Json document = browser.open().second;
    const Json number = field_in(document, "number");
    CHECK(number.at("value") == (i == 0 ? "12" : std::to_string(20 + i - 1)));
    CHECK(browser.decide(document, "number", "value", std::to_string(20 + i)).first == 200);
    ::kill(program, SIGKILL);
    ::waitpid(program, nullptr, 0);
  }
  CHECK(batch.ledger().decisions("b.pdf").size() == 5);
  { Running running(batch.folder); }
  CHECK(batch.record().at("document").at("number").at("value") == "24");
  CHECK(batch.ledger().paths_to_correct().empty());
}

}  // namespace
}  // namespace vanban::pipeline
