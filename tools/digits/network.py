"""The digit reader: convolutions over a strip, for each column which digit stands there, or none.

Convolutions only, so that OpenCV's dnn runs it. It has several branches of one shape, trained on
different hands; their probabilities are averaged.
"""

from __future__ import annotations

import torch
from torch import nn

NOTHING = 10  # class of a column in which no digit begins or ends; 0 to 9 are the digits
COLUMN_PIXELS = 4  # of the strip for one column of the result


def convolution(channels_in: int, channels_out: int, kernel, **options) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(channels_in, channels_out, kernel, bias=False, **options),
        nn.BatchNorm2d(channels_out),
        nn.ReLU(inplace=True),
    )


class Branch(nn.Module):
    """Strips (batch, 1, 40, 112) to scores (batch, 11, 1, 28)."""

    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(
            convolution(1, 16, 5, stride=2, padding=2),
            convolution(16, 28, 3, padding=1),
            nn.MaxPool2d(2),
            convolution(28, 40, 3, padding=1),
            nn.MaxPool2d((2, 1)),
            convolution(40, 64, 3, padding=1),
            convolution(64, 96, (5, 3), padding=(0, 1)),
            convolution(96, 96, (1, 5), padding=(0, 2)),
            convolution(96, 96, (1, 5), padding=(0, 4), dilation=(1, 2)),
            nn.Conv2d(96, 11, 1),
        )

    def forward(self, strips: torch.Tensor) -> torch.Tensor:
        return self.layers(strips)


class Reader(nn.Module):
    """Mean of what the branches hold for probable, (batch, 11, 1, 28)."""

    def __init__(self, branches: list[Branch]):
        super().__init__()
        self.branches = nn.ModuleList(branches)

    def forward(self, strips: torch.Tensor) -> torch.Tensor:
        total = sum(torch.softmax(branch(strips), 1) for branch in self.branches)
        return total / len(self.branches)
