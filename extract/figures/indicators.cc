#include "extract/figures/indicators.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "diacritics/text/text.h"
#include "extract/fields.h"
#include "extract/figures/counted.h"
#include "extract/figures/labels.h"
#include "extract/figures/periods.h"
#include "extract/figures/phrases.h"
#include "extract/figures/quantities.h"
#include "extract/figures/subjects.h"
#include "extract/outline.h"
#include "extract/words/numbers.h"

namespace vanban::extract {
namespace {

// ---- numbers that measure nothing

// Tokens with digits that are part of a mention of another document.
std::vector<bool> cited_tokens(const RunningText& text, const std::vector<Reference>& references) {
  std::vector<bool> cited(text.tokens.size(), false);
  for (std::size_t i = 0; i < text.tokens.size(); ++i) {
    const Token& token = text.tokens[i];
    if (!has_digit(token)) continue;
    const std::size_t at = token.line->word_starts[token.word];
    const int page = token.line->page->number;
    for (const Reference& reference : references)
      for (const Mention& mention : reference.mentions) {
        const auto& span = mention.evidence.span;
        if (span && span->page == page && at + token.text.size() > span->start && at < span->end)
          cited[i] = true;
      }
  }
  return cited;
}

void mark_labels(const RunningText& text, std::vector<bool>& excluded) {
  for (std::size_t i = 0; i < text.tokens.size(); ++i) {
    const Token& token = text.tokens[i];
    if (token.word != 0) continue;
    // "1 Ban hành kế hoạch": its mark was not read.
    const bool alone = parse_number(token.text) && token.tail.empty() &&
                       i + 1 < text.tokens.size() && text.tokens[i + 1].line == token.line &&
                       diacritics::starts_upper(text.tokens[i + 1].text);
    if (alone || !list_label(token.line->text).empty()) excluded[i] = true;
  }
}

// ---- status

// `said`: the sentence up to the number; `clause`: what of it states this figure, `named` where
// that is a label.
IndicatorStatus status_of(const RunningText& text, TokenRange said, TokenRange clause, bool named,
                          const Compared& sign, const std::string& section_folded,
                          const std::string& type) {
  static const Phrases kAim{"chỉ tiêu", "đề ra", "đặt ra"};
  static const Phrases kTarget{"yêu cầu", "mục tiêu", "phấn đấu", "tối thiểu",
                               "dự kiến", "ít nhất",  "cần đạt",  "phải đạt"};
  static const Phrases kMust{"bảo đảm", "đảm bảo", "phải", "cần", "tiếp tục"};
  static const Phrases kDone{"đã", "hiện", "hiện có", "hiện nay", "được", "kết quả", "ghi nhận"};
  static const Phrases kEstimate{"ước", "dự báo", "ước tính"}, kNeed{"nhu cầu"};
  if (kEstimate.within(text, said) || kNeed.within(text, clause)) return IndicatorStatus::Estimate;
  static const Phrases kPlan{"kế hoạch"};
  if (kTarget.within(text, said) || kAim.within(text, clause) ||
      kPlan.at(text, clause.first, clause.last) > 0 || sign.comparison == Comparison::AtLeast)
    return IndicatorStatus::Target;
  const bool done = kDone.within(text, said);
  if (!done && !named && kMust.within(text, clause)) return IndicatorStatus::Target;
  const bool of_plans = type == "Kế hoạch" || type == "Chương trình" || type == "Chỉ thị" ||
                        type == "Phương án" || type == "Đề án" || type == "Dự án";
  const auto section_says = [&](std::string_view words) {
    return section_folded.find(words) != section_folded.npos;
  };
  const bool ahead = section_says("muc tieu") || section_says("phuong huong") ||
                     section_says("nhiem vu trong tam") || section_says("thoi gian toi");
  return !done && (of_plans || ahead) ? IndicatorStatus::Target : IndicatorStatus::Actual;
}

// ---- putting it together

// Without the words that join it to what was said before.
TokenRange without_opening(const RunningText& text, TokenRange quote) {
  static const Phrases kJoins{"và", "với", "trong đó", "cụ thể", "đồng thời", "còn", "hoặc"};
  while (quote.size() > 1) {
    const std::size_t words = kJoins.at(text, quote.first, quote.last);
    const bool empty = text.tokens[quote.first].text.empty();
    if (words == 0 && !empty) break;
    quote.first += std::max<std::size_t>(words, 1);
  }
  return quote;
}

IndicatorKind kind_of(const Quantity& quantity) {
  if (quantity.value_to) return IndicatorKind::Change;
  if (!quantity.value) return IndicatorKind::Share;
  if (quantity.denominator) return IndicatorKind::Ratio;
  if (is_money(quantity.unit_name)) return IndicatorKind::Money;
  if (is_time_unit(quantity.unit_name)) return IndicatorKind::Duration;
  return IndicatorKind::Count;
}

MeasuredNumber measured(const RunningText& text, double value, std::size_t token) {
  return {value, evidence_of(words_of(text, {token, token + 1}), "indicator/number")};
}

void set_numbers(const RunningText& text, const Quantity& quantity, Indicator& out) {
  if (quantity.value) out.value = measured(text, *quantity.value, quantity.number);
  if (quantity.value_to) out.value_to = measured(text, *quantity.value_to, quantity.value_to_at);
  if (quantity.percent) {
    out.percent = measured(text, *quantity.percent, quantity.percent_at);
    // Read with the help of the ratio.
    if (!parse_number(text.tokens[quantity.percent_at].text))
      out.percent->evidence.source = FieldSource::OcrRestored;
  }
  if (quantity.denominator) {
    out.numerator = out.value;
    out.denominator = measured(text, *quantity.denominator, quantity.denominator_at);
  }
}

void set_unit(const RunningText& text, const Quantity& quantity, Indicator& out) {
  if (!quantity.value) {
    out.unit_raw = out.unit = "%";
    return;
  }
  if (quantity.unit.empty()) return;
  if (quantity.noun_ratio) {
    const std::string whole = text_of(text, quantity.unit);
    out.unit_raw = whole.substr(0, whole.rfind('/'));
    out.unit = out.unit_raw;
    return;
  }
  // A symbol that sticks to its number is no word of its own.
  const bool sticks = quantity.unit.first == quantity.number;
  out.unit_raw = sticks ? quantity.unit_name : text_of(text, quantity.unit);
  out.unit = quantity.unit_name.empty() ? out.unit_raw : quantity.unit_name;
}

// The boxes of a quote line by line.
std::vector<std::pair<int, ocr::Box>> boxes_of(const std::vector<WordRange>& lines) {
  std::vector<std::pair<int, ocr::Box>> out;
  for (const WordRange& line : lines) {
    const Evidence evidence = evidence_of({line}, "");
    out.emplace_back(evidence.page, evidence.box);
  }
  return out;
}

Field subject_field(const RunningText& text, const std::vector<TokenRange>& parts) {
  std::vector<WordRange> words;
  std::string value;
  for (const TokenRange& part : parts) {
    if (part.empty()) continue;
    if (!value.empty()) value += ' ';
    value += text_of(text, part);
  }
  if (value.empty()) return missing(Reason::Absent);
  // In the order of the page, whatever the order of the parts.
  std::vector<TokenRange> in_order = parts;
  std::sort(in_order.begin(), in_order.end(),
            [](const TokenRange& a, const TokenRange& b) { return a.first < b.first; });
  const int page = text.tokens[in_order.back().first].line->page->number;
  for (const TokenRange& part : in_order)
    for (const WordRange& range : words_of(text, part))
      if (range.line->page->number == page) words.push_back(range);
  return found(std::move(value), words, "indicator/subject");
}

// A quote over two pages is shown where its number stands.
Evidence quote_evidence(const std::vector<WordRange>& lines, int page) {
  std::vector<WordRange> of_page;
  for (const WordRange& line : lines)
    if (line.line->page->number == page) of_page.push_back(line);
  return evidence_of(of_page, "indicator/quote");
}

// Of the numbers the least sure, of the words around them the mean.
// `clear`: one phrase that stands right beside the number names the subject.
double confidence_of(const Indicator& indicator, bool unit_known, bool clear) {
  constexpr double kUnknownUnit = 0.8;  // a noun that the list does not have
  constexpr double kUnclear = 0.88;     // a look is due, below kReviewBelow
  double confidence = indicator.quote.confidence;
  for (const auto* number :
       {&indicator.value, &indicator.value_to, &indicator.denominator, &indicator.percent})
    if (*number) confidence = std::min(confidence, (*number)->evidence.confidence);
  return confidence * (unit_known ? 1 : kUnknownUnit) * (clear ? 1 : kUnclear);
}

class Finder {
 public:
  Finder(const RunningText& text, const Record& record) : text_(text), record_(record) {
    periods_ = find_periods(text, record.date.value.value_or(""));
    excluded_ = dated_tokens(text, periods_);
    // The dates of cited documents are no periods of what is said.
    const std::vector<bool> cited = cited_tokens(text, record.references);
    std::erase_if(periods_, [&](const PlacedPeriod& period) {
      for (std::size_t i = period.tokens.first; i < period.tokens.last; ++i)
        if (cited[i]) return true;
      return false;
    });
    for (std::size_t i = 0; i < cited.size(); ++i) excluded_[i] = excluded_[i] || cited[i];
    mark_labels(text, excluded_);
  }

  std::vector<Indicator> find() {
    for (std::size_t s = 0; s < text_.sentences.size(); ++s) {
      const Sentence& sentence = text_.sentences[s];
      if (sentence.begins_paragraph) begin_paragraph(s);
      from_ = sentence.tokens.first;
      if (!follows_colon(sentence.tokens.first)) lead_ = {};
      said_before_ = {};
      pair_heads_ = s > 0 && !sentence.begins_paragraph
                        ? pair_heads(text_, text_.sentences[s - 1].tokens)
                        : std::nullopt;
      for (std::size_t i = sentence.tokens.first; i < sentence.tokens.last; ++i) {
        if (pair_heads_ && add_pair(i, sentence.tokens)) continue;
        if (excluded_[i] || !has_digit(text_.tokens[i])) continue;
        const auto quantity = quantity_at(text_, i, sentence.tokens);
        if (!quantity) continue;
        if (lies_in_label(text_, i, sentence.tokens) || is_supposed(*quantity, sentence.tokens))
          continue;
        const Compared sign = compared(text_, *quantity, sentence.tokens);
        const auto name = name_before(*quantity, sign, sentence.tokens);
        if (!measures(text_, *quantity, sign, sentence.tokens, name.has_value())) continue;
        add(*quantity, sign, sentence.tokens, name);
        i = quantity->end - 1;
        done_ = quantity->end;
      }
      note_periods(sentence.tokens.last);
    }
    return std::move(out_);
  }

 private:
  // The last period before a place; "hiện" holds for its own sentence alone.
  void note_periods(std::size_t until) {
    for (; next_period_ < periods_.size() && periods_[next_period_].tokens.first < until;
         ++next_period_)
      if (periods_[next_period_].period.kind != Period::Kind::AsOfDocument)
        period_ = periods_[next_period_].period;
  }

  std::optional<Period> period_at(std::size_t number, TokenRange sentence) {
    note_periods(number);
    for (std::size_t i = next_period_; i-- > 0;) {
      if (periods_[i].tokens.first < sentence.first) break;
      if (periods_[i].tokens.last <= number) return periods_[i].period;
    }
    return period_;
  }

  // "trường hợp dưới 95% thì đạt 0 điểm": a rule, which states nothing of the world.
  bool is_supposed(const Quantity& quantity, TokenRange sentence) const {
    static const Phrases kCases{"trường hợp", "nếu", "khi"};
    static const Phrases kThen{"thì"};
    if (kThen.at(text_, quantity.end, sentence.last) > 0) return true;
    std::size_t then = quantity.number;
    while (then > sentence.first && kThen.at(text_, then, sentence.last) == 0) --then;
    return then > sentence.first && kCases.within(text_, {sentence.first, then});
  }

  void begin_paragraph(std::size_t sentence) {
    period_.reset();
    lead_ = {};
    paragraph_ = text_.sentences[sentence].tokens;
    for (std::size_t s = sentence + 1;
         s < text_.sentences.size() && !text_.sentences[s].begins_paragraph; ++s)
      paragraph_.last = text_.sentences[s].tokens.last;
  }

  bool follows_colon(std::size_t token) const {
    return token > paragraph_.first &&
           (text_.tokens[token - 1].mark == ':' || text_.tokens[token - 1].mark == ';');
  }

  // Whether things are listed from here on, each with its number: "03 máy tính; 01 máy in".
  bool begins_list(const Quantity& quantity) const {
    static const Phrases kAnd{"và"};
    if (quantity.unit.empty() || quantity.end >= paragraph_.last) return false;
    const char mark = text_.tokens[quantity.end - 1].mark;
    const std::size_t words = kAnd.at(text_, quantity.end, paragraph_.last);
    const std::size_t next = quantity.end + words;
    return (mark == ';' || mark == ',' || words > 0) && next < paragraph_.last &&
           has_digit(text_.tokens[next]) && !excluded_[next];
  }

  // The label or the item's words that name a figure.
  std::optional<TokenRange> name_before(const Quantity& quantity, const Compared& sign,
                                        TokenRange sentence) {
    const std::size_t begin = std::max(paragraph_.first, done_);
    const std::size_t first = quantity.number - sign.words;
    if (first == sentence.first || text_.tokens[first - 1].text.empty()) {
      auto label = label_before(text_, first, begin);
      if (label && begins_list(quantity)) return std::nullopt;
      while (label && label->size() > 1 && excluded_[label->first]) ++label->first;
      if (!label) return std::nullopt;
      // "Trình độ ngoại ngữ: B2: 03; B1: 75": all are items of the first.
      constexpr std::size_t kLeadWords = 10;
      const auto lead = label_before(text_, label->first, begin);
      const bool same_line = text_.tokens[label->first].word > 0;
      if (lead && lead->size() <= kLeadWords && same_line) {
        lead_ = *lead;
        while (lead_.size() > 1 && excluded_[lead_.first]) ++lead_.first;
      }
      return label;
    }
    if (!quantity.unit.empty() || quantity.percent) return std::nullopt;
    return item_before(text_, quantity.number, paragraph_);
  }

  // "Thương hàn (7/29)" under heads for both numbers: two figures and no ratio.
  bool add_pair(std::size_t at, TokenRange sentence) {
    const Token& token = text_.tokens[at];
    const auto pair =
        token.opens && token.tail.starts_with(')') ? parse_ratio(token.text) : std::nullopt;
    TokenRange name{at, at};
    while (name.first > sentence.first && text_.tokens[name.first - 1].mark == 0) --name.first;
    if (!pair || name.empty()) return false;
    for (const bool first : {true, false}) {
      Indicator out;
      out.value = measured(text_, (first ? pair->numerator : pair->denominator).value, at);
      out.subject = subject_field(text_, {name});
      if (!out.subject.value) return false;
      *out.subject.value += " - " + (first ? pair_heads_->first : pair_heads_->second);
      out.section = section_at(record_.outline, at);
      out.period = period_at(at, sentence);
      out.entity = entity();
      set_quote({name.first, at + 1}, at, out);
      out.confidence = confidence_of(out, true, false);
      out_.push_back(std::move(out));
    }
    from_ = done_ = at + 1;
    return true;
  }

  void set_quote(TokenRange quote, std::size_t number, Indicator& out) const {
    const std::vector<WordRange> lines = words_of(text_, quote);
    out.quote = quote_evidence(lines, text_.tokens[number].line->page->number);
    out.quote.raw = text_of(text_, quote);
    out.boxes = boxes_of(lines);
    out.first_token = quote.first;
    out.last_token = quote.last;
  }

  void add(const Quantity& quantity, const Compared& sign, TokenRange sentence,
           const std::optional<TokenRange>& name) {
    const int section = section_at(record_.outline, quantity.number);
    const Heading* heading =
        section < 0 ? nullptr : &record_.outline[static_cast<std::size_t>(section)];
    const bool in_heading =
        heading != nullptr && heading->is_heading && quantity.number < heading->last_token;
    if (heading != nullptr && !in_heading) from_ = std::max(from_, heading->last_token);
    const std::size_t verb = sign.raw == "đạt" ? 0 : sign.words;
    const Left left = left_of(text_, from_, quantity.number - verb, excluded_);
    const bool counted = quantity.value && quantity.percent && !quantity.unit.empty();
    const TokenRange right =
        right_of(text_, counted ? quantity.unit.last : quantity.end, sentence, excluded_);

    Indicator out;
    out.kind = kind_of(quantity);
    set_numbers(text_, quantity, out);
    set_unit(text_, quantity, out);
    std::vector<TokenRange> subject;
    if (name)
      subject = {lead_, *name};
    else
      subject =
          with_shared(subject_of(text_, quantity, left, right, said_before_), right, sentence);
    out.subject = subject_field(text_, subject);
    if (!out.subject.value) return;
    out.comparison = sign.comparison;
    out.comparison_raw = sign.raw;
    const TokenRange clause = name ? *name : left.clause;
    out.status = status_of(text_, {sentence.first, quantity.number}, clause, name.has_value(), sign,
                           folded_section(section), record_.type.value.value_or(""));
    // A share in a heading is what is to be done.
    if (in_heading && !name) out.status = IndicatorStatus::Target;
    out.period = period_at(quantity.number, sentence);
    out.entity = entity();
    out.section = section;
    if (name) from_ = lead_.empty() ? name->first : std::min(lead_.first, name->first);
    const std::size_t last = std::max(quantity.end, right.last);
    const TokenRange quote = without_opening(text_, {from_, clause_end(last, sentence)});
    set_quote(quote, quantity.number, out);
    out.confidence = confidence_of(out, !quantity.value || !quantity.unit_name.empty(),
                                   is_clear(quantity, subject, left, name.has_value()));
    from_ = last;
    if (!left.tokens.empty()) said_before_.left = left.tokens;
    said_before_.subjects.emplace_back(quantity.unit_name, subject);
    if (!in_heading || !quantity.value || name) out_.push_back(std::move(out));
  }

  // Whether the subject is one phrase beside its number: neither a single word, the noun counted
  // alone or a clause with others in it, nor taken from a figure before. Scores are mostly those of
  // something that was named earlier.
  bool is_clear(const Quantity& quantity, const std::vector<TokenRange>& subject, const Left& left,
                bool named) const {
    constexpr std::size_t kFewest = 2, kMost = 25;
    std::vector<TokenRange> parts = subject;
    std::erase_if(parts, [](const TokenRange& part) { return part.empty(); });
    if (parts.empty() || parts.back().size() > kMost) return false;
    if (named) return true;
    const TokenRange& part = parts.front();
    if (parts.size() != 1 || part.size() < kFewest || quantity.unit_name == "điểm" ||
        (part.first == quantity.unit.first && part.last == quantity.unit.last))
      return false;
    const bool beside = part.last >= left.tokens.last && part.first <= quantity.end;
    return beside && !text_.tokens[part.first].opens;
  }

  // Where the clause ends that a figure's words are part of; `from` where the next figure stands in
  // it.
  std::size_t clause_end(std::size_t from, TokenRange sentence) const {
    constexpr std::size_t kWordsMax = 25;
    if (from == 0 || text_.tokens[from - 1].mark != 0) return from;
    for (std::size_t i = from; i < std::min(sentence.last, from + kWordsMax); ++i) {
      if (text_.tokens[i].opens || (has_digit(text_.tokens[i]) && !excluded_[i])) return from;
      if (text_.tokens[i].mark != 0) return i + 1;
    }
    return sentence.last <= from + kWordsMax ? sentence.last : from;
  }

  // "07 sở, ngành và 34 xã đang triển khai": what is said of both.
  std::vector<TokenRange> with_shared(std::vector<TokenRange> subject, TokenRange right,
                                      TokenRange sentence) const {
    static const Phrases kAnd{"và"};
    const std::size_t number = right.last + kAnd.at(text_, right.last, sentence.last);
    if (!right.empty() || number == right.last || number >= sentence.last || excluded_[number])
      return subject;
    const auto next =
        has_digit(text_.tokens[number]) ? quantity_at(text_, number, sentence) : std::nullopt;
    if (next && !next->unit.empty() && !next->percent)
      subject.push_back(right_of(text_, next->end, sentence, excluded_));
    return subject;
  }

  Field entity() const {
    if (!record_.issuing_agency.value) return missing(Reason::Absent);
    Field entity = record_.issuing_agency;
    entity.evidence.source = FieldSource::Inferred;
    entity.evidence.method = "indicator/issuing_agency";
    return entity;
  }

  std::string folded_section(int section) const {
    std::string out;
    for (int i = section; i >= 0; i = record_.outline[static_cast<std::size_t>(i)].parent) {
      const auto& title = record_.outline[static_cast<std::size_t>(i)].title.value;
      if (title) out += diacritics::fold(*title) + '\n';
    }
    return out;
  }

  const RunningText& text_;
  const Record& record_;
  std::vector<PlacedPeriod> periods_;
  std::vector<bool> excluded_;
  std::vector<Indicator> out_;
  std::size_t from_ = 0;  // where the quote of the next figure may begin
  std::size_t done_ = 0;  // past the numbers and the unit of the last figure
  SaidBefore said_before_;
  TokenRange paragraph_;
  std::optional<PairHeads> pair_heads_;  // of the sentence
  TokenRange lead_;                      // what the items of a list in a list stand under
  std::size_t next_period_ = 0;
  std::optional<Period> period_;  // of the paragraph
};

}  // namespace

std::vector<Indicator> find_indicators(const RunningText& text, const Record& record) {
  return Finder(text, record).find();
}

}  // namespace vanban::extract
