#!/usr/bin/python3
"""Counts Vietnamese syllables in running text and writes diacritics/data/syllables.tsv.

  tools/count_syllables.py TEXT[.xz]... > diacritics/data/syllables.tsv

The texts are UTF-8. A token counts when it has the shape of a Vietnamese syllable: an onset, a rime
of vowels with an optional final, at most one tone mark. Case is folded and the tone mark of oa, oe,
uy is moved to the first vowel (hoà -> hòa), so that both spellings count as one. Syllables met fewer
than MIN_COUNT times are misprints, foreign words or names too rare to tell from noise.
"""
import collections
import hashlib
import lzma
import os
import re
import sys
import unicodedata

MIN_COUNT = 25
TONES = "\u0300\u0301\u0303\u0309\u0323"
ONSET = "(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnpqrstvx])?"
RIME = "[aăâeêioôơuưy]{1,3}(?:ch|ng|nh|[cmnpt])?"
SHAPE = re.compile(f"{ONSET}{RIME}")
WORD = re.compile(r"[^\W\d_]+")
SECOND_VOWEL_TONE = re.compile(r"(?<!q)(oa|oe|uy)$")


def split_tone(word):
    """The word without its tone mark (NFC), and the tone marks taken off."""
    decomposed = unicodedata.normalize("NFD", word)
    tones = "".join(c for c in decomposed if c in TONES)
    bare = "".join(c for c in decomposed if c not in TONES)
    return unicodedata.normalize("NFC", bare), tones


def canonical(word):
    """The syllable in lower case and old tone placement, or None where it is none."""
    bare, tones = split_tone(word.lower())
    if len(tones) > 1 or not SHAPE.fullmatch(bare):
        return None
    vowels = SECOND_VOWEL_TONE.search(bare)
    if tones and vowels and not bare.endswith("quy"):
        at = vowels.start() + 1
        return unicodedata.normalize("NFC", bare[:at] + tones + bare[at:])
    return unicodedata.normalize("NFC", word.lower())


def count(paths):
    counts = collections.Counter()
    words = collections.Counter()
    for path in paths:
        opener = lzma.open if path.endswith(".xz") else open
        with opener(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                words.update(WORD.findall(unicodedata.normalize("NFC", line)))
    for word, n in words.items():
        syllable = canonical(word)
        if syllable:
            counts[syllable] += n
    return counts


def sha256(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def main(paths):
    if not paths:
        sys.exit(__doc__)
    counts = count(paths)
    print("# Vietnamese syllables and how often they were met, most frequent first. UTF-8, NFC.")
    print("# Made by tools/count_syllables.py; GPL-3.0-or-later. Counted in:")
    for path in paths:
        print(f"#   {os.path.basename(path)} sha256 {sha256(path)}")
    for syllable, n in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        if n >= MIN_COUNT:
            print(f"{syllable}\t{n}")


if __name__ == "__main__":
    main(sys.argv[1:])
