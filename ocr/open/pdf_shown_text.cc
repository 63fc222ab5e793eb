#include "ocr/open/pdf_shown_text.h"

#include <cmath>
#include <cstddef>
#include <exception>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <utility>
#include <vector>

// Tells QPDF 11 that its old smart pointer is not used; else it warns.
#define POINTERHOLDER_TRANSITION 4
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <qpdf/QPDFPageObjectHelper.hh>

#include "ocr/open/pdf_structure.h"

namespace vanban::ocr {
namespace {

using Handle = QPDFObjectHandle;

// Images drawn over text hide it where they fill more than this share of the page together.
constexpr double kCoveringShare = 0.5;

// Takes the letters out of a page that nobody sees, and all that is no text.
class ShownText {
 public:
  explicit ShownText(double page_area) : page_area_(page_area) {}

  struct Content {
    std::string code;
    double images = 0;  // area of the images it draws, square points of its own
  };
  // What of a page or a form is shown. `scale`: by which its areas are enlarged on the page.
  Content shown(QPDFPageObjectHelper content, const Handle& outer_resources, double scale,
                int depth);

 private:
  class Callbacks;
  // Area of the images that are drawn by an image's or a form's name, of the drawing content's own
  // units; empty where nothing is drawn. A form is rewritten where it is first drawn.
  struct Drawn {
    double images = 0;
    bool is_form = false;
  };
  Drawn draw(const std::string& name, Handle& resources, double scale, int depth);

  double page_area_;
  ContentBudget budget_;
  std::map<QPDFObjGen, double> images_of_forms_;  // of those that were rewritten
};

class ShownText::Callbacks : public Handle::ParserCallbacks {
 public:
  Callbacks(ShownText& text, Handle resources, double scale, int depth)
      : text_(text), resources_(std::move(resources)), scale_(scale), depth_(depth) {}

  void handleObject(Handle object) override {
    if (!object.isOperator()) {
      operands_.push_back(object);
      return;
    }
    apply(object.getOperatorValue());
    operands_.clear();
  }
  void handleEOF() override {}

  Content content() const {
    const double most = kCoveringShare * text_.page_area_ / scale_;
    Content out{"", images_};
    for (const Piece& piece : pieces_)
      if (!piece.images_before || images_ - *piece.images_before <= most) out.code += piece.code;
    return out;
  }

 private:
  struct State {
    double enlarged = 1;  // by the matrices of this content, in area
    int mode = 0;         // ISO 32000-1, table 106
    bool invisible() const { return mode == 3 || mode == 7; }
  };
  // An operator with its operands.
  struct Piece {
    std::string code;
    std::optional<double> images_before;  // of letters, and of forms, which may hold some
  };

  void apply(const std::string& op) {
    static const std::set<std::string> kKept{"q",  "Q",  "cm", "gs",  "BT",  "ET", "Tc",
                                             "Tw", "Tz", "TL", "Tf",  "Ts",  "Td", "TD",
                                             "Tm", "T*", "Tr", "BMC", "BDC", "EMC"};
    if (op == "q") saved_.push_back(state_);
    if (op == "Q" && !saved_.empty()) {
      state_ = saved_.back();
      saved_.pop_back();
    }
    if (op == "cm" && operands_.size() == 6) {
      const auto n = [&](std::size_t i) { return operands_[i].getNumericValue(); };
      state_.enlarged *= std::abs(n(0) * n(3) - n(1) * n(2));
    }
    if (op == "Tr" && operands_.size() == 1 && operands_[0].isInteger())
      state_.mode = operands_[0].getIntValueAsInt();
    if (op == "ID") images_ += state_.enlarged;
    const bool next_line = op == "'" || op == "\"";
    if (op == "Do" && operands_.size() == 1 && operands_[0].isName()) {
      const Drawn drawn =
          text_.draw(operands_[0].getName(), resources_, scale_ * state_.enlarged, depth_);
      // What a form draws over its own text counted there.
      images_ += drawn.images * state_.enlarged;
      if (drawn.is_form) add(op, images_);
    } else if (op == "Tj" || op == "TJ" || next_line) {
      if (!state_.invisible())
        add(op, images_);
      else if (next_line)
        pieces_.push_back({"T*\n", {}});
    } else if (kKept.contains(op)) {
      add(op, {});
    }
  }

  void add(const std::string& op, std::optional<double> images_before) {
    Piece piece{"", images_before};
    for (Handle& operand : operands_) piece.code += operand.unparse() + ' ';
    piece.code += op + '\n';
    pieces_.push_back(std::move(piece));
  }

  ShownText& text_;
  Handle resources_;
  double scale_;
  int depth_;
  State state_;
  std::vector<State> saved_;
  std::vector<Handle> operands_;
  std::vector<Piece> pieces_;
  double images_ = 0;  // area of those drawn so far
};

ShownText::Content ShownText::shown(QPDFPageObjectHelper content, const Handle& outer_resources,
                                    double scale, int depth) {
  budget_.spend(content);
  Handle resources = content.getAttribute("/Resources", false);
  if (!resources.isDictionary()) resources = outer_resources;
  Callbacks callbacks(*this, resources, scale, depth);
  content.parseContents(&callbacks);
  return callbacks.content();
}

ShownText::Drawn ShownText::draw(const std::string& name, Handle& resources, double scale,
                                 int depth) {
  if (!resources.isDictionary()) return {};
  Handle object = resources.getKey("/XObject").getKeyIfDict(name);
  if (!object.isStream()) return {};
  if (object.isImage(false)) return {object.getDict().getKey("/SMask").isStream() ? 0.0 : 1.0};
  if (!object.isFormXObject() || !budget_.may_enter_form(depth)) return {};
  Handle matrix = object.getDict().getKey("/Matrix");
  double enlarged = 1;
  if (matrix.isMatrix()) {
    const Handle::Matrix m = matrix.getArrayAsMatrix();
    enlarged = std::abs(m.a * m.d - m.b * m.c);
  }
  auto known = images_of_forms_.find(object.getObjGen());
  if (known == images_of_forms_.end()) {
    Content content = shown(object, resources, scale * enlarged, depth + 1);
    object.replaceStreamData(content.code, Handle::newNull(), Handle::newNull());
    known = images_of_forms_.emplace(object.getObjGen(), content.images).first;
  }
  return {known->second * enlarged, true};
}

// Leaves nothing of the document but a page and what says how it is drawn.
void keep_only(QPDF& pdf, Handle page) {
  Handle root = pdf.getRoot();
  for (const std::string& key : root.getKeys())
    if (key != "/Type" && key != "/Pages" && key != "/OCProperties") root.removeKey(key);
  Handle pages = root.getKey("/Pages");
  pages.replaceKey("/Kids", Handle::newArray({page}));
  pages.replaceKey("/Count", Handle::newInteger(1));
  page.replaceKey("/Parent", pages);
  for (const char* key : {"/Annots", "/Thumb", "/B", "/Metadata", "/PieceInfo"})
    page.removeKey(key);
  pdf.updateAllPagesCache();
}

}  // namespace

std::string pdf_of_shown_text(const Source& source, int page_number) {
  try {
    const std::unique_ptr<QPDF> pdf = open_pdf(*source.bare, source.password);
    pdf->pushInheritedAttributesToPage();
    Handle page = pdf->getAllPages().at(static_cast<std::size_t>(page_number) - 1);
    const PageInfo& info = page_info(source, page_number);
    ShownText text(info.width_pt * info.height_pt);
    const std::string code = text.shown(page, Handle::newNull(), 1, 0).code;
    page.replaceKey("/Contents", pdf->newStream(code));
    keep_only(*pdf, page);
    return written(*pdf);
  } catch (const std::exception&) {
    return "";
  }
}

}  // namespace vanban::ocr
