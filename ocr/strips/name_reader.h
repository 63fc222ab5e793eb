// Reads the names and titles of signatories where a seal, a pen or a stamp lies over them.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "ocr/document/document.h"
#include "ocr/image.h"
#include "ocr/strips/strip_network.h"
#include "ocr/strips/strips.h"

namespace vanban::ocr {

// A strip as the network sees it, in one view or several; none where there is no print in it.
struct NameLook {
  std::vector<ColumnShares> views;
  std::size_t picture = 0;  // which of those looked at shows most
};

enum class Care { Glance, Stare };  // one view, several

// A convolutional network over strips with a sequence loss, trained by tools/train_signatures on
// print and name stamps with seals and pens over them. One for each thread.
class NameReader {
 public:
  NameReader();

  // Grey pictures of a raster to look at; not of the page's image, from which seals were taken. In
  // colour, first black ink alone, then all inks: name stamps may be red or blue.
  static std::vector<Image> pictures(const Image& raster);

  // The strip begins at the place's left, must hold the whole line, and reaches 21 heights of
  // capitals to the right. What its picture shows most surely is seen.
  NameLook look(std::span<const Image> pictures, const RasterMap& map, const StripPlace& place,
                Care care) const;
  // The likeliest readings of each view with their mean shares among all ways of reading, [0, 1],
  // best first.
  static std::vector<Alternative> readings(const NameLook& look);
  // The share of one reading; 0 where it has letters that the reader does not know.
  static double share(const NameLook& look, std::string_view text);

  // What `look` looks at with care, ink black, one view below another.
  static Image views(std::span<const Image> pictures, const RasterMap& map,
                     const StripPlace& place);

 private:
  StripNetwork network_;
};

}  // namespace vanban::ocr
