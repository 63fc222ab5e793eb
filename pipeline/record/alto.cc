#include "pipeline/record/alto.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <pugixml.hpp>
#include <set>
#include <sstream>

#include "ocr/document/xml_text.h"
#include "pipeline/version.h"

namespace vanban::pipeline {
namespace {

constexpr const char* kRestoredTag = "restored";

// Points to tenths of a millimetre.
int tenths(double points) { return static_cast<int>(std::lround(points * 254 / 72)); }

std::string share(double value) { return fmt::format("{:.2f}", std::clamp(value, 0.0, 1.0)); }

void place(pugi::xml_node node, const ocr::Box& displayed) {
  node.append_attribute("HPOS") = tenths(displayed.left);
  node.append_attribute("VPOS") = tenths(displayed.top);
  node.append_attribute("WIDTH") = std::max(0, tenths(displayed.right) - tenths(displayed.left));
  node.append_attribute("HEIGHT") = std::max(0, tenths(displayed.bottom) - tenths(displayed.top));
}

std::string part_tag(ocr::BlockKind kind) { return "part_" + std::string(name_of(kind)); }

// ALTO has no attribute for what a block is: blocks refer to tags that say it.
void add_tags(pugi::xml_node alto, const ocr::Document& document) {
  pugi::xml_node tags = alto.append_child("Tags");
  std::set<ocr::BlockKind> kinds;
  for (const ocr::Page& page : document.pages)
    for (const ocr::Block& block : page.blocks) kinds.insert(block.kind);
  for (const ocr::BlockKind kind : kinds) {
    pugi::xml_node tag = tags.append_child("LayoutTag");
    tag.append_attribute("ID") = part_tag(kind).c_str();
    tag.append_attribute("TYPE") = "part";
    tag.append_attribute("LABEL") = std::string(name_of(kind)).c_str();
  }
  pugi::xml_node tag = tags.append_child("OtherTag");
  tag.append_attribute("ID") = kRestoredTag;
  tag.append_attribute("LABEL") = kRestoredTag;
  tag.append_attribute("DESCRIPTION") =
      "the word was not seen so on the page: it was inferred from the words around";
}

void add_description(pugi::xml_node alto, const Provenance& provenance) {
  pugi::xml_node description = alto.append_child("Description");
  description.append_child("MeasurementUnit").text().set("mm10");
  pugi::xml_node file = description.append_child("sourceImageInformation");
  pugi::xml_node id = file.append_child("fileIdentifier");
  id.append_attribute("fileIdentifierLocation") = "sha256";
  id.text().set(provenance.sha256.c_str());
  pugi::xml_node processing = description.append_child("Processing");
  processing.append_attribute("ID") = "reading";
  pugi::xml_node software = processing.append_child("processingSoftware");
  software.append_child("softwareName").text().set("vanban");
  software.append_child("softwareVersion").text().set(kVersion);
}

void add_string(pugi::xml_node line, const ocr::Word& word, const ocr::Page& page) {
  pugi::xml_node node = line.append_child("String");
  node.append_attribute("CONTENT") = ocr::xml_text(word.text).c_str();
  place(node, page.to_displayed.apply(word.box));
  node.append_attribute("WC") = share(word.confidence).c_str();
  if (word.restored) node.append_attribute("TAGREFS") = kRestoredTag;
  // What was read comes first, for it is what was seen.
  if (word.restored && !word.ocr_text.empty())
    node.append_child("ALTERNATIVE").text().set(ocr::xml_text(word.ocr_text).c_str());
  for (const ocr::Alternative& other : word.alternatives)
    if (other.text != word.text && !(word.restored && other.text == word.ocr_text))
      node.append_child("ALTERNATIVE").text().set(ocr::xml_text(other.text).c_str());
}

void add_block(pugi::xml_node space, const ocr::Block& block, const ocr::Page& page,
               const std::string& id) {
  pugi::xml_node node = space.append_child("TextBlock");
  node.append_attribute("ID") = id.c_str();
  place(node, page.to_displayed.apply(block.box));
  node.append_attribute("TAGREFS") = part_tag(block.kind).c_str();
  for (const ocr::Line& line : block.lines) {
    if (line.words.empty()) continue;
    pugi::xml_node text_line = node.append_child("TextLine");
    place(text_line, page.to_displayed.apply(line.box));
    for (std::size_t i = 0; i < line.words.size(); ++i) {
      if (i > 0) text_line.append_child("SP");
      add_string(text_line, line.words[i], page);
    }
  }
}

void add_layout_page(pugi::xml_node layout, const ocr::Page& page) {
  const std::string id = "page" + std::to_string(page.number);
  pugi::xml_node node = layout.append_child("Page");
  node.append_attribute("ID") = id.c_str();
  node.append_attribute("PHYSICAL_IMG_NR") = page.number;
  node.append_attribute("WIDTH") = tenths(page.width_pt);
  node.append_attribute("HEIGHT") = tenths(page.height_pt);
  if (ocr::count_words(page.blocks) > 0)
    node.append_attribute("PC") = share(ocr::mean_confidence_of(page.blocks)).c_str();
  pugi::xml_node space = node.append_child("PrintSpace");
  place(space, {0, 0, page.width_pt, page.height_pt});
  int number = 0;
  for (const ocr::Block& block : page.blocks)
    add_block(space, block, page, id + "_block" + std::to_string(++number));
}

}  // namespace

std::string to_alto(const ocr::Document& document, const Provenance& provenance) {
  pugi::xml_document xml;
  pugi::xml_node declaration = xml.append_child(pugi::node_declaration);
  declaration.append_attribute("version") = "1.0";
  declaration.append_attribute("encoding") = "UTF-8";
  pugi::xml_node alto = xml.append_child("alto");
  alto.append_attribute("xmlns") = "http://www.loc.gov/standards/alto/ns-v4#";
  alto.append_attribute("SCHEMAVERSION") = "4.4";
  add_description(alto, provenance);
  add_tags(alto, document);
  pugi::xml_node layout = alto.append_child("Layout");
  for (const ocr::Page& page : document.pages) add_layout_page(layout, page);
  std::ostringstream out;
  xml.save(out, " ");
  return out.str();
}

}  // namespace vanban::pipeline
