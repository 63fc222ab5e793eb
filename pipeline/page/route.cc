#include "pipeline/page/route.h"

#include <string>
#include <string_view>

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

}  // namespace

ocr::Route choose_route(const ocr::PageInfo& page, const std::vector<ocr::Word>& layer,
                        OcrMode mode) {
  if (mode == OcrMode::Never) return ocr::Route::TextLayer;
  if (mode == OcrMode::Always || layer.empty()) return ocr::Route::Ocr;
  const diacritics::Plausibility judged =
      diacritics::judge(SyllableTable::built_in(), texts_of(layer));
  const bool scan = page.image_share > kScanShare;
  if (scan && judged.syllables < kScanSyllablesMin) return ocr::Route::Ocr;
  // A page of figures without a scan behind it has nothing better than its layer.
  const bool right = judged.plausible() || judged.english() || judged.syllables == 0;
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
