#include "pipeline/run.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <mutex>
#include <optional>
#include <thread>

#include "extract/extract.h"
#include "ocr/error.h"
#include "ocr/layout.h"
#include "ocr/preprocess.h"
#include "ocr/recognize.h"
#include "ocr/source.h"
#include "pipeline/clean.h"
#include "pipeline/json.h"
#include "pipeline/layout_input.h"
#include "pipeline/reading_order.h"
#include "pipeline/restore_words.h"
#include "pipeline/route.h"
#include "pipeline/schema.h"
#include "pipeline/trace.h"
#include "pipeline/workers.h"

namespace vanban::pipeline {
namespace {

using ocr::Page;
using ocr::Route;

// What one worker thread has for itself. The engine is made when the first page needs it: a
// document with a good text layer never does.
class Worker {
 public:
  Worker(const ocr::Source& source, const Options& options)
      : reader(ocr::make_page_reader(source)), options_(options) {}

  std::unique_ptr<ocr::PageReader> reader;

  ocr::Recognizer& recognizer() {
    if (!recognizer_)
      recognizer_ = options_.make_recognizer ? options_.make_recognizer()
                                             : ocr::make_tesseract({"vie", options_.tessdata_dir});
    return *recognizer_;
  }
  std::optional<ocr::EngineInfo> engine() const {
    if (!recognizer_) return std::nullopt;
    return recognizer_->info();
  }

 private:
  const Options& options_;
  std::unique_ptr<ocr::Recognizer> recognizer_;
};

// Words that signing tools wrote on the page as annotations, without the signatures' own.
std::vector<ocr::Word> words_of_annotations(ocr::PageReader& reader, const ocr::PageInfo& info,
                                            int number) {
  std::vector<ocr::Word> words;
  if (!info.has_annotations) return words;
  for (ocr::Annotation& annotation : reader.annotations(number))
    if (!is_signature_stamp(annotation))
      words.insert(words.end(), annotation.words.begin(), annotation.words.end());
  return words;
}

void read_text_layer(Page& page, std::vector<ocr::Word> layer, const ocr::Image& drawing) {
  page.width = page.width_pt;
  page.height = page.height_pt;
  const std::vector<ocr::Zone> zones = ocr::find_zones(layout_input(page, layer, drawing));
  page.blocks = ocr::blocks_from_words(zones, std::move(layer));
}

// Readings below this are of something that is not upright text, or hardly text at all.
constexpr double kWeakReading = 0.6;

double confidence_of(const std::vector<ocr::Block>& blocks) {
  return ocr::mean_confidence(ocr::words_of(blocks));
}

void recognize_scan(Page& page, const ocr::Image& raster, int rotation_degrees, Worker& worker,
                    const Trace& trace) {
  const ocr::Preprocessed scan = ocr::preprocess(raster, {.rotation_degrees = rotation_degrees});
  trace.image(page.number, "preprocessed", scan.image);
  page.width = scan.image.width;
  page.height = scan.image.height;
  page.skew_degrees = scan.skew_degrees;
  page.rotation_degrees = rotation_degrees;
  page.preprocess = scan.steps;
  const double points_per_pixel = raster.dpi > 0 ? 72 / raster.dpi : page.width_pt / raster.width;
  page.to_displayed = scan.to_raster.then({points_per_pixel, 0, 0, 0, points_per_pixel, 0});
  page.blocks.clear();
  if (scan.blank) {
    page.route = Route::Blank;
    return;
  }
  page.route = Route::Ocr;
  const std::vector<ocr::Zone> zones = ocr::find_zones(layout_input(scan));
  trace.zones(page.number, zones);
  page.blocks = ocr::recognize_zones(worker.recognizer(), scan.image, zones);
  trace.blocks(page.number, "recognized", page.blocks);
  page.unread_ink = scan.components;
}

void read_image(Page& page, const ocr::Image& raster, Worker& worker, const Trace& trace) {
  recognize_scan(page, raster, 0, worker, trace);
  if (page.route == Route::Blank || confidence_of(page.blocks) >= kWeakReading) return;
  // Only pages that read badly are worth the time of looking which way is up.
  const int turn = worker.recognizer().detect_rotation(raster);
  if (turn == 0) return;
  Page turned = page;
  recognize_scan(turned, raster, turn, worker, trace);
  if (confidence_of(turned.blocks) > confidence_of(page.blocks)) page = std::move(turned);
}

Page read_page(int number, const ocr::Source& source, const Options& options, Worker& worker,
               const Trace& trace) {
  const ocr::PageInfo& info = source.pages[static_cast<std::size_t>(number - 1)];
  Page page;
  page.number = number;
  page.width_pt = info.width_pt;
  page.height_pt = info.height_pt;
  page.dpi = info.image_dpi;

  std::vector<ocr::Word> layer = worker.reader->text_layer(number);
  std::vector<ocr::Word> annotated = words_of_annotations(*worker.reader, info, number);
  trace.words(number, "text-layer", layer);
  trace.words(number, "annotations", annotated);

  decode_layer(layer, page);
  page.route = choose_route(info, layer, options.ocr);
  if (page.route == Route::TextLayer) {
    layer.insert(layer.end(), annotated.begin(), annotated.end());
    if (layer.empty()) page.warnings.push_back({"no_text_layer", "the page has no text layer"});
    read_text_layer(page, std::move(layer), worker.reader->draft(number));
    layer.clear();
  } else {
    const ocr::Image raster = worker.reader->rasterize(number, options.max_megapixels);
    trace.image(number, "raster", raster);
    if (page.dpi == 0) page.dpi = raster.dpi;
    read_image(page, raster, worker, trace);
    const ocr::Affine from_displayed = page.to_displayed.inverse();
    for (ocr::Word& word : annotated) word.box = from_displayed.apply(word.box);
    ocr::insert_words(page.blocks, std::move(annotated));
  }
  // Beyond this point all text is NFC.
  normalize(page);
  if (page.route == Route::Ocr) drop_junk(page);
  end_header(page);
  page.unread_ink = unread_ink(std::move(page.unread_ink), page.blocks);
  drop_page_number(page);
  trace.blocks(number, "as-read", page.blocks);
  if (options.restorer != nullptr) {
    if (page.route == Route::TextLayer)
      restore_layer(page, *options.restorer);
    else if (page.route == Route::Ocr)
      decide_doubtful(page, layer, *options.restorer);
  }
  trace.blocks(number, "cleaned", page.blocks);
  return page;
}

std::vector<int> selected_pages(const Options& options, int page_count) {
  std::vector<int> numbers;
  for (int number = 1; number <= page_count; ++number) {
    const bool wanted = options.pages.empty() ||
                        std::any_of(options.pages.begin(), options.pages.end(), [&](auto range) {
                          return number >= range.first && number <= range.second;
                        });
    if (wanted) numbers.push_back(number);
  }
  for (const auto& [first, last] : options.pages)
    if (last > page_count)
      throw std::invalid_argument("there is no page " + std::to_string(last) +
                                  "; the document has " + std::to_string(page_count));
  return numbers;
}

Page failed_page(int number, const ocr::PageInfo& info, const std::string& why) {
  Page page;
  page.number = number;
  page.width_pt = info.width_pt;
  page.height_pt = info.height_pt;
  page.warnings.push_back({"page_failed", why});
  return page;
}

struct Reading {
  std::vector<Page> pages;
  std::optional<ocr::EngineInfo> engine;  // where a page was read from its image
  std::optional<ocr::InputError> last_error;
  int failed = 0;
};

Reading read_pages(const ocr::Source& source, const Options& options, const Trace& trace) {
  const std::vector<int> numbers = selected_pages(options, static_cast<int>(source.pages.size()));
  Reading reading;
  reading.pages.resize(numbers.size());
  std::mutex mutex;
  int done = 0;
  const int cores = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  for_each_in_parallel(numbers.size(), options.jobs > 0 ? options.jobs : cores, [&] {
    auto worker = std::make_shared<Worker>(source, options);
    return [&, worker](std::size_t item) {
      if (options.cancelled != nullptr && *options.cancelled) throw Interrupted();
      const int number = numbers[item];
      const ocr::PageInfo& info = source.pages[static_cast<std::size_t>(number - 1)];
      std::optional<ocr::InputError> error;
      Page page;
      try {
        page = read_page(number, source, options, *worker, trace);
      } catch (const ocr::EngineError&) {
        throw;  // no page can be read
      } catch (const ocr::InputError& failure) {
        error = failure;
      } catch (const std::exception& failure) {
        // An image library that gives up on this page may do well on the next.
        error.emplace(ocr::InputError::Code::Damaged, failure.what());
      }
      if (error) page = failed_page(number, info, error->what());
      const std::lock_guard lock(mutex);
      reading.pages[item] = std::move(page);
      if (!reading.engine) reading.engine = worker->engine();
      if (error) {
        ++reading.failed;
        reading.last_error = error;
      }
      ++done;
      spdlog::debug("page {} read, {} of {}", number, done, numbers.size());
      if (options.on_page) options.on_page(done, static_cast<int>(numbers.size()));
    };
  });
  return reading;
}

}  // namespace

Output convert(Input input, const Options& options) {
  const Trace trace(options.trace_dir);
  Provenance provenance = describe_input(input.file_name, input.bytes);
  const ocr::Source source = ocr::open_source(std::move(input.bytes), options.password);

  Reading reading = read_pages(source, options, trace);
  if (reading.last_error && reading.failed == static_cast<int>(reading.pages.size()))
    throw *reading.last_error;

  const ocr::Document document{std::move(reading.pages), source.signatures, source.warnings};
  const extract::Record record = extract::extract(document);

  provenance.source = &source;
  provenance.engine = reading.engine;
  if (options.restorer != nullptr)
    provenance.language_model = options.restorer->model().content_hash();
  Output output;
  output.record_json = to_json(record, document, provenance);
  require_valid_record(output.record_json);
  trace.text("record.json", output.record_json);
  for (const std::string& page_text : record.text_pages) {
    if (&page_text != &record.text_pages.front()) output.text += '\f';
    output.text += page_text + '\n';
  }
  output.warnings = document.warnings;
  for (const Page& page : document.pages)
    for (const ocr::Warning& warning : page.warnings)
      output.warnings.push_back(
          {warning.code, "page " + std::to_string(page.number) + ": " + warning.text});
  return output;
}

}  // namespace vanban::pipeline
