// Messages between two processes over a socket: each a length and so many bytes.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace vanban::pipeline {

using Bytes = std::vector<std::uint8_t>;

// Owns the socket's descriptor.
class MessageSocket {
 public:
  explicit MessageSocket(int descriptor) : descriptor_(descriptor) {}
  ~MessageSocket();
  MessageSocket(const MessageSocket&) = delete;
  MessageSocket& operator=(const MessageSocket&) = delete;

  int descriptor() const { return descriptor_; }

  // False where the other side is gone.
  bool send(const Bytes& message);
  // Waits for a whole message; none where the other side is gone.
  std::optional<Bytes> wait();
  // The messages that are whole by now, without waiting. `gone` is set where no more can come.
  std::vector<Bytes> receive(bool& gone);

 private:
  std::optional<Bytes> take();

  int descriptor_;
  Bytes pending_;
};

// A program that runs beside this one, in a group of its own so that the keyboard's interrupts do
// not reach it, and with one thread for each engine. It finds the other end of the socket as
// descriptor `kWorkerDescriptor`.
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

 private:
  ChildProcess(const std::vector<std::string>& command, std::array<int, 2> ends);

  MessageSocket socket_;
  int process_ = -1;
};

}  // namespace vanban::pipeline
