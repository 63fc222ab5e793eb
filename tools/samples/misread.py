"""Misreads lines the way the OCR of office copiers does, for hidden text layers that mislead.

Two kinds are met in archives: an English engine that knows no Vietnamese marks at all, and an
engine that puts plenty of marks, often wrong ones. Both take a printed line and a random generator.
"""

from __future__ import annotations

import unicodedata

import numpy as np

from .layout import PEN, PlacedLine, Word

# What pen strokes turn into when read as print.
PEN_READINGS = ("4C)", "J}", "f9", "A'", "1%", "é8")

# Letters whose marks an English engine takes for another letter or digit, with the chance of it.
WITHOUT_MARKS = {
    "ố": ("6", 0.6),
    "ồ": ("6", 0.4),
    "Ộ": ("Q", 0.9),
    "ộ": ("q", 0.4),
    "ọ": ("9", 0.2),
    "ị": ("j", 0.5),
    "ạ": ("g", 0.1),
    "ỉ": ("i", 0.5),
    "Đ": ("B", 0.35),
    "đ": ("d", 0.9),
    "ư": ("u", 0.9),
    "ử": ("tr", 0.2),
    "l": ("1", 0.06),
    "rn": ("m", 0.3),
}

# What an engine with a poor Vietnamese model makes of a letter; one of the readings is taken.
# Capitals that are not listed follow their small letters.
WRONG_MARKS = {
    "à": "ảâá",
    "á": "ảàâ",
    "ả": "àâã",
    "ã": "âảă",
    "ạ": "ąặa",
    "ă": "ãâä",
    "ắ": "ăấẳ",
    "ằ": "ẳăầ",
    "ặ": "ậãạ",
    "â": "ãăả",
    "ấ": "ẩâắ",
    "ầ": "ẩâằ",
    "ẩ": "ấầâ",
    "ậ": "ặâộ",
    "é": "ẻê6",
    "è": "ẻê",
    "ê": "ễéẽ",
    "ế": "ểêề",
    "ề": "ểêế",
    "ể": "ếềê",
    "ệ": "ộêẹ",
    "í": "ỉìi",
    "ì": "íỉ",
    "ị": "ijỉ",
    "ó": "ỏôò",
    "ò": "óỏô",
    "ọ": "ợ9o",
    "ô": "ỗõồ",
    "ố": "ổôồ",
    "ồ": "ổốô",
    "ổ": "ồỗố",
    "ộ": "ôệi",
    "ơ": "ởõo",
    "ớ": "ởờ",
    "ờ": "ởò&",
    "ợ": "ọơ",
    "ú": "ủù",
    "ù": "úủ",
    "ủ": "úùù",
    "ư": "u&ù",
    "ứ": "ửừ&",
    "ừ": "ửù",
    "ử": "ừứ",
    "ữ": "ũử",
    "ự": "ụu",
    "ý": "ỷỳ",
    "đ": "dâ",
    "Đ": "DÐB",
    "Ộ": "QỎÔ",
}
WRONG_MARK_CHANCE = 0.5
DROP_CHANCE = 0.02
JOIN_AFTER_COMMA_CHANCE = 0.5


def without_marks(line: PlacedLine, rng: np.random.Generator) -> str:
    """The line as an English engine reads it: "CQNG HOA XA HQI CHU NGHIA VIET NAM"."""
    return " ".join(_strip_word(word, rng) for word in line.words)


def _strip_word(word: Word, rng: np.random.Generator) -> str:
    if word.face == PEN:
        return strip_marks(str(rng.choice(PEN_READINGS)))
    text = word.text
    for letters, (reading, chance) in WITHOUT_MARKS.items():
        if letters in text and rng.random() < chance:
            text = text.replace(letters, reading)
    return strip_marks(text)


def strip_marks(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def with_wrong_marks(line: PlacedLine, rng: np.random.Generator) -> str:
    """The line with many marks, often wrong ones: "Thãnh lip Hi ding Sang kiên"."""
    text = " ".join(_mismark_word(word, rng) for word in line.words)
    pieces = text.split(", ")
    return pieces[0] + "".join(
        ("," if rng.random() < JOIN_AFTER_COMMA_CHANCE else ", ") + piece for piece in pieces[1:]
    )


def _mismark_word(word: Word, rng: np.random.Generator) -> str:
    if word.face == PEN:
        return str(rng.choice(PEN_READINGS))
    letters = [_mismark_letter(letter, rng) for letter in word.text]
    return "".join(letters) or word.text


def _mismark_letter(letter: str, rng: np.random.Generator) -> str:
    if letter.isalpha() and rng.random() < DROP_CHANCE:
        return ""
    readings = WRONG_MARKS.get(letter) or WRONG_MARKS.get(letter.lower(), "").upper()
    if readings and rng.random() < WRONG_MARK_CHANCE:
        return str(rng.choice(list(readings)))
    return letter
