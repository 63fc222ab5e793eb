// Shuts a process in before it decodes files of unknown origin: a decoder that is taken over can
// read no other files than it needs, write nowhere else, reach no network and start no programs.
// Kernels differ in what they grant; what is not granted is left out, or refused to go on without.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace vanban::pipeline {

enum class SandboxMode {
  Auto,     // as far as the kernel grants it
  Require,  // wholly, or nothing is read
  Off,
};

// What the kernel grants.
struct SandboxSupport {
  int landlock = 0;      // its version; 0: none
  bool seccomp = false;  // filters of system calls
  bool is_whole() const { return landlock > 0 && seccomp; }
};
// Asked of the kernel, without effect.
SandboxSupport sandbox_support();

// What a run's log says: "landlock 7, seccomp", "landlock none, seccomp", "off".
std::string sandbox_level(SandboxMode mode, const SandboxSupport& support = sandbox_support());

// Throws Error Engine where a sandbox is required and the kernel does not grant all of it.
void check_sandbox(SandboxMode mode, const SandboxSupport& support = sandbox_support());

// Files, or folders with all that is below them. What is not there is left out. Programs'
// libraries, fonts and what the system tells of the machine can be read besides.
struct SandboxPlan {
  std::vector<std::filesystem::path> read;
  std::vector<std::filesystem::path> write;  // folders; what is in them can be read, made, replaced
};

// For good, and for all threads and processes that this process starts. Limits hold, and it leaves
// no core and cannot be looked into, also where the kernel grants neither of the two. To be called
// while the process has no threads. Throws Error Engine where what is granted cannot be had.
void enter_sandbox(const SandboxPlan& plan, SandboxMode mode);

// The language model and the folder of Tesseract's models, each as it was named or as the
// environment does.
std::vector<std::filesystem::path> models_to_read(const std::string& model,
                                                  const std::string& tessdata_dir);

}  // namespace vanban::pipeline
