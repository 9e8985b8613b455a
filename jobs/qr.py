"""The QR code of an address, as one path to draw: the door to segno."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

import segno

QUIET = 4
"""Modules of white around a code, which a camera needs to find it."""


@dataclass(frozen=True, slots=True)
class Qr:
    """A code as an SVG path in units of one module; `size` counts the quiet edge too."""

    size: int
    path: str


def qr(text: str) -> Qr:
    """The code of `text`, mended by a camera where an eighth of it is torn or soiled (level M)."""
    matrix = segno.make(text, error="m", micro=False, boost_error=False).matrix
    runs = [run for y, row in enumerate(matrix) for run in _runs(y, row)]
    return Qr(len(matrix) + 2 * QUIET, "".join(runs))


def _runs(y: int, row: bytearray) -> list[str]:
    """One row of dark modules as few rectangles: paper that is printed has fewer seams."""
    found, x = [], QUIET
    for dark, cells in groupby(row):
        width = len(list(cells))
        if dark:
            found.append(f"M{x} {y + QUIET}h{width}v1h-{width}z")
        x += width
    return found
