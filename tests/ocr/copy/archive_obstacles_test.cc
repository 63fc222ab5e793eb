#include "ocr/copy/archive_obstacles.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>
// Tells QPDF 11 that its old smart pointer is not used; else it warns.
#define POINTERHOLDER_TRANSITION 4
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>

namespace vanban::ocr {
namespace {

using Handle = QPDFObjectHandle;
using Words = std::vector<std::string>;

// A page with one object of each kind that rows below make worse.
struct Made {
  QPDF pdf;
  Handle page;

  explicit Made(const std::string& content = "0 g 10 10 20 20 re f\n") {
    pdf.emptyPDF();
    page = pdf.makeIndirectObject(
        Handle::parse("<< /Type /Page /MediaBox [0 0 200 100] /Resources << >> >>"));
    page.replaceKey("/Contents", pdf.newStream(content));
    pdf.addPage(page, false);
  }
  Handle stream(const std::string& dictionary, const std::string& bytes = "") {
    Handle made = pdf.newStream(bytes);
    made.replaceDict(Handle::parse(dictionary));
    return made;
  }
};

TEST_CASE("a plain page can be an archival one") {
  Made made;
  CHECK(archival_obstacles(made.pdf).empty());
  Made known("q /Perceptual ri BX EX 1 0 0 rg BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q\n");
  CHECK(archival_obstacles(known.pdf).empty());
}

TEST_CASE("what a page's content must not hold is found, in forms, patterns and glyphs as well") {
  const auto [content, expected] = GENERATE(table<std::string, std::string>({
      {"q 0 0 0 1 k 0 0 9 9 re f Q\n", "CMYK"},
      {"0 0 0 1 K 0 0 9 9 re S\n", "CMYK"},
      {"/DeviceCMYK cs 0 0 0 1 sc 0 0 9 9 re f\n", "CMYK"},
      {"BI /W 1 /H 1 /CS /CMYK /BPC 8 ID xxxx EI\n", "CMYK"},
      {"BI /W 1 /H 1 /CS /G /BPC 8 /F /LZW ID x EI\n", "packed"},
      {"BI /W 1 /H 1 /CS /G /BPC 8 /I true ID x EI\n", "smoothed"},
      {"/Glossy ri 0 0 9 9 re f\n", "does not know"},
      {"BX 1 2 shine EX\n", "does not know"},
      {"q q q q q q q q q q q q q q q q q q q q q q q q q q q q q 0 g\n", "does not know"},
  }));
  const std::string where = GENERATE("page", "form", "pattern", "glyph");
  CAPTURE(content, where);
  Made made(where == "page" ? content : "");
  Handle resources = made.page.getKey("/Resources");
  if (where == "form") {
    resources.replaceKey("/XObject", Handle::parse("<< >>"));
    resources.getKey("/XObject")
        .replaceKey("/F", made.stream("<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] "
                                      "/Resources << >> >>",
                                      content));
  } else if (where == "pattern") {
    resources.replaceKey("/Pattern", Handle::parse("<< >>"));
    resources.getKey("/Pattern")
        .replaceKey("/P",
                    made.stream("<< /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 9 9] "
                                "/XStep 9 /YStep 9 /Resources << >> >>",
                                content));
  } else if (where == "glyph") {
    resources.replaceKey("/Font",
                         Handle::parse("<< /T << /Type /Font /Subtype /Type3 /FontMatrix "
                                       "[1 0 0 1 0 0] /FontBBox [0 0 1 1] /CharProcs << >> "
                                       "/Resources << >> >> >>"));
    resources.getKey("/Font")
        .getKey("/T")
        .getKey("/CharProcs")
        .replaceKey("/a", made.stream("<< >>", content));
  }
  const Words found = archival_obstacles(made.pdf);
  REQUIRE(found.size() == 1);
  CHECK_THAT(found[0], Catch::Contains(expected));
}

// The object stands under a key of the page's resources, where a reader would find it.
TEST_CASE("objects that must not be in an archival file are found") {
  const auto [object, expected] = GENERATE(table<std::string, std::string>({
      {"<< /Type /ExtGState /TR /Identity >>", "transfer"},
      {"<< /Type /ExtGState /TR2 /Identity >>", "transfer"},
      {"<< /Type /ExtGState /TR2 /Default >>", ""},
      {"<< /Type /ExtGState /HTP [0 0] >>", "transfer"},
      {"<< /Type /Halftone /HalftoneType 6 >>", "halftones"},
      {"<< /Type /Halftone /HalftoneType 1 >>", ""},
      {"<< /Type /Halftone /HalftoneType 1 /HalftoneName (x) >>", "halftones"},
      {"<< /Type /ExtGState /BM /Glow >>", "does not know"},
      {"<< /Type /ExtGState /BM [/Multiply /Normal] >>", ""},
      {"<< /Type /ExtGState /RI /Glossy >>", "does not know"},
      {"[/Separation /Gold /DeviceCMYK << /FunctionType 2 /N 1 /Domain [0 1] >>]", "CMYK"},
      {"[/Pattern /DeviceCMYK]", "CMYK"},
      {"<< /ShadingType 2 /ColorSpace /DeviceCMYK >>", "CMYK"},
      {"<< /S /Transparency /CS /DeviceCMYK >>", "CMYK"},
      {"<< /N 4 /Alternate /DeviceCMYK >>", ""},
      {"<< /S /JavaScript /JS (app.beep) >>", "actions"},
      {"<< /S /Launch /F (x) >>", "actions"},
      {"<< /S /Sound >>", "actions"},
      {"<< /S /Movie >>", "actions"},
      {"<< /S /ResetForm >>", "actions"},
      {"<< /S /ImportData >>", "actions"},
      {"<< /S /Hide >>", "actions"},
      {"<< /S /SetOCGState >>", "actions"},
      {"<< /S /Rendition >>", "actions"},
      {"<< /S /Trans >>", "actions"},
      {"<< /S /GoTo3DView >>", "actions"},
      {"<< /S /Named /N /Print >>", "actions"},
      {"<< /S /Named /N /NextPage >>", ""},
      {"<< /S /URI /URI (https://a.example) >>", ""},
      {"<< /Type /Filespec /F (a) /EF << >> >>", "attachments"},
      {"<< /EmbeddedFiles << >> >>", "attachments"},
      {"<< /XFA [] >>", "XFA"},
      {"<< /Type /Font /Subtype /TrueType /BaseFont /Arial >>", "embedded"},
      {"<< /Subtype /Type1 /BaseFont /Helvetica >>", "embedded"},
  }));
  CAPTURE(object);
  Made made;
  made.page.getKey("/Resources").replaceKey("/Some", Handle::parse("<< >>"));
  made.page.getKey("/Resources").getKey("/Some").replaceKey("/X", Handle::parse(object));
  const Words found = archival_obstacles(made.pdf);
  REQUIRE(found.size() == (expected.empty() ? 0 : 1));
  if (!expected.empty()) CHECK_THAT(found[0], Catch::Contains(expected));
}

// Boxes of JPEG 2000 (ISO 15444-1, annex I): a head of three channels and a statement of colour.
std::string jpeg2000(const std::string& colour) {
  using namespace std::string_literals;
  const auto box = [](const std::string& type, const std::string& body) {
    return "\0\0\0"s + static_cast<char>(body.size() + 8) + type + body;
  };
  return box("jP  ", "\r\n\x87\n") +
         box("jp2h", box("ihdr", "\0\0\0\1\0\0\0\1\0\3\7\7\0\0"s) + box("colr", colour));
}

TEST_CASE("a font that is its own descendant is followed once") {
  Made made;
  Handle font = made.pdf.makeIndirectObject(
      Handle::parse("<< /Type /Font /Subtype /Type0 /BaseFont /F /DescendantFonts [] >>"));
  font.getKey("/DescendantFonts").appendItem(font);
  made.page.getKey("/Resources").replaceKey("/Font", Handle::parse("<< >>"));
  made.page.getKey("/Resources").getKey("/Font").replaceKey("/F", font);
  CHECK(archival_obstacles(made.pdf) == Words{"it uses fonts that are not embedded"});
}

TEST_CASE("images, forms and their data are looked at") {
  using namespace std::string_literals;
  const auto [dictionary, bytes, expected] = GENERATE(table<std::string, std::string, std::string>({
      {"/Subtype /Image /ColorSpace /DeviceGray", "", ""},
      {"/Subtype /Image /ColorSpace /DeviceCMYK", "", "CMYK"},
      {"/Subtype /Image /ColorSpace [/Indexed /DeviceCMYK 0 <00000000>]", "", "CMYK"},
      {"/Subtype /Image /Alternates []", "", "alternates"},
      {"/Subtype /Image /OPI << >>", "", "OPI"},
      {"/Subtype /Image /Intent /Glossy", "", "does not know"},
      {"/Subtype /Image /Filter [/LZWDecode /DCTDecode]", "", "packed"},
      {"/Subtype /Image /Filter /JPXDecode", jpeg2000("\1\0\0\0\0\0\x10"s), ""},
      {"/Subtype /Image /Filter /JPXDecode", jpeg2000("\1\0\0\0\0\0\x0c"s), "JPEG 2000"},
      {"/Subtype /Image /Filter /JPXDecode", jpeg2000("\3\0\0"s), "JPEG 2000"},
      {"/Subtype /Image /Filter /JPXDecode", "\xff\x4f\xff\x51", "JPEG 2000"},
      {"/Subtype /Form /BBox [0 0 1 1] /OPI << >>", "", "OPI"},
      {"/Subtype /Form /BBox [0 0 1 1] /Ref << /F (a.pdf) /Page 0 >>", "", "other files"},
      {"/Subtype /Form /BBox [0 0 1 1] /Subtype2 /PS", "", "PostScript"},
      {"/Subtype /PS", "", "PostScript"},
      {"/Subtype /Form /BBox [0 0 1 1]", "/Im Do", "resources of its own"},
      {"/F (elsewhere)", "", "other files"},
      {"/Filter [/Crypt]", "", "packed"},
  }));
  CAPTURE(dictionary);
  Made made;
  Handle objects = Handle::parse("<< >>");
  objects.replaceKey("/X", made.stream("<< /Type /XObject " + dictionary + " >>", bytes));
  made.page.getKey("/Resources").replaceKey("/XObject", objects);
  const Words found = archival_obstacles(made.pdf);
  REQUIRE(found.size() == (expected.empty() ? 0 : 1));
  if (!expected.empty()) CHECK_THAT(found[0], Catch::Contains(expected));
}

TEST_CASE("annotations are looked at") {
  const auto [annotation, expected] = GENERATE(table<std::string, std::string>({
      {"/Subtype /Link", ""},
      {"/Subtype /Stamp", "without an appearance"},
      {"/Subtype /Stamp /AP << /N << >> >>", ""},
      {"/Subtype /Screen /AP << /N << >> >>", "media"},
      {"/Subtype /Movie /AP << /N << >> >>", "media"},
      {"/Subtype /Sound /AP << /N << >> >>", "media"},
      {"/Subtype /3D /AP << /N << >> >>", "media"},
      {"/Subtype /RichMedia /AP << /N << >> >>", "media"},
      {"/Subtype /FileAttachment /AP << /N << >> >>", "attachments"},
      {"/Subtype /Sparkle /AP << /N << >> >>", "does not know"},
  }));
  CAPTURE(annotation);
  Made made;
  made.page.replaceKey("/Annots", Handle::parse("[<< /Rect [0 0 9 9] " + annotation + " >>]"));
  const Words found = archival_obstacles(made.pdf);
  REQUIRE(found.size() == (expected.empty() ? 0 : 1));
  if (!expected.empty()) CHECK_THAT(found[0], Catch::Contains(expected));
}

TEST_CASE("the catalogue is looked at") {
  const auto [key, value, expected] = GENERATE(table<std::string, std::string, std::string>({
      {"/NeedsRendering", "true", "XFA"},
      {"/NeedsRendering", "false", ""},
      {"/OCProperties", "<< /OCGs [] /D << /Name (Shown) >> >>", ""},
      {"/OCProperties", "<< /OCGs [] /D << >> >>", "layers"},
      {"/OCProperties", "<< /OCGs [] /D << /Name (Shown) /AS [] >> >>", "layers"},
      {"/OCProperties", "<< /OCGs [] /D << /Name (A) >> /Configs [<< >>] >>", "layers"},
      {"/OCProperties", "<< /OCGs [] /D << /Name (A) >> /Configs [<< /Name (A) >>] >>", "layers"},
      {"/Names", "<< /AlternatePresentations << >> >>", "presentations"},
  }));
  CAPTURE(key, value);
  Made made;
  made.pdf.getRoot().replaceKey(key, Handle::parse(value));
  const Words found = archival_obstacles(made.pdf);
  REQUIRE(found.size() == (expected.empty() ? 0 : 1));
  if (!expected.empty()) CHECK_THAT(found[0], Catch::Contains(expected));
}

}  // namespace
}  // namespace vanban::ocr
