"""The numbers of the check: defaults, a district's own, and how many students an approach needs."""

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Final, Self

RULE_VERSION: Final = "2026.1"
NO_PUBLISHED_MINIMUM: Final = (
    "No published minimum exists for how many students should share a topic; "
    "this one follows from how rare an approach the group should still contain."
)


class BadThresholds(ValueError):
    """A threshold that cannot be used; the message is one sentence for a person."""


@dataclass(frozen=True)
class Thresholds:
    """Every number the verdict depends on; times in seconds, shares from 0 to 1."""

    min_sweeps: int = 3
    min_span_s: int = 240
    min_gap_s: int = 60
    min_coverage: float = 0.8
    it_preserved: float = 0.4
    it_floor: float = 0.15
    it_structured: float = 0.25
    pt_structured: float = 0.15
    pt_min: float = 0.05
    hp_flag: float = 0.5
    solo_flag: float = 0.5
    li_flag: float = 0.5
    sighting: float = 0.5
    k_mass: int = 8
    k_thin: int = 4
    mass_share: float = 0.5

    def __post_init__(self) -> None:
        for name, (low, high) in _RANGES.items():
            _within(name, getattr(self, name), low, high)
        if not self.it_floor <= self.it_structured <= self.it_preserved:
            raise BadThresholds(
                "it_floor, it_structured and it_preserved must rise in this order; "
                "raise the later one or lower the earlier one."
            )
        if self.k_thin > self.k_mass:
            raise BadThresholds("k_thin must not be larger than k_mass; lower k_thin.")

    @classmethod
    def from_mapping(cls, changed: Mapping[str, object]) -> Self:
        """The defaults with a district's changes; raises BadThresholds naming the one at fault."""
        known = sorted(field.name for field in fields(cls))
        for name in changed:
            if name not in known:
                named = f"“{str(name)[:40]}” is not a threshold"
                raise BadThresholds(f"{named}; write one of {', '.join(known)}.")
        return cls(**changed)  # type: ignore[arg-type]  # __post_init__ checks each value

    def as_dict(self) -> dict[str, int | float]:
        """Plain values, as kept beside a stored verdict."""
        return asdict(self)

    def overrides(self) -> dict[str, int | float]:
        """Only what differs from the defaults: shown wherever the verdict is."""
        return {
            name: value for name, value in self.as_dict().items() if value != getattr(DEFAULT, name)
        }


_RANGES: Final[Mapping[str, tuple[float, float]]] = {
    "min_sweeps": (1, 20),
    "min_span_s": (0, 7200),
    "min_gap_s": (0, 3600),
    "k_mass": (1, 99),
    "k_thin": (1, 99),
    "min_coverage": (0.5, 1.0),
    "it_preserved": (0.0, 1.0),
    "it_floor": (0.0, 1.0),
    "it_structured": (0.0, 1.0),
    "pt_structured": (0.0, 1.0),
    "pt_min": (0.0, 1.0),
    "hp_flag": (0.0, 1.0),
    "solo_flag": (0.0, 1.0),
    "li_flag": (0.0, 1.0),
    "sighting": (0.0, 1.0),
    "mass_share": (0.0, 1.0),
}


def _within(name: str, value: object, low: float, high: float) -> None:
    whole = isinstance(low, int)
    kinds = (int,) if whole else (int, float)
    if isinstance(value, bool) or not isinstance(value, kinds) or not low <= value <= high:
        what = "a whole number" if whole else "a number"
        raise BadThresholds(f"{name} must be {what} from {low} to {high}.")


DEFAULT: Final = Thresholds()


def students_needed(fraction: float, sureness: float) -> int:
    """The smallest group that contains an approach held by `fraction` of students with `sureness`.

    Both lie strictly between 0 and 1; an approach is present in a group of m with probability
    1 - (1 - fraction)^m. One student in five, 80 % sure: 8.
    """
    for name, value in (("fraction", fraction), ("sureness", sureness)):
        if not 0 < value < 1:
            raise BadThresholds(f"{name} must lie between 0 and 1, both excluded.")
    size = math.log(1 - sureness) / math.log(1 - fraction)
    # A group that is exactly sure enough must not be rounded up by the last binary digit.
    return max(1, math.ceil(size - 1e-9))


def approach_sentence(fraction: float, sureness: float) -> str:
    """The setting behind k_mass as the sentence a district reads and changes."""
    size = students_needed(fraction, sureness)
    one_in = round(1 / fraction)
    held = "1 student in " + str(one_in) if one_in > 1 else "nearly every student"
    times = math.floor((1 - (1 - fraction) ** size) * 100 + 0.5)
    return f"A group of {size} contains an approach that {held} has about {times} times in 100."
