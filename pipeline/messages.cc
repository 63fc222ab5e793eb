#include "pipeline/messages.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <vector>

#include "embedded_messages_vi.h"

namespace vanban::pipeline {
namespace {

// "{} of {} files": what stands around the places, and the text in the other language.
struct Message {
  std::vector<std::string_view> around;
  std::string_view other;
  std::size_t letters = 0;  // of what stands around
};

struct Messages {
  std::map<std::string_view, std::string_view> whole;  // also those with places, as they are
  std::vector<Message> with_places;                    // those that say most first
};

Message message_of(std::string_view text, std::string_view other) {
  Message out{{}, other};
  for (std::size_t at = 0;;) {
    const std::size_t place = text.find("{}", at);
    out.around.push_back(text.substr(at, place - at));
    out.letters += out.around.back().size();
    if (place == text.npos) return out;
    at = place + 2;
  }
}

// A row that is little more than places would be found in anything.
bool is_distinct(const Message& message) {
  constexpr std::size_t kEnough = 10;
  return !message.around.front().empty() || message.letters >= kEnough;
}

Messages read_messages() {
  Messages out;
  std::string_view text = embedded::messages_vi();
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    const std::size_t tab = line.find('\t');
    if (line.starts_with('#') || tab == line.npos) continue;
    const std::string_view english = line.substr(0, tab), other = line.substr(tab + 1);
    out.whole.emplace(english, other);
    Message message = message_of(english, other);
    if (message.around.size() > 1 && is_distinct(message))
      out.with_places.push_back(std::move(message));
  }
  std::stable_sort(out.with_places.begin(), out.with_places.end(),
                   [](const Message& a, const Message& b) { return a.letters > b.letters; });
  return out;
}

// What stands in the places; none where the text is another message.
std::optional<std::vector<std::string_view>> places_in(std::string_view text,
                                                       const Message& message) {
  if (!text.starts_with(message.around.front())) return std::nullopt;
  std::vector<std::string_view> out;
  std::size_t at = message.around.front().size();
  for (std::size_t i = 1; i < message.around.size(); ++i) {
    const std::string_view next = message.around[i];
    const bool last = i + 1 == message.around.size();
    if (last && (text.size() < at + next.size() || !text.ends_with(next))) return std::nullopt;
    const std::size_t end = last ? text.size() - next.size() : text.find(next, at);
    if (end == text.npos || end <= at) return std::nullopt;
    out.push_back(text.substr(at, end - at));
    // What stands before a colon is told apart; see below.
    if (!last && out.back().find(": ") != text.npos) return std::nullopt;
    at = end + next.size();
  }
  return out;
}

std::string translated(std::string_view text);

// `other` with {} and {0}, {1} ... filled in.
std::string filled_in(std::string_view other, const std::vector<std::string_view>& places) {
  std::string out;
  std::size_t next = 0;
  for (std::size_t i = 0; i < other.size(); ++i) {
    const std::size_t end = other[i] == '{' ? other.find('}', i) : other.npos;
    if (end == other.npos) {
      out += other[i];
      continue;
    }
    const std::string number(other.substr(i + 1, end - i - 1));
    const std::size_t place =
        number.empty() ? next++ : static_cast<std::size_t>(std::atoi(number.c_str()));
    if (place < places.size()) out += translated(places[place]);
    i = end;
  }
  return out;
}

// As a whole, with what stands in its places.
std::optional<std::string> by_table(std::string_view text) {
  static const Messages messages = read_messages();
  if (const auto row = messages.whole.find(text); row != messages.whole.end())
    return std::string(row->second);
  for (const Message& message : messages.with_places)
    if (const auto places = places_in(text, message)) return filled_in(message.other, *places);
  return std::nullopt;
}

// As a whole; else what stands in a bracket, and before a colon, apart from the rest.
std::string translated(std::string_view text) {
  if (auto whole = by_table(text)) return *whole;
  const auto part = [](std::string_view one) { return by_table(one).value_or(std::string(one)); };
  if (const std::size_t open = text.rfind(" ("); text.ends_with(')') && open != text.npos)
    return translated(text.substr(0, open)) + " (" +
           part(text.substr(open + 2, text.size() - open - 3)) + ')';
  std::size_t first = text.npos;
  for (const std::string_view between : {": ", "; ", ", "})
    first = std::min(first, text.find(between));
  if (first == text.npos) return std::string(text);
  return part(text.substr(0, first)) + std::string(text.substr(first, 2)) +
         translated(text.substr(first + 2));
}

}  // namespace

std::string_view name_of(Language language) {
  return language == Language::Vietnamese ? "vi" : "en";
}

std::optional<Language> language_named(std::string_view name) {
  for (const Language language : {Language::English, Language::Vietnamese})
    if (name == name_of(language)) return language;
  return std::nullopt;
}

std::string in_language(Language language, std::string_view message) {
  return language == Language::English ? std::string(message) : translated(message);
}

}  // namespace vanban::pipeline
