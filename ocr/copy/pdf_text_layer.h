// The invisible text of a PDF's pages: the font that all share, what draws the words of a page, and
// how the text layer that was there before is taken out. Inside of searchable_pdf.h.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "ocr/copy/layer.h"
#include "ocr/document/geometry.h"

class QPDF;
class QPDFObjectHandle;
class QPDFObjGen;

namespace vanban::ocr {

// Gives the code points of a document glyphs, and remembers them for the table that leads back.
class LayerFont {
 public:
  int glyph(char32_t code_point);
  // The font as an object of the document, once all words have their glyphs.
  QPDFObjectHandle make(QPDF& pdf) const;

 private:
  std::map<int, char32_t> used_;   // by glyph
  std::map<char32_t, int> spare_;  // those that the font knows nothing of
};

// The operators that write the lines with the font of that name; `displayed_to_user` leads from
// points of the page as displayed to its default user space.
std::string layer_content(const LayerPage& page, const Affine& displayed_to_user,
                          const std::string& font_name, LayerFont& font);

// Whether the page shows text: its content or the forms that it draws.
bool shows_text(QPDFObjectHandle page);

// Takes the invisible text, unless it shall stay, and the fonts that show nothing out of a page's
// content and of the forms that it draws. `forms_seen`: forms of the document done so far.
void clean_text(QPDF& pdf, QPDFObjectHandle page, bool keep_invisible,
                std::set<QPDFObjGen>& forms_seen);

// Leaves a page's content as it looks, but without text for those who extract it; closes what it
// leaves open, so that it does not reach what is written after it.
void silence_content(QPDF& pdf, QPDFObjectHandle page);

// Takes the meaning from the codes of embedded fonts, for those who extract text and do not heed
// what `silence_content` says. `silent`: resources of such pages, which must be their own;
// `speaking`: those of the other pages, whose forms are left alone.
void silence_fonts(QPDF& pdf, const std::vector<QPDFObjectHandle>& silent,
                   const std::vector<QPDFObjectHandle>& speaking);

// As silence_content, for what its annotations show. `forms_seen`: appearances of the document done
// so far.
void silence_annotations(QPDFObjectHandle page, std::set<QPDFObjGen>& forms_seen);

}  // namespace vanban::ocr
