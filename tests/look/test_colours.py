"""The room’s seven colours stay apart for every eye, and the numbers on them can be read."""

import itertools
import math
import re
from pathlib import Path

import pytest

TOKENS = Path("static/css/tokens.css").read_text(encoding="utf-8")
CATEGORIES = ("peer", "teacher", "headphones", "device", "listening", "quiet", "other")
MARKS = ("pres-mark", "risk-mark", "disp-mark")
WORDS = ("ink", "ink-2", "accent", "pres", "risk", "disp")
TINTED = {
    "accent": "on-accent",
    "soft": "soft-ink",
    "pres-bg": "pres",
    "risk-bg": "risk",
    "disp-bg": "disp",
    "unk-bg": "ink-2",
}
Three = tuple[float, float, float]
Matrix = tuple[Three, Three, Three]
# Machado, Oliveira and Fernandes 2009, severity 1.0, on linear RGB.
EYES: dict[str, Matrix] = {
    "any": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
# OKLab from linear sRGB, Ottosson 2020.
CONES: Matrix = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
LAB: Matrix = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)
both_modes = pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])


def linear(colour: str) -> Three:
    digits = colour.lstrip("#")
    digits = "".join(c * 2 for c in digits) if len(digits) == 3 else digits
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return r, g, b


def times(matrix: Matrix, c: Three) -> Three:
    x, y, z = (sum(a * b for a, b in zip(row, c, strict=True)) for row in matrix)
    return x, y, z


def oklab(colour: str, eye: str) -> Three:
    r, g, b = (min(1.0, max(0.0, part)) for part in times(EYES[eye], linear(colour)))
    x, y, z = (math.cbrt(part) for part in times(CONES, (r, g, b)))
    return times(LAB, (x, y, z))


def contrast(a: str, b: str) -> float:
    light = [times(((0.2126, 0.7152, 0.0722),) * 3, linear(c))[0] + 0.05 for c in (a, b)]
    return max(light) / min(light)


def token(name: str, mode: int) -> str:
    """The value of --name in light (0) or dark (1)."""
    found = re.search(rf"--{name}: (?:light-dark\((#\w+), (#\w+)\)|(#\w+));", TOKENS)
    assert found, name
    return str(found[3] or found[mode + 1])


def printed_on(category: str, mode: int) -> str:
    value = r"--on-d: (?:var\(--([\w-]+)\)|light-dark\((#\w+), (#\w+)\)|(#\w+));"
    found = re.search(rf"\[data-c={category}\].*?{value}", TOKENS)
    assert found, category
    return token(found[1], mode) if found[1] else str(found[4] or found[mode + 2])


@both_modes
@pytest.mark.parametrize("eye", EYES)
def test_any_two_categories_and_any_two_verdict_marks_stay_apart(eye: str, mode: int) -> None:
    for names, least in (([f"d-{c}" for c in CATEGORIES], 10), (MARKS, 8.5)):
        for a, b in itertools.combinations(names, 2):
            seen = (oklab(token(name, mode), eye) for name in (a, b))
            assert 100 * math.dist(*seen) >= least, (a, b)


@both_modes
@pytest.mark.parametrize("category", [*CATEGORIES, "rest"])
def test_the_number_in_every_segment_can_be_read(category: str, mode: int) -> None:
    ground = "line" if category == "rest" else f"d-{category}"
    assert contrast(token(ground, mode), printed_on(category, mode)) >= 4.5


@both_modes
@pytest.mark.parametrize("ground", ["paper", "surface", "sunken"])
def test_words_and_control_borders_stand_out_from_the_ground(ground: str, mode: int) -> None:
    for words in WORDS:
        assert contrast(token(words, mode), token(ground, mode)) >= 4.5, words
    assert contrast(token("edge", mode), token(ground, mode)) >= 3


@both_modes
@pytest.mark.parametrize("ground", TINTED)
def test_words_stand_out_from_their_tint(ground: str, mode: int) -> None:
    assert contrast(token(TINTED[ground], mode), token(ground, mode)) >= 4.5
