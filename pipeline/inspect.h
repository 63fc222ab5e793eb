// Shows a person what the program saw on a page.
#pragma once

#include <string>

#include "pipeline/options.h"
#include "pipeline/run.h"

namespace vanban::pipeline {

// Reads one page, counted from 1, as `convert` does, and gives a PNG of it with what was read drawn
// over (see ocr/draw.h). Of the options, `pages` and `jobs` do not matter. Throws as `convert`;
// also where that would make a warning, that the page cannot be read, and Error Secret where the
// page bears a mark of secrecy and the policy is another than All.
std::string inspect(Input input, int page_number, const Options& options);

}  // namespace vanban::pipeline
