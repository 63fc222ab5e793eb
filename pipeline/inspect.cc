#include "pipeline/inspect.h"

#include <utility>

#include "ocr/draw.h"
#include "ocr/image.h"
#include "ocr/open/open_source.h"
#include "pipeline/page/read_page.h"
#include "pipeline/page/trace.h"

namespace vanban::pipeline {

std::string inspect(Input input, int page_number, const Options& options) {
  const ocr::Source source = ocr::open_source(std::move(input.bytes), options.password);
  require_page(source, page_number);
  Engines engines(options.engines);
  PageWorker worker(source, engines);
  const ocr::Page page = read_page(page_number, source, options.page, options.restorer, worker,
                                   Trace(options.trace_dir));
  if (options.cancelled != nullptr && *options.cancelled) throw Interrupted();
  return ocr::encode_png(
      ocr::draw_page(page, worker.reader().rasterize(page_number, options.page.max_megapixels)));
}

}  // namespace vanban::pipeline
