#include "extract/aligned_tables.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "diacritics/text/text.h"

namespace vanban::extract {
namespace {

using ocr::Block;
using ocr::BlockKind;
using Texts = std::vector<std::string>;

// Lines of type 16 high, 22 apart, each character 6 wide, spaces too: three and more are a wide
// gap.
Block body(const Texts& lines, double x = 60, double y = 100) {
  Block out;
  for (const std::string& text : lines) {
    ocr::Line line;
    double at = x;
    std::string word;
    const auto end_word = [&] {
      if (word.empty()) return;
      const double width = 6.0 * double(diacritics::count_code_points(word));
      line.words.push_back({word, word, {at - width, y, at, y + 16}, 0.9});
      word.clear();
    };
    for (const char32_t c : diacritics::to_code_points(text)) {
      if (c == U' ')
        end_word();
      else
        word += diacritics::to_utf8(std::u32string(1, c));
      at += 6;
    }
    end_word();
    line.box = ocr::box_of(line.words);
    out.box = ocr::united(out.box, line.box);
    out.lines.push_back(line);
    y += 22;
  }
  return out;
}

// Each block as its kind and lines, cells parted by "|".
Texts parts(std::vector<Block> blocks) {
  ocr::Page page;
  page.blocks = std::move(blocks);
  set_aligned_tables(page);
  Texts out;
  for (const Block& block : page.blocks) {
    out.push_back("[" + std::string(name_of(block.kind)) + "]");
    for (const ocr::Line& line : block.lines) {
      std::string text = ocr::text_of(line);
      for (char& c : text) c = c == '\t' ? '|' : c;
      out.push_back(text);
    }
  }
  return out;
}

std::vector<ocr::TableCell> cells_of(const Texts& lines) {
  ocr::Page page;
  page.blocks = {body(lines)};
  set_aligned_tables(page);
  REQUIRE(page.blocks.size() == 1);
  return page.blocks[0].cells;
}

const Texts kTable{
    "TT     Nội dung                 Kế hoạch     Thực hiện",
    "1      Nạo vét ao hồ               1.589           667",
    "2      Sửa chữa cầu                  603         1.589",
    "3      Trồng cây phân tán          1.415           121",
};

TEST_CASE("figures under heads, far from their labels, are a table") {
  Texts lines{"Số liệu như sau:"};
  lines.insert(lines.end(), kTable.begin(), kTable.end());
  lines.push_back("Trên đây là báo cáo kết quả thực hiện nhiệm vụ của các đơn vị.");
  CHECK(parts({body(lines)}) ==
        Texts{"[body]", "Số liệu như sau:", "[table]", "TT|Nội dung|Kế hoạch|Thực hiện",
              "1|Nạo vét ao hồ|1.589|667", "2|Sửa chữa cầu|603|1.589",
              "3|Trồng cây phân tán|1.415|121", "[body]",
              "Trên đây là báo cáo kết quả thực hiện nhiệm vụ của các đơn vị."});
}

TEST_CASE("every place of such a table has its cell") {
  const std::vector<ocr::TableCell> cells = cells_of(kTable);
  REQUIRE(cells.size() == 16);
  for (std::size_t i = 0; i < cells.size(); ++i) {
    CHECK(cells[i].row == int(i / 4));
    CHECK(cells[i].column == int(i % 4));
  }
  // "1.589" of the first row ends 6 * 40 from the margin.
  CHECK(cells[6].contains(60 + 6 * 38, 100 + 22 + 8));
}

TEST_CASE("a head over two columns is a row of its own") {
  const Texts lines{
      "TT     Nội dung                        Năm 2021",
      "                                Kế hoạch     Thực hiện",
      "1      Nạo vét ao hồ               1.589           667",
      "2      Sửa chữa cầu                  603         1.589",
      "3      Trồng cây phân tán          1.415           121",
  };
  CHECK(parts({body(lines)})[1] == "TT|Nội dung|Năm 2021");
  CHECK(parts({body(lines)})[2] == "||Kế hoạch|Thực hiện");
  const std::vector<ocr::TableCell> cells = cells_of(lines);
  REQUIRE(cells.size() == 3 + 2 + 3 * 4);
  CHECK(cells[0].row_span == 2);
  CHECK(cells[2].column_span == 2);
  CHECK(cells[3].column == 2);
}

TEST_CASE("a label goes on under itself") {
  CHECK(parts({body({
            "Nội dung                   Số lượng",
            "Nạo vét ao hồ tại            1.589",
            "các thôn ven sông",
            "Sửa chữa cầu                   603",
            "Trồng cây phân tán             121",
            "quanh bãi",
            "Đơn vị đã hoàn thành.",
        })}) == Texts{"[table]", "Nội dung|Số lượng", "Nạo vét ao hồ tại các thôn ven sông|1.589",
                      "Sửa chữa cầu|603", "Trồng cây phân tán quanh bãi|121", "[body]",
                      "Đơn vị đã hoàn thành."});
}

TEST_CASE("columns that were read one after the other are one table") {
  CHECK(parts({body({"Nội dung", "Nạo vét ao hồ", "Sửa chữa cầu", "Trồng cây"}),
               body({"Số lượng", "1.589", "603", "121"}, 400)}) ==
        Texts{"[table]", "Nội dung|Số lượng", "Nạo vét ao hồ|1.589", "Sửa chữa cầu|603",
              "Trồng cây|121"});
}

TEST_CASE("what only looks like rows stays text") {
  const auto stays = [](const Texts& lines) {
    Texts expected{"[body]"};
    const std::vector<Block> blocks{body(lines)};
    for (const ocr::Line& line : blocks[0].lines) expected.push_back(ocr::text_of(line));
    CHECK(parts(blocks) == expected);
  };
  // A list.
  stays({"Chỉ tiêu                       Năm", "- Dân số:                  374.125",
         "- Số hộ:                       603", "- Số thôn:                      12"});
  // Two rows are none.
  stays({"Nội dung                   Số lượng", "Nạo vét ao hồ                1.589",
         "Sửa chữa cầu                   603"});
  // Figures without heads.
  stays({"Nạo vét ao hồ                1.589", "Sửa chữa cầu                   603",
         "Trồng cây                      121"});
  // Stretched lines, whose gaps stand where they happen to.
  stays({"Ghi nhận     376 vụ việc, giảm 07 vụ", "so với     cùng kỳ, tăng 12 vụ     so với",
         "năm trước, đạt     94,10 điểm và     xếp thứ 21"});
  // Names and titles.
  stays({"KT. CHỦ TỊCH          TM. BAN CHỦ NHIỆM", "PHÓ CHỦ TỊCH               CHỦ NHIỆM",
         "Trần Văn Mẫu          Nguyễn Thị Ví Dụ"});
}

}  // namespace
}  // namespace vanban::extract
