// Reads who signed, and when, out of a PDF's signature dictionaries (ISO 32000-1, 12.8). Nothing is
// verified: neither the digest nor the chain of certificates.
#pragma once

#include <string>

#include "ocr/document/document.h"

namespace vanban::ocr {

struct SignatureDictionary {
  std::string contents;     // /Contents: PKCS#7 in DER, mostly with zeros after it
  std::string certificate;  // /Cert: X.509 in DER; only with adbe.x509.rsa_sha1
  std::string modified;     // /M: a PDF date
};

// Never throws: what cannot be read is left empty.
DigitalSignature read_signature(const SignatureDictionary& dictionary);

// "D:20250205153518+07'00'" to "2025-02-05T15:35:18+07:00". Without an offset the time is taken for
// UTC (ISO 32000-1, 7.9.4). Empty where `date` is no PDF date.
std::string iso_from_pdf_date(const std::string& date);

}  // namespace vanban::ocr
