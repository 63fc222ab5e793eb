"""Trains a network that reads a strip column by column, with a sequence loss (CTC, Graves 2006)."""

from __future__ import annotations

import hashlib
import json
import math
import sys
import time
from pathlib import Path
from typing import Callable

import torch
from torch import nn
from torch.nn import functional

ANY = -100  # class of a column where more than one answer is right
NOBODY = -1  # fills up the classes of a strip that has fewer


def columns_shown(
    middles: list[float], classes: list[int], count: int, pixels: int, nothing: int
) -> list[int] | None:
    """Of each column what it shows; None where two things share a column and cannot be told apart."""
    columns = [min(count - 1, max(0, int(middle / pixels))) for middle in middles]
    if len(set(columns)) < len(columns):
        return None
    shown = [nothing] * count
    for column in columns:
        for beside in (column - 1, column + 1):
            if 0 <= beside < count:
                shown[beside] = ANY
    for column, kind in zip(columns, classes):
        shown[column] = kind
    return shown


def best_paths(scores: torch.Tensor, nothing: int) -> list[list[int]]:
    """The classes along the best path of each strip, scores (batch, columns, classes)."""
    return [
        [c for c, before in zip(path, [None, *path]) if c != before and c != nothing]
        for path in scores.argmax(2).tolist()
    ]


def train(
    reader: nn.Module,
    loader: torch.utils.data.DataLoader,
    scores_of: Callable[[torch.Tensor], torch.Tensor],
    steps: int,
    nothing: int,
    nothing_weight: float,
    behind: float = 0,
) -> None:
    """`loader` gives ink, classes, their count, and of each column what it shows; `scores_of` makes
    scores (batch, columns, classes) of ink. `behind`: share of the schedule that the reader has been
    through."""
    optimizer = torch.optim.AdamW(reader.parameters(), weight_decay=1e-3)
    ctc = nn.CTCLoss(blank=nothing, zero_infinity=True)
    weights = None
    right = seen = 0
    begun = last = time.monotonic()
    for step, (ink, classes, lengths, shown) in enumerate(loader):
        done = behind + (1 - behind) * step / steps
        if done >= 1:
            break
        for group in optimizer.param_groups:
            warm = min(1, step / steps / 0.03 + 0.05)
            group["lr"] = 3e-3 * warm * 0.5 * (1 + math.cos(math.pi * done)) + 1e-5
        scores = scores_of(ink)
        if weights is None:
            weights = torch.ones(scores.shape[2])
            weights[nothing] = nothing_weight
        log_shares = functional.log_softmax(scores, 2)
        targets = torch.cat([row[:length] for row, length in zip(classes, lengths)])
        widths = torch.full((len(lengths),), scores.shape[1], dtype=torch.long)
        by_column = functional.cross_entropy(
            scores.reshape(-1, scores.shape[2]), shown.reshape(-1), weight=weights, ignore_index=ANY
        )
        by_sequence = ctc(log_shares.permute(1, 0, 2), targets, widths, lengths)
        # Columns teach where things stand; the sequence, which matters, takes over.
        share = max(0.15, 1 - 1.2 * done)
        loss = 0.5 * (1 - share) * by_sequence + 3 * share * by_column
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(reader.parameters(), 2.0)
        optimizer.step()
        for path, row, length in zip(best_paths(scores.detach(), nothing), classes, lengths):
            right += path == row[:length].tolist()
        seen += len(lengths)
        if time.monotonic() - last > 30:
            last = time.monotonic()
            print(
                f"{(last - begun) / 60:.1f} min, {done:.0%}: {right / seen:.1%} read right",
                file=sys.stderr,
                flush=True,
            )
            right = seen = 0


def export(reader: nn.Module, height: int, width: int, out: Path, manifest: dict) -> None:
    """Writes a reader of strips as an ONNX file, and beside it its manifest with the file's hash."""
    torch.onnx.export(
        reader,
        torch.zeros(1, 1, height, width),
        str(out),
        opset_version=11,
        input_names=["strip"],
        output_names=["shares"],
        dynamic_axes={"strip": {0: "strips"}, "shares": {0: "strips"}},
    )
    manifest["sha256"] = hashlib.sha256(out.read_bytes()).hexdigest()
    out.with_suffix(".onnx.json").write_text(
        json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"
    )
