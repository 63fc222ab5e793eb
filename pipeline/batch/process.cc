#include "pipeline/batch/process.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <string_view>
#include <system_error>
#include <utility>

#include "pipeline/sandbox/environment.h"

namespace vanban::pipeline {
namespace {

constexpr std::size_t kHead = 4;  // bytes of the length, the lowest first

// The two ends, for one process each; the other's is given away once it runs.
std::array<int, 2> socket_pair() {
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
    throw std::system_error(errno, std::generic_category(), "cannot make a socket");
  return ends;
}

std::vector<std::string> environment() {
  constexpr std::string_view kThreads = "OMP_THREAD_LIMIT=";
  std::vector<std::string> out = kept_environment();
  std::erase_if(out, [&](const std::string& entry) { return entry.starts_with(kThreads); });
  out.push_back(std::string(kThreads) + "1");
  return out;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> out;
  for (std::string& text : texts) out.push_back(text.data());
  out.push_back(nullptr);
  return out;
}

}  // namespace

MessageSocket::~MessageSocket() {
  if (descriptor_ >= 0) ::close(descriptor_);
  if (open_file_ >= 0) ::close(open_file_);
}

namespace {

// Room for one descriptor beside the bytes.
union FileAlong {
  cmsghdr head;
  std::array<char, CMSG_SPACE(sizeof(int))> bytes{};
};

// As send(2), with an open file.
ssize_t send_with_file(int socket, const std::uint8_t* bytes, std::size_t size, int open_file) {
  iovec part{const_cast<std::uint8_t*>(bytes), size};
  FileAlong along;
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  message.msg_control = along.bytes.data();
  message.msg_controllen = along.bytes.size();
  cmsghdr* head = CMSG_FIRSTHDR(&message);
  head->cmsg_level = SOL_SOCKET;
  head->cmsg_type = SCM_RIGHTS;
  head->cmsg_len = CMSG_LEN(sizeof open_file);
  std::memcpy(CMSG_DATA(head), &open_file, sizeof open_file);
  return ::sendmsg(socket, &message, MSG_NOSIGNAL);
}

}  // namespace

std::int64_t MessageSocket::receive_with_file(Bytes& room) {
  iovec part{room.data(), room.size()};
  FileAlong along;
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  message.msg_control = along.bytes.data();
  message.msg_controllen = along.bytes.size();
  const ssize_t size = ::recvmsg(descriptor_, &message, MSG_CMSG_CLOEXEC);
  if (size < 0) return size;
  const cmsghdr* head = CMSG_FIRSTHDR(&message);
  if (head != nullptr && head->cmsg_level == SOL_SOCKET && head->cmsg_type == SCM_RIGHTS) {
    if (open_file_ >= 0) ::close(open_file_);
    std::memcpy(&open_file_, CMSG_DATA(head), sizeof open_file_);
  }
  return size;
}

int MessageSocket::take_open_file() { return std::exchange(open_file_, -1); }

bool MessageSocket::send(const Bytes& message, int open_file) {
  Bytes bytes;
  for (std::size_t i = 0; i < kHead; ++i)
    bytes.push_back(static_cast<std::uint8_t>(message.size() >> (8 * i)));
  bytes.insert(bytes.end(), message.begin(), message.end());
  for (std::size_t sent = 0; sent < bytes.size();) {
    const std::uint8_t* rest = bytes.data() + sent;
    const ssize_t size = sent == 0 && open_file >= 0
                             ? send_with_file(descriptor_, rest, bytes.size(), open_file)
                             : ::send(descriptor_, rest, bytes.size() - sent, MSG_NOSIGNAL);
    if (size < 0 && errno == EINTR) continue;
    if (size <= 0) return false;
    sent += static_cast<std::size_t>(size);
  }
  return true;
}

std::size_t MessageSocket::next_length() const {
  if (pending_.size() < kHead) return 0;
  std::size_t length = 0;
  for (std::size_t i = 0; i < kHead; ++i) length |= std::size_t{pending_[i]} << (8 * i);
  return length;
}

std::optional<Bytes> MessageSocket::take() {
  const std::size_t length = next_length();
  if (pending_.size() < kHead || length > kMostMessageBytes) return std::nullopt;
  if (pending_.size() < kHead + length) return std::nullopt;
  const auto begin = pending_.begin() + kHead;
  Bytes message(begin, begin + static_cast<std::ptrdiff_t>(length));
  pending_.erase(pending_.begin(), begin + static_cast<std::ptrdiff_t>(length));
  return message;
}

std::optional<Bytes> MessageSocket::wait() {
  Bytes buffer(65536);
  while (true) {
    if (auto message = take()) return message;
    if (next_length() > kMostMessageBytes) return std::nullopt;
    const std::int64_t size = receive_with_file(buffer);
    if (size < 0 && errno == EINTR) continue;
    if (size <= 0) return std::nullopt;
    pending_.insert(pending_.end(), buffer.begin(), buffer.begin() + size);
  }
}

std::vector<Bytes> MessageSocket::receive(bool& gone) {
  std::array<std::uint8_t, 65536> buffer{};
  std::vector<Bytes> out;
  // One that tells without end must not keep its listener from the others.
  constexpr int kMostAtOnce = 256;
  for (int i = 0; i < kMostAtOnce; ++i) {
    const ssize_t size = ::recv(descriptor_, buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (size < 0 && errno == EINTR) continue;
    if (size == 0 || (size < 0 && errno != EAGAIN && errno != EWOULDBLOCK)) gone = true;
    if (size <= 0) break;
    pending_.insert(pending_.end(), buffer.begin(), buffer.begin() + size);
  }
  while (auto message = take()) out.push_back(std::move(*message));
  gone = gone || next_length() > kMostMessageBytes;
  return out;
}

ChildProcess::ChildProcess(const std::vector<std::string>& command)
    : ChildProcess(command, socket_pair()) {}

ChildProcess::ChildProcess(const std::vector<std::string>& command, std::array<int, 2> ends)
    : socket_(ends[0]) {
  const int theirs = ends[1];
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_adddup2(&files, theirs, kWorkerDescriptor);
  // What libraries say there is not for the person who sees the run.
  posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
  posix_spawnattr_setpgroup(&attributes, 0);
  std::vector<std::string> arguments = command, variables = environment();
  const int error = ::posix_spawnp(&process_, command.front().c_str(), &files, &attributes,
                                   pointers(arguments).data(), pointers(variables).data());
  posix_spawn_file_actions_destroy(&files);
  posix_spawnattr_destroy(&attributes);
  ::close(theirs);
  if (error != 0)
    throw std::system_error(error, std::generic_category(), "cannot start " + command.front());
}

ChildProcess::ChildProcess(const std::function<void(MessageSocket&)>& work)
    : ChildProcess(work, socket_pair()) {}

ChildProcess::ChildProcess(const std::function<void(MessageSocket&)>& work, std::array<int, 2> ends)
    : socket_(ends[0]), process_(::fork()) {
  if (process_ == 0) {
    // Out of reach of the keyboard's interrupts, which this process answers for both.
    ::setpgid(0, 0);
    ::close(ends[0]);
    if (const int nothing = ::open("/dev/null", O_WRONLY | O_CLOEXEC); nothing >= 0)
      ::dup2(nothing, STDERR_FILENO);
    clear_environment();
    int code = 0;
    try {
      MessageSocket socket(ends[1]);
      work(socket);
    } catch (...) {
      code = 1;
    }
    ::_exit(code);
  }
  const int error = errno;
  ::close(ends[1]);
  if (process_ < 0)
    throw std::system_error(error, std::generic_category(), "cannot start a process");
}

ChildProcess::~ChildProcess() { kill(); }

Ending ChildProcess::kill() {
  if (process_ > 0) ::kill(process_, SIGKILL);
  return wait();
}

Ending ChildProcess::end() {
  // So long as it takes a process to leave its memory and to write its core.
  constexpr int kMostTries = 100, kPauseMs = 20;
  for (int i = 0; process_ > 0 && i < kMostTries; ++i) {
    siginfo_t ended{};
    if (::waitid(P_PID, static_cast<id_t>(process_), &ended, WEXITED | WNOHANG | WNOWAIT) != 0 ||
        ended.si_pid != 0)
      return wait();
    ::poll(nullptr, 0, kPauseMs);
  }
  return kill();
}

Ending ChildProcess::wait() {
  if (process_ <= 0) return {};
  int status = 0;
  rusage used{};
  while (::wait4(process_, &status, 0, &used) < 0 && errno == EINTR) {
  }
  process_ = -1;
  const std::uint64_t peak = static_cast<std::uint64_t>(used.ru_maxrss) << 10;
  if (WIFSIGNALED(status)) return {-1, WTERMSIG(status), peak};
  return {WEXITSTATUS(status), 0, peak};
}

void bind_to_parent(std::uint64_t memory_bytes) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  const rlimit limit{memory_bytes, memory_bytes};
  if (memory_bytes > 0) ::setrlimit(RLIMIT_DATA, &limit);
}

std::vector<Bytes> messages_of(const std::function<void(MessageSocket&)>& work, std::size_t most,
                               double seconds) {
  constexpr int kPatienceMs = 100;
  ChildProcess process(work);
  std::vector<Bytes> out;
  const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
  for (bool gone = false; !gone && out.size() < most && std::chrono::steady_clock::now() < end;) {
    pollfd socket{process.socket().descriptor(), POLLIN, 0};
    ::poll(&socket, 1, kPatienceMs);
    for (Bytes& message : process.socket().receive(gone)) out.push_back(std::move(message));
  }
  return out;
}

}  // namespace vanban::pipeline
