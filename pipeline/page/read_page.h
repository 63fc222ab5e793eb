// Reads one page: from its text layer or its image to words in reading order.
#pragma once

#include "diacritics/restore.h"
#include "ocr/document/document.h"
#include "ocr/open/source.h"
#include "pipeline/page/engines.h"
#include "pipeline/page/page_options.h"
#include "pipeline/page/trace.h"

namespace vanban::pipeline {

// Throws std::invalid_argument where the source has no page of this number.
void require_page(const ocr::Source& source, int number);

// The number counts from 1 and must be one of the source's. `restorer` puts doubtful and garbled
// words right; null: they stay as they were read. Throws ocr::InputError where the page cannot be
// read, ocr::EngineError where none can.
ocr::Page read_page(int number, const ocr::Source& source, const PageOptions& options,
                    const diacritics::Restorer* restorer, PageWorker& worker, const Trace& trace);

}  // namespace vanban::pipeline
