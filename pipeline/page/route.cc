#include "pipeline/page/route.h"

#include <string>
#include <string_view>

#include "diacritics/text/encodings.h"
#include "diacritics/text/syllables.h"
#include "diacritics/text/text.h"

namespace vanban::pipeline {
namespace {

using diacritics::SyllableTable;

// A page that an image covers by more than this is a scan.
constexpr double kScanShare = 0.5;

// A scan's layer of fewer syllables is a signature's words or a stray line, and reading the image
// costs little.
constexpr int kScanSyllablesMin = 50;

std::vector<std::string> texts_of(const std::vector<ocr::Word>& words) {
  std::vector<std::string> out;
  for (const ocr::Word& word : words) out.push_back(word.text);
  return out;
}

// Whether too many of the layer's codes mean nothing for the rest to be text.
bool is_meaningless(const std::vector<ocr::Word>& layer) {
  // Right layers have a bullet or a stray control a line, less than a twentieth.
  constexpr double kMeaninglessMax = 0.2;
  int meaningless = 0;
  std::size_t all = 0;
  for (const ocr::Word& word : layer) {
    meaningless += diacritics::count_meaningless(word.text);
    all += diacritics::count_code_points(word.text);
  }
  return meaningless > kMeaninglessMax * static_cast<double>(all);
}

// "réunion", "World", "UNESCO", "договор"; not "hKp", "WKH" or letters of several scripts.
bool is_written_as_word(std::string_view word) {
  constexpr std::u32string_view kVowels = U"aeiouyäöüïëåîæøœ";
  int latin = 0, vowels = 0, upper = 0, all = 0;
  bool first_upper = false;
  for (const char32_t c : diacritics::to_code_points(diacritics::to_nfc(word))) {
    if (diacritics::is_upper(c)) {
      first_upper = first_upper || all == 0;
      ++upper;
    }
    latin += diacritics::is_latin(c) ? 1 : 0;
    const char32_t base = diacritics::to_lower(diacritics::base_letter(c));
    vowels += kVowels.find(base) != std::u32string_view::npos ? 1 : 0;
    ++all;
  }
  const bool usual_case = upper == 0 || upper == all || (upper == 1 && first_upper);
  return usual_case && (latin == 0 || (latin == all && vowels > 0));
}

// Whether the word is a syllable that a font of old writes with other letters: "héi" for hội.
bool is_old_writing(const std::string& word) {
  using diacritics::Encoding;
  for (const Encoding encoding : {Encoding::Tcvn3, Encoding::Vni, Encoding::Windows1258}) {
    const std::string decoded = diacritics::decode(word, encoding).text;
    if (decoded != diacritics::to_nfc(word) && SyllableTable::built_in().contains(decoded))
      return true;
  }
  return false;
}

diacritics::Plausibility judged_of(const std::vector<ocr::Word>& layer) {
  return diacritics::judge(SyllableTable::built_in(), texts_of(layer));
}

}  // namespace

bool is_believable(const std::vector<ocr::Word>& layer) {
  if (is_meaningless(layer)) return false;
  const diacritics::Plausibility judged = judged_of(layer);
  return judged.plausible() || judged.english() || judged.syllables == 0;
}

bool is_foreign(const std::vector<ocr::Word>& words) {
  // Vietnamese that lost its marks has 0.9 and more, and so has what was read of it with wrong
  // ones; the small words of other languages are syllables by chance.
  constexpr double kSyllablesMax = 0.5;
  // Codes of glyphs that were taken for letters make few words.
  constexpr double kWrittenMin = 0.8;
  int with_letters = 0, written = 0, syllables = 0;
  for (const ocr::Word& word : words) {
    const std::string_view bare = diacritics::trim_punctuation(word.text);
    const int letters = diacritics::count_letters(bare).all;
    if (letters < 2 || diacritics::has_digit(bare)) continue;
    ++with_letters;
    const bool letters_alone =
        static_cast<std::size_t>(letters) == diacritics::count_code_points(bare);
    written += letters_alone && is_written_as_word(bare) ? 1 : 0;
    const bool syllable = SyllableTable::built_in().contains_folded(bare);
    syllables += syllable || is_old_writing(std::string(bare)) ? 1 : 0;
  }
  return written > 0 && written >= kWrittenMin * with_letters &&
         syllables <= kSyllablesMax * with_letters;
}

ocr::Route choose_route(const ocr::PageInfo& page, const std::vector<ocr::Word>& layer,
                        OcrMode mode) {
  if (mode == OcrMode::Never) return ocr::Route::TextLayer;
  if (mode == OcrMode::Always || layer.empty()) return ocr::Route::Ocr;
  const bool scan = page.image_share > kScanShare;
  if (scan && judged_of(layer).syllables < kScanSyllablesMin) return ocr::Route::Ocr;
  // A page of figures, of rare names or in another language without a scan behind it has nothing
  // better than its layer. What an engine that does not know Vietnamese made of a scan may pass for
  // another language.
  const bool right = is_believable(layer) ||
                     (!scan && !is_meaningless(layer) &&
                      (is_foreign(layer) || diacritics::is_right_vietnamese(
                                                SyllableTable::built_in(), texts_of(layer))));
  return right ? ocr::Route::TextLayer : ocr::Route::Ocr;
}

bool is_signature_stamp(const ocr::Annotation& annotation) {
  std::string text;
  for (const ocr::Word& word : annotation.words) text += diacritics::fold(word.text) + ' ';
  for (const std::string_view mark : {"ky boi", "nguoi ky", "ngay ky:", "thoi gian ky", "co quan:",
                                      "email:", "@", "+07:00", "signed by", "signature", "date:"})
    if (text.find(mark) != std::string::npos) return true;
  return false;
}

}  // namespace vanban::pipeline
