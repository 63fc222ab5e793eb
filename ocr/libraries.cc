#include "ocr/libraries.h"

#include <allheaders.h>
#include <lcms2.h>
#include <openssl/crypto.h>
#include <poppler-version.h>
#include <tesseract/baseapi.h>
#include <tiffio.h>
#include <zlib.h>

#include <memory>
#include <opencv2/core.hpp>
#include <string_view>

// Tells QPDF 11 that its old smart pointer is not used; else it warns.
#define POINTERHOLDER_TRANSITION 4
#include <qpdf/QPDF.hh>

namespace vanban::ocr {
namespace {

// "LIBTIFF, Version 4.5.0\nCopyright ..." -> "4.5.0"
std::string version_in(std::string_view text) {
  const std::size_t begin = text.find_first_of("0123456789");
  if (begin == std::string_view::npos) return std::string(text);
  return std::string(text.substr(begin, text.find_first_of(" ,\n", begin) - begin));
}

std::string leptonica_version() {
  const std::unique_ptr<char, void (*)(void*)> text(getLeptonicaVersion(), lept_free);
  return text ? version_in(text.get()) : "";
}

// 2140 -> "2.14"
std::string lcms_version() {
  const int version = cmsGetEncodedCMMversion();
  constexpr int kMajor = 1000, kMinor = 10;
  return std::to_string(version / kMajor) + '.' + std::to_string(version % kMajor / kMinor);
}

}  // namespace

std::vector<LibraryVersion> libraries() {
  return {{"tesseract", tesseract::TessBaseAPI::Version()},
          {"leptonica", leptonica_version()},
          {"poppler", poppler::version_string()},
          {"qpdf", QPDF::QPDFVersion()},
          {"opencv", cv::getVersionString()},
          {"libtiff", version_in(TIFFGetVersion())},
          {"lcms2", lcms_version()},
          {"openssl", version_in(OpenSSL_version(OPENSSL_VERSION))},
          {"zlib", zlibVersion()}};
}

}  // namespace vanban::ocr
