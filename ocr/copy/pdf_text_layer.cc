#include "ocr/copy/pdf_text_layer.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

// Tells QPDF 11 that its old smart pointer is not used; else it warns.
#define POINTERHOLDER_TRANSITION 4
#include <fmt/format.h>
#include <qpdf/Buffer.hh>
#include <qpdf/Pl_Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <qpdf/QPDFPageObjectHelper.hh>

#include "ocr/copy/text_font.h"

namespace vanban::ocr {
namespace {

using Handle = QPDFObjectHandle;

// ---- Text

// Code points of UTF-8; what is not UTF-8 becomes U+FFFD.
std::u32string code_points(std::string_view text) {
  constexpr char32_t kReplacement = 0xfffd;
  std::u32string out;
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = [&](std::size_t k) { return static_cast<std::uint8_t>(text[k]); };
    const int length = byte(i) < 0x80       ? 1
                       : byte(i) >> 5 == 6  ? 2
                       : byte(i) >> 4 == 14 ? 3
                       : byte(i) >> 3 == 30 ? 4
                                            : 0;
    if (length == 0 || i + static_cast<std::size_t>(length) > text.size()) {
      out += kReplacement;
      ++i;
      continue;
    }
    char32_t code = length == 1 ? byte(i) : byte(i) & (0xff >> (length + 1));
    for (int k = 1; k < length; ++k)
      code = code << 6 | (byte(i + static_cast<std::size_t>(k)) & 0x3f);
    out += code;
    i += static_cast<std::size_t>(length);
  }
  return out;
}

// Without zeros at the end.
std::string number(double value, int decimals) {
  std::string text = fmt::format("{:.{}f}", value, decimals);
  if (decimals > 0) {
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
  }
  return text == "-0" ? "0" : text;
}

std::string hex4(std::uint32_t value) { return fmt::format("{:04x}", value); }

// UTF-16BE, as ToUnicode tables have it.
std::string utf16_hex(char32_t code) {
  if (code < 0x10000) return hex4(code);
  const char32_t rest = code - 0x10000;
  return hex4(0xd800 + (rest >> 10)) + hex4(0xdc00 + (rest & 0x3ff));
}

// ISO 32000-1, 9.10.3.
std::string to_unicode(const std::map<int, char32_t>& used) {
  std::string out =
      "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
      "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
      "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
      "1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n";
  constexpr std::size_t kMostInOneList = 100;
  std::vector<std::pair<int, char32_t>> all(used.begin(), used.end());
  for (std::size_t first = 0; first < all.size(); first += kMostInOneList) {
    const std::size_t last = std::min(all.size(), first + kMostInOneList);
    out += std::to_string(last - first) + " beginbfchar\n";
    for (std::size_t i = first; i < last; ++i)
      out += '<' + hex4(static_cast<std::uint32_t>(all[i].first)) + "> <" +
             utf16_hex(all[i].second) + ">\n";
    out += "endbfchar\n";
  }
  return out + "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n";
}

// ---- What was there before

bool shows_letters(const std::string& op) {
  return op == "Tj" || op == "TJ" || op == "'" || op == "\"";
}

bool is_about_text(const std::string& op) {
  static const std::set<std::string> ops{"BT", "ET", "Tc", "Tw", "Tz", "TL", "Tf", "Tr", "Ts",
                                         "Td", "TD", "Tm", "T*", "Tj", "TJ", "'",  "\""};
  return ops.contains(op);
}

// Follows what counts of the text state through a content stream.
class TextState {
 public:
  void apply(const std::string& op, const std::vector<QPDFTokenizer::Token>& operands) {
    if (op == "q") saved_.push_back(state_);
    if (op == "Q" && !saved_.empty()) {
      state_ = saved_.back();
      saved_.pop_back();
    }
    for (const QPDFTokenizer::Token& token : operands) {
      if (op == "Tr" && token.getType() == QPDFTokenizer::tt_integer)
        state_.mode = std::atoi(token.getValue().c_str());
      if (op == "Tf" && token.getType() == QPDFTokenizer::tt_name) state_.font = token.getValue();
    }
  }
  bool invisible() const { return state_.mode == 3; }
  const std::string& font() const { return state_.font; }
  int open_states() const { return static_cast<int>(saved_.size()); }

 private:
  struct State {
    int mode = 0;      // ISO 32000-1, table 106
    std::string font;  // by its name in the resources
  };
  State state_;
  std::vector<State> saved_;
};

struct ContentFacts {
  bool has_visible_text = false, has_invisible_text = false;
  std::set<std::string> fonts;  // that show visible text; names in the resources
  bool names_other_fonts = false;
  int open_states = 0;  // q without Q
};

// Calls back with each operator and the tokens before it, white space among them.
class Operators : public Handle::TokenFilter {
 public:
  using Callback =
      std::function<void(const std::string& op, const std::vector<QPDFTokenizer::Token>& operands)>;
  explicit Operators(Callback callback) : callback_(std::move(callback)) {}

  void handleToken(QPDFTokenizer::Token const& token) override {
    if (token.getType() == QPDFTokenizer::tt_word) {
      callback_(token.getValue(), operands_);
      operands_.clear();
    } else {
      operands_.push_back(token);
    }
  }
  void handleEOF() override {
    callback_("", operands_);
    operands_.clear();
  }

 private:
  Callback callback_;
  std::vector<QPDFTokenizer::Token> operands_;
};

using Parse = std::function<void(Handle::TokenFilter*, Pipeline*)>;

// `keep_invisible`: invisible text counts as visible.
ContentFacts look_through(const Parse& parse, bool keep_invisible = false) {
  ContentFacts facts;
  TextState state;
  std::set<std::string> named;
  Operators look([&](const std::string& op, const auto& operands) {
    state.apply(op, operands);
    if (op == "Tf") named.insert(state.font());
    if (!shows_letters(op)) return;
    const bool visible = keep_invisible || !state.invisible();
    (visible ? facts.has_visible_text : facts.has_invisible_text) = true;
    if (visible) facts.fonts.insert(state.font());
  });
  Pl_Buffer nowhere("nowhere");
  parse(&look, &nowhere);
  facts.names_other_fonts = named.size() > facts.fonts.size();
  facts.open_states = state.open_states();
  return facts;
}

// The content without its invisible text and the fonts that are not used; where no other text is
// left, without all that is about text.
std::string cleaned(const Parse& parse, const ContentFacts& facts) {
  std::string out;
  TextState state;
  Operators strip([&](const std::string& op, const auto& operands) {
    state.apply(op, operands);
    const bool hidden = facts.has_invisible_text && shows_letters(op) && state.invisible();
    const bool unused = op == "Tf" && !facts.fonts.contains(state.font());
    if (hidden || unused || (!facts.has_visible_text && is_about_text(op))) {
      // It also goes to the next line.
      if (facts.has_visible_text && (op == "'" || op == "\"")) out += "T*";
      if (!out.empty() && out.back() != '\n') out += '\n';
      return;
    }
    for (const QPDFTokenizer::Token& token : operands) out += token.getRawValue();
    out += op;
  });
  Pl_Buffer nowhere("nowhere");
  parse(&strip, &nowhere);
  return out;
}

bool needs_cleaning(const ContentFacts& facts) {
  return facts.has_invisible_text || facts.names_other_fonts;
}

constexpr int kMaxFormDepth = 12;

// Calls back with each form that the resources name.
void for_each_form(Handle resources, const std::function<void(Handle form)>& callback) {
  if (!resources.isDictionary() || !resources.getKey("/XObject").isDictionary()) return;
  Handle objects = resources.getKey("/XObject");
  for (const std::string& name : objects.getKeys()) {
    Handle object = objects.getKey(name);
    if (object.isFormXObject()) callback(object);
  }
}

Parse parse_of_form(Handle form) {
  return [form](Handle::TokenFilter* filter, Pipeline* next) mutable {
    form.filterAsContents(filter, next);
  };
}

Parse parse_of_page(Handle page) {
  return
      [helper = QPDFPageObjectHelper(page)](Handle::TokenFilter* filter, Pipeline* next) mutable {
        helper.filterContents(filter, next);
      };
}

bool forms_show_text(Handle resources, std::set<QPDFObjGen>& seen, int depth) {
  bool any = false;
  for_each_form(resources, [&](Handle form) {
    if (any || depth > kMaxFormDepth || !seen.insert(form.getObjGen()).second) return;
    any = look_through(parse_of_form(form)).has_visible_text ||
          forms_show_text(form.getDict().getKey("/Resources"), seen, depth + 1);
  });
  return any;
}

// The resources with those fonts alone that show text: unused ones, often not embedded, would keep
// a document from being archival. The dictionary may be shared by pages, so that it is copied.
Handle with_used_fonts(Handle resources, const ContentFacts& facts) {
  if (!resources.isDictionary() || !resources.getKey("/Font").isDictionary()) return resources;
  bool forms_use_these = false;
  for_each_form(resources, [&](Handle form) {
    forms_use_these = forms_use_these || !form.getDict().getKey("/Resources").isDictionary();
  });
  if (forms_use_these) return resources;
  Handle copy = resources.shallowCopy();
  Handle fonts = resources.getKey("/Font").shallowCopy();
  for (const std::string& name : fonts.getKeys())
    if (!facts.fonts.contains(name)) fonts.removeKey(name);
  copy.replaceKey("/Font", fonts);
  return copy;
}

void clean_forms(Handle resources, bool keep_invisible, std::set<QPDFObjGen>& seen, int depth) {
  for_each_form(resources, [&](Handle form) {
    if (depth > kMaxFormDepth || !seen.insert(form.getObjGen()).second) return;
    Handle own = form.getDict().getKey("/Resources");
    clean_forms(own, keep_invisible, seen, depth + 1);
    const Parse parse = parse_of_form(form);
    const ContentFacts facts = look_through(parse, keep_invisible);
    // Without resources of its own it uses those of whatever draws it.
    if (!own.isDictionary()) return;
    if (needs_cleaning(facts))
      form.replaceStreamData(cleaned(parse, facts), Handle::newNull(), Handle::newNull());
    form.getDict().replaceKey("/Resources", with_used_fonts(own, facts));
  });
}

}  // namespace

// ---- The font

int LayerFont::glyph(char32_t code_point) {
  if (const auto own = text_font_glyph(code_point)) {
    used_[*own] = code_point;
    return *own;
  }
  if (const auto given = spare_.find(code_point); given != spare_.end()) return given->second;
  // No page of one script has more; the glyph of what is missing stands for the rest.
  if (static_cast<int>(spare_.size()) >= kTextFontSpareCount) return 0;
  const int glyph = text_font_first_spare() + static_cast<int>(spare_.size());
  spare_[code_point] = glyph;
  used_[glyph] = code_point;
  return glyph;
}

// A composite font whose codes are the glyphs themselves (ISO 32000-1, 9.7).
QPDFObjectHandle LayerFont::make(QPDF& pdf) const {
  Handle file = pdf.newStream(std::string(text_font()));
  file.getDict().replaceKey("/Length1",
                            Handle::newInteger(static_cast<long long>(text_font().size())));
  Handle descriptor = Handle::parse(
      "<< /Type /FontDescriptor /FontName /VanbanText /Flags 4 /FontBBox [0 -60 500 620] "
      "/ItalicAngle 0 /Ascent 620 /Descent -60 /CapHeight 620 /StemV 80 >>");
  descriptor.replaceKey("/FontFile2", file);
  Handle descendant = Handle::parse(
      "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /VanbanText /CIDToGIDMap /Identity /DW 500 "
      "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>");
  descendant.replaceKey("/FontDescriptor", pdf.makeIndirectObject(descriptor));
  Handle font = Handle::parse(
      "<< /Type /Font /Subtype /Type0 /BaseFont /VanbanText /Encoding /Identity-H >>");
  font.replaceKey("/DescendantFonts", Handle::newArray({pdf.makeIndirectObject(descendant)}));
  font.replaceKey("/ToUnicode", pdf.newStream(to_unicode(used_)));
  return pdf.makeIndirectObject(font);
}

// ---- The layer

std::string layer_content(const LayerPage& page, const Affine& displayed_to_user,
                          const std::string& font_name, LayerFont& font) {
  std::string out = "BT\n3 Tr\n";
  std::string scale, size;
  for (const LayerLine& line : page.lines) {
    if (line.words.empty()) continue;
    const auto in_user = [&](const Point& p) { return displayed_to_user.apply(p.x, p.y); };
    const Point start = in_user(line.words.front().start), end = in_user(line.words.back().end);
    const double length = std::hypot(end.x - start.x, end.y - start.y);
    const double cosine = length > 0 ? (end.x - start.x) / length : 1;
    const double sine = length > 0 ? (end.y - start.y) / length : 0;
    out += number(cosine, 4) + ' ' + number(sine, 4) + ' ' + number(-sine, 4) + ' ' +
           number(cosine, 4) + ' ' + number(start.x, 2) + ' ' + number(start.y, 2) + " Tm\n";
    // Along the line and off it, as written so far, so that rounding does not add up.
    double along = 0, off = 0;
    for (const LayerWord& word : line.words) {
      const Point from = in_user(word.start), to = in_user(word.end);
      const auto step = [](double wanted, double& done) {
        const double rounded = std::round((wanted - done) * 10) / 10;
        done += rounded;
        return rounded;
      };
      const double dx = from.x - start.x, dy = from.y - start.y;
      const double right = step(dx * cosine + dy * sine, along);
      const double up = step(dy * cosine - dx * sine, off);
      // Halves of points: finer steps would cost more than they bring.
      const std::string word_size = number(std::max(1.0, std::round(2 * word.size_pt) / 2), 1);
      if (word_size != size) out += font_name + ' ' + word_size + " Tf ";
      size = word_size;
      if (right != 0 || up != 0) out += number(right, 1) + ' ' + number(up, 1) + " Td ";
      const std::u32string letters = code_points(word.text);
      const double natural =
          static_cast<double>(letters.size()) * kTextFontAdvance / 1000 * std::stod(size);
      const double width = std::hypot(to.x - from.x, to.y - from.y);
      const std::string word_scale = number(std::max(1.0, std::floor(100 * width / natural)), 0);
      if (word_scale != scale) out += word_scale + " Tz ";
      scale = word_scale;
      out += '<';
      for (const char32_t letter : letters)
        out += hex4(static_cast<std::uint32_t>(font.glyph(letter)));
      // The space makes sure that readers see where the word ends.
      if (&word != &line.words.back()) out += hex4(static_cast<std::uint32_t>(font.glyph(' ')));
      out += ">Tj\n";
    }
  }
  return out + "ET\n";
}

bool shows_text(QPDFObjectHandle page) {
  std::set<QPDFObjGen> seen;
  return look_through(parse_of_page(page)).has_visible_text ||
         forms_show_text(QPDFPageObjectHelper(page).getAttribute("/Resources", false), seen, 0);
}

void clean_text(QPDF& pdf, QPDFObjectHandle page, bool keep_invisible,
                std::set<QPDFObjGen>& forms_seen) {
  QPDFPageObjectHelper helper(page);
  Handle resources = helper.getAttribute("/Resources", false);
  clean_forms(resources, keep_invisible, forms_seen, 0);
  const Parse parse = parse_of_page(page);
  const ContentFacts facts = look_through(parse, keep_invisible);
  if (needs_cleaning(facts)) page.replaceKey("/Contents", pdf.newStream(cleaned(parse, facts)));
  if (resources.isDictionary()) page.replaceKey("/Resources", with_used_fonts(resources, facts));
}

namespace {

// What stands between them is, for those who extract text, a space (ISO 32000-1, 14.9.4); PDFium
// takes no text at all for none being stated.
constexpr const char* kBeginSilence = "/Span << /ActualText ( ) >> BDC\n";
constexpr const char* kEndSilence = "\nEMC\n";

// A table that leads from every code to a space (ISO 32000-1, 9.10.3).
std::string to_spaces(int code_bytes) {
  const std::string digits(2 * static_cast<std::size_t>(code_bytes) - 2, '0');
  std::string out =
      "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
      "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
      "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
      "1 begincodespacerange\n<" +
      digits + "00> <" + std::string(digits.size(), 'f') +
      "ff>\n"
      "endcodespacerange\n";
  std::string spaces;
  for (int i = 0; i < 256; ++i) spaces += "<0020>";
  for (int first = 0; first < (code_bytes == 1 ? 1 : 256); ++first) {
    const std::string high = code_bytes == 1 ? "" : fmt::format("{:02x}", first);
    out += "1 beginbfrange\n<" + high + "00> <" + high + "ff> [" + spaces + "]\nendbfrange\n";
  }
  return out + "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n";
}

bool has_own_glyphs(Handle font) {
  if (font.getKey("/Subtype").isNameAndEquals("/Type3")) return true;
  Handle descendants = font.getKey("/DescendantFonts");
  if (descendants.isArray() && descendants.getArrayNItems() > 0)
    return descendants.getArrayItem(0).isDictionary() &&
           has_own_glyphs(descendants.getArrayItem(0));
  Handle descriptor = font.getKey("/FontDescriptor");
  for (const char* file : {"/FontFile", "/FontFile2", "/FontFile3"})
    if (descriptor.isDictionary() && descriptor.hasKey(file)) return true;
  return false;
}

class FontSilencer {
 public:
  explicit FontSilencer(QPDF& pdf) : pdf_(pdf) {}

  // Forms that these draw stay as they are.
  void spare(Handle resources, int depth = 0) {
    for_each_form(resources, [&](Handle form) {
      if (depth < kMaxFormDepth && forms_seen_.insert(form.getObjGen()).second)
        spare(form.getDict().getKey("/Resources"), depth + 1);
    });
  }

  void silence(Handle resources, int depth = 0) {
    if (!resources.isDictionary() || depth > kMaxFormDepth) return;
    if (Handle fonts = resources.getKey("/Font"); fonts.isDictionary()) {
      Handle copy = fonts.shallowCopy();
      for (const std::string& name : fonts.getKeys())
        copy.replaceKey(name, silenced(fonts.getKey(name)));
      resources.replaceKey("/Font", copy);
    }
    for_each_form(resources, [&](Handle form) {
      if (forms_seen_.insert(form.getObjGen()).second)
        silence(form.getDict().getKey("/Resources"), depth + 1);
    });
  }

 private:
  Handle silenced(Handle font) {
    // Where a font is not embedded readers choose its glyphs by what its codes mean.
    if (!font.isDictionary() || !has_own_glyphs(font)) return font;
    const auto done = silenced_.find(font.getObjGen());
    if (font.isIndirect() && done != silenced_.end()) return done->second;
    const int code_bytes = font.getKey("/Subtype").isNameAndEquals("/Type0") ? 2 : 1;
    Handle& table = code_bytes == 1 ? one_byte_ : two_bytes_;
    if (!table.isInitialized()) table = pdf_.newStream(to_spaces(code_bytes));
    Handle copy = font.shallowCopy();
    copy.replaceKey("/ToUnicode", table);
    copy = pdf_.makeIndirectObject(copy);
    if (font.isIndirect()) silenced_.emplace(font.getObjGen(), copy);
    return copy;
  }

  QPDF& pdf_;
  std::map<QPDFObjGen, Handle> silenced_;  // by the font as it was
  std::set<QPDFObjGen> forms_seen_;
  Handle one_byte_, two_bytes_;  // the tables that lead from codes to spaces
};

}  // namespace

void silence_fonts(QPDF& pdf, const std::vector<QPDFObjectHandle>& silent,
                   const std::vector<QPDFObjectHandle>& speaking) {
  FontSilencer silencer(pdf);
  for (const Handle& resources : speaking) silencer.spare(resources);
  for (const Handle& resources : silent) silencer.silence(resources);
}

void silence_content(QPDF& pdf, QPDFObjectHandle page) {
  QPDFPageObjectHelper helper(page);
  const int open_states = look_through(parse_of_page(page)).open_states;
  helper.addPageContents(pdf.newStream(kBeginSilence + std::string("q\n")), true);
  std::string close = "\nQ\n";
  for (int i = 0; i < open_states; ++i) close += "Q\n";
  helper.addPageContents(pdf.newStream(close + kEndSilence), false);
}

void silence_annotations(QPDFObjectHandle page, std::set<QPDFObjGen>& forms_seen) {
  Handle annotations = page.getKey("/Annots");
  for (int i = 0; annotations.isArray() && i < annotations.getArrayNItems(); ++i) {
    Handle appearance = annotations.getArrayItem(i).getKeyIfDict("/AP").getKeyIfDict("/N");
    if (!appearance.isStream() || !forms_seen.insert(appearance.getObjGen()).second) continue;
    const std::shared_ptr<Buffer> content = appearance.getStreamData(qpdf_dl_generalized);
    const std::string bytes(reinterpret_cast<const char*>(content->getBuffer()),
                            content->getSize());
    appearance.replaceStreamData(kBeginSilence + bytes + kEndSilence, Handle::newNull(),
                                 Handle::newNull());
  }
}

}  // namespace vanban::ocr
