#include "ocr/recognize/engine_layers.h"

#include <dlfcn.h>
#include <tesseract/baseapi.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

// What follows is named, and laid out, by the library: its version 5.3.0. Only what comes before
// the last member used is declared, and nothing is ever made from these: they are views of objects
// that the library owns. Its own functions that are declared here are called.
namespace tesseract {

class TransposedArray;
class NetworkScratch;
class TRand;
class ScrollView;

template <class T>
struct Array2d {  // its GENERIC_2D_ARRAY
  void* virtual_functions;
  T* cells;
  T empty;
  int rows, columns;
  int cells_allocated;
};

struct StrideMap {
  int batch, height, width;
  int steps[3];
  std::vector<int> heights, widths;
};

class NetworkIO {
 public:
  void ResizeToMap(bool int_mode, const StrideMap& stride_map, int num_features);
  void ResizeScaled(const NetworkIO& source, int x_scale, int y_scale, int num_features);
  void Randomize(int t, int offset, int num_features, TRand* randomizer);
  void WriteTimeStepPart(int t, int offset, int num_features, const float* input);

  Array2d<float> reals;
  Array2d<std::int8_t> octets;
  bool in_octets;
  StrideMap map;
};

struct Network {
  void* virtual_functions;
  int type, training;
  bool needs_to_backprop;
  std::int32_t flags, inputs, outputs, weights_count;
  std::string name;
  ScrollView *forward_window, *backward_window;
  TRand* randomizer;
};

struct WeightMatrix {
  Array2d<float> reals;
  Array2d<std::int8_t> octets;
  Array2d<float> transposed;
  bool in_octets, with_adam;
  std::vector<float> scales;
  Array2d<float> deltas, updates, squares;
  std::vector<std::int8_t> shaped;
};

class Convolve : public Network {
 public:
  void Forward(bool debug, const NetworkIO& input, const TransposedArray* transposed,
               NetworkScratch* scratch, NetworkIO* output);

  std::int32_t half_x, half_y;
};

class Maxpool : public Network {
 public:
  void Forward(bool debug, const NetworkIO& input, const TransposedArray* transposed,
               NetworkScratch* scratch, NetworkIO* output);

  StrideMap back_map;
  std::int32_t x_scale, y_scale;
};

class FullyConnected : public Network {
 public:
  void Forward(bool debug, const NetworkIO& input, const TransposedArray* transposed,
               NetworkScratch* scratch, NetworkIO* output);
  void SetupForward(const NetworkIO& input, const TransposedArray* transposed);

  WeightMatrix weights;
};

}  // namespace tesseract

namespace vanban::ocr {
namespace {

// Values of the library's enumerations.
constexpr int kTraining = 1;  // TS_ENABLED
constexpr int kTanh = 19;     // NT_TANH

// The library's numbers in an octet go from -127 to 127.
constexpr float kOctetMax = 127;

thread_local bool layers_quick = false;

// Whether our layers give the library's numbers, each found out by itself.
enum Layer { kConvolve, kConnect, kMaxpool, kWrite, kLayers };
std::array<std::atomic<EngineLayers>, kLayers> found{};

const float* tanh_table() {
  static const auto table =
      static_cast<const float*>(dlsym(RTLD_DEFAULT, "_ZN9tesseract9TanhTableE"));
  return table;
}

bool version_known() {
  static const bool known =
      std::string_view(tesseract::TessBaseAPI::Version()) == "5.3.0" && tanh_table() != nullptr;
  return known;
}

bool may_be_ours(Layer layer) {
  return layers_quick && version_known() && found[layer] != EngineLayers::Library;
}

void note(Layer layer, bool same) {
  EngineLayers unknown = EngineLayers::Unknown;
  if (same)
    found[layer].compare_exchange_strong(unknown, EngineLayers::Ours);
  else
    found[layer] = EngineLayers::Library;
}

// One picture in octets that fills its array.
bool is_one_picture(const tesseract::NetworkIO& io) {
  const tesseract::StrideMap& map = io.map;
  return io.in_octets && map.batch == 1 && map.heights.size() == 1 && map.widths.size() == 1 &&
         map.heights[0] == map.height && map.widths[0] == map.width && map.height > 0 &&
         map.width > 0 && io.octets.rows == map.height * map.width && io.octets.columns > 0;
}

std::vector<std::int8_t> octets_of(const tesseract::NetworkIO& io) {
  const std::ptrdiff_t size = std::ptrdiff_t{io.octets.rows} * io.octets.columns;
  return {io.octets.cells, io.octets.cells + size};
}

// Puts beside one another what each pixel's neighbours hold, column by column, for all pixels whose
// neighbours stand within the picture.
void gather_neighbours(const tesseract::Convolve& layer, const tesseract::NetworkIO& input,
                       std::int8_t* out) {
  const int width = input.map.width, height = input.map.height;
  const auto depth = static_cast<std::size_t>(layer.inputs);
  const auto outputs = static_cast<std::size_t>(layer.outputs);
  for (int y = layer.half_y; y < height - layer.half_y; ++y)
    for (int x = layer.half_x; x < width - layer.half_x; ++x) {
      std::int8_t* to = out + static_cast<std::size_t>(y * width + x) * outputs;
      for (int near_x = x - layer.half_x; near_x <= x + layer.half_x; ++near_x)
        for (int near_y = y - layer.half_y; near_y <= y + layer.half_y; ++near_y, to += depth) {
          const std::int8_t* from =
              input.octets.cells + static_cast<std::size_t>(near_y * width + near_x) * depth;
          if (depth == 1)
            *to = *from;
          else
            std::memcpy(to, from, depth);
        }
    }
}

// The other pixels, in the library's order: what stands outside is noise, and the generator of the
// noise goes on from number to number.
void gather_at_edges(const tesseract::Convolve& layer, const tesseract::NetworkIO& input,
                     tesseract::NetworkIO& output) {
  const int width = input.map.width, height = input.map.height;
  const int side = (2 * layer.half_y + 1) * layer.inputs;
  for (int y = 0; y < height; ++y) {
    const bool row_inside = y >= layer.half_y && y < height - layer.half_y;
    for (int x = 0; x < width; ++x) {
      if (row_inside && x >= layer.half_x && x < width - layer.half_x) {
        x = width - layer.half_x - 1;
        continue;
      }
      const int t = y * width + x;
      int at = 0;
      for (int near_x = x - layer.half_x; near_x <= x + layer.half_x; ++near_x) {
        if (near_x < 0 || near_x >= width) {
          output.Randomize(t, at, side, layer.randomizer);
          at += side;
          continue;
        }
        for (int near_y = y - layer.half_y; near_y <= y + layer.half_y;
             ++near_y, at += layer.inputs) {
          if (near_y < 0 || near_y >= height)
            output.Randomize(t, at, layer.inputs, layer.randomizer);
          else
            std::memcpy(output.octets.cells + std::ptrdiff_t{t} * layer.outputs + at,
                        input.octets.cells + std::ptrdiff_t{near_y * width + near_x} * layer.inputs,
                        static_cast<std::size_t>(layer.inputs));
        }
      }
    }
  }
}

// Hyperbolic tangents in octets as the library has them: from a table, linear between its entries,
// rounded. An octet grows by at most one from entry to entry, so that it is enough to know where.
class Tanh {
 public:
  static constexpr int kEntries = 4096;
  static constexpr float kEntriesPerUnit = 256;

  Tanh() {
    for (int i = 0; i + 1 < kEntries; ++i) {
      Step& step = steps_[static_cast<std::size_t>(i)];
      step.octet = octet_at(i, static_cast<float>(i));
      if (octet_at(i, static_cast<float>(i + 1)) == step.octet) continue;
      float low = static_cast<float>(i), high = static_cast<float>(i + 1);
      for (float middle = (low + high) / 2; middle > low && middle < high;
           middle = (low + high) / 2)
        (octet_at(i, middle) == step.octet ? low : high) = middle;
      step.grows_at = high;
    }
    // Beyond the table.
    steps_.back().octet = static_cast<int>(kOctetMax);
  }

  // That of a place in the table, which goes on to the other side of zero.
  std::int8_t operator()(float place) const {
    const float side = std::min(std::abs(place), static_cast<float>(kEntries - 1));
    const Step& step = steps_[static_cast<std::size_t>(static_cast<int>(side))];
    const int octet = step.octet + (side >= step.grows_at ? 1 : 0);
    return static_cast<std::int8_t>(place < 0 ? -octet : octet);
  }

 private:
  static int octet_at(int entry, float place) {
    const float low = tanh_table()[entry], high = tanh_table()[entry + 1];
    const float tanh = low + (high - low) * (place - static_cast<float>(entry));
    return static_cast<int>(tanh * kOctetMax + 0.5F);
  }

  struct Step {
    float grows_at = std::numeric_limits<float>::infinity();
    int octet = 0;  // at the entry
  };
  std::array<Step, kEntries> steps_{};
};

// Inputs of the largest layer that is computed here: the sums of its products are whole numbers
// that floating point holds exactly.
constexpr int kInputsMax = 64;

bool can_connect(const tesseract::FullyConnected& layer, const tesseract::NetworkIO& input) {
  const tesseract::WeightMatrix& weights = layer.weights;
  return layer.type == kTanh && layer.training != kTraining && weights.in_octets &&
         layer.inputs <= kInputsMax && weights.octets.rows == layer.outputs &&
         weights.octets.columns == layer.inputs + 1 &&
         std::ssize(weights.scales) >= layer.outputs && is_one_picture(input) &&
         input.octets.columns == layer.inputs;
}

// Outputs that are computed at once, in as many registers as it takes.
constexpr std::size_t kLanes = 16;
using Lanes = float __attribute__((vector_size(kLanes * sizeof(float))));

void connect(const tesseract::FullyConnected& layer, const tesseract::NetworkIO& input,
             std::int8_t* out) {
  static const Tanh tanh;
  const auto inputs = static_cast<std::size_t>(layer.inputs);
  const auto outputs = static_cast<std::size_t>(layer.outputs);
  const std::size_t blocks = (outputs + kLanes - 1) / kLanes;
  // By block, then input, the bias last.
  std::vector<Lanes> weights(blocks * (inputs + 1)), scales(blocks);
  for (std::size_t o = 0; o < outputs; ++o) {
    for (std::size_t i = 0; i <= inputs; ++i)
      weights[o / kLanes * (inputs + 1) + i][o % kLanes] =
          layer.weights.octets.cells[o * (inputs + 1) + i] * (i == inputs ? kOctetMax : 1);
    scales[o / kLanes][o % kLanes] = layer.weights.scales[o];
  }
  const auto steps = static_cast<std::size_t>(input.octets.rows);
  const std::int8_t* in = input.octets.cells;
  for (std::size_t t = 0; t < steps; ++t, in += inputs, out += outputs) {
    // Much of a line is paper, one pixel as the next.
    if (t > 0 && std::memcmp(in, in - inputs, inputs) == 0) {
      std::memcpy(out, out - outputs, outputs);
      continue;
    }
    for (std::size_t block = 0; block < blocks; ++block) {
      const Lanes* weight = weights.data() + block * (inputs + 1);
      Lanes sums = weight[inputs];
      for (std::size_t i = 0; i < inputs; ++i) sums += weight[i] * static_cast<float>(in[i]);
      const Lanes places = sums * scales[block] * Tanh::kEntriesPerUnit;
      std::array<std::int8_t, kLanes> octets;
      for (std::size_t o = 0; o < kLanes; ++o) octets[o] = tanh(places[o]);
      std::memcpy(out + block * kLanes, octets.data(), std::min(outputs - block * kLanes, kLanes));
    }
  }
}

void take_largest(const tesseract::Maxpool& layer, const tesseract::NetworkIO& input,
                  const tesseract::StrideMap& map, std::int8_t* out) {
  const auto depth = static_cast<std::size_t>(layer.inputs);
  const auto row = static_cast<std::size_t>(input.map.width) * depth;
  for (int y = 0; y < map.height; ++y)
    for (int x = 0; x < map.width; ++x, out += depth) {
      const std::int8_t* corner = input.octets.cells +
                                  static_cast<std::size_t>(y * layer.y_scale) * row +
                                  static_cast<std::size_t>(x * layer.x_scale) * depth;
      std::memcpy(out, corner, depth);
      for (int near_y = 0; near_y < layer.y_scale; ++near_y) {
        const std::int8_t* from = corner + static_cast<std::size_t>(near_y) * row;
        for (int near_x = 0; near_x < layer.x_scale; ++near_x, from += depth)
          for (std::size_t i = 0; i < depth; ++i) out[i] = std::max(out[i], from[i]);
      }
    }
}

void write_octets(const float* values, std::size_t count, std::int8_t* out) {
  for (std::size_t i = 0; i < count; ++i) {
    const float scaled = values[i] * kOctetMax;
    const int rounded = static_cast<int>(scaled + std::copysign(0.5F, scaled));
    out[i] = static_cast<std::int8_t>(std::clamp(rounded, -127, 127));
  }
}

template <class Function>
Function of_library(const char* name) {
  return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

// A layer's function, as the library has it.
using Forward = void (*)(void*, bool, const tesseract::NetworkIO&,
                         const tesseract::TransposedArray*, tesseract::NetworkScratch*,
                         tesseract::NetworkIO*);

}  // namespace

EngineLayers engine_layers() {
  EngineLayers all = EngineLayers::Ours;
  for (const auto& layer : found) {
    if (layer == EngineLayers::Library) return EngineLayers::Library;
    if (layer == EngineLayers::Unknown) all = EngineLayers::Unknown;
  }
  return all;
}

QuickLayers::QuickLayers() : before_(layers_quick) { layers_quick = true; }
QuickLayers::~QuickLayers() { layers_quick = before_; }

}  // namespace vanban::ocr

namespace tesseract {

using namespace vanban::ocr;

void Convolve::Forward(bool debug, const NetworkIO& input, const TransposedArray* transposed,
                       NetworkScratch* scratch, NetworkIO* output) {
  static const auto library = of_library<vanban::ocr::Forward>(
      "_ZN9tesseract8Convolve7ForwardEbRKNS_9NetworkIOEPKNS_15TransposedArrayEPNS_14NetworkScratchE"
      "PS1_");
  const bool ours = may_be_ours(kConvolve) && training != kTraining && is_one_picture(input) &&
                    input.octets.columns == inputs &&
                    outputs == (2 * half_x + 1) * (2 * half_y + 1) * inputs;
  if (!ours || found[kConvolve] != EngineLayers::Ours)
    library(this, debug, input, transposed, scratch, output);
  if (!ours) return;
  if (found[kConvolve] != EngineLayers::Ours) {
    std::vector<std::int8_t> again = octets_of(*output);
    gather_neighbours(*this, input, again.data());
    note(kConvolve, again == octets_of(*output));
    return;
  }
  output->ResizeToMap(true, input.map, outputs);
  gather_neighbours(*this, input, output->octets.cells);
  gather_at_edges(*this, input, *output);
}

void FullyConnected::Forward(bool debug, const NetworkIO& input, const TransposedArray* transposed,
                             NetworkScratch* scratch, NetworkIO* output) {
  static const auto library = of_library<vanban::ocr::Forward>(
      "_ZN9tesseract14FullyConnected7ForwardEbRKNS_9NetworkIOEPKNS_15TransposedArrayE"
      "PNS_14NetworkScratchEPS1_");
  const bool ours = may_be_ours(kConnect) && can_connect(*this, input);
  if (!ours || found[kConnect] != EngineLayers::Ours)
    library(this, debug, input, transposed, scratch, output);
  if (!ours) return;
  if (found[kConnect] != EngineLayers::Ours) {
    const std::vector<std::int8_t> theirs = octets_of(*output);
    std::vector<std::int8_t> again(theirs.size());
    connect(*this, input, again.data());
    note(kConnect, again == theirs);
    return;
  }
  output->ResizeToMap(true, input.map, outputs);
  SetupForward(input, transposed);
  connect(*this, input, output->octets.cells);
}

void Maxpool::Forward(bool debug, const NetworkIO& input, const TransposedArray* transposed,
                      NetworkScratch* scratch, NetworkIO* output) {
  static const auto library = of_library<vanban::ocr::Forward>(
      "_ZN9tesseract7Maxpool7ForwardEbRKNS_9NetworkIOEPKNS_15TransposedArrayEPNS_14NetworkScratchE"
      "PS1_");
  const bool ours = may_be_ours(kMaxpool) && training != kTraining && is_one_picture(input) &&
                    input.octets.columns == inputs && x_scale > 0 && y_scale > 0 &&
                    input.map.width >= x_scale && input.map.height >= y_scale;
  if (!ours || found[kMaxpool] != EngineLayers::Ours)
    library(this, debug, input, transposed, scratch, output);
  if (!ours) return;
  if (found[kMaxpool] != EngineLayers::Ours) {
    const std::vector<std::int8_t> theirs = octets_of(*output);
    std::vector<std::int8_t> again(theirs.size());
    take_largest(*this, input, output->map, again.data());
    note(kMaxpool, again == theirs);
    return;
  }
  output->ResizeScaled(input, x_scale, y_scale, inputs);
  take_largest(*this, input, output->map, output->octets.cells);
}

void NetworkIO::WriteTimeStepPart(int t, int offset, int num_features, const float* input) {
  using Write = void (*)(NetworkIO*, int, int, int, const float*);
  static const auto library =
      of_library<Write>("_ZN9tesseract9NetworkIO17WriteTimeStepPartEiiiPKf");
  const bool ours = may_be_ours(kWrite) && in_octets;
  if (!ours || found[kWrite] != EngineLayers::Ours) library(this, t, offset, num_features, input);
  if (!ours) return;
  std::int8_t* out = octets.cells + std::ptrdiff_t{t} * octets.columns + offset;
  const auto count = static_cast<std::size_t>(num_features);
  if (found[kWrite] != EngineLayers::Ours) {
    std::vector<std::int8_t> again(count);
    write_octets(input, count, again.data());
    note(kWrite, std::equal(again.begin(), again.end(), out));
    return;
  }
  write_octets(input, count, out);
}

}  // namespace tesseract
