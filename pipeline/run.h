// From the bytes of a scan to its record: all stages, one after another.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "ocr/document/document.h"
#include "ocr/document/error.h"
#include "pipeline/options.h"

namespace vanban::pipeline {

class Engines;

struct Input {
  std::string file_name;  // without folders; it names the input in the record
  std::string bytes;
  std::string path{};  // below the folder of a batch; empty: it is of none
};

// A file of which a document has as many as it has things of a kind.
struct SideFile {
  std::string kind;  // of the option, --tables, and of a batch's folder, OUT/tables
  std::string name;  // of its own: "table-01.csv"; "p0001-number.png"
  std::string bytes;
};
// A CSV of each table, in the order of the record.
inline constexpr const char* kTables = "tables";
// A picture of what stands in each slot of the headers: number, day, month; where
// PageOptions::crop_slots asks for it, in the order of the pages.
inline constexpr const char* kCrops = "crops";

struct Output {
  // Valid against schemas/record-1.schema.json, ends with a newline; an array of such where
  // documents were to be split. See `stopped_by`.
  std::string record_json;
  // Of the outputs asked for, by name.
  std::map<std::string, std::string> files;
  std::vector<SideFile> side_files;
  std::vector<ocr::Warning> warnings;  // of the document and its pages, for a person
  // A page bears a mark of secrecy: what is written is for the eyes of its owner alone.
  bool secret = false;
  // That mark, where it ended the reading. The record is that of secret.h, and there is no more.
  std::string stopped_by;
};

// The caller asked for it.
class Interrupted : public Error {
 public:
  Interrupted() : Error(ErrorKind::Interrupted, "interrupted") {}
};

// Throws ocr::InputError when nothing of the input can be read, ocr::EngineError when a model is
// missing, std::invalid_argument when the options ask for pages that are not there, Interrupted. A
// page that cannot be read is in the record with a warning.
//
// `engines` are used and kept by a caller who has more than one document to read, one page at a
// time: `options.jobs` must be 1.
Output convert(Input input, const Options& options, Engines* engines = nullptr);

// As of Output.
struct TextOutput {
  std::string record_json;
  std::vector<ocr::Warning> warnings;
  bool secret = false;
  std::string stopped_by;
};

// The same for a plain text, pages parted by form feeds; nothing is read from an image or restored.
// `input.bytes` must be UTF-8.
TextOutput extract_text(const Input& input, const RecordOptions& options);

// Whether the bytes are those of a file that `convert` reads pages from, whole or damaged.
bool is_scan(std::string_view bytes);

// Why a field of the first document's record is what it is; see explain. Of a scan or a plain text;
// throws as the two above, std::invalid_argument where there is no such field, and Error Secret
// where a page bears a mark of secrecy and the policy is another than All.
std::string explain_scan(Input input, const Options& options, std::string_view field);
std::string explain_text(const Input& input, const RecordOptions& options, std::string_view field);

}  // namespace vanban::pipeline
