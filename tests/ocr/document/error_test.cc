#include "ocr/document/error.h"

#include <catch2/catch.hpp>

namespace vanban {
namespace {

TEST_CASE("a kind of fault is known by its name, and only by that") {
  const auto kind = static_cast<ErrorKind>(GENERATE(range(0, 15)));
  CAPTURE(name_of(kind));
  CHECK(error_kind(name_of(kind)) == kind);
  CHECK(error_kind("no_such_fault") == std::nullopt);
  CHECK(error_kind("") == std::nullopt);
}

TEST_CASE("a file that cannot be read ends nothing, a missing engine and a full disk do") {
  CHECK_FALSE(ends_all(ErrorKind::Damaged));
  CHECK_FALSE(ends_all(ErrorKind::OutOfMemory));
  CHECK(ends_all(ErrorKind::Engine));
  CHECK(ends_all(ErrorKind::Output));
}

TEST_CASE("whoever catches an error learns its kind") {
  try {
    throw ocr::InputError(ErrorKind::Encrypted, "locked");
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::Encrypted);
    CHECK(std::string(error.what()) == "locked");
  }
}

}  // namespace
}  // namespace vanban
