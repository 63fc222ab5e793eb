#include "ocr/recognize/engine_shortcuts.h"

#include <allheaders.h>
#include <dlfcn.h>

namespace vanban::ocr {
namespace {

thread_local bool lines_unpacked = false;

}  // namespace

UnpackedLines::UnpackedLines() : before_(lines_unpacked) { lines_unpacked = true; }
UnpackedLines::~UnpackedLines() { lines_unpacked = before_; }

}  // namespace vanban::ocr

// What follows is named by the libraries, not by us.

extern "C" l_ok pixWriteMem(l_uint8** data, std::size_t* size, PIX* pix, l_int32 format) {
  using Write = l_ok (*)(l_uint8**, std::size_t*, PIX*, l_int32);
  static const auto leptonica = reinterpret_cast<Write>(dlsym(RTLD_NEXT, "pixWriteMem"));
  // Leptonica's reader tells formats apart by content, so its own serial form comes back as well.
  const bool as_it_is = vanban::ocr::lines_unpacked && format == IFF_PNG;
  return leptonica(data, size, pix, as_it_is ? IFF_SPIX : format);
}

namespace tesseract {

class UNICHARSET;

class UnicharAmbigs {
 public:
  void LoadUniversal(const UNICHARSET& encoder_set, UNICHARSET* unicharset);
};

void UnicharAmbigs::LoadUniversal(const UNICHARSET& /*encoder_set*/, UNICHARSET* /*unicharset*/) {}

}  // namespace tesseract
