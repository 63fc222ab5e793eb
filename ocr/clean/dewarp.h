// Makes a flat page of a photographed one: what lies around the paper cut off, light evened,
// perspective and curl taken out in one warp. Done only where rows of text or the edges of the
// paper show that the page is not flat; a scan is left alone.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ocr/document/geometry.h"
#include "ocr/image.h"

namespace vanban::ocr {

struct Dewarped {
  Image image;    // of known density, from the size of the paper or of the letters
  Mesh to_photo;  // pixels of `image` to pixels of the photo as given
  std::vector<std::string> steps;
};

// `rotation_degrees` is the clockwise turn to apply first: 0, 90, 180, 270. nullopt where the page
// is flat, or nothing tells its shape.
std::optional<Dewarped> dewarp(const Image& photo, int rotation_degrees = 0);

}  // namespace vanban::ocr
