// The ways in which a text can be read, and the search for the likeliest among them.
#pragma once

#include <cstdint>
#include <vector>

#include "diacritics/model/language_model.h"

namespace vanban::diacritics {

// One reading of a few tokens side by side.
struct Arc {
  std::uint32_t span = 1;     // tokens that it reads, 1 or more
  std::vector<WordId> words;  // what the language model is told; none where it looks through
  float cost = 0;           // -ln P(what was read | this reading), and whatever else speaks against
  std::uint32_t label = 0;  // the caller's
};

struct Lattice {
  // By the token they begin at, one or more each; none reaches beyond the last token.
  std::vector<std::vector<Arc>> arcs;
  // Tokens before which the text may begin anew, as at a line's end; one each. Arcs without words
  // never do.
  std::vector<bool> may_break;
};

struct SearchOptions {
  // The model's log probabilities count this much against the arcs' costs: it is the surer of
  // itself the less it knows.
  double language_weight = 0.85;
  int beam = 32;              // readings kept at each token, 1 or more
  double beam_width = 14;     // nats below the best at which a reading is dropped
  double unknown_cost = 5.0;  // nats beside the model's, for a word that it does not know
  double break_cost = 1.0;    // nats for beginning anew
};

struct Chosen {
  std::size_t token = 0;  // where the arc begins
  std::size_t arc = 0;    // of those that begin there
};

struct Search {
  std::vector<Chosen> best;                   // from the first token to the last
  std::vector<std::vector<float>> posterior;  // of every arc, as in Lattice::arcs; from 0 to 1, but
                                              // for rounding
  LanguageModel::State end;                   // after the best reading
};

// Beam search (Viterbi) with posteriors from the forward and backward sums over the same beam.
Search search(const LanguageModel& model, const Lattice& lattice, LanguageModel::State begin,
              const SearchOptions& options);

}  // namespace vanban::diacritics
