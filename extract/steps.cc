#include "extract/steps.h"

#include <utility>

namespace vanban::extract {

void note(Steps& steps, std::string_view topic, const TextLine& line, std::string outcome) {
  steps.push_back({std::string(topic), line.page == nullptr ? 0 : line.page->number,
                   std::string(ocr::name_of(line.kind)), line.text, std::move(outcome)});
}

void note(Steps& steps, std::string_view topic, std::string outcome) {
  steps.push_back({std::string(topic), 0, {}, {}, std::move(outcome)});
}

}  // namespace vanban::extract
