"""What a check is given, and reading it from JSON with one sentence for each kind of nonsense."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from rules.discourse.vocabulary import CATEGORIES, PHASES, TALK_STRUCTURES

# (seconds from any start, students per category[, present at that sweep])
SweepInput = tuple[float, Mapping[str, int]] | tuple[float, Mapping[str, int], int | None]

MOST_COUNTED: Final = 99
MOST_PRESENT: Final = 999
LONGEST_S: Final = 86_400
_TIME_OF_DAY: Final = re.compile(r"([01]?[0-9]|2[0-3]):[0-5][0-9]")
_KEYS: Final = (
    "n",
    "sweeps",
    "phase",
    "goal",
    "structure",
    "uptake",
    "groups",
    "planned",
    "structure_answered",
    "uptake_answered",
)


class BadInput(ValueError):
    """Input that cannot be checked; the message is one sentence with the JSON path."""


@dataclass(frozen=True)
class CheckInput:
    """What one visit recorded: n students present, sweeps, and the talk around them.

    `structure_answered` and `uptake_answered` say that the observer was asked and answered
    “none”; what was not tapped and not asked is unknown, never absent.
    """

    n: int | None
    sweeps: tuple[SweepInput, ...] = ()
    phase: str = "work"
    goal: bool = True
    structure: str | None = None
    uptake: int = 0
    groups: tuple[int, ...] = ()
    planned: str | None = None
    structure_answered: bool = False
    uptake_answered: bool = False

    def as_dict(self) -> dict[str, object]:
        """Plain values that `parse_input` reads back, as kept beside a stored verdict."""
        return {
            "n": self.n,
            "sweeps": [[sweep[0], dict(sweep[1]), *sweep[2:]] for sweep in self.sweeps],
            "phase": self.phase,
            "goal": self.goal,
            "structure": self.structure,
            "uptake": self.uptake,
            "groups": list(self.groups),
            "planned": self.planned,
            "structure_answered": self.structure_answered,
            "uptake_answered": self.uptake_answered,
        }


def parse_input(obj: object, path: str = "$", *, n_required: bool = True) -> CheckInput:
    """The check's input from parsed JSON; raises BadInput with one sentence naming the path.

    `n_required=False` reads back a stored input whose number of students was never recorded.
    """
    given = _object(obj, path, _KEYS)
    return CheckInput(
        n=_present(given, path, n_required),
        sweeps=_sweeps(given, path),
        phase=_code(given, "phase", PHASES, path) or "work",
        goal=_flag(given, "goal", path, default=True),
        structure=_code(given, "structure", TALK_STRUCTURES, path),
        uptake=_uptake(given.get("uptake"), f"{path}.uptake"),
        groups=_groups(given.get("groups"), f"{path}.groups"),
        planned=_time_of_day(given.get("planned"), f"{path}.planned"),
        structure_answered=_flag(given, "structure_answered", path, default=False),
        uptake_answered=_flag(given, "uptake_answered", path, default=False),
    )


def _present(given: Mapping[str, object], path: str, required: bool) -> int | None:
    if given.get("n") is None and not required:
        return None
    if "n" not in given:
        raise BadInput(f"{path}.n is missing: write how many students are present, such as 24.")
    return _whole(given["n"], f"{path}.n", MOST_PRESENT)


def _sweeps(given: Mapping[str, object], path: str) -> tuple[SweepInput, ...]:
    if "sweeps" not in given:
        raise BadInput(f"{path}.sweeps is missing: write a list, [] where no sweep was taken.")
    listed = _list(given["sweeps"], f"{path}.sweeps", "[seconds, counts] pairs")
    return tuple(_sweep(sweep, f"{path}.sweeps[{i}]") for i, sweep in enumerate(listed))


def _sweep(obj: object, path: str) -> SweepInput:
    parts = _list(obj, path, "seconds and counts, such as [0, {“peer”: 4}]")
    if len(parts) not in (2, 3):
        raise BadInput(f"{path} has {len(parts)} parts: write [seconds, counts].")
    seconds = _seconds(parts[0], f"{path}[0]")
    counts = _object(parts[1], f"{path}[1]", CATEGORIES)
    counted = {
        name: _whole(counts.get(name, 0), f"{path}[1].{name}", MOST_COUNTED) for name in CATEGORIES
    }
    if len(parts) == 2:
        return seconds, counted
    own = None if parts[2] is None else _whole(parts[2], f"{path}[2]", MOST_PRESENT)
    return seconds, counted, own


def _uptake(obj: object, path: str) -> int:
    return 0 if obj is None else _whole(obj, path, MOST_PRESENT)


def _groups(obj: object, path: str) -> tuple[int, ...]:
    if obj is None:
        return ()
    sizes = _list(obj, path, "group sizes, such as [12, 12]")
    return tuple(_whole(size, f"{path}[{i}]", MOST_PRESENT) for i, size in enumerate(sizes))


def _object(obj: object, path: str, known: Iterable[str]) -> Mapping[str, object]:
    if not isinstance(obj, Mapping):
        raise BadInput(f"{path} is {_shown(obj)}: write an object in braces.")
    allowed = tuple(known)
    for key in obj:
        if key not in allowed:
            raise BadInput(
                f"{path} has the unknown key {_shown(key)}: write one of {', '.join(allowed)}."
            )
    return obj


def _list(obj: object, path: str, of: str) -> list[object]:
    if not isinstance(obj, list | tuple):
        raise BadInput(f"{path} is {_shown(obj)}: write a list of {of}.")
    return list(obj)


def _whole(obj: object, path: str, most: int) -> int:
    if isinstance(obj, bool) or not isinstance(obj, int) or not 0 <= obj <= most:
        raise BadInput(f"{path} is {_shown(obj)}: write a whole number from 0 to {most}.")
    return obj


def _seconds(obj: object, path: str) -> float:
    if isinstance(obj, bool) or not isinstance(obj, int | float) or not 0 <= obj <= LONGEST_S:
        raise BadInput(f"{path} is {_shown(obj)}: write seconds from 0 to {LONGEST_S}.")
    return obj


def _flag(given: Mapping[str, object], key: str, path: str, *, default: bool) -> bool:
    value = given.get(key)
    if value is None:
        return default
    if not isinstance(value, bool):
        raise BadInput(f"{path}.{key} is {_shown(value)}: write true or false.")
    return value


def _code(given: Mapping[str, object], key: str, known: Mapping[str, str], path: str) -> str | None:
    value = given.get(key)
    if value is None:
        return None
    if not isinstance(value, str) or value not in known:
        raise BadInput(f"{path}.{key} is {_shown(value)}: write one of {', '.join(known)}.")
    return value


def _time_of_day(obj: object, path: str) -> str | None:
    if obj is None:
        return None
    if not isinstance(obj, str) or not is_time_of_day(obj):
        raise BadInput(f"{path} is {_shown(obj)}: write a time of day such as “10:40”, or null.")
    return obj


def is_time_of_day(value: object) -> bool:
    """Is it text like “9:05” or “10:40”?"""
    return isinstance(value, str) and _TIME_OF_DAY.fullmatch(value) is not None


def _shown(obj: object) -> str:
    """A value named briefly: never the whole of it, which may be huge or deeply nested."""
    if obj is None:
        return "null"
    if isinstance(obj, bool):
        return "true" if obj else "false"
    if isinstance(obj, str):
        return f"“{obj[:40]}…”" if len(obj) > 40 else f"“{obj}”"
    if isinstance(obj, int):
        # Python refuses to print integers beyond some thousand digits.
        return str(obj) if abs(obj) < 10**18 else "a number beyond all bounds"
    if isinstance(obj, float):
        return str(obj)
    return "a list" if isinstance(obj, list | tuple) else "an object"
