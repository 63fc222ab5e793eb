#include "ocr/strips/models.h"

// ELF: the files' bytes as they are, without a detour over source code.
#define VANBAN_EMBED(name, file)               \
  __asm__(                                     \
      ".section .rodata\n"                     \
      ".balign 16\n"                           \
      "vanban_" name "_begin: .incbin \"" file \
      "\"\n"                                   \
      "vanban_" name                           \
      "_end:\n"                                \
      ".previous\n")
VANBAN_EMBED("digits", VANBAN_DIGITS_MODEL);
VANBAN_EMBED("signatures", VANBAN_SIGNATURES_MODEL);
#undef VANBAN_EMBED
extern "C" const char vanban_digits_begin[], vanban_digits_end[];
extern "C" const char vanban_signatures_begin[], vanban_signatures_end[];

namespace vanban::ocr {
namespace {

std::string_view between(const char* begin, const char* end) {
  return {begin, static_cast<std::size_t>(end - begin)};
}

}  // namespace

std::string_view digits_model() { return between(vanban_digits_begin, vanban_digits_end); }

std::string_view names_model() { return between(vanban_signatures_begin, vanban_signatures_end); }

std::string_view digits_model_sha256() { return VANBAN_DIGITS_SHA256; }

std::string_view names_model_sha256() { return VANBAN_SIGNATURES_SHA256; }

}  // namespace vanban::ocr
