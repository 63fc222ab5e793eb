#include "ocr/open/open_source.h"

#include <unistd.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <leptonica/allheaders.h>
#include <openssl/cms.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <tiffio.h>
#include <catch2/catch.hpp>
// Tells QPDF 11 that its old smart pointer is not used; else it warns.
#define POINTERHOLDER_TRANSITION 4
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFWriter.hh>

#include "ocr/document/error.h"
#include "ocr/open/pdf_signatures.h"

// Not `using namespace`: Leptonica has a Box of its own.
namespace vanban::ocr {
namespace {

// ---- PDFs, written by hand

std::string stream(const std::string& dictionary, const std::string& data) {
  return "<< " + dictionary + " /Length " + std::to_string(data.size()) + " >>\nstream\n" + data +
         "\nendstream";
}

// objects[i] is object number i + 1; the first is the catalog.
std::string pdf_of(const std::vector<std::string>& objects) {
  std::string out = "%PDF-1.7\n", table;
  for (std::size_t i = 0; i < objects.size(); ++i) {
    char entry[32];
    std::snprintf(entry, sizeof entry, "%010zu 00000 n \n", out.size());
    table += entry;
    out += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
  }
  const std::size_t start = out.size();
  const std::string size = std::to_string(objects.size() + 1);
  return out + "xref\n0 " + size + "\n0000000000 65535 f \n" + table + "trailer\n<< /Size " + size +
         " /Root 1 0 R >>\nstartxref\n" + std::to_string(start) + "\n%%EOF\n";
}

// A PDF of one page. The page is object 3, its content 4, its font 5; `more` starts at 6.
struct OnePage {
  std::string page = "/MediaBox [0 0 600 800]";
  std::string resources;  // beside the font F
  std::string content;
  std::vector<std::string> more;
  std::string catalog;

  std::string bytes() const {
    std::vector<std::string> objects{
        "<< /Type /Catalog /Pages 2 0 R " + catalog + " >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F 5 0 R >> " +
            resources + " >> " + page + " >>",
        stream("", content),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    };
    objects.insert(objects.end(), more.begin(), more.end());
    return pdf_of(objects);
  }
};

std::string show_text(double x, double y, const std::string& text) {
  return "BT /F 20 Tf " + std::to_string(x) + " " + std::to_string(y) + " Td (" + text + ") Tj ET ";
}

std::string grey_image(int width, int height, const std::string& extra = "") {
  return stream(
      "/Type /XObject /Subtype /Image /ColorSpace /DeviceGray /BitsPerComponent 8 /Width " +
          std::to_string(width) + " /Height " + std::to_string(height) + " " + extra,
      std::string(static_cast<std::size_t>(width * height), '\x80'));
}

// Places the unit square.
std::string draw_at(double x, double y, double width, double height, const std::string& what) {
  return "q " + std::to_string(width) + " 0 0 " + std::to_string(height) + " " + std::to_string(x) +
         " " + std::to_string(y) + " cm " + what + " Q ";
}

std::string encrypted(const std::string& bytes, const char* user, const char* owner) {
  QPDF pdf;
  pdf.processMemoryFile("test", bytes.data(), bytes.size());
  QPDFWriter writer(pdf);
  writer.setOutputMemory();
  writer.setR6EncryptionParameters(user, owner, true, true, true, true, true, true, qpdf_r3p_full,
                                   true);
  writer.write();
  const std::shared_ptr<Buffer> buffer = writer.getBufferSharedPointer();
  return {reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize()};
}

// ---- Images, through Leptonica

struct PixFreer {
  void operator()(Pix* pix) const { pixDestroy(&pix); }
};
using PixPtr = std::unique_ptr<Pix, PixFreer>;

// White, with a mark in its top left quarter, so that it is not all the same.
PixPtr sheet(int width, int height, int depth, int dpi) {
  PixPtr pix(pixCreate(width, height, depth));
  pixSetResolution(pix.get(), dpi, dpi);
  pixSetAllArbitrary(pix.get(), depth == 32 ? 0xffffff00u : depth == 1 ? 0u : (1u << depth) - 1);
  for (int y = height / 8; y < height / 4; ++y) {
    for (int x = width / 8; x < width / 4; ++x) pixSetPixel(pix.get(), x, y, depth == 1 ? 1 : 0);
  }
  return pix;
}

std::string encoded(Pix* pix, int format) {
  l_uint8* data = nullptr;
  std::size_t size = 0;
  REQUIRE(pixWriteMem(&data, &size, pix, format) == 0);
  std::string out(reinterpret_cast<char*>(data), size);
  lept_free(data);
  return out;
}

// A path of this process's own: cases run side by side.
std::filesystem::path temporary_path(const std::string& ending) {
  return std::filesystem::temp_directory_path() /
         ("source_test_" + std::to_string(::getpid()) + ending);
}

std::string tiff_of(const std::vector<Pix*>& pages) {
  const auto path = temporary_path(".tif");
  for (std::size_t i = 0; i < pages.size(); ++i) {
    REQUIRE(pixWriteTiff(path.c_str(), pages[i], IFF_TIFF_ZIP, i == 0 ? "w" : "a") == 0);
  }
  std::ifstream file(path, std::ios::binary);
  std::string out{std::istreambuf_iterator<char>(file), {}};
  std::filesystem::remove(path);
  return out;
}

std::uint32_t little_endian(const std::string& bytes, std::size_t at, int count) {
  std::uint32_t out = 0;
  for (int i = count; i-- > 0;) out = out << 8 | static_cast<std::uint8_t>(bytes.at(at + i));
  return out;
}

// Points the strips of a page (from 0) of a little-endian TIFF behind the end of the file.
void break_tiff_page(std::string& bytes, int page) {
  constexpr std::uint32_t kStripOffsets = 273;
  std::size_t directory = little_endian(bytes, 4, 4);
  for (int i = 0; i < page; ++i) {
    directory = little_endian(bytes, directory + 2 + 12 * little_endian(bytes, directory, 2), 4);
  }
  for (std::uint32_t i = 0; i < little_endian(bytes, directory, 2); ++i) {
    const std::size_t entry = directory + 2 + 12 * i;
    if (little_endian(bytes, entry, 2) == kStripOffsets)
      bytes.replace(entry + 8, 4, "\xff\xff\xff\x7f");
  }
}

std::string little_endian_bytes(std::size_t value, int count) {
  std::string out;
  for (int i = 0; i < count; ++i) out += static_cast<char>(value >> (8 * i) & 0xff);
  return out;
}

// Sets a tag of one short value in the first directory of a little-endian TIFF, which is moved to
// the end to make room.
std::string with_tiff_tag(std::string bytes, std::uint32_t tag, int value) {
  const std::size_t directory = little_endian(bytes, 4, 4);
  const std::uint32_t count = little_endian(bytes, directory, 2);
  std::vector<std::string> entries;
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::string entry = bytes.substr(directory + 2 + 12 * i, 12);
    if (little_endian(entry, 0, 2) != tag) entries.push_back(entry);
  }
  entries.push_back(little_endian_bytes(tag, 2) + little_endian_bytes(3, 2) +
                    little_endian_bytes(1, 4) +
                    little_endian_bytes(static_cast<std::size_t>(value), 4));
  std::sort(entries.begin(), entries.end(), [](const std::string& a, const std::string& b) {
    return little_endian(a, 0, 2) < little_endian(b, 0, 2);
  });
  if (bytes.size() % 2 != 0) bytes += '\0';
  bytes.replace(4, 4, little_endian_bytes(bytes.size(), 4));
  bytes += little_endian_bytes(entries.size(), 2);
  for (const std::string& entry : entries) bytes += entry;
  return bytes + std::string(4, '\0');
}

// One channel, not packed, no resolution stated.
std::string raw_tiff(int width, int height, int depth, int photometric, const std::string& pixels) {
  const auto tag = [](std::size_t number, std::size_t value) {
    return little_endian_bytes(number, 2) + little_endian_bytes(4, 2) + little_endian_bytes(1, 4) +
           little_endian_bytes(value, 4);
  };
  const auto size = [](int pixels_of_side) { return static_cast<std::size_t>(pixels_of_side); };
  const std::vector<std::string> tags{
      tag(256, size(width)), tag(257, size(height)),      tag(258, size(depth)),
      tag(259, 1),           tag(262, size(photometric)), tag(273, 8),
      tag(277, 1),           tag(278, size(height)),      tag(279, pixels.size())};
  std::string out = std::string("II*\0", 4) + little_endian_bytes(8 + pixels.size(), 4) + pixels +
                    little_endian_bytes(tags.size(), 2);
  for (const std::string& entry : tags) out += entry;
  return out + std::string(4, '\0');
}

// A JPEG segment: its marker, length and body.
std::string segment(char marker, const std::string& body) {
  const std::size_t length = body.size() + 2;
  return std::string("\xff") + marker + static_cast<char>(length >> 8 & 0xff) +
         static_cast<char>(length & 0xff) + body;
}

// 8 x 8 pixels of 128 in each of four channels: every coefficient is 0.
std::string cmyk_jpeg(bool adobe) {
  std::string out = "\xff\xd8";
  if (adobe) out += segment('\xee', "Adobe" + std::string("\0\x64\0\0\0\0\0", 7));
  out += segment('\xdb', std::string(1, '\0') + std::string(64, '\x01'));
  std::string frame("\x08\0\x08\0\x08\x04", 6), scan("\x04", 1);
  for (char channel = 1; channel <= 4; ++channel) {
    frame += {channel, '\x11', '\0'};
    scan += {channel, '\0'};
  }
  out += segment('\xc0', frame);
  // One code of one bit in each table: difference 0, end of block.
  const std::string code = "\x01" + std::string(15, '\0') + std::string(1, '\0');
  out += segment('\xc4', std::string(1, '\0') + code) + segment('\xc4', "\x10" + code);
  out += segment('\xda', scan + std::string("\0\x3f\0", 3));
  // Eight bits of 0: two for each of the four blocks.
  return out + std::string(1, '\0') + "\xff\xd9";
}

// ---- Signatures, through OpenSSL

constexpr const char* kSigner = "Ủy ban nhân dân xã Thử Nghiệm";
constexpr const char* kOrganization = "Tỉnh Mẫu";

void add_name(X509_NAME* name, const char* field, const char* text) {
  X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>(text), -1, -1, 0);
}

struct Identity {
  std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key{EVP_EC_gen("P-256"), EVP_PKEY_free};
  std::unique_ptr<X509, decltype(&X509_free)> certificate{X509_new(), X509_free};

  Identity(const char* common_name, long serial) {
    X509* x = certificate.get();
    X509_set_version(x, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(x), serial);
    X509_gmtime_adj(X509_getm_notBefore(x), 0);
    X509_gmtime_adj(X509_getm_notAfter(x), 3600);
    X509_set_pubkey(x, key.get());
    X509_NAME* name = X509_get_subject_name(x);
    add_name(name, "O", kOrganization);
    add_name(name, "CN", common_name);
    X509_set_issuer_name(x, name);
    X509_sign(x, key.get(), EVP_sha256());
  }
};

// PKCS#7 with another certificate before the signer's; `utc_time` as YYMMDDHHMMSSZ, or none.
std::string signature_contents(const char* utc_time) {
  const Identity authority("Cơ quan chứng thực", 1), signer(kSigner, 2);
  constexpr unsigned kFlags = CMS_PARTIAL | CMS_DETACHED | CMS_BINARY;
  CMS_ContentInfo* cms = CMS_sign(nullptr, nullptr, nullptr, nullptr, kFlags);
  CMS_add1_cert(cms, authority.certificate.get());
  CMS_SignerInfo* info =
      CMS_add1_signer(cms, signer.certificate.get(), signer.key.get(), EVP_sha256(),
                      kFlags | (utc_time ? 0u : static_cast<unsigned>(CMS_NOATTR)));
  if (utc_time) {
    ASN1_UTCTIME* time = ASN1_UTCTIME_new();
    ASN1_UTCTIME_set_string(time, utc_time);
    CMS_signed_add1_attr_by_NID(info, NID_pkcs9_signingTime, V_ASN1_UTCTIME, time, -1);
    ASN1_UTCTIME_free(time);
  }
  BIO* data = BIO_new_mem_buf("data", 4);
  REQUIRE(CMS_final(cms, data, nullptr, kFlags) == 1);
  BIO_free(data);
  unsigned char* der = nullptr;
  const int length = i2d_CMS_ContentInfo(cms, &der);
  std::string out(reinterpret_cast<char*>(der), static_cast<std::size_t>(length));
  OPENSSL_free(der);
  CMS_ContentInfo_free(cms);
  return out;
}

std::string hex(const std::string& bytes) {
  std::string out = "<";
  for (const unsigned char byte : bytes) {
    char pair[3];
    std::snprintf(pair, sizeof pair, "%02X", static_cast<unsigned>(byte));
    out += pair;
  }
  return out + ">";
}

std::string signature_dictionary(const std::string& contents, const std::string& filter) {
  return "<< /Type /Sig /SubFilter /" + filter + " /M (D:20250205153518+07'00') /Contents " +
         hex(contents + std::string(100, '\0')) + " >>";
}

// ---- Asking

std::optional<ErrorKind> refusal(const std::function<void()>& act) {
  try {
    act();
  } catch (const InputError& error) {
    return error.kind();
  }
  return std::nullopt;
}

std::optional<ErrorKind> open_refusal(const std::string& bytes, const std::string& password = "") {
  return refusal([&] { open_source(bytes, password); });
}

std::string joined(const std::vector<Word>& words) { return text_of(Line{{}, words}); }

bool has_warning(const Source& source, const std::string& code) {
  for (const Warning& warning : source.warnings) {
    if (warning.code == code) return true;
  }
  return false;
}

PageInfo first_page(const OnePage& pdf) { return open_source(pdf.bytes(), "").pages.at(0); }

int grey_at(const Image& image, double x, double y) {
  const auto column = static_cast<std::size_t>(x * image.width);
  const auto row = static_cast<std::size_t>(y * image.height);
  return image.pixels.at(row * image.stride() + column * static_cast<std::size_t>(image.channels));
}

}  // namespace

// ---- Kinds and refusals

TEST_CASE("The kind of a file is told by its content") {
  const PixPtr pix = sheet(100, 140, 8, 150);
  CHECK(open_source(OnePage{}.bytes(), "").kind == SourceKind::Pdf);
  CHECK(open_source("junk before\n" + OnePage{}.bytes(), "").kind == SourceKind::Pdf);
  CHECK(open_source(encoded(pix.get(), IFF_TIFF_LZW), "").kind == SourceKind::Tiff);
  CHECK(open_source(encoded(pix.get(), IFF_PNG), "").kind == SourceKind::Png);
  CHECK(open_source(encoded(pix.get(), IFF_JFIF_JPEG), "").kind == SourceKind::Jpeg);
}

TEST_CASE("What is no scan is refused") {
  CHECK(open_refusal("") == ErrorKind::Empty);
  CHECK(open_refusal("Cộng hòa xã hội chủ nghĩa Việt Nam") == ErrorKind::Unsupported);
  CHECK(open_refusal(std::string(5000, '\0')) == ErrorKind::Unsupported);
  CHECK(open_refusal("%PDF-1.7\n%%EOF") == ErrorKind::Damaged);
  CHECK(open_refusal("\x89PNG\r\n\x1a\n") == ErrorKind::Damaged);
  CHECK(open_refusal("\xff\xd8\xff\xe0") == ErrorKind::Damaged);
  CHECK(open_refusal(std::string("II*\0", 4)) == ErrorKind::Damaged);
}

TEST_CASE("A PDF without pages is refused as empty") {
  CHECK(open_refusal(pdf_of({"<< /Type /Catalog /Pages 2 0 R >>",
                             "<< /Type /Pages /Kids [] /Count 0 >>"})) == ErrorKind::Empty);
}

TEST_CASE("Pages are counted without a look at them") {
  CHECK(count_pages(OnePage{}.bytes(), "") == 1);
  const PixPtr page = sheet(300, 400, 1, 100);
  CHECK(count_pages(tiff_of({page.get(), page.get()}), "") == 2);
  CHECK_THROWS_AS(count_pages("%PDF-1.4 nothing", ""), InputError);
  CHECK_THROWS_AS(count_pages("no scan", ""), InputError);
}

TEST_CASE("A PDF without its table of objects is repaired, and that is said") {
  OnePage pdf;
  pdf.content = show_text(100, 700, "Quyet");
  const std::string bytes = pdf.bytes();
  const Source source = open_source(bytes.substr(0, bytes.rfind("startxref")), "");
  CHECK(source.pages.size() == 1);
  CHECK(has_warning(source, "damaged_structure"));
  CHECK(joined(make_page_reader(source)->text_layer(1)) == "Quyet");
}

TEST_CASE("A PDF that is cut off is refused as damaged") {
  const std::string bytes = OnePage{}.bytes();
  const std::string first_missing = GENERATE("2 0 obj", "stream", "xref\n0", "trailer");
  CAPTURE(first_missing);
  CHECK(open_refusal(bytes.substr(0, bytes.find(first_missing))) == ErrorKind::Damaged);
}

TEST_CASE("An encrypted PDF opens with its password only") {
  OnePage pdf;
  pdf.content = show_text(100, 700, "Mat");
  SECTION("asked for") {
    const std::string bytes = encrypted(pdf.bytes(), "user", "owner");
    CHECK(open_refusal(bytes) == ErrorKind::Encrypted);
    CHECK(open_refusal(bytes, "wrong") == ErrorKind::Encrypted);
    for (const char* password : {"user", "owner"}) {
      const Source source = open_source(bytes, password);
      CHECK(source.encrypted);
      CHECK(joined(make_page_reader(source)->text_layer(1)) == "Mat");
      CHECK_FALSE(make_page_reader(source)->rasterize(1, 50).empty());
    }
  }
  SECTION("an empty user password is not asked for") {
    const Source source = open_source(encrypted(pdf.bytes(), "", "owner"), "");
    CHECK(source.encrypted);
    CHECK(joined(make_page_reader(source)->text_layer(1)) == "Mat");
  }
}

TEST_CASE("Page trees and forms made to harm do no harm") {
  SECTION("a page tree that holds itself") {
    CHECK(open_refusal(pdf_of(
        {"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"})));
  }
  SECTION("a page tree deeper than any stack") {
    std::vector<std::string> objects{"<< /Type /Catalog /Pages 2 0 R >>"};
    for (int i = 3; i < 20000; ++i) {
      objects.push_back("<< /Type /Pages /Count 1 /Kids [" + std::to_string(i) + " 0 R] >>");
    }
    objects.push_back("<< /Type /Page /MediaBox [0 0 600 800] >>");
    const Source source = open_source(pdf_of(objects), "");
    CHECK(has_warning(source, "damaged_structure"));
    CHECK(source.pages.at(0).width_pt == Approx(600));
    CHECK(make_page_reader(source)->rasterize(1, 50).dpi == 300);
  }
  SECTION("a form that draws itself twice") {
    OnePage pdf;
    pdf.resources = "/XObject << /X 6 0 R >>";
    pdf.content = "/X Do";
    pdf.more = {
        stream("/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources << /XObject "
               "<< /X 6 0 R >> >>",
               "/X Do /X Do")};
    CHECK(first_page(pdf).image_dpi == 0);
  }
}

// ---- Geometry

TEST_CASE("The displayed size follows the crop box, the rotation and common sense") {
  const auto [page, width, height] = GENERATE(table<std::string, double, double>({
      {"/MediaBox [0 0 600 800]", 600, 800},
      {"/MediaBox [600 800 0 0]", 600, 800},
      {"/MediaBox [0 0 600 800] /CropBox [50 100 550 750]", 500, 650},
      {"/MediaBox [0 0 600 800] /CropBox [-50 -50 900 900]", 600, 800},
      {"/MediaBox [0 0 600 800] /CropBox [700 900 800 999]", 600, 800},
      {"/MediaBox [0 0 600 800] /CropBox [50 100 550 750] /Rotate 90", 650, 500},
      {"/MediaBox [0 0 600 800] /Rotate -90", 800, 600},
      {"/MediaBox [0 0 600 800] /Rotate 180", 600, 800},
      {"/MediaBox [0 0 600 800] /Rotate 45", 600, 800},
      {"/MediaBox [0 0 0 0]", 595.276, 841.89},
      {"/MediaBox (none)", 595.276, 841.89},
      {"", 595.276, 841.89},
  }));
  CAPTURE(page);
  OnePage pdf;
  pdf.page = page;
  const Source source = open_source(pdf.bytes(), "");
  CHECK(source.pages.at(0).width_pt == Approx(width));
  CHECK(source.pages.at(0).height_pt == Approx(height));
  const Image image = make_page_reader(source)->rasterize(1, 50);
  CHECK(image.width == Approx(width / 72 * 300).margin(1));
  CHECK(image.height == Approx(height / 72 * 300).margin(1));
}

TEST_CASE("The boxes of words and the drawn page agree on where things are") {
  const auto [page, x, y] = GENERATE(table<std::string, double, double>({
      // Where the point (110, 705) of the page stands as displayed.
      {"/MediaBox [0 0 600 800]", 110, 95},
      {"/MediaBox [0 0 600 800] /CropBox [50 100 550 750]", 60, 45},
      {"/MediaBox [-20 -30 600 800]", 130, 95},
      {"/MediaBox [0 0 600 800] /CropBox [50 100 550 750] /Rotate 90", 605, 60},
      {"/MediaBox [0 0 600 800] /CropBox [50 100 550 750] /Rotate 180", 440, 605},
      {"/MediaBox [0 0 600 800] /CropBox [50 100 550 750] /Rotate 270", 45, 440},
  }));
  CAPTURE(page);
  OnePage pdf;
  pdf.page = page;
  pdf.content = "105 700 10 10 re f " + show_text(100, 700, "MM");
  const Source source = open_source(pdf.bytes(), "");
  const auto reader = make_page_reader(source);
  const std::vector<Word> words = reader->text_layer(1);
  REQUIRE(words.size() == 1);
  const Box& box = words[0].box;
  CAPTURE(box.left, box.top, box.right, box.bottom);
  CHECK((box.left < x && x < box.right && box.top < y && y < box.bottom));
  CHECK(std::max(box.width(), box.height()) == Approx(2 * 0.833 * 20).margin(1));
  CHECK(words[0].confidence == 1);
  const PageInfo& info = source.pages.at(0);
  CHECK(grey_at(reader->rasterize(1, 50), x / info.width_pt, y / info.height_pt) < 50);
}

TEST_CASE("Turned words on an upright page are left out") {
  OnePage pdf;
  pdf.content = show_text(100, 700, "mot") + show_text(200, 700, "hai") +
                "BT /F 20 Tf 0 1 -1 0 50 300 Tm (le) Tj ET";
  CHECK(joined(make_page_reader(open_source(pdf.bytes(), ""))->text_layer(1)) == "mot hai");
}

TEST_CASE("A page too large for memory is refused before it is drawn") {
  OnePage pdf;
  pdf.page = "/MediaBox [0 0 56693 56693]";
  const Source source = open_source(pdf.bytes(), "");
  const auto reader = make_page_reader(source);
  CHECK_THROWS_WITH(reader->rasterize(1, 100), Catch::Contains("20000 x 20000 mm"));
  CHECK(refusal([&] { reader->rasterize(1, 100); }) == ErrorKind::TooLarge);
}

TEST_CASE("A large page is drawn at a lower density") {
  OnePage pdf;
  pdf.page = "/MediaBox [0 0 1440 2880]";  // 20 x 40 inches
  const Source source = open_source(pdf.bytes(), "");
  const Image image = make_page_reader(source)->rasterize(1, 8);
  CHECK(image.dpi == Approx(100).margin(0.2));
  CHECK(image.width * image.height <= 8'000'000);
}

TEST_CASE("A page without colour has one channel") {
  OnePage pdf;
  pdf.content = "0.5 g 100 100 300 300 re f";
  CHECK(make_page_reader(open_source(pdf.bytes(), ""))->rasterize(1, 50).channels == 1);
  pdf.content = "1 0 0 rg 0 0 600 400 re f";
  const Image image = make_page_reader(open_source(pdf.bytes(), ""))->rasterize(1, 50);
  REQUIRE(image.channels == 3);
  CHECK(grey_at(image, 0.5, 0.75) == 0);                // blue
  CHECK(image.pixels[image.pixels.size() - 1] == 255);  // red
}

// ---- Images on pages

TEST_CASE("The density of a scan is that of the images that fill the page") {
  OnePage pdf;
  pdf.page = "/MediaBox [0 0 432 288]";  // 6 x 4 inches
  pdf.resources = "/XObject << /I 6 0 R /X 7 0 R >>";
  double dpi = 0, share = 0;
  SECTION("one image") {
    pdf.content = draw_at(0, 0, 432, 288, "/I Do");
    pdf.more = {grey_image(600, 400)};
    dpi = 100, share = 1;
  }
  SECTION("strips") {
    for (int i = 0; i < 4; ++i) pdf.content += draw_at(0, 72 * i, 432, 72, "/I Do");
    pdf.more = {grey_image(1200, 200)};
    dpi = 200, share = 1;
  }
  SECTION("in a form, turned and scaled") {
    pdf.content = "q 2 0 0 2 0 0 cm /X Do Q";
    pdf.more = {
        grey_image(400, 600),
        stream("/Type /XObject /Subtype /Form /BBox [0 0 999 999] /Matrix [0.5 0 0 0.5 0 0]",
               "q 0 288 -432 0 432 0 cm /I Do Q")};
    dpi = 100, share = 1;
  }
  SECTION("inline") {
    pdf.content = draw_at(
        0, 0, 432, 288,
        "BI /W 300 /H 200 /CS /G /BPC 8 /F /AHx ID " + std::string(2 * 300 * 200, '8') + "> EI");
    dpi = 50, share = 1;
  }
  SECTION("larger than the page") {
    pdf.content = draw_at(-432, -288, 3 * 432, 3 * 288, "/I Do");
    pdf.more = {grey_image(1800, 1200)};
    dpi = 100, share = 1;
  }
  SECTION("a coarse background under a fine mask") {
    pdf.content = draw_at(0, 0, 432, 288, "/I Do") + draw_at(0, 0, 432, 288, "/X Do");
    pdf.more = {grey_image(300, 200), grey_image(150, 100, "/SMask 8 0 R"), grey_image(1800, 1200)};
    dpi = 300, share = 1;
  }
  SECTION("a picture of a tenth of the page") {
    pdf.content = draw_at(0, 0, 43.2, 288, "/I Do");
    pdf.more = {grey_image(60, 400)};
    dpi = 0, share = 0.1;
  }
  SECTION("a sheet that shows the page through") {
    pdf.content = draw_at(0, 0, 432, 288, "/I Do");
    pdf.more = {grey_image(600, 400, "/SMask 8 0 R"), "null", grey_image(600, 400)};
    dpi = 0, share = 1;
  }
  SECTION("one pixel as a filling") {
    pdf.content = draw_at(0, 0, 432, 288, "/I Do");
    pdf.more = {grey_image(1, 1)};
    dpi = 0, share = 0;
  }
  SECTION("content that cannot be parsed") {
    pdf.content = "q [ << ( /I Do";
    pdf.more = {grey_image(600, 400)};
    dpi = 0, share = 0;
  }
  const Source source = open_source(pdf.bytes(), "");
  CHECK(source.pages.at(0).image_dpi == Approx(dpi));
  CHECK(source.pages.at(0).image_share == Approx(share));
  const double drawn_at = dpi >= 70 && dpi <= 330 ? dpi : 300;
  CHECK(make_page_reader(source)->rasterize(1, 50).dpi == Approx(drawn_at));
}

// ---- Annotations

TEST_CASE("Annotations are kept apart from the page") {
  const std::string rotate = GENERATE("", " /Rotate 90");
  CAPTURE(rotate);
  const auto appearance = [](const std::string& text) {
    return stream(
        "/Type /XObject /Subtype /Form /BBox [0 0 100 30] /Resources << /Font << /F 5 0 R "
        ">> >>",
        "0 g 0 0 100 30 re f " + show_text(5, 5, text));
  };
  OnePage pdf;
  pdf.page =
      "/MediaBox [0 0 600 800] /CropBox [50 50 600 800] /Annots [6 0 R 8 0 R 10 0 R]" + rotate;
  pdf.content = show_text(100, 500, "24");
  pdf.more = {
      "<< /Type /Annot /Subtype /Widget /FT /Tx /Rect [100 700 200 730] /AP << /N 7 0 R >> >>",
      appearance("24"),
      "<< /Type /Annot /Subtype /Stamp /Rect [300 700 400 730] /AP << /N 9 0 R >> >>",
      appearance("SAO Y"),
      "<< /Type /Annot /Subtype /Stamp /F 2 /Rect [300 100 400 130] /AP << /N 9 0 R >> >>",
  };
  const Source source = open_source(pdf.bytes(), "");
  CHECK(source.pages.at(0).has_annotations);
  CHECK(source.bare != source.original);
  const auto reader = make_page_reader(source);
  CHECK(joined(reader->text_layer(1)) == "24");
  const std::vector<Annotation> annotations = reader->annotations(1);
  REQUIRE(annotations.size() == 2);
  CHECK(annotations[0].subtype == "Widget");
  CHECK(joined(annotations[0].words) == "24");
  CHECK(annotations[0].box == (rotate.empty() ? Box{50, 70, 150, 100} : Box{650, 50, 680, 150}));
  CHECK(annotations[1].subtype == "Stamp");
  CHECK(joined(annotations[1].words) == "SAO Y");
  const Image image = reader->rasterize(1, 50);
  const PageInfo& info = source.pages.at(0);
  CHECK(grey_at(image, annotations[0].box.center_x() / info.width_pt,
                annotations[0].box.center_y() / info.height_pt) == 255);
}

TEST_CASE("Text that is seen is told from what an engine put behind a scan") {
  // 24 as an engine guessed it and 25 as a program set it; /Im is a picture, /Fm a form.
  const auto [content, form, shown] = GENERATE(table<std::string, std::string, std::string>({
      {"GUESS SCAN", "", ""},                   // covered by the scan
      {"SCAN 3 Tr GUESS", "", ""},              // invisible
      {"SCAN GUESS", "", "24"},                 // over it
      {"SCAN q 3 Tr GUESS Q STATE", "", "25"},  // the mode ends with what set it
      {"GUESS SCAN STATE", "", "25"},           //
      {"GUESS SCAN /Fm Do", "STATE", "25"},     // a form of a signing program
      {"/Fm Do STATE", "GUESS SCAN", "25"},     // all of the scan in a form
      {"/Fm Do SCAN", "STATE", ""},             // the form is covered
      {"GUESS HALF STATE", "", "24 25"},        // a picture on the page
      {"GUESS HALF UPPER STATE", "", "25"},     // a scan in strips
      {"GUESS q 10 0 0 10 0 0 cm SMALL Q", "", ""},
  }));
  CAPTURE(content, form);
  const auto filled_in = [](std::string code) {
    for (const auto& [word, means] : std::vector<std::pair<std::string, std::string>>{
             {"GUESS", show_text(100, 500, "24")},
             {"STATE", show_text(300, 500, "25")},
             {"SCAN", "q 600 0 0 800 0 0 cm /Im Do Q"},
             {"HALF", "q 600 0 0 390 0 0 cm /Im Do Q"},
             {"UPPER", "q 600 0 0 390 0 390 cm /Im Do Q"},
             {"SMALL", "q 60 0 0 80 0 0 cm /Im Do Q"}})
      if (const std::size_t at = code.find(word); at != std::string::npos)
        code.replace(at, word.size(), means);
    return code;
  };
  const bool rotated = GENERATE(false, true);
  OnePage pdf;
  pdf.page = std::string("/MediaBox [0 0 600 800]") + (rotated ? " /Rotate 90" : "");
  pdf.resources = "/XObject << /Im 6 0 R /Fm 7 0 R >>";
  pdf.content = filled_in(content);
  pdf.more = {stream("/Type /XObject /Subtype /Image /Width 2 /Height 2 /BitsPerComponent 8 "
                     "/ColorSpace /DeviceGray",
                     "abcd"),
              stream("/Type /XObject /Subtype /Form /BBox [0 0 600 800]", filled_in(form))};
  const Source source = open_source(pdf.bytes(), "");
  const auto reader = make_page_reader(source);
  const std::vector<Word> words = reader->shown_text(1);
  CHECK(joined(words) == shown);
  // Where they stand on the page.
  for (const Word& word : words) {
    const std::vector<Word> all = reader->text_layer(1);
    CHECK(std::any_of(all.begin(), all.end(), [&](const Word& other) {
      return other.text == word.text && other.box == word.box;
    }));
  }
}

TEST_CASE("A scan that stands in an annotation is part of its page") {
  // A picture over all of the form, black to the left; the form lies on its side and is turned.
  const auto [rect, flags, drawn] = GENERATE(table<std::string, std::string, bool>({
      {"[0 0 600 800]", "/F 4", true},
      {"[50 50 550 750]", "", true},
      {"[0 0 600 800]", "/F 2", false},
      {"[0 0 100 100]", "/F 4", false},  // a picture on the page
  }));
  CAPTURE(rect, flags);
  std::string pixels;
  for (int y = 0; y < 300; ++y) pixels += std::string(150, '\0') + std::string(150, '\xff');
  OnePage pdf;
  pdf.page += " /Annots [6 0 R 9 0 R]";
  pdf.content = "q q " + show_text(100, 790, "24");
  pdf.more = {
      "<< /Type /Annot /Subtype /Stamp /Rect " + rect + flags + " /AP << /N 7 0 R >> >>",
      stream("/Type /XObject /Subtype /Form /BBox [0 0 40 30] /Matrix [0 1 -1 0 7 9] "
             "/Resources << /XObject << /Im 8 0 R >> >>",
             "q 40 0 0 30 0 0 cm /Im Do Q"),
      stream("/Type /XObject /Subtype /Image /Width 300 /Height 300 /BitsPerComponent 8 "
             "/ColorSpace /DeviceGray",
             pixels),
      "<< /Type /Annot /Subtype /FreeText /Rect [300 700 400 730] /AP << /N 10 0 R >> >>",
      stream(
          "/Type /XObject /Subtype /Form /BBox [0 0 100 30] /Resources << /Font << /F 5 0 R >> >>",
          show_text(5, 5, "SAO Y")),
  };
  const Source source = open_source(pdf.bytes(), "");
  CHECK((source.pages.at(0).image_share > 0.5) == drawn);
  CHECK(source.pages.at(0).has_annotations);
  const auto reader = make_page_reader(source);
  CHECK(joined(reader->text_layer(1)) == "24");
  REQUIRE(reader->annotations(1).size() == 1);
  CHECK(joined(reader->annotations(1)[0].words) == "SAO Y");
  const Image image = reader->rasterize(1, 50);
  // Turned to the left, the left of the picture is at the foot.
  CHECK(grey_at(image, 0.3, 0.75) == (drawn ? 0 : 255));
  CHECK(grey_at(image, 0.3, 0.25) == 255);
}

TEST_CASE("A document without annotations is held once") {
  const Source source = open_source(OnePage{}.bytes(), "");
  CHECK_FALSE(source.pages.at(0).has_annotations);
  CHECK(source.bare == source.original);
  CHECK(make_page_reader(source)->annotations(1).empty());
}

TEST_CASE("Layers that are switched off stay so in the copy without annotations") {
  OnePage pdf;
  pdf.page += " /Annots [7 0 R]";
  pdf.catalog = "/OCProperties << /OCGs [6 0 R] /D << /OFF [6 0 R] >> >>";
  pdf.resources = "/Properties << /L 6 0 R >>";
  pdf.content = "/OC /L BDC 0 0 600 800 re f EMC";
  pdf.more = {"<< /Type /OCG /Name (off) >>", "<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] >>"};
  const Source source = open_source(pdf.bytes(), "");
  CHECK(source.bare != source.original);
  CHECK(grey_at(make_page_reader(source)->rasterize(1, 50), 0.5, 0.5) == 255);
}

// ---- Signatures

TEST_CASE("A signature's names come from the signer's certificate") {
  const DigitalSignature signature =
      read_signature({signature_contents("250206010203Z") + std::string(500, '\0'), "", ""});
  CHECK(signature.signer == kSigner);
  CHECK(signature.organization == kOrganization);
  CHECK(signature.signed_at == "2025-02-06T01:02:03Z");
}

TEST_CASE("Signatures are listed in document order, time stamps are not") {
  OnePage pdf;
  pdf.catalog = "/AcroForm << /Fields [6 0 R 7 0 R 6 0 R 11 0 R] >>";
  pdf.more = {
      "<< /FT /Sig /T (a) /V " +
          signature_dictionary(signature_contents(nullptr), "ETSI.CAdES.detached") + " >>",
      "<< /FT /Sig /T (b) /Kids [8 0 R 9 0 R 10 0 R 7 0 R] >>",
      "<< /Parent 7 0 R /V " + signature_dictionary("not PKCS#7", "adbe.pkcs7.detached") + " >>",
      "<< /Parent 7 0 R /V " + signature_dictionary("stamp", "ETSI.RFC3161") + " >>",
      "<< /Parent 7 0 R >>",
      "<< /FT /Tx /T (c) /V (text) >>",
  };
  const std::vector<DigitalSignature> signatures = open_source(pdf.bytes(), "").signatures;
  REQUIRE(signatures.size() == 2);
  CHECK(signatures[0].signer == kSigner);
  CHECK(signatures[0].signed_at == "2025-02-05T15:35:18+07:00");
  CHECK(signatures[1].signer.empty());
  CHECK(signatures[1].signed_at == "2025-02-05T15:35:18+07:00");
}

TEST_CASE("PDF dates become ISO 8601") {
  const auto [date, iso] = GENERATE(table<std::string, std::string>({
      {"", ""},
      {"yesterday", ""},
      {"D:20250205153518+07'00'", "2025-02-05T15:35:18+07:00"},
      {"D:20250205153518+07'00", "2025-02-05T15:35:18+07:00"},
      {"20250205153518-0800", "2025-02-05T15:35:18-08:00"},
      {"D:20250205153518Z", "2025-02-05T15:35:18Z"},
      {"D:20250205153518Z00'00'", "2025-02-05T15:35:18Z"},
      {"D:20250205153518", "2025-02-05T15:35:18Z"},
      {"D:202502", "2025-02-01T00:00:00Z"},
      {"D:20250205153518+07'00'?", ""},
      {"D:20250205153518+7", ""},
  }));
  CAPTURE(date);
  CHECK(iso_from_pdf_date(date) == iso);
}

// ---- Image files

TEST_CASE("The pages of a TIFF are read one by one") {
  const PixPtr first = sheet(300, 400, 1, 100), second = sheet(600, 400, 8, 200);
  const Source source = open_source(tiff_of({first.get(), second.get()}), "");
  REQUIRE(source.pages.size() == 2);
  CHECK(source.warnings.empty());
  CHECK(source.pages[0].width_pt == Approx(216));
  CHECK(source.pages[1].width_pt == Approx(216));
  CHECK(source.pages[1].image_dpi == Approx(200));
  CHECK(source.pages[1].image_share == 1);
  const auto reader = make_page_reader(source);
  for (int number : {1, 2}) {
    const Image image = reader->rasterize(number, 50);
    CHECK(image.channels == 1);
    CHECK(image.dpi == Approx(100 * number));
    CHECK(grey_at(image, 0.2, 0.2) == 0);
    CHECK(grey_at(image, 0.8, 0.8) == 255);
  }
  CHECK(reader->text_layer(1).empty());
  CHECK(reader->annotations(1).empty());
}

struct TiffLook {
  bool tiled = false, planes = false;
  int samples = 1, orientation = 1;
  float x = 0, y = 0;  // densities, none where 0
  int unit = RESUNIT_INCH;
};

// White, with a mark in its top left quarter, as stored; red where there are three samples.
std::string laid_out_tiff(int width, int height, const TiffLook& look) {
  const auto path = temporary_path("-laid-out.tif");
  TIFF* tiff = TIFFOpen(path.c_str(), "w");
  REQUIRE(tiff != nullptr);
  TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, width);
  TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, height);
  TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, 8);
  TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, look.samples);
  TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC,
               look.samples == 3 ? PHOTOMETRIC_RGB : PHOTOMETRIC_MINISBLACK);
  TIFFSetField(tiff, TIFFTAG_PLANARCONFIG,
               look.planes ? PLANARCONFIG_SEPARATE : PLANARCONFIG_CONTIG);
  TIFFSetField(tiff, TIFFTAG_COMPRESSION, COMPRESSION_ADOBE_DEFLATE);
  TIFFSetField(tiff, TIFFTAG_ORIENTATION, look.orientation);
  TIFFSetField(tiff, TIFFTAG_RESOLUTIONUNIT, look.unit);
  if (look.x > 0) TIFFSetField(tiff, TIFFTAG_XRESOLUTION, look.x);
  if (look.y > 0) TIFFSetField(tiff, TIFFTAG_YRESOLUTION, look.y);
  const int planes = look.planes ? look.samples : 1, held = look.samples / planes;
  const auto value = [&](int x, int y, int sample) {
    const bool mark = x >= width / 8 && x < width / 4 && y >= height / 8 && y < height / 4;
    return static_cast<char>(mark && (look.samples == 1 || sample > 0) ? 0 : 255);
  };
  const int step_x = look.tiled ? 64 : width, step_y = look.tiled ? 64 : 1;
  if (look.tiled) {
    TIFFSetField(tiff, TIFFTAG_TILEWIDTH, step_x);
    TIFFSetField(tiff, TIFFTAG_TILELENGTH, step_y);
  }
  for (int plane = 0; plane < planes; ++plane)
    for (int top = 0; top < height; top += step_y)
      for (int left = 0; left < width; left += step_x) {
        std::string part;
        for (int y = top; y < top + step_y; ++y)
          for (int x = left; x < left + step_x; ++x)
            for (int i = 0; i < held; ++i) part += value(x, y, plane + i);
        if (look.tiled)
          TIFFWriteTile(tiff, part.data(), static_cast<std::uint32_t>(left),
                        static_cast<std::uint32_t>(top), 0, static_cast<std::uint16_t>(plane));
        else
          TIFFWriteScanline(tiff, part.data(), static_cast<std::uint32_t>(top),
                            static_cast<std::uint16_t>(plane));
      }
  TIFFClose(tiff);
  std::ifstream file(path, std::ios::binary);
  std::string out{std::istreambuf_iterator<char>(file), {}};
  std::filesystem::remove(path);
  return out;
}

TEST_CASE("A TIFF in tiles or planes is read as one in strips") {
  const auto [tiled, planes, samples] = GENERATE(table<bool, bool, int>(
      {{true, false, 1}, {true, false, 3}, {false, true, 3}, {true, true, 3}}));
  const int orientation = GENERATE(1, 2, 3, 4, 5, 6, 7, 8);
  CAPTURE(tiled, planes, samples, orientation);
  const auto read = [&](bool in_tiles, bool in_planes) {
    const TiffLook look{in_tiles, in_planes, samples, orientation, 100, 100};
    return make_page_reader(open_source(laid_out_tiff(200, 120, look), ""))->rasterize(1, 50);
  };
  const Image image = read(tiled, planes), plain = read(false, false);
  CHECK(image.width == plain.width);
  CHECK(image.channels == (samples == 3 ? 3 : 1));
  CHECK(image.pixels == plain.pixels);
}

TEST_CASE("A TIFF in tiles that is cut off is damaged") {
  std::string bytes = laid_out_tiff(200, 120, {true, false, 1, 1, 100, 100});
  constexpr std::size_t kFirstTile = 8;
  bytes.replace(kFirstTile, 8, 8, '\xff');
  const Source source = open_source(bytes, "");
  CHECK(refusal([&] { make_page_reader(source)->rasterize(1, 50); }) == ErrorKind::Damaged);
}

TEST_CASE("Densities along and across give the page its size, and the raster square pixels") {
  struct Row {
    float x, y;
    int unit;
    double width_pt, height_pt, dpi;
  };
  constexpr double kAssumed = 400 / 11.69;
  const Row row = GENERATE(values<Row>({
      {200, 100, RESUNIT_INCH, 144, 144, 200},
      {204, 196, RESUNIT_INCH, 400 / 204. * 72, 200 / 196. * 72, 204},
      {100, 200, RESUNIT_INCH, 288, 72, 200},
      {78.74F, 78.74F, RESUNIT_CENTIMETER, 144, 72, 200},
      {78.74F, 39.37F, RESUNIT_CENTIMETER, 144, 144, 200},
      {200, 0, RESUNIT_INCH, 144, 72, 200},
      {0, 0, RESUNIT_INCH, 400 / kAssumed * 72, 200 / kAssumed * 72, kAssumed},
      {1, 1, RESUNIT_INCH, 400 / kAssumed * 72, 200 / kAssumed * 72, kAssumed},
      {99999, 99999, RESUNIT_INCH, 400 / kAssumed * 72, 200 / kAssumed * 72, kAssumed},
      {600, 100, RESUNIT_INCH, 400 / kAssumed * 72, 200 / kAssumed * 72, kAssumed},
  }));
  const int orientation = GENERATE(1, 6);
  CAPTURE(row.x, row.y, row.unit, orientation);
  const Source source = open_source(
      laid_out_tiff(400, 200, {false, false, 1, orientation, row.x, row.y, row.unit}), "");
  const PageInfo& page = source.pages[0];
  CHECK((orientation == 1 ? page.width_pt : page.height_pt) == Approx(row.width_pt));
  CHECK((orientation == 1 ? page.height_pt : page.width_pt) == Approx(row.height_pt));
  CHECK(page.image_dpi == Approx(row.dpi));
  CHECK(has_warning(source, "resolution_assumed") == (row.dpi < 100));
  const Image image = make_page_reader(source)->rasterize(1, 50);
  CHECK(image.width == std::lround(page.width_pt / 72 * row.dpi));
  CHECK(image.height == std::lround(page.height_pt / 72 * row.dpi));
}

TEST_CASE("A broken page of a TIFF does not spoil the others") {
  const int depth = GENERATE(1, 8, 32);
  CAPTURE(depth);
  const PixPtr pix = sheet(300, 400, depth, 100);
  std::string bytes = tiff_of({pix.get(), pix.get(), pix.get()});
  break_tiff_page(bytes, 1);
  const Source source = open_source(bytes, "");
  REQUIRE(source.pages.size() == 3);
  const auto reader = make_page_reader(source);
  CHECK(reader->rasterize(1, 50).width == 300);
  CHECK(refusal([&] { reader->rasterize(2, 50); }) == ErrorKind::Damaged);
  CHECK(reader->rasterize(3, 50).width == 300);
}

TEST_CASE("An image file is taken at the resolution it states, if a scanner could have") {
  const int format = GENERATE(static_cast<int>(IFF_PNG), static_cast<int>(IFF_JFIF_JPEG));
  const auto [stated, dpi, assumed] = GENERATE(table<int, double, bool>({
      {200, 200, false},
      {0, 1169 / 11.69, true},
      {72, 1169 / 11.69, true},
      {5, 1169 / 11.69, true},
      {3000, 1169 / 11.69, true},
  }));
  CAPTURE(format, stated);
  const Source source = open_source(encoded(sheet(827, 1169, 8, stated).get(), format), "");
  REQUIRE(source.pages.size() == 1);
  CHECK(source.pages[0].image_dpi == Approx(dpi).epsilon(0.001));
  CHECK(source.pages[0].width_pt == Approx(827 / dpi * 72).epsilon(0.001));
  CHECK(has_warning(source, "resolution_assumed") == assumed);
}

TEST_CASE("Image files that are cut off are damaged") {
  const int format = GENERATE(static_cast<int>(IFF_PNG), static_cast<int>(IFF_JFIF_JPEG),
                              static_cast<int>(IFF_TIFF_LZW));
  CAPTURE(format);
  const std::string bytes = encoded(sheet(300, 400, 8, 100).get(), format);
  CHECK(open_refusal(bytes.substr(0, bytes.size() / 2)) == ErrorKind::Damaged);
}

TEST_CASE("Any kind of pixel becomes grey or BGR") {
  SECTION("1 bit") {
    const Source source = open_source(encoded(sheet(80, 80, 1, 100).get(), IFF_PNG), "");
    const Image image = make_page_reader(source)->rasterize(1, 50);
    CHECK(image.channels == 1);
    CHECK(grey_at(image, 0.2, 0.2) == 0);
    CHECK(grey_at(image, 0.8, 0.8) == 255);
  }
  SECTION("palette") {
    PixPtr pix(pixCreate(80, 80, 4));
    pixSetResolution(pix.get(), 100, 100);
    PixColormap* map = pixcmapCreate(4);
    pixcmapAddColor(map, 10, 20, 200);
    pixSetColormap(pix.get(), map);
    const Source source = open_source(encoded(pix.get(), IFF_PNG), "");
    const Image image = make_page_reader(source)->rasterize(1, 50);
    REQUIRE(image.channels == 3);
    CHECK(std::vector<std::uint8_t>(image.pixels.begin(), image.pixels.begin() + 3) ==
          std::vector<std::uint8_t>{200, 20, 10});
  }
  SECTION("16 bit") {
    PixPtr pix(pixCreate(80, 80, 16));
    pixSetAllArbitrary(pix.get(), 0x8000);
    const Source source = open_source(encoded(pix.get(), IFF_TIFF_LZW), "");
    CHECK(grey_at(make_page_reader(source)->rasterize(1, 50), 0.5, 0.5) == 0x80);
  }
  SECTION("grey in three channels") {
    const Source source = open_source(encoded(sheet(80, 80, 32, 100).get(), IFF_PNG), "");
    CHECK(make_page_reader(source)->rasterize(1, 50).channels == 1);
  }
  SECTION("transparent is white") {
    PixPtr pix(pixCreate(80, 80, 32));
    pixSetSpp(pix.get(), 4);
    const Source source = open_source(encoded(pix.get(), IFF_PNG), "");
    CHECK(grey_at(make_page_reader(source)->rasterize(1, 50), 0.5, 0.5) == 255);
  }
}

// ---- Orientation

// A sheet of 40 by 60 with its top left quarter dark and its bottom left one grey.
Image upright_sheet() {
  Image out{40, 60, 1, 100, {}};
  for (int y = 0; y < 60; ++y)
    for (int x = 0; x < 40; ++x) out.pixels.push_back(x >= 20 ? 255 : y < 30 ? 0 : 128);
  return out;
}

// As it is stored under an orientation: row and column 0 are the sides that TIFF 6.0 names.
PixPtr stored(int orientation, int depth) {
  const Image sheet = upright_sheet();
  const bool on_side = orientation >= 5;
  PixPtr pix(pixCreate(on_side ? 60 : 40, on_side ? 40 : 60, depth));
  pixSetResolution(pix.get(), 100, 100);
  for (int y = 0; y < sheet.height; ++y)
    for (int x = 0; x < sheet.width; ++x) {
      const bool from_right =
          orientation == 2 || orientation == 3 || orientation == 6 || orientation == 7;
      const bool from_bottom =
          orientation == 3 || orientation == 4 || orientation == 7 || orientation == 8;
      const int across = from_right ? 39 - x : x, down = from_bottom ? 59 - y : y;
      const l_uint32 level = sheet.pixels[static_cast<std::size_t>(y * 40 + x)];
      l_uint32 pixel = level;
      if (depth == 32) composeRGBPixel(int(level), int(level), int(level), &pixel);
      if (depth == 1) pixel = level < 200 ? 1 : 0;
      pixSetPixel(pix.get(), on_side ? down : across, on_side ? across : down, pixel);
    }
  return pix;
}

// A directory that states the orientation and nothing else, big-endian as cameras write it.
std::string exif(int orientation) {
  return std::string("MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0", 19) +
         static_cast<char>(orientation) + std::string(6, '\0');
}

std::string big_endian(std::size_t value, int bytes) {
  std::string out;
  for (int i = bytes - 1; i >= 0; --i) out += static_cast<char>(value >> (8 * i) & 0xff);
  return out;
}

void check_upright(const std::string& bytes, int dark_below) {
  const Source source = open_source(bytes, "");
  CHECK(source.pages[0].width_pt == Approx(40 * 0.72));
  CHECK(source.pages[0].height_pt == Approx(60 * 0.72));
  const Image image = make_page_reader(source)->rasterize(1, 50);
  REQUIRE(image.width == 40);
  REQUIRE(image.height == 60);
  CHECK(grey_at(image, 0.2, 0.2) < 20);
  CHECK(grey_at(image, 0.2, 0.8) < dark_below);
  CHECK(grey_at(image, 0.8, 0.2) > 230);
  CHECK(grey_at(image, 0.8, 0.8) > 230);
  if (dark_below > 20) CHECK(grey_at(image, 0.2, 0.8) > 50);
}

TEST_CASE("A page is turned as its file says") {
  const int orientation = GENERATE(1, 2, 3, 4, 5, 6, 7, 8);
  const int depth = GENERATE(8, 32);
  CAPTURE(orientation, depth);
  const PixPtr pix = stored(orientation, depth);
  SECTION("JPEG") {
    std::string bytes = encoded(pix.get(), IFF_JFIF_JPEG);
    const std::string body = std::string("Exif\0\0", 6) + exif(orientation);
    // Behind the JFIF segment.
    const std::size_t end =
        4 + (static_cast<unsigned char>(bytes[4]) << 8) + static_cast<unsigned char>(bytes[5]);
    check_upright(bytes.insert(end, segment('\xe1', body)), 160);
  }
  SECTION("PNG") {
    std::string bytes = encoded(pix.get(), IFF_PNG);
    // Behind the header chunk. Nobody checks the sum of a chunk that no pixel depends on.
    bytes.insert(33, big_endian(exif(orientation).size(), 4) + "eXIf" + exif(orientation) +
                         std::string(4, '\0'));
    check_upright(bytes, 160);
  }
  SECTION("TIFF") { check_upright(with_tiff_tag(tiff_of({pix.get()}), 274, orientation), 160); }
}

TEST_CASE("An orientation out of range is none") {
  const int orientation = GENERATE(0, 9, 255);
  const PixPtr pix = stored(1, 8);
  check_upright(with_tiff_tag(tiff_of({pix.get()}), 274, orientation), 160);
}

TEST_CASE("Zero is white where a TIFF says so") {
  const int depth = GENERATE(1, 2, 4, 8, 16);
  CAPTURE(depth);
  // Left half of zeros, right half of ones.
  constexpr int kSide = 64;
  std::string row;
  for (int i = 0; i < kSide * depth / 8; ++i) row += i < kSide * depth / 16 ? '\0' : '\xff';
  std::string pixels;
  for (int y = 0; y < kSide; ++y) pixels += row;
  const int photometric = GENERATE(0, 1);
  CAPTURE(photometric);
  const Image image =
      make_page_reader(open_source(raw_tiff(kSide, kSide, depth, photometric, pixels), ""))
          ->rasterize(1, 50);
  CHECK(grey_at(image, 0.2, 0.5) == (photometric == 0 ? 255 : 0));
  CHECK(grey_at(image, 0.8, 0.5) == (photometric == 0 ? 0 : 255));
}

TEST_CASE("A TIFF that states no resolution is taken to be A4") {
  const Source source = open_source(raw_tiff(827, 1169, 8, 1, std::string(827 * 1169, '\xff')), "");
  CHECK(source.pages[0].image_dpi == Approx(100).epsilon(0.001));
  CHECK(has_warning(source, "resolution_assumed"));
}

TEST_CASE("A JPEG in CMYK is read where it says how, else refused") {
  const bool adobe = GENERATE(true, false);
  const std::string bytes = cmyk_jpeg(adobe);
  if (!adobe) {
    CHECK(open_refusal(bytes) == ErrorKind::Unsupported);
    return;
  }
  // Inks are inverted: 128 of each lets half of the light through twice.
  CHECK(grey_at(make_page_reader(open_source(bytes, ""))->rasterize(1, 50), 0.5, 0.5) ==
        Approx(64).margin(2));
}

TEST_CASE("A very dense scan is reduced, a very large one refused") {
  const Source source = open_source(encoded(sheet(1200, 1800, 8, 600).get(), IFF_PNG), "");
  const auto reader = make_page_reader(source);
  const Image image = reader->rasterize(1, 50);
  CHECK(image.width == 600);
  CHECK(image.height == 900);
  CHECK(image.dpi == 300);
  CHECK(source.pages[0].image_dpi == Approx(600));
  CHECK(grey_at(image, 0.2, 0.2) == 0);
  CHECK(refusal([&] { reader->rasterize(1, 0.01); }) == ErrorKind::TooLarge);
}

TEST_CASE("An image written as PNG is read back as it was") {
  Image image{2, 1, 3, 150, {1, 2, 250, 255, 255, 255}};
  const auto path = temporary_path(".png");
  write_png(image, path);
  std::ifstream file(path, std::ios::binary);
  const Source source = open_source({std::istreambuf_iterator<char>(file), {}}, "");
  std::filesystem::remove(path);
  const Image back = make_page_reader(source)->rasterize(1, 50);
  CHECK(back.pixels == image.pixels);
  CHECK(back.dpi == Approx(150).margin(0.1));
  CHECK_THROWS_AS(write_png(image, "/nowhere/at/all.png"), std::runtime_error);
}

}  // namespace vanban::ocr
