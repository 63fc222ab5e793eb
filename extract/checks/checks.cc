#include "extract/checks/checks.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "diacritics/text/text.h"
#include "extract/checks/check_figures.h"
#include "extract/words/agency_names.h"
#include "extract/words/dates.h"
#include "extract/words/gazetteer.h"
#include "extract/words/vocabulary.h"

namespace vanban::extract {
namespace {

using diacritics::fold;
using diacritics::split_words;

// ---- symbol, type, agency

Check symbol_type(const Record& record) {
  Check check{"symbol_type", {}, {"/document/symbol", "/document/type"}, "", ""};
  if (!record.symbol.value || !record.type.value ||
      record.type.evidence.source == FieldSource::Inferred)
    return check;
  const auto type = type_named(*record.type.value);
  const std::vector<std::string> groups = symbol_groups(*record.symbol.value);
  if (!type || type->abbreviation.empty() || groups.empty()) return check;
  check.expected = type->abbreviation;
  check.found = groups.front();
  // A year before it belongs to a law's number.
  if (diacritics::has_digit(check.found)) return check;
  check.holds = fold(check.found) == fold(check.expected);
  return check;
}

std::string folded_group(std::string_view group) {
  std::string out = fold(group);
  std::erase(out, '&');
  return out;
}

// Abbreviations are free: one that differs is no fault, one letter that differs in an otherwise
// same one is.
Check symbol_agency(const Record& record) {
  Check check{"symbol_agency", {}, {"/document/symbol", "/document/issuing_agency"}, "", ""};
  if (!record.symbol.value || !record.issuing_agency.value) return check;
  const std::vector<std::string> groups = groups_after_type(*record.symbol.value);
  if (groups.empty()) return check;
  check.expected = agency_initials(*record.issuing_agency.value);
  const std::string initials = fold(check.expected);
  const std::string group = folded_group(groups.front());
  check.found = groups.front();
  constexpr std::size_t kFewest = 3;
  if (initials.starts_with(group) || initials.ends_with(group))
    check.holds = true;
  else if (group.size() >= kFewest && group.size() == initials.size() &&
           edit_distance(group, initials, 1) == 1)
    check.holds = false;
  return check;
}

// ---- place, agency

// Offices sit in other places than they are named after; but a name that is nearly the same was
// misread in one of the two.
Check place_agency(const Record& record) {
  Check check{"place_agency", {}, {"/document/place", "/document/issuing_agency"}, "", ""};
  if (!record.place.value) return check;
  check.found = *record.place.value;
  const std::string place = diacritics::with_old_tone_place(diacritics::to_lower(check.found));
  for (const Field* agency : {&record.issuing_agency, &record.parent_agency}) {
    const auto unit = agency->value ? unit_in(*agency->value) : std::nullopt;
    if (!unit) continue;
    const std::string& name = unit->name;
    if (check.expected.empty()) check.expected = diacritics::to_upper(name);
    if (name == place || name.ends_with(' ' + place) || place.ends_with(' ' + name) ||
        lies_in(place, *unit) == true) {
      check.expected = diacritics::to_upper(name);
      check.holds = true;
      return check;
    }
    if (fold(name) == fold(place) || edit_distance(fold(name), fold(place), 1) == 1) {
      check.expected = diacritics::to_upper(name);
      check.holds = false;
      return check;
    }
  }
  return check;
}

// Provinces merged, and districts ended, on 1 July 2025.
Check unit_date(const Record& record) {
  Check check{"unit_date", {}, {"/document/issuing_agency", "/document/date"}, "", ""};
  if (!record.date.value) return check;
  const auto on = date_of_iso(*record.date.value);
  for (const Field* agency : {&record.issuing_agency, &record.parent_agency}) {
    const auto unit = agency->value ? unit_in(*agency->value) : std::nullopt;
    const auto there = unit && on ? existed(*unit, *on) : std::nullopt;
    if (!there) continue;
    check.expected = diacritics::to_upper(unit->kind + ' ' + unit->name);
    check.found = *record.date.value;
    check.holds = check.holds.value_or(true) && *there;
    if (!*there) break;
  }
  return check;
}

// ---- dates

// Offices sign on the day or some days later, and those that publish sign once more, weeks later;
// nobody signs before the date.
Check date_signing_time(const Record& record) {
  constexpr int kDaysMax = 60;
  Check check{"date_signing_time", {}, {"/document/date"}, "", ""};
  for (const Witness& witness : record.date.witnesses) {
    if (witness.kind != "signing_time" || !record.date.value) continue;
    const auto signed_on = date_of_iso(witness.text), date = date_of_iso(*record.date.value);
    if (!signed_on || !date) continue;
    check.expected = witness.text;
    check.found = *record.date.value;
    const int days = days_between(*date, *signed_on);
    check.holds = days >= 0 && days <= kDaysMax;
  }
  return check;
}

Check date_cited(const Record& record) {
  Check check{"date_cited", {}, {"/document/date"}, "", ""};
  for (const Witness& witness : record.date.witnesses) {
    if (witness.kind != "cited_date" || !record.date.value) continue;
    check.expected = witness.text;
    check.found = *record.date.value;
    check.holds = witness.agrees;
  }
  return check;
}

void check_references(const Record& record, std::vector<Check>& out) {
  bool any = false;
  for (std::size_t i = 0; i < record.references.size(); ++i) {
    std::string first;
    for (const Mention& mention : record.references[i].mentions) {
      if (mention.date.empty()) continue;
      if (first.empty()) first = mention.date;
      if (mention.date == first) continue;
      any = true;
      out.push_back(
          {"reference_date", false, {"/references/" + std::to_string(i)}, first, mention.date});
      break;
    }
  }
  if (!any) out.push_back({"reference_date", true, {"/references"}, "", ""});
}

// "…/SKHCN-CĐS" is of a department (sở), whoever else is said to have issued it.
void check_reference_issuers(const Record& record, std::vector<Check>& out) {
  for (std::size_t i = 0; i < record.references.size(); ++i) {
    const Reference& reference = record.references[i];
    if (!reference.symbol.value || !reference.issuer.value) continue;
    const std::vector<std::string> groups = groups_after_type(*reference.symbol.value);
    if (groups.empty()) continue;
    const std::string group = folded_group(groups.front());
    const std::string initials = fold(agency_initials(*reference.issuer.value));
    const std::string path = "/references/" + std::to_string(i);
    constexpr std::size_t kFewest = 2;
    const bool of_department = group.size() >= kFewest && group.front() == 's' && !initials.empty();
    if (initials.starts_with(group))
      out.push_back({"reference_issuer", true, {path}, groups.front(), *reference.issuer.value});
    else if (of_department && initials.front() != 's' &&
             begins_agency(fold(*reference.issuer.value)))
      out.push_back({"reference_issuer", false, {path}, groups.front(), *reference.issuer.value});
  }
}

// ---- signature, recipients

Check deputy_title(const Record& record) {
  Check check{"authority_position",
              {},
              {"/document/signer/authority", "/document/signer/position"},
              "",
              ""};
  const auto& position = record.signer.position.value;
  if (!position) return check;
  const std::string title = fold(*position);
  const bool deputy =
      title.starts_with("pho ") || title.starts_with("thu ") || title.starts_with("p. ");
  const std::string authority = fold(record.signer.authority.value.value_or(""));
  const bool for_head =
      authority.find("kt") != std::string::npos || authority.find("k/t") != std::string::npos;
  check.expected = for_head ? "PHÓ" : "";
  check.found = *position;
  // A deputy may sign in his own name, or the letters before the head's title were not read.
  if (for_head || deputy) check.holds = for_head && deputy;
  return check;
}

// "Lưu: VT, TH" names the unit that drafted "…/UBND-TH".
Check drafting_unit(const Record& record) {
  Check check{"drafting_unit", {}, {"/document/symbol", "/document/recipients"}, "", ""};
  if (!record.symbol.value || record.recipients.empty()) return check;
  const std::vector<std::string> groups = symbol_groups(*record.symbol.value);
  if (groups.size() < 2) return check;
  for (const Field& recipient : record.recipients) {
    if (!recipient.value || !fold(*recipient.value).starts_with("luu")) continue;
    check.expected = groups.back();
    check.found = *recipient.value;
    for (const std::string& word : split_words(*recipient.value)) {
      const std::string unit = folded_group(diacritics::trim_punctuation(word));
      const std::string drafter = folded_group(groups.back());
      if (unit == drafter) check.holds = true;
    }
  }
  return check;
}

}  // namespace

std::vector<Check> check_document(const Record& record) {
  return {symbol_type(record),  symbol_agency(record),     place_agency(record),
          unit_date(record),    date_signing_time(record), date_cited(record),
          deputy_title(record), drafting_unit(record)};
}

std::vector<Check> check_record(const RunningText& text, const Record& record) {
  std::vector<Check> out = check_document(record);
  check_references(record, out);
  check_reference_issuers(record, out);
  std::vector<Check> of_figures = check_figures(text, record);
  std::move(of_figures.begin(), of_figures.end(), std::back_inserter(out));
  return out;
}

}  // namespace vanban::extract
