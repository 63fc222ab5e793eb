#include "ocr/copy/archive_obstacles.h"

#include <cstdint>
#include <exception>
#include <set>
#include <string_view>

// Tells QPDF 11 that its old smart pointer is not used; else it warns.
#define POINTERHOLDER_TRANSITION 4
#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>

namespace vanban::ocr {
namespace {

using Handle = QPDFObjectHandle;
using Names = std::set<std::string>;

constexpr const char* kPrintColours = "it has colours of print (CMYK)";
constexpr const char* kOtherFiles = "it refers to other files";
constexpr const char* kFonts = "it uses fonts that are not embedded";
constexpr const char* kActions = "it runs actions";
constexpr const char* kMedia = "it has media or attachments";
constexpr const char* kXfa = "it has a form of XFA";
constexpr const char* kBareAnnotations = "it has annotations without an appearance";
constexpr const char* kTransfer = "it has transfer functions or halftones of its own";
constexpr const char* kPostScript = "it has content in PostScript";
constexpr const char* kAlternates = "it has images with alternates or for other programs (OPI)";
constexpr const char* kLayers = "it has layers whose settings an archive does not allow";
constexpr const char* kCompression = "it has data packed in a way that an archive does not allow";
constexpr const char* kJpeg2000 = "it has images in JPEG 2000 with other than plain colours";
constexpr const char* kSmoothing = "it has images that are to be smoothed";
constexpr const char* kUnknown = "it has content that PDF 1.7 does not know";
constexpr const char* kPresentations = "it has presentations beside its pages";
constexpr const char* kResources = "it has content without resources of its own";

bool is_one_of(Handle object, const Names& names) {
  return object.isName() && names.contains(object.getName());
}

bool is_true(Handle object) { return object.isBool() && object.getBoolValue(); }

// The names of a name or of an array of such.
Names names_in(Handle object) {
  Names out;
  if (object.isName()) out.insert(object.getName());
  for (int i = 0; object.isArray() && i < object.getArrayNItems(); ++i)
    if (object.getArrayItem(i).isName()) out.insert(object.getArrayItem(i).getName());
  return out;
}

const Names& known_intents() {
  static const Names names{"/RelativeColorimetric", "/AbsoluteColorimetric", "/Perceptual",
                           "/Saturation"};
  return names;
}

bool is_embedded(Handle font) {
  if (font.getKey("/Subtype").isNameAndEquals("/Type3")) return true;
  if (font.getKey("/Subtype").isNameAndEquals("/Type0")) {
    Handle descendants = font.getKey("/DescendantFonts");
    if (!descendants.isArray() || descendants.getArrayNItems() == 0) return false;
    // A font of characters, which has no descendants itself.
    font = descendants.getArrayItem(0);
    if (!font.isDictionary()) return false;
  }
  Handle descriptor = font.getKey("/FontDescriptor");
  return descriptor.isDictionary() &&
         (descriptor.hasKey("/FontFile") || descriptor.hasKey("/FontFile2") ||
          descriptor.hasKey("/FontFile3"));
}

// ---- JPEG 2000

std::uint32_t big_endian_at(std::string_view bytes, std::size_t at, std::size_t size) {
  std::uint32_t out = 0;
  for (std::size_t i = at; i < at + size; ++i)
    out = out << 8 | (i < bytes.size() ? static_cast<std::uint8_t>(bytes[i]) : 0);
  return out;
}

// One, three or four channels and one statement of colour, which is grey, sRGB, sYCC or a profile
// (ISO 19005-2, 6.2.8.3; boxes as in ISO 15444-1, annex I).
bool has_plain_jpeg2000_colours(std::string_view bytes) {
  constexpr std::size_t kBoxHead = 8;
  constexpr std::uint32_t kEnumerated = 1, kRestrictedProfile = 2;
  std::size_t end = bytes.size();
  int colours = 0;
  std::uint32_t channels = 0;
  bool plain = true;
  for (std::size_t at = 0; at + kBoxHead <= end;) {
    const std::uint32_t length = big_endian_at(bytes, at, 4);
    const std::string_view type = bytes.substr(at + 4, 4);
    if (type == "ihdr") channels = big_endian_at(bytes, at + kBoxHead + 8, 2);
    if (type == "colr") {
      ++colours;
      const std::uint32_t method = big_endian_at(bytes, at + kBoxHead, 1);
      const std::uint32_t space = big_endian_at(bytes, at + kBoxHead + 3, 4);
      plain = plain && (method == kRestrictedProfile ||
                        (method == kEnumerated && (space == 16 || space == 17 || space == 18)));
    }
    // A box of boxes is entered.
    if (type == "jp2h") {
      at += kBoxHead;
      continue;
    }
    if (length < kBoxHead || length > end - at) break;
    at += length;
  }
  return plain && colours == 1 && (channels == 1 || channels == 3 || channels == 4);
}

// ---- Content

const Names& known_operators() {
  static const Names names{
      "b",  "B",  "b*", "B*", "BDC", "BI",  "BMC", "BT", "BX", "c",  "cm", "CS", "cs", "d",  "d0",
      "d1", "Do", "DP", "EI", "EMC", "ET",  "EX",  "f",  "F",  "f*", "G",  "g",  "gs", "h",  "i",
      "ID", "j",  "J",  "K",  "k",   "l",   "m",   "M",  "MP", "n",  "q",  "Q",  "re", "RG", "rg",
      "ri", "s",  "S",  "SC", "sc",  "SCN", "scn", "sh", "T*", "Tc", "Td", "TD", "Tf", "Tj", "TJ",
      "TL", "Tm", "Tr", "Ts", "Tw",  "Tz",  "v",   "w",  "W",  "W*", "y",  "'",  "\""};
  return names;
}

class ContentSearch : public Handle::ParserCallbacks {
 public:
  ContentSearch(Names& found, bool has_resources) : found_(found), has_resources_(has_resources) {}

  void handleObject(Handle object) override {
    if (!object.isOperator()) {
      operands_.push_back(object);
      return;
    }
    apply(object.getOperatorValue());
    operands_.clear();
  }
  void handleEOF() override {}

 private:
  void apply(const std::string& op) {
    if (!known_operators().contains(op)) found_.insert(kUnknown);
    if (op == "k" || op == "K") found_.insert(kPrintColours);
    if ((op == "cs" || op == "CS") && names_alone().contains("/DeviceCMYK"))
      found_.insert(kPrintColours);
    if (op == "ri" && !operands_.empty() && !is_one_of(operands_.back(), known_intents()))
      found_.insert(kUnknown);
    if (!has_resources_ && (op == "Tf" || op == "Do" || op == "gs" || op == "sh"))
      found_.insert(kResources);
    // ISO 19005-2, 6.1.13.
    constexpr int kMostStates = 28;
    depth_ += op == "q" ? 1 : op == "Q" ? -1 : 0;
    if (depth_ > kMostStates) found_.insert(kUnknown);
    if (op == "ID") look_at_inline_image();
  }

  Names names_alone() const {
    Names out;
    for (const Handle& operand : operands_)
      if (Handle(operand).isName()) out.insert(Handle(operand).getName());
    return out;
  }

  // Its dictionary, whose keys may be short, are the operands of ID.
  void look_at_inline_image() {
    for (std::size_t i = 0; i + 1 < operands_.size(); i += 2) {
      const Names key = names_in(operands_[i]), values = names_in(operands_[i + 1]);
      if ((key.contains("/CS") || key.contains("/ColorSpace")) &&
          (values.contains("/CMYK") || values.contains("/DeviceCMYK")))
        found_.insert(kPrintColours);
      if ((key.contains("/F") || key.contains("/Filter")) &&
          (values.contains("/LZW") || values.contains("/LZWDecode")))
        found_.insert(kCompression);
      if ((key.contains("/I") || key.contains("/Interpolate")) && is_true(operands_[i + 1]))
        found_.insert(kSmoothing);
    }
  }

  Names& found_;
  bool has_resources_;
  int depth_ = 0;
  std::vector<Handle> operands_;
};

// ---- Objects

class ObstacleSearch {
 public:
  void look_at_all(QPDF& pdf);
  std::vector<std::string> found() const { return {found_.begin(), found_.end()}; }

 private:
  void look_at(Handle object);
  void look_at_stream(Handle stream);
  void look_at_image(Handle image);
  void look_at_drawing(Handle dictionary);
  void look_at_font(Handle font);
  void look_at_annotation(Handle annotation);
  void look_at_catalog(Handle catalog);
  void look_at_content(Handle content, bool has_resources, bool is_page);
  void note(bool is_so, const char* obstacle) {
    if (is_so) found_.insert(obstacle);
  }

  Names found_;
};

void ObstacleSearch::look_at_stream(Handle stream) {
  Handle dictionary = stream.getDict();
  note(dictionary.hasKey("/F") || dictionary.hasKey("/FFilter"), kOtherFiles);
  const Names filters = names_in(dictionary.getKey("/Filter"));
  // Those that the writer can take off it writes anew.
  const bool stays = filters.contains("/DCTDecode") || filters.contains("/JPXDecode") ||
                     filters.contains("/CCITTFaxDecode") || filters.contains("/JBIG2Decode");
  note(filters.contains("/Crypt") || (stays && filters.contains("/LZWDecode")), kCompression);
  if (filters.contains("/JPXDecode") && filters.size() == 1) {
    const auto bytes = stream.getRawStreamData();
    note(!has_plain_jpeg2000_colours(
             {reinterpret_cast<const char*>(bytes->getBuffer()), bytes->getSize()}),
         kJpeg2000);
  }
}

void ObstacleSearch::look_at_image(Handle image) {
  note(image.hasKey("/Alternates") || image.hasKey("/OPI"), kAlternates);
  note(is_true(image.getKey("/Interpolate")), kSmoothing);
  note(image.hasKey("/Intent") && !is_one_of(image.getKey("/Intent"), known_intents()), kUnknown);
}

// States of drawing, halftones and forms.
void ObstacleSearch::look_at_drawing(Handle dictionary) {
  Handle type = dictionary.getKey("/Type"), subtype = dictionary.getKey("/Subtype");
  if (subtype.isNameAndEquals("/Form")) {
    note(dictionary.hasKey("/OPI"), kAlternates);
    note(dictionary.hasKey("/Ref"), kOtherFiles);
    note(dictionary.hasKey("/PS") || is_one_of(dictionary.getKey("/Subtype2"), {"/PS"}),
         kPostScript);
  }
  note(subtype.isNameAndEquals("/PS") && dictionary.getKey("/Type").isNameAndEquals("/XObject"),
       kPostScript);
  // Their type may be left out, but no other dictionary has these keys.
  note(dictionary.hasKey("/TR") && type.isNameAndEquals("/ExtGState"), kTransfer);
  note(dictionary.hasKey("/TR2") && !is_one_of(dictionary.getKey("/TR2"), {"/Default"}), kTransfer);
  note(dictionary.hasKey("/HTP") || dictionary.hasKey("/HalftoneName"), kTransfer);
  Handle halftone = dictionary.getKey("/HalftoneType");
  note(halftone.isInteger() && halftone.getIntValue() != 1 && halftone.getIntValue() != 5,
       kTransfer);
  if (!type.isNameAndEquals("/ExtGState")) return;
  note(dictionary.hasKey("/RI") && !is_one_of(dictionary.getKey("/RI"), known_intents()), kUnknown);
  static const Names kBlendModes{
      "/Normal",    "/Compatible", "/Multiply",   "/Screen",    "/Overlay",   "/Darken",
      "/Lighten",   "/ColorDodge", "/ColorBurn",  "/HardLight", "/SoftLight", "/Difference",
      "/Exclusion", "/Hue",        "/Saturation", "/Color",     "/Luminosity"};
  for (const std::string& mode : names_in(dictionary.getKey("/BM")))
    note(!kBlendModes.contains(mode), kUnknown);
}

void ObstacleSearch::look_at_font(Handle font) {
  static const Names kSimple{"/Type0", "/Type1", "/MMType1", "/Type3", "/TrueType"};
  if (!is_one_of(font.getKey("/Subtype"), kSimple)) return;
  if (!font.getKey("/Type").isNameAndEquals("/Font") && !font.hasKey("/BaseFont")) return;
  note(!is_embedded(font), kFonts);
  Handle glyphs = font.getKey("/CharProcs");
  if (!glyphs.isDictionary()) return;
  for (const std::string& name : glyphs.getKeys())
    if (glyphs.getKey(name).isStream())
      look_at_content(glyphs.getKey(name), font.getKey("/Resources").isDictionary(), false);
}

void ObstacleSearch::look_at_annotation(Handle annotation) {
  static const Names kMediaKinds{"/3D",     "/Sound",          "/Movie",
                                 "/Screen", "/FileAttachment", "/RichMedia"};
  static const Names kKnown{"/Text",     "/Link",      "/FreeText",    "/Line",      "/Square",
                            "/Circle",   "/Polygon",   "/PolyLine",    "/Highlight", "/Underline",
                            "/Squiggly", "/StrikeOut", "/Stamp",       "/Caret",     "/Ink",
                            "/Popup",    "/Widget",    "/PrinterMark", "/TrapNet",   "/Watermark"};
  Handle subtype = annotation.getKey("/Subtype");
  if (is_one_of(subtype, kMediaKinds))
    found_.insert(kMedia);
  else
    note(!is_one_of(subtype, kKnown), kUnknown);
  if (is_one_of(subtype, {"/Link", "/Popup"})) return;
  Handle look = annotation.getKey("/AP").getKeyIfDict("/N");
  note(!look.isStream() && !look.isDictionary(), kBareAnnotations);
}

void ObstacleSearch::look_at_catalog(Handle catalog) {
  note(is_true(catalog.getKey("/NeedsRendering")), kXfa);
  Handle names = catalog.getKey("/Names");
  note(names.isDictionary() && names.hasKey("/AlternatePresentations"), kPresentations);
  Handle layers = catalog.getKey("/OCProperties");
  if (!layers.isDictionary()) return;
  std::vector<Handle> settings{layers.getKey("/D")};
  Handle others = layers.getKey("/Configs");
  for (int i = 0; others.isArray() && i < others.getArrayNItems(); ++i)
    settings.push_back(others.getArrayItem(i));
  Names titles;
  for (Handle setting : settings) {
    Handle title = setting.getKeyIfDict("/Name");
    note(!title.isString() || title.getUTF8Value().empty() ||
             !titles.insert(title.getUTF8Value()).second || setting.hasKey("/AS"),
         kLayers);
  }
}

void ObstacleSearch::look_at_content(Handle content, bool has_resources, bool is_page) {
  ContentSearch search(found_, has_resources);
  try {
    if (is_page)
      content.parsePageContents(&search);
    else
      content.parseAsContents(&search);
  } catch (const std::exception&) {
    found_.insert(kUnknown);
  }
}

void ObstacleSearch::look_at(Handle object) {
  if (object.isStream()) look_at_stream(object);
  Handle dictionary = object.isStream() ? object.getDict() : object;
  if (!dictionary.isDictionary()) return;
  Handle type = dictionary.getKey("/Type"), subtype = dictionary.getKey("/Subtype");
  if (subtype.isNameAndEquals("/Image")) look_at_image(dictionary);
  look_at_drawing(dictionary);
  look_at_font(dictionary);
  if (type.isNameAndEquals("/Catalog")) look_at_catalog(dictionary);
  if (type.isNameAndEquals("/Page")) {
    note(dictionary.hasKey("/PresSteps"), kPresentations);
    look_at_content(dictionary, dictionary.getKey("/Resources").isDictionary(), true);
    Handle annotations = dictionary.getKey("/Annots");
    for (int i = 0; annotations.isArray() && i < annotations.getArrayNItems(); ++i)
      if (annotations.getArrayItem(i).isDictionary())
        look_at_annotation(annotations.getArrayItem(i));
  }
  const bool is_pattern = dictionary.getKey("/PatternType").isInteger();
  if (object.isStream() && (subtype.isNameAndEquals("/Form") || is_pattern))
    look_at_content(object, dictionary.getKey("/Resources").isDictionary(), false);
  static const Names kForbiddenActions{
      "/JavaScript",  "/Launch",    "/Sound", "/Movie",      "/ImportData", "/ResetForm", "/Hide",
      "/SetOCGState", "/Rendition", "/Trans", "/GoTo3DView", "/set-state",  "/no-op"};
  note(is_one_of(dictionary.getKey("/S"), kForbiddenActions), kActions);
  note(dictionary.getKey("/S").isNameAndEquals("/Named") &&
           !is_one_of(dictionary.getKey("/N"),
                      {"/NextPage", "/PrevPage", "/FirstPage", "/LastPage"}),
       kActions);
  note(dictionary.hasKey("/EmbeddedFiles") || dictionary.hasKey("/EF") ||
           type.isNameAndEquals("/EmbeddedFile"),
       kMedia);
  note(dictionary.hasKey("/XFA"), kXfa);
}

// Whether what is under the key says of a profile's colours what they are without it.
bool is_said_by_profile(Handle dictionary, const std::string& key) {
  return key == "/Alternate" && dictionary.getKey("/N").isInteger();
}

void ObstacleSearch::look_at_all(QPDF& pdf) {
  // Only what the copy will hold: old layers leave objects behind that nothing refers to any more.
  std::set<QPDFObjGen> seen;
  std::vector<Handle> open{pdf.getTrailer()};
  while (!open.empty()) {
    Handle object = open.back();
    open.pop_back();
    if (object.isIndirect() && !seen.insert(object.getObjGen()).second) continue;
    look_at(object);
    note(object.isNameAndEquals("/DeviceCMYK"), kPrintColours);
    for (int i = 0; object.isArray() && i < object.getArrayNItems(); ++i)
      open.push_back(object.getArrayItem(i));
    Handle dictionary = object.isStream() ? object.getDict() : object;
    if (!dictionary.isDictionary()) continue;
    for (const std::string& key : dictionary.getKeys()) {
      // The writer leaves these out.
      if (key == "/Encrypt" || key == "/Prev" || is_said_by_profile(dictionary, key)) continue;
      open.push_back(dictionary.getKey(key));
    }
  }
}

}  // namespace

std::vector<std::string> archival_obstacles(QPDF& pdf) {
  ObstacleSearch search;
  search.look_at_all(pdf);
  return search.found();
}

}  // namespace vanban::ocr
