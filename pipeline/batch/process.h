// Messages between two processes over a socket: each a length and so many bytes.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace vanban::pipeline {

using Bytes = std::vector<std::uint8_t>;

// A page of 100,000 words takes some 30 MB. A job has all pages of a document that were read
// before.
inline constexpr std::size_t kMostMessageBytes = std::size_t{256} << 20;

// Owns the socket's descriptor.
class MessageSocket {
 public:
  explicit MessageSocket(int descriptor) : descriptor_(descriptor) {}
  ~MessageSocket();
  MessageSocket(const MessageSocket&) = delete;
  MessageSocket& operator=(const MessageSocket&) = delete;

  int descriptor() const { return descriptor_; }

  // False where the other side is gone. An open file may go along; it stays the caller's.
  bool send(const Bytes& message, int open_file = -1);
  // Waits for a whole message; none where the other side is gone.
  std::optional<Bytes> wait();
  // The open file that came along with what was waited for, for the caller to close; -1: none.
  int take_open_file();
  // The messages that are whole by now, without waiting. `gone` is set where no more can come, or
  // where the other side begins one that is longer than kMostMessageBytes. Open files are not
  // taken.
  std::vector<Bytes> receive(bool& gone);

 private:
  std::size_t next_length() const;
  std::optional<Bytes> take();

  std::int64_t receive_with_file(Bytes& room);

  int descriptor_, open_file_ = -1;
  Bytes pending_;
};

// A program that runs beside this one, in a group of its own so that the keyboard's interrupts do
// not reach it, with one thread for each engine and a short environment (sandbox/environment.h). It
// finds the other end of the socket as descriptor `kWorkerDescriptor`. What it writes to standard
// error is lost.
inline constexpr int kWorkerDescriptor = 3;

struct Ending {
  int exit_code = -1;  // -1: a signal ended it
  int signal = 0;
  std::uint64_t peak_bytes = 0;  // of memory, at the most
};

class ChildProcess {
 public:
  // Throws std::system_error where it cannot be started.
  explicit ChildProcess(const std::vector<std::string>& command);
  // A copy of this process, which does this and ends. To be started while this process has no
  // threads of its own.
  explicit ChildProcess(const std::function<void(MessageSocket&)>& work);
  // Kills it.
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  MessageSocket& socket() { return socket_; }
  int process() const { return process_; }
  // Kills it where it still runs, and says how it ended.
  Ending kill();
  // Waits for its end.
  Ending wait();
  // Of one that closed its socket, or ought to be gone: waits for a moment, then kills it.
  Ending end();

 private:
  ChildProcess(const std::vector<std::string>& command, std::array<int, 2> ends);
  ChildProcess(const std::function<void(MessageSocket&)>& work, std::array<int, 2> ends);

  MessageSocket socket_;
  int process_ = -1;
};

// To be called by a process that is to end with the one that started it, and to have no more data
// than that; 0: as much as it likes.
void bind_to_parent(std::uint64_t memory_bytes);

// What a process of its own sends: `most` messages, or as many as come within the time.
std::vector<Bytes> messages_of(const std::function<void(MessageSocket&)>& work, std::size_t most,
                               double seconds);

}  // namespace vanban::pipeline
