#!/usr/bin/python3
"""Writes extract/data/units.tsv: administrative units before and since 1 July 2025.

  tools/make_gazetteer.py BEFORE.tsv SINCE.tsv > extract/data/units.tsv

BEFORE has the columns code, parent_code, level, kind, name; SINCE code, province_code, level, kind,
name. Each line of the output has a name, a kind, and the codes of the provinces that have such a unit
before and since that day, parted by commas. Names and kinds are in lower case, the tone mark of oa,
oe, uy on its first vowel; lines are sorted by their bytes, so that they can be searched.
"""
import collections
import csv
import re
import sys
import unicodedata

TONES = "\u0300\u0301\u0303\u0309\u0323"
SECOND_VOWEL_TONE = re.compile(r"(?<!q)(oa|oe|uy)$")


def with_old_tone_place(word):
    decomposed = unicodedata.normalize("NFD", word)
    tones = [c for c in decomposed if c in TONES]
    bare = unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in TONES))
    found = SECOND_VOWEL_TONE.search(bare)
    # Decomposed, the tone of the new placement is the last character.
    if len(tones) != 1 or not found or decomposed[-1] != tones[0]:
        return word
    first = found.start() + 1
    return unicodedata.normalize("NFC", bare[:first] + tones[0] + bare[first:])


def key(text):
    text = unicodedata.normalize("NFC", text).lower()
    return " ".join(with_old_tone_place(word) for word in text.split())


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def province_of(code, parents):
    while parents.get(code):
        code = parents[code]
    return code


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    units = collections.defaultdict(lambda: (set(), set()))
    before, since = rows(sys.argv[1]), rows(sys.argv[2])
    parents = {row["code"]: row["parent_code"] for row in before}
    for row in before:
        province = province_of(row["code"], parents)
        units[key(row["name"]), key(row["kind"])][0].add(province)
    for row in since:
        units[key(row["name"]), key(row["kind"])][1].add(row["province_code"])
    lines = [
        "\t".join((name, kind, ",".join(sorted(old)), ",".join(sorted(new))))
        for (name, kind), (old, new) in units.items()
    ]
    for line in sorted(lines, key=lambda line: line.encode()):
        print(line)


if __name__ == "__main__":
    main()
