// The libraries that pages are opened and read with, as they name their versions themselves.
#pragma once

#include <string>
#include <vector>

namespace vanban::ocr {

struct LibraryVersion {
  std::string name, version;
};

std::vector<LibraryVersion> libraries();

}  // namespace vanban::ocr
