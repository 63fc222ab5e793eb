// Acceptance sampling (kiểm tra ngẫu nhiên): how many of the values that nobody was asked about are
// wrong, from a few of them, drawn at random, that a person compared with the page.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/batch/ledger.h"

namespace vanban::pipeline {

struct Interval {
  double low = 0, high = 1;
};

// Within which the share of errors lies where `errors` of `size` were wrong, with this confidence
// at the least: C. J. Clopper and E. S. Pearson, The use of confidence or fiducial limits
// illustrated in the case of the binomial, Biometrika 26 (1934), 404-413.
Interval binomial_interval(int errors, int size, double confidence);

// How many must be drawn so that the interval ends at or below `bound` where none is wrong.
int sample_size(double bound, double confidence);

struct SampledField {
  std::string path, field, shown;  // shown: the value when it was drawn
  int first_page = 0;
  bool operator==(const SampledField&) const = default;
};

struct AcceptanceSample {
  unsigned seed = 0;
  double bound = 0.01, confidence = 0.95;
  bool blind = false;        // the value is hidden until one is typed
  long long population = 0;  // values that it was drawn from
  long long last = 0;        // decision before it was drawn
  std::vector<SampledField> fields;
};

// Draws from all values that ask for no look and are no person's, of documents that are not secret;
// all of them where they are fewer than needed. The same ledger and seed give the same sample.
AcceptanceSample draw_sample(Ledger& ledger, double bound, double confidence, unsigned seed,
                             bool blind);

// OUT/acceptance.json.
std::filesystem::path sample_file(const std::filesystem::path& outputs);
// Throws OutputError.
void write_sample(const std::filesystem::path& outputs, const AcceptanceSample& sample);
// None where none was drawn. Throws ocr::InputError Damaged where it is no sample.
std::optional<AcceptanceSample> read_sample(const std::filesystem::path& outputs);

// The decision on each field of the sample since it was drawn; none where there is none yet, or
// where it was taken back.
std::vector<std::optional<Decision>> outcomes(Ledger& ledger, const AcceptanceSample& sample);

// The protocol (biên bản nghiệm thu) in Vietnamese, as its name ends: .html or .xlsx. Throws
// std::invalid_argument for another ending.
std::string protocol_bytes(Ledger& ledger, const AcceptanceSample& sample,
                           const std::filesystem::path& file);

}  // namespace vanban::pipeline
