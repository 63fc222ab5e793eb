#include "ocr/open/pdf_signatures.h"

#include <algorithm>
#include <array>
#include <ctime>
#include <memory>
#include <optional>
#include <string_view>

#include <openssl/asn1.h>
#include <openssl/cms.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/objects.h>
#include <openssl/x509.h>

namespace vanban::ocr {
namespace {

template <auto Free>
struct Freer {
  template <typename T>
  void operator()(T* object) const {
    Free(object);
  }
};
using Cms = std::unique_ptr<CMS_ContentInfo, Freer<CMS_ContentInfo_free>>;
using Certificate = std::unique_ptr<X509, Freer<X509_free>>;

void free_certificates(STACK_OF(X509) * certificates) { sk_X509_pop_free(certificates, X509_free); }
using Certificates = std::unique_ptr<STACK_OF(X509), Freer<free_certificates>>;

// What went wrong with one signature must not turn up in another's error queue.
struct ErrorQueueGuard {
  ErrorQueueGuard() { ERR_set_mark(); }
  ~ErrorQueueGuard() { ERR_pop_to_mark(); }
};

const unsigned char* der(const std::string& bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

std::string utf8(const ASN1_STRING* string) {
  unsigned char* text = nullptr;
  const int length = ASN1_STRING_to_UTF8(&text, string);
  if (length < 0) return {};
  std::string out(reinterpret_cast<const char*>(text), static_cast<std::size_t>(length));
  OPENSSL_free(text);
  return out;
}

// The first entry of that kind; empty where there is none.
std::string name_entry(const X509_NAME* name, int nid) {
  const int index = X509_NAME_get_index_by_NID(name, nid, -1);
  if (index < 0) return {};
  return utf8(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, index)));
}

void take_names(const X509& certificate, DigitalSignature& out) {
  const X509_NAME* subject = X509_get_subject_name(&certificate);
  out.signer = name_entry(subject, NID_commonName);
  out.organization = name_entry(subject, NID_organizationName);
}

// The certificate, among those sent along, that the signer is named by.
void take_signer(CMS_ContentInfo* cms, CMS_SignerInfo* signer, DigitalSignature& out) {
  const Certificates certificates(CMS_get1_certs(cms));
  for (int i = 0; certificates && i < sk_X509_num(certificates.get()); ++i) {
    X509* certificate = sk_X509_value(certificates.get(), i);
    if (CMS_SignerInfo_cert_cmp(signer, certificate) == 0) return take_names(*certificate, out);
  }
}

std::string iso_utc(const ASN1_TIME* time) {
  std::tm tm{};
  if (ASN1_TIME_to_tm(time, &tm) != 1) return {};
  char text[sizeof "2025-02-05T15:35:18Z"];
  const std::size_t length = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &tm);
  return {text, length};
}

// The signed attribute signing-time (RFC 5652, 11.3); empty where there is none.
std::string signing_time(const CMS_SignerInfo* signer) {
  const int index = CMS_signed_get_attr_by_NID(signer, NID_pkcs9_signingTime, -1);
  if (index < 0) return {};
  const ASN1_TYPE* value = X509_ATTRIBUTE_get0_type(CMS_signed_get_attr(signer, index), 0);
  if (value == nullptr) return {};
  const int type = ASN1_TYPE_get(value);
  if (type != V_ASN1_UTCTIME && type != V_ASN1_GENERALIZEDTIME) return {};
  return iso_utc(value->value.asn1_string);
}

void take_contents(const std::string& contents, DigitalSignature& out) {
  const unsigned char* at = der(contents);
  const Cms cms(d2i_CMS_ContentInfo(nullptr, &at, static_cast<long>(contents.size())));
  if (!cms) return;
  STACK_OF(CMS_SignerInfo)* signers = CMS_get0_SignerInfos(cms.get());
  if (signers == nullptr || sk_CMS_SignerInfo_num(signers) < 1) return;
  CMS_SignerInfo* signer = sk_CMS_SignerInfo_value(signers, 0);
  take_signer(cms.get(), signer, out);
  out.signed_at = signing_time(signer);
}

// Takes `count` digits off the front; empty, and nothing taken, where they are not there.
std::string take_digits(std::string_view& text, std::size_t count) {
  const std::size_t found = text.find_first_not_of("0123456789");
  if (std::min(found, text.size()) < count) return {};
  std::string digits(text.substr(0, count));
  text.remove_prefix(count);
  return digits;
}

// "+07'00'" and the like, or nothing, to "+07:00" or "Z". nullopt for anything else.
std::optional<std::string> iso_offset(std::string_view text) {
  if (text.empty() || text.front() == 'Z') return "Z";
  if (text.front() != '+' && text.front() != '-') return std::nullopt;
  const char sign = text.front();
  text.remove_prefix(1);
  const std::string hours = take_digits(text, 2);
  if (text.starts_with('\'')) text.remove_prefix(1);
  const std::string minutes = take_digits(text, 2);
  if (hours.empty() || !(text.empty() || text == "'")) return std::nullopt;
  return sign + hours + ":" + (minutes.empty() ? "00" : minutes);
}

}  // namespace

DigitalSignature read_signature(const SignatureDictionary& dictionary) {
  const ErrorQueueGuard guard;
  DigitalSignature out;
  take_contents(dictionary.contents, out);
  if (out.signer.empty() && !dictionary.certificate.empty()) {
    const unsigned char* at = der(dictionary.certificate);
    const Certificate certificate(
        d2i_X509(nullptr, &at, static_cast<long>(dictionary.certificate.size())));
    if (certificate) take_names(*certificate, out);
  }
  if (out.signed_at.empty()) out.signed_at = iso_from_pdf_date(dictionary.modified);
  return out;
}

std::string iso_from_pdf_date(const std::string& date) {
  std::string_view rest = date;
  if (rest.starts_with("D:")) rest.remove_prefix(2);
  const std::string year = take_digits(rest, 4);
  if (year.empty()) return {};
  // Month, day, hour, minute, second: what is missing is missing from the end.
  std::array<std::string, 5> parts{"01", "01", "00", "00", "00"};
  for (std::string& part : parts) {
    const std::string digits = take_digits(rest, 2);
    if (digits.empty()) break;
    part = digits;
  }
  const std::optional<std::string> offset = iso_offset(rest);
  if (!offset) return {};
  const auto& [month, day, hour, minute, second] = parts;
  return year + "-" + month + "-" + day + "T" + hour + ":" + minute + ":" + second + *offset;
}

}  // namespace vanban::ocr
