#include "ocr/layout/layout.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>
#include <string>
#include <vector>

#include "tests/ocr/even_grid.h"

namespace vanban::ocr {
namespace {

// ---- made pages: A4 at 200 dpi, letters 20 high

constexpr double kWidth = 1654, kHeight = 2339, kLetter = 20;
constexpr double kLeft = 230, kRight = 1540;  // of the type area
constexpr double kPitch = 48;

LayoutInput page() { return {kWidth, kHeight, kLetter, {}, {}, {}}; }

// A line of words of various lengths between two sides, parted by spaces of half a letter's height.
std::vector<Box> row(double left, double right, double top, unsigned seed = 1) {
  std::mt19937 random(seed + static_cast<unsigned>(top));
  std::uniform_int_distribution<int> letters(2, 6);
  std::vector<Box> out;
  int rest = letters(random);
  for (double x = left; x + 12 <= right; --rest) {
    if (rest == 0) {
      rest = letters(random);
      x += 10;
      continue;
    }
    out.push_back({x, top, x + 12, top + kLetter});
    x += 15;
  }
  return out;
}

std::vector<Box> rows(double left, double right, double top, int count) {
  std::vector<Box> out;
  for (int i = 0; i < count; ++i) {
    const std::vector<Box> line = row(left, right, top + i * kPitch);
    out.insert(out.end(), line.begin(), line.end());
  }
  return out;
}

// Adds ink to the page and gives it back, to ask later where it went.
std::vector<Box> put(LayoutInput& input, const std::vector<Box>& ink) {
  input.ink.insert(input.ink.end(), ink.begin(), ink.end());
  return ink;
}

void put_table(LayoutInput& input, const std::vector<double>& row_edges,
               const std::vector<double>& column_edges) {
  for (const double y : row_edges)
    input.horizontal_rules.push_back({column_edges.front(), y - 1, column_edges.back(), y + 2});
  for (const double x : column_edges)
    input.vertical_rules.push_back({x - 1, row_edges.front(), x + 2, row_edges.back()});
}

// ---- looking at zones

bool holds(const Box& zone, const Box& mark) {
  return mark.center_x() >= zone.left && mark.center_x() < zone.right &&
         mark.center_y() >= zone.top && mark.center_y() < zone.bottom;
}

std::vector<std::string> kinds(const std::vector<Zone>& zones) {
  std::vector<std::string> out;
  for (const Zone& zone : zones) out.emplace_back(name_of(zone.kind));
  return out;
}

using Kinds = std::vector<std::string>;

// The kinds of the zones that hold any of this ink: one where it was kept together.
Kinds kinds_of(const std::vector<Zone>& zones, const std::vector<Box>& ink) {
  Kinds out;
  for (const Box& mark : ink)
    for (const Zone& zone : zones)
      if (holds(zone.box, mark) &&
          std::find(out.begin(), out.end(), name_of(zone.kind)) == out.end())
        out.emplace_back(name_of(zone.kind));
  return out;
}

// ---- find_zones

TEST_CASE("a page without ink, or without text, has no zones") {
  CHECK(find_zones(page()).empty());
  LayoutInput only_rules = page();
  only_rules.horizontal_rules.push_back({100, 100, 1500, 103});
  CHECK(find_zones(only_rules).empty());
}

TEST_CASE("a page of text alone is one body") {
  LayoutInput input = page();
  put(input, rows(kLeft, kRight, 200, 40));
  const auto zones = find_zones(input);
  REQUIRE(kinds(zones) == Kinds{"body"});
  CHECK(zones[0].ink.size() == input.ink.size());
}

TEST_CASE("a page on which nothing is found is one body") {
  LayoutInput input = page();
  SECTION("one line") { put(input, row(kLeft, 700, 300)); }
  SECTION("one letter") { input.ink.push_back({800, 1000, 812, 1020}); }
  SECTION("one column at the side") { put(input, rows(200, 500, 200, 30)); }
  const auto zones = find_zones(input);
  REQUIRE(kinds(zones) == Kinds{"body"});
  CHECK(zones[0].ink.size() == input.ink.size());
}

struct FirstPage {
  LayoutInput input = page();
  std::vector<Box> agency, motto, text;

  // The right column begins `gutter` pixels after the left one.
  explicit FirstPage(double gutter) {
    agency = put(input, rows(kLeft, 720, 180, 3));
    motto = put(input, rows(720 + gutter, kRight, 180, 3));
    text = put(input, rows(kLeft, kRight, 420, 30));
  }
};

TEST_CASE("header columns are parted at their gutter, wide or narrow") {
  const double gutter = GENERATE(30.0, 60.0, 200.0);
  CAPTURE(gutter);
  const FirstPage first(gutter);
  const auto zones = find_zones(first.input);
  CHECK(kinds(zones) == Kinds{"header_left", "header_right", "body"});
  CHECK(kinds_of(zones, first.agency) == Kinds{"header_left"});
  CHECK(kinds_of(zones, first.motto) == Kinds{"header_right"});
  CHECK(kinds_of(zones, first.text) == Kinds{"body"});
}

TEST_CASE("columns whose lines reach past one another are parted in the channel that is left") {
  LayoutInput input = page();
  auto agency = put(input, row(kLeft, 700, 180));
  const auto second = put(input, row(kLeft, 780, 228));
  auto motto = put(input, row(793, kRight, 180));
  const auto below = put(input, row(900, 1400, 228));
  const auto number = put(input, row(300, 600, 300));
  const auto date = put(input, row(850, kRight, 300));
  const auto text = put(input, rows(kLeft, kRight, 420, 30));
  agency.insert(agency.end(), second.begin(), second.end());
  motto.insert(motto.end(), below.begin(), below.end());
  const auto zones = find_zones(input);
  CHECK(kinds_of(zones, agency) == Kinds{"header_left"});
  CHECK(kinds_of(zones, motto) == Kinds{"header_right"});
  CHECK(kinds_of(zones, number) == Kinds{"header_left"});
  CHECK(kinds_of(zones, date) == Kinds{"header_right"});
  CHECK(kinds_of(zones, text) == Kinds{"body"});
}

TEST_CASE("a gutter lies where it parts most rows") {
  // The right column's lines are centred; its date alone begins left of its motto.
  LayoutInput input = page();
  const auto agency = put(input, rows(kLeft, 640, 180, 3));
  const auto motto = put(input, rows(850, kRight, 180, 2));
  const auto number = put(input, row(300, 560, 180 + 3 * kPitch));
  const auto date = put(input, row(665, kRight, 180 + 3 * kPitch));
  const auto text = put(input, rows(kLeft, kRight, 500, 30));
  const auto zones = find_zones(input);
  CHECK(kinds_of(zones, agency) == Kinds{"header_left"});
  CHECK(kinds_of(zones, number) == Kinds{"header_left"});
  CHECK(kinds_of(zones, motto) == Kinds{"header_right"});
  CHECK(kinds_of(zones, date) == Kinds{"header_right"});
}

TEST_CASE("spaces of a few lines that lie one over another are no gutter") {
  LayoutInput input = page();
  std::vector<Box> text;
  // Words of large print, parted by a letter's width; two lines part at one place.
  const auto word = [&](double left, double right, double top) {
    for (double x = left; x + 40 <= right; x += 44)
      text.push_back({x, top, x + 40, top + kLetter * 2});
  };
  input.text_height = 2 * kLetter;
  for (const double top : {180.0, 280.0}) {
    word(230, 490, top);   // six letters
    word(530, 790, top);   // six, 44 from them
    word(834, 1182, top);  // eight
  }
  put(input, text);
  CHECK(kinds(find_zones(input)) == Kinds{"body"});
}

TEST_CASE("a date line that stands right of the gutter below the motto is part of the header") {
  LayoutInput input = page();
  const auto agency = put(input, rows(kLeft, 700, 180, 2));
  const auto motto = put(input, rows(780, kRight, 180, 2));
  const auto date = put(input, row(900, kRight, 300));
  const auto text = put(input, rows(kLeft, kRight, 420, 30));
  const auto zones = find_zones(input);
  CHECK(kinds_of(zones, agency) == Kinds{"header_left"});
  CHECK(kinds_of(zones, motto) == Kinds{"header_right"});
  CHECK(kinds_of(zones, date) == Kinds{"header_right"});
  CHECK(kinds_of(zones, text) == Kinds{"body"});
}

TEST_CASE("marks of the scanner above the header stay out of its columns") {
  FirstPage first(60);
  const auto mark = put(first.input, row(400, 1200, 30));
  const auto zones = find_zones(first.input);
  CHECK(kinds(zones) == Kinds{"body", "header_left", "header_right", "body"});
  CHECK(kinds_of(zones, mark) == Kinds{"body"});
}

TEST_CASE("spaces between words under the gutter do not make it longer") {
  // Up to the spaces of a justified line.
  const double space = GENERATE(14.0, 24.0, 34.0);
  CAPTURE(space);
  FirstPage first(60);
  // The first two lines of the text have a space between two words under the middle of the gutter.
  for (const double y : {420.0, 468.0}) {
    std::erase_if(first.input.ink, [&](const Box& box) { return box.top == y; });
    std::vector<Box> before = row(kLeft, 740, y);
    const double shift = 733 - before.back().right;
    for (Box& box : before) box.left += shift, box.right += shift;
    put(first.input, before);
    put(first.input, row(733 + space, kRight, y));
  }
  const auto zones = find_zones(first.input);
  CHECK(kinds(zones) == Kinds{"header_left", "header_right", "body"});
  CHECK(zones[2].ink.front().top >= 420);
  CHECK(zones[1].box.bottom <= 420);
}

struct LastPage {
  LayoutInput input = page();
  std::vector<Box> text, recipients, signature;

  LastPage() {
    text = put(input, rows(kLeft, kRight, 200, 12));
    recipients = put(input, rows(kLeft, 700, 860, 6));
    signature = put(input, rows(950, 1450, 860, 2));
    const auto name = put(input, row(980, 1400, 1150));
    signature.insert(signature.end(), name.begin(), name.end());
  }
};

TEST_CASE("recipients beside a signature are two columns below the text") {
  const LastPage last;
  const auto zones = find_zones(last.input);
  CHECK(kinds(zones) == Kinds{"body", "recipients", "signature"});
  CHECK(kinds_of(zones, last.text) == Kinds{"body"});
  CHECK(kinds_of(zones, last.recipients) == Kinds{"recipients"});
  CHECK(kinds_of(zones, last.signature) == Kinds{"signature"});
}

TEST_CASE("a last line that happens to part its words at the gutter is not cut") {
  LastPage last;
  // Wider than the gutter that is looked for, narrower than two columns stand apart.
  const double parted_from = GENERATE(728.0, 680.0);
  CAPTURE(parted_from);
  std::erase_if(last.input.ink, [](const Box& box) { return box.top < 860; });
  const auto above = put(last.input, rows(kLeft, kRight, 200, 11));
  auto parted = put(last.input, row(kLeft, parted_from, 200 + 12 * kPitch));
  const auto other = put(last.input, row(parted_from + 32, kRight, 200 + 12 * kPitch));
  parted.insert(parted.end(), other.begin(), other.end());
  const auto zones = find_zones(last.input);
  CHECK(kinds_of(zones, above) == Kinds{"body"});
  CHECK(kinds_of(zones, parted) == Kinds{"body"});
  CHECK(kinds_of(zones, last.recipients) == Kinds{"recipients"});
  CHECK(kinds_of(zones, last.signature) == Kinds{"signature"});
}

TEST_CASE("a last line that is stretched to the margins is not cut, however wide its spaces") {
  LastPage last;
  std::erase_if(last.input.ink,
                [](const Box& box) { return box.top >= 200 + 11 * kPitch && box.top < 860; });
  std::vector<Box> stretched;
  for (double x = kLeft; x + 180 <= kRight; x += 180 + 60) {
    const auto word = put(last.input, row(x, x + 180, 200 + 11 * kPitch));
    stretched.insert(stretched.end(), word.begin(), word.end());
  }
  const auto zones = find_zones(last.input);
  CHECK(kinds_of(zones, stretched) == Kinds{"body"});
  CHECK(kinds_of(zones, last.recipients) == Kinds{"recipients"});
}

TEST_CASE("a list whose items stand side by side is read across") {
  LayoutInput input = page();
  put(input, rows(kLeft, kRight, 200, 8));
  put(input, rows(kLeft, 700, 600, 12));
  put(input, rows(950, 1400, 600, 12));
  CHECK(kinds(find_zones(input)) == Kinds{"body"});

  LayoutInput next = page();  // and where it goes on at the head of the next page
  put(next, rows(kLeft, 700, 200, 8));
  put(next, rows(950, 1400, 200, 8));
  put(next, rows(kLeft, kRight, 200 + 8 * kPitch, 10));
  CHECK(kinds(find_zones(next)) == Kinds{"body"});
}

TEST_CASE("an address at the foot does not hide the two columns above it") {
  LastPage last;
  const auto address = put(last.input, row(400, 1300, 2200));
  const auto zones = find_zones(last.input);
  CHECK(kinds(zones) == Kinds{"body", "recipients", "signature", "body"});
  CHECK(kinds_of(zones, last.recipients) == Kinds{"recipients"});
  CHECK(kinds_of(zones, address) == Kinds{"body"});
}

TEST_CASE("a name that stands alone at the foot of the page is the signature's") {
  LastPage last;
  const auto name = put(last.input, row(980, 1400, 2150));
  CHECK(kinds_of(find_zones(last.input), name) == Kinds{"signature"});
}

TEST_CASE("a signature without recipients beside it stays in the text") {
  LayoutInput input = page();
  put(input, rows(kLeft, kRight, 200, 12));
  put(input, rows(950, 1450, 860, 3));
  CHECK(kinds(find_zones(input)) == Kinds{"body"});
}

TEST_CASE("a ruled table stands between the paragraphs around it") {
  LayoutInput input = page();
  const auto before = put(input, rows(kLeft, kRight, 200, 10));
  put_table(input, {760, 830, 900, 970}, {230, 330, 1100, 1540});
  std::vector<Box> cells;
  for (const double y : {785.0, 855.0, 925.0})
    for (const auto& [left, right] : {std::pair{250.0, 310.0}, {350.0, 1050.0}, {1120.0, 1500.0}}) {
      const auto cell = put(input, row(left, right, y));
      cells.insert(cells.end(), cell.begin(), cell.end());
    }
  const auto after = put(input, rows(kLeft, kRight, 1040, 10));
  const auto zones = find_zones(input);
  REQUIRE(kinds(zones) == Kinds{"body", "table", "body"});
  CHECK(zones[1].grid.rows == 3);
  CHECK(zones[1].grid.columns == 3);
  CHECK(kinds_of(zones, cells) == Kinds{"table"});
  CHECK(zones[0].ink.size() == before.size());
  CHECK(zones[2].ink.size() == after.size());
}

TEST_CASE("header, table and footer of one page are all found, in reading order") {
  FirstPage first(60);
  LayoutInput& input = first.input;
  std::erase_if(input.ink, [](const Box& box) { return box.top > 800; });
  put_table(input, {900, 970, 1040}, {230, 600, 1540});
  put(input, row(260, 560, 925));
  put(input, row(260, 560, 995));
  put(input, rows(kLeft, kRight, 1100, 4));
  put(input, rows(kLeft, 700, 1400, 5));
  put(input, rows(950, 1450, 1400, 3));
  CHECK(kinds(find_zones(input)) ==
        Kinds{"header_left", "header_right", "body", "table", "body", "recipients", "signature"});
}

// How many zones hold a mark, and how many have it in their list.
std::pair<int, int> homes(const std::vector<Zone>& zones, const Box& mark) {
  std::pair<int, int> out;
  for (const Zone& zone : zones) {
    out.first += holds(zone.box, mark) ? 1 : 0;
    out.second += zone.kind == BlockKind::Table
                      ? (holds(zone.box, mark) ? 1 : 0)
                      : static_cast<int>(std::count(zone.ink.begin(), zone.ink.end(), mark));
  }
  return out;
}

TEST_CASE("every mark lies in exactly one zone") {
  std::mt19937 random(20251009);
  const auto number = [&](double low, double high) {
    return std::uniform_real_distribution<double>(low, high)(random);
  };
  for (int i = 0; i < 150; ++i) {
    LayoutInput input = page();
    const bool tables = i % 3 == 0;
    double y = number(20, 300);
    while (y < kHeight - 100) {
      const double kind = number(0, 1);
      if (kind < 0.3) {
        const double gutter = number(600, 900);
        put(input, row(kLeft, gutter, y, static_cast<unsigned>(i)));
        put(input, row(gutter + number(0, 200), kRight, y + number(-10, 10)));
      } else if (kind < 0.8) {
        put(input, row(number(100, 700), number(800, 1600), y, static_cast<unsigned>(i)));
      } else if (kind < 0.87 && tables && y < kHeight - 250) {
        put_table(input, {y, y + 60, y + 130}, {0, 700, kWidth});
        put(input, row(100, 1500, y + 25));
        y += 150;
      } else {
        const double x = number(0, kWidth - 40);
        input.ink.push_back({x, y, x + number(1, 40), y + number(1, 90)});
      }
      y += number(30, 120);
    }
    // Two marks in one place could not be told apart.
    std::sort(input.ink.begin(), input.ink.end(), [](const Box& a, const Box& b) {
      return std::pair{a.top, a.left} < std::pair{b.top, b.left};
    });
    input.ink.erase(std::unique(input.ink.begin(), input.ink.end()), input.ink.end());
    const auto zones = find_zones(input);
    CAPTURE(i, kinds(zones));
    CHECK(std::count_if(input.ink.begin(), input.ink.end(), [&](const Box& mark) {
            return homes(zones, mark) != std::pair{1, 1};
          }) == 0);
  }
}

TEST_CASE("lines below the page's edge are no reason to fail") {
  // A text layer may hold what the crop box has cut off.
  LayoutInput input = page();
  put(input, rows(kLeft, kRight, 200, 10));
  put(input, row(0, kWidth, kHeight + 40));
  CHECK(kinds(find_zones(input)) == Kinds{"body"});
}

TEST_CASE("a note in the margin beside a table is in a zone") {
  LayoutInput input = page();
  put(input, rows(kLeft, kRight, 200, 10));
  put_table(input, {760, 830, 900, 970}, {230, 330, 1100, 1400});
  put(input, row(350, 1050, 785));
  const auto note = put(input, row(1450, 1600, 850));
  const auto zones = find_zones(input);
  for (const Box& mark : note) {
    CAPTURE(kinds(zones), mark.left, mark.top);
    CHECK(homes(zones, mark).first == 1);
  }
}

// ---- blocks_from_words

Word word(const std::string& text, double left, double top, double width = 60) {
  return {text, text, {left, top, left + width, top + 20}, 1, 0};
}

std::vector<std::string> texts(const Block& block) {
  std::vector<std::string> out;
  for (const Line& line : block.lines) out.push_back(text_of(line));
  return out;
}

using Texts = std::vector<std::string>;

TEST_CASE("words go to the zone of their middle and to lines by their height") {
  const std::vector<Zone> zones{{BlockKind::HeaderLeft, {0, 0, 500, 200}, {}, {}},
                                {BlockKind::HeaderRight, {500, 0, 1000, 200}, {}, {}},
                                {BlockKind::Body, {0, 200, 1000, 900}, {}, {}}};
  // In no order, a few pixels up and down; "nhân" reaches over the gutter, but not with its middle.
  const auto blocks = blocks_from_words(
      zones,
      {word("bốn", 200, 303), word("hai", 250, 53), word("nhân", 460, 50, 70), word("ba", 100, 300),
       word("một", 100, 50), word("phải", 600, 51), word("năm", 100, 340)});
  REQUIRE(blocks.size() == 3);
  CHECK(blocks[0].kind == BlockKind::HeaderLeft);
  CHECK(texts(blocks[0]) == Texts{"một hai nhân"});
  CHECK(texts(blocks[1]) == Texts{"phải"});
  CHECK(texts(blocks[2]) == Texts{"ba bốn", "năm"});
  CHECK(blocks[2].lines[0].box == Box{100, 300, 260, 323});
}

TEST_CASE("a zone that no word stands in gives no block") {
  const std::vector<Zone> zones{{BlockKind::Body, {0, 0, 1000, 200}, {}, {}},
                                {BlockKind::Body, {0, 200, 1000, 900}, {}, {}}};
  const auto blocks = blocks_from_words(zones, {word("ba", 100, 300)});
  REQUIRE(blocks.size() == 1);
  CHECK(blocks[0].box == Box{0, 200, 1000, 900});
  CHECK(blocks_from_words(zones, {}).empty());
  CHECK(blocks_from_words({}, {word("ba", 100, 300)}).empty());
}

TEST_CASE("the words of a table are one line a row and know their column") {
  Zone table{BlockKind::Table, {0, 100, 900, 280}, {}, {}};
  table.grid = even_grid({100, 160, 220, 280}, {0, 100, 600, 900});
  // The middle row is two lines high in its second cell, and its first cell is empty; the last row
  // is empty.
  const auto blocks = blocks_from_words(
      {table},
      {word("TT", 20, 120), word("Nội", 150, 120), word("dung", 220, 120), word("Giờ", 650, 120),
       word("cây", 150, 192), word("trồng", 200, 165), word("7", 650, 180), word("Tết", 120, 165)});
  REQUIRE(blocks.size() == 1);
  CHECK(blocks[0].kind == BlockKind::Table);
  CHECK(texts(blocks[0]) == Texts{"TT\tNội dung\tGiờ", "\tTết trồng cây\t7"});
}

// ---- insert_words

std::vector<Block> two_blocks() {
  return blocks_from_words({{BlockKind::HeaderLeft, {0, 0, 500, 200}, {}, {}},
                            {BlockKind::HeaderRight, {500, 0, 1000, 200}, {}, {}}},
                           {word("Số:", 50, 50), word("/BC-UBND", 250, 50, 150),
                            word("Hà", 550, 50), word("Nội", 620, 50)});
}

TEST_CASE("a word goes into the line that it stands on, at its place") {
  auto blocks = two_blocks();
  insert_words(blocks, {word("142", 150, 46)});
  CHECK(texts(blocks[0]) == Texts{"Số: 142 /BC-UBND"});
  CHECK(texts(blocks[1]) == Texts{"Hà Nội"});
  CHECK(blocks[0].lines[0].box.top == 46);
}

TEST_CASE("words that stand on no line become lines of the block around them") {
  auto blocks = two_blocks();
  insert_words(blocks, {word("SNV", 50, 10), word("V/v", 50, 120)});
  REQUIRE(blocks.size() == 2);
  CHECK(texts(blocks[0]) == Texts{"SNV", "Số: /BC-UBND", "V/v"});
}

TEST_CASE("words outside all blocks become bodies of their own, between those above and below") {
  auto blocks = two_blocks();
  blocks.push_back({BlockKind::Recipients, {0, 700, 500, 800}, {}});
  insert_words(blocks, {word("Kính", 450, 260), word("cuối", 60, 850)});
  REQUIRE(blocks.size() == 5);
  CHECK(texts(blocks[2]) == Texts{"Kính"});
  CHECK(blocks[2].kind == BlockKind::Body);
  CHECK(blocks[3].kind == BlockKind::Recipients);
  CHECK(texts(blocks[4]) == Texts{"cuối"});
}

TEST_CASE("words far below all blocks follow one another by their height") {
  auto blocks = two_blocks();
  insert_words(blocks, {word("lớn", 150, 500), word("142", 150, 50), word("dòng", 100, 540),
                        word("rất", 60, 500)});
  REQUIRE(blocks.size() == 4);
  CHECK(texts(blocks[0]) == Texts{"Số: 142 /BC-UBND"});
  CHECK(blocks[2].kind == BlockKind::Body);
  CHECK(texts(blocks[2]) == Texts{"rất lớn"});
  CHECK(texts(blocks[3]) == Texts{"dòng"});
}

TEST_CASE("inserting nothing changes nothing, and words find a page that is empty") {
  auto blocks = two_blocks();
  insert_words(blocks, {});
  CHECK(blocks == two_blocks());
  std::vector<Block> none;
  insert_words(none, {word("một", 10, 10)});
  REQUIRE(none.size() == 1);
  CHECK(texts(none[0]) == Texts{"một"});
}

TEST_CASE("words for which their blocks have no line keep to their columns") {
  const auto word = [](const std::string& text, double left) {
    return Word{text, text, {left, 200, left + 80, 220}, 0.9, 0};
  };
  std::vector<Block> blocks{{BlockKind::HeaderLeft, {100, 100, 500, 400}, {}},
                            {BlockKind::HeaderRight, {600, 100, 1200, 400}, {}}};
  insert_words(blocks, {word("XÃ", 200), word("Độc", 700), word("lập", 800)});
  REQUIRE(blocks[0].lines.size() == 1);
  CHECK(text_of(blocks[0].lines[0]) == "XÃ");
  REQUIRE(blocks[1].lines.size() == 1);
  CHECK(text_of(blocks[1].lines[0]) == "Độc lập");
}

}  // namespace
}  // namespace vanban::ocr
