#include <cstddef>
#include <cstdint>
#include <string_view>

#include "extract/extract.h"
#include "extract/patterns/fields_file.h"
#include "pipeline/plain_text.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace vanban;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const extract::FieldsFile file = extract::parse_fields(text);
  if (file.mistakes.empty())
    extract::extract(pipeline::document_of_text("Số: 12/QĐ-UBND\nđã giải quyết 17/40 hồ sơ\n"),
                     file.patterns);
  const extract::LexiconFile lexicon = extract::parse_lexicon(text);
  if (lexicon.mistakes.empty())
    extract::extract(pipeline::document_of_text("Số: 12/QĐ-UBND\n"), {}, lexicon.entries);
  return 0;
}
