#include "ocr/digest.h"

#include <catch2/catch.hpp>
#include <string>

namespace vanban::ocr {
namespace {

// FIPS 180-4's examples, and nothing at all.
TEST_CASE("digests are those of SHA-256") {
  CHECK(sha256_hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256_hex(std::string(1'000'000, 'a')) ==
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("every byte counts, those of value 0 too") {
  CHECK(sha256_hex(std::string("a\0b", 3)) != sha256_hex("a"));
}

TEST_CASE("a digest is known by its digits") {
  CHECK(is_sha256_hex(sha256_hex("")));
  for (const std::string& other : {std::string(), std::string(63, 'a'), std::string(65, 'a'),
                                   std::string(64, 'A'), std::string(63, 'a') + '/'})
    CHECK_FALSE(is_sha256_hex(other));
}

}  // namespace
}  // namespace vanban::ocr
