# embed_text(TARGET FILE NAME) makes FILE part of TARGET as `std::string_view vanban::embedded::NAME()`,
# declared in embedded_NAME.h. Small data that the program cannot do without travels inside it, so
# that there is no path to get wrong.
function(embed_text target file name)
  file(READ ${CMAKE_CURRENT_SOURCE_DIR}/${file} text)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${file})
  set(base ${CMAKE_CURRENT_BINARY_DIR}/embedded/embedded_${name})
  file(CONFIGURE OUTPUT ${base}.h CONTENT [[
#pragma once
#include <string_view>
namespace vanban::embedded {
std::string_view @name@();
}
]] @ONLY)
  file(CONFIGURE OUTPUT ${base}.cc CONTENT [[
#include "embedded_@name@.h"
std::string_view vanban::embedded::@name@() {
  return R"embedded_text(@text@)embedded_text";
}
]] @ONLY)
  target_sources(${target} PRIVATE ${base}.cc)
  target_include_directories(${target} PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/embedded)
endfunction()
