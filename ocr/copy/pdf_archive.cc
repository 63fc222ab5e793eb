#include "ocr/copy/pdf_archive.h"

#include <lcms2.h>

#include <map>
#include <memory>
#include <pugixml.hpp>
#include <set>
#include <sstream>
#include <stdexcept>

// Tells QPDF 11 that its old smart pointer is not used; else it warns.
#define POINTERHOLDER_TRANSITION 4
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>

#include "ocr/open/pdf_signatures.h"

namespace vanban::ocr {
namespace {

using Handle = QPDFObjectHandle;

bool name_is(Handle object, const std::string& name) { return object.isNameAndEquals(name); }

// ---- Obstacles

bool is_embedded(Handle font) {
  if (name_is(font.getKey("/Subtype"), "/Type3")) return true;
  if (name_is(font.getKey("/Subtype"), "/Type0")) {
    Handle descendants = font.getKey("/DescendantFonts");
    return descendants.isArray() && descendants.getArrayNItems() > 0 &&
           is_embedded(descendants.getArrayItem(0));
  }
  Handle descriptor = font.getKey("/FontDescriptor");
  return descriptor.isDictionary() &&
         (descriptor.hasKey("/FontFile") || descriptor.hasKey("/FontFile2") ||
          descriptor.hasKey("/FontFile3"));
}

bool is_print_colour(Handle space) {
  if (name_is(space, "/DeviceCMYK")) return true;
  return space.isArray() && space.getArrayNItems() > 1 &&
         name_is(space.getArrayItem(0), "/Indexed") && is_print_colour(space.getArrayItem(1));
}

class ObstacleSearch {
 public:
  void look_at(Handle object);
  std::vector<std::string> found() const { return {found_.begin(), found_.end()}; }

 private:
  std::set<std::string> found_;
};

void ObstacleSearch::look_at(Handle object) {
  if (object.isStream() && object.getDict().hasKey("/F")) found_.insert("it refers to other files");
  Handle dictionary = object.isStream() ? object.getDict() : object;
  if (!dictionary.isDictionary()) return;
  Handle type = dictionary.getKey("/Type"), subtype = dictionary.getKey("/Subtype");
  const bool is_cid_font = name_is(subtype, "/CIDFontType0") || name_is(subtype, "/CIDFontType2");
  if (name_is(type, "/Font") && !is_cid_font && !is_embedded(dictionary))
    found_.insert("it uses fonts that are not embedded");
  if (name_is(subtype, "/Image") && is_print_colour(dictionary.getKey("/ColorSpace")))
    found_.insert("it has images in CMYK");
  for (const char* action :
       {"/JavaScript", "/Launch", "/Sound", "/Movie", "/ImportData", "/ResetForm"})
    if (name_is(dictionary.getKey("/S"), action)) found_.insert("it runs actions");
  for (const char* kind : {"/3D", "/Sound", "/Movie", "/Screen", "/FileAttachment", "/RichMedia"})
    if (name_is(type, "/Annot") && name_is(subtype, kind))
      found_.insert("it has media or attachments");
  if (dictionary.hasKey("/EmbeddedFiles") || name_is(type, "/EmbeddedFile"))
    found_.insert("it has media or attachments");
  if (dictionary.hasKey("/XFA")) found_.insert("it has a form of XFA");
  if (name_is(type, "/Annot") && !name_is(subtype, "/Link") && !name_is(subtype, "/Popup") &&
      !dictionary.getKey("/AP").getKeyIfDict("/N").isDictionary() &&
      !dictionary.getKey("/AP").getKeyIfDict("/N").isStream())
    found_.insert("it has annotations without an appearance");
  if (name_is(type, "/ExtGState") && (dictionary.hasKey("/TR") || dictionary.hasKey("/TR2")))
    found_.insert("it has transfer functions");
}

// ---- Mending

constexpr long long kInvisible = 1, kHidden = 2, kPrint = 4, kNoView = 32, kToggleNoView = 256;

void mend_annotation(Handle annotation) {
  if (!annotation.isDictionary() || name_is(annotation.getKey("/Subtype"), "/Popup")) return;
  Handle flags = annotation.getKey("/F");
  const long long stated = flags.isInteger() ? flags.getIntValue() : 0;
  annotation.replaceKey("/F", Handle::newInteger((stated & ~kInvisible) | kPrint));
}

// What no viewer shows is no part of an archival copy.
bool is_hidden(Handle annotation) {
  if (!annotation.isDictionary()) return true;
  Handle flags = annotation.getKey("/F");
  return flags.isInteger() && (flags.getIntValue() & (kHidden | kNoView | kToggleNoView)) != 0;
}

// ---- Metadata

struct Property {
  const char* key;  // of the information dictionary
  const char* xmp;
};

// Those that both places know; others are left out of the copy, for they would contradict.
constexpr Property kProperties[]{{"/Title", "dc:title"},
                                 {"/Author", "dc:creator"},
                                 {"/Subject", "dc:description"},
                                 {"/Keywords", "pdf:Keywords"},
                                 {"/Creator", "xmp:CreatorTool"},
                                 {"/Producer", "pdf:Producer"},
                                 {"/CreationDate", "xmp:CreateDate"}};

void add_property(pugi::xml_node description, const std::string& name, const std::string& value) {
  pugi::xml_node node = description.append_child(name.c_str());
  const auto listed = [&](const char* list) {
    return node.append_child(list).append_child("rdf:li");
  };
  if (name == "dc:creator") {
    node = listed("rdf:Seq");
  } else if (name.starts_with("dc:")) {
    node = listed("rdf:Alt");
    node.append_attribute("xml:lang") = "x-default";
  }
  node.text().set(value.c_str());
}

// ISO 16684-1.
std::string xmp_packet(const std::map<std::string, std::string>& properties, bool archival) {
  pugi::xml_document packet;
  packet.append_child(pugi::node_pi).set_name("xpacket");
  packet.first_child().set_value("begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"");
  pugi::xml_node meta = packet.append_child("x:xmpmeta");
  meta.append_attribute("xmlns:x") = "adobe:ns:meta/";
  pugi::xml_node rdf = meta.append_child("rdf:RDF");
  rdf.append_attribute("xmlns:rdf") = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
  pugi::xml_node description = rdf.append_child("rdf:Description");
  description.append_attribute("rdf:about") = "";
  description.append_attribute("xmlns:dc") = "http://purl.org/dc/elements/1.1/";
  description.append_attribute("xmlns:xmp") = "http://ns.adobe.com/xap/1.0/";
  description.append_attribute("xmlns:pdf") = "http://ns.adobe.com/pdf/1.3/";
  description.append_attribute("xmlns:pdfaid") = "http://www.aiim.org/pdfa/ns/id/";
  if (archival) {
    description.append_child("pdfaid:part").text().set("2");
    description.append_child("pdfaid:conformance").text().set("B");
  }
  for (const auto& [name, value] : properties) add_property(description, name, value);
  pugi::xml_node end = packet.append_child(pugi::node_pi);
  end.set_name("xpacket");
  end.set_value("end=\"w\"");
  std::ostringstream out;
  packet.save(out, " ", pugi::format_indent | pugi::format_no_declaration);
  return out.str();
}

// ICC profile of sRGB, as the library knows it.
std::string srgb_profile() {
  const std::unique_ptr<void, int (*)(void*)> profile(cmsCreate_sRGBProfile(), cmsCloseProfile);
  cmsUInt32Number size = 0;
  if (!profile || !cmsSaveProfileToMem(profile.get(), nullptr, &size))
    throw std::runtime_error("The sRGB profile cannot be made");
  std::string bytes(size, '\0');
  if (!cmsSaveProfileToMem(profile.get(), bytes.data(), &size))
    throw std::runtime_error("The sRGB profile cannot be made");
  // ICC.1:2010, 7.2.8: the time of its making, which shall not tell when it was; 1 January 2000.
  constexpr std::size_t kDateAt = 24;
  bytes.replace(kDateAt, 12, std::string("\x07\xd0\0\1\0\1\0\0\0\0\0\0", 12));
  return bytes;
}

constexpr long long kRgbChannels = 3;

// Whether the input says itself what its colours mean, so that an archival copy can keep it.
bool has_archival_intent(QPDF& pdf) {
  Handle intents = pdf.getRoot().getKey("/OutputIntents");
  if (!intents.isArray() || intents.getArrayNItems() != 1) return false;
  Handle intent = intents.getArrayItem(0);
  Handle profile = intent.getKeyIfDict("/DestOutputProfile");
  return intent.getKeyIfDict("/S").isNameAndEquals("/GTS_PDFA1") && profile.isStream() &&
         profile.getDict().getKey("/N").isInteger() &&
         profile.getDict().getKey("/N").getIntValue() == kRgbChannels;
}

// Poppler takes the profile of an only intent for its display's, and shows calibrated colours
// otherwise than in an input that has none. It leaves two alone; an archival file may have several
// with one profile.
void set_output_intents(QPDF& pdf) {
  if (has_archival_intent(pdf)) return;
  Handle profile = pdf.newStream(srgb_profile());
  profile.getDict().replaceKey("/N", Handle::newInteger(kRgbChannels));
  Handle intents = Handle::newArray();
  for (const char* use : {"/GTS_PDFA1", "/GTS_PDFX"}) {
    Handle intent = Handle::parse(
        "<< /Type /OutputIntent /OutputConditionIdentifier (sRGB IEC61966-2.1) "
        "/Info (sRGB IEC61966-2.1) >>");
    intent.replaceKey("/S", Handle::newName(use));
    intent.replaceKey("/DestOutputProfile", profile);
    intents.appendItem(pdf.makeIndirectObject(intent));
  }
  pdf.getRoot().replaceKey("/OutputIntents", intents);
}

}  // namespace

std::vector<std::string> archival_obstacles(QPDF& pdf) {
  // Only what the copy will hold: old layers leave objects behind that nothing refers to any more.
  ObstacleSearch search;
  std::set<QPDFObjGen> seen;
  std::vector<Handle> open{pdf.getTrailer()};
  while (!open.empty()) {
    Handle object = open.back();
    open.pop_back();
    if (object.isIndirect() && !seen.insert(object.getObjGen()).second) continue;
    search.look_at(object);
    if (object.isArray())
      for (int i = 0; i < object.getArrayNItems(); ++i) open.push_back(object.getArrayItem(i));
    Handle dictionary = object.isStream() ? object.getDict() : object;
    if (!dictionary.isDictionary()) continue;
    for (const std::string& key : dictionary.getKeys()) {
      // The writer leaves these out.
      if (key == "/Encrypt" || key == "/Prev") continue;
      open.push_back(dictionary.getKey(key));
    }
  }
  std::vector<std::string> found = search.found();
  return found;
}

void mend_for_archive(QPDF& pdf) {
  Handle root = pdf.getRoot();
  for (const char* key : {"/AA", "/OpenAction", "/Perms", "/Legal", "/Requirements"})
    root.removeKey(key);
  if (root.getKey("/Names").isDictionary()) root.getKey("/Names").removeKey("/JavaScript");
  if (root.getKey("/AcroForm").isDictionary())
    root.getKey("/AcroForm").removeKey("/NeedAppearances");
  for (Handle page : pdf.getAllPages()) {
    page.removeKey("/AA");
    Handle annotations = page.getKey("/Annots");
    if (!annotations.isArray()) continue;
    for (int i = annotations.getArrayNItems() - 1; i >= 0; --i) {
      Handle annotation = annotations.getArrayItem(i);
      if (is_hidden(annotation))
        annotations.eraseItem(i);
      else
        mend_annotation(annotation);
    }
  }
  for (Handle object : pdf.getAllObjects())
    if (object.isStream() && name_is(object.getDict().getKey("/Subtype"), "/Image"))
      object.getDict().removeKey("/Interpolate");
}

void set_metadata(QPDF& pdf, const PdfMetadata& metadata, bool archival) {
  Handle trailer = pdf.getTrailer();
  Handle before = trailer.getKey("/Info");
  Handle info = Handle::newDictionary();
  std::map<std::string, std::string> properties;
  const std::map<std::string, std::string> ours{
      {"/Title", metadata.title}, {"/Subject", metadata.subject}, {"/Producer", metadata.producer}};
  for (const Property& property : kProperties) {
    const auto own = ours.find(property.key);
    const Handle stated = before.isDictionary() ? before.getKey(property.key) : Handle::newNull();
    std::string value = own != ours.end() ? own->second : "";
    if (value.empty() && Handle(stated).isString()) value = Handle(stated).getUTF8Value();
    if (value.empty()) continue;
    const bool is_date = std::string(property.key).ends_with("Date");
    const std::string in_xmp = is_date ? iso_from_pdf_date(value) : value;
    if (in_xmp.empty()) continue;
    info.replaceKey(property.key, Handle::newUnicodeString(value));
    properties[property.xmp] = in_xmp;
  }
  trailer.replaceKey("/Info", pdf.makeIndirectObject(info));
  Handle xmp = pdf.newStream(xmp_packet(properties, archival));
  xmp.getDict().replaceKey("/Type", Handle::newName("/Metadata"));
  xmp.getDict().replaceKey("/Subtype", Handle::newName("/XML"));
  pdf.getRoot().replaceKey("/Metadata", xmp);
  if (!pdf.getRoot().hasKey("/Lang")) pdf.getRoot().replaceKey("/Lang", Handle::newString("vi-VN"));
  if (archival) set_output_intents(pdf);
}

}  // namespace vanban::ocr
