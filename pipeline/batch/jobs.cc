#include "pipeline/batch/jobs.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "pipeline/batch/page_bytes.h"

namespace vanban::pipeline {
namespace {

nlohmann::json engine_node(const std::optional<ocr::EngineInfo>& engine) {
  if (!engine) return nullptr;
  return nlohmann::json::array(
      {engine->name, engine->version, engine->model, engine->model_sha256});
}

std::optional<ocr::EngineInfo> engine_of(const nlohmann::json& node) {
  if (node.is_null()) return std::nullopt;
  return ocr::EngineInfo{node.at(0), node.at(1), node.at(2), node.at(3)};
}

nlohmann::json binary(const ocr::Page& page) { return nlohmann::json::binary(page_to_bytes(page)); }
ocr::Page page_of(const nlohmann::json& node) { return page_from_bytes(node.get_binary()); }

// One overload for each message.
nlohmann::json node_of(const PagesFound& m) {
  return {{"kind", "pages_found"}, {"pages", m.pages}};
}
nlohmann::json node_of(const PageBegun& m) {
  return {{"kind", "page_begun"}, {"number", m.number}};
}
nlohmann::json node_of(const PageRead& m) {
  return {{"kind", "page_read"},
          {"page", binary(m.page)},
          {"engine", engine_node(m.engine)},
          {"second_engine", engine_node(m.second_engine)}};
}
nlohmann::json node_of(const PagesOver&) { return {{"kind", "pages_over"}}; }
nlohmann::json node_of(const JobDone& m) {
  nlohmann::json warnings = nlohmann::json::array();
  for (const ocr::Warning& warning : m.warnings)
    warnings.push_back({{"code", warning.code}, {"text", warning.text}});
  return {{"kind", "done"},       {"sha256", m.sha256},
          {"pages", m.pages},     {"pages_unread", m.pages_unread},
          {"warnings", warnings}, {"summary", m.summary},
          {"doubts", m.doubts},   {"stopped_by", m.stopped_by},
          {"spent", m.spent}};
}
nlohmann::json node_of(const JobFailed& m) {
  return {
      {"kind", "failed"}, {"error", name_of(m.kind)}, {"message", m.message}, {"sha256", m.sha256}};
}

}  // namespace

Bytes job_to_bytes(const Job& job) {
  nlohmann::json node{{"outputs_folder", job.outputs_folder},
                      {"input", job.input},
                      {"record", job.record},
                      {"outputs", job.outputs},
                      {"folders", job.folders},
                      {"withhold", job.withhold},
                      {"engine", engine_node(job.earlier.engine)},
                      {"second_engine", engine_node(job.earlier.second_engine)}};
  node["pages_read"] = nlohmann::json::array();
  for (const auto& [number, page] : job.earlier.pages_read)
    node["pages_read"].push_back(binary(page));
  node["pages_given_up"] = nlohmann::json::array();
  for (const auto& [number, why] : job.earlier.pages_given_up)
    node["pages_given_up"].push_back(nlohmann::json::array({number, why.code, why.text}));
  node["corrections"] = nlohmann::json::array();
  for (const Correction& correction : job.corrections)
    node["corrections"].push_back(nlohmann::json::array(
        {correction.field,
         correction.value ? nlohmann::json(*correction.value) : nlohmann::json(nullptr),
         correction.first_page}));
  return nlohmann::json::to_cbor(node);
}

Job job_from_bytes(const Bytes& bytes) {
  const nlohmann::json node = nlohmann::json::from_cbor(bytes);
  Job job;
  job.outputs_folder = node.at("outputs_folder");
  job.input = node.at("input");
  job.record = node.at("record");
  job.outputs = node.at("outputs").get<std::map<std::string, std::string>>();
  job.folders = node.at("folders").get<std::map<std::string, std::string>>();
  job.withhold = node.at("withhold");
  job.earlier.engine = engine_of(node.at("engine"));
  job.earlier.second_engine = engine_of(node.at("second_engine"));
  for (const nlohmann::json& page : node.at("pages_read")) {
    ocr::Page read = page_of(page);
    const int number = read.number;
    job.earlier.pages_read[number] = std::move(read);
  }
  for (const nlohmann::json& why : node.at("pages_given_up"))
    job.earlier.pages_given_up[why.at(0)] = {why.at(1), why.at(2)};
  for (const nlohmann::json& correction : node.at("corrections")) {
    Correction& one = job.corrections.emplace_back();
    one.field = correction.at(0);
    if (!correction.at(1).is_null()) one.value = correction.at(1).get<std::string>();
    one.first_page = correction.at(2);
  }
  return job;
}

Bytes message_to_bytes(const WorkerMessage& message) {
  return nlohmann::json::to_cbor(std::visit([](const auto& one) { return node_of(one); }, message));
}

WorkerMessage message_from_bytes(const Bytes& bytes) {
  require_bounded_cbor(bytes);
  const nlohmann::json node = nlohmann::json::from_cbor(bytes);
  const std::string kind = node.at("kind");
  if (kind == "pages_found") return PagesFound{node.at("pages")};
  if (kind == "page_begun") return PageBegun{node.at("number")};
  if (kind == "page_read")
    return PageRead{page_of(node.at("page")), engine_of(node.at("engine")),
                    engine_of(node.at("second_engine"))};
  if (kind == "pages_over") return PagesOver{};
  if (kind == "done") {
    std::vector<ocr::Warning> warnings;
    for (const nlohmann::json& warning : node.at("warnings"))
      warnings.push_back({warning.at("code"), warning.at("text")});
    return JobDone{node.at("sha256"),     node.at("pages"),   node.at("pages_unread"),
                   std::move(warnings),   node.at("summary"), node.at("doubts"),
                   node.at("stopped_by"), node.at("spent")};
  }
  const auto error = error_kind(node.at("error").get<std::string>());
  return JobFailed{error.value_or(ErrorKind::Internal), node.at("message"), node.at("sha256")};
}

}  // namespace vanban::pipeline
