#include "ocr/digits_model.h"

// ELF: the file's bytes as they are, without a detour over source code.
__asm__(
    ".section .rodata\n"
    ".balign 16\n"
    "vanban_digits_begin: .incbin \"" VANBAN_DIGITS_MODEL
    "\"\n"
    "vanban_digits_end:\n"
    ".previous\n");
extern "C" const char vanban_digits_begin[], vanban_digits_end[];

namespace vanban::ocr {

std::string_view digits_model() {
  return {vanban_digits_begin, static_cast<std::size_t>(vanban_digits_end - vanban_digits_begin)};
}

}  // namespace vanban::ocr
