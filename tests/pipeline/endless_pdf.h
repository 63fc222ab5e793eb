// A PDF that takes for ever to draw.
#pragma once

#include <string>

namespace vanban::tests {

// A page that draws a form ten times, which draws another ten times, and so on.
inline std::string endless_pdf() {
  constexpr int kForms = 12;
  const auto object = [](int number, const std::string& dictionary, const std::string& content) {
    return std::to_string(number) + " 0 obj << " + dictionary + " /Length " +
           std::to_string(content.size()) + " >> stream\n" + content + "\nendstream endobj\n";
  };
  std::string ten;
  for (int i = 0; i < 10; ++i) ten += "/F Do ";
  std::string pdf =
      "%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n"
      "2 0 obj << /Type /Pages /Count 1 /Kids [3 0 R] >> endobj\n"
      "3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
      "/Resources << /XObject << /F 5 0 R >> >> >> endobj\n" +
      object(4, "", ten);
  for (int i = 0; i < kForms; ++i)
    pdf += object(5 + i,
                  "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F " +
                      std::to_string(6 + i) + " 0 R >> >>",
                  ten);
  pdf += object(5 + kForms, "/Type /XObject /Subtype /Form /BBox [0 0 9 9]", "0 0 9 9 re f");
  return pdf + "trailer << /Root 1 0 R >>\n%%EOF\n";
}

}  // namespace vanban::tests
