#include "pipeline/record/views.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "diacritics/text/syllables.h"
#include "diacritics/text/text.h"
#include "extract/document_fields.h"

namespace vanban::pipeline {
namespace {

using extract::Field;
using extract::Record;
using Shape = ViewValue::Shape;

// ---- What is shown otherwise than the record has it

// Makes what a view shows of a value; nothing where it has no word for it.
using Change = std::optional<std::string> (*)(const std::string& value);

// Codes of the circular's table of types.
std::optional<std::string> type_code(const std::string& type) {
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

// DD/MM/YYYY, as the circular writes days.
std::optional<std::string> circular_date(const std::string& iso) {
  constexpr std::size_t kIsoLength = 10;
  if (iso.size() != kIsoLength) return iso;
  return iso.substr(8, 2) + '/' + iso.substr(5, 2) + '/' + iso.substr(0, 4);
}

// ---- The table

// Of the document as a whole rather than of one field.
constexpr std::string_view kLanguage = "language", kPageCount = "page count",
                           kOriginal = "kind of original";

struct View {
  std::string_view place;  // in the record
  std::string_view field;  // by its name there; empty: no page says it, the archivist gives it
  Shape shape = Shape::Reasoned;
  std::size_t length_max = 0;  // in code points, as the circular allows; 0: any
  Change change = nullptr;
};

// The 21 fields of the circular, in its order, then those of edXML.
constexpr std::array kViews{
    View{"/archival/docId", ""}, View{"/archival/docCode", ""}, View{"/archival/maintenance", ""},
    View{"/archival/typeName", "type", Shape::Reasoned, 0, type_code},
    View{"/archival/codeNumber", "number", Shape::Reasoned, 11},
    View{"/archival/codeNotation", "symbol", Shape::Reasoned, 30},
    View{"/archival/issuedDate", "date", Shape::Reasoned, 0, circular_date},
    View{"/archival/organName", "issuing_agency", Shape::Reasoned, 200},
    View{"/archival/subject", "subject", Shape::Reasoned, 500},
    View{"/archival/language", kLanguage}, View{"/archival/numberOfPage", kPageCount},
    // Neither the document's symbol nor its signatory's hand.
    View{"/archival/inforSign", ""}, View{"/archival/keyword", ""}, View{"/archival/mode", ""},
    View{"/archival/confidenceLevel", kOriginal}, View{"/archival/autograph", ""},
    View{"/archival/format", ""}, View{"/archival/process", ""}, View{"/archival/riskRecovery", ""},
    View{"/archival/riskRecoveryStatus", ""}, View{"/archival/description", ""},
    View{"/edxml/From/OrganName", "issuing_agency", Shape::Plain},
    View{"/edxml/From/OrganizationInCharge", "parent_agency", Shape::Plain},
    View{"/edxml/To", "addressees", Shape::Names},
    View{"/edxml/Code/CodeNumber", "number", Shape::Plain},
    View{"/edxml/Code/CodeNotation", "symbol", Shape::Plain},
    View{"/edxml/PromulgationInfo/Place", "place", Shape::Plain},
    View{"/edxml/PromulgationInfo/PromulgationDate", "date", Shape::Plain},
    View{"/edxml/DocumentType/TypeName", "type", Shape::Plain},
    View{"/edxml/Subject", "subject", Shape::Plain},
    View{"/edxml/SignerInfo/Competence", "signer.authority", Shape::Plain},
    View{"/edxml/SignerInfo/Position", "signer.position", Shape::Plain},
    View{"/edxml/SignerInfo/FullName", "signer.name", Shape::Plain},
    View{"/edxml/ToPlaces", "recipients", Shape::List},
    View{"/edxml/OtherInfo/PageAmount", kPageCount, Shape::Plain}};

ViewValue value_of(const View& view, const StatedField& stated) {
  ViewValue out{std::string(view.place), view.shape, stated.values, stated.reason};
  out.is_number = view.field == kPageCount;
  if (out.values.size() != 1) return out;
  std::string& value = out.values.front();
  if (view.change != nullptr) {
    if (const auto changed = view.change(value)) {
      value = *changed;
    } else {
      out.values.clear();
      out.reason = "not_applicable";
      return out;
    }
  }
  if (view.length_max == 0) return out;
  std::u32string text = diacritics::to_code_points(value);
  if (text.size() <= view.length_max) return out;
  text.resize(view.length_max);
  value = diacritics::to_utf8(text);
  out.cut = true;
  return out;
}

// ---- What is said of the document as a whole

// 01, Vietnamese, where nearly all words of the first pages are.
StatedField language(const ocr::Document& document) {
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
  if (words.syllables == 0) return {{}, "absent"};
  if (words.known_share < kKnownShare) return {{}, "illegible"};
  return {{"01"}, ""};
}

constexpr const char* kNotOnDocument = "not_on_document";

// The kind of original, not how sure the reading is: 02 for what was digitised from paper.
StatedField kind_of_original(const ocr::Document& document) {
  const bool scanned =
      std::any_of(document.pages.begin(), document.pages.end(),
                  [](const ocr::Page& page) { return page.route == ocr::Route::Ocr; });
  return scanned ? StatedField{{"02"}, ""} : StatedField{{}, kNotOnDocument};
}

StatedField stated_by(const Record& record, std::string_view name) {
  const extract::DocumentField& of = *extract::document_field(name);
  if (of.list) return {of.list(record).value, ""};
  StatedField out;
  if (of.each) {
    for (const Field& one : of.each(record))
      if (one.value) out.values.push_back(*one.value);
    return out;
  }
  const Field& field = of.single(record);
  if (field.value) return {{*field.value}, ""};
  return {{}, std::string(name_of(field.reason))};
}

}  // namespace

std::vector<ViewValue> view_values(const Record& record, const ocr::Document& document) {
  std::vector<ViewValue> out;
  for (const View& view : kViews) {
    StatedField stated{{}, kNotOnDocument};
    if (view.field == kLanguage)
      stated = language(document);
    else if (view.field == kOriginal)
      stated = kind_of_original(document);
    else if (view.field == kPageCount)
      stated = {{std::to_string(record.last_page - record.first_page + 1)}, ""};
    else if (!view.field.empty())
      stated = stated_by(record, view.field);
    out.push_back(value_of(view, stated));
  }
  return out;
}

std::vector<ViewValue> view_values(const std::set<std::string>& fields, const FieldLookup& stated) {
  std::vector<ViewValue> out;
  for (const View& view : kViews)
    if (fields.contains(std::string(view.field))) out.push_back(value_of(view, stated(view.field)));
  return out;
}

}  // namespace vanban::pipeline
