#include "pipeline/inspect.h"

#include <utility>

#include "extract/elements/stamps.h"
#include "ocr/draw.h"
#include "ocr/image.h"
#include "ocr/open/open_source.h"
#include "pipeline/page/read_page.h"
#include "pipeline/page/trace.h"
#include "pipeline/record/secret.h"

namespace vanban::pipeline {

std::string inspect(Input input, int page_number, const Options& options) {
  const ocr::Source source = ocr::open_source(std::move(input.bytes), options.password);
  require_page(source, page_number);
  Engines engines(options.engines);
  PageWorker worker(source, engines);
  const Trace trace(options.trace_dir);
  const ocr::Page page =
      read_page(page_number, source, options.page, options.restorer, worker, trace);
  if (options.cancelled != nullptr && *options.cancelled) throw Interrupted();
  if (options.record.secret != SecretPolicy::All)
    if (const auto mark = extract::secrecy_of_page(page)) {
      trace.discard();
      throw not_shown(*mark->value);
    }
  return ocr::encode_png(
      ocr::draw_page(page, worker.reader().rasterize(page_number, options.page.max_megapixels)));
}

}  // namespace vanban::pipeline
