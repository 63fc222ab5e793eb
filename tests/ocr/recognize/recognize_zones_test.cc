#include <algorithm>
#include <catch2/catch.hpp>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "ocr/document/error.h"
#include "ocr/recognize/recognize.h"

namespace vanban::ocr {
namespace {

struct Call {
  Box region;
  Segmentation segmentation;
  bool operator==(const Call&) const = default;
};

// Says what it is told to, and remembers what it was asked.
class FakeRecognizer final : public Recognizer {
 public:
  using Answer = std::function<std::vector<Line>(const Box&, Segmentation)>;
  explicit FakeRecognizer(Answer answer) : answer_(std::move(answer)) {}

  EngineInfo info() const override { return {"fake", "1", "vie", std::string(64, '0')}; }
  std::vector<Line> recognize(const Image&, const Box& region, Segmentation mode) override {
    calls.push_back({region, mode});
    return answer_(region, mode);
  }
  int detect_rotation(const Image&) override { return 0; }

  std::vector<Segmentation> modes() const {
    std::vector<Segmentation> out;
    for (const Call& call : calls) out.push_back(call.segmentation);
    return out;
  }

  std::vector<Call> calls;

 private:
  Answer answer_;
};

// A line of one word at a place.
Line line(const std::string& text, const Box& box, double confidence = 0.95) {
  return {box, {{text, text, box, confidence, 0}}};
}

Image paper(int width = 1000, int height = 800) {
  return {width, height, 1, 200,
          std::vector<std::uint8_t>(std::size_t(width) * std::size_t(height), 255)};
}

// `count` letters in a row, ten pixels wide.
std::vector<Box> letters(double left, double top, int count) {
  std::vector<Box> out;
  for (int i = 0; i < count; ++i, left += 14) out.push_back({left, top, left + 10, top + 16});
  return out;
}

using Texts = std::vector<std::string>;

Texts texts(const Block& block) {
  Texts out;
  for (const Line& of_block : block.lines) out.push_back(text_of(of_block));
  return out;
}

using Modes = std::vector<Segmentation>;

// ---- text

Zone body() { return {BlockKind::Body, {100, 200, 900, 600}, {}, letters(120, 300, 40)}; }

TEST_CASE("text that reads well is read once, as a column of lines") {
  const BlockKind kind = GENERATE(BlockKind::Body, BlockKind::HeaderLeft, BlockKind::HeaderRight);
  Zone zone = body();
  zone.kind = kind;
  // 40 letters at 0.95: 18, well over 0.15 for each of the 40 marks.
  FakeRecognizer engine([&](const Box& region, Segmentation) {
    return std::vector<Line>{line(std::string(40, 'a'), region)};
  });
  const auto blocks = recognize_zones(engine, paper(), {zone});
  REQUIRE(blocks.size() == 1);
  CHECK(blocks[0].kind == kind);
  CHECK(blocks[0].box == zone.box);
  CHECK(engine.calls == std::vector<Call>{{zone.box, Segmentation::Column}});
}

TEST_CASE("text that reads badly is read again as a block, and the better reading counts") {
  struct Row {
    std::string column, block;
    double column_confidence, block_confidence;
    Texts expected;
  };
  const std::string forty(40, 'b');
  const Row row = GENERATE_COPY(values<Row>({
      {"aaa", forty, 0.9, 0.9, {forty}},                 // more was read
      {"aaaaaaaa", "bbbbbbbb", 0.6, 0.9, {"bbbbbbbb"}},  // it was read more surely
      {"aaaaaaaa", "bb", 0.9, 0.9, {"aaaaaaaa"}},        // less was read
      {"aaaa", forty, 0.9, 0.3, {"aaaa"}},  // much was read, but hardly any of it is right
  }));
  CAPTURE(row.column, row.block, row.column_confidence, row.block_confidence);
  FakeRecognizer engine([&](const Box& region, Segmentation mode) {
    return std::vector<Line>{mode == Segmentation::Column
                                 ? line(row.column, region, row.column_confidence)
                                 : line(row.block, region, row.block_confidence)};
  });
  const auto blocks = recognize_zones(engine, paper(), {body()});
  CHECK(engine.modes() == Modes{Segmentation::Column, Segmentation::Block});
  REQUIRE(blocks.size() == 1);
  CHECK(texts(blocks[0]) == row.expected);
}

TEST_CASE("what is written counts letters, not bytes") {
  // Both have eight letters; in bytes the first would weigh three times as much.
  FakeRecognizer engine([](const Box& region, Segmentation mode) {
    return std::vector<Line>{mode == Segmentation::Column ? line("ểểểểểểểể", region, 0.8)
                                                          : line("aaaaaaaa", region, 0.9)};
  });
  const auto blocks = recognize_zones(engine, paper(), {body()});
  REQUIRE(blocks.size() == 1);
  CHECK(texts(blocks[0]) == Texts{"aaaaaaaa"});
}

TEST_CASE("recipients are read as a block of like lines, once") {
  Zone zone = body();
  zone.kind = BlockKind::Recipients;
  FakeRecognizer engine([](const Box&, Segmentation) { return std::vector<Line>{}; });
  recognize_zones(engine, paper(), {zone});
  CHECK(engine.modes() == Modes{Segmentation::Block});
}

// ---- signatures

// Two rows of letters, a title and a name.
const Box kTitle{500, 300, 700, 316}, kName{500, 400, 640, 416};

Zone signature(BlockKind kind = BlockKind::Signature) {
  Zone zone{kind, {450, 250, 900, 600}, {}, letters(500, 300, 14)};
  for (const Box& letter : letters(500, 400, 10)) zone.ink.push_back(letter);
  return zone;
}

// The row that a reading by single lines was asked for.
bool is_title_row(const Box& region) { return region.center_y() < 350; }

TEST_CASE("rows that the engine has lost in a signature are read one by one") {
  FakeRecognizer engine([](const Box& region, Segmentation mode) {
    if (mode == Segmentation::Column) return std::vector<Line>{line("CHỦ TỊCH", kTitle, 0.9)};
    return std::vector<Line>{is_title_row(region) ? line("CHỦ TICH", kTitle, 0.7)
                                                  : line("Hà Ngân", kName)};
  });
  const auto blocks = recognize_zones(engine, paper(), {signature()});
  CHECK(engine.modes() == Modes{Segmentation::Column, Segmentation::Line, Segmentation::Line});
  REQUIRE(blocks.size() == 1);
  // The title was read better in the column, the name only by itself.
  CHECK(texts(blocks[0]) == Texts{"CHỦ TỊCH", "Hà Ngân"});
  // A row is asked for with room for its marks.
  CHECK(engine.calls[1].region.top < 300);
  CHECK(engine.calls[1].region.bottom > 316);
  CHECK(engine.calls[1].region.left < 500);
}

TEST_CASE("a row that was read surely from end to end is not read again") {
  const Box half{kTitle.left, kTitle.top, kTitle.center_x(), kTitle.bottom};
  const auto [title, confidence, read_again] = GENERATE_COPY(
      table<Box, double, bool>({{kTitle, 0.96, false}, {kTitle, 0.9, true}, {half, 0.96, true}}));
  CAPTURE(title, confidence);
  FakeRecognizer engine([&](const Box&, Segmentation mode) {
    if (mode == Segmentation::Column) return std::vector<Line>{line("CHỦ TỊCH", title, confidence)};
    return std::vector<Line>{};
  });
  recognize_zones(engine, paper(), {signature()});
  const auto is_title = [](const auto& call) { return is_title_row(call.region); };
  CHECK(std::any_of(engine.calls.begin() + 1, engine.calls.end(), is_title) == read_again);
}

TEST_CASE("of two readings of a row the better one stays, and only one") {
  FakeRecognizer engine([](const Box& region, Segmentation mode) {
    if (mode == Segmentation::Column)
      return std::vector<Line>{line("C TC", kTitle, 0.6), line("Hà Ngân", kName, 0.9)};
    return std::vector<Line>{is_title_row(region) ? line("CHỦ TỊCH", kTitle, 0.95)
                                                  : line("H Ngn", kName, 0.6)};
  });
  const auto blocks = recognize_zones(engine, paper(), {signature()});
  REQUIRE(blocks.size() == 1);
  CHECK(texts(blocks[0]) == Texts{"CHỦ TỊCH", "Hà Ngân"});
}

TEST_CASE("the right column at the top is read row by row only where it reads badly") {
  const bool weak = GENERATE(false, true);
  CAPTURE(weak);
  FakeRecognizer engine([&](const Box&, Segmentation mode) {
    if (mode == Segmentation::Column && !weak)
      return std::vector<Line>{line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA", kTitle)};
    return std::vector<Line>{};
  });
  recognize_zones(engine, paper(), {signature(BlockKind::HeaderRight)});
  CHECK(engine.modes() == (weak
                               ? Modes{Segmentation::Column, Segmentation::Line, Segmentation::Line}
                               : Modes{Segmentation::Column}));
}

// ---- all together

TEST_CASE("a row that stands within a line's box and in none of its words is read again") {
  const Box word{100, 100, 150, 116}, tall{160, 100, 200, 160};
  std::vector<Block> blocks{{BlockKind::Body, {100, 100, 600, 160}, {}}};
  blocks[0].lines = {
      {{100, 100, 200, 160}, {{"quy", "quy", word, 0.9, 0}, {"định", "định", tall, 0.9, 0}}}};
  std::vector<Box> ink = letters(100, 100, 3);
  const std::vector<Box> row = letters(300, 140, 8);
  ink.insert(ink.end(), row.begin(), row.end());
  FakeRecognizer engine(
      [](const Box& region, Segmentation) { return std::vector<Line>{line("tại", region)}; });
  recognize_leftovers(engine, paper(), ink, blocks);
  REQUIRE(engine.calls.size() == 1);
  CHECK(engine.calls[0].segmentation == Segmentation::Line);
  CHECK(engine.calls[0].region.holds_middle_of(row[4]));
  CHECK(words_of(blocks).size() == 3);
}

TEST_CASE("a word of three marks that no line covers is read where it is even and surely read") {
  const auto [uneven, confidence, words] =
      GENERATE(table<double, double, std::size_t>({{0, 0.9, 1}, {0, 0.7, 0}, {14, 0.9, 0}}));
  CAPTURE(uneven, confidence);
  std::vector<Box> ink = letters(100, 100, 3);
  ink[1].top += uneven, ink[1].bottom += uneven;
  std::vector<Block> blocks;
  const double read = confidence;
  FakeRecognizer engine([&](const Box& region, Segmentation) {
    return std::vector<Line>{line("TRẠCH", region, read)};
  });
  recognize_leftovers(engine, paper(), ink, blocks);
  CHECK(words_of(blocks).size() == words);
}

TEST_CASE("a line under a seal is read again with the seal on, and the surer reading stays") {
  const auto [again, kept] =
      GENERATE(table<double, std::string>({{0.9, "TRƯỞNG"}, {0.5, "TR NG"}, {0.61, "TR NG"}}));
  CAPTURE(again);
  const Box under{100, 100, 200, 120}, beside{100, 400, 200, 420};
  std::vector<Block> blocks{{BlockKind::Signature, {100, 100, 200, 420}, {}}};
  blocks[0].lines = {line("TR NG", under, 0.6), line("Nam", beside, 0.6)};
  const double confidence = again;
  FakeRecognizer engine([&](const Box& region, Segmentation) {
    return std::vector<Line>{line("TRƯỞNG", region, confidence)};
  });
  recognize_under_seals(engine, paper(), {{150, 50, 300, 200}}, blocks);
  CHECK(engine.modes() == std::vector<Segmentation>{Segmentation::Line});
  CHECK(text_of(blocks[0].lines[0]) == kept);
  CHECK(text_of(blocks[0].lines[1]) == "Nam");
  // Cells were read one by one.
  blocks[0].kind = BlockKind::Table;
  recognize_under_seals(engine, paper(), {{150, 50, 300, 200}}, blocks);
  CHECK(engine.calls.size() == 1);
}

TEST_CASE("where nothing is read there is no block") {
  const BlockKind kind = GENERATE(BlockKind::HeaderLeft, BlockKind::HeaderRight, BlockKind::Body,
                                  BlockKind::Recipients, BlockKind::Signature);
  Zone zone = body();
  zone.kind = kind;
  FakeRecognizer engine([](const Box&, Segmentation) { return std::vector<Line>{}; });
  CHECK(recognize_zones(engine, paper(), {zone}).empty());
  CHECK_FALSE(engine.calls.empty());
}

TEST_CASE("without zones the engine is not asked") {
  FakeRecognizer engine([](const Box&, Segmentation) { return std::vector<Line>{}; });
  CHECK(recognize_zones(engine, paper(), {}).empty());
  CHECK(engine.calls.empty());
}

TEST_CASE("blocks come in the order of their zones") {
  Zone first = body(), second = body();
  first.kind = BlockKind::HeaderLeft;
  second.kind = BlockKind::Recipients;
  FakeRecognizer engine([](const Box& region, Segmentation) {
    return std::vector<Line>{line(std::string(40, 'a'), region)};
  });
  const auto blocks = recognize_zones(engine, paper(), {first, body(), second});
  REQUIRE(blocks.size() == 3);
  CHECK(blocks[0].kind == BlockKind::HeaderLeft);
  CHECK(blocks[1].kind == BlockKind::Body);
  CHECK(blocks[2].kind == BlockKind::Recipients);
}

TEST_CASE("a fault of the engine reaches the caller") {
  FakeRecognizer engine(
      [](const Box&, Segmentation) -> std::vector<Line> { throw EngineError("broken"); });
  CHECK_THROWS_AS(recognize_zones(engine, paper(), {body()}), EngineError);
}

}  // namespace
}  // namespace vanban::ocr
