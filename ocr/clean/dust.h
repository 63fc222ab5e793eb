// What machines add to a page and nobody wrote: lines drawn by dust on a scanner's glass, screens
// of dots for grey paper, crumbs of toner. Looked for on the scan as it came, where lines are
// exactly upright and dots exactly black. Each function returns whether it found its cause; a page
// without it is not touched.
#pragma once

#include "ocr/image.h"

namespace vanban::ocr {

// Thin upright lines from edge to edge of a scan; ruling lines end before the edges.
bool take_off_streaks(Image& grey);

// On black-and-white scans: screens of dots become grey paper, then white, the print on them stays.
bool take_off_screens(Image& grey);

// On black-and-white scans with many of them: black crumbs smaller than any dot of print, and holes
// in the print as small. What a broken rule is made of stays.
bool take_off_crumbs(Image& grey);

}  // namespace vanban::ocr
