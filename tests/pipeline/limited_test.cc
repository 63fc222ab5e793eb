#include "pipeline/limited.h"

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <string>

#include <catch2/catch.hpp>

#include "ocr/document/error.h"
#include "tests/folder.h"
#include "tests/pipeline/made_model.h"

namespace vanban::pipeline {
namespace {

// A page that draws a form ten times, which draws another ten times, and so on.
std::string endless_pdf() {
  constexpr int kForms = 12;
  const auto object = [](int number, const std::string& dictionary, const std::string& content) {
    return std::to_string(number) + " 0 obj << " + dictionary + " /Length " +
           std::to_string(content.size()) + " >> stream\n" + content + "\nendstream endobj\n";
  };
  std::string ten;
  for (int i = 0; i < 10; ++i) ten += "/F Do ";
  std::string pdf =
      "%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n"
      "2 0 obj << /Type /Pages /Count 1 /Kids [3 0 R] >> endobj\n"
      "3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
      "/Resources << /XObject << /F 5 0 R >> >> >> endobj\n" +
      object(4, "", ten);
  for (int i = 0; i < kForms; ++i)
    pdf += object(5 + i,
                  "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F " +
                      std::to_string(6 + i) + " 0 R >> >>",
                  ten);
  pdf += object(5 + kForms, "/Type /XObject /Subtype /Form /BBox [0 0 9 9]", "0 0 9 9 re f");
  return pdf + "trailer << /Root 1 0 R >>\n%%EOF\n";
}

struct Limited {
  tests::Folder folder;
  LimitedOptions options;
  Limited() {
    tests::write(folder / "model", made_model());
    options.model = (folder / "model").string();
    options.options.jobs = 1;
    options.limits.page_seconds = 0.5;
  }
};

TEST_CASE("a page beyond its time ends with its file, soon and with the limit's name") {
  const Limited limited;
  const auto begun = std::chrono::steady_clock::now();
  CHECK_THROWS_WITH(convert_limited({"a.pdf", endless_pdf()}, limited.options),
                    Catch::Contains("0.5 s allowed (--page-seconds)") ||
                        Catch::Contains("outside of its pages (--page-seconds)"));
  CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds(20));
}

TEST_CASE("what is wrong with a file is told as without limits") {
  const Limited limited;
  try {
    convert_limited({"a.pdf", "no scan"}, limited.options);
    FAIL("nothing was thrown");
  } catch (const ocr::InputError& error) {
    CHECK(error.kind() == ErrorKind::Unsupported);
  }
  LimitedOptions without_model = limited.options;
  without_model.model = "none";
  CHECK_THROWS_AS(explain_limited({"a.pdf", endless_pdf()}, without_model, "number"),
                  ocr::EngineError);
}

TEST_CASE("a stuck page does not keep the caller from ending it") {
  Limited limited;
  const std::atomic<bool> cancelled{true};
  limited.options.options.cancelled = &cancelled;
  limited.options.limits.page_seconds = 600;
  CHECK_THROWS_AS(inspect_limited({"a.pdf", endless_pdf()}, 1, limited.options), Interrupted);
}

}  // namespace
}  // namespace vanban::pipeline
