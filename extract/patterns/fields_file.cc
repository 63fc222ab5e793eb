#include "extract/patterns/fields_file.h"

#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <utility>

#include "extract/patterns/pattern_fields.h"

namespace vanban::extract {
namespace {

using ocr::BlockKind;

constexpr std::size_t kFileSizeMax = 1 << 20, kPatternLengthMax = 2000;

// Patterns of kinds of values, for those who do not write expressions.
constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kTypes{
    {{"text", R"(\S.*\S|\S)"},
     {"date",
      R"((?i)\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|ngày\s*\d{1,2}\s*tháng\s*\d{1,2}\s*năm\s*\d{4})"},
     {"number", R"(\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?)"},
     {"code", R"(\d{1,5}[A-Z]?\s*[/-]\s*[\p{Lu}\d][\p{L}\d&]*(?:[-/][\p{L}\d&]+)*)"},
     {"email", R"([A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)"},
     {"phone", R"((?:\+84|\(?0)\d[\d .()-]{6,14}\d)"},
     {"url", R"((?i)(?:https?://|www\.)[^\s,;]*[^\s,;.)])"},
     {"money", R"((\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?\s*(?:đồng|đ|VNĐ))"}}};

constexpr std::array<std::pair<std::string_view, Normaliser>, 8> kNormalisers{
    {{"none", Normaliser::None},
     {"upper", Normaliser::Upper},
     {"lower", Normaliser::Lower},
     {"sentence", Normaliser::Sentence},
     {"digits", Normaliser::Digits},
     {"iso_date", Normaliser::IsoDate},
     {"number", Normaliser::Number},
     {"without_marks", Normaliser::WithoutMarks}}};

constexpr std::array<BlockKind, 9> kZones{
    BlockKind::HeaderLeft, BlockKind::HeaderRight, BlockKind::Title,
    BlockKind::Addressees, BlockKind::Body,        BlockKind::Table,
    BlockKind::Recipients, BlockKind::Signature,   BlockKind::FootAddress};

template <typename Names>
std::string listed(const Names& names) {
  std::string out;
  for (const auto& [name, what] : names) out += (out.empty() ? "" : ", ") + std::string(name);
  return out;
}

// Reads one [[field]]; what is wrong goes to the mistakes.
class FieldReader {
 public:
  FieldReader(const toml::table& table, std::vector<std::string>& mistakes)
      : table_(table), mistakes_(mistakes) {}

  FieldPattern read() {
    FieldPattern out;
    read_name(out);
    check_keys();
    read_place(out);
    read_pattern(out);
    if (const auto* name = text("normalise"))
      choose(*name, kNormalisers, "normalise", out.normaliser);
    out.required = flag("required");
    out.many = flag("many");
    read_check(out.check);
    return out;
  }

 private:
  void wrong(const toml::node* at, const std::string& why) {
    const auto line = (at != nullptr ? at->source() : table_.source()).begin.line;
    mistakes_.push_back("line " + std::to_string(line) + ": " +
                        (name_.empty() ? "a field" : "field " + name_) + ": " + why);
  }

  // The text of a key; null where it is not there, or no text.
  const std::string* text(std::string_view key) {
    const toml::node* node = table_.get(key);
    if (node == nullptr) return nullptr;
    if (const auto* value = node->as_string()) return &value->get();
    wrong(node, std::string(key) + " must be a text in quotes");
    return nullptr;
  }

  bool flag(std::string_view key) {
    const toml::node* node = table_.get(key);
    if (node == nullptr) return false;
    if (const auto* value = node->as_boolean()) return value->get();
    wrong(node, std::string(key) + " must be true or false");
    return false;
  }

  template <typename Choices, typename Value>
  void choose(const std::string& name, const Choices& choices, const char* key, Value& out) {
    for (const auto& [known, value] : choices)
      if (known == name) {
        out = Value(value);
        return;
      }
    wrong(table_.get(key),
          "there is no " + std::string(key) + " \"" + name + "\"; choose from " + listed(choices));
  }

  void read_name(FieldPattern& out) {
    const std::string* name = text("name");
    if (name == nullptr) {
      if (!table_.contains("name")) wrong(nullptr, "it has no name");
      return;
    }
    const bool snake_case =
        !name->empty() && (*name)[0] >= 'a' && (*name)[0] <= 'z' &&
        name->find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string::npos;
    if (!snake_case)
      wrong(table_.get("name"),
            "the name \"" + *name + "\" must be of a to z, 0 to 9 and _, and begin with a letter");
    out.name = name_ = *name;
  }

  void check_keys() {
    static const std::set<std::string_view> kKeys{"name",     "description", "zone", "page",
                                                  "anchor",   "pattern",     "type", "normalise",
                                                  "required", "many",        "check"};
    for (const auto& [key, node] : table_)
      if (!kKeys.contains(key.str()))
        wrong(&node, "there is no key \"" + std::string(key.str()) + "\"");
    text("description");
  }

  void add_zone(const toml::node& node, FieldPattern& out) {
    const auto* name = node.as_string();
    const auto zone = std::find_if(kZones.begin(), kZones.end(), [&](BlockKind kind) {
      return name != nullptr && ocr::name_of(kind) == name->get();
    });
    if (zone != kZones.end()) {
      out.zones.push_back(*zone);
      return;
    }
    std::string names;
    for (const BlockKind kind : kZones)
      names += (names.empty() ? "" : ", ") + std::string(ocr::name_of(kind));
    wrong(&node, "a zone must be one of " + names);
  }

  void read_place(FieldPattern& out) {
    if (const toml::node* zone = table_.get("zone")) {
      if (const auto* zones = zone->as_array())
        for (const toml::node& each : *zones) add_zone(each, out);
      else
        add_zone(*zone, out);
    }
    if (const toml::node* page = table_.get("page")) {
      const auto number = page->value<std::int64_t>();
      const auto* word = page->as_string();
      if (word != nullptr && word->get() == "first")
        out.page = 1;
      else if (word != nullptr && word->get() == "last")
        out.page = -1;
      else if (word == nullptr && number && *number >= 1 && *number <= 100000)
        out.page = static_cast<int>(*number);
      else
        wrong(page, "page must be \"first\", \"last\" or a number from 1");
    }
    if (const std::string* anchor = text("anchor")) out.anchor = *anchor;
  }

  void read_pattern(FieldPattern& out) {
    const std::string *pattern = text("pattern"), *type = text("type");
    if (table_.contains("pattern") == table_.contains("type")) {
      wrong(nullptr, "it must have either a pattern or a type");
      return;
    }
    if (type != nullptr) {
      choose(*type, kTypes, "type", out.pattern);
      return;
    }
    if (pattern == nullptr) return;
    if (pattern->size() > kPatternLengthMax) {
      wrong(table_.get("pattern"), "the pattern has more than 2000 bytes");
      return;
    }
    const std::string fault = pattern_fault(*pattern);
    if (!fault.empty())
      wrong(table_.get("pattern"), "the pattern is no regular expression: " + fault);
    out.pattern = *pattern;
  }

  void read_check(ValueCheck& out) {
    const toml::node* node = table_.get("check");
    if (node == nullptr) return;
    const toml::table* check = node->as_table();
    if (check == nullptr) {
      wrong(node, "check must be a table, as in check = { min = 1, max = 31 }");
      return;
    }
    for (const auto& [key, value] : *check) {
      const auto number = value.is_number() ? value.value<double>() : std::nullopt;
      if (key == "min" && number)
        out.min = number;
      else if (key == "max" && number)
        out.max = number;
      else if (key == "length_max" && number && *number >= 1)
        out.length_max = static_cast<std::size_t>(*number);
      else if (key == "one_of" && value.is_array())
        for (const toml::node& each : *value.as_array()) {
          if (const auto* choice = each.as_string())
            out.one_of.push_back(choice->get());
          else
            wrong(&each, "one_of must be texts in quotes");
        }
      else
        wrong(&value, "check has min, max, length_max (numbers) and one_of (texts), not \"" +
                          std::string(key.str()) + "\" as it stands here");
    }
    if (out.min && out.max && *out.min > *out.max) wrong(node, "check: min is greater than max");
  }

  const toml::table& table_;
  std::vector<std::string>& mistakes_;
  std::string name_;
};

// The line, from 1, of the first character beyond ASCII that stands in neither a text nor a
// comment; nothing where none does. TOML has none there, and toml++ counts on some of them not to
// come.
std::optional<std::size_t> line_of_stray_letter(std::string_view text) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  std::size_t line = 1;
  std::string_view end;  // of the text or comment that is open; empty: none is
  for (std::size_t at = text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
       at < text.size();) {
    const std::string_view rest = text.substr(at);
    std::size_t length = 1;
    if (end.empty()) {
      if (static_cast<unsigned char>(rest[0]) > 0x7F) return line;
      for (const std::string_view mark : {"\"\"\"", "'''", "\"", "'"})
        if (end.empty() && rest.starts_with(mark)) end = mark;
      length = std::max<std::size_t>(end.size(), 1);
      if (rest[0] == '#') end = "\n";
    } else if (rest.starts_with(end)) {
      length = end.size();
      end = {};
    } else if (end[0] == '"' && rest[0] == '\\') {
      length = 2;
    } else if (end.size() == 1 && rest[0] == '\n') {
      end = {};  // of one line, and a mistake
    }
    const std::string_view passed = rest.substr(0, length);
    line += static_cast<std::size_t>(std::count(passed.begin(), passed.end(), '\n'));
    at += length;
  }
  return std::nullopt;
}

}  // namespace

FieldsFile parse_fields(std::string_view text) {
  FieldsFile out;
  if (text.size() > kFileSizeMax) {
    out.mistakes.push_back("the file is larger than 1 MB");
    return out;
  }
  if (const auto line = line_of_stray_letter(text)) {
    out.mistakes.push_back("line " + std::to_string(*line) +
                           ": letters beyond ASCII stand in quotation marks or behind #");
    return out;
  }
  const toml::parse_result parsed = toml::parse(text);
  if (!parsed) {
    out.mistakes.push_back("line " + std::to_string(parsed.error().source().begin.line) + ": " +
                           std::string(parsed.error().description()));
    return out;
  }
  for (const auto& [key, node] : parsed.table())
    if (key != "field" || !node.is_array_of_tables())
      out.mistakes.push_back("line " + std::to_string(node.source().begin.line) +
                             ": the file has nothing but [[field]] tables, not \"" +
                             std::string(key.str()) + "\"");
  const toml::node* fields = parsed.table().get("field");
  if (!out.mistakes.empty()) return out;
  if (fields == nullptr) {
    out.mistakes.push_back("line 1: the file has no [[field]]");
    return out;
  }
  std::set<std::string> names;
  for (const toml::node& field : *fields->as_array()) {
    FieldPattern pattern = FieldReader(*field.as_table(), out.mistakes).read();
    if (!pattern.name.empty() && !names.insert(pattern.name).second)
      out.mistakes.push_back("line " + std::to_string(field.source().begin.line) + ": field " +
                             pattern.name + ": there is another of this name");
    out.patterns.push_back(std::move(pattern));
  }
  return out;
}

}  // namespace vanban::extract
