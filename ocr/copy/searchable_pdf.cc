#include "ocr/copy/searchable_pdf.h"

#include <exception>
#include <memory>
#include <set>
#include <utility>

// Tells QPDF 11 that its old smart pointer is not used; else it warns.
#define POINTERHOLDER_TRANSITION 4
#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFExc.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFPageObjectHelper.hh>
#include <qpdf/QPDFWriter.hh>

#include "ocr/copy/archive_obstacles.h"
#include "ocr/copy/pdf_archive.h"
#include "ocr/copy/pdf_text_layer.h"
#include "ocr/document/error.h"
#include "ocr/open/image_reader.h"
#include "ocr/open/pdf_structure.h"

namespace vanban::ocr {
namespace {

using Handle = QPDFObjectHandle;

constexpr const char* kFontName = "/VanbanText";

// ---- Image files

// Places the unit square of an image over the page, turned as its orientation says.
Affine image_placement(int orientation, double width, double height) {
  switch (orientation) {
    case 2: return {-width, 0, width, 0, height, 0};
    case 3: return {-width, 0, width, 0, -height, height};
    case 4: return {width, 0, 0, 0, -height, height};
    case 5: return {0, -width, width, -height, 0, height};
    case 6: return {0, width, 0, -height, 0, height};
    case 7: return {0, width, 0, height, 0, 0};
    case 8: return {0, -width, width, height, 0, 0};
    default: return {width, 0, 0, 0, height, 0};
  }
}

Handle image_object(QPDF& pdf, const PackedImage& image) {
  Handle stream = pdf.newStream();
  Handle parameters = Handle::newNull();
  if (image.filter == "/CCITTFaxDecode") {
    parameters = Handle::parse("<< /K -1 >>");
    parameters.replaceKey("/Columns", Handle::newInteger(image.width));
    parameters.replaceKey("/Rows", Handle::newInteger(image.height));
    parameters.replaceKey("/BlackIs1", Handle::newBool(image.black_is_1));
  }
  stream.replaceStreamData(image.bytes, Handle::newName(image.filter), parameters);
  Handle dictionary = stream.getDict();
  dictionary.replaceKey("/Type", Handle::newName("/XObject"));
  dictionary.replaceKey("/Subtype", Handle::newName("/Image"));
  dictionary.replaceKey("/Width", Handle::newInteger(image.width));
  dictionary.replaceKey("/Height", Handle::newInteger(image.height));
  dictionary.replaceKey("/BitsPerComponent", Handle::newInteger(image.bits));
  dictionary.replaceKey("/ColorSpace",
                        Handle::newName(image.channels == 1 ? "/DeviceGray" : "/DeviceRGB"));
  return stream;
}

std::unique_ptr<QPDF> pdf_of_images(const Source& source) {
  auto pdf = std::make_unique<QPDF>();
  pdf->emptyPDF();
  for (std::size_t i = 0; i < source.pages.size(); ++i) {
    const PageInfo& info = source.pages[i];
    const PackedImage image = packed_image(source, static_cast<int>(i) + 1);
    const Affine m = image_placement(image.orientation, info.width_pt, info.height_pt);
    std::string content;
    for (const double value : {m.xx, m.yx, m.xy, m.yy, m.x0, m.y0})
      content += Handle::newReal(value, 4).unparse() + ' ';
    Handle page = Handle::parse("<< /Type /Page /Resources << /XObject << >> >> >>");
    page.replaceKey("/MediaBox", Handle::newFromRectangle({0, 0, info.width_pt, info.height_pt}));
    page.getKey("/Resources").getKey("/XObject").replaceKey("/Scan", image_object(*pdf, image));
    page.replaceKey("/Contents", pdf->newStream("q " + content + "cm /Scan Do Q\n"));
    pdf->addPage(pdf->makeIndirectObject(page), false);
  }
  return pdf;
}

// ---- Signatures

// The field, or what it inherits from, says what it is.
bool is_signature_field(Handle field) {
  constexpr int kMaxDepth = 32;
  for (int depth = 0; field.isDictionary() && depth < kMaxDepth; ++depth) {
    Handle type = field.getKey("/FT");
    if (type.isName()) return type.getName() == "/Sig";
    field = field.getKey("/Parent");
  }
  return false;
}

// A signature covers the bytes of its file; in a copy it would only show as broken. What it looks
// like stays as a stamp. True where there was one.
bool take_off_signatures(QPDF& pdf) {
  bool any = false;
  std::set<QPDFObjGen> taken;
  for (Handle page : pdf.getAllPages()) {
    Handle annotations = page.getKey("/Annots");
    if (!annotations.isArray()) continue;
    for (int i = annotations.getArrayNItems() - 1; i >= 0; --i) {
      Handle annotation = annotations.getArrayItem(i);
      if (!annotation.isDictionary() || !is_signature_field(annotation)) continue;
      any = true;
      taken.insert(annotation.getObjGen());
      Handle appearance = annotation.getKey("/AP");
      if (!appearance.isDictionary()) {
        annotations.eraseItem(i);
        continue;
      }
      Handle stamp = Handle::parse("<< /Type /Annot /Subtype /Stamp >>");
      for (const char* key : {"/Rect", "/AP", "/AS", "/F", "/P", "/OC"})
        if (annotation.hasKey(key)) stamp.replaceKey(key, annotation.getKey(key));
      annotations.setArrayItem(i, pdf.makeIndirectObject(stamp));
    }
  }
  Handle form = pdf.getRoot().getKey("/AcroForm");
  Handle fields = form.isDictionary() ? form.getKey("/Fields") : Handle::newNull();
  if (!fields.isArray()) return any;
  for (int i = fields.getArrayNItems() - 1; i >= 0; --i) {
    Handle field = fields.getArrayItem(i);
    if (!field.isDictionary() || is_signature_field(field) || taken.contains(field.getObjGen())) {
      any = any || is_signature_field(field);
      fields.eraseItem(i);
    }
  }
  if (fields.getArrayNItems() == 0)
    pdf.getRoot().removeKey("/AcroForm");
  else
    form.removeKey("/SigFlags");
  return any;
}

// ---- The layer

// Resources of the page's own, for those of several pages may be one object.
Handle own_resources(Handle page) {
  Handle resources = QPDFPageObjectHelper(page).getAttribute("/Resources", true);
  Handle own = resources.isDictionary() ? resources.shallowCopy() : Handle::newDictionary();
  Handle fonts = own.getKey("/Font");
  own.replaceKey("/Font", fonts.isDictionary() ? fonts.shallowCopy() : Handle::newDictionary());
  page.replaceKey("/Resources", own);
  return own;
}

void add_layers(QPDF& pdf, const std::vector<LayerPage>& layers) {
  LayerFont font;
  std::vector<Handle> own,
      others;  // resources of the pages that get a layer and of those that do not
  std::set<int> layered;
  std::set<QPDFObjGen> forms_seen, appearances_seen;
  const std::vector<Handle> pages = pdf.getAllPages();
  for (const LayerPage& layer : layers) {
    Handle page = pages.at(static_cast<std::size_t>(layer.number) - 1);
    const bool stays = layer.from_text_layer && shows_text(page);
    clean_text(pdf, page, stays, forms_seen);
    if (stays) continue;
    silence_content(pdf, page);
    silence_annotations(page, appearances_seen);
    const Affine displayed_to_user = displayed_from_user(page).inverse();
    const std::string content = layer_content(layer, displayed_to_user, kFontName, font);
    layered.insert(layer.number);
    own.push_back(own_resources(page));
    QPDFPageObjectHelper(page).addPageContents(pdf.newStream(content), false);
    QPDFPageObjectHelper(page).coalesceContentStreams();
  }
  for (std::size_t i = 0; i < pages.size(); ++i)
    if (!layered.contains(static_cast<int>(i) + 1))
      others.push_back(QPDFPageObjectHelper(pages[i]).getAttribute("/Resources", false));
  silence_fonts(pdf, own, others);
  Handle shared = font.make(pdf);
  for (Handle& resources : own) resources.getKey("/Font").replaceKey(kFontName, shared);
}

std::string written(QPDF& pdf, bool archival, bool keep_encryption) {
  QPDFWriter writer(pdf);
  writer.setOutputMemory();
  writer.setObjectStreamMode(qpdf_o_generate);
  writer.setPreserveEncryption(keep_encryption);
  if (!keep_encryption) writer.setDeterministicID(true);
  if (archival) writer.setMinimumPDFVersion("1.7");
  writer.setNewlineBeforeEndstream(true);
  writer.write();
  const std::shared_ptr<Buffer> bytes = writer.getBufferSharedPointer();
  return {reinterpret_cast<const char*>(bytes->getBuffer()), bytes->getSize()};
}

SearchableCopy write_copy(const Source& source, const std::vector<LayerPage>& pages,
                          const PdfMetadata& metadata) {
  SearchableCopy copy;
  const std::unique_ptr<QPDF> pdf =
      source.kind == SourceKind::Pdf ? open_pdf(source) : pdf_of_images(source);
  if (take_off_signatures(*pdf))
    copy.warnings.push_back({"signature_left_out",
                             "the PDF is digitally signed; its signature is valid in the original "
                             "only and is not part of the searchable copy"});
  add_layers(*pdf, pages);
  const bool keep_encryption = pdf->isEncrypted() && !source.password.empty();
  std::vector<std::string> obstacles;
  if (keep_encryption) obstacles.push_back("a password protects it");
  mend_for_archive(*pdf);
  for (std::string& obstacle : archival_obstacles(*pdf)) obstacles.push_back(std::move(obstacle));
  if (!obstacles.empty()) {
    std::string all;
    for (const std::string& obstacle : obstacles) all += (all.empty() ? "" : ", ") + obstacle;
    copy.warnings.push_back({"not_pdfa", "the searchable copy is a plain PDF, not PDF/A: " + all});
  }
  const bool archival = obstacles.empty();
  set_metadata(*pdf, metadata, archival);
  copy.pdf = written(*pdf, archival, keep_encryption);
  return copy;
}

}  // namespace

SearchableCopy write_searchable_pdf(const Source& source, const std::vector<LayerPage>& pages,
                                    const PdfMetadata& metadata) {
  try {
    return write_copy(source, pages, metadata);
  } catch (const QPDFExc& error) {
    throw InputError(ErrorKind::Damaged,
                     "The PDF's structure cannot be followed: " + error.getMessageDetail());
  }
}

std::string retitled_copy(const std::string& bytes, const PdfMetadata& before,
                          const PdfMetadata& after) {
  try {
    QPDF pdf;
    pdf.setSuppressWarnings(true);
    pdf.processMemoryFile("copy", bytes.data(), bytes.size());
    const bool archival = is_archival(pdf);
    clear_metadata(pdf, before);
    set_metadata(pdf, after, archival);
    return written(pdf, archival, false);
  } catch (const QPDFExc& error) {
    throw InputError(ErrorKind::Damaged,
                     "The PDF's structure cannot be followed: " + error.getMessageDetail());
  }
}

}  // namespace vanban::ocr
