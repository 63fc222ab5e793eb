// A language model for tests, built in a moment from phrases of administrative texts.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "diacritics/model/language_model.h"
#include "diacritics/model/model_builder.h"

namespace vanban::pipeline {

inline constexpr std::string_view kModelPhrases[]{"ủy ban nhân dân",
                                                  "hội đồng nhân dân",
                                                  "tỉnh",
                                                  "huyện",
                                                  "báo cáo",
                                                  "kết quả",
                                                  "thực hiện",
                                                  "kế hoạch",
                                                  "nhiệm vụ",
                                                  "trọng tâm",
                                                  "năm",
                                                  "quyết định",
                                                  "thông báo",
                                                  "về việc",
                                                  "tổ chức",
                                                  "cán bộ",
                                                  "cải cách hành chính",
                                                  "chuyển đổi số",
                                                  "hồ sơ",
                                                  "giải quyết",
                                                  "đúng hạn",
                                                  "phục vụ",
                                                  "người dân",
                                                  "cộng hòa",
                                                  "xã hội chủ nghĩa",
                                                  "Việt Nam",
                                                  "độc lập tự do",
                                                  "hạnh phúc",
                                                  "xã",
                                                  "của",
                                                  "và",
                                                  "các",
                                                  "đề nghị",
                                                  "đơn vị",
                                                  "triển khai",
                                                  "theo",
                                                  "quy định",
                                                  "công văn số",
                                                  "ngày",
                                                  "tháng"};

// The compact model: all phrases after one another, without rhyme or reason but the same each time.
inline std::string made_model() {
  diacritics::ModelBuilder builder({.min_count_syllable = 1, .min_count_other = 1});
  std::uint32_t random = 1;
  for (int line = 0; line < 400; ++line) {
    std::string text;
    for (int phrase = 0; phrase < 6; ++phrase) {
      random = random * 1664525 + 1013904223;  // Numerical Recipes
      text += kModelPhrases[(random >> 16) % std::size(kModelPhrases)];
      text += phrase == 3 ? ", " : " ";
    }
    builder.add_line(text, 1);
  }
  // Words after two, three and four others, without which the builder cannot estimate anything.
  for (const char* line :
       {"các thành viên", "của thành viên", "các địa phương", "của địa phương", "theo địa phương",
        "các lĩnh vực", "của lĩnh vực", "theo lĩnh vực", "năm lĩnh vực"})
    builder.add_line(line, 1);
  return diacritics::compact(builder.build());
}

}  // namespace vanban::pipeline
