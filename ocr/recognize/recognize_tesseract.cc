#include "ocr/recognize/recognize.h"

#include <allheaders.h>
#include <omp.h>
#include <tesseract/baseapi.h>
#include <tesseract/osdetect.h>
#include <tesseract/resultiterator.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "ocr/digest.h"
#include "ocr/document/error.h"
#include "ocr/recognize/engine_layers.h"
#include "ocr/recognize/engine_shortcuts.h"

namespace vanban::ocr {
namespace {

// White around a region, pixels: without it the engine cuts dots below the last line off.
constexpr int kMargin = 14;

tesseract::PageSegMode mode_of(Segmentation segmentation) {
  switch (segmentation) {
    case Segmentation::Column: return tesseract::PSM_SINGLE_COLUMN;
    case Segmentation::Block: return tesseract::PSM_SINGLE_BLOCK;
    case Segmentation::Line: return tesseract::PSM_SINGLE_LINE;
  }
  return tesseract::PSM_SINGLE_COLUMN;
}

// The Debian package that holds a model.
std::string package_of(const std::string& model) {
  return model == "Vietnamese" ? "tesseract-ocr-script-viet" : "tesseract-ocr-" + model;
}

struct Crop {
  int left = 0, top = 0, width = 0, height = 0;  // in the image; top left includes the margin
  std::vector<std::uint8_t> pixels;
};

Crop crop_with_margin(const Image& image, const Box& region) {
  const int left = std::clamp(static_cast<int>(region.left), 0, image.width);
  const int top = std::clamp(static_cast<int>(region.top), 0, image.height);
  const int right = std::clamp(static_cast<int>(region.right + 0.999), left, image.width);
  const int bottom = std::clamp(static_cast<int>(region.bottom + 0.999), top, image.height);
  Crop crop{
      left - kMargin, top - kMargin, right - left + 2 * kMargin, bottom - top + 2 * kMargin, {}};
  crop.pixels.assign(static_cast<std::size_t>(crop.width) * static_cast<std::size_t>(crop.height),
                     255);
  for (int y = top; y < bottom; ++y)
    std::copy_n(image.pixels.data() + image.stride() * static_cast<std::size_t>(y) + left,
                right - left,
                crop.pixels.data() +
                    static_cast<std::size_t>(y - crop.top) * static_cast<std::size_t>(crop.width) +
                    kMargin);
  return crop;
}

// The engine leaves a space in some words that it has cut from others.
std::string trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(' ');
  if (begin == text.npos) return std::string(text);
  return std::string(text.substr(begin, text.find_last_not_of(' ') + 1 - begin));
}

// Words that the engine is surer of than this are asked for no alternatives.
constexpr double kSureWord = 0.985;
constexpr std::size_t kAlternativesMax = 8;

// Other readings of a word from the engine's choices for each of its symbols: those in which one
// symbol differs, and those in which two do, by falling product of the choices' scores.
std::vector<Alternative> alternatives_of(
    const std::string& text,
    const std::vector<std::vector<std::pair<const char*, float>>>& symbols) {
  constexpr float kScoreMin = 0.02F;  // of a choice worth naming
  struct Reading {
    std::string text;
    double score = 1;
    int changes = 0;
  };
  std::vector<Reading> readings{{}};
  for (const auto& choices : symbols) {
    if (choices.empty()) continue;
    std::vector<Reading> longer;
    for (const Reading& reading : readings)
      for (std::size_t i = 0; i < choices.size(); ++i) {
        const auto& [symbol, score] = choices[i];
        if (i > 0 && (score < kScoreMin || reading.changes == 2)) continue;
        longer.push_back({reading.text + symbol, reading.score * std::max(score, kScoreMin),
                          reading.changes + (i > 0 ? 1 : 0)});
      }
    std::stable_sort(longer.begin(), longer.end(),
                     [](const Reading& a, const Reading& b) { return a.score > b.score; });
    if (longer.size() > 4 * kAlternativesMax) longer.resize(4 * kAlternativesMax);
    readings = std::move(longer);
  }
  std::vector<Alternative> out;
  double sum = 0;
  for (const Reading& reading : readings) sum += reading.score;
  for (const Reading& reading : readings)
    if (reading.text != text && out.size() < kAlternativesMax)
      out.push_back({reading.text, reading.score / sum});
  return out;
}

class Tesseract final : public Recognizer {
 public:
  explicit Tesseract(const RecognizerOptions& options) : options_(options) {
    // The engine's own threads would fight with ours for the cores and lose time doing so; with no
    // active parallel level allowed each of its loops runs in the calling thread.
    omp_set_max_active_levels(0);
    init(reader_, options.language.c_str());
    // The second try on inverted lines doubles the cost of weak lines; print here is never white.
    reader_.SetVariable("tessedit_do_invert", "0");
    // Whether print has a fixed pitch is tried cell by cell by default, for up to a quarter of the
    // reading of a dense page; the network does not care.
    reader_.SetVariable("textord_fast_pitch_test", "1");
    // Choices for each symbol, from the network's output after the best path is found. Of the
    // searches for them the first two find what matters; each costs 3 % of the reading.
    reader_.SetVariable("lstm_choice_mode", "2");
    reader_.SetVariable("lstm_choice_iterations", "2");
  }

  EngineInfo info() const override {
    std::string dir = reader_.GetDatapath();
    if (!dir.empty() && dir.back() != '/') dir += '/';
    std::ifstream model(dir + options_.language + ".traineddata", std::ios::binary);
    std::ostringstream bytes;
    bytes << model.rdbuf();
    if (!model) throw EngineError("cannot read the Tesseract model in " + dir);
    return {"tesseract", tesseract::TessBaseAPI::Version(), options_.language,
            sha256_hex(bytes.str())};
  }

  std::vector<Line> recognize(const Image& image, const Box& region,
                              Segmentation segmentation) override {
    const Crop crop = crop_with_margin(image, region);
    if (crop.width <= 2 * kMargin || crop.height <= 2 * kMargin) return {};
    reader_.SetPageSegMode(mode_of(segmentation));
    reader_.SetImage(crop.pixels.data(), crop.width, crop.height, 1, crop.width);
    reader_.SetSourceResolution(static_cast<int>(image.dpi > 0 ? image.dpi : 300));
    const UnpackedLines unpacked;
    const QuickLayers quick;
    if (reader_.Recognize(nullptr) != 0) throw EngineError("tesseract could not read a region");
    std::vector<Line> lines = collect(crop);
    reader_.Clear();
    return lines;
  }

  int detect_rotation(const Image& image) override {
    if (!orientation_ready_) {
      init(orientation_, "osd");
      orientation_ready_ = true;
    }
    orientation_.SetPageSegMode(tesseract::PSM_OSD_ONLY);
    orientation_.SetImage(image.pixels.data(), image.width, image.height, image.channels,
                          static_cast<int>(image.stride()));
    orientation_.SetSourceResolution(static_cast<int>(image.dpi > 0 ? image.dpi : 300));
    int degrees = 0;
    float confidence = 0, script_confidence = 0;
    const char* script = nullptr;
    const bool found =
        orientation_.DetectOrientationScript(&degrees, &confidence, &script, &script_confidence);
    orientation_.Clear();
    // OSD's log-odds against the next best turn; 2 was right on all turned pages tried.
    constexpr float kSure = 2.0F;
    // The engine tells how far the page is turned; wanted is the turn back.
    return found && confidence >= kSure ? (360 - degrees) % 360 : 0;
  }

 private:
  void init(tesseract::TessBaseAPI& api, const char* language) {
    const char* path = options_.tessdata_dir.empty() ? nullptr : options_.tessdata_dir.c_str();
    // The engine reports to stderr by default; what matters reaches the caller as an exception.
    api.SetVariable("debug_file", "/dev/null");
    if (api.Init(path, language, tesseract::OEM_LSTM_ONLY) != 0)
      throw EngineError("the Tesseract model '" + std::string(language) +
                        "' is not installed; install it with: apt-get install " +
                        package_of(language));
    api.SetVariable("debug_file", "/dev/null");
  }

  std::vector<Line> collect(const Crop& crop) {
    std::vector<Line> lines;
    const std::unique_ptr<tesseract::ResultIterator> it(reader_.GetIterator());
    if (!it) return lines;
    bool more = !it->Empty(tesseract::RIL_WORD);
    while (more) {
      if (lines.empty() || it->IsAtBeginningOf(tesseract::RIL_TEXTLINE)) lines.emplace_back();
      const std::unique_ptr<char[]> text(it->GetUTF8Text(tesseract::RIL_WORD));
      int left = 0, top = 0, right = 0, bottom = 0;
      // What it takes for a picture the engine gives as a word of blanks, and surely.
      if (text && std::string_view(text.get()).find_first_not_of(" \n") != std::string_view::npos &&
          it->BoundingBox(tesseract::RIL_WORD, &left, &top, &right, &bottom)) {
        const Box box{double(left + crop.left), double(top + crop.top), double(right + crop.left),
                      double(bottom + crop.top)};
        Word word;
        word.text = word.ocr_text = trimmed(text.get());
        word.box = box;
        word.confidence = it->Confidence(tesseract::RIL_WORD) / 100.0;
        if (word.confidence < kSureWord)
          if (const auto* choices = it->GetBestLSTMSymbolChoices())
            word.alternatives = alternatives_of(word.text, *choices);
        lines.back().words.push_back(std::move(word));
      }
      more = it->Next(tesseract::RIL_WORD);
    }
    std::erase_if(lines, [](const Line& line) { return line.words.empty(); });
    for (Line& line : lines) line.box = box_of(line.words);
    return lines;
  }

  RecognizerOptions options_;
  // Its getters are not const.
  mutable tesseract::TessBaseAPI reader_;
  tesseract::TessBaseAPI orientation_;
  bool orientation_ready_ = false;
};

}  // namespace

std::unique_ptr<Recognizer> make_tesseract(const RecognizerOptions& options) {
  return std::make_unique<Tesseract>(options);
}

}  // namespace vanban::ocr
