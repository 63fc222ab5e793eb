// Light and darkness of a grey page: what its paper is like without ink, and how to make paper
// white and print black where they are not.
#pragma once

#include <string>

#include "ocr/clean/bits.h"
#include "ocr/image.h"

namespace vanban::ocr {

// The level of paper after flattening.
inline constexpr int kPaperLevel = 245;

// The page's paper without its print, smoothed.
Image paper_of(const Image& grey);

// The page with its paper at kPaperLevel everywhere, and only its relative darkness left.
Image flattened(const Image& grey, const Image& paper);

// The ink of a flattened page, by Otsu's threshold.
Bits ink_of(const Image& flat);

// Whether no ink could be writing: too few marks of a letter's size that stand out from the noise
// of the paper, however faint, and no three of them in an even row.
bool is_blank(const Image& flat);

// Lights the page evenly where its paper is dark or uneven, darkens print that is faint. Names what
// was done: "flattened", "darkened", or nothing where the page is left as it is.
std::string light(Image& grey, const Image& paper, const Image& flat);

}  // namespace vanban::ocr
