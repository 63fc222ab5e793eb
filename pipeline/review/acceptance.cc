#include "pipeline/review/acceptance.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <pugixml.hpp>
#include <random>
#include <set>
#include <sstream>
#include <stdexcept>
#include <tuple>

#include "extract/record.h"
#include "ocr/document/error.h"
#include "ocr/document/xml_text.h"
#include "pipeline/batch/register.h"
#include "pipeline/batch/summary.h"
#include "pipeline/input_file.h"
#include "pipeline/output_file.h"
#include "pipeline/record/bounded_json.h"
#include "pipeline/record/review.h"
#include "pipeline/review/shown_documents.h"
#include "pipeline/sheets/sheet_writer.h"

namespace vanban::pipeline {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

// ---- The interval

// The chance of `most` errors or fewer among `size`, each with the chance `share`.
double chance_of_at_most(int most, int size, double share) {
  if (most >= size || share <= 0) return 1;
  if (share >= 1) return 0;
  double out = 0;
  for (int i = 0; i <= most; ++i)
    out += std::exp(std::lgamma(size + 1.0) - std::lgamma(i + 1.0) - std::lgamma(size - i + 1.0) +
                    i * std::log(share) + (size - i) * std::log1p(-share));
  return std::min(1.0, out);
}

// Where a falling function of [0, 1] goes through `wanted`.
template <typename Function>
double crossing(const Function& function, double wanted) {
  constexpr int kHalvings = 60;  // to the last digit of a double
  double low = 0, high = 1;
  for (int i = 0; i < kHalvings; ++i) {
    const double middle = (low + high) / 2;
    (function(middle) > wanted ? low : high) = middle;
  }
  return (low + high) / 2;
}

// ---- The sample as a file

Json json_of_sample(const AcceptanceSample& sample) {
  Json fields = Json::array();
  for (const SampledField& one : sample.fields)
    fields.push_back(Json{{"path", one.path},
                          {"first_page", one.first_page},
                          {"field", one.field},
                          {"shown", one.shown}});
  return Json{{"seed", sample.seed},
              {"bound", sample.bound},
              {"confidence", sample.confidence},
              {"blind", sample.blind},
              {"population", sample.population},
              {"last_decision", sample.last},
              {"fields", std::move(fields)}};
}

AcceptanceSample sample_of(const Json& node) {
  AcceptanceSample out;
  out.seed = node.at("seed").get<unsigned>();
  out.bound = node.at("bound").get<double>();
  out.confidence = node.at("confidence").get<double>();
  out.blind = node.at("blind").get<bool>();
  out.population = node.at("population").get<long long>();
  out.last = node.at("last_decision").get<long long>();
  for (const Json& one : node.at("fields"))
    out.fields.push_back(
        {one.at("path"), one.at("field"), one.at("shown"), one.at("first_page").get<int>()});
  return out;
}

// ---- The protocol

struct Protocol {
  int looked_at = 0, wrong = 0;
  Interval interval;
  std::set<std::string> deciders;
  std::vector<std::vector<std::string>> changes;  // file, page, field, before, after, who, when
};

Protocol protocol_of(Ledger& ledger, const AcceptanceSample& sample) {
  Protocol out;
  const std::vector<std::optional<Decision>> decisions = outcomes(ledger, sample);
  for (std::size_t i = 0; i < decisions.size(); ++i) {
    if (!decisions[i]) continue;
    const SampledField& field = sample.fields[i];
    const Decision& decision = *decisions[i];
    ++out.looked_at;
    out.deciders.insert(decision.who);
    if (decision.correction.value == field.shown) continue;
    ++out.wrong;
    out.changes.push_back({field.path, std::to_string(field.first_page), register_head(field.field),
                           field.shown, decision.correction.value.value_or(""), decision.who,
                           decision.made});
  }
  out.interval = binomial_interval(out.wrong, out.looked_at, sample.confidence);
  return out;
}

std::string share_text(double share) {
  std::string out = fmt::format("{:.2f} %", 100 * share);
  std::replace(out.begin(), out.end(), '.', ',');
  return out;
}

// What is stated, a line each.
std::vector<std::pair<std::string, std::string>> statements(const AcceptanceSample& sample,
                                                            const Protocol& protocol) {
  std::string who;
  for (const std::string& one : protocol.deciders) who += (who.empty() ? "" : "; ") + one;
  const bool is_whole = protocol.looked_at == static_cast<int>(sample.fields.size());
  const std::string verdict = !is_whole ? "chưa kiểm tra xong, chưa kết luận được"
                              : protocol.interval.high <= sample.bound
                                  ? "đạt: cận trên không quá giới hạn"
                                  : "không đạt: cận trên vượt giới hạn";
  return {
      {"Số giá trị được chấp nhận không ai xem (tập kiểm tra)", std::to_string(sample.population)},
      {"Số giá trị rút ngẫu nhiên", std::to_string(sample.fields.size())},
      {"Số để rút ngẫu nhiên (seed)", std::to_string(sample.seed)},
      {"Cách kiểm tra",
       sample.blind ? "gõ lại từ trang, giá trị được giấu" : "so với trang, giá trị hiện sẵn"},
      {"Đã kiểm tra", std::to_string(protocol.looked_at)},
      {"Sai", std::to_string(protocol.wrong)},
      {"Tỷ lệ sai", protocol.looked_at == 0
                        ? "chưa có"
                        : share_text(static_cast<double>(protocol.wrong) / protocol.looked_at)},
      {fmt::format("Khoảng tin cậy {:.0f} % (nhị thức chính xác, Clopper–Pearson 1934)",
                   100 * sample.confidence),
       share_text(protocol.interval.low) + " đến " + share_text(protocol.interval.high)},
      {"Giới hạn đã định", share_text(sample.bound)},
      {"Kết luận", verdict},
      {"Người kiểm tra", who}};
}

constexpr const char* kProtocolTitle = "Biên bản nghiệm thu";
const std::vector<SheetColumn>& change_columns() {
  static const std::vector<SheetColumn> columns{{std::string(kPathHead), 30, ""},
                                                {std::string(kFirstPageHead), 8, ""},
                                                {"Trường", 20, ""},
                                                {"Đã ghi", 40, ""},
                                                {"Sửa thành", 40, ""},
                                                {"Người sửa", 20, ""},
                                                {"Lúc (UTC)", 22, ""}};
  return columns;
}

std::string protocol_sheets(const AcceptanceSample& sample, const Protocol& protocol,
                            const fs::path& file) {
  const auto sheets = make_sheet_writer(file);
  sheets->begin_sheet(kProtocolTitle, {{"Nội dung", 60, ""}, {"Kết quả", 50, ""}});
  for (const auto& [what, result] : statements(sample, protocol))
    sheets->add_row({text_cell(what), text_cell(result)});
  sheets->begin_sheet("Chỗ sai", change_columns());
  for (const std::vector<std::string>& change : protocol.changes) {
    std::vector<SheetCell> row;
    for (const std::string& cell : change) row.push_back(text_cell(cell));
    sheets->add_row(row);
  }
  return sheets->finish();
}

constexpr const char* kProtocolStyle =
    "body { font: 15px/1.45 \"Times New Roman\", serif; margin: 2em auto; max-width: 60em; } "
    "h1 { text-align: center; font-size: 1.4em; } table { border-collapse: collapse; width: 100%; "
    "} "
    "th, td { border: 1px solid #999; padding: .3em .6em; text-align: left; vertical-align: top; "
    "overflow-wrap: anywhere; } .signed { display: flex; justify-content: space-around; margin: "
    "3em "
    "0 8em; } @page { size: A4; margin: 15mm; }";

pugi::xml_node add_element(pugi::xml_node parent, const char* tag, const std::string& text = "") {
  pugi::xml_node node = parent.append_child(tag);
  if (!text.empty()) node.text().set(ocr::xml_text(text).c_str());
  return node;
}

std::string protocol_page(const AcceptanceSample& sample, const Protocol& protocol) {
  pugi::xml_document page;
  page.append_child(pugi::node_doctype).set_value("html");
  pugi::xml_node html = add_element(page, "html");
  html.append_attribute("lang") = "vi";
  pugi::xml_node head = add_element(html, "head");
  add_element(head, "meta").append_attribute("charset") = "utf-8";
  add_element(head, "title", kProtocolTitle);
  add_element(head, "style", kProtocolStyle);
  pugi::xml_node body = add_element(html, "body");
  add_element(body, "h1", kProtocolTitle);
  pugi::xml_node table = add_element(body, "table");
  for (const auto& [what, result] : statements(sample, protocol)) {
    pugi::xml_node row = add_element(table, "tr");
    add_element(row, "th", what);
    add_element(row, "td", result);
  }
  add_element(body, "h2", "Chỗ sai và đã sửa");
  if (protocol.changes.empty()) add_element(body, "p", "Không có.");
  if (!protocol.changes.empty()) {
    pugi::xml_node changes = add_element(body, "table");
    pugi::xml_node heads = add_element(changes, "tr");
    for (const SheetColumn& column : change_columns()) add_element(heads, "th", column.head);
    for (const std::vector<std::string>& change : protocol.changes) {
      pugi::xml_node row = add_element(changes, "tr");
      for (const std::string& cell : change) add_element(row, "td", cell);
    }
  }
  pugi::xml_node places = add_element(body, "div");
  places.append_attribute("class") = "signed";
  add_element(places, "p", "Bên giao");
  add_element(places, "p", "Bên nhận");
  std::ostringstream out;
  page.save(out, "", pugi::format_raw | pugi::format_no_declaration);
  return out.str() + '\n';
}

}  // namespace

Interval binomial_interval(int errors, int size, double confidence) {
  Interval out;
  if (size <= 0) return out;
  const double tail = (1 - confidence) / 2;
  if (errors < size)
    out.high = crossing([&](double share) { return chance_of_at_most(errors, size, share); }, tail);
  if (errors > 0)
    out.low = crossing([&](double share) { return chance_of_at_most(errors - 1, size, share); },
                       1 - tail);
  return out;
}

int sample_size(double bound, double confidence) {
  // (1 - bound)^n is the chance that none of n is wrong.
  return static_cast<int>(std::ceil(std::log((1 - confidence) / 2) / std::log1p(-bound)));
}

AcceptanceSample draw_sample(Ledger& ledger, double bound, double confidence, unsigned seed,
                             bool blind) {
  AcceptanceSample out{seed, bound, confidence, blind, 0, 0, {}};
  std::vector<SampledField> all;
  for_each_shown(ledger, [&](const LedgerEntry& entry, const std::vector<Summary>& documents) {
    for (const Summary& document : documents)
      for (const RegisterColumn& column : register_columns()) {
        const SummaryField& field = document.field(column.field);
        if (field.value && !field.doubtful && field.source != kOperator &&
            field.confidence.value_or(0) >= extract::kReviewBelow)
          all.push_back({entry.path, field.name, *field.value, document.first_page});
      }
  });
  out.population = static_cast<long long>(all.size());
  for (const Decision& one : ledger.decisions()) out.last = one.id;
  const std::size_t wanted =
      std::min(all.size(), static_cast<std::size_t>(sample_size(bound, confidence)));
  // The distributions of the standard library differ from one to the next; this draw does not.
  std::mt19937_64 chance(seed);
  for (std::size_t i = 0; i < wanted; ++i)
    std::swap(all[i], all[i + static_cast<std::size_t>(chance() % (all.size() - i))]);
  all.resize(wanted);
  out.fields = std::move(all);
  return out;
}

fs::path sample_file(const fs::path& outputs) { return outputs / "acceptance.json"; }

void write_sample(const fs::path& outputs, const AcceptanceSample& sample) {
  OutputFile out(sample_file(outputs));
  out.write(json_of_sample(sample).dump(1, ' ', false, Json::error_handler_t::replace) + '\n');
  out.commit();
}

std::optional<AcceptanceSample> read_sample(const fs::path& outputs) {
  if (!fs::exists(sample_file(outputs))) return std::nullopt;
  const std::string text = read_file(sample_file(outputs));
  require_bounded(text);
  try {
    return sample_of(Json::parse(text));
  } catch (const std::exception& error) {
    throw ocr::InputError(ErrorKind::Damaged,
                          sample_file(outputs).string() + " is no sample: " + error.what());
  }
}

std::vector<std::optional<Decision>> outcomes(Ledger& ledger, const AcceptanceSample& sample) {
  std::map<std::tuple<std::string, int, std::string>, Decision> latest;
  for (const Decision& one : ledger.decisions())
    if (one.id > sample.last && !one.undone && one.kind != DecisionKind::Undo)
      latest[{one.path, one.correction.first_page, one.correction.field}] = one;
  std::vector<std::optional<Decision>> out;
  for (const SampledField& field : sample.fields) {
    const auto found = latest.find({field.path, field.first_page, field.field});
    out.push_back(found == latest.end() ? std::nullopt : std::optional(found->second));
  }
  return out;
}

std::string protocol_bytes(Ledger& ledger, const AcceptanceSample& sample, const fs::path& file) {
  const Protocol protocol = protocol_of(ledger, sample);
  if (file.extension() == ".html") return protocol_page(sample, protocol);
  if (file.extension() == ".xlsx") return protocol_sheets(sample, protocol, file);
  throw std::invalid_argument(file.string() + ": a protocol is called .html or .xlsx");
}

}  // namespace vanban::pipeline
