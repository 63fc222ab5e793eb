#include "pipeline/record/alto.h"

#include <catch2/catch.hpp>
#include <pugixml.hpp>

#include "pipeline/record/hocr.h"

namespace vanban::pipeline {
namespace {

// Half a point a pixel; one word was seen, one restored.
ocr::Document made_document() {
  ocr::Page page;
  page.number = 1;
  page.width_pt = 72;
  page.height_pt = 144;
  page.to_displayed.affine = {0.5, 0, 0, 0, 0.5, 0};
  const ocr::Word seen{"Số", "Số", {20, 20, 40, 40}, 0.987, 0, false, "", {}};
  const ocr::Word restored{"<ủy>", "uy&", {50, 20, 90, 40}, 0.8, 0, true, "", {{"ùy", 0.1}}};
  page.blocks = {{ocr::BlockKind::HeaderLeft,
                  {20, 20, 90, 40},
                  {{{20, 20, 90, 40}, {seen, restored}, 0}},
                  {}}};
  ocr::Document document;
  document.pages = {page};
  return document;
}

TEST_CASE("ALTO has words with places, confidence and what was seen") {
  pugi::xml_document xml;
  REQUIRE(xml.load_string(to_alto(made_document(), describe_input("a.pdf", "bytes")).c_str()));
  const pugi::xml_node alto = xml.child("alto");
  CHECK(alto.attribute("xmlns").value() == std::string("http://www.loc.gov/standards/alto/ns-v4#"));
  CHECK(alto.child("Description").child_value("MeasurementUnit") == std::string("mm10"));
  const pugi::xml_node page = alto.child("Layout").child("Page");
  CHECK(page.attribute("WIDTH").as_int() == 254);
  CHECK(page.attribute("HEIGHT").as_int() == 508);
  const pugi::xml_node line = page.child("PrintSpace").child("TextBlock").child("TextLine");
  const pugi::xml_node seen = line.first_child(), restored = line.last_child();
  CHECK(seen.attribute("CONTENT").value() == std::string("Số"));
  CHECK(seen.attribute("HPOS").as_int() == 35);
  CHECK(seen.attribute("WIDTH").as_int() == 36);
  CHECK(seen.attribute("WC").value() == std::string("0.99"));
  CHECK_FALSE(seen.attribute("TAGREFS"));
  CHECK(seen.next_sibling().name() == std::string("SP"));
  CHECK(restored.attribute("CONTENT").value() == std::string("<ủy>"));
  CHECK(restored.attribute("TAGREFS").value() == std::string("restored"));
  CHECK(restored.first_child().child_value() == std::string("uy&"));
  CHECK(restored.last_child().child_value() == std::string("ùy"));
  CHECK(alto.child("Tags").child("OtherTag").attribute("ID").value() == std::string("restored"));
}

TEST_CASE("ALTO says in a tag what part of the page a block is") {
  pugi::xml_document xml;
  REQUIRE(xml.load_string(to_alto(made_document(), describe_input("a.pdf", "bytes")).c_str()));
  const pugi::xml_node alto = xml.child("alto");
  const pugi::xml_node block =
      alto.child("Layout").child("Page").child("PrintSpace").child("TextBlock");
  CHECK_FALSE(block.attribute("TYPE"));
  const pugi::xml_node tag =
      alto.child("Tags").find_child_by_attribute("ID", block.attribute("TAGREFS").value());
  CHECK(tag.name() == std::string("LayoutTag"));
  CHECK(tag.attribute("LABEL").value() == std::string("header_left"));
}

TEST_CASE("ALTO and hOCR can be read whatever characters a text has") {
  ocr::Document document = made_document();
  for (ocr::Word& word : document.pages[0].blocks[0].lines[0].words) {
    word.text = "S\x12ố\x0b]]>&\xef\xbf\xbf\xff";
    word.ocr_text = "\x01--><\"'";
    word.alternatives = {{"\x1f", 0.1}};
  }
  const Provenance provenance = describe_input("a.pdf", "bytes");
  const std::string readable = "Số]]>&\xef\xbf\xbd";
  pugi::xml_document xml;
  const std::string alto = to_alto(document, provenance), hocr = to_hocr(document, provenance);
  for (const std::string& text : {alto, hocr}) CHECK(text.find("&#") == std::string::npos);
  REQUIRE(xml.load_string(alto.c_str()));
  CHECK(xml.select_node("//String/@CONTENT").attribute().value() == readable);
  REQUIRE(xml.load_string(hocr.c_str()));
  CHECK(xml.select_node("//span[@class='ocrx_word']").node().child_value() == readable);
}

TEST_CASE("hOCR has pages, lines and words, and says what was restored") {
  const std::string text = to_hocr(made_document(), describe_input("a.pdf", "bytes"));
  CHECK_THAT(text, Catch::StartsWith("<!DOCTYPE html>"));
  pugi::xml_document xml;
  REQUIRE(xml.load_string(text.c_str()));
  const pugi::xml_node page = xml.child("html").child("body").child("div");
  CHECK(page.attribute("class").value() == std::string("ocr_page"));
  CHECK(page.attribute("title").value() == std::string("bbox 0 0 720 1440; ppageno 0"));
  const pugi::xml_node line = page.child("div").child("span");
  CHECK(line.attribute("class").value() == std::string("ocr_line"));
  const pugi::xml_node seen = line.child("span"), restored = seen.next_sibling("span");
  CHECK(seen.attribute("title").value() == std::string("bbox 100 100 200 200; x_wconf 99"));
  CHECK(seen.child_value() == std::string("Số"));
  CHECK(restored.attribute("class").value() == std::string("ocrx_word restored"));
  CHECK(restored.attribute("data-read").value() == std::string("uy&"));
}

TEST_CASE("pages without words are there as well") {
  ocr::Document document;
  document.pages.resize(2);
  document.pages[0].number = 1;
  document.pages[1].number = 2;
  pugi::xml_document xml;
  REQUIRE(xml.load_string(to_alto(document, describe_input("a", "")).c_str()));
  const auto pages = xml.child("alto").child("Layout").children("Page");
  CHECK(std::distance(pages.begin(), pages.end()) == 2);
}

}  // namespace
}  // namespace vanban::pipeline
