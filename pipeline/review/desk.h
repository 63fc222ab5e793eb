// The desk at which persons decide what vanban is not sure of: which document comes next, who has
// it, and what becomes of a decision. It knows nothing of HTTP; what it is asked and answers is
// JSON.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace vanban::pipeline {

// `status` as of HTTP: 200; 400 where the question is none; 404 where there is no such document, or
// one marked secret; 409 where it is not as it was when it was opened; 422 where the value is none
// of the field; 423 where another has it.
struct Answer {
  int status = 200;
  std::string json;
};

// What of the queue is wanted; empty: all.
struct QueueFilter {
  std::string agency, year;
  // field, check, unread, collection (what contradicts another document, see
  // collection.h), sample (fields
  // drawn at random, see acceptance.h), done, all;
  // empty: whatever has a doubtful field or a failed check.
  std::string kind;
  std::string who;  // that a person of this name decided about
};

// From any thread.
class Desk {
 public:
  // `outputs`: the folder of results of a batch. `note` is told what went wrong beside. Throws
  // LedgerError.
  Desk(const std::filesystem::path& outputs, std::function<void(const std::string&)> note);
  // Puts into records and registers what was decided.
  ~Desk();
  Desk(const Desk&) = delete;
  Desk& operator=(const Desk&) = delete;

  // {documents: [{path, first_page, ...}], ...}: the first of those wanted, the most doubtful
  // first.
  Answer queue(const QueueFilter& filter);
  // {client, who, path, first_page} -> the document, which is lent to the client for a while.
  Answer open(const std::string& question);
  // {client, path}: it stays lent, or is not any more.
  Answer hold(const std::string& question);
  Answer release(const std::string& question);
  // {client, who, path, first_page, version, field, kind, value} -> the document after it. `kind`
  // as of Decision; `field` may be accepted_checks, with a check's text as its value. Kept when it
  // answers.
  Answer decide(const std::string& question);
  // {client, who}: the last decision of this person that stands -> its document and field. 404
  // where there is none.
  Answer undo(const std::string& question);

  // The SHA-256 of a file whose pages may be shown.
  std::optional<std::string> file_version(const std::string& path);
  // Where a field stands of a document that may be shown; none where it is not known.
  struct Place {
    std::string file_version;
    int page = 0;
    std::vector<double> box;  // left, top, width, height in points of the page as displayed
  };
  std::optional<Place> place_of(const std::string& path, int first_page, const std::string& field);
  // Puts what was decided into records, and with `registers` into these, where no run is at work:
  // one puts it into records itself. Throws as rewrite_registers.
  void follow(bool registers);
  // Writes the report anew, where there is one and decisions were made. While the process has no
  // threads of its own. Throws OutputError.
  void update_report();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace vanban::pipeline
