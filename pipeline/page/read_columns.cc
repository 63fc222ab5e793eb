#include "pipeline/page/read_columns.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "diacritics/text/text.h"
#include "extract/words/vocabulary.h"
#include "ocr/layout/zones.h"

namespace vanban::pipeline {
namespace {

using ocr::Block;
using ocr::BlockKind;
using ocr::Box;
using ocr::Line;
using ocr::Word;

// A line of a page, by its block and its place in it.
struct LinePlace {
  std::size_t block = 0, line = 0;
};

std::string folded(const std::vector<Word>& words, std::size_t first, std::size_t last) {
  std::string out;
  for (std::size_t i = first; i < std::min(last, words.size()); ++i)
    out += (out.empty() ? "" : " ") + diacritics::fold(words[i].text);
  return out;
}

// ---- where two columns part

// The strip between `left` and `right` that the fewest letters touch below `top` and above
// `bottom`: its middle. Specks and strokes bar a strip, but not as much as a column of letters.
double gutter_between(const std::vector<Box>& ink, const Box& area, double text_height) {
  const double strip = text_height, step = std::max(1.0, text_height / 8);
  double least = -1;
  std::vector<double> places;
  for (double x = area.left; x + strip <= area.right; x += step) {
    double crossed = 0;
    for (const Box& box : ink)
      if (box.left < x + strip && box.right > x && box.center_y() > area.top &&
          box.center_y() < area.bottom)
        crossed += std::min(box.height(), text_height);
    if (least >= 0 && crossed > least) continue;
    if (least < 0 || crossed < least) places.clear();
    least = crossed;
    places.push_back(x + strip / 2);
  }
  return places.empty() ? area.center_x() : ocr::median(std::move(places));
}

// ---- blocks

// Words of `blocks` in `area` are taken out, with the lines and blocks that are left empty.
void take_out(std::vector<Block>& blocks, const Box& area) {
  for (Block& block : blocks) {
    if (block.kind == BlockKind::Table) continue;
    bool any = false;
    for (Line& line : block.lines) {
      const auto gone = std::erase_if(
          line.words, [&](const Word& word) { return area.holds_middle_of(word.box); });
      if (gone == 0) continue;
      any = true;
      line.box = ocr::box_of(line.words);
    }
    if (!any) continue;
    std::erase_if(block.lines, [](const Line& line) { return line.words.empty(); });
    block.box = {};
    for (const Line& line : block.lines) block.box = ocr::united(block.box, line.box);
  }
  std::erase_if(blocks, [](const Block& block) { return block.lines.empty(); });
}

class ColumnReader {
 public:
  ColumnReader(ocr::Page& page, const ocr::Preprocessed& scan, ocr::Recognizer& engine)
      : page_(page), scan_(scan), engine_(engine) {}

  void read() {
    if (scan_.text_height <= 0) return;
    if (const auto place = motto_beside_agency()) part_header(*place);
    if (const auto place = recipients_in_text()) part_end(*place);
  }

 private:
  const Line& line_at(const LinePlace& place) const {
    return page_.blocks[place.block].lines[place.line];
  }

  // ---- recipients and signature

  bool heads_recipients(const Line& line) const {
    // "Nơi nhận: TRƯỞNG BAN": what stands beside it was read into the line.
    constexpr double kGap = 1.2;  // letter heights
    const std::vector<Word>& words = line.words;
    if (words.size() < 2 || !extract::is_recipients_heading(folded(words, 0, 2))) return false;
    return words.size() == 2 || words[1].text.ends_with(':') ||
           words[2].box.left - words[1].box.right > kGap * scan_.text_height;
  }

  // The last heading of recipients that stands within the text, or below lines that were parted
  // with it though they are text.
  std::optional<LinePlace> recipients_in_text() const {
    constexpr double kLeft = 0.4;  // of the page: where the heading begins at most
    for (std::size_t b = page_.blocks.size(); b-- > 0;) {
      const Block& block = page_.blocks[b];
      for (std::size_t l = block.lines.size(); l-- > 0;) {
        const Line& line = block.lines[l];
        if (!heads_recipients(line) || line.box.left > kLeft * page_.width) continue;
        if (block.kind == BlockKind::Body) return LinePlace{b, l};
        if (block.kind == BlockKind::Recipients && cuts_text(line.box.top)) return LinePlace{b, l};
        return std::nullopt;
      }
    }
    return std::nullopt;
  }

  // Whether a signature that was found begins with the ends of lines of text above `top`.
  bool cuts_text(double top) const {
    constexpr std::size_t kWordsMin = 4;
    for (const Block& block : page_.blocks) {
      if (block.kind != BlockKind::Signature) continue;
      for (const Line& line : block.lines)
        if (line.box.bottom < top && line.words.size() >= kWordsMin &&
            !diacritics::is_upper(ocr::text_of(line)))
          return true;
    }
    return false;
  }

  void part_end(const LinePlace& place) {
    constexpr double kRightmost = 0.66;  // of the page: the gutter stands left of it
    constexpr double kAbove = 0.3;       // heights of the heading: its marks
    const Line heading = line_at(place);
    const bool in_text = page_.blocks[place.block].kind == BlockKind::Body;
    const double height = scan_.text_height;
    const double own_right = heading.words[1].box.right;
    const double top = heading.box.top - kAbove * heading.words[0].box.height();
    const double bottom = end_below(top);
    if (own_right + height > kRightmost * page_.width) return;
    const double x = gutter_between(scan_.components,
                                    {own_right, top, kRightmost * page_.width, bottom}, height);
    if (!has_ink({x, top, page_.width, bottom})) return;
    const double signature_top = title_top(x, top);
    std::vector<Area> areas;
    if (!in_text) areas.push_back({BlockKind::Body, {0, cut_text_top(top), page_.width, top}});
    areas.push_back({BlockKind::Recipients, {0, top, x, bottom}});
    areas.push_back({BlockKind::Signature, {x, signature_top, page_.width, bottom}});
    replace(areas);
  }

  // Where a table, or what stands below both columns, begins.
  double end_below(double top) const {
    double end = page_.height;
    for (const Block& block : page_.blocks)
      if (block.kind == BlockKind::Table && block.box.top > top) end = std::min(end, block.box.top);
    return end;
  }

  // The titles of the signature may begin a line or two above the heading of the recipients, alone
  // in their column.
  double title_top(double x, double top) const {
    constexpr double kFarthest = 7;  // letter heights
    double out = top;
    for (const Block& block : page_.blocks)
      for (const Line& line : block.lines)
        if (line.box.left > x && line.box.top > top - kFarthest * scan_.text_height &&
            line.box.top < out && extract::is_signing_line(ocr::text_of(line)))
          out = line.box.top - scan_.text_height / 2;
    return out;
  }

  // Where the lines begin that were parted though they are text.
  double cut_text_top(double top) const {
    double out = top;
    for (const Block& block : page_.blocks)
      if (block.kind == BlockKind::Recipients || block.kind == BlockKind::Signature)
        out = std::min(out, block.box.top);
    return out;
  }

  // ---- agency and motto

  // A line of the text that begins in the left half and goes on with the country's name.
  std::optional<LinePlace> motto_beside_agency() const {
    constexpr double kHead = 0.4;  // of the page
    for (std::size_t b = 0; b < page_.blocks.size(); ++b) {
      if (page_.blocks[b].kind != BlockKind::Body) continue;
      for (std::size_t l = 0; l < page_.blocks[b].lines.size(); ++l) {
        const Line& line = page_.blocks[b].lines[l];
        if (line.box.top < kHead * page_.height && motto_begin(line) > 0) return LinePlace{b, l};
      }
    }
    return std::nullopt;
  }

  // The word with which the country's name begins behind other words and a gap; 0 for none.
  std::size_t motto_begin(const Line& line) const {
    constexpr double kGap = 1.2;   // letter heights
    constexpr double kHalf = 0.3;  // of the page: it stands in the right half
    for (std::size_t i = 1; i + 3 < line.words.size(); ++i)
      if (diacritics::fold(line.words[i].text) == "cong" &&
          extract::names_country_or_party(folded(line.words, i, line.words.size())) &&
          line.words[i].box.left > kHalf * page_.width &&
          line.words[i].box.left - line.words[i - 1].box.right > kGap * scan_.text_height)
        return i;
    return 0;
  }

  void part_header(const LinePlace& place) {
    const Line line = line_at(place);
    const auto [x, bottom] = gutter_of_header(line);
    const double top = line.box.top - scan_.text_height;
    replace({{BlockKind::HeaderLeft, {0, top, x, bottom}},
             {BlockKind::HeaderRight, {x, top, page_.width, bottom}}});
  }

  struct Gutter {
    double x = 0, bottom = 0;
  };

  // Down to the last line that leaves it free: where none of its lines reaches.
  Gutter gutter_of_header(const Line& motto) const {
    constexpr int kLinesMax = 12;    // of both columns
    constexpr double kFarthest = 4;  // letter heights between two lines of a header
    constexpr double kGapBelow = 2;  // letter heights; the spaces of a title are narrower
    std::vector<const Line*> below;
    for (const Block& block : page_.blocks)
      if (block.kind != BlockKind::Table)
        for (const Line& line : block.lines)
          if (line.box.center_y() > motto.box.center_y()) below.push_back(&line);
    std::stable_sort(below.begin(), below.end(), [](const Line* a, const Line* b) {
      return a->box.center_y() < b->box.center_y();
    });
    const std::size_t begin = motto_begin(motto);
    double from = motto.words[begin - 1].box.right, to = motto.words[begin].box.left;
    const double middle = (from + to) / 2;
    double bottom = motto.box.bottom;
    int lines = 0;
    for (const Line* line : below) {
      double left = 0, right = page_.width;  // what stands nearest on either side
      for (const Word& word : line->words)
        if (word.box.center_x() < middle)
          left = std::max(left, word.box.right);
        else
          right = std::min(right, word.box.left);
      if (extract::begins_salutation(folded(line->words, 0, line->words.size()))) break;
      const bool both = left > 0 && right < page_.width;
      const bool free = std::max(left, from) < std::min(right, to) &&
                        (!both || right - left > kGapBelow * scan_.text_height);
      if (!free || ++lines > kLinesMax || line->box.top - bottom > kFarthest * scan_.text_height)
        break;
      from = std::max(left, from);
      to = std::min(right, to);
      bottom = std::max(bottom, line->box.bottom);
    }
    return {(from + to) / 2, bottom + scan_.text_height / 2};
  }

  // ---- both

  bool has_ink(const Box& area) const {
    constexpr int kFewestLetters = 4;
    return std::count_if(scan_.components.begin(), scan_.components.end(), [&](const Box& box) {
             return area.holds_middle_of(box);
           }) >= kFewestLetters;
  }

  struct Area {
    BlockKind kind = BlockKind::Body;
    Box box;
  };

  // The part of an area that holds its ink, with room around it.
  ocr::Zone zone_in(const Area& area) const {
    const double room = 2 * scan_.text_height;
    ocr::Zone zone{area.kind, {}, {}, {}};
    Box around;
    for (const Box& box : scan_.components)
      if (area.box.holds_middle_of(box)) {
        zone.ink.push_back(box);
        around = ocr::united(around, box);
      }
    zone.box = {std::max(area.box.left, around.left - room),
                std::max(area.box.top, around.top - room),
                std::min(area.box.right, around.right + room),
                std::min(area.box.bottom, around.bottom + room)};
    return zone;
  }

  // In place of all words in the areas what is read there now.
  void replace(const std::vector<Area>& areas) {
    std::vector<ocr::Zone> zones;
    for (const Area& area : areas)
      if (ocr::Zone zone = zone_in(area); !zone.ink.empty()) zones.push_back(std::move(zone));
    std::vector<Block> read = ocr::recognize_zones(engine_, scan_.image, zones);
    if (read.empty()) return;
    for (const Area& area : areas) take_out(page_.blocks, area.box);
    const auto next =
        std::find_if(page_.blocks.begin(), page_.blocks.end(),
                     [&](const Block& other) { return other.box.top > read.front().box.top; });
    page_.blocks.insert(next, std::make_move_iterator(read.begin()),
                        std::make_move_iterator(read.end()));
  }

  ocr::Page& page_;
  const ocr::Preprocessed& scan_;
  ocr::Recognizer& engine_;
};

}  // namespace

void read_columns(ocr::Page& page, const ocr::Preprocessed& scan, ocr::Recognizer& engine) {
  ColumnReader(page, scan, engine).read();
}

}  // namespace vanban::pipeline
