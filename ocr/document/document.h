// What was read from a document: pages, blocks, lines, words, each with its place on the page.
// This is the common language of the rooms: standard library only, no image types, no knowledge of
// Vietnamese. Vocabulary as in hOCR (page, line, word); a word is what spaces separate, which in
// Vietnamese is a syllable (tiếng).
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "ocr/document/geometry.h"

namespace vanban::ocr {

// Something a person should know about; never a reason to stop.
struct Warning {
  std::string code;  // stable, snake_case
  std::string text;  // for people
  bool operator==(const Warning&) const = default;
};

// Another reading of a word.
struct Alternative {
  std::string text;
  double confidence = 0;  // [0, 1]
  bool operator==(const Alternative&) const = default;
};
// Those of one confidence stay as they stand.
void sort_likeliest_first(std::vector<Alternative>& alternatives);

struct Word {
  std::string text;      // our best reading, UTF-8, NFC
  std::string ocr_text;  // as the engine or the text layer gave it
  Box box;
  double confidence = 0;  // that `text` is right, [0, 1]
  int column = 0;         // of the table cell that holds it, from 0; 0 outside tables
  bool restored = false;  // `text` was not seen so: it was inferred from the words around
  std::string font{};     // in a text layer, where it is known
  std::vector<Alternative> alternatives{};  // likeliest first; of doubtful words only
  bool operator==(const Word&) const = default;
};

struct Line {
  Box box;
  std::vector<Word> words;  // in reading order
  int row = 0;              // of the table that holds it, from 0; 0 outside tables
  bool operator==(const Line&) const = default;
};

// Words joined by single spaces, cells of a table row by tabs.
std::string text_of(const Line& line);
// Around all words of the line.
Box box_of(const std::vector<Word>& words);
// Mean over the words, weighted by their length; 0 without words.
double mean_confidence(const std::vector<Word>& words);

// The parts of an administrative page.
enum class BlockKind {
  HeaderLeft,   // the bodies, number and symbol, the subject of a letter
  HeaderRight,  // national motto, place and date
  Title,        // name of the type and subject
  Addressees,   // Kính gửi
  Body,         // whatever belongs to no other part
  Table,        // ruled
  Recipients,   // Nơi nhận
  Signature,    // authority, position and name of the signatory
  FootAddress,  // the office's address, under a rule at the foot
  PageNumber,
  ReceiptStamp,      // Công văn đến: set on it where it was received
  UrgencyStamp,      // Hỏa tốc, Khẩn; Mật where it is stamped
  DigitalSignature,  // what a signing program printed on the page
};
// In snake_case, as in the record.
std::string_view name_of(BlockKind kind);
// Whether a part is of the document's own text. What programs and scanners printed and the page's
// number are not.
bool is_text_part(BlockKind kind);

// A cell of a ruled table; one that spans rows or columns names its first.
struct TableCell {
  int row = 0, column = 0;  // from 0
  int row_span = 1, column_span = 1;
  // Top left, top right, bottom right, bottom left: the rules of a scan lean and bow.
  std::array<Point, 4> corners{};

  // The upright box around the corners.
  Box box() const;
  bool contains(double x, double y) const;
  bool operator==(const TableCell&) const = default;
};

struct Block {
  BlockKind kind = BlockKind::Body;
  Box box;
  std::vector<Line> lines;  // top to bottom; in a table one line per row, empty rows left out
  std::vector<TableCell> cells{};  // of a table, row by row
  bool operator==(const Block&) const = default;
};

// All words, in reading order.
std::vector<Word> words_of(const std::vector<Block>& blocks);
// What that would hold, without copying it.
std::size_t count_words(const std::vector<Block>& blocks);
double mean_confidence_of(const std::vector<Block>& blocks);

enum class SealColour { Red, Black, Grey };
// In snake_case, as in the record.
std::string_view name_of(SealColour colour);

// A round seal. What stands in it is no part of the text.
struct Seal {
  Box box;  // around its outer ring
  SealColour colour = SealColour::Red;
  double covers = 0;      // share of its disc that is inked, [0, 1]; of black ones print counts too
  std::string text;       // read round its rim, as the engine gave it; empty where nothing was
  double confidence = 0;  // that `text` is right, [0, 1]
  bool operator==(const Seal&) const = default;
};

enum class Route { Ocr, TextLayer, Blank };
// In snake_case, as in the record.
std::string_view name_of(Route route);

// A place that a form leaves free for a number or a day.
enum class SlotUse { Number, Day, Month };
enum class SlotKind { Printed, Handwritten, Stamped, Blank };
std::string_view name_of(SlotUse use);    // "number"
std::string_view name_of(SlotKind kind);  // "handwritten"

struct Slot {
  SlotUse use = SlotUse::Number;
  SlotKind kind = SlotKind::Blank;
  Box box;                              // page units
  std::vector<Alternative> readings{};  // likeliest first; none where it is blank
  std::string engine_text{};            // what the engine took it for, spaces removed
  double engine_confidence = 0;         // [0, 1]
  bool stated = false;                  // the readings are the file's own words, not its image's
  std::string crop_png{};               // where it was asked for: a picture of it as scanned
  bool operator==(const Slot&) const = default;
};

// Ink that no word explains though it looks like print, or that may hide print.
enum class UnreadKind {
  Print,  // letters in an even row
  Blot,   // ink larger than letters, in a row of them
};
// In snake_case, as in the record.
std::string_view name_of(UnreadKind kind);

struct Unread {
  UnreadKind kind = UnreadKind::Print;
  Box box;
  int marks = 0;  // pieces of ink
  bool operator==(const Unread&) const = default;
};

// Coordinates of boxes are in page units: pixels of the upright, deskewed image that was read, or
// points where the text layer was read. `to_displayed` takes them to PDF points of the page as a
// viewer shows it (crop box and /Rotate applied), origin top left.
struct Page {
  int number = 0;                      // from 1
  double width_pt = 0, height_pt = 0;  // of the page as displayed
  double width = 0, height = 0;        // in page units
  PageMap to_displayed;
  Route route = Route::Ocr;
  double dpi = 0;            // of the scan; 0 where no image fills the page
  int rotation_degrees = 0;  // clockwise turn that made the page upright: 0, 90, 180, 270
  double skew_degrees = 0;   // clockwise lean of the text on the scan, taken out before reading
  std::vector<std::string> preprocess;  // steps that were applied, in order
  std::vector<Block> blocks;            // in reading order
  std::vector<Seal> seals;              // found on the image
  std::vector<Box> unread_ink;          // marks of a letter's size that no word covers
  std::vector<Unread> unread;           // what of it, and of larger ink, asks for a look
  std::vector<Slot> slots;              // of the header
  std::vector<Warning> warnings;
};

// A digital signature's dictionary and certificate. It is read, not verified.
struct DigitalSignature {
  std::string signer;        // common name of the certificate; empty when it cannot be read
  std::string organization;  // O of the certificate
  std::string signed_at;     // ISO 8601 with offset; empty when not stated
};

struct Document {
  std::vector<Page> pages;
  std::vector<DigitalSignature> signatures;
  std::vector<Warning> warnings;
};

}  // namespace vanban::ocr
