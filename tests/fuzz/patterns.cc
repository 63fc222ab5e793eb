#include "tests/fuzz/targets.h"

#include "extract/extract.h"
#include "extract/patterns/fields_file.h"
#include "pipeline/plain_text.h"

namespace vanban::fuzz {

void feed_patterns(std::string_view bytes) {
  const extract::FieldsFile file = extract::parse_fields(bytes);
  if (file.mistakes.empty())
    extract::extract(pipeline::document_of_text("Số: 12/QĐ-UBND\nđã giải quyết 17/40 hồ sơ\n"),
                     file.patterns);
  const extract::LexiconFile lexicon = extract::parse_lexicon(bytes);
  if (lexicon.mistakes.empty())
    extract::extract(pipeline::document_of_text("Số: 12/QĐ-UBND\n"), {}, lexicon.entries);
}

}  // namespace vanban::fuzz
