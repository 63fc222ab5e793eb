#include "pipeline/run.h"

#include <fmt/core.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <limits>
#include <memory>
#include <mutex>
#include <new>
#include <optional>
#include <set>
#include <stdexcept>
#include <thread>
#include <utility>

#include "extract/elements/boundaries.h"
#include "extract/elements/stamps.h"
#include "extract/extract.h"
#include "extract/reading.h"
#include "ocr/digest.h"
#include "ocr/document/error.h"
#include "ocr/open/open_source.h"
#include "pipeline/memory.h"
#include "pipeline/page/read_page.h"
#include "pipeline/page/trace.h"
#include "pipeline/plain_text.h"
#include "pipeline/record/explain.h"
#include "pipeline/record/json.h"
#include "pipeline/record/json_lines.h"
#include "pipeline/record/outputs.h"
#include "pipeline/record/schema.h"
#include "pipeline/record/secret.h"
#include "pipeline/record/table_csv.h"
#include "pipeline/record/unread_page.h"
#include "pipeline/workers.h"

namespace vanban::pipeline {
namespace {

using ocr::Page;

std::vector<int> selected_pages(const Options& options, const ocr::Source& source) {
  for (const auto& [first, last] : options.pages) require_page(source, last);
  const int page_count = static_cast<int>(source.pages.size());
  std::vector<int> numbers;
  for (int number = 1; number <= page_count; ++number) {
    const bool wanted = options.pages.empty() ||
                        std::any_of(options.pages.begin(), options.pages.end(), [&](auto range) {
                          return number >= range.first && number <= range.second;
                        });
    if (wanted) numbers.push_back(number);
  }
  return numbers;
}

struct Reading {
  std::vector<Page> pages;
  std::optional<ocr::EngineInfo> engine;         // where a page was read from its image
  std::optional<ocr::EngineInfo> second_engine;  // where words were read again
  std::optional<ocr::InputError> last_error;
  int failed = 0;
  // That of the first page with one, where it ends the reading: pages behind it are left unread.
  std::optional<extract::Field> secrecy;
};

// A page, or why it cannot be read. What means that none can be read is thrown on.
std::optional<ocr::InputError> try_page(int number, const ocr::Source& source,
                                        const Options& options, PageWorker& worker,
                                        const Trace& trace, Page& page) {
  const ocr::InputError out_of_memory(ErrorKind::OutOfMemory,
                                      "reading the page takes more memory than there is");
  begin_watching_memory();
  try {
    page = read_page(number, source, options.page, options.restorer, worker, trace);
  } catch (const ocr::EngineError&) {
    throw;
  } catch (const ocr::InputError& failure) {
    return memory_ran_short() ? out_of_memory : failure;
  } catch (const std::bad_alloc&) {
    return out_of_memory;
  } catch (const std::exception& failure) {
    // An image library that gives up on this page may do well on the next.
    return memory_ran_short() ? out_of_memory : ocr::InputError(ErrorKind::Damaged, failure.what());
  }
  return std::nullopt;
}

// Reads pages into their places; several threads at once, each with a PageWorker of its own.
class PageReading {
 public:
  PageReading(const ocr::Source& source, const Options& options, const Trace& trace)
      : source_(source),
        options_(options),
        listener_(options.listener),
        trace_(trace),
        numbers_(selected_pages(options, source)) {
    reading_.pages.resize(numbers_.size());
    reading_.engine = options.earlier.engine;
    reading_.second_engine = options.earlier.second_engine;
  }

  std::size_t page_count() const { return numbers_.size(); }
  Reading& result() { return reading_; }

  void read(std::size_t item, PageWorker& worker) {
    if (options_.cancelled != nullptr && *options_.cancelled) throw Interrupted();
    const int number = numbers_[item];
    if (number > first_secret_) return;
    const EarlierAttempt& earlier = options_.earlier;
    if (const auto page = earlier.pages_read.find(number); page != earlier.pages_read.end())
      return place(item, page->second, std::nullopt);
    const ocr::PageInfo& info = source_.pages[static_cast<std::size_t>(number - 1)];
    if (const auto page = earlier.pages_given_up.find(number); page != earlier.pages_given_up.end())
      return place(item, unread_page(number, info, page->second),
                   ocr::InputError(ErrorKind::Damaged, page->second.text));
    if (listener_.on_page_begun) {
      const std::lock_guard lock(mutex_);
      listener_.on_page_begun(number);
    }
    Page page;
    const auto error = try_page(number, source_, options_, worker, trace_, page);
    if (error) page = unread_page(number, info, {std::string(kPageFailed), error->what()});
    const std::lock_guard lock(mutex_);
    if (error && listener_.on_page_failed) listener_.on_page_failed(number, *error);
    if (!reading_.engine) reading_.engine = worker.engine();
    if (!reading_.second_engine) reading_.second_engine = worker.second_engine();
    if (listener_.on_page_read && !error)
      listener_.on_page_read(page, reading_.engine, reading_.second_engine);
    place_locked(item, std::move(page), error);
  }

 private:
  void place(std::size_t item, Page page, const std::optional<ocr::InputError>& error) {
    const std::lock_guard lock(mutex_);
    place_locked(item, std::move(page), error);
  }

  void place_locked(std::size_t item, Page page, const std::optional<ocr::InputError>& error) {
    if (options_.record.secret == SecretPolicy::Stop && page.number < first_secret_)
      if (auto mark = extract::secrecy_of_page(page)) {
        first_secret_ = page.number;
        reading_.secrecy = std::move(mark);
      }
    reading_.pages[item] = std::move(page);
    if (error) {
      ++reading_.failed;
      reading_.last_error = error;
    }
    ++done_;
    spdlog::debug("page {} read, {} of {}", numbers_[item], done_, numbers_.size());
    if (listener_.on_page) listener_.on_page(done_, static_cast<int>(numbers_.size()));
  }

  const ocr::Source& source_;
  const Options& options_;
  const PageListener& listener_;
  const Trace& trace_;
  const std::vector<int> numbers_;
  std::mutex mutex_;
  std::atomic<int> first_secret_ = std::numeric_limits<int>::max();  // its number
  int done_ = 0;
  Reading reading_;
};

Reading read_pages(const ocr::Source& source, const Options& options, Engines* engines,
                   const Trace& trace) {
  ocr::use_one_thread();
  PageReading reading(source, options, trace);
  if (options.listener.on_pages_found)
    options.listener.on_pages_found(static_cast<int>(reading.page_count()));
  const int cores = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  const int jobs = options.jobs > 0 ? options.jobs : cores;
  if (engines != nullptr && jobs != 1)
    throw std::logic_error("engines of a caller serve one page at a time");
  for_each_in_parallel(reading.page_count(), jobs, [&] {
    auto own = engines == nullptr ? std::make_shared<Engines>(options.engines) : nullptr;
    auto worker = std::make_shared<PageWorker>(source, own ? *own : *engines);
    return [&reading, own, worker](std::size_t item) { reading.read(item, *worker); };
  });
  return std::move(reading.result());
}

std::string lexicon_hash(const RecordOptions& options) {
  return options.lexicon.empty() ? "" : ocr::sha256_hex(options.lexicon);
}

struct Records {
  std::string json;
  extract::Record first;
  std::vector<extract::Table> tables;
  std::vector<ocr::Warning> warnings;
};

ocr::Warning more_documents(const ocr::Document& document,
                            const std::vector<extract::PageRange>& ranges) {
  std::string pages;
  for (std::size_t i = 1; i < ranges.size(); ++i)
    pages += (i > 1 ? ", " : "") + std::to_string(document.pages[ranges[i].first].number);
  return {"more_documents", "the record is of the first document; others begin on page " + pages +
                                "; --split writes a record of each"};
}

ocr::Document part_of(const ocr::Document& document, const extract::PageRange& range) {
  const auto page = [&](std::size_t i) {
    return document.pages.begin() + static_cast<std::ptrdiff_t>(i);
  };
  return {{page(range.first), page(range.last)}, document.signatures, document.warnings};
}

std::string json_of(extract::Record& record, const ocr::Document& document,
                    const Provenance& provenance) {
  if (provenance.secret_policy != name_of(SecretPolicy::Header))
    return to_json(record, document, provenance);
  ocr::Document bare = document;
  keep_header_alone(record, bare);
  return to_json(record, bare, provenance);
}

void add_record(extract::Record record, const ocr::Document& document, const Provenance& provenance,
                Records& out) {
  std::string json = json_of(record, document, provenance);
  require_valid_record(json);
  out.tables.insert(out.tables.end(), record.tables.begin(), record.tables.end());
  if (out.json.empty()) {
    out.first = std::move(record);
    out.json = std::move(json);
  } else {
    out.json += ",\n" + json;
  }
}

// The record of the first document, with the text of all pages, or those of all documents as an
// array.
Records records_of(const ocr::Document& document, const Provenance& provenance,
                   const RecordOptions& options) {
  Records out;
  const extract::UserLexicon lexicon = extract::parse_lexicon(options.lexicon).entries;
  const std::vector<extract::PageRange> ranges = extract::find_documents(document);
  const bool is_array =
      options.split == Split::Always || (options.split == Split::Several && ranges.size() > 1);
  if (ranges.size() == 1) {
    add_record(extract::extract(document, options.fields, lexicon), document, provenance, out);
  } else if (is_array) {
    for (const extract::PageRange& range : ranges) {
      const ocr::Document part = part_of(document, range);
      add_record(extract::extract(part, options.fields, lexicon), part, provenance, out);
    }
  } else {
    extract::Record record =
        extract::extract(part_of(document, ranges.front()), options.fields, lexicon);
    out.warnings = record.warnings = {more_documents(document, ranges)};
    const std::vector<extract::PageText> pages = extract::reading_text(document);
    record.text_pages = extract::texts_of(pages);
    record.search_pages = extract::search_texts_of(pages);
    add_record(std::move(record), document, provenance, out);
  }
  if (is_array) out.json = "[\n" + out.json + "]\n";
  if (options.compact) out.json = compact_json(out.json);
  return out;
}

// A scan, read.
struct Scan {
  ocr::Source source;
  Reading reading;
  ocr::Document document;
};

Scan read_scan(std::string bytes, const Options& options, Engines* engines, const Trace& trace) {
  Scan out;
  out.source =
      trace.timed(0, "open", [&] { return ocr::open_source(std::move(bytes), options.password); });
  out.reading = read_pages(out.source, options, engines, trace);
  const ocr::Source& source = out.source;
  Reading& reading = out.reading;
  if (reading.secrecy) return out;
  if (reading.last_error && reading.failed == static_cast<int>(reading.pages.size()))
    throw *reading.last_error;
  out.document = {std::move(reading.pages), source.signatures, source.warnings};
  return out;
}

std::optional<extract::Field> first_mark(const ocr::Document& document) {
  for (const Page& page : document.pages)
    if (auto mark = extract::secrecy_of_page(page)) return mark;
  return std::nullopt;
}

// Of what was read nothing else remains. Of Output or TextOutput.
template <typename Result>
Result stopped(const Provenance& provenance, const extract::Field& mark) {
  Result out;
  out.record_json = secret_json(provenance.sha256, mark);
  require_valid_record(out.record_json);
  out.secret = true;
  out.stopped_by = *mark.value;
  return out;
}

ocr::Warning told_of_secrecy(SecretPolicy policy) {
  return {std::string(kSecret),
          policy == SecretPolicy::Header
              ? "it bears a mark of secrecy; of its text and of other results nothing was written "
                "(--secret header)"
              : "it bears a mark of secrecy; all of it was written (--secret all)"};
}

extract::Record first_record(const ocr::Document& document, const RecordOptions& options) {
  return extract::extract(part_of(document, extract::find_documents(document).front()),
                          options.fields, extract::parse_lexicon(options.lexicon).entries);
}

std::vector<SideFile> side_files(const std::vector<extract::Table>& tables,
                                 const ocr::Document& document) {
  std::vector<SideFile> out;
  for (std::size_t i = 0; i < tables.size(); ++i)
    out.push_back({kTables, fmt::format("table-{:02}.csv", i + 1), to_csv(tables[i])});
  for (const Page& page : document.pages)
    for (const ocr::Slot& slot : page.slots)
      if (!slot.crop_png.empty())
        out.push_back(
            {kCrops, fmt::format("p{:04}-{}.png", page.number, name_of(slot.use)), slot.crop_png});
  return out;
}

}  // namespace

Output convert(Input input, const Options& options, Engines* engines) {
  const Trace trace(options.trace_dir, options.timings);
  Provenance provenance = describe_input(input.file_name, input.bytes);
  provenance.path = input.path;
  const Scan scan = read_scan(std::move(input.bytes), options, engines, trace);
  if (scan.reading.secrecy) {
    trace.discard();
    return stopped<Output>(provenance, *scan.reading.secrecy);
  }
  const ocr::Document& document = scan.document;

  provenance.source = &scan.source;
  provenance.engine = scan.reading.engine;
  provenance.second_engine = scan.reading.second_engine;
  if (options.restorer != nullptr)
    provenance.language_model = options.restorer->model().content_hash();
  provenance.lexicon_sha256 = lexicon_hash(options.record);
  Output output;
  output.warnings = document.warnings;
  const SecretPolicy policy = options.record.secret;
  output.secret = policy != SecretPolicy::Stop && first_mark(document);
  const bool header_alone = output.secret && policy == SecretPolicy::Header;
  if (output.secret) {
    provenance.secret_policy = name_of(policy);
    output.warnings.push_back(told_of_secrecy(policy));
  }
  const Records records =
      trace.timed(0, "record", [&] { return records_of(document, provenance, options.record); });
  output.record_json = records.json;
  output.warnings.insert(output.warnings.end(), records.warnings.begin(), records.warnings.end());
  trace.text("record.json", output.record_json);
  if (header_alone) trace.discard();
  output.files = trace.timed(0, "outputs", [&] {
    return make_outputs(header_alone ? std::set<std::string>{} : options.outputs,
                        {scan.source, document, records.first, provenance}, output.warnings);
  });
  if (!header_alone) output.side_files = side_files(records.tables, document);
  for (const Page& page : document.pages)
    for (const ocr::Warning& warning : page.warnings)
      output.warnings.push_back(
          {warning.code, "page " + std::to_string(page.number) + ": " + warning.text});
  return output;
}

TextOutput extract_text(const Input& input, const RecordOptions& options) {
  Provenance provenance = describe_input(input.file_name, input.bytes);
  const ocr::Document document = document_of_text(input.bytes);
  const auto mark = first_mark(document);
  if (mark && options.secret == SecretPolicy::Stop) return stopped<TextOutput>(provenance, *mark);
  TextOutput out;
  out.secret = mark.has_value();
  if (out.secret) {
    provenance.secret_policy = name_of(options.secret);
    out.warnings.push_back(told_of_secrecy(options.secret));
  }
  ocr::Source source;
  source.kind = ocr::SourceKind::Text;
  source.pages.resize(document.pages.size());
  provenance.source = &source;
  provenance.lexicon_sha256 = lexicon_hash(options);
  Records records = records_of(document, provenance, options);
  out.record_json = std::move(records.json);
  out.warnings.insert(out.warnings.end(), records.warnings.begin(), records.warnings.end());
  return out;
}

bool is_scan(std::string_view bytes) { return ocr::scan_kind(bytes).has_value(); }

std::string explain_scan(Input input, const Options& options, std::string_view field) {
  Options reading = options;
  if (reading.record.secret == SecretPolicy::Header) reading.record.secret = SecretPolicy::Stop;
  const Scan scan = read_scan(std::move(input.bytes), reading, nullptr, Trace({}));
  if (scan.reading.secrecy) throw not_shown(*scan.reading.secrecy->value);
  return explain(first_record(scan.document, options.record), field);
}

std::string explain_text(const Input& input, const RecordOptions& options, std::string_view field) {
  const ocr::Document document = document_of_text(input.bytes);
  if (options.secret != SecretPolicy::All)
    if (const auto mark = first_mark(document)) throw not_shown(*mark->value);
  return explain(first_record(document, options), field);
}

}  // namespace vanban::pipeline
