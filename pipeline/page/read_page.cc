#include "pipeline/page/read_page.h"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <iterator>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "diacritics/text/text.h"
#include "extract/aligned_tables.h"
#include "extract/page_parts.h"
#include "extract/words/stamp_words.h"
#include "ocr/clean/dewarp.h"
#include "ocr/clean/preprocess.h"
#include "ocr/clean/receipt_stamp.h"
#include "ocr/clean/text_rows.h"
#include "ocr/layout/layout.h"
#include "ocr/recognize/find_turn.h"
#include "ocr/recognize/recognize_beside_seals.h"
#include "ocr/recognize/seal_text.h"
#include "ocr/recognize/slanted_stamps.h"
#include "ocr/recognize/spread.h"
#include "pipeline/page/figures.h"
#include "pipeline/page/junk.h"
#include "pipeline/page/layout_input.h"
#include "pipeline/page/normalize.h"
#include "pipeline/page/read_columns.h"
#include "pipeline/page/read_names.h"
#include "pipeline/page/read_slots.h"
#include "pipeline/page/reading_order.h"
#include "pipeline/page/restore_words.h"
#include "pipeline/page/route.h"
#include "pipeline/page/second_reading.h"

namespace vanban::pipeline {
namespace {

using ocr::Page;
using ocr::Route;

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

// What the file itself states on a page whose image is read, in page units: the words that are seen
// of its layer, and those over the page.
std::vector<ocr::Word> stated_words(ocr::PageReader& reader, const Page& page,
                                    const std::vector<ocr::Word>& layer,
                                    const std::vector<ocr::Word>& annotated) {
  std::vector<ocr::Word> stated;
  if (!layer.empty()) stated = reader.shown_text(page.number);
  Page without_warnings;
  decode_layer(stated, without_warnings);
  // Digits may be wrong where letters are.
  if (!is_believable(stated)) stated.clear();
  for (ocr::Word& word : stated) word.box = page.to_displayed.apply_inverse(word.box);
  stated.insert(stated.end(), annotated.begin(), annotated.end());
  return stated;
}

void read_text_layer(Page& page, std::vector<ocr::Word> layer, const ocr::Image& drawing) {
  page.width = page.width_pt;
  page.height = page.height_pt;
  const std::vector<ocr::Zone> zones = ocr::find_zones(layout_input(page, layer, drawing));
  page.blocks = ocr::blocks_from_words(zones, std::move(layer));
}

// What is under a seal is text, what is on it is evidence.
ocr::Seal read_seal(const ocr::SealOnPage& on_page, ocr::Recognizer& recognizer) {
  const auto& [circle, colour, covers] = on_page.seal;
  const ocr::Circle in_picture{circle.x - on_page.box.left, circle.y - on_page.box.top,
                               circle.radius};
  const ocr::Image& picture = on_page.alone.empty() ? on_page.with_seal : on_page.alone;
  const auto [text, confidence] = ocr::read_seal_text(recognizer, picture, in_picture);
  return {box_of(circle), colour, covers, diacritics::to_nfc(text), confidence};
}

// Readings below this are of something that is not upright text, or hardly text at all.
constexpr double kWeakReading = 0.6;

// Reads a receipt stamp and takes it off the page, whose lines it would run into. No lines where
// there is none.
ocr::Block take_off_receipt_stamp(ocr::Preprocessed& scan, ocr::Recognizer& recognizer) {
  ocr::Block stamp{ocr::BlockKind::ReceiptStamp, {}, {}};
  const std::optional<ocr::Box> frame = ocr::find_receipt_stamp(scan);
  if (!frame) return stamp;
  stamp.box = *frame;
  stamp.lines = recognizer.recognize(scan.image, *frame, ocr::Segmentation::Block);
  ocr::take_off_stamp(scan, *frame);
  return stamp;
}

// Whether stamps of urgency and secrecy may stand on a page: they are set on a document's first
// one, which has a header's columns. Looking for them costs as much as a tenth of reading.
bool may_begin_document(int number, const std::vector<ocr::Zone>& zones) {
  return number == 1 || std::any_of(zones.begin(), zones.end(), [](const ocr::Zone& zone) {
           return zone.kind == ocr::BlockKind::HeaderLeft;
         });
}

std::vector<ocr::Block> take_off_slanted_stamps(ocr::Preprocessed& scan,
                                                ocr::Recognizer& recognizer) {
  const auto wording = [](const std::string& text) {
    // Of a handful of wordings one was read: that is surer than its letters are.
    constexpr double kExact = 0.9, kNear = 0.75;
    const extract::StampLike stamp = extract::stamp_words_like(diacritics::to_nfc(text));
    return ocr::StampText{std::string(stamp.printed), stamp.exact ? kExact : kNear, stamp.begins};
  };
  return ocr::take_off_slanted_stamps(recognizer, wording, scan);
}

void recognize_at_seals(ocr::Recognizer& recognizer, const ocr::Preprocessed& scan,
                        std::vector<ocr::Block>& blocks) {
  if (scan.seals.empty()) return;
  std::vector<ocr::Box> seals;
  for (const ocr::SealOnPage& seal : scan.seals) seals.push_back(box_of(seal.seal.circle));
  ocr::recognize_under_seals(recognizer, ocr::with_seals(scan), seals, blocks);
  ocr::recognize_beside_seals(recognizer, scan, blocks);
}

// The image that the boxes of the page refer to.
ocr::Image recognize_scan(Page& page, const ocr::Image& raster, int rotation_degrees,
                          PageWorker& worker, const Trace& trace) {
  std::optional<ocr::Dewarped> flat;
  const auto prepared = [&] {
    flat = ocr::dewarp(raster, rotation_degrees);
    return flat ? ocr::preprocess(flat->image, {})
                : ocr::preprocess(raster, {.rotation_degrees = rotation_degrees});
  };
  const int number = page.number;
  ocr::Preprocessed scan = trace.timed(number, "clean", prepared);
  if (rotation_degrees == 0 && ocr::rows_run_down(scan.components)) {
    rotation_degrees = trace.timed(
        number, "find_turn", [&] { return ocr::find_turn(worker.recognizer(), raster, scan); });
    if (rotation_degrees != 0) scan = trace.timed(number, "clean", prepared);
  }
  if (flat) trace.image(page.number, "dewarped", flat->image);
  trace.image(page.number, "preprocessed", scan.image);
  page.width = scan.image.width;
  page.height = scan.image.height;
  page.skew_degrees = scan.skew_degrees;
  page.rotation_degrees = rotation_degrees;
  page.preprocess = flat ? flat->steps : std::vector<std::string>{};
  page.preprocess.insert(page.preprocess.end(), scan.steps.begin(), scan.steps.end());
  const double points_per_pixel = raster.dpi > 0 ? 72 / raster.dpi : page.width_pt / raster.width;
  if (flat)
    page.to_displayed = {scan.to_raster, flat->to_photo.scaled(points_per_pixel)};
  else
    page.to_displayed = {scan.to_raster.then({points_per_pixel, 0, 0, 0, points_per_pixel, 0})};
  page.blocks.clear();
  page.seals.clear();
  if (scan.blank) {
    page.route = Route::Blank;
    return std::move(scan.image);
  }
  page.route = Route::Ocr;
  ocr::Recognizer& engine =
      trace.timed(number, "start_engine", [&] { return std::ref(worker.recognizer()); });
  ocr::Block stamp =
      trace.timed(number, "receipt_stamp", [&] { return take_off_receipt_stamp(scan, engine); });
  const auto find_zones = [&] {
    return trace.timed(number, "layout",
                       [&] { return ocr::find_zones_of_sheets(layout_input(scan)); });
  };
  std::vector<ocr::Zone> zones = find_zones();
  std::vector<ocr::Block> slanted;
  if (may_begin_document(number, zones)) {
    slanted = trace.timed(number, "slanted_stamps",
                          [&] { return take_off_slanted_stamps(scan, engine); });
    if (!slanted.empty()) zones = find_zones();
  }
  trace.zones(number, zones);
  page.blocks = trace.timed(number, "recognize_zones",
                            [&] { return ocr::recognize_zones(engine, scan.image, zones); });
  trace.timed(number, "columns", [&] { read_columns(page, scan, engine); });
  trace.timed(number, "recognize_leftovers",
              [&] { ocr::recognize_leftovers(engine, scan.image, scan.components, page.blocks); });
  trace.timed(number, "recognize_at_seals", [&] { recognize_at_seals(engine, scan, page.blocks); });
  // Last: whoever set it has read the rest.
  if (!stamp.lines.empty()) page.blocks.push_back(std::move(stamp));
  std::move(slanted.begin(), slanted.end(), std::back_inserter(page.blocks));
  trace.blocks(page.number, "recognized", page.blocks);
  trace.timed(number, "seal_text", [&] {
    for (const ocr::SealOnPage& seal : scan.seals) page.seals.push_back(read_seal(seal, engine));
  });
  page.unread_ink = std::move(scan.components);
  page.unread.clear();
  for (const ocr::Box& blot : scan.blots) page.unread.push_back({ocr::UnreadKind::Blot, blot, 1});
  return std::move(scan.image);
}

ocr::Image read_image(Page& page, const ocr::Image& raster, PageWorker& worker,
                      const Trace& trace) {
  ocr::Image image = recognize_scan(page, raster, 0, worker, trace);
  if (page.route == Route::Blank || ocr::mean_confidence_of(page.blocks) >= kWeakReading)
    return image;
  // Only pages that read badly are worth the time of looking which way is up, and only where there
  // are rows of letters at all. Those on their side were turned before.
  constexpr std::size_t kRowsMin = 3;
  if (ocr::find_text_rows(page.unread_ink).size() < kRowsMin) return image;
  const int turn = trace.timed(page.number, "find_turn",
                               [&] { return worker.recognizer().detect_rotation(raster); });
  if (turn == page.rotation_degrees) return image;
  Page turned = page;
  ocr::Image turned_image = recognize_scan(turned, raster, turn, worker, trace);
  if (ocr::mean_confidence_of(turned.blocks) <= ocr::mean_confidence_of(page.blocks)) return image;
  page = std::move(turned);
  return turned_image;
}

// Decides doubtful words; where some stay doubtful, after a second reading.
void decide(Page& page, const std::vector<ocr::Word>& layer, const ocr::Image& image,
            const diacritics::Restorer& restorer, PageWorker& worker, const Trace& trace) {
  Page judged = page;
  const auto decided = [&](Page& to) {
    trace.timed(page.number, "decide", [&] { decide_doubtful(to, layer, restorer); });
  };
  decided(judged);
  const std::vector<SecondReading> again = trace.timed(page.number, "read_again", [&] {
    return read_again(page, judged, image, [&] { return worker.second_recognizer(); });
  });
  if (again.empty()) {
    page = std::move(judged);
    return;
  }
  decided(page);
  mark_as_seen(page, again);
}

// What a reader of the record must know: print that is on the page and not in its text.
void note_unread(Page& page, const std::vector<ocr::Box>& ink) {
  page.unread_ink = unread_ink(ink, page.blocks);
  page.unread = unread_print(page);
  if (page.unread.empty()) return;
  page.warnings.push_back({"unread_print", "print in " + std::to_string(page.unread.size()) +
                                               " places of the page was not read"});
}

}  // namespace

void require_page(const ocr::Source& source, int number) {
  const int count = static_cast<int>(source.pages.size());
  if (number < 1 || number > count)
    throw std::invalid_argument("there is no page " + std::to_string(number) +
                                "; the document has " + std::to_string(count));
}

Page read_page(int number, const ocr::Source& source, const PageOptions& options,
               const diacritics::Restorer* restorer, PageWorker& worker, const Trace& trace) {
  const ocr::PageInfo& info = source.pages[static_cast<std::size_t>(number - 1)];
  Page page;
  page.number = number;
  page.width_pt = info.width_pt;
  page.height_pt = info.height_pt;
  page.dpi = info.image_dpi;

  std::vector<ocr::Word> layer =
      trace.timed(number, "text_layer", [&] { return worker.reader().text_layer(number); });
  std::vector<ocr::Word> annotated = words_of_annotations(worker.reader(), info, number);
  trace.words(number, "text-layer", layer);
  trace.words(number, "annotations", annotated);

  decode_layer(layer, page);
  page.route = choose_route(info, layer, options.ocr);
  drop_meaningless(layer);
  drop_meaningless(annotated);
  ocr::Image raster, image;
  std::vector<ocr::Word> stated;
  if (page.route == Route::TextLayer) {
    layer.insert(layer.end(), annotated.begin(), annotated.end());
    if (layer.empty()) page.warnings.push_back({"no_text_layer", "the page has no text layer"});
    const ocr::Image drawing =
        trace.timed(number, "draw", [&] { return worker.reader().draft(number); });
    trace.timed(number, "layout", [&] { read_text_layer(page, std::move(layer), drawing); });
    layer.clear();
  } else {
    raster = trace.timed(number, "draw",
                         [&] { return worker.reader().rasterize(number, options.max_megapixels); });
    trace.image(number, "raster", raster);
    if (page.dpi == 0) page.dpi = raster.dpi;
    image = read_image(page, raster, worker, trace);
    for (ocr::Word& word : annotated) word.box = page.to_displayed.apply_inverse(word.box);
    stated = trace.timed(number, "shown_text",
                         [&] { return stated_words(worker.reader(), page, layer, annotated); });
    ocr::insert_words(page.blocks, std::move(annotated));
  }
  // Beyond this point all text is NFC.
  normalize(page);
  if (page.route == Route::Ocr) drop_junk(page);
  extract::set_aligned_tables(page);
  if (page.route == Route::Ocr) {
    trace.timed(number, "read_figures", [&] {
      read_figures_again(page, image, [&] { return worker.second_recognizer(); });
    });
    mend_table_figures(page);
  }
  end_header(page);
  const std::vector<ocr::Box> ink = page.unread_ink;
  page.unread_ink = unread_ink(std::move(page.unread_ink), page.blocks);
  trace.blocks(number, "as-read", page.blocks);
  if (restorer != nullptr) {
    if (page.route == Route::TextLayer) {
      restore_layer(page, *restorer);
    } else if (page.route == Route::Ocr) {
      respace(page, *restorer);
      decide(page, layer, image, *restorer, worker, trace);
    }
  }
  if (page.route == Route::Ocr) mend_numerals(page, image);
  extract::name_parts(page);
  if (page.route == Route::Ocr) {
    trace.timed(number, "names", [&] {
      read_names(
          page, ink, raster, [&]() -> const ocr::NameReader& { return worker.name_reader(); },
          trace);
    });
    trace.timed(number, "slots", [&] {
      read_slots(page, ink, stated, raster, worker.digit_reader(), options.crop_slots, trace);
    });
  } else {
    note_slots(page);
  }
  if (page.route == Route::Ocr) note_unread(page, ink);
  trace.blocks(number, "cleaned", page.blocks);
  return page;
}

}  // namespace vanban::pipeline
