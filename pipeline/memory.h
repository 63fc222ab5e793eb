// Tells want of memory from damage. Libraries in C answer both with the same refusal.
#pragma once

namespace vanban::pipeline {

// From here on a shortage is this piece of work's.
void begin_watching_memory();

// Whether an allocation of this thread was refused since, or the process holds nearly all of the
// data that it may (RLIMIT_DATA). To be asked at once where something failed.
bool memory_ran_short();

}  // namespace vanban::pipeline
