#include "ocr/recognize/engine_shortcuts.h"

#include <allheaders.h>
#include <dlfcn.h>
#include <catch2/catch.hpp>

#include <cstdlib>
#include <memory>
#include <string>

using vanban::ocr::UnpackedLines;

namespace {

using Picture = std::unique_ptr<PIX, void (*)(PIX*)>;

Picture picture(PIX* pix) {
  return {pix, [](PIX* p) { pixDestroy(&p); }};
}

std::string written(PIX* pix, int format) {
  l_uint8* octets = nullptr;
  std::size_t size = 0;
  REQUIRE(pixWriteMem(&octets, &size, pix, format) == 0);
  const std::string out(reinterpret_cast<const char*>(octets), size);
  std::free(octets);
  return out;
}

// The file that the dynamic linker takes a function from, by the function's name.
std::string home_of(const char* function) {
  Dl_info info{};
  void* const address = dlsym(RTLD_DEFAULT, function);
  REQUIRE(address != nullptr);
  REQUIRE(dladdr(address, &info) != 0);
  return info.dli_fname;
}

}  // namespace

TEST_CASE("a picture written for the network is not packed and comes back the same") {
  const Picture pix = picture(pixCreate(120, 36, 8));
  for (l_uint32 x = 0; x < 120; ++x) pixSetPixel(pix.get(), static_cast<l_int32>(x), 7, 2 * x);
  const std::string packed = written(pix.get(), IFF_PNG);
  {
    const UnpackedLines unpacked;
    const std::string plain = written(pix.get(), IFF_PNG);
    CHECK(plain.size() > 120 * 36);
    const Picture back =
        picture(pixReadMem(reinterpret_cast<const l_uint8*>(plain.data()), plain.size()));
    REQUIRE(back != nullptr);
    l_int32 same = 0;
    REQUIRE(pixEqual(pix.get(), back.get(), &same) == 0);
    CHECK(same == 1);
    CHECK(written(pix.get(), IFF_BMP).substr(0, 2) == "BM");
  }
  CHECK(written(pix.get(), IFF_PNG) == packed);
  CHECK(packed.substr(1, 3) == "PNG");
}

TEST_CASE("the engine's library takes both functions from the program") {
  const std::string leptonica = home_of("pixCreate");
  CHECK(home_of("pixWriteMem") != leptonica);
  CHECK(home_of("_ZN9tesseract13UnicharAmbigs13LoadUniversalERKNS_10UNICHARSETEPS1_") !=
        home_of("_ZN9tesseract11TessBaseAPI7VersionEv"));
}
