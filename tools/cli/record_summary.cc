#include "tools/cli/record_summary.h"

#include <fmt/core.h>

#include <algorithm>
#include <limits>
#include <vector>

#include "diacritics/text/text.h"
#include "pipeline/batch/summary.h"
#include "tools/cli/one_line.h"

namespace vanban::tools {
namespace {

using pipeline::Summary;
using pipeline::SummaryField;

constexpr std::size_t kLabelWidth = 12;

std::size_t length_of(const std::string& text) { return diacritics::to_code_points(text).size(); }

// Texts that are there, parted by `between`.
std::string joined(const std::vector<std::string>& texts, const std::string& between) {
  std::string out;
  for (const std::string& text : texts)
    if (!text.empty()) out += (out.empty() ? "" : between) + text;
  return out;
}

// In so many lines of `width` at most.
std::vector<std::string> folded(const std::string& text, std::size_t width,
                                std::size_t most_lines) {
  std::u32string rest = diacritics::to_code_points(text);
  std::vector<std::string> out;
  while (!rest.empty()) {
    std::size_t end = std::min(rest.size(), width), next = end;
    if (rest.size() > width && out.size() + 1 == most_lines) {
      out.push_back(diacritics::to_utf8(rest.substr(0, width - 1)) + "…");
      break;
    }
    if (rest.size() > width)
      if (const std::size_t space = rest.rfind(U' ', width); space != rest.npos && space > 0) {
        end = space;
        next = space + 1;
      }
    out.push_back(diacritics::to_utf8(rest.substr(0, end)));
    rest.erase(0, next);
  }
  return out;
}

class Lines {
 public:
  Lines(const SummaryWords& words, std::size_t width)
      : words_(words), width_(std::max<std::size_t>(width, 40) - kLabelWidth) {}

  void add(const std::string& label, const std::string& text, std::size_t most_lines = 2) {
    if (text.empty()) return;
    std::string head = words_.translated(label);
    for (const std::string& line : folded(one_line(text), width_, most_lines)) {
      head.append(kLabelWidth - std::min(kLabelWidth, length_of(head)), ' ');
      text_ += head + line + '\n';
      head.clear();
    }
  }
  std::string text() const { return text_; }

 private:
  const SummaryWords& words_;
  std::size_t width_;
  std::string text_;
};

std::string value_of(const Summary& summary, std::string_view field) {
  return summary.field(field).value.value_or("");
}

std::string doubts_of(const Summary& summary, const SummaryWords& words) {
  std::vector<std::string> out;
  for (const SummaryField& field : summary.fields) {
    if (!field.doubtful || field.name == "code") continue;  // number and symbol once more
    const std::string name = words.field_name(field.name);
    out.push_back(field.value && field.confidence
                      ? fmt::format("{} ({:.2f})", name, *field.confidence)
                      : fmt::format("{} ({})", name, words.translated(field.reason)));
  }
  out.insert(out.end(), summary.failed_checks.begin(), summary.failed_checks.end());
  for (const pipeline::SummaryPage& page : summary.pages)
    if (pipeline::was_not_read(page))
      out.push_back(
          fmt::format(fmt::runtime(words.translated("page {} could not be read")), page.number));
  return out.empty() ? words.translated("nothing asks for a look") : joined(out, "; ");
}

std::string pages_of(const Summary& summary) {
  return summary.first_page == summary.last_page
             ? std::to_string(summary.first_page)
             : fmt::format("{}-{}", summary.first_page, summary.last_page);
}

}  // namespace

std::string record_summary(std::string_view record_json, const SummaryWords& words,
                           std::size_t width, const MoreLines& more) {
  std::string out;
  for (const Summary& summary : pipeline::summarize(record_json)) {
    Lines lines(words, width);
    const auto value = [&](std::string_view field) { return value_of(summary, field); };
    lines.add("Document", joined({value("type"), value("code")}, " "));
    lines.add("From", joined({value("issuing_agency"), value("parent_agency")}, " · "));
    lines.add("Date", joined({value("place"), value("date")}, ", "));
    lines.add("Subject", value("subject"));
    lines.add("To", value("addressees"));
    lines.add(
        "Signed",
        joined({value("signer.authority"), value("signer.position"), value("signer.name")}, " "));
    lines.add("Stamps", joined({value("urgency"), value("secrecy")}, ", "));
    lines.add("Pages", pages_of(summary));
    lines.add("To look at", doubts_of(summary, words), 4);
    out += (out.empty() ? "" : "\n") + lines.text();
  }
  // To be copied as they are.
  Lines behind(words, std::numeric_limits<std::size_t>::max());
  for (const auto& [label, text] : more) behind.add(label, text);
  return out + behind.text();
}

}  // namespace vanban::tools
