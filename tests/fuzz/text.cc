#include "tests/fuzz/targets.h"

#include <stdexcept>

#include "diacritics/text/encodings.h"
#include "diacritics/text/text.h"
#include "diacritics/text/tokens.h"
#include "extract/extract.h"
#include "extract/page_parts.h"
#include "extract/words/stamp_words.h"
#include "pipeline/plain_text.h"

namespace vanban::fuzz {

void feed_text(std::string_view bytes) {
  const std::string text = diacritics::to_nfc(bytes);
  // Once more changes nothing.
  if (diacritics::to_nfc(text) != text) throw std::logic_error("NFC of NFC is another text");
  diacritics::fold(text);
  diacritics::to_sentence(text);
  diacritics::with_new_tone_place(text);
  diacritics::with_usual_characters(text);
  extract::secrecy_of(text);
  extract::secrecy_of_papers(text);
  extract::stamp_words_like(text);
  for (const diacritics::Encoding from :
       {diacritics::detect_encoding(bytes), diacritics::Encoding::Tcvn3, diacritics::Encoding::Vni,
        diacritics::Encoding::Viqr, diacritics::Encoding::Windows1258})
    diacritics::decode(bytes, from);
  extract::extract(pipeline::document_of_text(text));
}

}  // namespace vanban::fuzz
