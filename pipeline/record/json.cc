#include "pipeline/record/json.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

#include "diacritics/text/syllables.h"
#include "diacritics/text/text.h"
#include "extract/document_fields.h"
#include "extract/fields.h"
#include "ocr/digest.h"
#include "ocr/strips/models.h"
#include "pipeline/record/review.h"
#include "pipeline/record/views.h"
#include "pipeline/version.h"

namespace vanban::pipeline {
namespace {

using Json = nlohmann::ordered_json;
using extract::Evidence;
using extract::Field;
using extract::FieldSource;
using extract::ListField;

double rounded(double value, double steps) { return std::round(value * steps) / steps; }
double confidence_value(double value) { return rounded(std::min(1.0, std::max(0.0, value)), 1e4); }
double points_value(double value) { return rounded(value, 100); }

const char* name_of(FieldSource source) {
  switch (source) {
    case FieldSource::Ocr: return "ocr";
    case FieldSource::OcrRestored: return "ocr_restored";
    case FieldSource::TextLayer: return "text_layer";
    case FieldSource::Inferred: return "inferred";
  }
  return "ocr";
}

const char* media_type(ocr::SourceKind kind) {
  switch (kind) {
    case ocr::SourceKind::Pdf: return "application/pdf";
    case ocr::SourceKind::Tiff: return "image/tiff";
    case ocr::SourceKind::Png: return "image/png";
    case ocr::SourceKind::Jpeg: return "image/jpeg";
    case ocr::SourceKind::Text: return "text/plain";
  }
  return "application/octet-stream";
}

// Null where there is no page to stand on.
Json bbox_node(const ocr::Box& box) {
  if (box == ocr::Box{}) return nullptr;
  return {points_value(box.left), points_value(box.top), points_value(box.width()),
          points_value(box.height())};
}

void add_evidence(Json& node, const Evidence& evidence) {
  if (evidence.page == 0) return;
  node["raw"] = evidence.raw;
  node["confidence"] = confidence_value(evidence.confidence);
  node["page"] = evidence.page;
  node["bbox"] = bbox_node(evidence.box);
  node["source"] = name_of(evidence.source);
  node["method"] = evidence.method;
  if (evidence.span)
    node["span"] = Json{{"page", evidence.span->page},
                        {"start", evidence.span->start},
                        {"end", evidence.span->end}};
}

Json text_value(const std::string& text) { return text; }

template <typename ToValue>
Json alternatives_node(const std::vector<ocr::Alternative>& alternatives, const ToValue& to_value) {
  Json node = Json::array();
  for (const ocr::Alternative& other : alternatives)
    node.push_back(
        Json{{"value", to_value(other.text)}, {"confidence", confidence_value(other.confidence)}});
  return node;
}

// What a value that was filled in rests on; `to_value` makes a text the value that the field has.
template <typename ToValue>
void add_decision(Json& node, const Field& field, const ToValue& to_value) {
  if (asks_for_look(field)) node["needs_review"] = true;
  if (field.kind) node["kind"] = ocr::name_of(*field.kind);
  if (field.kind || !field.alternatives.empty())
    node["alternatives"] = alternatives_node(field.alternatives, to_value);
  if (field.witnesses.empty()) return;
  node["evidence"] = Json::array();
  for (const extract::Witness& witness : field.witnesses)
    node["evidence"].push_back(
        Json{{"kind", witness.kind}, {"text", witness.text}, {"agrees", witness.agrees}});
}

Json to_node(const Field& field) {
  Json node;
  if (field.value)
    node["value"] = *field.value;
  else {
    node["value"] = nullptr;
    node["reason"] = name_of(field.reason);
  }
  add_evidence(node, field.evidence);
  add_decision(node, field, text_value);
  return node;
}

Json to_node(const ListField& field) {
  Json node;
  if (!field.value.empty())
    node["value"] = field.value;
  else {
    node["value"] = nullptr;
    node["reason"] = name_of(field.reason);
  }
  add_evidence(node, field.evidence);
  if (!field.value.empty() && field.evidence.confidence < extract::kReviewBelow)
    node["needs_review"] = true;
  return node;
}

// A day, month or year; a number as value.
Json part_node(const Field& field) {
  const auto number = [](const std::string& digits) { return Json(std::stoi(digits)); };
  Json node;
  node["value"] = field.value ? number(*field.value) : Json(nullptr);
  if (!field.value) node["reason"] = name_of(field.reason);
  add_evidence(node, field.evidence);
  add_decision(node, field, number);
  return node;
}

Json parts_node(const extract::DateParts& parts) {
  return Json{{"day", part_node(parts.day)},
              {"month", part_node(parts.month)},
              {"year", part_node(parts.year)}};
}

Json signer_node(const extract::Signer& signer) {
  return Json{{"authority", to_node(signer.authority)},
              {"position", to_node(signer.position)},
              {"name", to_node(signer.name)}};
}

Json nodes_of(const std::vector<Field>& fields) {
  Json nodes = Json::array();
  for (const Field& field : fields) nodes.push_back(to_node(field));
  return nodes;
}

Json to_node(const extract::DocumentField& field, const extract::Record& record) {
  if (field.single) return to_node(field.single(record));
  if (field.list) return to_node(field.list(record));
  Json nodes = Json::array();
  for (const Field& one : field.each(record)) nodes.push_back(Json{{"text", to_node(one)}});
  return nodes;
}

Json document_node(const extract::Record& record) {
  Json document;
  for (const extract::DocumentField& field : extract::document_fields()) {
    Json& node = document[Json::json_pointer(extract::pointer_of(field.name))];
    node = to_node(field, record);
    if (field.name == "date") node["parts"] = parts_node(record.date_parts);
    // What a joint document has several of.
    if (field.name == "secrecy") document["joint_issuers"] = nodes_of(record.joint_issuers);
    if (field.name == "signer.name") {
      document["signers"] = Json::array();
      for (const extract::Signer& signer : record.signers)
        document["signers"].push_back(signer_node(signer));
    }
  }
  return document;
}

const char* name_of(extract::MentionForm form) {
  switch (form) {
    case extract::MentionForm::Full: return "full";
    case extract::MentionForm::Short: return "short";
    case extract::MentionForm::WithoutNumberWord: return "no_so";
  }
  return "short";
}

Json reference_node(const extract::Reference& reference) {
  Json node;
  node["type"] = to_node(reference.type);
  node["code"] = to_node(reference.code);
  node["number"] = to_node(reference.number);
  node["symbol"] = to_node(reference.symbol);
  node["date"] = to_node(reference.date);
  node["issuer"] = to_node(reference.issuer);
  node["subject"] = to_node(reference.subject);
  node["mentions"] = Json::array();
  for (const extract::Mention& mention : reference.mentions) {
    Json place{{"form", name_of(mention.form)}};
    add_evidence(place, mention.evidence);
    place.erase("method");
    node["mentions"].push_back(std::move(place));
  }
  return node;
}

const char* name_of(extract::IndicatorKind kind) {
  switch (kind) {
    case extract::IndicatorKind::Count: return "count";
    case extract::IndicatorKind::Ratio: return "ratio";
    case extract::IndicatorKind::Share: return "share";
    case extract::IndicatorKind::Money: return "money";
    case extract::IndicatorKind::Duration: return "duration";
    case extract::IndicatorKind::Change: return "change";
  }
  return "count";
}

const char* name_of(extract::IndicatorStatus status) {
  switch (status) {
    case extract::IndicatorStatus::Actual: return "actual";
    case extract::IndicatorStatus::Target: return "target";
    case extract::IndicatorStatus::Estimate: return "estimate";
  }
  return "actual";
}

const char* name_of(extract::Comparison comparison) {
  switch (comparison) {
    case extract::Comparison::Equal: return "eq";
    case extract::Comparison::Greater: return "gt";
    case extract::Comparison::Less: return "lt";
    case extract::Comparison::AtLeast: return "ge";
    case extract::Comparison::AtMost: return "le";
    case extract::Comparison::About: return "approx";
    case extract::Comparison::NearlyUpTo: return "approx_lt";
  }
  return "eq";
}

const char* name_of(extract::Period::Kind kind) {
  switch (kind) {
    case extract::Period::Kind::AsOf: return "as_of";
    case extract::Period::Kind::AsOfDocument: return "as_of_document";
    case extract::Period::Kind::Since: return "since";
    case extract::Period::Kind::Interval: return "interval";
  }
  return "as_of";
}

Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

// Whole numbers without a decimal point.
Json number_value(double value) {
  constexpr double kExact = 9007199254740992;  // 2^53: all whole numbers up to it
  if (value == std::floor(value) && std::abs(value) < kExact)
    return static_cast<std::int64_t>(value);
  return value;
}

Json heading_node(const extract::Heading& heading) {
  Json node;
  node["label"] = heading.label;
  node["level"] = heading.level;
  node["parent"] = heading.parent < 0 ? Json(nullptr) : Json(heading.parent);
  node["heading"] = heading.is_heading;
  node["title"] = to_node(heading.title);
  return node;
}

Json measured_node(const std::optional<extract::MeasuredNumber>& number) {
  if (!number) return nullptr;
  Json node{{"value", number_value(number->value)}};
  add_evidence(node, number->evidence);
  node.erase("method");
  return node;
}

Json period_node(const std::optional<extract::Period>& period) {
  if (!period) return nullptr;
  return Json{{"type", name_of(period->kind)},
              {"raw", period->raw},
              {"start", text_or_null(period->start)},
              {"end", text_or_null(period->end)},
              {"as_of", text_or_null(period->as_of)}};
}

Json quote_node(const extract::Indicator& indicator) {
  Json node{{"exact", indicator.quote.raw}};
  add_evidence(node, indicator.quote);
  node.erase("raw");
  node.erase("method");
  node["boxes"] = Json::array();
  for (const auto& [page, box] : indicator.boxes)
    node["boxes"].push_back(Json{{"page", page}, {"bbox", bbox_node(box)}});
  return node;
}

Json cell_node(const std::optional<extract::CellPlace>& cell) {
  if (!cell) return nullptr;
  return Json{{"index", cell->table},
              {"row", cell->row},
              {"column", cell->column},
              {"row_head", cell->row_head},
              {"column_head", cell->column_head}};
}

Json indicator_node(const extract::Indicator& indicator) {
  Json node;
  node["kind"] = name_of(indicator.kind);
  node["status"] = name_of(indicator.status);
  node["subject"] = to_node(indicator.subject);
  node["value"] = measured_node(indicator.value);
  node["value_to"] = measured_node(indicator.value_to);
  node["numerator"] = measured_node(indicator.numerator);
  node["denominator"] = measured_node(indicator.denominator);
  node["percent"] = measured_node(indicator.percent);
  node["unit"] =
      Json{{"raw", text_or_null(indicator.unit_raw)}, {"normalised", text_or_null(indicator.unit)}};
  node["comparator"] =
      Json{{"op", name_of(indicator.comparison)}, {"raw", text_or_null(indicator.comparison_raw)}};
  node["period"] = period_node(indicator.period);
  node["entity"] = to_node(indicator.entity);
  node["section"] = indicator.section < 0 ? Json(nullptr) : Json(indicator.section);
  node["table"] = cell_node(indicator.cell);
  node["confidence"] = confidence_value(indicator.confidence);
  if (indicator.needs_review || indicator.confidence < extract::kReviewBelow)
    node["needs_review"] = true;
  node["page"] = indicator.quote.page;
  node["bbox"] = bbox_node(indicator.quote.box);
  node["quote"] = quote_node(indicator);
  return node;
}

Json pattern_field_node(const extract::PatternField& field) {
  if (!field.many) return to_node(field.values.front());
  Json node = Json::array();
  for (const Field& value : field.values) node.push_back(to_node(value));
  return node;
}

Json check_node(const extract::Check& check) {
  Json node;
  node["id"] = check.id;
  node["ok"] = check.holds ? Json(*check.holds) : Json(nullptr);
  node["paths"] = check.paths;
  node["expected"] = text_or_null(check.expected);
  node["found"] = text_or_null(check.found);
  return node;
}

Json warnings_node(const std::vector<ocr::Warning>& warnings) {
  Json node = Json::array();
  for (const ocr::Warning& warning : warnings)
    node.push_back(Json{{"code", warning.code}, {"text", warning.text}});
  return node;
}

Json restored_node(const ocr::Word& word, const ocr::Page& page) {
  Json node;
  node["text"] = word.text;
  node["read"] = word.ocr_text;
  node["confidence"] = confidence_value(word.confidence);
  node["bbox"] = bbox_node(page.to_displayed.apply(word.box));
  node["alternatives"] = alternatives_node(word.alternatives, text_value);
  return node;
}

Json seal_node(const ocr::Seal& seal, const ocr::Page& page) {
  Json node;
  node["bbox"] = bbox_node(page.to_displayed.apply(seal.box));
  node["colour"] = ocr::name_of(seal.colour);
  node["covers"] = confidence_value(seal.covers);
  node["text"] = seal.text.empty() ? Json(nullptr) : Json(seal.text);
  node["confidence"] = seal.text.empty() ? Json(nullptr) : Json(confidence_value(seal.confidence));
  return node;
}

Json unread_node(const ocr::Unread& unread, const ocr::Page& page) {
  Json node;
  node["bbox"] = bbox_node(page.to_displayed.apply(unread.box));
  node["kind"] = ocr::name_of(unread.kind);
  node["marks"] = unread.marks;
  return node;
}

Json page_node(const ocr::Page& page) {
  Json node;
  node["number"] = page.number;
  node["route"] = name_of(page.route);
  node["width_pt"] = points_value(page.width_pt);
  node["height_pt"] = points_value(page.height_pt);
  node["dpi"] = page.dpi > 0 ? Json(rounded(page.dpi, 10)) : Json(nullptr);
  node["rotation_degrees"] = page.rotation_degrees;
  node["skew_degrees"] = points_value(page.skew_degrees);
  const std::size_t words = ocr::count_words(page.blocks);
  node["mean_confidence"] =
      words == 0 ? Json(nullptr) : Json(confidence_value(ocr::mean_confidence_of(page.blocks)));
  node["words"] = words;
  node["restored"] = Json::array();
  for (const ocr::Block& block : page.blocks)
    for (const ocr::Line& line : block.lines)
      for (const ocr::Word& word : line.words)
        if (word.restored) node["restored"].push_back(restored_node(word, page));
  node["preprocess"] = page.preprocess;
  node["seals"] = Json::array();
  for (const ocr::Seal& seal : page.seals) node["seals"].push_back(seal_node(seal, page));
  node["unread"] = Json::array();
  for (const ocr::Unread& unread : page.unread) node["unread"].push_back(unread_node(unread, page));
  node["warnings"] = warnings_node(page.warnings);
  return node;
}

Json source_node(const extract::Record& record, const ocr::Document& document,
                 const Provenance& provenance) {
  Json node;
  node["file_name"] = provenance.file_name;
  if (!provenance.path.empty()) node["path"] = provenance.path;
  node["sha256"] = provenance.sha256;
  node["bytes"] = provenance.bytes;
  node["media_type"] = media_type(provenance.source->kind);
  node["page_count"] = provenance.source->pages.size();
  node["pages_read"] = Json::array();
  for (const ocr::Page& page : document.pages) node["pages_read"].push_back(page.number);
  node["pages"] = Json{record.first_page, record.last_page};
  node["encrypted"] = provenance.source->encrypted;
  node["signatures"] = Json::array();
  for (const ocr::DigitalSignature& signature : document.signatures)
    node["signatures"].push_back(Json{{"signer", text_or_null(signature.signer)},
                                      {"organization", text_or_null(signature.organization)},
                                      {"signed_at", text_or_null(signature.signed_at)}});
  return node;
}

Json engine_node(const std::optional<ocr::EngineInfo>& engine) {
  if (!engine) return nullptr;
  return Json{{"name", engine->name},
              {"version", engine->version},
              {"model", engine->model},
              {"model_sha256", engine->model_sha256}};
}

Json provenance_node(const Provenance& provenance) {
  Json node;
  node["program"] = "vanban";
  node["version"] = kVersion;
  node["engine"] = engine_node(provenance.engine);
  node["second_engine"] = engine_node(provenance.second_engine);
  node["data"] =
      Json{{"syllables_sha256", diacritics::SyllableTable::built_in_sha256()},
           {"digit_reader_sha256", ocr::digits_model_sha256()},
           {"signature_reader_sha256", ocr::names_model_sha256()},
           {"language_model",
            provenance.language_model.empty() ? Json(nullptr) : Json(provenance.language_model)}};
  if (!provenance.lexicon_sha256.empty())
    node["data"]["lexicon_sha256"] = provenance.lexicon_sha256;
  if (!provenance.secret_policy.empty()) node["secret"] = provenance.secret_policy;
  return node;
}

// A text for each page of the document up to the last one read, so that page n is element n - 1.
Json by_page_node(const std::vector<std::string>& texts, const ocr::Document& document) {
  Json pages = Json::array();
  for (std::size_t i = 0; i < document.pages.size(); ++i) {
    while (static_cast<int>(pages.size()) < document.pages[i].number - 1) pages.push_back("");
    pages.push_back(texts[i]);
  }
  return pages;
}

Json table_node(const extract::Table& table) {
  Json rows = Json::array();
  for (const std::vector<extract::Cell>& row : table.rows) {
    Json cells = Json::array();
    for (const extract::Cell& cell : row)
      cells.push_back(Json{{"text", cell.text},
                           {"confidence", cell.confidence ? Json(confidence_value(*cell.confidence))
                                                          : Json(nullptr)},
                           {"page", cell.page},
                           {"bbox", bbox_node(cell.box)},
                           {"row_span", cell.row_span},
                           {"column_span", cell.column_span},
                           {"header", cell.header}});
    rows.push_back(std::move(cells));
  }
  return Json{{"page", table.pages.front()},  {"pages", table.pages},
              {"bbox", bbox_node(table.box)}, {"columns", table.columns},
              {"rows", std::move(rows)},      {"grid", extract::grid_of(table)}};
}

}  // namespace

Provenance describe_input(const std::string& file_name, std::string_view bytes) {
  Provenance out;
  out.file_name = file_name;
  out.sha256 = ocr::sha256_hex(bytes);
  out.bytes = bytes.size();
  return out;
}

std::string to_json(const extract::Record& record, const ocr::Document& document,
                    const Provenance& provenance) {
  Json root;
  root["schema_version"] = "1.0.0";
  root["source"] = source_node(record, document, provenance);
  root["needs_review"] = false;  // until all is there that may ask for it
  root["document"] = document_node(record);
  root["outline"] = Json::array();
  for (const extract::Heading& heading : record.outline)
    root["outline"].push_back(heading_node(heading));
  root["indicators"] = Json::array();
  for (const extract::Indicator& indicator : record.indicators)
    root["indicators"].push_back(indicator_node(indicator));
  root["references"] = Json::array();
  for (const extract::Reference& reference : record.references)
    root["references"].push_back(reference_node(reference));
  root["fields"] = Json::object();
  for (const extract::PatternField& field : record.pattern_fields)
    root["fields"][field.name] = pattern_field_node(field);
  root["checks"] = Json::array();
  for (const extract::Check& check : record.checks) root["checks"].push_back(check_node(check));
  root["text"]["pages"] = by_page_node(record.text_pages, document);
  root["text"]["search"] = by_page_node(record.search_pages, document);
  root["tables"] = Json::array();
  for (const extract::Table& table : record.tables) root["tables"].push_back(table_node(table));
  root["pages"] = Json::array();
  for (const ocr::Page& page : document.pages) root["pages"].push_back(page_node(page));
  std::vector<ocr::Warning> warnings = document.warnings;
  warnings.insert(warnings.end(), record.warnings.begin(), record.warnings.end());
  for (const ViewValue& value : view_values(record, document)) put_view(root, value);
  root["warnings"] = warnings_node(warnings);
  root["provenance"] = provenance_node(provenance);
  root["needs_review"] = record_needs_look(root);
  // A file name need not be UTF-8; everything else is.
  return root.dump(1, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace vanban::pipeline
