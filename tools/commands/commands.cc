#include "tools/commands/commands.h"

namespace vanban::tools {

std::span<const CommandRow> commands() {
  static constexpr CommandRow kCommands[]{
      {"convert", "Read one scan (PDF, TIFF, PNG, JPEG) and write its record as JSON",
       make_convert},
      {"batch", "Read a folder of scans into a folder of records; goes on where it stopped",
       make_batch, false, 3},
      {"plan", "Deal a folder of scans out to many machines", make_plan_command},
      {"merge", "Put together what many machines have read", make_merge},
      {"status", "Say how far a batch is", make_status},
      {"report", "Write OUT/report.html: what of a batch to look at first, in Vietnamese",
       make_report},
      {"review", "Decide in a browser, page and fields side by side, what vanban is not sure of",
       make_review},
      {"learn",
       "Propose from the corrections of a batch what a lexicon should know; a person ticks",
       make_learn},
      {"correct", "Put what a person changed in the register back into the records", make_correct},
      {"validate", "Check records against the schema of this version", make_validate},
      {"extract", "Write the record of a plain text, without any image", make_extract},
      {"explain", "Say step by step why a field of the record is what it is", make_explain},
      {"inspect", "Draw one page with what was seen on it, as a PNG for a person to look at",
       make_inspect},
      {"restore",
       "Give a text its Vietnamese letters back: lost marks, misread words, old encodings",
       make_restore},
      {"doctor", "Say what vanban runs with on this machine, and what it lacks", make_doctor},
      {"worker", "Reads documents for a batch", make_worker, true}};
  return kCommands;
}

}  // namespace vanban::tools
