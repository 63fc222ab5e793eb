# What is installed, and the Debian package of it: cpack -G DEB in the build folder.
install(FILES tools/vanban.bash-completion RENAME vanban
        DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
install(FILES tools/vanban.zsh-completion RENAME _vanban
        DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions)
# Where Debian's Python finds modules of packages.
install(FILES tools/python/vanban.py DESTINATION lib/python3/dist-packages)
install(DIRECTORY docs/ DESTINATION ${CMAKE_INSTALL_DOCDIR} FILES_MATCHING PATTERN "*.md")
install(FILES README.md CHANGELOG.md samples/fields.toml samples/office.lexicon DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES LICENSE RENAME copyright DESTINATION ${CMAKE_INSTALL_DOCDIR})

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME vanban)
set(CPACK_PACKAGE_CONTACT "The founders of vanban <vanban@example.org>")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION text)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# The models that pages are read with; no library asks for them.
set(CPACK_DEBIAN_PACKAGE_DEPENDS
    "tesseract-ocr-vie, tesseract-ocr-script-viet, tesseract-ocr-osd")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
"Reads scans of administrative documents, one or whole folders, into JSON
records, searchable PDF/A copies and registers, gives damaged text its
diacritics back, and says what was seen and what was restored.")
include(CPack)
