#include "pipeline/review/page_drawer.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <tuple>
#include <utility>
#include <vector>

#include "ocr/image.h"
#include "ocr/open/open_source.h"
#include "pipeline/batch/process.h"
#include "pipeline/input_file.h"
#include "pipeline/sandbox/sandbox.h"

namespace vanban::pipeline {
namespace {

namespace fs = std::filesystem;

// A page that was read is drawn in a fraction of a second; one that changed since may never be.
constexpr double kSecondsForOne = 10;

struct Wanted {
  std::string path;
  int page = 0, width = 0;
  std::vector<double> box;  // empty: the whole page
};

Bytes to_bytes(const std::string& text) { return {text.begin(), text.end()}; }

std::string drawn_page(const fs::path& inputs, const Wanted& wanted) {
  const ocr::Source source = ocr::open_source(read_file_below(inputs, wanted.path), "");
  const auto& place = source.pages.at(static_cast<std::size_t>(wanted.page) - 1);
  // Not many more pixels than are asked for, but as many as the reader draws at the least.
  constexpr double kSquare = 1e6, kLeastDpi = 72, kPointsAnInch = 72, kSpare = 1.1;
  if (!wanted.box.empty()) {
    constexpr double kMegapixels = 20;
    const ocr::Image page = ocr::make_page_reader(source)->rasterize(wanted.page, kMegapixels);
    const double scale = page.width / place.width_pt;
    const auto& box = wanted.box;
    return ocr::encode_png(ocr::reduced_to_width(
        ocr::cropped_around(page, box[0] * scale, box[1] * scale, box[2] * scale, box[3] * scale),
        wanted.width));
  }
  const double aspect = place.height_pt / place.width_pt,
               least = std::max<double>(wanted.width, place.width_pt * kLeastDpi / kPointsAnInch);
  const double megapixels = std::min(20.0, least * least * aspect / kSquare * kSpare);
  const ocr::Image page = ocr::make_page_reader(source)->rasterize(wanted.page, megapixels);
  return ocr::encode_jpeg(ocr::reduced_to_width(page, wanted.width));
}

// By a process of its own, from one that has no threads; empty where it is not done in time.
Bytes drawn_within_limits(const fs::path& inputs, const Wanted& wanted) {
  constexpr std::uint64_t kMemoryBytes = std::uint64_t{1} << 30;
  const auto draw = [&](MessageSocket& socket) {
    bind_to_parent(kMemoryBytes);
    enter_sandbox({{inputs}, {}}, SandboxMode::Auto);
    socket.send(to_bytes(drawn_page(inputs, wanted)));
  };
  std::vector<Bytes> pictures = messages_of(draw, 1, kSecondsForOne);
  return pictures.empty() ? Bytes{} : std::move(pictures.front());
}

// Starts a process for each picture, so that nothing with threads has to.
void serve_pictures(MessageSocket& socket, const fs::path& inputs) {
  bind_to_parent(0);
  while (const std::optional<Bytes> message = socket.wait()) {
    const auto node = nlohmann::json::parse(message->begin(), message->end());
    Bytes picture;
    try {
      picture = drawn_within_limits(inputs, {node.at(0), node.at(1), node.at(2), node.at(3)});
    } catch (const std::exception&) {
      // It cannot be drawn now.
    }
    if (!socket.send(picture)) return;
  }
}

// One that draws, and who waits for it.
class DrawingProcess {
 public:
  explicit DrawingProcess(const fs::path& inputs)
      : process_([&](MessageSocket& socket) { serve_pictures(socket, inputs); }) {}

  std::mutex& mutex() { return mutex_; }
  // With the mutex held.
  std::string draw(const Wanted& wanted) {
    const nlohmann::json message =
        nlohmann::json::array({wanted.path, wanted.page, wanted.width, wanted.box});
    if (!process_.socket().send(to_bytes(message.dump()))) return "";
    const std::optional<Bytes> picture = process_.socket().wait();
    return picture ? std::string(picture->begin(), picture->end()) : "";
  }

 private:
  std::mutex mutex_;
  ChildProcess process_;
};

// Those that were asked for last.
class PictureCache {
 public:
  using Key = std::tuple<std::string, std::string, int, int, std::vector<double>>;

  std::string find(const Key& key) {
    const std::lock_guard lock(mutex_);
    const auto known = pictures_.find(key);
    return known == pictures_.end() ? "" : known->second;
  }
  void keep(const Key& key, const std::string& picture) {
    constexpr std::size_t kMostBytes = std::size_t{128} << 20;
    const std::lock_guard lock(mutex_);
    if (picture.empty() || !pictures_.emplace(key, picture).second) return;
    order_.push_back(key);
    bytes_ += picture.size();
    while (bytes_ > kMostBytes && order_.size() > 1) {
      bytes_ -= pictures_.at(order_.front()).size();
      pictures_.erase(order_.front());
      order_.pop_front();
    }
  }

 private:
  std::mutex mutex_;
  std::map<Key, std::string> pictures_;
  std::deque<Key> order_;
  std::size_t bytes_ = 0;
};

}  // namespace

// One draws what is looked at while the other draws what comes next.
struct PageDrawer::Impl {
  DrawingProcess first, second;
  PictureCache cache;

  explicit Impl(const fs::path& inputs) : first(inputs), second(inputs) {}

  std::string draw(const Wanted& wanted, const std::string& version) {
    const PictureCache::Key key{wanted.path, version, wanted.page, wanted.width, wanted.box};
    if (std::string known = cache.find(key); !known.empty()) return known;
    std::unique_lock one(first.mutex(), std::try_to_lock);
    DrawingProcess& process = one.owns_lock() ? first : second;
    if (!one.owns_lock()) one = std::unique_lock(process.mutex());
    // Who waited may have waited for this very picture.
    if (std::string known = cache.find(key); !known.empty()) return known;
    const std::string picture = process.draw(wanted);
    cache.keep(key, picture);
    return picture;
  }
};

PageDrawer::PageDrawer(const fs::path& inputs) : impl_(std::make_unique<Impl>(inputs)) {}
PageDrawer::~PageDrawer() = default;

std::string PageDrawer::draw(const std::string& path, const std::string& version, int page,
                             int width) {
  return impl_->draw({path, page, width, {}}, version);
}

std::string PageDrawer::draw_crop(const std::string& path, const std::string& version, int page,
                                  const std::vector<double>& box, int width) {
  return impl_->draw({path, page, width, box}, version);
}

}  // namespace vanban::pipeline
