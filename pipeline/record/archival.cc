#include "pipeline/record/archival.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "diacritics/text/syllables.h"
#include "diacritics/text/text.h"

namespace vanban::pipeline {
namespace {

using extract::Field;
using extract::Record;

constexpr const char* kNotOnDocument = "not_on_document";

ArchivalField none(const char* name, std::string reason = kNotOnDocument) {
  return {name, std::nullopt, std::move(reason)};
}

ArchivalField given(const char* name, std::string value) { return {name, std::move(value), {}}; }

// A field of the document, cut to the circular's length in code points.
ArchivalField of_field(const char* name, const Field& field, std::size_t length_max) {
  if (!field.value) return none(name, std::string(name_of(field.reason)));
  std::u32string text = diacritics::to_code_points(*field.value);
  ArchivalField out = given(name, *field.value);
  if (text.size() > length_max) {
    text.resize(length_max);
    out.value = diacritics::to_utf8(text);
    out.cut = true;
  }
  return out;
}

ArchivalField type_name(const Record& record) {
  if (!record.type.value) return none("typeName", std::string(name_of(record.type.reason)));
  const auto code = archival_type_code(*record.type.value);
  return code ? given("typeName", *code) : none("typeName", "not_applicable");
}

// DD/MM/YYYY
ArchivalField issued_date(const Record& record) {
  if (!record.date.value) return none("issuedDate", std::string(name_of(record.date.reason)));
  const std::string& iso = *record.date.value;
  return given("issuedDate", iso.substr(8, 2) + '/' + iso.substr(5, 2) + '/' + iso.substr(0, 4));
}

// 01, Vietnamese, where nearly all words of the first pages are.
ArchivalField language(const ocr::Document& document) {
  constexpr double kKnownShare = 0.7;
  constexpr std::size_t kWordsMax = 2000;  // more say the same
  std::vector<std::string> text;
  for (const ocr::Page& page : document.pages) {
    if (text.size() >= kWordsMax) break;
    for (const ocr::Block& block : page.blocks)
      for (const ocr::Line& line : block.lines)
        for (const ocr::Word& word : line.words) text.push_back(word.text);
  }
  const diacritics::Plausibility words =
      diacritics::judge(diacritics::SyllableTable::built_in(), text);
  if (words.syllables == 0) return none("language", "absent");
  return words.known_share >= kKnownShare ? given("language", "01") : none("language", "illegible");
}

// The kind of original, not how sure the reading is: 02 for what was digitised from paper.
ArchivalField kind_of_original(const ocr::Document& document) {
  const bool scanned =
      std::any_of(document.pages.begin(), document.pages.end(),
                  [](const ocr::Page& page) { return page.route == ocr::Route::Ocr; });
  return scanned ? given("confidenceLevel", "02") : none("confidenceLevel");
}

ArchivalField page_count(const Record& record) {
  ArchivalField out =
      given("numberOfPage", std::to_string(record.last_page - record.first_page + 1));
  out.is_number = true;
  return out;
}

}  // namespace

// Codes of the circular's table of types, which follows the order of Decree 30.
std::optional<std::string> archival_type_code(std::string_view type) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 29> kCodes{
      {{"nghi quyet", "01"},     {"quyet dinh", "02"}, {"chi thi", "03"},
       {"quy che", "04"},        {"quy dinh", "05"},   {"thong cao", "06"},
       {"thong bao", "07"},      {"huong dan", "08"},  {"chuong trinh", "09"},
       {"ke hoach", "10"},       {"phuong an", "11"},  {"de an", "12"},
       {"du an", "13"},          {"bao cao", "14"},    {"to trinh", "15"},
       {"giay uy quyen", "16"},  {"phieu gui", "17"},  {"phieu chuyen", "18"},
       {"phieu bao", "19"},      {"bien ban", "20"},   {"hop dong", "21"},
       {"cong van", "22"},       {"cong dien", "23"},  {"ban ghi nho", "24"},
       {"ban thoa thuan", "25"}, {"giay moi", "26"},   {"giay gioi thieu", "27"},
       {"giay nghi phep", "28"}, {"thu cong", "29"}}};
  const std::string folded = diacritics::fold(type);
  for (const auto& [name, code] : kCodes)
    if (name == folded) return std::string(code);
  return std::nullopt;
}

std::vector<ArchivalField> archival_fields(const Record& record, const ocr::Document& document) {
  return {none("docId"), none("docCode"), none("maintenance"), type_name(record),
          of_field("codeNumber", record.number, 11), of_field("codeNotation", record.symbol, 30),
          issued_date(record), of_field("organName", record.issuing_agency, 200),
          of_field("subject", record.subject, 500), language(document), page_count(record),
          // Neither the document's symbol nor its signatory's hand.
          none("inforSign"), none("keyword"), none("mode"), kind_of_original(document),
          none("autograph"), none("format"), none("process"), none("riskRecovery"),
          none("riskRecoveryStatus"), none("description")};
}

}  // namespace vanban::pipeline
