#include "pipeline/sheets/workbook.h"

#include <zip.h>

#include <cstdlib>
#include <map>
#include <memory>
#include <pugixml.hpp>
#include <stdexcept>

namespace vanban::pipeline {
namespace {

// A register of 100,000 documents has some 100 MB in its largest part; more is no register.
constexpr std::uint64_t kMostBytes = std::uint64_t{1} << 28;
// As table programs allow.
constexpr std::size_t kMostRows = 1'048'576, kMostColumns = 16'384;
// Cells, empty ones before the last of a row included; that register has some 3 million.
constexpr std::size_t kMostCells = 10'000'000;

struct ArchiveCloser {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};
using Archive = std::unique_ptr<zip_t, ArchiveCloser>;

[[noreturn]] void fail(const std::string& why) {
  throw std::invalid_argument("it is no workbook: " + why);
}

Archive open_archive(const std::string& bytes) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  zip_t* archive = source == nullptr ? nullptr : zip_open_from_source(source, ZIP_RDONLY, &error);
  if (archive == nullptr) {
    zip_source_free(source);
    fail(zip_error_strerror(&error));
  }
  return Archive(archive);
}

// Empty where there is no such file.
std::string read_file(zip_t* archive, const std::string& name) {
  zip_stat_t status;
  if (zip_stat(archive, name.c_str(), 0, &status) != 0) return "";
  if (status.size > kMostBytes) fail(name + " is too large");
  const std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> file(zip_fopen(archive, name.c_str(), 0),
                                                               zip_fclose);
  if (!file) fail(name + " cannot be read");
  std::string bytes(status.size, '\0');
  if (zip_fread(file.get(), bytes.data(), bytes.size()) != static_cast<zip_int64_t>(bytes.size()))
    fail(name + " is cut off");
  return bytes;
}

pugi::xml_document parsed(const std::string& xml, const std::string& name) {
  pugi::xml_document document;
  if (!document.load_buffer(xml.data(), xml.size(), pugi::parse_default | pugi::parse_ws_pcdata))
    fail(name + " is damaged");
  return document;
}

// Programs may write any prefix before a name.
bool is(const pugi::xml_node& node, std::string_view name) {
  const std::string_view full = node.name();
  return full == name || (full.size() > name.size() && full.ends_with(name) &&
                          full[full.size() - name.size() - 1] == ':');
}

// "_x0001_" stands for a character that XML cannot hold (ECMA-376, ST_Xstring).
std::string unescaped(const std::string& text) {
  constexpr std::size_t kLength = 7;
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string digits = text.compare(i, 2, "_x") == 0 ? text.substr(i + 2, 4) : "";
    if (digits.size() != 4 || text.compare(i + 6, 1, "_") != 0 ||
        digits.find_first_not_of("0123456789abcdefABCDEF") != digits.npos) {
      out += text[i];
      continue;
    }
    const auto code = std::stoul(digits, nullptr, 16);
    // Of others it stands for itself.
    out += code < 0x80 ? std::string(1, static_cast<char>(code)) : text.substr(i, kLength);
    i += kLength - 1;
  }
  return out;
}

// All text of a string's runs, without what only says how it sounds. A run has no runs.
std::string text_of(const pugi::xml_node& node) {
  std::string out;
  for (const pugi::xml_node& child : node.children()) {
    if (is(child, "t")) out += child.text().get();
    if (!is(child, "r")) continue;
    for (const pugi::xml_node& part : child.children())
      if (is(part, "t")) out += part.text().get();
  }
  return unescaped(out);
}

std::vector<std::string> shared_strings(zip_t* archive) {
  std::vector<std::string> out;
  const std::string xml = read_file(archive, "xl/sharedStrings.xml");
  if (xml.empty()) return out;
  const pugi::xml_document document = parsed(xml, "sharedStrings.xml");
  for (const pugi::xml_node& item : document.document_element().children())
    if (is(item, "si")) out.push_back(text_of(item));
  return out;
}

// What a person calls a sheet, and the part of the file that holds it.
struct SheetPart {
  std::string name, part;
};

std::vector<SheetPart> sheet_parts(zip_t* archive) {
  const std::vector<SheetPart> fallback{{"", "xl/worksheets/sheet1.xml"}};
  const std::string book = read_file(archive, "xl/workbook.xml");
  const std::string relations = read_file(archive, "xl/_rels/workbook.xml.rels");
  if (book.empty() || relations.empty()) return fallback;
  const pugi::xml_document book_xml = parsed(book, "workbook.xml");
  const pugi::xml_node sheets =
      book_xml.find_node([](const pugi::xml_node& node) { return is(node, "sheets"); });
  const pugi::xml_document relations_xml = parsed(relations, "workbook.xml.rels");
  std::map<std::string, std::string> targets;  // by their ids
  for (const pugi::xml_node& relation : relations_xml.document_element().children())
    targets[relation.attribute("Id").value()] = relation.attribute("Target").value();
  std::vector<SheetPart> out;
  for (const pugi::xml_node& sheet : sheets.children()) {
    const std::string& target = targets[sheet.attribute("r:id").value()];
    if (!target.empty())
      out.push_back({sheet.attribute("name").value(),
                     target.starts_with('/') ? target.substr(1) : "xl/" + target});
  }
  return out.empty() ? fallback : out;
}

// "AB12" is column 27, counted from 0.
std::size_t column_of(const char* place) {
  std::size_t column = 0;
  for (; *place >= 'A' && *place <= 'Z'; ++place)
    column = column * 26 + static_cast<std::size_t>(*place - 'A') + 1;
  return column - 1;
}

std::string value_of(const pugi::xml_node& cell, const std::vector<std::string>& shared) {
  const std::string_view type = cell.attribute("t").value();
  std::string formula;
  for (const pugi::xml_node& child : cell.children()) {
    if (is(child, "is")) return text_of(child);
    if (is(child, "f")) formula = std::string("=") + child.text().get();
    if (!is(child, "v")) continue;
    const char* value = child.text().get();
    if (type != "s") return *value == '\0' ? formula : value;
    const auto index = static_cast<std::size_t>(std::strtoul(value, nullptr, 10));
    return index < shared.size() ? shared[index] : "";
  }
  // Of one that was never worked out.
  return formula;
}

using Cells = std::vector<std::vector<std::string>>;

Cells cells_of(const pugi::xml_document& sheet, const std::vector<std::string>& shared) {
  Cells out;
  std::size_t count = 0;
  for (const pugi::xml_node& data : sheet.document_element().children()) {
    if (!is(data, "sheetData")) continue;
    for (const pugi::xml_node& row : data.children()) {
      const std::size_t number = row.attribute("r").as_uint(static_cast<unsigned>(out.size() + 1));
      if (number < 1 || number > kMostRows) fail("it has too many rows");
      if (out.size() < number) out.resize(number);
      std::vector<std::string>& cells = out[number - 1];
      for (const pugi::xml_node& cell : row.children()) {
        const char* place = cell.attribute("r").value();
        const std::size_t column = *place == '\0' ? cells.size() : column_of(place);
        if (column >= kMostColumns) fail("it has too many columns");
        if (cells.size() <= column) {
          count += column + 1 - cells.size();
          if (count > kMostCells) fail("it has too many cells");
          cells.resize(column + 1);
        }
        cells[column] = value_of(cell, shared);
      }
    }
  }
  return out;
}

// The cell and the words of each comment: programs write the rest of it as they like.
void add_comments(const pugi::xml_document& comments, Cells& out) {
  for (const pugi::xml_node& list : comments.document_element().children()) {
    if (!is(list, "commentList")) continue;
    for (const pugi::xml_node& comment : list.children())
      for (const pugi::xml_node& text : comment.children())
        if (is(text, "text")) out.push_back({comment.attribute("ref").value(), text_of(text)});
  }
}

// Programs write empty ones as well.
void add_drawing(const std::string& xml, const std::string& name, Cells& out) {
  if (!parsed(xml, name).document_element().children().empty()) out.push_back({name, xml});
}

// What stands over the cells: a row for each comment, and for each drawing its name and content.
Cells remarks(zip_t* archive) {
  Cells out;
  const zip_int64_t count = zip_get_num_entries(archive, 0);
  for (zip_int64_t i = 0; i < count; ++i) {
    const char* entry = zip_get_name(archive, static_cast<zip_uint64_t>(i), 0);
    const std::string name = entry == nullptr ? "" : entry;
    // The frames of comments say nothing.
    if (name.starts_with("xl/drawings/vmlDrawing") || name.starts_with("xl/drawings/_rels/"))
      continue;
    if (name.starts_with("xl/comments"))
      add_comments(parsed(read_file(archive, name), name), out);
    else if (name.starts_with("xl/threadedComments/"))
      out.push_back({name, read_file(archive, name)});
    else if (name.starts_with("xl/drawings/"))
      add_drawing(read_file(archive, name), name, out);
  }
  return out;
}

}  // namespace

std::vector<SheetCells> all_sheets(const std::string& bytes) {
  const Archive archive = open_archive(bytes);
  const std::vector<std::string> shared = shared_strings(archive.get());
  std::vector<SheetCells> out;
  for (const SheetPart& sheet : sheet_parts(archive.get())) {
    const std::string xml = read_file(archive.get(), sheet.part);
    if (xml.empty()) fail("its sheet " + sheet.part + " is missing");
    out.push_back({sheet.name, cells_of(parsed(xml, sheet.part), shared)});
  }
  out.push_back({"", remarks(archive.get())});
  return out;
}

}  // namespace vanban::pipeline
