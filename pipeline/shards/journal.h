// What happened in the runs of shards, a line of JSON for each event, each run in a file of its
// own.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace vanban::pipeline {

// The journal of a run at work. That a document begins is on the disk before it is looked into: if
// it brings down the run, or the machine, the next run knows of which.
class Journal {
 public:
  // Throws OutputError.
  explicit Journal(const std::filesystem::path& file);
  ~Journal();
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;

  // What cannot be written is lost: results and ledger have all that counts.
  void write(const std::string& line);
  // Blanks all lines about a document, so that the journal never names it.
  void forget(const std::string& path);
  // Says that the run ended by itself, so that no document is blamed for it.
  void stop();

 private:
  std::filesystem::path file_;
  int descriptor_ = -1;
  std::string time_;  // the beginning of the last line
};

// By path, how many workers a document has brought down since it was last finished: those that
// ended or had to be ended while they read it, and those that read it when their run was ended by
// force. A run that was asked to end, or came to its end, blames nothing that was open. Lines that
// were cut off are passed over. `journals`: of one shard, the earlier first.
std::map<std::string, int> killed_workers(const std::vector<std::filesystem::path>& journals);

// All lines of all journals but blanked ones, the earlier first; of one time in the order of the
// journals. Holds one line of each in memory.
void merge_journals(const std::vector<std::filesystem::path>& journals,
                    const std::function<void(std::string_view line)>& write);

}  // namespace vanban::pipeline
