#include "ocr/copy/pdf_archive.h"

#include <lcms2.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <memory>
#include <pugixml.hpp>
#include <sstream>
#include <stdexcept>
#include <string_view>
#include <utility>

// Tells QPDF 11 that its old smart pointer is not used; else it warns.
#define POINTERHOLDER_TRANSITION 4
#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <qpdf/QPDFPageObjectHelper.hh>

#include "ocr/document/xml_text.h"
#include "ocr/open/pdf_signatures.h"

namespace vanban::ocr {
namespace {

using Handle = QPDFObjectHandle;

bool name_is(Handle object, const std::string& name) { return object.isNameAndEquals(name); }

// ---- Mending

constexpr long long kInvisible = 1, kHidden = 2, kPrint = 4, kNoView = 32, kToggleNoView = 256;

void mend_annotation(Handle annotation) {
  if (!annotation.isDictionary() || name_is(annotation.getKey("/Subtype"), "/Popup")) return;
  Handle flags = annotation.getKey("/F");
  const long long stated = flags.isInteger() ? flags.getIntValue() : 0;
  annotation.replaceKey("/F", Handle::newInteger((stated & ~kInvisible) | kPrint));
  // Looks for a pointer that rests or presses.
  Handle looks = annotation.getKey("/AP");
  for (const char* key : {"/D", "/R"})
    if (looks.isDictionary()) looks.removeKey(key);
}

// Of fields and their widgets, and of fonts.
void mend_object(Handle dictionary) {
  if (dictionary.hasKey("/FT") || name_is(dictionary.getKey("/Subtype"), "/Widget"))
    for (const char* key : {"/A", "/AA"}) dictionary.removeKey(key);
  if (name_is(dictionary.getKey("/Subtype"), "/CIDFontType2") && !dictionary.hasKey("/CIDToGIDMap"))
    dictionary.replaceKey("/CIDToGIDMap", Handle::newName("/Identity"));
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

// Those that both places know.
constexpr Property kProperties[]{{"/Title", "dc:title"},
                                 {"/Author", "dc:creator"},
                                 {"/Subject", "dc:description"},
                                 {"/Keywords", "pdf:Keywords"},
                                 {"/Creator", "xmp:CreatorTool"},
                                 {"/Producer", "pdf:Producer"},
                                 {"/CreationDate", "xmp:CreateDate"},
                                 {"/ModDate", "xmp:ModifyDate"}};

bool is_property(const std::string& key) {
  return std::any_of(std::begin(kProperties), std::end(kProperties),
                     [&](const Property& property) { return property.key == key; });
}

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
  node.text().set(xml_text(value).c_str());
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

void mend_for_archive(QPDF& pdf) {
  Handle root = pdf.getRoot();
  for (const char* key : {"/AA", "/OpenAction", "/Perms", "/Legal", "/Requirements"})
    root.removeKey(key);
  if (root.getKey("/Names").isDictionary()) root.getKey("/Names").removeKey("/JavaScript");
  if (root.getKey("/AcroForm").isDictionary())
    root.getKey("/AcroForm").removeKey("/NeedAppearances");
  for (Handle page : pdf.getAllPages()) {
    page.removeKey("/AA");
    Handle resources = QPDFPageObjectHelper(page).getAttribute("/Resources", false);
    if (resources.isDictionary()) page.replaceKey("/Resources", resources);
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
  for (Handle object : pdf.getAllObjects()) {
    if (object.isDictionary()) mend_object(object);
    if (object.isStream() && name_is(object.getDict().getKey("/Subtype"), "/Image"))
      object.getDict().removeKey("/Interpolate");
  }
}

void set_metadata(QPDF& pdf, const PdfMetadata& metadata, bool archival) {
  Handle trailer = pdf.getTrailer();
  Handle before = trailer.getKey("/Info");
  Handle info = Handle::newDictionary();
  std::map<std::string, std::string> properties;
  // What knows nothing of XMP says nothing against it.
  if (before.isDictionary())
    for (const std::string& key : before.getKeys())
      if (!is_property(key)) info.replaceKey(key, before.getKey(key));
  const std::map<std::string, std::string> ours{{"/Title", metadata.title},
                                                {"/Subject", metadata.subject}};
  for (const Property& property : kProperties) {
    const auto own = ours.find(property.key);
    const Handle stated = before.isDictionary() ? before.getKey(property.key) : Handle::newNull();
    std::string value = Handle(stated).isString() ? Handle(stated).getUTF8Value() : "";
    if (value.empty() && own != ours.end()) value = own->second;
    // Who wrote this file, which the copy is.
    if (property.key == std::string("/Producer")) value = metadata.producer;
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

void clear_metadata(QPDF& pdf, const PdfMetadata& metadata) {
  Handle info = pdf.getTrailer().getKey("/Info");
  if (!info.isDictionary()) return;
  for (const auto& [key, value] :
       {std::pair("/Title", metadata.title), std::pair("/Subject", metadata.subject)}) {
    Handle stated = info.getKey(key);
    if (stated.isString() && stated.getUTF8Value() == value) info.removeKey(key);
  }
}

bool is_archival(QPDF& pdf) {
  Handle xmp = pdf.getRoot().getKey("/Metadata");
  if (!xmp.isStream()) return false;
  const std::shared_ptr<Buffer> bytes = xmp.getStreamData(qpdf_dl_generalized);
  const std::string_view text(reinterpret_cast<const char*>(bytes->getBuffer()), bytes->getSize());
  return text.find("<pdfaid:part>") != text.npos;
}

}  // namespace vanban::ocr
