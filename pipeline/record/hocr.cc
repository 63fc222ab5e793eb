#include "pipeline/record/hocr.h"

#include <algorithm>
#include <cmath>
#include <pugixml.hpp>
#include <sstream>

#include "ocr/document/xml_text.h"
#include "pipeline/version.h"

namespace vanban::pipeline {
namespace {

std::string bbox(const ocr::Box& displayed) {
  std::string out = "bbox";
  for (const double side : {displayed.left, displayed.top, displayed.right, displayed.bottom})
    out += ' ' + std::to_string(std::lround(std::max(0.0, side) * 10));
  return out;
}

pugi::xml_node element(pugi::xml_node parent, const char* tag, const char* of_class,
                       const std::string& id, const std::string& title) {
  pugi::xml_node node = parent.append_child(tag);
  node.append_attribute("class") = of_class;
  if (!id.empty()) node.append_attribute("id") = id.c_str();
  node.append_attribute("title") = title.c_str();
  return node;
}

void add_meta(pugi::xml_node head, const char* name, const std::string& content) {
  pugi::xml_node meta = head.append_child("meta");
  meta.append_attribute("name") = name;
  meta.append_attribute("content") = content.c_str();
}

void add_word(pugi::xml_node line, const ocr::Word& word, const ocr::Page& page) {
  const long confidence = std::lround(std::clamp(word.confidence, 0.0, 1.0) * 100);
  pugi::xml_node node =
      element(line, "span", word.restored ? "ocrx_word restored" : "ocrx_word", "",
              bbox(page.to_displayed.apply(word.box)) + "; x_wconf " + std::to_string(confidence));
  if (word.restored) node.append_attribute("data-read") = ocr::xml_text(word.ocr_text).c_str();
  node.text().set(ocr::xml_text(word.text).c_str());
  line.append_child(pugi::node_pcdata).set_value(" ");
}

void add_page(pugi::xml_node body, const ocr::Page& page) {
  const std::string id = "page_" + std::to_string(page.number);
  pugi::xml_node node = element(
      body, "div", "ocr_page", id,
      bbox({0, 0, page.width_pt, page.height_pt}) + "; ppageno " + std::to_string(page.number - 1));
  int blocks = 0;
  for (const ocr::Block& block : page.blocks) {
    pugi::xml_node area =
        element(node, "div", "ocr_carea", id + "_block" + std::to_string(++blocks),
                bbox(page.to_displayed.apply(block.box)));
    area.append_attribute("data-part") = std::string(name_of(block.kind)).c_str();
    for (const ocr::Line& line : block.lines) {
      if (line.words.empty()) continue;
      pugi::xml_node row =
          element(area, "span", "ocr_line", "", bbox(page.to_displayed.apply(line.box)));
      for (const ocr::Word& word : line.words) add_word(row, word, page);
    }
  }
}

}  // namespace

std::string to_hocr(const ocr::Document& document, const Provenance& provenance) {
  pugi::xml_document xml;
  xml.append_child(pugi::node_doctype).set_value("html");
  pugi::xml_node html = xml.append_child("html");
  html.append_attribute("xmlns") = "http://www.w3.org/1999/xhtml";
  html.append_attribute("lang") = "vi";
  pugi::xml_node head = html.append_child("head");
  head.append_child("title").text().set(provenance.sha256.c_str());
  head.append_child("meta").append_attribute("charset") = "utf-8";
  add_meta(head, "ocr-system", std::string("vanban ") + kVersion);
  add_meta(head, "ocr-capabilities", "ocr_page ocr_carea ocr_line ocrx_word");
  pugi::xml_node body = html.append_child("body");
  for (const ocr::Page& page : document.pages) add_page(body, page);
  std::ostringstream out;
  xml.save(out, " ",
           pugi::format_indent | pugi::format_no_declaration | pugi::format_no_empty_element_tags);
  return out.str();
}

}  // namespace vanban::pipeline
