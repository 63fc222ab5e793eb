#include "pipeline/record/explain.h"

#include <fmt/format.h>

#include <stdexcept>

#include "extract/document_fields.h"
#include "extract/fields.h"

namespace vanban::pipeline {
namespace {

using extract::Field;
using extract::Record;

// Line ends as they are written in one line.
std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) out += c == '\n' ? std::string(" | ") : std::string(1, c);
  return out + '"';
}

std::string with_two_digits(double confidence) { return fmt::format("{:.2f}", confidence); }

std::string steps_of(const Record& record, std::string_view topic) {
  std::string out;
  int number = 0;
  for (const extract::Step& step : record.steps) {
    if (step.topic != topic) continue;
    out += std::to_string(++number) + ". ";
    if (step.page > 0)
      out += "page " + std::to_string(step.page) + ", " + step.where + ": " + quoted(step.saw) +
             "\n   ";
    out += step.outcome + '\n';
  }
  return out.empty() ? "No rule saw anything for it.\n" : out;
}

const char* words_for(extract::Reason reason) {
  switch (reason) {
    case extract::Reason::Absent: return "it is not there";
    case extract::Reason::Blank: return "its place is empty";
    case extract::Reason::Illegible: return "what is written was not read with confidence";
    case extract::Reason::Ambiguous: return "several readings are as good";
    case extract::Reason::NotApplicable: return "such a document has none";
  }
  return "";
}

std::string source_of(const extract::Evidence& evidence) {
  switch (evidence.source) {
    case extract::FieldSource::Ocr: return "read from the image";
    case extract::FieldSource::OcrRestored: return "read from the image and put right";
    case extract::FieldSource::TextLayer: return "from the file's own text";
    case extract::FieldSource::Inferred: return "concluded from something else that is printed";
  }
  return "";
}

std::string outcome(std::string_view name, const Field& field) {
  std::string out = std::string(name) + ": ";
  out += field.value ? quoted(*field.value) : std::string("none; ") + words_for(field.reason);
  out += '\n';
  const extract::Evidence& evidence = field.evidence;
  if (evidence.page > 0)
    out += "  " + source_of(evidence) + " on page " + std::to_string(evidence.page) + ": " +
           quoted(evidence.raw) + ", by " + evidence.method + ", confidence " +
           with_two_digits(evidence.confidence) + '\n';
  for (const ocr::Alternative& other : field.alternatives)
    out += "  could be " + quoted(other.text) + ", " + with_two_digits(other.confidence) + '\n';
  for (const extract::Witness& witness : field.witnesses)
    out += "  " + witness.kind + " says " + quoted(witness.text) + ": " +
           (witness.agrees ? "agrees" : "disagrees") + '\n';
  if (extract::asks_for_look(field)) out += "  a person should look\n";
  return out;
}

std::string checks_of(const Record& record, std::string_view name) {
  const std::string path = "/document" + extract::pointer_of(name);
  std::string out;
  for (const extract::Check& check : record.checks)
    for (const std::string& compared : check.paths)
      if (compared == path)
        out += "  check " + check.id + ": " +
               (!check.holds   ? "nothing to compare"
                : *check.holds ? "holds"
                               : "fails") +
               (check.expected.empty() ? "" : ", expected " + quoted(check.expected)) +
               (check.found.empty() ? "" : ", found " + quoted(check.found)) + '\n';
  return out;
}

}  // namespace

std::vector<std::string> explained_fields(const Record& record) {
  std::vector<std::string> out;
  for (const extract::DocumentField& field : extract::document_fields())
    out.emplace_back(field.name);
  for (const extract::PatternField& field : record.pattern_fields) out.push_back(field.name);
  return out;
}

std::string explain(const Record& record, std::string_view field) {
  if (const extract::DocumentField* of = extract::document_field(field)) {
    std::string out = steps_of(record, of->topic) + '\n';
    if (of->single) return out + outcome(field, of->single(record)) + checks_of(record, field);
    if (of->list)
      for (const std::string& value : of->list(record).value) out += quoted(value) + '\n';
    // A list is called by the plural of what it holds.
    if (of->each)
      for (const Field& one : of->each(record))
        out += outcome(field.substr(0, field.size() - 1), one);
    return out;
  }
  for (const extract::PatternField& of_pattern : record.pattern_fields) {
    if (of_pattern.name != field) continue;
    std::string out = steps_of(record, "fields/" + of_pattern.name) + '\n';
    for (const Field& value : of_pattern.values) out += outcome(field, value);
    return out;
  }
  std::string names;
  for (const std::string& name : explained_fields(record))
    names += (names.empty() ? "" : ", ") + name;
  throw std::invalid_argument("there is no field \"" + std::string(field) + "\"; choose from " +
                              names);
}

}  // namespace vanban::pipeline
