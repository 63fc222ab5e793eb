#include "extract/extract.h"

#include <algorithm>

#include "extract/decide_date.h"
#include "extract/header.h"
#include "extract/reading.h"
#include "extract/references.h"
#include "extract/signature_block.h"

namespace vanban::extract {

Record extract(const ocr::Document& document) {
  Record record;
  const std::vector<PageText> pages = reading_text(document);
  for (const PageText& page : pages) record.text_pages.push_back(page.text);
  // The header stands on the first page that is not empty.
  const auto first = std::find_if(pages.begin(), pages.end(),
                                  [](const PageText& page) { return !page.lines.empty(); });
  if (first != pages.end()) extract_header(*first, record);
  decide_date(pages, document, record);
  extract_signer(pages, record);
  extract_recipients(pages, record);
  record.references = find_references(pages, record.code);
  return record;
}

}  // namespace vanban::extract
