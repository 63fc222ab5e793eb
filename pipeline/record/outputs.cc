#include "pipeline/record/outputs.h"

#include <algorithm>
#include <array>
#include <exception>
#include <utility>

#include "extract/reading.h"
#include "ocr/copy/searchable_pdf.h"
#include "ocr/document/error.h"
#include "pipeline/record/alto.h"
#include "pipeline/record/hocr.h"
#include "pipeline/record/text_layer.h"

namespace vanban::pipeline {
namespace {

using Warnings = std::vector<ocr::Warning>;

std::string make_text(const ReadDocument& read, Warnings&) {
  std::string out;
  for (const extract::PageText& page : extract::reading_text(read.document))
    out += (out.empty() ? "" : "\f") + page.text + '\n';
  return out;
}

std::string make_pdf(const ReadDocument& read, Warnings& warnings) {
  ocr::SearchableCopy copy =
      ocr::write_searchable_pdf(read.source, text_layer(read.document), pdf_metadata(read.record));
  warnings.insert(warnings.end(), copy.warnings.begin(), copy.warnings.end());
  return std::move(copy.pdf);
}

std::string make_alto(const ReadDocument& read, Warnings&) {
  return to_alto(read.document, read.provenance);
}

std::string make_hocr(const ReadDocument& read, Warnings&) {
  return to_hocr(read.document, read.provenance);
}

constexpr std::array kForms{
    OutputForm{"text", "txt", "text/plain", "the text, pages parted by form feeds", make_text},
    OutputForm{"pdf", "pdf", "application/pdf",
               "a copy that can be searched: the pages as they are, the words invisible over them; "
               "PDF/A-2b where the document allows it",
               make_pdf},
    OutputForm{"alto", "xml", "application/xml", "the words and their places as ALTO 4", make_alto},
    OutputForm{"hocr", "html", "text/html", "the words and their places as hOCR", make_hocr}};

}  // namespace

std::span<const OutputForm> output_forms() { return kForms; }

std::map<std::string, std::string> make_outputs(const std::set<std::string>& names,
                                                const ReadDocument& read, Warnings& warnings) {
  std::map<std::string, std::string> out;
  for (const std::string& name : names)
    if (std::none_of(kForms.begin(), kForms.end(),
                     [&](const OutputForm& form) { return form.name == name; }))
      throw Error(ErrorKind::Usage, "there is no output " + name);
  for (const OutputForm& form : kForms) {
    const std::string name(form.name);
    if (!names.contains(name)) continue;
    try {
      out[name] = form.make(read, warnings);
    } catch (const std::exception& error) {
      // The record is whole without it.
      warnings.push_back(
          {std::string(kOutputFailed), "--" + name + " could not be made: " + error.what()});
    }
  }
  return out;
}

}  // namespace vanban::pipeline
