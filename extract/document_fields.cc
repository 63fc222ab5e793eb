#include "extract/document_fields.h"

#include <algorithm>

namespace vanban::extract {
namespace {

// Follows pointers to members one after another: the signer of a record, then the signer's name.
template <auto First, auto... Rest>
auto& follow(auto& record) {
  if constexpr (sizeof...(Rest) == 0)
    return record.*First;
  else
    return follow<Rest...>(record.*First);
}

template <typename Value, auto... Path>
constexpr RecordMember<Value> member() {
  return {[](const Record& record) -> const Value& { return follow<Path...>(record); },
          [](Record& record) -> Value& { return follow<Path...>(record); }};
}

template <auto... Path>
constexpr DocumentField single(std::string_view name, std::string_view topic,
                               std::string_view term) {
  return {name, topic, term, member<Field, Path...>(), {}, {}};
}

constexpr DocumentField kFields[]{
    single<&Record::parent_agency>("parent_agency", "agencies", "Cơ quan chủ quản"),
    single<&Record::issuing_agency>("issuing_agency", "agencies", "Tên cơ quan, tổ chức ban hành"),
    single<&Record::number>("number", "number", "Số văn bản"),
    single<&Record::symbol>("symbol", "number", "Ký hiệu văn bản"),
    single<&Record::code>("code", "number", "Số, ký hiệu"),
    single<&Record::place>("place", "date", "Địa danh"),
    single<&Record::date>("date", "date", "Ngày, tháng, năm văn bản"),
    single<&Record::type>("type", "type", "Tên loại văn bản"),
    single<&Record::subject>("subject", "subject", "Trích yếu nội dung"),
    {"addressees", "addressees", "Kính gửi", {}, member<ListField, &Record::addressees>(), {}},
    single<&Record::urgency>("urgency", "urgency", "Mức độ khẩn"),
    single<&Record::secrecy>("secrecy", "secrecy", "Độ mật"),
    single<&Record::arrival, &Arrival::number>("arrival.number", "arrival", "Số đến"),
    single<&Record::arrival, &Arrival::date>("arrival.date", "arrival", "Ngày đến"),
    single<&Record::signer, &Signer::authority>("signer.authority", "signer", "Thẩm quyền ký"),
    single<&Record::signer, &Signer::position>("signer.position", "signer", "Chức vụ người ký"),
    single<&Record::signer, &Signer::name>("signer.name", "signer", "Họ tên người ký"),
    {"recipients",
     "recipients",
     "Nơi nhận",
     {},
     {},
     member<std::vector<Field>, &Record::recipients>()},
};

}  // namespace

std::span<const DocumentField> document_fields() { return kFields; }

const DocumentField* document_field(std::string_view name) {
  const auto field = std::find_if(std::begin(kFields), std::end(kFields),
                                  [&](const DocumentField& one) { return one.name == name; });
  return field == std::end(kFields) ? nullptr : field;
}

std::string pointer_of(std::string_view field_name) {
  std::string out = "/" + std::string(field_name);
  std::replace(out.begin(), out.end(), '.', '/');
  return out;
}

}  // namespace vanban::extract
