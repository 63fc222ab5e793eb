// The desk over HTTP, for a browser on the same computer, or over HTTPS for those on others: the
// page, what it asks, pictures of pages.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace vanban::pipeline {

// What others than this computer's need to come in: a password, over a line that nobody reads
// along.
struct RemoteAccess {
  std::string address;                     // to listen on, of this computer: "192.168.1.5"
  int port = 0;                            // 0: any that is free
  std::filesystem::path certificate, key;  // PEM
  std::string password;                    // under whatever user name
};

struct ReviewOptions {
  std::filesystem::path outputs;                 // the folder of results of a batch
  int port = 0;                                  // on 127.0.0.1; 0: any that is free
  std::function<void(const std::string&)> note;  // is told what was refused, from any thread
  std::optional<RemoteAccess> remote{};          // instead of 127.0.0.1
};

class ReviewServer {
 public:
  // To be made while the process has no threads of its own. Throws LedgerError, and Error Access
  // where the port is taken or the certificate and its key cannot be used.
  explicit ReviewServer(const ReviewOptions& options);
  ~ReviewServer();
  ReviewServer(const ReviewServer&) = delete;
  ReviewServer& operator=(const ReviewServer&) = delete;

  // "http://127.0.0.1:PORT/TOKEN/", "https://ADDRESS:PORT/TOKEN/". Who does not have the token is
  // told nothing.
  std::string address() const;
  // Answers until it is cancelled; what was decided is in records and registers then.
  void run(const std::atomic<bool>& cancelled);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace vanban::pipeline
