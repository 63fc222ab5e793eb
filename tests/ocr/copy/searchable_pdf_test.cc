#include "ocr/copy/searchable_pdf.h"

#include <cmath>
#include <functional>
#include <set>

#include <leptonica/allheaders.h>
#include <catch2/catch.hpp>
// Tells QPDF 11 that its old smart pointer is not used; else it warns.
#define POINTERHOLDER_TRANSITION 4
#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <qpdf/QPDFPageObjectHelper.hh>
#include <qpdf/QPDFWriter.hh>

#include "ocr/copy/text_font.h"
#include "ocr/document/error.h"
#include "ocr/open/open_source.h"

namespace vanban::ocr {
namespace {

using Handle = QPDFObjectHandle;

std::string bytes_of(QPDF& pdf, const std::function<void(QPDFWriter&)>& set = {}) {
  QPDFWriter writer(pdf);
  writer.setOutputMemory();
  writer.setStaticID(true);
  if (set) set(writer);
  writer.write();
  const auto buffer = writer.getBufferSharedPointer();
  return {reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize()};
}

// A page of 200 x 100 points, with a grey picture over all of it.
struct ScanPdf {
  QPDF pdf;
  Handle page;

  explicit ScanPdf(const std::string& after_image, const std::string& before_image = "") {
    pdf.emptyPDF();
    Handle image = pdf.newStream(std::string("\x20\x60\xa0\xe0", 4));
    image.replaceDict(
        Handle::parse("<< /Type /XObject /Subtype /Image /Width 2 /Height 2 /BitsPerComponent 8 "
                      "/ColorSpace /DeviceGray >>"));
    page = pdf.makeIndirectObject(Handle::parse(
        "<< /Type /Page /MediaBox [0 0 200 100] /Resources << /XObject << >> /Font << /F1 << /Type "
        "/Font /Subtype /Type1 /BaseFont /Helvetica >> >> /ColorSpace << /Calibrated [/CalRGB << "
        "/WhitePoint [0.9505 1 1.089] /Gamma [2.2 2.2 2.2] /Matrix [0.4124 0.2126 0.0193 0.3576 "
        "0.7152 0.1192 0.1805 0.0722 0.9505] >>] >> >> >>"));
    page.getKey("/Resources").getKey("/XObject").replaceKey("/Im", image);
    page.replaceKey("/Contents",
                    pdf.newStream(before_image + "q 200 0 0 100 0 0 cm /Im Do Q\n" + after_image));
    pdf.addPage(page, false);
  }
  Source source() { return open_source(bytes_of(pdf), ""); }
};

const std::string kOldLayer = "BT 3 Tr /F1 12 Tf 10 50 Td (UY BAN) Tj 0 Tr ET\n";

LayerPage layer(bool from_text_layer = false) {
  return {1,
          from_text_layer,
          {{{{"Ủy", {20, 60}, {32, 60}, 12}, {"ban", {36, 60}, {56, 60}, 12}}},
           {{{"№⠿🙂", {20, 80}, {60, 80}, 12}}}}};
}

const PdfMetadata kMetadata{"Báo cáo 67/BC-UBND", "Kết quả", "vanban test"};

std::vector<Word> words_of_copy(const std::string& pdf, const std::string& password = "") {
  const Source source = open_source(pdf, password);
  return make_page_reader(source)->text_layer(1);
}

std::string joined(const std::vector<Word>& words) {
  std::string out;
  for (const Word& word : words) out += (out.empty() ? "" : " ") + word.text;
  return out;
}

std::string xmp_of(QPDF& pdf) {
  const auto buffer = pdf.getRoot().getKey("/Metadata").getStreamData();
  return {reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize()};
}

TEST_CASE("words are found where they stand, the old layer is gone") {
  const SearchableCopy copy =
      write_searchable_pdf(ScanPdf(kOldLayer).source(), {layer()}, kMetadata);
  const std::vector<Word> words = words_of_copy(copy.pdf);
  REQUIRE(joined(words) == "Ủy ban №⠿🙂");
  CHECK(std::abs(words[0].box.left - 20) < 0.5);
  CHECK(std::abs(words[0].box.right - 32) < 1);
  CHECK(std::abs(words[1].box.left - 36) < 0.5);
  CHECK(std::abs(words[1].box.right - 56) < 1);
  CHECK(std::abs(words[0].box.bottom - (60 - 12 * kTextFontDescent / 1000.0)) < 0.1);
  CHECK(std::abs(words[0].box.top - (60 - 12 * kTextFontAscent / 1000.0)) < 0.1);
}

TEST_CASE("words stand right on pages that are turned and cropped") {
  const int turn = GENERATE(0, 90, 180, 270);
  CAPTURE(turn);
  ScanPdf scan("");
  scan.page.replaceKey("/Rotate", Handle::newInteger(turn));
  scan.page.replaceKey("/CropBox", Handle::parse("[10 5 190 95]"));
  const SearchableCopy copy = write_searchable_pdf(scan.source(), {layer()}, kMetadata);
  const std::vector<Word> words = words_of_copy(copy.pdf);
  REQUIRE_THAT(joined(words), Catch::StartsWith("Ủy ban"));
  CHECK(std::abs(words[1].box.left - 36) < 0.5);
  CHECK(std::abs(words[1].box.right - 56) < 1);
  CHECK(std::abs(words[1].box.bottom - 60.7) < 0.5);
}

TEST_CASE("the page looks as it did") {
  const std::string extra = GENERATE(std::string(), kOldLayer, "q q 1 0 0 rg 20 20 30 30 re f\n",
                                     kOldLayer + "BT /F1 20 Tf 30 30 Td (Seen) Tj ET\n",
                                     "BT /F1 9 Tf 3 Tr 12 TL (a) Tj (b) ' 0 Tr (c) ' ET\n",
                                     "/Calibrated cs 0.9 0.1 0.2 sc 20 20 60 60 re f\n");
  CAPTURE(extra);
  const Source before = ScanPdf(extra).source();
  const Source after = open_source(write_searchable_pdf(before, {layer()}, kMetadata).pdf, "");
  const Image a = make_page_reader(before)->rasterize(1, 10);
  const Image b = make_page_reader(after)->rasterize(1, 10);
  CHECK(a.pixels == b.pixels);
}

TEST_CASE("a page that shows the text it was read from is left as it is") {
  ScanPdf shown("BT /F1 12 Tf 10 50 Td (Shown) Tj ET\n");
  CHECK(joined(words_of_copy(write_searchable_pdf(shown.source(), {layer(true)}, kMetadata).pdf)) ==
        "Shown");
  ScanPdf hidden(kOldLayer);
  CHECK(
      joined(words_of_copy(write_searchable_pdf(hidden.source(), {layer(true)}, kMetadata).pdf)) ==
      "Ủy ban №⠿🙂");
}

TEST_CASE("the copy has what PDF/A-2b demands") {
  const SearchableCopy copy =
      write_searchable_pdf(ScanPdf(kOldLayer).source(), {layer()}, kMetadata);
  CHECK(copy.warnings.empty());
  CHECK_THAT(copy.pdf, Catch::StartsWith("%PDF-1.7\n%"));
  QPDF pdf;
  pdf.processMemoryFile("copy", copy.pdf.data(), copy.pdf.size());
  CHECK_FALSE(pdf.isEncrypted());
  CHECK(pdf.getTrailer().getKey("/ID").isArray());

  const std::string xmp = xmp_of(pdf);
  CHECK_FALSE(pdf.getRoot().getKey("/Metadata").getDict().hasKey("/Filter"));
  CHECK_THAT(xmp, Catch::Contains("<pdfaid:part>2</pdfaid:part>"));
  CHECK_THAT(xmp, Catch::Contains("<pdfaid:conformance>B</pdfaid:conformance>"));
  CHECK_THAT(xmp, Catch::Contains("<rdf:li xml:lang=\"x-default\">Báo cáo 67/BC-UBND</rdf:li>"));
  Handle info = pdf.getTrailer().getKey("/Info");
  CHECK(info.getKey("/Title").getUTF8Value() == kMetadata.title);
  CHECK(info.getKey("/Subject").getUTF8Value() == kMetadata.subject);
  for (const std::string& key : info.getKeys())
    CHECK(std::set<std::string>{"/Title", "/Subject", "/Producer"}.contains(key));

  Handle intents = pdf.getRoot().getKey("/OutputIntents");
  Handle intent = intents.getArrayItem(0);
  CHECK(intent.getKey("/S").getName() == "/GTS_PDFA1");
  // All intents of an archival file have the same profile.
  for (int i = 1; i < intents.getArrayNItems(); ++i)
    CHECK(intents.getArrayItem(i).getKey("/DestOutputProfile").getObjGen() ==
          intent.getKey("/DestOutputProfile").getObjGen());
  const auto profile = intent.getKey("/DestOutputProfile").getStreamData();
  CHECK(std::string(reinterpret_cast<const char*>(profile->getBuffer()) + 36, 4) == "acsp");

  const auto resources =
      QPDFPageObjectHelper(pdf.getAllPages().front()).getAttribute("/Resources", false);
  Handle fonts = Handle(resources).getKey("/Font");
  REQUIRE(fonts.getKeys() == std::set<std::string>{"/VanbanText"});
  Handle font = fonts.getKey("/VanbanText");
  CHECK(font.getKey("/Encoding").getName() == "/Identity-H");
  CHECK(font.getKey("/ToUnicode").isStream());
  Handle descriptor = font.getKey("/DescendantFonts").getArrayItem(0).getKey("/FontDescriptor");
  CHECK(descriptor.getKey("/FontFile2").isStream());
}

TEST_CASE("an input that says what its colours mean keeps doing so") {
  ScanPdf scan("/Calibrated cs 0.9 0.1 0.2 sc 20 20 60 60 re f\n");
  QPDF archival;
  const std::string copy = write_searchable_pdf(ScanPdf("").source(), {layer()}, kMetadata).pdf;
  archival.processMemoryFile("copy", copy.data(), copy.size());
  scan.pdf.getRoot().replaceKey("/OutputIntents",
                                Handle::newArray({scan.pdf.copyForeignObject(
                                    archival.getRoot().getKey("/OutputIntents").getArrayItem(0))}));
  const Source before = scan.source();
  const std::string again = write_searchable_pdf(before, {layer()}, kMetadata).pdf;
  QPDF pdf;
  pdf.processMemoryFile("copy", again.data(), again.size());
  CHECK(pdf.getRoot().getKey("/OutputIntents").getArrayNItems() == 1);
  CHECK(make_page_reader(before)->rasterize(1, 10).pixels ==
        make_page_reader(open_source(again, ""))->rasterize(1, 10).pixels);
}

TEST_CASE("the same document gives the same bytes") {
  const Source source = ScanPdf(kOldLayer).source();
  CHECK(write_searchable_pdf(source, {layer()}, kMetadata).pdf ==
        write_searchable_pdf(source, {layer()}, kMetadata).pdf);
}

TEST_CASE("what keeps a document from PDF/A is said, and the copy does not claim to be it") {
  ScanPdf scan("BT /F1 12 Tf 10 50 Td (Shown) Tj ET\n");
  const SearchableCopy copy = write_searchable_pdf(scan.source(), {layer()}, kMetadata);
  REQUIRE(copy.warnings.size() == 1);
  CHECK(copy.warnings[0].code == "not_pdfa");
  CHECK_THAT(copy.warnings[0].text, Catch::Contains("fonts that are not embedded"));
  QPDF pdf;
  pdf.processMemoryFile("copy", copy.pdf.data(), copy.pdf.size());
  CHECK_THAT(xmp_of(pdf), !Catch::Contains("pdfaid:part"));
}

TEST_CASE("a signature is left out of the copy, its looks stay") {
  ScanPdf scan("");
  Handle look = scan.pdf.newStream("0 0 1 rg 0 0 50 20 re f\n");
  look.replaceDict(Handle::parse("<< /Type /XObject /Subtype /Form /BBox [0 0 50 20] >>"));
  Handle field = scan.pdf.makeIndirectObject(
      Handle::parse("<< /Type /Annot /Subtype /Widget /FT /Sig /T (s) /F 132 /Rect [20 20 70 40] "
                    "/V << /Type /Sig "
                    "/Filter /Adobe.PPKLite /Contents <00> >> /AP << >> >>"));
  field.getKey("/AP").replaceKey("/N", look);
  scan.page.replaceKey("/Annots", Handle::newArray({field}));
  Handle form = Handle::parse("<< /SigFlags 3 >>");
  form.replaceKey("/Fields", Handle::newArray({field}));
  scan.pdf.getRoot().replaceKey("/AcroForm", form);

  const SearchableCopy copy = write_searchable_pdf(scan.source(), {layer()}, kMetadata);
  REQUIRE(copy.warnings.size() == 1);
  CHECK(copy.warnings[0].code == "signature_left_out");
  QPDF pdf;
  pdf.processMemoryFile("copy", copy.pdf.data(), copy.pdf.size());
  CHECK_FALSE(pdf.getRoot().hasKey("/AcroForm"));
  Handle first = pdf.getAllPages().front();
  Handle stamp = first.getKey("/Annots").getArrayItem(0);
  CHECK(stamp.getKey("/Subtype").getName() == "/Stamp");
  CHECK_FALSE(stamp.hasKey("/V"));
  CHECK(open_source(copy.pdf, "").signatures.empty());
}

TEST_CASE("a password goes on protecting the copy, permissions alone do not") {
  ScanPdf scan("");
  const auto encrypt = [&](const char* password) {
    return bytes_of(scan.pdf, [&](QPDFWriter& writer) {
      writer.setR6EncryptionParameters(password, "owner", true, true, true, true, true, true,
                                       qpdf_r3p_full, true);
    });
  };
  const SearchableCopy kept =
      write_searchable_pdf(open_source(encrypt("mat"), "mat"), {layer()}, kMetadata);
  CHECK_THROWS_AS(open_source(kept.pdf, ""), InputError);
  CHECK_THAT(joined(words_of_copy(kept.pdf, "mat")), Catch::StartsWith("Ủy ban"));
  REQUIRE_FALSE(kept.warnings.empty());
  CHECK(kept.warnings.back().code == "not_pdfa");
  const SearchableCopy freed =
      write_searchable_pdf(open_source(encrypt(""), ""), {layer()}, kMetadata);
  CHECK_FALSE(open_source(freed.pdf, "").encrypted);
}

TEST_CASE("what the document says of itself is kept") {
  ScanPdf scan("");
  scan.pdf.getTrailer().replaceKey(
      "/Info", Handle::parse("<< /Title (Own title) /Author (A\\001B) /Office (Archive) /Trapped "
                             "/False /ModDate (D:20250102030405Z) /Producer (scanner) >>"));
  const SearchableCopy copy = write_searchable_pdf(scan.source(), {layer()}, kMetadata);
  QPDF pdf;
  pdf.processMemoryFile("copy", copy.pdf.data(), copy.pdf.size());
  Handle info = pdf.getTrailer().getKey("/Info");
  CHECK(info.getKey("/Title").getUTF8Value() == "Own title");
  CHECK(info.getKey("/Subject").getUTF8Value() == kMetadata.subject);
  CHECK(info.getKey("/Office").getUTF8Value() == "Archive");
  CHECK(info.getKey("/Trapped").getName() == "/False");
  CHECK(info.getKey("/ModDate").getUTF8Value() == "D:20250102030405Z");
  CHECK(info.getKey("/Producer").getUTF8Value() == kMetadata.producer);
  const std::string xmp = xmp_of(pdf);
  CHECK_THAT(xmp, Catch::Contains(">Own title</rdf:li>"));
  CHECK_THAT(xmp, Catch::Contains(">AB</rdf:li>"));
  CHECK_THAT(xmp, Catch::Contains("<xmp:ModifyDate>2025-01-02T03:04:05"));
}

TEST_CASE("a copy can be called otherwise, and stays what it is") {
  const PdfMetadata after{"Báo cáo 68/BC-UBND", "Kết quả khác", kMetadata.producer};
  const Source source = ScanPdf(kOldLayer).source();
  const std::string copy = write_searchable_pdf(source, {layer()}, kMetadata).pdf;
  const std::string retitled = retitled_copy(copy, kMetadata, after);
  CHECK(retitled == retitled_copy(copy, kMetadata, after));
  QPDF pdf;
  pdf.processMemoryFile("copy", retitled.data(), retitled.size());
  Handle info = pdf.getTrailer().getKey("/Info");
  CHECK(info.getKey("/Title").getUTF8Value() == after.title);
  CHECK(info.getKey("/Subject").getUTF8Value() == after.subject);
  CHECK_THAT(xmp_of(pdf), Catch::Contains("<pdfaid:part>2</pdfaid:part>"));
  CHECK_THAT(xmp_of(pdf), Catch::Contains("Báo cáo 68/BC-UBND"));
  CHECK(pdf.getRoot().getKey("/OutputIntents").getArrayNItems() == 2);
  // What the document says of itself is nobody's to change.
  const std::string kept = retitled_copy(copy, {"Other", "Other", ""}, after);
  QPDF own;
  own.processMemoryFile("copy", kept.data(), kept.size());
  CHECK(own.getTrailer().getKey("/Info").getKey("/Title").getUTF8Value() == kMetadata.title);
  CHECK_THROWS_AS(retitled_copy("no PDF", kMetadata, after), InputError);
}

TEST_CASE("shown text that says something else is no text of the copy") {
  // A font with glyphs of its own: readers may heed nothing but its table.
  ScanPdf scan("BT /F2 12 Tf 10 50 Td (aa) Tj ET\n");
  Handle font = Handle::parse(
      "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1 1] /FontMatrix [1 0 0 1 0 0] /FirstChar 97 "
      "/LastChar 97 /Widths [1] /Encoding << /Type /Encoding /Differences [97 /a] >> /CharProcs << "
      ">> /Resources << >> >>");
  font.getKey("/CharProcs").replaceKey("/a", scan.pdf.newStream("1 0 d0 0 0 1 1 re f\n"));
  scan.page.getKey("/Resources").getKey("/Font").replaceKey("/F2", font);
  const SearchableCopy copy = write_searchable_pdf(scan.source(), {layer()}, kMetadata);
  CHECK(joined(words_of_copy(copy.pdf)) == "Ủy ban №⠿🙂");
  QPDF pdf;
  pdf.processMemoryFile("copy", copy.pdf.data(), copy.pdf.size());
  Handle first = pdf.getAllPages().front();
  Handle silent = first.getKey("/Resources").getKey("/Font").getKey("/F2");
  const auto table = silent.getKey("/ToUnicode").getStreamData();
  CHECK_THAT(std::string(reinterpret_cast<const char*>(table->getBuffer()), table->getSize()),
             Catch::Contains("<00> <ff> [<0020><0020>"));
  CHECK(make_page_reader(scan.source())->rasterize(1, 10).pixels ==
        make_page_reader(open_source(copy.pdf, ""))->rasterize(1, 10).pixels);
}

TEST_CASE("labels of pages are kept") {
  ScanPdf scan("");
  scan.pdf.getRoot().replaceKey("/PageLabels", Handle::parse("<< /Nums [0 << /S /r >>] >>"));
  const SearchableCopy copy = write_searchable_pdf(scan.source(), {layer()}, kMetadata);
  QPDF pdf;
  pdf.processMemoryFile("copy", copy.pdf.data(), copy.pdf.size());
  CHECK(pdf.getRoot().getKey("/PageLabels").getKey("/Nums").getArrayNItems() == 2);
}

TEST_CASE("an image file becomes a PDF with its own pixels") {
  struct Destroy {
    void operator()(Pix* pix) const { pixDestroy(&pix); }
  };
  const auto [depth, format] = GENERATE(table<int, int>({{1, IFF_TIFF_G4},
                                                         {1, IFF_PNG},
                                                         {8, IFF_PNG},
                                                         {8, IFF_TIFF_LZW},
                                                         {32, IFF_PNG},
                                                         {8, IFF_JFIF_JPEG},
                                                         {32, IFF_JFIF_JPEG}}));
  CAPTURE(depth, format);
  const std::unique_ptr<Pix, Destroy> pix(pixCreate(300, 200, depth));
  pixSetResolution(pix.get(), 100, 100);
  pixSetAll(pix.get());
  for (int y = 20; y < 60; ++y)
    for (int x = 30; x < 120; ++x) pixSetPixel(pix.get(), x, y, depth == 32 ? 0xc0000000u : 0);
  l_uint8* data = nullptr;
  std::size_t size = 0;
  REQUIRE(pixWriteMem(&data, &size, pix.get(), format) == 0);
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  lept_free(data);

  const Source source = open_source(bytes, "");
  const SearchableCopy copy = write_searchable_pdf(source, {layer()}, kMetadata);
  CHECK(copy.warnings.empty());
  const Source as_pdf = open_source(copy.pdf, "");
  CHECK(std::abs(as_pdf.pages.at(0).width_pt - source.pages.at(0).width_pt) < 0.01);
  CHECK(std::abs(as_pdf.pages.at(0).height_pt - source.pages.at(0).height_pt) < 0.01);
  const Image a = make_page_reader(source)->rasterize(1, 10);
  const Image b = make_page_reader(as_pdf)->rasterize(1, 10);
  REQUIRE(a.width == b.width);
  REQUIRE(a.height == b.height);
  REQUIRE(a.channels == b.channels);
  int apart = 0;
  for (std::size_t i = 0; i < a.pixels.size(); ++i)
    apart += std::abs(a.pixels[i] - b.pixels[i]) > 8 ? 1 : 0;
  // The renderer may put an edge one pixel off.
  CHECK(apart < static_cast<int>(a.pixels.size()) / 100);
  if (format == IFF_JFIF_JPEG)
    CHECK_THAT(copy.pdf, Catch::Contains(bytes.substr(0, bytes.size() - 2)));
}

TEST_CASE("the font has a glyph of its own for every Vietnamese letter") {
  std::set<int> glyphs;
  int letters = 0;
  for (const char32_t letter :
       std::u32string(U"aăâbcdđeêghiklmnoôơpqrstuưvxyAĂÂBCDĐEÊGHIKLMNOÔƠPQRSTUƯVXY"
                      U"áàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ"
                      U"ÁÀẢÃẠẮẰẲẴẶẤẦẨẪẬÉÈẺẼẸẾỀỂỄỆÍÌỈĨỊÓÒỎÕỌỐỒỔỖỘỚỜỞỠỢÚÙỦŨỤỨỪỬỮỰÝỲỶỸỴ₫")) {
    ++letters;
    REQUIRE(text_font_glyph(letter));
    glyphs.insert(*text_font_glyph(letter));
  }
  CHECK(static_cast<int>(glyphs.size()) == letters);
  CHECK_FALSE(text_font_glyph(U'中'));
  // The count of glyphs that the file itself states (maxp), so that file and table agree.
  const std::string_view font = text_font();
  const auto number = [&](std::size_t at) {
    return static_cast<int>(static_cast<unsigned char>(font[at]) << 8 |
                            static_cast<unsigned char>(font[at + 1]));
  };
  int stated = 0;
  for (std::size_t entry = 12; entry < 12 + 16 * static_cast<std::size_t>(number(4)); entry += 16)
    if (font.substr(entry, 4) == "maxp")
      stated = number(static_cast<std::size_t>(number(entry + 8) << 16 | number(entry + 10)) + 4);
  CHECK(stated == text_font_first_spare() + kTextFontSpareCount);
}

}  // namespace
}  // namespace vanban::ocr
