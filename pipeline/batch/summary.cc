#include "pipeline/batch/summary.h"

#include <algorithm>
#include <exception>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

#include "diacritics/text/text.h"
#include "extract/document_fields.h"
#include "extract/record.h"
#include "pipeline/batch/ledger.h"
#include "pipeline/record/bounded_json.h"
#include "pipeline/record/unread_page.h"

namespace vanban::pipeline {
namespace {

using Json = nlohmann::ordered_json;

std::string joined(const Json& values) {
  std::string out;
  for (const Json& value : values) out += (out.empty() ? "" : "; ") + value.get<std::string>();
  return out;
}

void add_place(const Json& node, SummaryField& out) {
  out.page = node.value("page", 0);
  if (node.contains("bbox") && node.at("bbox").is_array())
    out.box = node.at("bbox").get<std::vector<double>>();
  constexpr std::size_t kMostAlternatives = 4;
  if (!node.contains("alternatives")) return;
  for (const Json& other : node.at("alternatives"))
    if (other.at("value").is_string() && out.alternatives.size() < kMostAlternatives)
      out.alternatives.push_back({other.at("value"), other.at("confidence").get<double>()});
}

SummaryField single_of(std::string name, const Json& node) {
  SummaryField out;
  out.name = std::move(name);
  const Json& value = node.at("value");
  if (value.is_string()) out.value = value.get<std::string>();
  if (value.is_array()) out.value = joined(value);
  if (node.contains("confidence")) out.confidence = node.at("confidence").get<double>();
  out.doubtful = needs_look(node);
  out.source = node.value("source", "");
  out.reason = node.value("reason", "");
  if (out.doubtful) add_place(node, out);
  return out;
}

// One field of several, each in a place of its own: as sure as the least sure.
SummaryField entries_of(std::string name, const Json& entries) {
  SummaryField out;
  out.name = std::move(name);
  std::string all;
  for (const Json& entry : entries) {
    const SummaryField one = single_of("", entry.at("text"));
    if (!one.value) continue;
    all += (all.empty() ? "" : "; ") + *one.value;
    out.confidence = std::min(out.confidence.value_or(1), one.confidence.value_or(1));
    if (one.doubtful && !out.doubtful) {
      out.page = one.page;
      out.box = one.box;
    }
    out.doubtful = out.doubtful || one.doubtful;
    if (out.source != kOperator) out.source = one.source;
  }
  if (all.empty())
    out.reason = "absent";
  else
    out.value = all;
  return out;
}

// All fields, those of whoever received the document last.
std::vector<std::string> summary_fields() {
  std::vector<std::string> out;
  for (const extract::DocumentField& field : extract::document_fields())
    out.emplace_back(field.name);
  std::stable_partition(out.begin(), out.end(),
                        [](const std::string& name) { return !name.starts_with("arrival."); });
  return out;
}

SummaryField field_of(const std::string& name, const Json& document) {
  const Json& node = document.at(Json::json_pointer(extract::pointer_of(name)));
  if (!node.is_array()) return single_of(name, node);
  SummaryField out = entries_of(name, node);
  // One that a person changed is theirs, entries that stayed as they were among them.
  if (document.contains("readings") && document.at("readings").contains(name)) {
    out.source = kOperator;
    out.confidence = 1;
  }
  return out;
}

SummaryPage page_of(const Json& node) {
  SummaryPage out;
  out.number = node.at("number").get<int>();
  out.route = node.at("route").get<std::string>();
  if (!node.at("mean_confidence").is_null())
    out.confidence = node.at("mean_confidence").get<double>();
  if (!node.at("dpi").is_null()) out.dpi = node.at("dpi").get<double>();
  out.words = node.at("words").get<int>();
  for (const Json& warning : node.at("warnings"))
    out.warnings.push_back(warning.at("code").get<std::string>());
  return out;
}

// As a person writes it: "1234,5 triệu đồng".
std::string measure_text(const Json& indicator) {
  const bool is_share = indicator.at("value").is_null();
  const Json& number = is_share ? indicator.at("percent") : indicator.at("value");
  if (number.is_null()) return "";
  std::string out = number.at("value").dump();
  std::replace(out.begin(), out.end(), '.', ',');
  if (is_share) return out + " %";
  const Json& unit = indicator.at("unit").at("normalised");
  return unit.is_string() ? out + ' ' + unit.get<std::string>() : out;
}

void add_figures_of(const Json& indicators, Summary& out) {
  constexpr std::size_t kMostQuoteLetters = 160;
  for (const Json& indicator : indicators) {
    ++out.figures;
    const double confidence = indicator.at("confidence").get<double>();
    if (!indicator.value("needs_review", false) && confidence >= extract::kReviewBelow) continue;
    const Json& subject = indicator.at("subject").at("value");
    std::u32string quote =
        diacritics::to_code_points(indicator.at("quote").at("exact").get<std::string>());
    if (quote.size() > kMostQuoteLetters) quote = quote.substr(0, kMostQuoteLetters) + U"…";
    out.doubtful_figures.push_back({subject.is_string() ? subject.get<std::string>() : "",
                                    measure_text(indicator), diacritics::to_utf8(quote),
                                    indicator.at("page").get<int>(), confidence});
  }
}

Summary summary_of(const Json& record) {
  Summary out;
  const Json& document = record.at("document");
  for (const std::string& name : summary_fields()) out.fields.push_back(field_of(name, document));
  for (const SummaryField& field : out.fields) out.reviewed += field.source == kOperator ? 1 : 0;
  for (const Json& check : record.at("checks"))
    if (check_needs_look(record, check)) out.failed_checks.push_back(text_of_check(check));
  for (const Json& page : record.at("pages")) out.pages.push_back(page_of(page));
  add_figures_of(record.at("indicators"), out);
  const Json& pages = record.at("source").at("pages");
  out.first_page = pages.at(0).get<int>();
  out.last_page = pages.at(1).get<int>();
  return out;
}

// Of a summary that was made before a field was known.
void add_missing_fields(Summary& summary) {
  for (const std::string& name : summary_fields())
    if (std::none_of(summary.fields.begin(), summary.fields.end(),
                     [&](const SummaryField& field) { return field.name == name; }))
      summary.fields.push_back(
          {name, std::nullopt, std::nullopt, false, "", "not_asked", 0, {}, {}});
}

Json optional_node(const auto& value) { return value ? Json(*value) : Json(nullptr); }

}  // namespace

bool was_not_read(const SummaryPage& page) {
  return std::any_of(page.warnings.begin(), page.warnings.end(), means_unread);
}

const SummaryField& Summary::field(std::string_view name) const {
  for (const SummaryField& one : fields)
    if (one.name == name) return one;
  throw std::out_of_range("a summary has no field " + std::string(name));
}

int Summary::doubts() const {
  return static_cast<int>(
      failed_checks.size() +
      static_cast<std::size_t>(std::count_if(
          fields.begin(), fields.end(), [](const SummaryField& field) { return field.doubtful; })));
}

std::vector<Summary> summarize(std::string_view record_json) {
  require_bounded(record_json);
  const Json root = Json::parse(record_json);
  std::vector<Summary> out;
  if (!root.is_array()) return {summary_of(root)};
  for (const Json& record : root) out.push_back(summary_of(record));
  return out;
}

std::string summaries_to_json(const std::vector<Summary>& summaries) {
  Json root = Json::array();
  for (const Summary& summary : summaries) {
    Json fields = Json::object(), pages = Json::array(), figures = Json::array();
    for (const SummaryField& field : summary.fields) {
      Json& node = fields[field.name];
      node = Json{{"value", optional_node(field.value)},
                  {"confidence", optional_node(field.confidence)},
                  {"doubtful", field.doubtful}};
      if (!field.source.empty()) node["source"] = field.source;
      if (!field.reason.empty()) node["reason"] = field.reason;
      if (field.page > 0) node["page"] = field.page;
      if (!field.box.empty()) node["box"] = field.box;
      for (const SummaryReading& reading : field.alternatives)
        node["alternatives"].push_back(Json::array({reading.value, reading.confidence}));
    }
    for (const SummaryPage& page : summary.pages)
      pages.push_back(Json{{"number", page.number},
                           {"route", page.route},
                           {"confidence", optional_node(page.confidence)},
                           {"dpi", page.dpi},
                           {"words", page.words},
                           {"warnings", page.warnings}});
    for (const DoubtfulFigure& figure : summary.doubtful_figures)
      figures.push_back(Json{{"subject", figure.subject},
                             {"value", figure.value},
                             {"quote", figure.quote},
                             {"page", figure.page},
                             {"confidence", figure.confidence}});
    root.push_back(Json{{"fields", std::move(fields)},
                        {"failed_checks", summary.failed_checks},
                        {"pages", std::move(pages)},
                        {"figures", summary.figures},
                        {"doubtful_figures", std::move(figures)},
                        {"first_page", summary.first_page},
                        {"last_page", summary.last_page},
                        {"reviewed", summary.reviewed}});
  }
  return root.dump(-1, ' ', false, Json::error_handler_t::replace);
}

namespace {

std::vector<Summary> parsed_summaries(std::string_view json) {
  require_bounded(json);
  std::vector<Summary> out;
  for (const Json& node : Json::parse(json)) {
    Summary summary;
    for (const auto& [name, field] : node.at("fields").items()) {
      SummaryField one;
      one.name = name;
      if (!field.at("value").is_null()) one.value = field.at("value").get<std::string>();
      if (!field.at("confidence").is_null()) one.confidence = field.at("confidence").get<double>();
      one.doubtful = field.at("doubtful").get<bool>();
      one.source = field.value("source", "");
      one.reason = field.value("reason", "");
      one.page = field.value("page", 0);
      one.box = field.value("box", std::vector<double>{});
      for (const Json& reading : field.value("alternatives", Json::array()))
        one.alternatives.push_back({reading.at(0), reading.at(1).get<double>()});
      summary.fields.push_back(std::move(one));
    }
    add_missing_fields(summary);
    summary.failed_checks = node.at("failed_checks").get<std::vector<std::string>>();
    for (const Json& page : node.at("pages")) {
      SummaryPage one;
      one.number = page.at("number").get<int>();
      one.route = page.at("route").get<std::string>();
      if (!page.at("confidence").is_null()) one.confidence = page.at("confidence").get<double>();
      one.dpi = page.at("dpi").get<double>();
      one.words = page.at("words").get<int>();
      one.warnings = page.at("warnings").get<std::vector<std::string>>();
      summary.pages.push_back(std::move(one));
    }
    // Not in one of an earlier version.
    summary.figures = node.value("figures", 0);
    for (const Json& figure : node.value("doubtful_figures", Json::array()))
      summary.doubtful_figures.push_back({figure.at("subject"), figure.at("value"),
                                          figure.at("quote"), figure.at("page").get<int>(),
                                          figure.at("confidence").get<double>()});
    summary.first_page = node.at("first_page").get<int>();
    summary.last_page = node.at("last_page").get<int>();
    summary.reviewed = node.at("reviewed").get<int>();
    out.push_back(std::move(summary));
  }
  return out;
}

}  // namespace

std::vector<Summary> summaries_from_json(std::string_view json) {
  try {
    return parsed_summaries(json);
  } catch (const std::exception& error) {
    throw LedgerError(std::string("the ledger is damaged, or of another version of vanban: ") +
                      error.what());
  }
}

}  // namespace vanban::pipeline
