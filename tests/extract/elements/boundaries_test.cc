#include "extract/elements/boundaries.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "tests/extract/made_document.h"

namespace vanban::extract {
namespace {

using ocr::BlockKind;

const Texts kRight{"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"};

ocr::Page page(int number, const Texts& left, const Texts& right, const Texts& body) {
  std::vector<ocr::Block> blocks;
  if (!left.empty()) blocks.push_back(made_block(BlockKind::HeaderLeft, left, 0));
  if (!right.empty()) blocks.push_back(made_block(BlockKind::HeaderRight, right, 0));
  blocks.push_back(made_block(BlockKind::Body, body, 200));
  return made_page(number, std::move(blocks));
}

ocr::Page first(int number, const std::string& code = "Số: 12/TB-SNV") {
  return page(number, {"SỞ NỘI VỤ", code}, kRight, {"Sở Nội vụ thông báo như sau."});
}
ocr::Page next(int number) { return page(number, {}, {}, {"Các đơn vị thực hiện."}); }

// The first pages of the documents found.
std::vector<int> starts(std::vector<ocr::Page> pages) {
  const ocr::Document document = made_document(std::move(pages));
  std::vector<int> out;
  for (const PageRange& range : find_documents(document))
    out.push_back(document.pages[range.first].number);
  return out;
}

using Starts = std::vector<int>;

TEST_CASE("a header of its own begins a document") {
  CHECK(starts({first(1), next(2)}) == Starts{1});
  CHECK(starts({first(1), next(2), first(3, "Số: 13/TB-SNV"), next(4)}) == Starts{1, 3});
}

TEST_CASE("where the number cannot be read a full date and a body's name do") {
  Texts right = kRight;
  right.push_back("Bến Đá, ngày 28 tháng 12 năm 2017");
  CHECK(starts({first(1), page(2, {"SỞ Y TẾ"}, right, {"Kính gửi các đơn vị."})}) == Starts{1, 2});
  CHECK(starts({first(1), page(2, {"SỞ-Y TẾ"}, right, {"Kính gửi các đơn vị."})}) == Starts{1, 2});
  CHECK(starts({first(1), page(2, {"A-Y TẾ"}, right, {"Kính gửi các đơn vị."})}) == Starts{1});
  right.back() = "Bến Đá, ngày ... tháng ... năm 2017";
  CHECK(starts({first(1), page(2, {"SỞ Y TẾ"}, right, {"Kính gửi các đơn vị."})}) == Starts{1});
}

TEST_CASE("annexes and forms stay with their document") {
  const std::string mark = GENERATE(as<std::string>(), "PHỤ LỤC", "Mẫu số 02",
                                    "(Ban hành kèm theo Quyết định số 9/QĐ-SNV ngày 02/3/2025)");
  ocr::Page annex = first(2, "Số: /TB-SNV");
  annex.blocks.insert(annex.blocks.begin(), made_block(BlockKind::Body, {mark}, -40));
  CHECK(starts({first(1), annex}) == Starts{1});
}

TEST_CASE("a cover before the first header belongs to it") {
  CHECK(starts({next(1), first(2), next(3)}) == Starts{1});
}

TEST_CASE("the documents take all pages, each once") {
  const ocr::Document document = made_document({first(1), next(2), first(3), first(4), next(5)});
  std::size_t at = 0;
  for (const PageRange& range : find_documents(document)) {
    CHECK(range.first == at);
    CHECK(range.last > range.first);
    at = range.last;
  }
  CHECK(at == document.pages.size());
}

}  // namespace
}  // namespace vanban::extract
