// The environment of processes that decode files of unknown origin: what reading depends on, and
// nothing that somebody else may have put there, such as keys.
#pragma once

#include <string>
#include <vector>

namespace vanban::pipeline {

// "NAME=value" of the variables that are passed on: locale, models, fonts, and what tells
// instrumented programs how to report.
std::vector<std::string> kept_environment();

// Leaves this process with these alone. To be called while it has no threads.
void clear_environment();

}  // namespace vanban::pipeline
