#include "diacritics/model/language_model.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cerrno>
#include <cstring>
#include <iterator>
#include <numeric>
#include <span>
#include <system_error>
#include <unordered_map>

#include "diacritics/model/bits.h"
#include "diacritics/model/elias_fano.h"
#include "diacritics/text/error.h"

namespace vanban::diacritics {
namespace {

constexpr std::array<char, 8> kMagic{'v', 'a', 'n', 'b', 'a', 'n', 'L', 'M'};
constexpr std::uint32_t kVersion = LanguageModel::kFormatVersion;

constexpr int kBigramProbBits = 8, kBackoffBits = 7, kTrigramProbBits = 6;
constexpr std::size_t kBigramBins = 1U << kBigramProbBits;
constexpr std::size_t kBackoffBins = 1U << kBackoffBits;
constexpr std::size_t kTrigramBins = 1U << kTrigramProbBits;

// The file begins with this; offsets are bytes from its end. All is little-endian.
struct Header {
  std::array<char, 8> magic = kMagic;
  std::uint32_t version = kVersion;
  std::uint32_t word_count = 0;
  std::uint64_t body_size = 0;
  std::uint64_t body_hash = 0;    // XXH3, 64 bits
  std::uint64_t header_hash = 0;  // of this header with 0 here
  std::uint64_t bigram_count = 0;
  std::uint64_t words_begin = 0;          // u32 begin of each word and one more, then the bytes
  std::uint64_t unigrams_begin = 0;       // Unigram, one a word
  std::uint64_t capital_share_begin = 0;  // u8, one a word, 255 is 1.0
  std::uint64_t first_bigrams_begin = 0;  // u32, one a word and one more
  std::uint64_t bins_begin = 0;           // float: bigram probabilities, back-offs, trigram prob.
  std::uint64_t bigrams_begin = 0;        // packed: second word, probability, back-off
  std::uint64_t trigrams_begin = 0;       // packed: rank of the third word, probability
  std::uint64_t word_width = 0;           // bits
  EliasFanoLayout trigram_offsets;        // bits into the trigrams, one a bigram and one more
};
static_assert(std::has_unique_object_representations_v<Header>, "padding would be hashed");

std::uint64_t hash_of(std::string_view bytes) { return XXH3_64bits(bytes.data(), bytes.size()); }

std::uint64_t header_hash_of(Header header) {
  header.header_hash = 0;
  return hash_of({reinterpret_cast<const char*>(&header), sizeof header});
}

// Bins of equally many values, each standing for its mean; where there are no more different values
// than bins, a bin for each.
class Quantizer {
 public:
  Quantizer(std::vector<float> values, std::size_t bins) {
    std::sort(values.begin(), values.end());
    std::vector<float> different;
    std::unique_copy(values.begin(), values.end(), std::back_inserter(different));
    if (different.size() <= bins) {
      centers_ = std::move(different);
      centers_.resize(bins, centers_.empty() ? 0 : centers_.back());
      return;
    }
    for (std::size_t bin = 0; bin < bins; ++bin) {
      const std::size_t begin = values.size() * bin / bins;
      const std::size_t end = values.size() * (bin + 1) / bins;
      double sum = 0;
      for (std::size_t i = begin; i < end; ++i) sum += values[i];
      centers_.push_back(static_cast<float>(sum / double(end - begin)));
    }
  }
  std::uint64_t bin_of(float value) const {
    const auto above = std::lower_bound(centers_.begin(), centers_.end(), value);
    if (above == centers_.begin()) return 0;
    if (above == centers_.end()) return centers_.size() - 1;
    const auto below = above - 1;
    return static_cast<std::uint64_t>((value - *below <= *above - value ? below : above) -
                                      centers_.begin());
  }
  const std::vector<float>& centers() const { return centers_; }

 private:
  std::vector<float> centers_;
};

template <typename T>
std::uint64_t append(std::string& body, std::span<const T> values) {
  body.resize((body.size() + 7) / 8 * 8);
  const std::uint64_t begin = body.size();
  body.append(reinterpret_cast<const char*>(values.data()), values.size_bytes());
  return begin;
}

// Bits that tell `count` values apart.
int width_for(std::uint64_t count) { return count < 2 ? 0 : std::bit_width(count - 1); }

// Puts a model together in its compact form, part after part.
class Compactor {
 public:
  explicit Compactor(const NgramModel& model) : model_(model), first_bigram_(word_count() + 1, 0) {
    for (const Bigram& bigram : model.bigrams) ++first_bigram_[bigram.first + 1];
    std::partial_sum(first_bigram_.begin(), first_bigram_.end(), first_bigram_.begin());
  }

  std::string run() {
    header_.word_count = static_cast<std::uint32_t>(word_count());
    header_.bigram_count = model_.bigrams.size();
    header_.word_width = static_cast<std::uint64_t>(width_for(word_count()));
    add_words();
    header_.unigrams_begin = append<Unigram>(body_, model_.unigrams);
    add_capital_shares();
    header_.first_bigrams_begin = append<std::uint32_t>(body_, first_bigram_);
    add_ngrams();
    header_.body_size = body_.size();
    header_.body_hash = hash_of(body_);
    header_.header_hash = header_hash_of(header_);
    return std::string(reinterpret_cast<const char*>(&header_), sizeof header_) + body_;
  }

 private:
  using Trigrams = std::vector<Trigram>::const_iterator;

  struct Bins {
    Quantizer bigrams, backoffs, trigrams;
  };

  std::size_t word_count() const { return model_.words.size(); }

  void add_words() {
    std::vector<std::uint32_t> word_begin;
    std::string words;
    for (const std::string& word : model_.words) {
      word_begin.push_back(static_cast<std::uint32_t>(words.size()));
      words += word;
    }
    word_begin.push_back(static_cast<std::uint32_t>(words.size()));
    header_.words_begin = append<std::uint32_t>(body_, word_begin);
    body_ += words;
  }

  void add_capital_shares() {
    std::vector<std::uint8_t> shares(word_count(), 0);
    for (std::size_t word = 0; word < model_.capital_share.size(); ++word)
      shares[word] = static_cast<std::uint8_t>(model_.capital_share[word] * 255 + 0.5F);
    header_.capital_share_begin = append<std::uint8_t>(body_, shares);
  }

  std::size_t bigram_at(WordId first, WordId second) const {
    const auto from = model_.bigrams.begin() + first_bigram_[first];
    const auto to = model_.bigrams.begin() + first_bigram_[first + 1];
    const auto found = std::lower_bound(
        from, to, second, [](const Bigram& bigram, WordId word) { return bigram.second < word; });
    if (found == to || found->second != second)
      throw DataError("model: a trigram without the bigram " + model_.words[first] + " " +
                      model_.words[second]);
    return static_cast<std::size_t>(found - model_.bigrams.begin());
  }

  bool is_child(Trigrams trigram, const Bigram& context) const {
    return trigram != model_.trigrams.end() && trigram->first == context.first &&
           trigram->second == context.second;
  }

  // Of each bigram whether it is a context: what has trigrams is one even where its back-off weight
  // is exactly 0.
  std::vector<bool> find_contexts() const {
    std::vector<bool> is_context;
    for (auto trigram = model_.trigrams.begin(); const Bigram& bigram : model_.bigrams) {
      is_context.push_back(bigram.log10_backoff != 0 || is_child(trigram, bigram));
      while (is_child(trigram, bigram)) ++trigram;
    }
    return is_context;
  }

  Bins add_bins(const std::vector<bool>& is_context) {
    std::vector<float> bigrams, backoffs, trigrams;
    for (std::size_t i = 0; i < model_.bigrams.size(); ++i) {
      bigrams.push_back(model_.bigrams[i].log10_prob);
      if (is_context[i]) backoffs.push_back(model_.bigrams[i].log10_backoff);
    }
    for (const Trigram& trigram : model_.trigrams) trigrams.push_back(trigram.log10_prob);
    // Most bigrams are no context; bin 0 of the back-off weights says so exactly.
    Bins bins{Quantizer(std::move(bigrams), kBigramBins),
              Quantizer(std::move(backoffs), kBackoffBins - 1),
              Quantizer(std::move(trigrams), kTrigramBins)};
    std::vector<float> centers = bins.bigrams.centers();
    centers.push_back(0);
    for (const Quantizer* more : {&bins.backoffs, &bins.trigrams})
      centers.insert(centers.end(), more->centers().begin(), more->centers().end());
    header_.bins_begin = append<float>(body_, centers);
    return bins;
  }

  // Bigrams, their trigrams, and where each one's trigrams begin.
  void add_ngrams() {
    const std::vector<bool> is_context = find_contexts();
    const Bins bins = add_bins(is_context);
    BitWriter bigrams, trigrams;
    std::vector<std::uint64_t> offsets{0};
    auto trigram = model_.trigrams.begin();
    for (std::size_t i = 0; i < model_.bigrams.size(); ++i) {
      const Bigram& bigram = model_.bigrams[i];
      bigrams.write(bigram.second, static_cast<int>(header_.word_width));
      bigrams.write(bins.bigrams.bin_of(bigram.log10_prob), kBigramProbBits);
      bigrams.write(is_context[i] ? bins.backoffs.bin_of(bigram.log10_backoff) + 1 : 0,
                    kBackoffBits);
      const std::uint32_t first = first_bigram_[bigram.second];
      const int rank_width = width_for(first_bigram_[bigram.second + 1] - first);
      for (; is_child(trigram, bigram); ++trigram) {
        trigrams.write(bigram_at(bigram.second, trigram->third) - first, rank_width);
        trigrams.write(bins.trigrams.bin_of(trigram->log10_prob), kTrigramProbBits);
      }
      offsets.push_back(trigrams.size_bits());
    }
    if (trigram != model_.trigrams.end())
      throw DataError("model: a trigram without its context, or not sorted");
    header_.bigrams_begin = append<char>(body_, bigrams.finish());
    header_.trigrams_begin = append<char>(body_, trigrams.finish());
    header_.trigram_offsets = append_elias_fano(offsets, body_);
  }

  const NgramModel& model_;
  std::vector<std::uint32_t> first_bigram_;  // by its first word, and one more
  Header header_;
  std::string body_;
};

}  // namespace

std::string compact(const NgramModel& model) { return Compactor(model).run(); }

struct LanguageModel::Impl {
  std::string bytes;       // where the model was given as such
  void* mapped = nullptr;  // or else this
  std::size_t mapped_size = 0;

  Header header;
  const char* body = nullptr;
  const std::uint32_t* word_begin = nullptr;
  const char* word_bytes = nullptr;
  const Unigram* unigrams = nullptr;
  const std::uint8_t* capital_share = nullptr;
  const std::uint32_t* first_bigram = nullptr;
  const float *bigram_bins = nullptr, *backoff_bins = nullptr, *trigram_bins = nullptr;
  const char *bigrams = nullptr, *trigrams = nullptr;
  EliasFano trigram_offsets;
  int word_width = 0, bigram_width = 0;
  std::unordered_map<std::string_view, WordId> ids;

  Impl() = default;
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;
  ~Impl() {
    if (mapped != nullptr) munmap(mapped, mapped_size);
  }

  void load(std::string_view file);
  std::string_view word(WordId id) const {
    return {word_bytes + word_begin[id], word_begin[id + 1] - word_begin[id]};
  }
  std::uint64_t bigram_bits(std::uint32_t index) const {
    return read_bits(bigrams, std::uint64_t{index} * static_cast<std::uint64_t>(bigram_width),
                     bigram_width);
  }
  std::uint32_t find_bigram(WordId first, WordId second) const;
  // The probability's bin, or -1.
  int find_trigram(std::uint32_t context, WordId second, std::uint32_t suffix) const;
};

void LanguageModel::Impl::load(std::string_view file) {
  constexpr const char* kAdvice =
      "; put back the model that came with this version, or build one with tools/build_model";
  const auto refuse = [&](const std::string& why) { throw DataError("model: " + why + kAdvice); };
  if (file.size() < sizeof header) refuse("the file is too short");
  std::memcpy(&header, file.data(), sizeof header);
  if (header.magic != kMagic) refuse("not a language model of vanban");
  if (header.version != kVersion)
    refuse("format version " + std::to_string(header.version) + ", this program reads version " +
           std::to_string(kVersion));
  if (header_hash_of(header) != header.header_hash) refuse("the head is damaged");
  if (header.body_size != file.size() - sizeof header) refuse("the file is cut or too long");
  const std::string_view content = file.substr(sizeof header);
  if (hash_of(content) != header.body_hash) refuse("the content is damaged");

  body = content.data();
  word_begin = reinterpret_cast<const std::uint32_t*>(body + header.words_begin);
  word_bytes = reinterpret_cast<const char*>(word_begin + header.word_count + 1);
  unigrams = reinterpret_cast<const Unigram*>(body + header.unigrams_begin);
  capital_share = reinterpret_cast<const std::uint8_t*>(body + header.capital_share_begin);
  first_bigram = reinterpret_cast<const std::uint32_t*>(body + header.first_bigrams_begin);
  bigram_bins = reinterpret_cast<const float*>(body + header.bins_begin);
  backoff_bins = bigram_bins + kBigramBins;
  trigram_bins = backoff_bins + kBackoffBins;
  bigrams = body + header.bigrams_begin;
  trigrams = body + header.trigrams_begin;
  trigram_offsets = EliasFano(body, header.trigram_offsets);
  word_width = static_cast<int>(header.word_width);
  bigram_width = word_width + kBigramProbBits + kBackoffBits;
  ids.reserve(header.word_count);
  for (WordId id = 0; id < header.word_count; ++id) ids.emplace(word(id), id);
}

std::uint32_t LanguageModel::Impl::find_bigram(WordId first, WordId second) const {
  std::uint32_t low = first_bigram[first], high = first_bigram[first + 1];
  const std::uint32_t end = high;
  const std::uint64_t mask = (std::uint64_t{1} << word_width) - 1;
  while (low < high) {
    const std::uint32_t middle = low + (high - low) / 2;
    if ((bigram_bits(middle) & mask) < second)
      low = middle + 1;
    else
      high = middle;
  }
  return low < end && (bigram_bits(low) & mask) == second ? low : State::kNone;
}

int LanguageModel::Impl::find_trigram(std::uint32_t context, WordId second,
                                      std::uint32_t suffix) const {
  const std::uint64_t begin = trigram_offsets[context], end = trigram_offsets[context + 1];
  if (begin == end) return -1;
  const int rank_width = width_for(first_bigram[second + 1] - first_bigram[second]);
  const auto width = static_cast<std::uint64_t>(rank_width + kTrigramProbBits);
  const std::uint64_t rank = suffix - first_bigram[second];
  std::uint64_t low = 0, high = (end - begin) / width;
  const std::uint64_t count = high;
  while (low < high) {
    const std::uint64_t middle = low + (high - low) / 2;
    if (read_bits(trigrams, begin + middle * width, rank_width) < rank)
      low = middle + 1;
    else
      high = middle;
  }
  if (low == count || read_bits(trigrams, begin + low * width, rank_width) != rank) return -1;
  return static_cast<int>(read_bits(
      trigrams, begin + low * width + static_cast<std::uint64_t>(rank_width), kTrigramProbBits));
}

LanguageModel::LanguageModel(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
LanguageModel::~LanguageModel() = default;
LanguageModel::LanguageModel(LanguageModel&&) noexcept = default;
LanguageModel& LanguageModel::operator=(LanguageModel&&) noexcept = default;

LanguageModel LanguageModel::open(const std::filesystem::path& file) {
  const auto refuse = [&] {
    throw DataError("model: " + file.string() + ": " + std::generic_category().message(errno));
  };
  const int handle = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (handle < 0) refuse();
  auto impl = std::make_unique<Impl>();
  struct stat status {};
  const bool known = fstat(handle, &status) == 0;
  if (known && status.st_size > 0) {
    impl->mapped_size = static_cast<std::size_t>(status.st_size);
    void* mapped = mmap(nullptr, impl->mapped_size, PROT_READ, MAP_PRIVATE, handle, 0);
    if (mapped != MAP_FAILED) impl->mapped = mapped;
  }
  const int error = errno;
  close(handle);
  errno = error;
  if (!known || (status.st_size > 0 && impl->mapped == nullptr)) refuse();
  impl->load({static_cast<const char*>(impl->mapped), impl->mapped_size});
  return LanguageModel(std::move(impl));
}

LanguageModel LanguageModel::from_bytes(std::string bytes) {
  auto impl = std::make_unique<Impl>();
  impl->bytes = std::move(bytes);
  impl->load(impl->bytes);
  return LanguageModel(std::move(impl));
}

double LanguageModel::score(State& state, WordId word) const {
  const Impl& m = *impl_;
  const State before = state;
  const std::uint32_t bigram = m.find_bigram(before.word, word);
  state = {word, State::kNone};
  double backoff = 0;
  if (bigram != State::kNone) {
    const std::uint64_t bits = m.bigram_bits(bigram) >> m.word_width;
    if (bits >> kBigramProbBits != 0) state.bigram = bigram;  // else it is no context
    if (before.bigram != State::kNone) {
      const int bin = m.find_trigram(before.bigram, before.word, bigram);
      if (bin >= 0) return m.trigram_bins[bin];
      backoff = m.backoff_bins[m.bigram_bits(before.bigram) >> (m.word_width + kBigramProbBits)];
    }
    return backoff + m.bigram_bins[bits & (kBigramBins - 1)];
  }
  if (before.bigram != State::kNone)
    backoff = m.backoff_bins[m.bigram_bits(before.bigram) >> (m.word_width + kBigramProbBits)];
  return backoff + m.unigrams[before.word].log10_backoff + m.unigrams[word].log10_prob;
}

std::size_t LanguageModel::word_count() const { return impl_->header.word_count; }

WordId LanguageModel::id_of(std::string_view word) const {
  const auto found = impl_->ids.find(word);
  return found == impl_->ids.end() ? kUnknown : found->second;
}

std::string_view LanguageModel::word(WordId id) const { return impl_->word(id); }

double LanguageModel::log10_unigram(WordId id) const { return impl_->unigrams[id].log10_prob; }

double LanguageModel::capital_share(WordId id) const { return impl_->capital_share[id] / 255.0; }

std::string LanguageModel::content_hash() const {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  for (int shift = 60; shift >= 0; shift -= 4)
    out += kDigits[impl_->header.body_hash >> shift & 0xF];
  return out;
}

}  // namespace vanban::diacritics
