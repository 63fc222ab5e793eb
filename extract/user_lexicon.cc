#include "extract/user_lexicon.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "diacritics/text/text.h"
#include "extract/document_fields.h"
#include "extract/elements/number_symbol.h"
#include "extract/fields.h"
#include "extract/words/vocabulary.h"

namespace vanban::extract {
namespace {

struct KindRow {
  LexiconKind kind;
  std::string_view word;
  std::size_t parts;  // behind the word
};

constexpr std::array<KindRow, 6> kKinds{{{LexiconKind::Person, "person", 1},
                                         {LexiconKind::Body, "body", 1},
                                         {LexiconKind::Symbol, "symbol", 1},
                                         {LexiconKind::Pattern, "pattern", 2},
                                         {LexiconKind::Confusion, "confusion", 3},
                                         {LexiconKind::Reading, "reading", 3}}};

// Dates are days of the calendar and no text; the code follows from number and symbol.
bool takes_entries(std::string_view name) {
  const DocumentField* field = document_field(name);
  return field != nullptr && field->single && name != "code" && !name.ends_with("date");
}

// ---- The file

std::vector<std::string> parts_of(std::string_view line) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at <= line.size();) {
    const std::size_t end = std::min(line.find('\t', at), line.size());
    const std::vector<std::string> words = diacritics::split_words(line.substr(at, end - at));
    std::string part;
    for (const std::string& word : words) part += (part.empty() ? "" : " ") + word;
    out.push_back(diacritics::to_nfc(part));
    at = end + 1;
  }
  return out;
}

// The entry, or what is wrong with it.
std::pair<LexiconEntry, std::string> entry_of(const std::vector<std::string>& parts) {
  LexiconEntry out;
  const auto row = std::find_if(kKinds.begin(), kKinds.end(),
                                [&](const KindRow& one) { return one.word == parts.front(); });
  if (row == kKinds.end()) return {out, "there is no kind " + parts.front()};
  if (parts.size() != row->parts + 1)
    return {out, std::string(row->word) + " has " + std::to_string(row->parts) +
                     " parts behind it, parted by tabs"};
  if (std::any_of(parts.begin(), parts.end(), [](const std::string& one) { return one.empty(); }))
    return {out, "a part is empty"};
  if (std::any_of(parts.begin(), parts.end(), [](const std::string& one) {
        return one.find("\xEF\xBF\xBD") != std::string::npos;
      }))
    return {out, "it is not UTF-8"};
  out.kind = row->kind;
  out.meant = parts.back();
  if (row->parts > 1) out.field = parts[1];
  if (row->parts > 2) out.read = parts[2];
  if (row->parts > 1 && !takes_entries(out.field))
    return {out, "there is no field " + out.field + " that takes entries"};
  if (out.read == out.meant) return {out, "it changes nothing"};
  return {out, ""};
}

// ---- What it makes of a field

// A star takes as little as it can, and more only where the rest fits no other way: the last one
// alone need be thought again, so that no shape takes long.
bool fits(std::string_view value, std::string_view shape) {
  std::size_t at = 0, in_shape = 0, star = std::string_view::npos, after_star = 0;
  while (at < value.size()) {
    const char wanted = in_shape < shape.size() ? shape[in_shape] : '\0';
    if (wanted == '*') {
      star = in_shape++;
      after_star = at;
    } else if (in_shape < shape.size() &&
               (wanted == value[at] ||
                (wanted == '#' && diacritics::is_digit(static_cast<unsigned char>(value[at]))))) {
      ++at;
      ++in_shape;
    } else if (star != std::string_view::npos) {
      in_shape = star + 1;
      at = ++after_star;
    } else {
      return false;
    }
  }
  return shape.find_first_not_of('*', in_shape) == std::string_view::npos;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at)) {
    text.replace(at, from.size(), to);
    at += to.size();
  }
  return text;
}

// What a field may be, and the entry that says so.
struct Meant {
  std::string value;
  const LexiconEntry* entry = nullptr;
};

class FieldReader {
 public:
  FieldReader(const UserLexicon& lexicon, std::string_view name, const Field& field)
      : lexicon_(lexicon), name_(name), field_(field) {
    read_ = field.value.value_or(field.evidence.raw);
  }

  // None where the value stays.
  std::optional<Meant> meant() const {
    if (read_.empty()) return std::nullopt;
    std::optional<Meant> out = by_reading();
    if (!out && asks_for_look(field_)) {
      const Meant letters = by_confusions();
      out = by_names(letters);
      if (!out && letters.entry != nullptr && field_.value) out = letters;
      if (!out) out = by_pattern();
    }
    if (out && out->value == field_.value) return std::nullopt;
    return out;
  }

 private:
  std::optional<Meant> by_reading() const {
    for (const LexiconEntry& entry : lexicon_)
      if (entry.kind == LexiconKind::Reading && entry.field == name_ && entry.read == read_)
        return Meant{entry.meant, &entry};
    return std::nullopt;
  }

  Meant by_confusions() const {
    Meant out{read_, nullptr};
    for (const LexiconEntry& entry : lexicon_) {
      if (entry.kind != LexiconKind::Confusion || entry.field != name_) continue;
      std::string now = replaced(out.value, entry.read, entry.meant);
      if (now != out.value) out = {std::move(now), &entry};
    }
    return out;
  }

  bool names_field(LexiconKind kind) const {
    switch (kind) {
      case LexiconKind::Person: return name_ == "signer.name";
      case LexiconKind::Body: return name_ == "issuing_agency" || name_ == "parent_agency";
      case LexiconKind::Symbol: return name_ == "symbol";
      default: return false;
    }
  }

  // The known name that was read, or is among the other readings, or alone comes near.
  std::optional<Meant> by_names(const Meant& letters) const {
    std::vector<const LexiconEntry*> names;
    for (const LexiconEntry& entry : lexicon_)
      if (names_field(entry.kind)) names.push_back(&entry);
    const auto known = [&](const std::string& text) {
      const auto name = std::find_if(names.begin(), names.end(),
                                     [&](const auto* one) { return one->meant == text; });
      return name == names.end() ? nullptr : *name;
    };
    if (known(read_) != nullptr) return Meant{read_, known(read_)};
    if (known(letters.value) != nullptr) return Meant{letters.value, letters.entry};
    std::set<const LexiconEntry*> others;
    for (const ocr::Alternative& other : field_.alternatives) others.insert(known(other.text));
    others.erase(nullptr);
    if (others.size() == 1) return Meant{(*others.begin())->meant, *others.begin()};
    return nearest(letters.value, names);
  }

  static std::optional<Meant> nearest(const std::string& read,
                                      const std::vector<const LexiconEntry*>& names) {
    // One wrong letter in so many: "Nguyễn Văn An" may have one, "QĐ-UBND" none, for a letter of a
    // symbol makes another.
    constexpr std::size_t kLettersAMistake = 8;
    const std::string letters = diacritics::fold(read);
    const int limit = static_cast<int>(letters.size() / kLettersAMistake);
    int least = limit + 1;
    const LexiconEntry* best = nullptr;
    for (const LexiconEntry* name : names) {
      const int distance = edit_distance(letters, diacritics::fold(name->meant), limit);
      if (distance > limit) continue;
      if (distance == least) best = nullptr;
      if (distance < least) {
        least = distance;
        best = name;
      }
    }
    if (best == nullptr) return std::nullopt;
    return Meant{best->meant, best};
  }

  // The one other reading that looks as values of the field do, where this one does not.
  std::optional<Meant> by_pattern() const {
    std::map<std::string, const LexiconEntry*> fitting;
    for (const LexiconEntry& entry : lexicon_) {
      if (entry.kind != LexiconKind::Pattern || entry.field != name_) continue;
      if (fits(read_, entry.meant)) return std::nullopt;
      for (const ocr::Alternative& other : field_.alternatives)
        if (fits(other.text, entry.meant)) fitting.emplace(other.text, &entry);
    }
    if (fitting.size() != 1) return std::nullopt;
    return Meant{fitting.begin()->first, fitting.begin()->second};
  }

  const UserLexicon& lexicon_;
  std::string_view name_;
  const Field& field_;
  std::string read_;  // what is there of a value
};

void put(Field& field, const Meant& meant) {
  field.value = meant.value;
  field.needs_review = true;
  // What comes from a file that is not the page is never sure.
  constexpr double kFromLexicon = 0.8;  // below kReviewBelow
  field.evidence.confidence = std::min(field.evidence.confidence, kFromLexicon);
  field.evidence.source = field.evidence.source == FieldSource::TextLayer
                              ? FieldSource::Inferred
                              : FieldSource::OcrRestored;
  std::string entry = line_of(*meant.entry);
  std::replace(entry.begin(), entry.end(), '\t', ' ');
  field.witnesses.push_back({"lexicon", std::move(entry), true});
}

}  // namespace

LexiconFile parse_lexicon(std::string_view text) {
  constexpr std::size_t kFileSizeMax = 4 << 20;
  LexiconFile out;
  if (text.size() > kFileSizeMax) {
    out.mistakes.push_back("it is larger than 4 MB");
    return out;
  }
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  std::set<std::string> known;  // kind, field and what is read; of names what is meant
  int number = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    ++number;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.find_first_not_of(" \t") == std::string_view::npos || line.front() == '#') continue;
    auto [entry, mistake] = entry_of(parts_of(line));
    const std::string key = std::to_string(static_cast<int>(entry.kind)) + '\t' + entry.field +
                            '\t' + (entry.read.empty() ? entry.meant : entry.read);
    if (mistake.empty() && !known.insert(key).second) mistake = "it was said before";
    if (mistake.empty())
      out.entries.push_back(std::move(entry));
    else
      out.mistakes.push_back("line " + std::to_string(number) + ": " + mistake);
  }
  return out;
}

std::string line_of(const LexiconEntry& entry) {
  const auto row = std::find_if(kKinds.begin(), kKinds.end(),
                                [&](const KindRow& one) { return one.kind == entry.kind; });
  std::string out(row->word);
  for (const std::string& part : {entry.field, entry.read, entry.meant})
    if (!part.empty()) out += '\t' + part;
  return out;
}

bool apply_lexicon(Record& record, const UserLexicon& lexicon) {
  if (lexicon.empty()) return false;
  const std::optional<std::string> number = record.number.value, symbol = record.symbol.value;
  bool changed = false;
  for (const DocumentField& known : document_fields()) {
    if (!known.single || !takes_entries(known.name)) continue;
    Field& field = known.single(record);
    const std::optional<Meant> meant = FieldReader(lexicon, known.name, field).meant();
    if (!meant) continue;
    record.steps.push_back({std::string(known.topic), field.evidence.page, "",
                            field.value.value_or(field.evidence.raw),
                            "the user's lexicon makes it \"" + meant->value + '"'});
    put(field, *meant);
    changed = true;
  }
  const bool parts_changed = record.number.value != number || record.symbol.value != symbol;
  Field& code = record.code;
  if (parts_changed && code.value && number && symbol && code.value->starts_with(*number) &&
      code.value->ends_with(*symbol) && code.value->size() > number->size() + symbol->size()) {
    const std::string separator =
        code.value->substr(number->size(), code.value->size() - number->size() - symbol->size());
    code.value = *record.number.value + separator + *record.symbol.value;
    settle_code(code, record.number, record.symbol);
    code.evidence.source = FieldSource::Inferred;
  }
  return changed;
}

}  // namespace vanban::extract
