"""Whether tools/sbom names all that the program is linked to.

sbom_test.py PROGRAM SOURCES
"""

import json
import re
import subprocess
import sys

program, sources = sys.argv[1:]
tool = [f"{sources}/tools/sbom", program]
text = subprocess.run(tool, check=True, capture_output=True, text=True).stdout
assert text == subprocess.run(tool, check=True, capture_output=True, text=True).stdout, "two runs differ"
bill = json.loads(text)
assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.5")

components = {one["bom-ref"]: one for one in bill["components"]}
assert len(components) == len(bill["components"]), "a reference stands for two components"
loaded = subprocess.run(["ldd", program], check=True, capture_output=True, text=True).stdout
for name in re.findall(r"(lib\S+) =>", loaded):
    assert name in components, f"{name} is linked and not listed"
for name in ("libtesseract.so.5", "libpoppler-cpp.so.0", "libqpdf.so.29"):
    linked = {p["name"]: p["value"] for p in components[name]["properties"]}["vanban:linked"]
    assert linked == "directly", f"{name} is linked {linked}"
assert {p["value"] for p in components["libpoppler.so.126"]["properties"]} >= {"indirectly"}
for one in components.values():
    assert all(re.fullmatch("[0-9a-f]{64}", each["content"]) for each in one["hashes"]), one
    if one["type"] == "library":
        assert re.fullmatch(r"pkg:deb/debian/[a-zA-Z0-9.%+-]+@[\w.%~+-]+\?arch=\w+", one["purl"]), one

known = {"vanban", *components}
assert len({one["ref"] for one in bill["dependencies"]}) == len(bill["dependencies"])
for one in bill["dependencies"]:
    assert {one["ref"], *one["dependsOn"]} <= known, one
assert any(name.endswith("vietnamese.model") for name in bill["dependencies"][0]["dependsOn"])
