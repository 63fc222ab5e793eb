#include "pipeline/page/route.h"

#include <catch2/catch.hpp>
#include <sstream>
#include <string>
#include <vector>

namespace vanban::pipeline {
namespace {

using ocr::Route;

std::vector<ocr::Word> words_of(const std::string& text) {
  std::vector<ocr::Word> words;
  std::istringstream in(text);
  for (std::string word; in >> word;) words.push_back({word, word, {0, 0, 1, 1}, 1, 0});
  return words;
}

// 60 syllables and some.
const std::string kRight =
    "Thực hiện kế hoạch kiểm tra công tác văn thư, lưu trữ năm 2025, đoàn kiểm tra của huyện đã "
    "làm "
    "việc với các xã, thị trấn. Qua kiểm tra, phần lớn các đơn vị đã ban hành quy chế, bố trí công "
    "chức phụ trách và bảo quản tài liệu đúng quy định. Đề nghị các đơn vị tiếp tục khắc phục hạn "
    "chế, báo cáo kết quả về Ủy ban nhân dân huyện trước ngày 20 tháng 12.";
// The same as a reader without Vietnamese leaves it.
const std::string kWithoutMarks =
    "Thuc hien ke hoach kiem tra cong tac van thu, luu tru nam 2025, doan kiem tra cua huyen da "
    "lam "
    "viec voi cac xa, thi tran. Qua kiem tra, phan lon cac don vi da ban hanh quy che, bo tri cong "
    "chuc phu trach va bao quan tai lieu dung quy dinh. De nghi cac don vi tiep tuc khac phuc han "
    "che, bao cao ket qua ve Uy ban nhan dan huyen truoc ngay 20 thang 12.";
const std::string kWrongMarks =
    "Thưc hiẻn kê hoach kiêm trà cõng tãc vàn thứ, lưú trừ nám 2025, đoán kiêm trá cùa huyẽn đá "
    "lám "
    "viẽc vơi cảc xá, thì trẩn. Quà kiêm trã, phãn lơn cãc đòn vĩ đâ bàn hảnh qúy chẽ, bõ trĩ cõng "
    "chưc phú trảch vá bâo quán tải liẽu đũng qúy đinh. Đẽ nghĩ cãc đòn vĩ tiẽp tuc khãc phuc hãn "
    "chẽ, bâo câo kẽt quá vẽ Úy bàn nhãn dãn huyẽn trươc ngáy 20 thãng 12.";
const std::string kEnglish =
    "This annex lists the equipment that has been handed over to the commune. Each item is shown "
    "with its number, the year in which it was made and the state in which it was found. Items "
    "that were not found on the day of the inventory are listed on the last page, and the office "
    "will report on them by the end of the month. The list is signed by both parties.";
const std::string kNames =
    "Trần Văn Mẫu Chủ tịch Nguyễn Thị Thử Phó Chủ tịch Lê Minh Họa Trưởng phòng Phạm Thu Hằng "
    "Kế toán Đỗ Quang Vinh Chuyên viên Hoàng Kim Chi Văn thư Vũ Đức Thắng Công an Bùi Thanh Tùng "
    "Bí thư Ngô Hải Yến Y tế Đặng Quốc Bảo Tư pháp Lý Thị Mai Hộ tịch Võ Tấn Phát Địa chính "
    "Trương Mỹ Linh Phan Anh Tuấn";
const std::string kRareNames =
    "1. Giàng A Pao, bản Phìn Sủ 2. Lò Thị Ún, bản Nậm Pửng 3. Vừ A Sử, bản Sín Chải 4. Sùng Thị "
    "Mỷ, bản Tả Phìn 5. Y Bhiăc Niê, buôn Ea Mđroh";
// Headings of a table, then its figures.
const std::string kTable =
    "STT Nội dung Đơn vị tính Kế hoạch năm Thực hiện Tỷ lệ 1 Hồ sơ tiếp nhận 1.268 1.304 102,8% 2 "
    "Hồ sơ đúng hạn 1.250 1.297 103,8% Tổng cộng 2.518 2.601";
const std::string kFigures = "1 2 3 2025 48.750.000 100% 12/3/2025";
const std::string kStampWords = "Ký bởi: Sở Nội vụ Ngày ký: 12/03/2025";

struct Row {
  std::string what;
  double image_share;
  std::string layer;
  Route expected;
};

TEST_CASE("on its own the program takes a text layer only where it is right") {
  const Row row = GENERATE(values<Row>({
      {"born digital", 0, kRight, Route::TextLayer},
      {"born digital with a coat of arms", 0.2, kRight, Route::TextLayer},
      {"born digital, a heading alone", 0, "BÁO CÁO KẾT QUẢ CÔNG TÁC", Route::TextLayer},
      {"born digital, figures alone", 0, kFigures, Route::TextLayer},
      {"scan with a right layer", 1, kRight, Route::TextLayer},
      {"scan with right English", 1, kEnglish, Route::TextLayer},
      {"scan with right Vietnamese and some English", 1, kRight + " " + kEnglish.substr(0, 70),
       Route::TextLayer},
      {"scan with a list of names", 1, kNames, Route::TextLayer},
      {"scan without a layer", 1, "", Route::Ocr},
      {"no scan and no layer: drawn letters", 0, "", Route::Ocr},
      {"scan whose layer lost its marks", 1, kWithoutMarks, Route::Ocr},
      {"scan whose layer has wrong marks", 1, kWrongMarks, Route::Ocr},
      {"no scan, but letters that mean others", 0, kWithoutMarks, Route::Ocr},
      {"born digital, English", 0, kEnglish, Route::TextLayer},
      {"born digital, a list of names", 0, kNames, Route::TextLayer},
      {"born digital, a list of rare names", 0, kRareNames, Route::TextLayer},
      {"born digital, a table of figures", 0, kTable, Route::TextLayer},
      {"no scan, wrong marks", 0, kWrongMarks, Route::Ocr},
      {"scan with the words of a signature", 1, kStampWords, Route::Ocr},
      {"scan with a right line or two", 0.9, "Ủy ban nhân dân xã báo cáo", Route::Ocr},
      {"scan with figures alone", 1, kFigures, Route::Ocr},
      {"no scan, bytes that are no text", 0, "\xFF\xFE \x80", Route::Ocr},
      {"no scan, control characters", 0, "\x12\x19\x19\x12 \x12\x19", Route::Ocr},
      {"no scan, codes of private use", 0, "\uF041\uF042 \uF043\uF044", Route::Ocr},
      {"scan, control characters", 1, "\x12\x19\x19\x12 \x12\x19", Route::Ocr},
      {"no scan, a right line with a bullet", 0, "\uF0B7 Báo cáo kết quả công tác",
       Route::TextLayer},
      {"no scan, a foreign line", 0, "Hello world", Route::TextLayer},
      {"no scan, French", 0, "Réunion générale du comité: voir l'article deux", Route::TextLayer},
      {"no scan, German", 0, "Für die Prüfung gelten folgende Regeln", Route::TextLayer},
      {"no scan, Russian", 0, "Договор о сотрудничестве", Route::TextLayer},
      {"no scan, Chinese", 0, "中华人民共和国 越南社会主义共和国", Route::TextLayer},
      {"no scan, codes of glyphs", 0, "&Ӝ1*+Ñ$ ;+Ӝ, +jQKzF WKH QJKtD", Route::Ocr},
      {"no scan, a line in an old encoding", 0, "Céng hßa x· héi", Route::Ocr},
      {"scan with a foreign line", 1, "Hello world", Route::Ocr},
  }));
  CAPTURE(row.what);
  ocr::PageInfo page;
  page.width_pt = 595;
  page.height_pt = 842;
  page.image_share = row.image_share;
  page.image_dpi = row.image_share > 0.5 ? 200 : 0;
  CHECK(choose_route(page, words_of(row.layer), OcrMode::Auto) == row.expected);
}

TEST_CASE("told to, the program always or never recognises") {
  const std::string layer = GENERATE(values<std::string>({kRight, kWithoutMarks, kFigures, ""}));
  const double image_share = GENERATE(0.0, 1.0);
  CAPTURE(layer, image_share);
  ocr::PageInfo page;
  page.image_share = image_share;
  CHECK(choose_route(page, words_of(layer), OcrMode::Always) == Route::Ocr);
  CHECK(choose_route(page, words_of(layer), OcrMode::Never) == Route::TextLayer);
}

TEST_CASE("words of a signature's stamp are told from words that belong on the page") {
  const auto [text, expected] = GENERATE(table<std::string, bool>({
      {"", false},
      {"Ký bởi: Sở Nội vụ", true},
      {"KÝ BỞI SỞ NỘI VỤ", true},
      {"Người ký: Trần Văn Mẫu", true},
      {"Ngày ký: 12.03.2025 09:15:27", true},
      {"Thời gian ký: 12/03/2025", true},
      {"Cơ quan: Ủy ban nhân dân xã Bến Hạc", true},
      {"Email: vanthu@benhac.example.vn", true},
      {"12.03.2025 09:15:27 +07:00", true},
      {"Digitally signed by Tran Van Mau", true},
      {"Date: 2025.03.12", true},
      {"Ky\u0301 bo\u031B\u0309i: So\u031B\u0309", true},  // decomposed
      // What signing tools write into the blanks of a document.
      {"31", false},
      {"09", false},
      {"Số: 31/KH-UBND", false},
      {"ngày 09 tháng 10 năm 2025", false},
      {"Bến Hạc, ngày 09 tháng 10 năm 2025", false},
      {"HỎA TỐC", false},
      {"ĐẾN Số: 1203 Ngày: 12/3/2025", false},
      {"CHỦ TỊCH Trần Văn Mẫu", false},
      {"\xFF\xFE", false},
  }));
  CAPTURE(text);
  CHECK(is_signature_stamp({"Widget", {0, 0, 100, 50}, words_of(text)}) == expected);
}

}  // namespace
}  // namespace vanban::pipeline
