#include "ocr/open/pdf_reader.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <poppler-document.h>
#include <poppler-global.h>
#include <poppler-image.h>
#include <poppler-page-renderer.h>
#include <poppler-page.h>

#include "ocr/document/error.h"
#include "ocr/open/page_raster.h"
#include "ocr/open/pdf_shown_text.h"
#include "ocr/open/pdf_structure.h"

namespace vanban::ocr {
namespace {

using DocumentPtr = std::unique_ptr<poppler::document>;
using PagePtr = std::unique_ptr<poppler::page>;

void silence_poppler() {
  static std::once_flag once;
  std::call_once(once, [] { poppler::set_debug_error_function([](auto&, void*) {}, nullptr); });
}

// Null where poppler cannot read it at all.
DocumentPtr load(const std::string& pdf, const std::string& password) {
  silence_poppler();
  return DocumentPtr(poppler::document::load_from_raw_data(pdf.data(), static_cast<int>(pdf.size()),
                                                           password, password));
}

DocumentPtr load_or_throw(const std::string& pdf, const std::string& password) {
  DocumentPtr document = load(pdf, password);
  if (!document || document->is_locked()) {
    throw InputError(ErrorKind::Damaged, "The PDF cannot be drawn");
  }
  return document;
}

PagePtr page_or_throw(const poppler::document& document, int page_number) {
  PagePtr page(document.create_page(page_number - 1));
  if (!page) {
    throw InputError(ErrorKind::Damaged, "Page " + std::to_string(page_number) + " cannot be read");
  }
  return page;
}

Image to_image(const poppler::image& drawn, double dpi) {
  const int channels = drawn.format() == poppler::image::format_gray8 ? 1 : 3;
  Image out{drawn.width(), drawn.height(), channels, dpi, {}};
  out.pixels.resize(out.stride() * static_cast<std::size_t>(out.height));
  const auto row_bytes = static_cast<std::size_t>(drawn.bytes_per_row());
  for (std::size_t y = 0; y < static_cast<std::size_t>(out.height); ++y) {
    std::memcpy(out.pixels.data() + y * out.stride(), drawn.const_data() + y * row_bytes,
                out.stride());
  }
  return out;
}

bool blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n\f\v") == std::string_view::npos;
}

struct TurnedWord {
  Word word;
  bool upright = true;
};

std::vector<TurnedWord> words_on(const poppler::page& page) {
  std::vector<TurnedWord> out;
  for (const poppler::text_box& box : page.text_list(poppler::page::text_list_include_font)) {
    const poppler::byte_array utf8 = box.text().to_utf8();
    std::string text(utf8.begin(), utf8.end());
    if (blank(text)) continue;
    const poppler::rectf at = box.bbox();
    Word word;
    word.text = word.ocr_text = text;
    word.box = {at.left(), at.top(), at.right(), at.bottom()};
    word.confidence = 1;
    if (box.has_font_info()) word.font = box.get_font_name();
    out.push_back({std::move(word), box.rotation() == 0});
  }
  return out;
}

// Turned words on an upright page are margin notes and stamps that cut through its lines; on a page
// that is turned as a whole they are the text.
std::vector<Word> words_of_main_direction(std::vector<TurnedWord> words) {
  const auto upright = std::count_if(words.begin(), words.end(),
                                     [](const TurnedWord& word) { return word.upright; });
  const bool keep_turned = 2 * static_cast<std::size_t>(upright) < words.size();
  std::vector<Word> out;
  for (TurnedWord& word : words) {
    if (word.upright || keep_turned) out.push_back(std::move(word.word));
  }
  return out;
}

double area(const Box& box) { return box.empty() ? 0 : box.width() * box.height(); }

bool holds(const Box& box, double x, double y) {
  return box.left <= x && x < box.right && box.top <= y && y < box.bottom;
}

// The smallest annotation that holds the word's middle; placed.size() where none does.
std::size_t annotation_of(const Word& word, const std::vector<PlacedAnnotation>& placed) {
  std::size_t best = placed.size();
  for (std::size_t i = 0; i < placed.size(); ++i) {
    if (!holds(placed[i].box, word.box.center_x(), word.box.center_y())) continue;
    if (best == placed.size() || area(placed[i].box) < area(placed[best].box)) best = i;
  }
  return best;
}

// In the order of `placed`, then the words that belong to none; annotations without words left out.
std::vector<Annotation> grouped(std::vector<TurnedWord> words,
                                const std::vector<PlacedAnnotation>& placed) {
  std::vector<Annotation> groups;
  groups.reserve(placed.size() + 1);
  for (const PlacedAnnotation& annotation : placed) {
    groups.push_back({annotation.subtype, annotation.box, {}});
  }
  groups.emplace_back();
  for (TurnedWord& word : words) {
    groups[annotation_of(word.word, placed)].words.push_back(std::move(word.word));
  }
  groups.back().box = box_of(groups.back().words);
  std::erase_if(groups, [](const Annotation& group) { return group.words.empty(); });
  return groups;
}

class PdfPageReader : public PageReader {
 public:
  explicit PdfPageReader(const Source& source) : source_(source) {}

  Image rasterize(int page_number, double max_megapixels) override {
    const PageInfo& info = page_info(source_, page_number);
    const bool dense_enough = info.image_dpi >= kMinDpi && info.image_dpi <= kMaxDpi;
    const double dpi =
        fitting_dpi(info, dense_enough ? info.image_dpi : kStandardDpi, max_megapixels);
    return without_idle_colour(draw(page_number, dpi, poppler::image::format_bgr24));
  }

  Image draft(int page_number) override {
    constexpr double kDraftDpi = 144, kDraftMegapixels = 20;
    const PageInfo& info = page_info(source_, page_number);
    const double pixels_per_pt = kDraftDpi / 72;
    if (info.width_pt * info.height_pt * pixels_per_pt * pixels_per_pt > kDraftMegapixels * 1e6)
      return {};
    return draw(page_number, kDraftDpi, poppler::image::format_gray8);
  }

  std::vector<Word> text_layer(int page_number) override {
    return words_of_main_direction(words_on(*page_or_throw(document(), page_number)));
  }

  std::vector<Word> shown_text(int page_number) override {
    const std::string pdf = pdf_of_shown_text(source_, page_number);
    const DocumentPtr shown = pdf.empty() ? nullptr : load(pdf, "");
    const PagePtr page(shown ? shown->create_page(0) : nullptr);
    return page ? words_of_main_direction(words_on(*page)) : std::vector<Word>{};
  }

  std::vector<Annotation> annotations(int page_number) override {
    if (!page_info(source_, page_number).has_annotations) return {};
    if (!annotation_document_) load_annotations();
    const auto index = static_cast<std::size_t>(page_number) - 1;
    return grouped(words_on(*page_or_throw(*annotation_document_, page_number)),
                   annotation_layer_.pages.at(index));
  }

 private:
  Image draw(int page_number, double dpi, poppler::image::format_enum format) {
    const PagePtr page = page_or_throw(document(), page_number);
    poppler::page_renderer renderer;
    renderer.set_render_hints(poppler::page_renderer::antialiasing |
                              poppler::page_renderer::text_antialiasing);
    renderer.set_image_format(format);
    const poppler::image drawn = renderer.render_page(page.get(), dpi, dpi);
    if (!drawn.is_valid()) {
      throw InputError(ErrorKind::Damaged,
                       "Page " + std::to_string(page_number) + " cannot be drawn");
    }
    return to_image(drawn, dpi);
  }

  const poppler::document& document() {
    if (!document_) document_ = load_or_throw(*source_.bare, source_.password);
    return *document_;
  }

  void load_annotations() {
    annotation_layer_ = read_annotation_layer(source_);
    annotation_document_ = load_or_throw(annotation_layer_.pdf, "");
  }

  const Source& source_;
  DocumentPtr document_;
  AnnotationLayer annotation_layer_;  // outlives annotation_document_, which reads from it
  DocumentPtr annotation_document_;
};

PageInfo geometry_of(const poppler::page& page) {
  const poppler::rectf box = page.page_rect();
  PageInfo info;
  info.width_pt = box.width();
  info.height_pt = box.height();
  const auto orientation = page.orientation();
  if (orientation == poppler::page::landscape || orientation == poppler::page::seascape) {
    std::swap(info.width_pt, info.height_pt);
  }
  return info;
}

}  // namespace

void read_pdf_geometry(Source& source) {
  const DocumentPtr document = load(*source.original, source.password);
  if (document && document->is_locked()) {
    throw InputError(ErrorKind::Encrypted,
                     "The PDF is encrypted; give its password with --password-file");
  }
  const int pages = document ? document->pages() : 0;
  bool any = false;
  for (int number = 1; number <= pages; ++number) {
    const PagePtr page(document->create_page(number - 1));
    source.pages.push_back(page ? geometry_of(*page) : kUnknownPage);
    any = any || page;
  }
  if (!any) throw InputError(ErrorKind::Damaged, "The PDF is damaged beyond reading");
  source.warnings.push_back({"damaged_structure",
                             "The PDF is damaged; its images, annotations and signatures could "
                             "not be examined"});
}

std::unique_ptr<PageReader> make_pdf_page_reader(const Source& source) {
  return std::make_unique<PdfPageReader>(source);
}

}  // namespace vanban::ocr
