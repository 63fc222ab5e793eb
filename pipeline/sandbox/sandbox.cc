#include "pipeline/sandbox/sandbox.h"

#include <asm/ioctls.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <initializer_list>
#include <memory>

#include "ocr/document/error.h"

namespace vanban::pipeline {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail_to_shut_in(const std::string& what, int error) {
  throw Error(ErrorKind::Engine, "the sandbox cannot be set up: " + what + ": " +
                                     std::strerror(error) + "; --sandbox off reads without one");
}

// ---- Files: Landlock (Documentation/userspace-api/landlock.rst of the kernel)

// Newer than the headers of Debian 12, which know version 2.
constexpr std::uint64_t kTruncate = 1U << 14;       // version 3
constexpr std::uint64_t kDevices = 1U << 15;        // version 5: ioctl
constexpr std::uint64_t kNetwork = 3;               // version 4: bind and connect, TCP
constexpr std::uint64_t kOtherProcesses = 3;        // version 6: abstract sockets, signals
constexpr std::uint64_t kFilesOfVersion1 = 0x1FFF;  // execute to make_sym
struct RulesetAttributes {
  std::uint64_t files, network, scoped;
};

constexpr std::uint64_t kRead = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
constexpr std::uint64_t kWrite = kRead | LANDLOCK_ACCESS_FS_WRITE_FILE |
                                 LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_DIR |
                                 LANDLOCK_ACCESS_FS_REMOVE_FILE | kTruncate;
constexpr std::uint64_t kOfFile =
    LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE | kTruncate;

// What programs and their libraries read: themselves, fonts, locales, how OpenSSL is set up, and
// how many processors there are and how much memory. Not /etc as a whole, nor homes.
std::vector<fs::path> of_the_system() {
  std::vector<fs::path> out{"/usr/lib",
                            "/lib",
                            "/lib64",
                            "/usr/share",
                            "/usr/local/lib",
                            "/usr/local/share",
                            "/etc/ld.so.cache",
                            "/etc/fonts",
                            "/etc/ssl/openssl.cnf",
                            "/etc/localtime",
                            "/var/cache/fontconfig",
                            "/proc/self",
                            "/proc/cpuinfo",
                            "/proc/meminfo",
                            "/sys/devices/system/cpu",
                            "/sys/fs/cgroup",
                            "/dev/null",
                            "/dev/urandom"};
  if (const char* home = std::getenv("HOME"); home != nullptr && *home == '/')
    for (const char* fonts :
         {".fonts", ".fonts.conf", ".config/fontconfig", ".cache/fontconfig", ".local/share/fonts"})
      out.push_back(fs::path(home) / fonts);
  return out;
}

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const { return number_; }

 private:
  int number_;
};

int landlock_version() {
  const long version =
      ::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
  return version < 0 ? 0 : static_cast<int>(version);
}

RulesetAttributes all_of_version(int version) {
  RulesetAttributes out{kFilesOfVersion1, 0, 0};
  if (version >= 2) out.files |= LANDLOCK_ACCESS_FS_REFER;
  if (version >= 3) out.files |= kTruncate;
  if (version >= 4) out.network = kNetwork;
  if (version >= 5) out.files |= kDevices;
  if (version >= 6) out.scoped = kOtherProcesses;
  return out;
}

// Bytes of the structure that a version knows; an older kernel refuses a longer one.
std::size_t size_for(int version) {
  constexpr std::size_t kEach = sizeof(std::uint64_t);
  return version >= 6 ? 3 * kEach : version >= 4 ? 2 * kEach : kEach;
}

void allow(int ruleset, const fs::path& path, std::uint64_t rights, std::uint64_t known) {
  const Descriptor place(::open(path.c_str(), O_PATH | O_CLOEXEC));
  if (place.number() < 0) return;
  struct stat status {};
  if (::fstat(place.number(), &status) != 0) return;
  landlock_path_beneath_attr rule{};
  rule.allowed_access = rights & known & (S_ISDIR(status.st_mode) ? ~std::uint64_t{0} : kOfFile);
  rule.parent_fd = place.number();
  if (::syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) != 0)
    fail_to_shut_in("Landlock, " + path.string(), errno);
}

void shut_in_files(const SandboxPlan& plan, int version) {
  const RulesetAttributes all = all_of_version(version);
  const Descriptor ruleset(
      static_cast<int>(::syscall(SYS_landlock_create_ruleset, &all, size_for(version), 0)));
  if (ruleset.number() < 0) fail_to_shut_in("Landlock", errno);
  for (const fs::path& path : of_the_system()) allow(ruleset.number(), path, kRead, all.files);
  for (const fs::path& path : plan.read) allow(ruleset.number(), path, kRead, all.files);
  for (const fs::path& path : plan.write) allow(ruleset.number(), path, kWrite, all.files);
  if (::syscall(SYS_landlock_restrict_self, ruleset.number(), 0) != 0)
    fail_to_shut_in("Landlock", errno);
}

// ---- System calls: seccomp

// No network, no programs or processes, no look into others or word to them, nothing that
// administrators do, and none of the large interfaces of the kernel that reading needs not.
constexpr std::array kRefused{SCMP_SYS(socket),
                              SCMP_SYS(connect),
                              SCMP_SYS(bind),
                              SCMP_SYS(listen),
                              SCMP_SYS(accept),
                              SCMP_SYS(accept4),
                              SCMP_SYS(execve),
                              SCMP_SYS(execveat),
                              SCMP_SYS(fork),
                              SCMP_SYS(vfork),
                              SCMP_SYS(kill),
                              SCMP_SYS(tkill),
                              SCMP_SYS(rt_sigqueueinfo),
                              SCMP_SYS(rt_tgsigqueueinfo),
                              SCMP_SYS(pidfd_open),
                              SCMP_SYS(pidfd_getfd),
                              SCMP_SYS(pidfd_send_signal),
                              SCMP_SYS(ptrace),
                              SCMP_SYS(process_vm_readv),
                              SCMP_SYS(process_vm_writev),
                              SCMP_SYS(process_madvise),
                              SCMP_SYS(kcmp),
                              SCMP_SYS(unshare),
                              SCMP_SYS(setns),
                              SCMP_SYS(chroot),
                              SCMP_SYS(pivot_root),
                              SCMP_SYS(mount),
                              SCMP_SYS(umount2),
                              SCMP_SYS(open_tree),
                              SCMP_SYS(move_mount),
                              SCMP_SYS(fsopen),
                              SCMP_SYS(fsmount),
                              SCMP_SYS(mount_setattr),
                              SCMP_SYS(bpf),
                              SCMP_SYS(perf_event_open),
                              SCMP_SYS(userfaultfd),
                              SCMP_SYS(io_uring_setup),
                              SCMP_SYS(io_uring_enter),
                              SCMP_SYS(io_uring_register),
                              SCMP_SYS(keyctl),
                              SCMP_SYS(add_key),
                              SCMP_SYS(request_key),
                              SCMP_SYS(init_module),
                              SCMP_SYS(finit_module),
                              SCMP_SYS(delete_module),
                              SCMP_SYS(kexec_load),
                              SCMP_SYS(kexec_file_load),
                              SCMP_SYS(reboot),
                              SCMP_SYS(swapon),
                              SCMP_SYS(swapoff),
                              SCMP_SYS(sethostname),
                              SCMP_SYS(setdomainname),
                              SCMP_SYS(settimeofday),
                              SCMP_SYS(clock_settime),
                              SCMP_SYS(adjtimex),
                              SCMP_SYS(acct),
                              SCMP_SYS(quotactl),
                              SCMP_SYS(name_to_handle_at),
                              SCMP_SYS(open_by_handle_at),
                              SCMP_SYS(mknod),
                              SCMP_SYS(mknodat)};

void shut_in_calls() {
  const std::unique_ptr<void, void (*)(void*)> filter(::seccomp_init(SCMP_ACT_ALLOW),
                                                      [](void* one) { ::seccomp_release(one); });
  if (!filter) fail_to_shut_in("seccomp", ENOMEM);
  int error = 0;
  const auto refuse = [&](int code, int call, std::initializer_list<scmp_arg_cmp> where) {
    const int result = ::seccomp_rule_add_array(filter.get(), SCMP_ACT_ERRNO(code), call,
                                                static_cast<unsigned>(where.size()), where.begin());
    // A call that this machine has not needs not be refused.
    if (result != 0 && result != -EDOM && error == 0) error = -result;
  };
  for (const int call : kRefused) refuse(EPERM, call, {});
  // Threads alone. What a new call asks for stands in memory, where no filter sees it; without it
  // the C library takes the old one.
  refuse(EPERM, SCMP_SYS(clone), {SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0)});
  refuse(ENOSYS, SCMP_SYS(clone3), {});
  // Signals to itself alone, by which it ends where it finds itself broken.
  refuse(EPERM, SCMP_SYS(tgkill), {SCMP_A0(SCMP_CMP_NE, static_cast<scmp_datum_t>(::getpid()))});
  // Words typed into the terminal that it was started from.
  refuse(EPERM, SCMP_SYS(ioctl), {SCMP_A1(SCMP_CMP_MASKED_EQ, 0xFFFFFFFF, TIOCSTI)});
  if (error == 0) error = -::seccomp_load(filter.get());
  if (error != 0) fail_to_shut_in("seccomp", error);
}

// ---- Limits

void limit(int what, std::uint64_t most) {
  rlimit now{};
  if (::getrlimit(static_cast<__rlimit_resource>(what), &now) != 0) return;
  now.rlim_cur = std::min<rlim_t>(now.rlim_cur, most);
  now.rlim_max = std::min<rlim_t>(now.rlim_max, most);
  ::setrlimit(static_cast<__rlimit_resource>(what), &now);
}

void shut_in_sizes() {
  limit(RLIMIT_CORE, 0);
  // Results are at the most twice as large as the largest input, of 2 GiB.
  limit(RLIMIT_FSIZE, std::uint64_t{4} << 30);
  // Models, fonts and results: some twenty are open at a time.
  limit(RLIMIT_NOFILE, 256);
  // A thousand pages of three minutes; what watches over the process ends it far earlier.
  constexpr std::uint64_t kSeconds = 180'000;
  limit(RLIMIT_CPU, kSeconds);
}

}  // namespace

SandboxSupport sandbox_support() {
  return {landlock_version(), ::seccomp_api_get() > 0 && ::prctl(PR_GET_SECCOMP, 0, 0, 0, 0) >= 0};
}

std::string sandbox_level(SandboxMode mode, const SandboxSupport& support) {
  if (mode == SandboxMode::Off) return "off";
  return "landlock " + (support.landlock > 0 ? std::to_string(support.landlock) : "none") +
         (support.seccomp ? ", seccomp" : ", no seccomp");
}

void check_sandbox(SandboxMode mode, const SandboxSupport& support) {
  if (mode == SandboxMode::Require && !support.is_whole())
    throw Error(ErrorKind::Engine,
                "a sandbox is required and this system grants only " +
                    sandbox_level(mode, support) +
                    "; it takes Linux 5.13 or later with Landlock and seccomp, also in a "
                    "container; --sandbox auto goes on without");
}

void enter_sandbox(const SandboxPlan& plan, SandboxMode mode) {
  if (mode == SandboxMode::Off) return;
  const SandboxSupport support = sandbox_support();
  check_sandbox(mode, support);
  shut_in_sizes();
  ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) fail_to_shut_in("no new privileges", errno);
  if (support.landlock > 0) shut_in_files(plan, support.landlock);
  if (support.seccomp) shut_in_calls();
}

std::vector<fs::path> models_to_read(const std::string& model, const std::string& tessdata_dir) {
  std::vector<fs::path> out{model};
  if (!tessdata_dir.empty()) out.emplace_back(tessdata_dir);
  if (const char* dir = std::getenv("TESSDATA_PREFIX"); dir != nullptr) out.emplace_back(dir);
  return out;
}

}  // namespace vanban::pipeline
