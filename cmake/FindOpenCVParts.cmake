# Of OpenCV the parts that read pages, as imported targets opencv_core, opencv_imgproc and opencv_dnn.
# OpenCV's own CMake files come only with all of it, image viewers and cameras included: hundreds of
# packages that nothing here uses.
include(FindPackageHandleStandardArgs)

find_path(OpenCVParts_INCLUDE_DIR opencv2/core.hpp PATH_SUFFIXES opencv4)
set(required OpenCVParts_INCLUDE_DIR)
foreach(part core imgproc dnn)
  find_library(OpenCVParts_${part}_LIBRARY opencv_${part})
  list(APPEND required OpenCVParts_${part}_LIBRARY)
endforeach()
mark_as_advanced(${required})
find_package_handle_standard_args(OpenCVParts REQUIRED_VARS ${required})

if(OpenCVParts_FOUND AND NOT TARGET opencv_core)
  foreach(part core imgproc dnn)
    add_library(opencv_${part} UNKNOWN IMPORTED)
    set_target_properties(opencv_${part} PROPERTIES
      IMPORTED_LOCATION ${OpenCVParts_${part}_LIBRARY}
      INTERFACE_INCLUDE_DIRECTORIES ${OpenCVParts_INCLUDE_DIR})
  endforeach()
  target_link_libraries(opencv_imgproc INTERFACE opencv_core)
  target_link_libraries(opencv_dnn INTERFACE opencv_core opencv_imgproc)
endif()
