// The whole run with engines that fail in every way an engine can. The samples are only pictures
// here: no engine reads them.
#include "pipeline/run.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <limits>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "diacritics/text/syllables.h"
#include "diacritics/text/text.h"
#include "ocr/digest.h"
#include "ocr/document/error.h"
#include "ocr/recognize/recognize.h"
#include "pipeline/record/schema.h"
#include "tests/folder.h"
#include "tests/pipeline/fake_engine.h"

namespace vanban::pipeline {
namespace {

using Json = nlohmann::json;
using tests::line_in;
using tests::options_with;
using tests::sample;

std::vector<ocr::Line> nothing(const ocr::Image&, const ocr::Box&, ocr::Segmentation) { return {}; }

// Something that depends on the region and nothing else.
std::vector<ocr::Line> by_place(const ocr::Image&, const ocr::Box& region, ocr::Segmentation) {
  return line_in(region, {"Điều", std::to_string(int(region.left) + 1),
                          std::to_string(int(region.top) + 1), "thực", "hiện"});
}

Input two_scans() { return sample("bao-cao-scan.pdf"); }
Input with_blank_page() { return sample("trang-trang.pdf"); }
Input born_digital() { return sample("ke-hoach-so.pdf"); }

bool has_warning(const Json& node, const std::string& code) {
  return std::any_of(node.at("warnings").begin(), node.at("warnings").end(),
                     [&](const Json& warning) { return warning.at("code") == code; });
}

TEST_CASE("the provenance names the table of syllables by its hash") {
  const Json record = Json::parse(convert(two_scans(), options_with(nothing)).record_json);
  CHECK(record.at("provenance").at("data").at("syllables_sha256") ==
        ocr::sha256_hex(diacritics::SyllableTable::built_in_tsv()));
}

// ---- engines

TEST_CASE("an engine that reads nothing gives a valid record without text") {
  const Output output = convert(two_scans(), options_with(nothing));
  CHECK(schema_errors(output.record_json).empty());
  const Json record = Json::parse(output.record_json);
  CHECK(record.at("text").at("pages") == Json({"", ""}));
  CHECK(record.at("document").at("type").at("value").is_null());
  CHECK(record.at("document").at("recipients").empty());
  CHECK(record.at("pages")[0].at("mean_confidence").is_null());
  CHECK(record.at("provenance").at("engine").at("name") == "fake");
}

TEST_CASE("an engine that cannot work ends the run") {
  SECTION("in the middle") {
    CHECK_THROWS_AS(convert(two_scans(), options_with([](auto&&...) -> std::vector<ocr::Line> {
                              throw ocr::EngineError("out of order");
                            })),
                    ocr::EngineError);
  }
  SECTION("from the start") {
    Options options;
    options.engines.make_recognizer = []() -> std::unique_ptr<ocr::Recognizer> {
      throw ocr::EngineError("no model");
    };
    CHECK_THROWS_WITH(convert(two_scans(), options), "no model");
  }
}

TEST_CASE("a page that cannot be read is in the record with a warning, the others are read") {
  bool first = true;
  const Output output = convert(
      two_scans(),
      options_with([&](const ocr::Image& image, const ocr::Box& region, ocr::Segmentation mode) {
        if (std::exchange(first, false)) throw ocr::InputError(ErrorKind::Damaged, "torn in two");
        return by_place(image, region, mode);
      }));
  CHECK(schema_errors(output.record_json).empty());
  const Json record = Json::parse(output.record_json);
  REQUIRE(record.at("pages").size() == 2);
  CHECK(has_warning(record.at("pages")[0], "page_failed"));
  CHECK_FALSE(has_warning(record.at("pages")[1], "page_failed"));
  CHECK(record.at("text").at("pages")[0] == "");
  CHECK(record.at("text").at("pages")[1].get<std::string>().find("thực hiện") != std::string::npos);
  CHECK(record.at("source").at("pages_read") == Json({1, 2}));
  // People are told as well, and which page it was; of what the engine did not read they are told
  // too.
  REQUIRE_FALSE(output.warnings.empty());
  CHECK(output.warnings[0].code == "page_failed");
  CHECK(output.warnings[0].text.find("page 1") != std::string::npos);
  CHECK(output.warnings[0].text.find("torn in two") != std::string::npos);
}

TEST_CASE("where no page can be read the input is at fault") {
  CHECK_THROWS_AS(convert(two_scans(), options_with([](auto&&...) -> std::vector<ocr::Line> {
                            throw ocr::InputError(ErrorKind::TooLarge, "too large");
                          })),
                  ocr::InputError);
}

TEST_CASE("whatever bytes an engine gives, the record is UTF-8 in NFC and valid") {
  const std::vector<std::string> words = GENERATE(values<std::vector<std::string>>({
      {"Ke\xFF", "hoach\xC3", "\xE1\xBB", "thực", "hiện"},                  // not UTF-8
      {"\xED\xA0\x80thuc", "\xC0\xAF", "hien", "\xF5\x80\x80\x80", "nay"},  // no code points
      {"U\u0309y", "ban", "nha\u0302n", "da\u0302n", "xa\u0303"},           // NFD
      {std::string("a\0b", 3), "\x01\x1F", "tab\tulator", "new\nline", "\u2028"},
      {"\"", "\\", "{}", "</script>", "\u007F"},
  }));
  CAPTURE(words);
  const Output output =
      convert(two_scans(), options_with([&](const ocr::Image&, const ocr::Box& region,
                                            ocr::Segmentation) { return line_in(region, words); }));
  CHECK(schema_errors(output.record_json).empty());
  const Json record = Json::parse(output.record_json);  // throws where it is not UTF-8
  for (const Json& page : record.at("text").at("pages")) {
    const auto text = page.get<std::string>();
    CHECK(diacritics::to_nfc(text) == text);
  }
  CHECK(diacritics::to_nfc(output.files.at("text")) == output.files.at("text"));
}

TEST_CASE("a megabyte in one word is one word more") {
  const std::string unit = GENERATE("a", "ượ", "12/", "(", "\u0301");
  CAPTURE(unit);
  std::string word;
  while (word.size() < 1'000'000) word += unit;
  bool told = false;
  Options options = options_with([&](const ocr::Image&, const ocr::Box& region, ocr::Segmentation) {
    // Of one region of the page; the engine is asked for dozens.
    return line_in(region, {"Số:", std::exchange(told, true) ? "12" : word, "BÁO"});
  });
  options.pages = {{1, 1}};
  const auto begun = std::chrono::steady_clock::now();
  const Output output = convert(two_scans(), options);
  CHECK(schema_errors(output.record_json).empty());
  // A square of its length would take hours.
  CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds(100));
}

TEST_CASE("a word of NFD is read as the same word in NFC") {
  const Output output = convert(
      two_scans(), options_with([](const ocr::Image&, const ocr::Box& region, ocr::Segmentation) {
        return line_in(region, {"U\u0309y", "ban", "nha\u0302n", "da\u0302n", "xa\u0303"});
      }));
  CHECK(output.files.at("text").find("Ủy ban nhân dân xã") != std::string::npos);
}

TEST_CASE("words outside the page, without size or confidence do not make the record invalid") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const auto [box, confidence] = GENERATE_COPY(table<ocr::Box, double>({
      {{-5000, -5000, -4000, -4900}, 0.9},
      {{1e7, 1e7, 1e7 + 1, 1e7 + 1}, 0.9},
      {{100, 100, 100, 100}, 0.9},
      {{100, 100, 300, 130}, -1},
      {{100, 100, 300, 130}, 42},
      {{100, 100, 300, 130}, nan},
  }));
  CAPTURE(box.left, box.right, confidence);
  const Output output =
      convert(two_scans(), options_with([box = box, confidence = confidence](
                                            const ocr::Image&, const ocr::Box&, ocr::Segmentation) {
                const ocr::Word word{"BÁO", "BÁO", box, confidence, 0},
                    cao{"CÁO", "CÁO", box, confidence, 0};
                return std::vector<ocr::Line>{{box, {word, cao}}};
              }));
  CHECK(schema_errors(output.record_json).empty());
}

TEST_CASE("several documents in a file become what was asked for") {
  const std::string head = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSỞ NỘI VỤ\n";
  const std::string one = head + "Số: 12/TB-SNV\nTHÔNG BÁO\nVề việc nghỉ lễ\n";
  const std::string two = one + "\f" + head + "Số: 13/KH-SNV\nKẾ HOẠCH\nVề việc trực lễ\n";
  const auto record_of = [](const std::string& text, Split split) {
    RecordOptions options;
    options.split = split;
    return nlohmann::json::parse(extract_text({"t.txt", text}, options).record_json);
  };
  CHECK(record_of(one, Split::First).is_object());
  CHECK(record_of(two, Split::First).is_object());
  CHECK(record_of(one, Split::Several).is_object());
  CHECK(record_of(two, Split::Several).size() == 2);
  CHECK(record_of(one, Split::Always).size() == 1);
  CHECK(record_of(two, Split::Always).size() == 2);
}

TEST_CASE("a born-digital document needs no engine") {
  Options options;
  options.engines.make_recognizer = []() -> std::unique_ptr<ocr::Recognizer> {
    throw ocr::EngineError("no model");
  };
  const Json record = Json::parse(convert(born_digital(), options).record_json);
  CHECK(record.at("provenance").at("engine").is_null());
  CHECK(record.at("document").at("type").at("value") == "Kế hoạch");
}

// ---- marks of secrecy

std::vector<ocr::Line> marked(const ocr::Image&, const ocr::Box& region, ocr::Segmentation) {
  return line_in(region, {"TỐI", "MẬT"});
}

TEST_CASE("of a file with a mark of secrecy nothing is kept but its hash and the mark") {
  const tests::Folder folder;
  Options options = options_with(marked, GENERATE(1, 3));
  options.outputs = {"text", "alto"};
  options.page.crop_slots = true;
  options.trace_dir = folder / "trace";
  const Input input = two_scans();
  const Output output = convert(input, options);
  CHECK(output.stopped_by == "Tối mật");
  CHECK(output.secret);
  CHECK(output.files.empty());
  CHECK(output.side_files.empty());
  CHECK(output.warnings.empty());
  CHECK(std::filesystem::is_empty(folder / "trace"));
  const Json record = Json::parse(output.record_json);
  CHECK(record.size() == 3);
  CHECK(record.at("sha256") == ocr::sha256_hex(input.bytes));
  CHECK(record.at("secrecy").size() == 3);
  CHECK(record.at("secrecy").at("value") == "Tối mật");
  CHECK(record.at("secrecy").at("page") == 1);
  CHECK(record_file_errors(output.record_json).empty());
}

TEST_CASE("a mark on a later page stops the whole file, and pages behind it are left unread") {
  Options options = options_with(nothing);
  ocr::Page marked_page;
  marked_page.number = 2;
  marked_page.width = marked_page.height = 1000;
  marked_page.blocks = {{ocr::BlockKind::Body, {}, line_in({100, 100, 300, 130}, {"MẬT"}), {}}};
  options.earlier.pages_read[2] = marked_page;
  const Output output = convert(two_scans(), options);
  CHECK(output.stopped_by == "Mật");
  CHECK(Json::parse(output.record_json).at("secrecy").at("page") == 2);
}

TEST_CASE("what may be read in spite of its mark is, and says so") {
  Options options = options_with(marked);
  options.record.secret = SecretPolicy::All;
  const Output all = convert(two_scans(), options);
  CHECK(all.secret);
  CHECK(all.stopped_by.empty());
  CHECK_THAT(all.files.at("text"), Catch::Contains("MẬT"));
  const Json record = Json::parse(all.record_json);
  CHECK(record.at("provenance").at("secret") == "all");
  options.record.secret = SecretPolicy::Header;
  const Output header = convert(two_scans(), options);
  CHECK(header.secret);
  CHECK(header.files.empty());
  const Json fields = Json::parse(header.record_json);
  CHECK(fields.at("provenance").at("secret") == "header");
  CHECK(fields.at("document").at("secrecy").at("value") == "Tối mật");
  CHECK(fields.at("text").at("pages") == Json({"", ""}));
  CHECK(fields.at("text").at("search") == Json({"", ""}));
  CHECK(fields.at("pages").at(0).at("words") == 0);
  CHECK(has_warning(fields, "secret") == false);
}

TEST_CASE("where no page bears a mark the policy makes no difference") {
  Options options = options_with(by_place);
  const std::string as_usual = convert(two_scans(), options).record_json;
  options.record.secret = SecretPolicy::All;
  const Output output = convert(two_scans(), options);
  CHECK(output.record_json == as_usual);
  CHECK_FALSE(output.secret);
}

// ---- the caller's hand on it

TEST_CASE("a run that is called off ends with Interrupted") {
  std::atomic<bool> cancelled{false};
  Options options = options_with(by_place);
  options.cancelled = &cancelled;
  int pages = 0;
  SECTION("before it begins") { cancelled = true; }
  SECTION("after the first page") {
    options.listener.on_page = [&](int, int) {
      ++pages;
      cancelled = true;
    };
  }
  CHECK_THROWS_AS(convert(two_scans(), options), Interrupted);
  CHECK(pages <= 1);
}

TEST_CASE("progress is told after each page, up to all of them") {
  const int jobs = GENERATE(1, 3);
  CAPTURE(jobs);
  Options options = options_with(by_place, jobs);
  std::vector<std::pair<int, int>> told;
  options.listener.on_page = [&](int done, int all) { told.emplace_back(done, all); };
  convert(with_blank_page(), options);
  CHECK(told == std::vector<std::pair<int, int>>{{1, 3}, {2, 3}, {3, 3}});
}

// ---- pages

TEST_CASE("of chosen pages each keeps its place in the text") {
  Options options = options_with(by_place);
  options.pages = {{3, 3}};
  const Json record = Json::parse(convert(with_blank_page(), options).record_json);
  REQUIRE(record.at("text").at("pages").size() == 3);
  CHECK(record.at("text").at("pages")[0] == "");
  CHECK(record.at("text").at("pages")[1] == "");
  CHECK(record.at("text").at("pages")[2] != "");
  CHECK(record.at("source").at("pages_read") == Json({3}));
  CHECK(record.at("source").at("page_count") == 3);
  REQUIRE(record.at("pages").size() == 1);
  CHECK(record.at("pages")[0].at("number") == 3);
}

TEST_CASE("a field of a later page that was chosen alone has its evidence there") {
  Options options = options_with([](const ocr::Image&, const ocr::Box& region, ocr::Segmentation) {
    return line_in(region, {"BÁO", "CÁO"});
  });
  options.pages = {{2, 2}};
  const Json record = Json::parse(convert(two_scans(), options).record_json);
  CHECK(record.at("document").at("type").at("value") == "Báo cáo");
  CHECK(record.at("document").at("type").at("page") == 2);
  CHECK(record.at("document").at("type").at("span").at("page") == 2);
}

TEST_CASE("ranges that meet choose each page once, in the document's order") {
  Options options = options_with(by_place);
  options.pages = {{2, 3}, {1, 2}, {3, 3}};
  const Json record = Json::parse(convert(with_blank_page(), options).record_json);
  CHECK(record.at("source").at("pages_read") == Json({1, 2, 3}));
}

TEST_CASE("pages that are not there are the caller's fault") {
  Options options = options_with(by_place);
  options.pages =
      GENERATE(values<std::vector<std::pair<int, int>>>({{{3, 3}}, {{1, 3}}, {{1, 1}, {9, 12}}}));
  CHECK_THROWS_AS(convert(two_scans(), options), std::invalid_argument);
}

// ---- the same again

TEST_CASE("one worker or three, the bytes are the same") {
  const Output one = convert(with_blank_page(), options_with(by_place, 1));
  const Output three = convert(with_blank_page(), options_with(by_place, 3));
  CHECK(one.record_json == three.record_json);
  CHECK(one.files.at("text") == three.files.at("text"));
  CHECK(one.files.at("text").find("thực hiện") != std::string::npos);
}

TEST_CASE("a blank page is neither read nor lost") {
  const Output output = convert(with_blank_page(), options_with(by_place));
  const Json record = Json::parse(output.record_json);
  CHECK(record.at("pages")[1].at("route") == "blank");
  CHECK(std::count(output.files.at("text").begin(), output.files.at("text").end(), '\f') == 2);
}

TEST_CASE("what is no document is an input error") {
  const std::string bytes =
      GENERATE(values<std::string>({"", "hello", "%PDF-1.7\n", "\x89PNG\r\n\x1A\n"}));
  CAPTURE(bytes);
  CHECK_THROWS_AS(convert({"a.pdf", bytes}, options_with(by_place)), ocr::InputError);
}

TEST_CASE("a file name that is not UTF-8 does not break the record") {
  Input input = two_scans();
  input.file_name = "b\xE1o-c\xE1o.pdf";
  const Output output = convert(std::move(input), options_with(nothing));
  CHECK(schema_errors(output.record_json).empty());
  CHECK_NOTHROW(Json::parse(output.record_json));
}

}  // namespace
}  // namespace vanban::pipeline
