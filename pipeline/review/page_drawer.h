// Pictures of pages, drawn by processes of their own within limits of time and memory, and kept for
// a while.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace vanban::pipeline {

class PageDrawer {
 public:
  // `inputs`: the folder that the scans are in. To be made while the process has no threads of its
  // own.
  explicit PageDrawer(const std::filesystem::path& inputs);
  ~PageDrawer();
  PageDrawer(const PageDrawer&) = delete;
  PageDrawer& operator=(const PageDrawer&) = delete;

  // The page of the file below the folder as the bytes of a JPEG, so many pixels wide at the most;
  // empty where it cannot be drawn. `version` tells files of the same path apart. From any thread.
  std::string draw(const std::string& path, const std::string& version, int page, int width);
  // What lies within a box and a little around it as the bytes of a PNG: left, top, width, height
  // in points of the page as displayed. Drawn as densely as the page was read.
  std::string draw_crop(const std::string& path, const std::string& version, int page,
                        const std::vector<double>& box, int width);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace vanban::pipeline
