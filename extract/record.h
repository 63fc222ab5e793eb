// What is known of a document: each field with its value or the reason why there is none, and the
// evidence for it. Values are as printed; nothing is filled in that the page does not say.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "extract/tables.h"
#include "ocr/document/document.h"

namespace vanban::extract {

// Why there is no value.
enum class Reason {
  Absent,         // expected on such a document, not found
  Blank,          // the place for it is there and empty
  Illegible,      // written there, but not read with confidence
  Ambiguous,      // several readings are as good
  NotApplicable,  // such a document has none
};

// In snake_case, as in the record.
std::string_view name_of(Reason reason);

// Where a value comes from.
enum class FieldSource {
  Ocr,          // read from the image
  OcrRestored,  // marks or letters were put right, by a list of known names, by the words around or
                // by the user's lexicon; the evidence keeps what was read
  TextLayer,    // from the file's own text
  Inferred,     // concluded from something else that is printed
};

// Code points start (inclusive) to end (exclusive) of the page's text.
struct Span {
  int page = 0;
  std::size_t start = 0, end = 0;
  bool operator==(const Span&) const = default;
};

struct Evidence {
  std::string raw;        // as read, lines parted by \n
  double confidence = 0;  // [0, 1]; of the header's fields the share that is right of such
  int page = 0;           // from 1; 0 without a place
  ocr::Box box;           // PDF points of the page as displayed, origin top left
  FieldSource source = FieldSource::Ocr;
  std::string method;  // the rule that found it
  std::optional<Span> span;
};

// Something else on the page or in the file that speaks for a value or against it.
struct Witness {
  std::string
      kind;  // "engine_text", "signing_time", "cited_date", "deadline", "calendar", "lexicon"
  std::string text;  // what it says
  bool agrees = false;
};

struct Field {
  std::optional<std::string> value;
  Reason reason = Reason::Absent;  // when there is no value
  Evidence evidence;               // may be there without a value: what was seen and not accepted
  // Of what is filled into a form:
  std::optional<ocr::SlotKind> kind;
  std::vector<ocr::Alternative> alternatives;  // all readings, likeliest first
  std::vector<Witness> witnesses;
  bool needs_review = false;  // a person should look, however sure the value is
};

// A value that is less sure than this asks for a look.
inline constexpr double kReviewBelow = 0.9;
// A reading that is less sure than this is no value.
inline constexpr double kGivenMin = 0.5;

struct ListField {
  std::vector<std::string> value;
  Reason reason = Reason::Absent;  // when the list is empty
  Evidence evidence;
};

struct DateParts {
  Field day, month, year;  // digits as written
};

struct Signer {
  Field authority, position, name;
};

// Of whoever received the document.
struct Arrival {
  Field number, date;
};

// How a text names a document: with its date or its issuer, by "số" and its code, by the code
// alone.
enum class MentionForm { Full, Short, WithoutNumberWord };

struct Mention {
  MentionForm form = MentionForm::Short;
  std::string date;  // ISO 8601, where it prints one
  Evidence evidence;
};

// A document that the text cites.
struct Reference {
  Field type, code, number, symbol, date, issuer, subject;
  std::vector<Mention> mentions;  // in reading order, at least one
};

// A numbered heading or paragraph.
struct Heading {
  std::string label;       // "II", "3", "Điều 5"
  int level = 1;           // from 1
  int parent = -1;         // index of the heading above; -1 at the top
  bool is_heading = true;  // false: a numbered paragraph, which has no title
  Field title;
  std::size_t first_token = 0, last_token = 0;  // of the running text, `last_token` exclusive
};

enum class IndicatorKind { Count, Ratio, Share, Money, Duration, Change };
enum class IndicatorStatus { Actual, Target, Estimate };
enum class Comparison { Equal, Greater, Less, AtLeast, AtMost, About, NearlyUpTo };

struct MeasuredNumber {
  double value = 0;
  Evidence evidence;
};

struct Period {
  enum class Kind { AsOf, AsOfDocument, Since, Interval };
  Kind kind = Kind::AsOf;
  std::string raw;
  std::string start, end, as_of;  // ISO 8601; empty where the text does not say
};

// The cell of a table that states a figure.
struct CellPlace {
  std::size_t table = 0, row = 0, column = 0;  // from 0; table: index in the record's tables
  std::string row_head, column_head;           // the heads of a column from the top down
};

// One subject and one measured quantity that the text states of it.
struct Indicator {
  IndicatorKind kind = IndicatorKind::Count;
  IndicatorStatus status = IndicatorStatus::Actual;
  Field subject;
  std::optional<MeasuredNumber> value, value_to;         // value_to: of a change or a range
  std::optional<MeasuredNumber> numerator, denominator;  // of a ratio
  std::optional<MeasuredNumber> percent;
  std::string unit_raw, unit;  // as printed; as the list of counted things has it
  Comparison comparison = Comparison::Equal;
  std::string comparison_raw;  // empty where the text says nothing
  std::optional<Period> period;
  Field entity;                   // of whom it is said
  int section = -1;               // index in the outline; -1 above the first heading
  std::optional<CellPlace> cell;  // where it stands in a table
  Evidence quote;
  std::vector<std::pair<int, ocr::Box>> boxes;  // of the quote, line by line, with their pages
  double confidence = 0;                        // that all of it is right, [0, 1]
  bool needs_review = false;                    // a person should look
  std::size_t first_token = 0, last_token = 0;  // of the running text; none for tables
};

// Two things that a record says, compared.
struct Check {
  std::string id;                  // "symbol_type"
  std::optional<bool> holds;       // none: one of them is not there, or nothing can be said
  std::vector<std::string> paths;  // JSON pointers to what was compared
  std::string expected, found;     // empty where nothing was compared
};

// What a rule saw on a line and what it made of it: for people who ask why.
struct Step {
  std::string topic;  // of the fields that the rule serves: "number", "agencies", "date", "signer"
  int page = 0;       // from 1; 0: no single line
  std::string where;  // part of the page
  std::string saw, outcome;
};

// In the order in which they were taken.
using Steps = std::vector<Step>;

// What a pattern found; one value, or all where there may be many.
struct PatternField {
  std::string name;
  bool many = false;
  std::vector<Field> values;  // one, with a reason where there is none, if not many
};

// What the head of the first page says.
struct Header {
  Field parent_agency, issuing_agency;
  Field number, symbol, code;
  Field place, date;
  DateParts date_parts;
  Field type, subject;
  ListField addressees;
  Field urgency, secrecy;
  std::vector<Field> joint_issuers;  // all of them, where several issue it together
};

// The header's fields are the record's own, so that whoever reads it need not know where a field
// was found.
struct Record : Header {
  int first_page = 0, last_page = 0;  // of the file, from 1
  Arrival arrival;
  Signer signer;                // the first
  std::vector<Signer> signers;  // all, in reading order
  std::vector<Field> recipients;
  std::vector<Reference> references;
  std::vector<Heading> outline;
  std::vector<Indicator> indicators;
  std::vector<Table> tables;
  std::vector<PatternField> pattern_fields;
  std::vector<Check> checks;
  std::vector<ocr::Warning> warnings;  // about the document, beside those of its pages
  Steps steps;
  std::vector<std::string> text_pages;  // one a page, in reading order, lines parted by \n
  // Of each page what a search without marks looks through: lower case, white space folded.
  std::vector<std::string> search_pages;
};

}  // namespace vanban::extract
