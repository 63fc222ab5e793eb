// Reads again what seals, pens and stamps hid of the names and titles of signatories.
#pragma once

#include <functional>
#include <vector>

#include "ocr/document/document.h"
#include "ocr/image.h"
#include "ocr/strips/name_reader.h"
#include "pipeline/page/trace.h"

namespace vanban::pipeline {

// Makes the reader when it is first needed.
using MakeReader = std::function<const ocr::NameReader&()>;

// Names and titles of which the engine lost a part are looked at by the name reader; what
// it is sure enough of takes the place of what was read. `ink`: boxes of all marks of the page.
void read_names(ocr::Page& page, const std::vector<ocr::Box>& ink, const ocr::Image& raster,
                const MakeReader& reader, const Trace& trace);

}  // namespace vanban::pipeline
