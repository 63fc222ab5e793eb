#include "extract/elements/decide_date.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "diacritics/text/text.h"
#include "extract/fields.h"
#include "extract/words/dates.h"

namespace vanban::extract {
namespace {

using std::chrono::sys_days;

// ---- what speaks for a date and against it

struct Testimony {
  std::string kind;
  Date date;
  // How much likelier what it says is with the document from that day than from any.
  double (*weight)(int days_later);
  bool (*agrees)(int days_later);
};

int days_between(const Date& from, const Date& to) {
  return static_cast<int>((sys_days(to) - sys_days(from)).count());
}

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
    if (!first || sys_days(date) < sys_days(*first)) first = date;
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
          if (!deadline || sys_days(named.date) < sys_days(*deadline)) deadline = named.date;
        } else if (by_number) {
          if (!cited || sys_days(named.date) > sys_days(*cited)) cited = named.date;
        }
      }
    }
  std::vector<Testimony> out;
  if (cited) out.push_back({"cited_date", *cited, weight_of_citing, agrees_with_citing});
  if (deadline) out.push_back({"deadline", *deadline, weight_of_deadline, agrees_with_deadline});
  return out;
}

// ---- the decision

struct Candidate {
  std::string day, month;
  Date date;
  double weight = 0;
};

std::string text_of(const std::string& day, const std::string& month) {
  return day + " tháng " + month;
}

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

// The shares of one part's readings over all candidates.
void settle_part(Field& part, const std::map<std::string, double>& shares) {
  if (shares.empty()) return;
  part.alternatives.clear();
  for (const auto& [text, share] : shares) part.alternatives.push_back({text, share});
  std::stable_sort(part.alternatives.begin(), part.alternatives.end(),
                   [](const auto& a, const auto& b) { return a.confidence > b.confidence; });
  const ocr::Alternative& best = part.alternatives.front();
  part.evidence.confidence = best.confidence;
  part.value.reset();
  part.reason = Reason::Illegible;
  if (best.confidence >= kGivenMin) part.value = best.text;
  part.needs_review = best.confidence < kReviewBelow;
  for (Witness& witness : part.witnesses) witness.agrees = part.value == witness.text;
}

}  // namespace

void decide_date(const std::vector<PageText>& pages, const ocr::Document& document,
                 Record& record) {
  DateParts& parts = record.date_parts;
  Field& date = record.date;
  if (date.evidence.page == 0) return;  // there is no line of a date
  for (const Field* part : {&parts.day, &parts.month, &parts.year})
    if (part->alternatives.empty() && !part->value) {
      date.reason = part->reason;
      date.needs_review = part->needs_review;
      return;
    }
  const int year = std::stoi(*parts.year.value);

  std::vector<Testimony> testimonies = dates_of_text(pages);
  if (const auto signing = signing_time(document)) testimonies.push_back(*signing);
  std::vector<Candidate> candidates;
  std::optional<std::string> ruled_out;  // likelier than what is left, and not in the calendar
  double read = 0, weighed = 0, excluded = 0;
  for (const ocr::Alternative& day : parts.day.alternatives)
    for (const ocr::Alternative& month : parts.month.alternatives) {
      const double share = day.confidence * month.confidence;
      const auto on = date_of(year, std::stoi(month.text), std::stoi(day.text));
      if (!on) {
        excluded += share;
        if (candidates.empty() && !ruled_out) ruled_out = text_of(day.text, month.text);
        continue;
      }
      Candidate candidate{day.text, month.text, *on, share};
      for (const Testimony& testimony : testimonies)
        candidate.weight *= testimony.weight(days_between(*on, testimony.date));
      read += share;
      weighed += candidate.weight;
      candidates.push_back(candidate);
    }
  for (const Testimony& testimony : testimonies)
    note(record, "date", std::string("weighed by ") + testimony.kind + ": " + iso(testimony.date));
  for (const Candidate& candidate : candidates)
    note(record, "date", "could be " + iso(candidate.date));
  if (candidates.empty() || weighed <= 0) {
    date.reason = Reason::Illegible;
    date.needs_review = true;
    return;
  }
  // What was not read keeps its share, whatever the witnesses say of the rest.
  const double neutral = weighed / read;
  const double all = weighed + std::max(0.0, 1 - read - excluded) * neutral;
  std::map<std::string, double> days, months, dates;
  for (const Candidate& candidate : candidates) {
    const double share = candidate.weight / all;
    days[candidate.day] += share;
    months[candidate.month] += share;
    dates[iso(candidate.date)] += share;
  }
  for (auto& [day, share] : days)
    share += confidence_of(parts.day, day) * unread(parts.month) * neutral / all;
  for (auto& [month, share] : months)
    share += confidence_of(parts.month, month) * unread(parts.day) * neutral / all;
  settle_part(parts.day, days);
  settle_part(parts.month, months);
  settle_part(date, dates);
  // As sure as what is least sure in it.
  if (parts.day.value && parts.month.value) {
    const auto best = std::max_element(
        candidates.begin(), candidates.end(),
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
  if (ruled_out) date.witnesses.push_back({"calendar", *ruled_out, false});
}

}  // namespace vanban::extract
