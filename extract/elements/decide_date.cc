#include "extract/elements/decide_date.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "diacritics/text/text.h"
#include "extract/fields.h"
#include "extract/steps.h"
#include "extract/words/dates.h"

namespace vanban::extract {
namespace {

// ---- what speaks for a date and against it

struct Testimony {
  std::string kind;
  Date date;
  // How much likelier what it says is with the document from that day than from any.
  double (*weight)(int days_later);
  bool (*agrees)(int days_later);
};

// Half of the documents are signed on their day, nearly all others in the days after; drafts carry
// a day to come.
double weight_of_signing(int days_later) {
  if (days_later < -1) return 0.05;
  if (days_later == -1) return 0.2;
  if (days_later == 0) return 2;
  if (days_later <= 3) return 1;
  return days_later <= 14 ? 0.4 : 0.15;
}
bool agrees_with_signing(int days_later) { return days_later >= 0 && days_later <= 3; }

// What a document cites is older than itself.
double weight_of_citing(int days_later) { return days_later <= 0 ? 1 : 0.2; }
bool agrees_with_citing(int days_later) { return days_later <= 0; }

// What it asks for is still to come.
double weight_of_deadline(int days_later) { return days_later >= 0 ? 1 : 0.5; }
bool agrees_with_deadline(int days_later) { return days_later >= 0; }

// The first signature is that of the person whom the document names; offices stamp later.
std::optional<Testimony> signing_time(const ocr::Document& document) {
  std::optional<Date> first;
  const auto add = [&](const Date& date) {
    if (!first || date < *first) first = date;
  };
  for (const ocr::DigitalSignature& signature : document.signatures) {
    const std::string& at = signature.signed_at;
    if (const auto date = date_of_iso(at)) add(*date);
  }
  // Its printed stamp: "Thời gian ký: 24.04.2018 15:17:45 +07:00".
  for (const ocr::Page& page : document.pages)
    for (const ocr::Block& block : page.blocks)
      if (block.kind == ocr::BlockKind::DigitalSignature)
        for (const ocr::Line& line : block.lines)
          for (const NamedDate& named : dates_in(diacritics::fold(ocr::text_of(line))))
            add(named.date);
  if (!first) return std::nullopt;
  return Testimony{"signing_time", *first, weight_of_signing, agrees_with_signing};
}

// Whether the words before a date make it one to come: "trước ngày", "đến hết ngày"; what was
// counted "tính đến ngày" lies behind.
bool is_deadline(std::string_view before) {
  constexpr std::size_t kWords = 24;  // bytes
  before = before.substr(before.size() - std::min(before.size(), kWords));
  for (const std::string_view word : {"truoc ngay", "cham nhat", "thoi han", "het ngay"})
    if (before.find(word) != std::string_view::npos) return true;
  return false;
}

// The latest date of what is cited by its number, and the earliest deadline.
std::vector<Testimony> dates_of_text(const std::vector<PageText>& pages) {
  std::optional<Date> cited, deadline;
  for (const PageText& page : pages)
    for (const TextLine& line : page.lines) {
      if (line.kind != ocr::BlockKind::Body) continue;
      for (const NamedDate& named : dates_in(line.folded)) {
        const std::string_view before = std::string_view(line.folded).substr(0, named.begin);
        const bool by_number = before.find('/') != std::string_view::npos &&
                               before.find("so ") != std::string_view::npos;
        if (is_deadline(before)) {
          if (!deadline || named.date < *deadline) deadline = named.date;
        } else if (by_number) {
          if (!cited || named.date > *cited) cited = named.date;
        }
      }
    }
  std::vector<Testimony> out;
  if (cited) out.push_back({"cited_date", *cited, weight_of_citing, agrees_with_citing});
  if (deadline) out.push_back({"deadline", *deadline, weight_of_deadline, agrees_with_deadline});
  return out;
}

std::vector<Testimony> find_testimonies(const std::vector<PageText>& pages,
                                        const ocr::Document& document) {
  std::vector<Testimony> out = dates_of_text(pages);
  if (const auto signing = signing_time(document)) out.push_back(*signing);
  return out;
}

// ---- what it could be

// A day and a month that were read, and are a date of the year.
struct Candidate {
  std::string day, month;
  Date date;
  double weight = 0;  // the share of its readings, weighed by the testimonies
};

struct Candidates {
  std::vector<Candidate> all;
  // Shares of readings, [0, 1]: those of the candidates, before and after they were weighed, and of
  // what the calendar does not have.
  double read = 0, weighed = 0, excluded = 0;
  std::optional<std::string> ruled_out;  // likelier than what is left, and not in the calendar
};

Candidates weigh_candidates(const DateParts& parts, const std::vector<Testimony>& testimonies) {
  const int year = std::stoi(*parts.year.value);
  Candidates out;
  for (const ocr::Alternative& day : parts.day.alternatives)
    for (const ocr::Alternative& month : parts.month.alternatives) {
      const double share = day.confidence * month.confidence;
      const auto on = date_of(year, std::stoi(month.text), std::stoi(day.text));
      if (!on) {
        out.excluded += share;
        if (out.all.empty() && !out.ruled_out) out.ruled_out = day.text + " tháng " + month.text;
        continue;
      }
      Candidate candidate{day.text, month.text, *on, share};
      for (const Testimony& testimony : testimonies)
        candidate.weight *= testimony.weight(days_between(*on, testimony.date));
      out.read += share;
      out.weighed += candidate.weight;
      out.all.push_back(std::move(candidate));
    }
  return out;
}

void note_weighing(const std::vector<Testimony>& testimonies, const Candidates& candidates,
                   Steps& steps) {
  for (const Testimony& testimony : testimonies)
    note(steps, "date", "weighed by " + testimony.kind + ": " + iso(testimony.date));
  for (const Candidate& candidate : candidates.all)
    note(steps, "date", "could be " + iso(candidate.date));
}

// ---- the shares of what could be

// By the text of a day or a month, or by a date.
using Shares = std::map<std::string, double>;

struct DateShares {
  Shares days, months, dates;
};

double confidence_of(const Field& part, const std::string& text) {
  for (const ocr::Alternative& other : part.alternatives)
    if (other.text == text) return other.confidence;
  return 0;
}

// The share that none of a part's readings has.
double unread(const Field& part) {
  double share = 1;
  for (const ocr::Alternative& other : part.alternatives) share -= other.confidence;
  return std::max(0.0, share);
}

DateShares shares_of(const Candidates& candidates, const DateParts& parts) {
  // What was not read keeps its share, whatever the witnesses say of the rest.
  const double neutral = candidates.weighed / candidates.read;
  const double all =
      candidates.weighed + std::max(0.0, 1 - candidates.read - candidates.excluded) * neutral;
  DateShares out;
  for (const Candidate& candidate : candidates.all) {
    const double share = candidate.weight / all;
    out.days[candidate.day] += share;
    out.months[candidate.month] += share;
    out.dates[iso(candidate.date)] += share;
  }
  for (auto& [day, share] : out.days)
    share += confidence_of(parts.day, day) * unread(parts.month) * neutral / all;
  for (auto& [month, share] : out.months)
    share += confidence_of(parts.month, month) * unread(parts.day) * neutral / all;
  return out;
}

// ---- the decision

// Gives a field the readings that have shares, likeliest first, and the first as its value where it
// is sure enough.
void settle(Field& field, const Shares& shares) {
  if (shares.empty()) return;
  field.alternatives.clear();
  for (const auto& [text, share] : shares) field.alternatives.push_back({text, share});
  std::stable_sort(field.alternatives.begin(), field.alternatives.end(),
                   [](const auto& a, const auto& b) { return a.confidence > b.confidence; });
  const ocr::Alternative& best = field.alternatives.front();
  field.evidence.confidence = best.confidence;
  field.value.reset();
  field.reason = Reason::Illegible;
  if (best.confidence >= kGivenMin) field.value = best.text;
  field.needs_review = best.confidence < kReviewBelow;
  for (Witness& witness : field.witnesses) witness.agrees = field.value == witness.text;
}

// Makes the date as sure as what is least sure in it, and has the testimonies speak of it.
void settle_whole(Field& date, const DateParts& parts, const Candidates& candidates,
                  const std::vector<Testimony>& testimonies) {
  const auto best =
      std::max_element(candidates.all.begin(), candidates.all.end(),
                       [](const Candidate& a, const Candidate& b) { return a.weight < b.weight; });
  date.evidence.confidence =
      std::min({parts.day.evidence.confidence, parts.month.evidence.confidence,
                parts.year.evidence.confidence});
  date.needs_review = date.evidence.confidence < kReviewBelow;
  date.value.reset();
  if (date.evidence.confidence >= kGivenMin) date.value = iso(best->date);
  for (const Testimony& testimony : testimonies)
    date.witnesses.push_back({testimony.kind, iso(testimony.date),
                              testimony.agrees(days_between(best->date, testimony.date))});
}

// The part of which nothing was read; null where there is none.
const Field* unread_part(const DateParts& parts) {
  for (const Field* part : {&parts.day, &parts.month, &parts.year})
    if (part->alternatives.empty() && !part->value) return part;
  return nullptr;
}

}  // namespace

DateFields decide_date(DateFields as_read, const std::vector<PageText>& pages,
                       const ocr::Document& document, Steps& steps) {
  auto& [date, parts] = as_read;
  if (date.evidence.page == 0) return as_read;  // there is no line of a date
  if (const Field* part = unread_part(parts)) {
    date.reason = part->reason;
    date.needs_review = part->needs_review;
    return as_read;
  }
  const std::vector<Testimony> testimonies = find_testimonies(pages, document);
  const Candidates candidates = weigh_candidates(parts, testimonies);
  note_weighing(testimonies, candidates, steps);
  if (candidates.all.empty() || candidates.weighed <= 0) {
    date.reason = Reason::Illegible;
    date.needs_review = true;
    return as_read;
  }
  const DateShares shares = shares_of(candidates, parts);
  settle(parts.day, shares.days);
  settle(parts.month, shares.months);
  settle(date, shares.dates);
  if (parts.day.value && parts.month.value) settle_whole(date, parts, candidates, testimonies);
  if (candidates.ruled_out) date.witnesses.push_back({"calendar", *candidates.ruled_out, false});
  return as_read;
}

}  // namespace vanban::extract
