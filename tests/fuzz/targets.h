// What parsers of ours are fed with: bytes that nobody meant. A target returns where the bytes are
// refused as they should be, by the exceptions that its parser's header names; others it lets
// through.
#pragma once

#include <string_view>

namespace vanban::fuzz {

void feed_convert(std::string_view bytes);
void feed_ledger(std::string_view bytes);
void feed_messages(std::string_view bytes);
void feed_model(std::string_view bytes);
void feed_patterns(std::string_view bytes);
void feed_records(std::string_view bytes);
void feed_register(std::string_view bytes);
void feed_scan(std::string_view bytes);
void feed_shards(std::string_view bytes);
void feed_text(std::string_view bytes);

}  // namespace vanban::fuzz
