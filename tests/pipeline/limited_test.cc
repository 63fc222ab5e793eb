#include "pipeline/limited.h"

#include <atomic>
#include <chrono>
#include <csignal>
#include <stdexcept>
#include <string>
#include <thread>

#include <catch2/catch.hpp>

#include "ocr/document/error.h"
#include "tests/folder.h"
#include "tests/pipeline/endless_pdf.h"
#include "tests/pipeline/fake_engine.h"
#include "tests/pipeline/made_model.h"

namespace vanban::pipeline {
namespace {

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
  CHECK_THROWS_WITH(convert_limited({"a.pdf", tests::endless_pdf()}, limited.options),
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
  CHECK_THROWS_AS(explain_limited({"a.pdf", tests::endless_pdf()}, without_model, "number"),
                  ocr::EngineError);
}

TEST_CASE("an engine that hangs costs its page, and one that crashes") {
  Limited limited;
  const bool hangs = GENERATE(true, false);
  CAPTURE(hangs);
  if (!hangs) limited.options.limits.page_seconds = 600;
  Options& options = limited.options.options;
  options =
      tests::options_with([hangs](const ocr::Image&, const ocr::Box& region, ocr::Segmentation) {
        std::signal(SIGSEGV, SIG_DFL);  // what tells of tests would tell of this, too
        if (!hangs) std::raise(SIGSEGV);
        std::this_thread::sleep_for(std::chrono::hours(1));
        return tests::line_in(region, {"a"});
      });
  // The first page of it has no words and is read by the engine.
  options.pages = {{1, 1}};
  const auto begun = std::chrono::steady_clock::now();
  CHECK_THROWS_WITH(convert_limited(tests::sample("cong-van-scan.pdf"), limited.options),
                    Catch::Contains(hangs ? "page 1 took more than the" : "crashed"));
  CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds(30));
}

TEST_CASE("a stuck page does not keep the caller from ending it") {
  Limited limited;
  const std::atomic<bool> cancelled{true};
  limited.options.options.cancelled = &cancelled;
  limited.options.limits.page_seconds = 600;
  CHECK_THROWS_AS(inspect_limited({"a.pdf", tests::endless_pdf()}, 1, limited.options),
                  Interrupted);
}

}  // namespace
}  // namespace vanban::pipeline
