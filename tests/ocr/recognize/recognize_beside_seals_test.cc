#include "ocr/recognize/recognize_beside_seals.h"

#include <catch2/catch.hpp>
#include <string>
#include <utility>
#include <vector>

namespace vanban::ocr {
namespace {

// Reads one line: a word that it is told and the known one, where that stands in the part it is
// shown. Each call takes the next of the answers.
class Engine final : public Recognizer {
 public:
  using Answers = std::vector<std::pair<std::string, double>>;
  Engine(Answers answers, double known_left) : answers_(std::move(answers)), left_(known_left) {}

  EngineInfo info() const override { return {"fake", "1", "vie", std::string(64, '0')}; }
  std::vector<Line> recognize(const Image&, const Box& region, Segmentation) override {
    if (calls >= answers_.size()) return {};
    const auto& [text, confidence] = answers_[calls++];
    const Box first{20, 10, left_ - 10, 30}, known{left_, 10, left_ + 80, 30};
    return {{region, {{text, text, first, confidence}, {"Anh", "Anh", known, 0.96}}}};
  }
  int detect_rotation(const Image&) override { return 0; }

  std::size_t calls = 0;

 private:
  Answers answers_;
  double left_;
};

// A page with one seal, whose picture differs from the page.
Preprocessed page_with_seal() {
  Preprocessed page;
  page.image = {800, 600, 1, 300, std::vector<std::uint8_t>(800 * 600, 255)};
  SealOnPage seal;
  seal.box = {100, 100, 400, 400};
  seal.with_seal = {300, 300, 1, 300, std::vector<std::uint8_t>(300 * 300, 128)};
  page.seals = {seal};
  return page;
}

// The signature's line, whose first word is doubtful and stands in the seal.
std::vector<Block> signature(const Box& known) {
  const Box before{known.left - 60, known.top, known.left - 10, known.bottom};
  Line line{{before.left, known.top, known.right, known.bottom},
            {{"~a", "~a", before, 0.3}, {"Anh", "Anh", known, 0.96}}};
  return {{BlockKind::Signature, line.box, {line}}};
}

constexpr Box kKnown{350, 300, 430, 320};
// 2.6 heights of 20 stand left of it in the part that is shown, and a margin of 10.
constexpr double kKnownInPart = 52 + 10;

TEST_CASE("a beginning that readings agree on becomes the line's") {
  Preprocessed page = page_with_seal();
  std::vector<Block> blocks = signature(kKnown);
  Engine engine({{"Lê", 0.9}, {"Lê", 0.9}, {"Lẻ", 0.4}, {"Lê", 0.9}}, kKnownInPart);
  recognize_beside_seals(engine, page, blocks);
  CHECK(text_of(blocks[0].lines[0]) == "Lê Anh");
  CHECK(blocks[0].lines[0].words[0].confidence == Approx(0.9));
}

TEST_CASE("what one reading alone has is taken with doubt") {
  Preprocessed page = page_with_seal();
  std::vector<Block> blocks = signature(kKnown);
  Engine engine({{"Lê", 0.98}, {"4", 0.4}}, kKnownInPart);
  recognize_beside_seals(engine, page, blocks);
  CHECK(text_of(blocks[0].lines[0]) == "Lê Anh");
  CHECK(blocks[0].lines[0].words[0].confidence == Approx(0.49));
}

TEST_CASE("readings that differ leave the line as it is") {
  Preprocessed page = page_with_seal();
  std::vector<Block> blocks = signature(kKnown);
  Engine engine({{"Lê", 0.9}, {"Lã", 0.9}, {"Lê", 0.5}, {"Lã", 0.5}}, kKnownInPart);
  recognize_beside_seals(engine, page, blocks);
  CHECK(text_of(blocks[0].lines[0]) == "~a Anh");
}

TEST_CASE("lines away from seals and other parts are not read again") {
  Preprocessed page = page_with_seal();
  Engine engine({{"Lê", 0.9}, {"Lê", 0.9}}, kKnownInPart);
  std::vector<Block> away = signature({650, 300, 730, 320});
  recognize_beside_seals(engine, page, away);
  std::vector<Block> body = signature(kKnown);
  body[0].kind = BlockKind::Body;
  recognize_beside_seals(engine, page, body);
  CHECK(engine.calls == 0);
}

}  // namespace
}  // namespace vanban::ocr
