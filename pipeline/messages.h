// What is told to people, in their language. Records and everything else for programs never depend
// on it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace vanban::pipeline {

enum class Language { English, Vietnamese };

// "en", "vi".
std::string_view name_of(Language language);
std::optional<Language> language_named(std::string_view name);

// A message of ours, written in English, in that language: by messages_vi.tsv, as a whole or part
// by part. What has no row there stays as it is.
std::string in_language(Language language, std::string_view message);

}  // namespace vanban::pipeline
