#include "ocr/open/pdf_structure.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>
#include <set>
#include <stdexcept>
#include <utility>

// Tells QPDF 11 that its old smart pointer is not used; else it warns.
#define POINTERHOLDER_TRANSITION 4
#include <qpdf/Pipeline.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFAnnotationObjectHelper.hh>
#include <qpdf/QPDFExc.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <qpdf/QPDFPageObjectHelper.hh>
#include <qpdf/QPDFWriter.hh>

#include "ocr/document/error.h"
#include "ocr/open/pdf_signatures.h"

namespace vanban::ocr {
namespace {

using Handle = QPDFObjectHandle;
using Rectangle = QPDFObjectHandle::Rectangle;

// Points. A page box smaller than this is a mistake.
constexpr double kMinBoxSide = 3;
const Rectangle kA4{0, 0, 595.276, 841.89};

// Real page trees are 2 to 5 deep, forms nest 1 to 4 deep. QPDF follows trees by recursion, so that
// a file made to harm would overflow the stack.
constexpr int kMaxPageTreeDepth = 100;
constexpr int kMaxFieldDepth = 32;
constexpr int kMaxFormDepth = 12;

// Below this many dots per inch an image is a filling (often one pixel spread over the page).
constexpr double kMinImageDpi = 20;
// Opaque images that together cover less than this share of the page are pictures on it.
constexpr double kMinScanShare = 0.3;

// ISO 32000-1, table 165.
constexpr long long kHiddenFlag = 2, kNoViewFlag = 32;

// ---- Opening

// QPDF warns of much that harms nothing; what counts is that it had to search for the objects.
bool was_rebuilt(QPDF& pdf) {
  const std::vector<QPDFExc> warnings = pdf.getWarnings();
  return std::any_of(warnings.begin(), warnings.end(), [](const QPDFExc& warning) {
    return warning.getMessageDetail().find("reconstruct cross-reference") != std::string::npos;
  });
}

void check_page_tree_depth(QPDF& pdf) {
  std::vector<std::pair<Handle, int>> open_nodes{{pdf.getRoot().getKey("/Pages"), 0}};
  std::set<QPDFObjGen> seen;
  while (!open_nodes.empty()) {
    auto [node, depth] = open_nodes.back();
    open_nodes.pop_back();
    if (!node.isDictionary() || (node.isIndirect() && !seen.insert(node.getObjGen()).second))
      continue;
    if (depth > kMaxPageTreeDepth) throw std::runtime_error("The page tree is too deep");
    Handle kids = node.getKey("/Kids");
    if (!kids.isArray()) continue;
    for (int i = 0; i < kids.getArrayNItems(); ++i) {
      open_nodes.emplace_back(kids.getArrayItem(i), depth + 1);
    }
  }
}

// ---- Geometry

struct PageGeometry {
  Rectangle box;
  int rotate = 0;         // 0, 90, 180, 270
  bool repaired = false;  // `box` is not what the file says
};

double width(const Rectangle& box) { return box.urx - box.llx; }
double height(const Rectangle& box) { return box.ury - box.lly; }
bool usable(const Rectangle& box) {
  return std::isfinite(width(box)) && std::isfinite(height(box)) && width(box) >= kMinBoxSide &&
         height(box) >= kMinBoxSide;
}

Rectangle intersected(const Rectangle& a, const Rectangle& b) {
  return {std::max(a.llx, b.llx), std::max(a.lly, b.lly), std::min(a.urx, b.urx),
          std::min(a.ury, b.ury)};
}

int rotation_of(QPDFPageObjectHelper page) {
  Handle rotate = page.getAttribute("/Rotate", false);
  const long long degrees = rotate.isInteger() ? rotate.getIntValue() % 360 : 0;
  return degrees % 90 == 0 ? static_cast<int>((degrees + 360) % 360) : 0;
}

PageGeometry geometry_of(QPDFPageObjectHelper page) {
  PageGeometry out;
  out.rotate = rotation_of(page);
  out.box = page.getAttribute("/MediaBox", false).getArrayAsRectangle();
  out.repaired = !usable(out.box);
  if (out.repaired) out.box = kA4;
  Handle crop_box = page.getAttribute("/CropBox", false);
  if (crop_box.isNull()) return out;
  const Rectangle cropped = intersected(out.box, crop_box.getArrayAsRectangle());
  if (usable(cropped)) {
    out.box = cropped;
  } else {
    out.repaired = true;
  }
  return out;
}

// Drawing programs have their own ideas of what a senseless box means, so the copy states ours.
void state_box(Handle page, const Rectangle& box) {
  page.replaceKey("/MediaBox", Handle::newFromRectangle(box));
  page.removeKey("/CropBox");
}

// Default user space to points of the page as displayed.
Affine to_displayed(const PageGeometry& geometry) {
  const Rectangle& box = geometry.box;
  switch (geometry.rotate) {
    case 90: return {0, 1, -box.lly, 1, 0, -box.llx};
    case 180: return {-1, 0, box.urx, 0, 1, -box.lly};
    case 270: return {0, -1, box.ury, -1, 0, box.urx};
    default: return {1, 0, -box.llx, 0, -1, box.ury};
  }
}

// ---- Images

struct PlacedImage {
  double area = 0;  // square points within the page box
  double dpi = 0;
  bool opaque = true;
};

// Stops a stream that unpacks to more than any page needs.
class SizeCheck : public Pipeline {
 public:
  explicit SizeCheck(std::size_t limit) : Pipeline("size check", nullptr), left_(limit) {}
  void write(const unsigned char*, std::size_t length) override {
    exceeded_ = exceeded_ || length > left_;
    if (exceeded_) throw std::length_error("The page content is too large");
    left_ -= length;
  }
  void finish() override {}
  bool exceeded() const { return exceeded_; }
  std::size_t left() const { return left_; }

 private:
  std::size_t left_;
  bool exceeded_ = false;
};

Affine affine(const std::vector<Handle>& operands) {
  const auto number = [&](std::size_t i) { return Handle(operands[i]).getNumericValue(); };
  return {number(0), number(2), number(4), number(1), number(3), number(5)};
}

Affine affine(Handle::Matrix m) { return {m.a, m.c, m.e, m.b, m.d, m.f}; }

// Follows the content of a page and of the forms it draws, as far as that decides where images
// stand. Clipping paths are not followed.
class ImageSearch {
 public:
  explicit ImageSearch(const Rectangle& page_box) : page_box_(page_box) {}

  void search(QPDFPageObjectHelper content, const Handle& outer_resources, const Affine& start,
              int depth);
  const std::vector<PlacedImage>& images() const { return images_; }

 private:
  class Callbacks;
  void draw(const std::string& name, Handle& resources, const Affine& ctm, int depth);
  void place(double pixel_width, double pixel_height, bool opaque, const Affine& ctm);
  void place(Handle image, const Affine& ctm);

  Rectangle page_box_;
  ContentBudget budget_;
  std::vector<PlacedImage> images_;
};

class ImageSearch::Callbacks : public Handle::ParserCallbacks {
 public:
  Callbacks(ImageSearch& search, const Handle& resources, const Affine& start, int depth)
      : search_(search), resources_(resources), ctm_(start), depth_(depth) {}

  void handleObject(Handle object) override {
    if (!object.isOperator()) {
      operands_.push_back(object);
      return;
    }
    apply(object.getOperatorValue());
    operands_.clear();
  }
  void handleEOF() override {}

 private:
  void apply(const std::string& op) {
    if (op == "q") {
      saved_.push_back(ctm_);
    } else if (op == "Q" && !saved_.empty()) {
      ctm_ = saved_.back();
      saved_.pop_back();
    } else if (op == "cm" && operands_.size() == 6) {
      ctm_ = affine(operands_).then(ctm_);
    } else if (op == "Do" && operands_.size() == 1 && operands_[0].isName()) {
      search_.draw(operands_[0].getName(), resources_, ctm_, depth_);
    } else if (op == "ID") {
      search_.place(inline_number("/W", "/Width"), inline_number("/H", "/Height"), true, ctm_);
    }
  }

  // Of the inline image's dictionary, whose keys and values are the operands of ID.
  double inline_number(const std::string& key, const std::string& long_key) {
    for (std::size_t i = 0; i + 1 < operands_.size(); i += 2) {
      if (!operands_[i].isName()) continue;
      const std::string name = operands_[i].getName();
      if (name == key || name == long_key) return operands_[i + 1].getNumericValue();
    }
    return 0;
  }

  ImageSearch& search_;
  Handle resources_;
  Affine ctm_;
  int depth_;
  std::vector<Affine> saved_;
  std::vector<Handle> operands_;
};

void ImageSearch::search(QPDFPageObjectHelper content, const Handle& outer_resources,
                         const Affine& start, int depth) {
  budget_.spend(content);
  // A form without resources uses those of what draws it, as files older than PDF 1.2 do.
  Handle resources = content.getAttribute("/Resources", false);
  if (!resources.isDictionary()) resources = outer_resources;
  Callbacks callbacks(*this, resources, start, depth);
  content.parseContents(&callbacks);
}

void ImageSearch::draw(const std::string& name, Handle& resources, const Affine& ctm, int depth) {
  if (!resources.isDictionary()) return;
  Handle object = resources.getKey("/XObject").getKeyIfDict(name);
  if (!object.isStream()) return;
  Handle dictionary = object.getDict();
  if (object.isImage(false)) {
    place(dictionary, ctm);
  } else if (object.isFormXObject() && budget_.may_enter_form(depth)) {
    Handle matrix = dictionary.getKey("/Matrix");
    const Affine own = matrix.isMatrix() ? affine(matrix.getArrayAsMatrix()) : Affine{};
    search(object, resources, own.then(ctm), depth + 1);
  }
}

// In a page of layers the mask has the shapes of the letters, the image beneath only their colours.
void ImageSearch::place(Handle image, const Affine& ctm) {
  Handle mask = image.getKey("/SMask");
  if (!mask.isStream()) mask = image.getKey("/Mask");
  Handle finest = image;
  const auto width_of = [](Handle of) { return of.getKey("/Width").getNumericValue(); };
  if (mask.isStream() && width_of(mask.getDict()) > width_of(image)) finest = mask.getDict();
  place(width_of(finest), finest.getKey("/Height").getNumericValue(), !mask.isStream(), ctm);
}

void ImageSearch::place(double pixel_width, double pixel_height, bool opaque, const Affine& ctm) {
  const double drawn_area = std::abs(ctm.xx * ctm.yy - ctm.xy * ctm.yx);
  if (!(drawn_area > 0) || pixel_width < 1 || pixel_height < 1) return;
  const double dpi = 72 * std::sqrt(pixel_width * pixel_height / drawn_area);
  if (dpi < kMinImageDpi) return;
  const Box around = ctm.apply(Box{0, 0, 1, 1});
  const Rectangle seen =
      intersected(page_box_, {around.left, around.top, around.right, around.bottom});
  if (width(seen) <= 0 || height(seen) <= 0) return;
  const double fill = drawn_area / (around.width() * around.height());
  images_.push_back({width(seen) * height(seen) * fill, dpi, opaque});
}

// Area-weighted over the images; but where one alone fills most of the page, the densest such one:
// a page in layers has a coarse background and its text in a fine mask.
double density_of(const std::vector<PlacedImage>& images, double page_area) {
  double weighted = 0, area = 0, densest_layer = 0;
  for (const PlacedImage& image : images) {
    weighted += image.dpi * image.area;
    area += image.area;
    if (image.area > page_area / 2) densest_layer = std::max(densest_layer, image.dpi);
  }
  return densest_layer > 0 ? densest_layer : weighted / area;
}

void read_images(const Handle& page, const PageGeometry& geometry, PageInfo& info) {
  ImageSearch search(geometry.box);
  try {
    search.search(page, Handle::newNull(), Affine{}, 0);
  } catch (const std::exception&) {
    return;  // content that cannot be parsed says nothing about images
  }
  const double page_area = width(geometry.box) * height(geometry.box);
  double covered = 0, covered_opaquely = 0;
  for (const PlacedImage& image : search.images()) {
    covered += image.area;
    if (image.opaque) covered_opaquely += image.area;
  }
  info.image_share = std::min(1.0, covered / page_area);
  // What shows the page through, such as a stamp on a sheet of its own, is not a scan of it.
  if (covered_opaquely < kMinScanShare * page_area) return;
  info.image_dpi = density_of(search.images(), page_area);
}

PageInfo read_page(Handle page, const PageGeometry& geometry) {
  PageInfo info;
  info.width_pt = width(geometry.box);
  info.height_pt = height(geometry.box);
  if (geometry.rotate % 180 != 0) std::swap(info.width_pt, info.height_pt);
  Handle annotations = page.getKey("/Annots");
  info.has_annotations = annotations.isArray() && annotations.getArrayNItems() > 0;
  read_images(page, geometry, info);
  return info;
}

// ---- Scans in annotations

bool shown(Handle annotation) {
  if (!annotation.isDictionary() || annotation.getKey("/Subtype").isNameAndEquals("/Popup")) {
    return false;
  }
  Handle flags = annotation.getKey("/F");
  return !flags.isInteger() || (flags.getIntValue() & (kHiddenFlag | kNoViewFlag)) == 0;
}

Affine matrix_of(Handle form) {
  Handle matrix = form.getDict().getKey("/Matrix");
  return matrix.isMatrix() ? affine(matrix.getArrayAsMatrix()) : Affine{};
}

struct AnnotationLook {
  int index = 0;  // of the annotation on its page
  Handle form;
  // Stretches what the form's matrix makes of its box over the annotation's (ISO 32000-1, 12.5.5).
  Affine placement;
};

// nullopt where one of the boxes is empty.
std::optional<Affine> placement_of(Handle form, const Rectangle& rect) {
  const Rectangle box = form.getDict().getKey("/BBox").getArrayAsRectangle();
  const Box around = matrix_of(form).apply(Box{box.llx, box.lly, box.urx, box.ury});
  if (around.empty() || width(rect) <= 0 || height(rect) <= 0) return std::nullopt;
  const double x = width(rect) / around.width(), y = height(rect) / around.height();
  return Affine{x, 0, rect.llx - x * around.left, 0, y, rect.lly - y * around.top};
}

// What the annotations of a page show of opaque images, if that makes a scan of it together.
std::vector<AnnotationLook> scans_in_annotations(Handle page, const PageGeometry& geometry) {
  std::vector<AnnotationLook> out;
  Handle annotations = page.getKey("/Annots");
  double covered = 0;
  for (int i = 0; annotations.isArray() && i < annotations.getArrayNItems(); ++i) {
    Handle annotation = annotations.getArrayItem(i);
    if (!shown(annotation)) continue;
    Handle look = QPDFAnnotationObjectHelper(annotation).getAppearanceStream("/N");
    if (!look.isFormXObject()) continue;
    const auto placement = placement_of(look, annotation.getKey("/Rect").getArrayAsRectangle());
    if (!placement) continue;
    ImageSearch search(geometry.box);
    try {
      search.search(look, Handle::newNull(), matrix_of(look).then(*placement), 0);
    } catch (const std::exception&) {
      continue;  // content that cannot be parsed says nothing about images
    }
    double area = 0;
    for (const PlacedImage& image : search.images()) area += image.opaque ? image.area : 0;
    if (area > 0) out.push_back({i, look, *placement});
    covered += area;
  }
  if (covered < kMinScanShare * width(geometry.box) * height(geometry.box)) out.clear();
  return out;
}

// Makes them part of the page's content: a viewer shows no difference, and a program that sends a
// scan as a stamp on an empty sheet means it so. True where there are such.
bool draw_scans_in_annotations(QPDF& pdf, Handle page, const PageGeometry& geometry) {
  const std::vector<AnnotationLook> looks = scans_in_annotations(page, geometry);
  if (looks.empty()) return false;
  QPDFPageObjectHelper helper(page);
  Handle inherited = helper.getAttribute("/Resources", false);
  Handle resources = inherited.isDictionary() ? inherited.shallowCopy() : Handle::newDictionary();
  Handle objects = resources.getKey("/XObject");
  resources.replaceKey("/XObject",
                       objects.isDictionary() ? objects.shallowCopy() : Handle::newDictionary());
  std::string content = "\nQ\n";
  int suffix = 0;
  for (const auto& [index, form, placement] : looks) {
    const std::string name = resources.getUniqueResourceName("/Annotation", suffix);
    resources.getKey("/XObject").replaceKey(name, form);
    content += "q ";
    for (const double value :
         {placement.xx, placement.yx, placement.xy, placement.yy, placement.x0, placement.y0})
      content += Handle::newReal(value, 6).unparse() + ' ';
    content += "cm " + name + " Do Q\n";
  }
  page.replaceKey("/Resources", resources);
  helper.addPageContents(pdf.newStream("q\n"), true);
  helper.addPageContents(pdf.newStream(content), false);
  Handle left = page.getKey("/Annots").shallowCopy();
  for (auto look = looks.rbegin(); look != looks.rend(); ++look) left.eraseItem(look->index);
  page.replaceKey("/Annots", left);
  return true;
}

// ---- Signatures

std::string string_at(Handle dictionary, const std::string& key) {
  Handle value = dictionary.getKey(key);
  if (value.isArray() && value.getArrayNItems() > 0) value = value.getArrayItem(0);
  return value.isString() ? value.getStringValue() : std::string();
}

bool is_time_stamp(Handle signature) {
  return signature.getKey("/SubFilter").isNameAndEquals("/ETSI.RFC3161") ||
         signature.getKey("/Type").isNameAndEquals("/DocTimeStamp");
}

class SignatureSearch {
 public:
  // `inherited_type` is the /FT of the field above.
  void search(Handle field, const Handle& inherited_type, int depth) {
    if (!field.isDictionary() || depth > kMaxFieldDepth) return;
    if (field.isIndirect() && !seen_.insert(field.getObjGen()).second) return;
    Handle type = field.hasKey("/FT") ? field.getKey("/FT") : inherited_type;
    Handle value = field.getKey("/V");
    if (type.isNameAndEquals("/Sig") && value.isDictionary() && !is_time_stamp(value)) {
      found_.push_back(read_signature(
          {string_at(value, "/Contents"), string_at(value, "/Cert"), string_at(value, "/M")}));
    }
    search_all(field.getKey("/Kids"), type, depth + 1);
  }

  void search_all(Handle fields, const Handle& inherited_type, int depth) {
    if (!fields.isArray()) return;
    for (int i = 0; i < fields.getArrayNItems(); ++i) {
      search(fields.getArrayItem(i), inherited_type, depth);
    }
  }

  std::vector<DigitalSignature> take() { return std::move(found_); }

 private:
  std::set<QPDFObjGen> seen_;
  std::vector<DigitalSignature> found_;
};

std::vector<DigitalSignature> read_signatures(QPDF& pdf) {
  SignatureSearch search;
  Handle form = pdf.getRoot().getKey("/AcroForm");
  if (form.isDictionary()) search.search_all(form.getKey("/Fields"), Handle::newNull(), 0);
  return search.take();
}

// ---- Copies

void write_bare_copy(QPDF& pdf, const std::vector<PageGeometry>& geometries, Source& source) {
  const std::vector<Handle>& pages = pdf.getAllPages();
  for (std::size_t i = 0; i < pages.size(); ++i) {
    Handle page = pages[i];
    page.removeKey("/Annots");
    if (geometries[i].repaired) state_box(page, geometries[i].box);
  }
  source.bare = std::make_shared<const std::string>(written(pdf));
}

bool needs_bare_copy(const Source& source, const std::vector<PageGeometry>& geometries) {
  return source.encrypted ||
         std::any_of(source.pages.begin(), source.pages.end(),
                     [](const PageInfo& page) { return page.has_annotations; }) ||
         std::any_of(geometries.begin(), geometries.end(),
                     [](const PageGeometry& geometry) { return geometry.repaired; });
}

// ---- Annotations

std::vector<PlacedAnnotation> place_annotations(Handle page, const PageGeometry& geometry) {
  const Affine displayed = to_displayed(geometry);
  std::vector<PlacedAnnotation> out;
  Handle annotations = page.getKey("/Annots");
  for (int i = 0; annotations.isArray() && i < annotations.getArrayNItems(); ++i) {
    Handle annotation = annotations.getArrayItem(i);
    if (!shown(annotation)) continue;
    Handle subtype = annotation.getKey("/Subtype");
    const Rectangle rect = annotation.getKey("/Rect").getArrayAsRectangle();
    out.push_back({subtype.isName() ? subtype.getName().substr(1) : std::string(),
                   displayed.apply(Box{rect.llx, rect.lly, rect.urx, rect.ury})});
  }
  return out;
}

// ---- The whole

bool read_opened(QPDF& pdf, Source& source) {
  check_page_tree_depth(pdf);
  const std::vector<Handle>& pages = pdf.getAllPages();
  const bool repaired = was_rebuilt(pdf);
  if (pages.empty()) {
    if (repaired) return false;
    throw InputError(ErrorKind::Empty, "The PDF has no pages");
  }
  Source read = source;
  read.encrypted = pdf.isEncrypted();
  std::vector<PageGeometry> geometries;
  bool any_drawn = false;
  for (const Handle& page : pages) {
    geometries.push_back(geometry_of(page));
    any_drawn = draw_scans_in_annotations(pdf, page, geometries.back()) || any_drawn;
    read.pages.push_back(read_page(page, geometries.back()));
  }
  read.signatures = read_signatures(pdf);
  if (any_drawn || needs_bare_copy(read, geometries)) write_bare_copy(pdf, geometries, read);
  if (repaired) {
    read.warnings.push_back({"damaged_structure",
                             "The PDF is damaged and was repaired for reading; pages or parts of "
                             "pages may be missing"});
  }
  source = std::move(read);
  return true;
}

}  // namespace

std::unique_ptr<QPDF> open_pdf(const std::string& bytes, const std::string& password) {
  auto pdf = std::make_unique<QPDF>();
  pdf->setSuppressWarnings(true);
  pdf->processMemoryFile("PDF", bytes.data(), bytes.size(), password.c_str());
  return pdf;
}

std::optional<int> pdf_page_count(const std::string& bytes, const std::string& password) {
  try {
    return static_cast<int>(open_pdf(bytes, password)->getAllPages().size());
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

std::unique_ptr<QPDF> open_pdf(const Source& source) {
  return open_pdf(*source.original, source.password);
}

std::string written(QPDF& pdf) {
  QPDFWriter writer(pdf);
  writer.setOutputMemory();
  writer.setStaticID(true);
  writer.setStreamDataMode(qpdf_s_preserve);
  writer.setDecodeLevel(qpdf_dl_none);
  writer.setPreserveEncryption(false);
  writer.write();
  const std::shared_ptr<Buffer> buffer = writer.getBufferSharedPointer();
  return {reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize()};
}

void ContentBudget::spend(QPDFPageObjectHelper& content) {
  SizeCheck size(bytes_left_);
  content.pipeContents(&size);
  if (size.exceeded()) throw std::length_error("The page content is too large");
  bytes_left_ = size.left();
}

bool ContentBudget::may_enter_form(int depth) { return depth < kMaxFormDepth && forms_left_-- > 0; }

Affine displayed_from_user(const QPDFObjectHandle& page) {
  return to_displayed(geometry_of(QPDFPageObjectHelper(page)));
}

bool read_pdf_structure(Source& source) {
  try {
    return read_opened(*open_pdf(source), source);
  } catch (const InputError&) {
    throw;
  } catch (const QPDFExc& error) {
    if (error.getErrorCode() != qpdf_e_password) return false;
    throw InputError(ErrorKind::Encrypted,
                     source.password.empty()
                         ? "The PDF is encrypted; give its password with --password-file"
                         : "The PDF is encrypted and the password given does not open it");
  } catch (const std::exception&) {
    return false;
  }
}

AnnotationLayer read_annotation_layer(const Source& source) {
  try {
    const std::unique_ptr<QPDF> pdf = open_pdf(source);
    AnnotationLayer out;
    for (Handle page : pdf->getAllPages()) {
      const PageGeometry geometry = geometry_of(page);
      draw_scans_in_annotations(*pdf, page, geometry);
      out.pages.push_back(place_annotations(page, geometry));
      page.removeKey("/Contents");
      if (geometry.repaired) state_box(page, geometry.box);
    }
    out.pdf = written(*pdf);
    return out;
  } catch (const std::exception& error) {
    throw InputError(ErrorKind::Damaged,
                     std::string("The annotations cannot be read: ") + error.what());
  }
}

}  // namespace vanban::ocr
