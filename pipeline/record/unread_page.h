// A page that could not be read keeps its place in the document, with a warning that says why.
#pragma once

#include <string_view>
#include <utility>

#include "ocr/document/document.h"
#include "ocr/open/source.h"

namespace vanban::pipeline {

// Codes of the warnings: reading failed; it was not tried again.
inline constexpr std::string_view kPageFailed = "page_failed", kPageGivenUp = "page_given_up";

// Whether a warning of this code means that the page was not read.
inline bool means_unread(std::string_view warning_code) {
  return warning_code == kPageFailed || warning_code == kPageGivenUp;
}

inline ocr::Page unread_page(int number, const ocr::PageInfo& info, ocr::Warning why) {
  ocr::Page page;
  page.number = number;
  page.width_pt = info.width_pt;
  page.height_pt = info.height_pt;
  page.warnings.push_back(std::move(why));
  return page;
}

}  // namespace vanban::pipeline
