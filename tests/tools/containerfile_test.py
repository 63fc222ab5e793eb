"""The Containerfile, without any container: containerfile_test.py SOURCE_DIR"""

import json
import re
import subprocess
import sys
import unittest
from pathlib import Path

SOURCE = Path(sys.argv[1])
KNOWN = {"FROM", "WORKDIR", "COPY", "RUN", "ENTRYPOINT"}


def instructions():
    text = (SOURCE / "Containerfile").read_text(encoding="utf-8")
    lines = re.sub(r"\\\n", " ", text).splitlines()
    return [tuple(line.split(None, 1)) for line in lines if line.strip() and not line.startswith("#")]


class Containerfile(unittest.TestCase):
    def test_instructions_are_known_and_begin_with_a_base_of_a_release(self):
        self.assertEqual({name for name, _ in instructions()} - KNOWN, set())
        self.assertEqual(instructions()[0][0], "FROM")
        for name, rest in instructions():
            if name == "FROM":
                self.assertRegex(rest, r"^debian:bookworm-slim( AS \w+)?$")

    def test_what_is_copied_is_there(self):
        stages = {rest.split(" AS ")[1] for name, rest in instructions() if " AS " in rest}
        for name, rest in instructions():
            if name != "COPY":
                continue
            words = rest.split()
            if words[0].startswith("--from="):
                self.assertIn(words[0][len("--from="):], stages)
                continue
            for source in words[:-1]:
                self.assertTrue((SOURCE / source).exists(), source)

    def test_commands_are_shell_and_packages_come_from_the_list(self):
        runs = [rest for name, rest in instructions() if name == "RUN"]
        for run in runs:
            subprocess.run(["sh", "-n", "-c", run], check=True)
            # Each step leaves no lists of packages behind in what is kept.
            if "apt-get install" in run:
                self.assertIn("rm -rf", run)
                self.assertIn("--no-install-recommends", run)
        self.assertTrue(any("tools/install-packages deb" in run for run in runs))
        named = re.findall(r"apt-get install (.*?)&&", " ".join(runs))
        self.assertEqual([word for words in named for word in words.split() if word[0] not in "-/"], [])

    def test_the_presets_that_it_names_are_there(self):
        presets = json.loads((SOURCE / "CMakePresets.json").read_text(encoding="utf-8"))
        for kind in ("configurePresets", "buildPresets"):
            self.assertIn("release", [preset["name"] for preset in presets[kind]])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
