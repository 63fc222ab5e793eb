#include "ocr/document/error.h"

#include <array>
#include <utility>

namespace vanban {
namespace {

constexpr std::array<std::pair<ErrorKind, std::string_view>, 16> kNames{
    {{ErrorKind::NotReadable, "not_readable"},
     {ErrorKind::Unsupported, "unsupported"},
     {ErrorKind::Damaged, "damaged"},
     {ErrorKind::Encrypted, "encrypted"},
     {ErrorKind::Secret, "secret"},
     {ErrorKind::Empty, "empty"},
     {ErrorKind::TooLarge, "too_large"},
     {ErrorKind::OutOfMemory, "out_of_memory"},
     {ErrorKind::Engine, "engine"},
     {ErrorKind::Output, "output"},
     {ErrorKind::Access, "access"},
     {ErrorKind::Ledger, "ledger"},
     {ErrorKind::Busy, "busy"},
     {ErrorKind::Usage, "usage"},
     {ErrorKind::Interrupted, "interrupted"},
     {ErrorKind::Internal, "internal"}}};

}  // namespace

std::string_view name_of(ErrorKind kind) {
  for (const auto& [of, name] : kNames)
    if (of == kind) return name;
  return "internal";
}

std::optional<ErrorKind> error_kind(std::string_view name) {
  for (const auto& [kind, of] : kNames)
    if (of == name) return kind;
  return std::nullopt;
}

bool ends_all(ErrorKind kind) { return kind == ErrorKind::Engine || kind == ErrorKind::Output; }

}  // namespace vanban
