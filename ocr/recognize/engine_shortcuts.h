#pragma once

namespace vanban::ocr {

/// Two costs of the engine that bring its network nothing, left out. Both stand behind functions
/// that its library looks up by name, and the program's own definitions come first:
/// - `UnicharAmbigs::LoadUniversal` sorts a table of letters easily confused, 100 ms an engine,
/// that
///   only the reader before the network looks at. It does nothing here.
/// - `pixWriteMem`: each line is packed as PNG and unpacked again on its way to the network, 4 % of
///   the reading. While one of these lives, pictures that its thread writes into memory as PNG are
///   written as they are; for everybody else the function is Leptonica's.
/// An engine whose library binds its own functions works as it did, slower.
class UnpackedLines {
 public:
  UnpackedLines();
  ~UnpackedLines();
  UnpackedLines(const UnpackedLines&) = delete;
  UnpackedLines& operator=(const UnpackedLines&) = delete;

 private:
  bool before_;
};

}  // namespace vanban::ocr
