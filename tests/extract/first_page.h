// First pages for the tests of extract/: header, title, text.
#pragma once

#include <string>
#include <vector>

#include "extract/extract.h"
#include "extract/page_parts.h"
#include "tests/extract/made_document.h"

namespace vanban::extract {

// Lines centred on one another, 30 apart.
inline ocr::Block centred(ocr::BlockKind kind, const Texts& texts, double top, double middle) {
  ocr::Block block = made_block(kind, texts, top);
  block.box = {};
  for (ocr::Line& line : block.lines) {
    const double shift = middle - line.box.center_x();
    for (ocr::Word& word : line.words) word.box.left += shift, word.box.right += shift;
    line.box = box_of(line.words);
    block.box = united(block.box, line.box);
  }
  return block;
}

inline const Texts kMotto{"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"};

// A first page; what a test does not say is as on a plain report.
struct FirstPage {
  Texts left{"ỦY BAN NHÂN DÂN", "XÃ THANH LƯƠNG HẠ", "Số: 142/BC-UBND"};
  std::string date = "Thanh Lương Hạ, ngày 30 tháng 7 năm 2025";
  Texts title{"BÁO CÁO", "Kết quả cải cách thủ tục hành chính", "sáu tháng đầu năm 2025"};
  Texts text{"Thực hiện Kế hoạch số 18/KH-UBND của xã,", "Ủy ban nhân dân xã báo cáo như sau:"};
  ocr::Route route = ocr::Route::Ocr;

  ocr::Document document() const {
    Texts right = kMotto;
    if (!date.empty()) right.push_back(date);
    std::vector<ocr::Block> blocks{centred(ocr::BlockKind::HeaderLeft, left, 0, 150),
                                   centred(ocr::BlockKind::HeaderRight, right, 0, 450)};
    if (!title.empty()) blocks.push_back(centred(ocr::BlockKind::Body, title, 250, 300));
    blocks.push_back(made_block(ocr::BlockKind::Body, text, 400));
    ocr::Page page = made_page(1, blocks, route);
    name_parts(page);
    return made_document({page});
  }
  Record record() const { return extract(document()); }
};

// That of a letter: no type, but what it is about and to whom it goes.
inline FirstPage letter() {
  FirstPage page;
  page.left = {"UBND TỈNH SÔNG THƯƠNG", "SỞ NÔNG NGHIỆP", "Số: 3857/SNN-TL",
               "V/v chủ động ứng phó mưa lớn,", "bảo đảm an toàn hồ chứa"};
  page.title = {};
  page.text = {"Kính gửi:", "- Ủy ban nhân dân các xã, phường;", "- Công ty Khai thác thủy lợi",
               "Sông Thương.", "Theo bản tin của Đài tỉnh phát lúc 04 giờ 30,"};
  return page;
}

}  // namespace vanban::extract
