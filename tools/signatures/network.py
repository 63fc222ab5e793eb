"""The name reader: convolutions over a strip, for each column which letter stands there, or none.

Convolutions only, so that OpenCV's dnn runs it.
"""

from __future__ import annotations

import unicodedata

import torch
from torch import nn

from digits.network import convolution

COLUMN_PIXELS = 4  # of the strip for one column of the result
VOWELS, TONES = "aăâeêioôơuưy", ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
LOWER = "bcdđfghjklmnpqrstvwxz" + "".join(
    unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES
)
LETTERS = " .-" + LOWER + LOWER.upper()  # class i + 1 is letter i
NOTHING = 0  # class of a column in which no letter begins or ends


class Reader(nn.Module):
    """Strips (batch, 1, 48, 320) to shares (batch, classes, 1, 80)."""

    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(
            convolution(1, 24, 5, stride=2, padding=2),
            convolution(24, 36, 3, padding=1),
            nn.MaxPool2d(2),
            convolution(36, 64, 3, padding=1),
            nn.MaxPool2d((2, 1)),
            convolution(64, 96, 3, padding=1),
            convolution(96, 168, (6, 3), padding=(0, 1)),
            convolution(168, 168, (1, 5), padding=(0, 2)),
            convolution(168, 168, (1, 5), padding=(0, 4), dilation=(1, 2)),
            convolution(168, 168, (1, 5), padding=(0, 8), dilation=(1, 4)),
            nn.Conv2d(168, len(LETTERS) + 1, 1),
        )

    def forward(self, strips: torch.Tensor) -> torch.Tensor:
        scores = self.layers(strips)
        return scores if self.training else torch.softmax(scores, 1)
