"""Random visits and walks for the tests, near the edges where rules turn."""

from random import Random
from typing import Any

from rules.capture import (
    ASK_ANSWERS,
    EVENT_KINDS,
    MARKS,
    NOTE_SLOTS,
    PURPOSES,
    SPEAKERS,
    Event,
    parse_instant,
)
from rules.discourse import CATEGORIES, MODELS, PHASES, TALK_STRUCTURES, VERDICT_WORDS

Json = dict[str, Any]


def counts(draw: Random, total: int) -> dict[str, int]:
    """`total` students over a few categories, so that shares reach their thresholds often."""
    some = draw.sample(CATEGORIES, draw.randint(1, 4))
    if draw.random() < 0.4:
        some = ["device", "headphones", "device", draw.choice(CATEGORIES)]
    found = dict.fromkeys(CATEGORIES, 0)
    for _ in range(total):
        found[draw.choice(some)] += 1
    return found


def visit(draw: Random) -> Json:
    """The input of one check."""
    n = draw.choice([None, draw.randint(0, 9), 10, 15, 16, 20, 20, 24, 24, 25, 30, 32])
    sweeps = [_sweep(draw, n, number) for number in range(draw.choice([0, 1, 2, 3, 3, 4, 4, 5, 5]))]
    draw.shuffle(sweeps)
    return {
        "n": n,
        "sweeps": sweeps,
        "phase": draw.choice(["work"] * 40 + list(PHASES)),
        "goal": draw.random() < 0.97,
        "structure": draw.choice([None] * 9 + list(TALK_STRUCTURES)),
        "uptake": draw.choice([0, 0, 0, 1, 3]),
        "groups": draw.choice(
            [[], [n or 1], [draw.randint(0, 12) for _ in range(4)], [1] * 9, [8, 4, 4]]
        ),
        "planned": draw.choice([None, None, None, "10:40"]),
        "structure_answered": draw.random() < 0.3,
        "uptake_answered": draw.random() < 0.3,
    }


def _sweep(draw: Random, n: int | None, number: int) -> list[object]:
    seconds = number * 120 + draw.choice([0, 0, 0.12, 0.5, -30 if number else 0, 90])
    present = n or 20
    total = max(0, draw.choice([present] * 5 + [present + 1, present + 2, -(-present * 4 // 5), 3]))
    found: list[object] = [seconds, counts(draw, total)]
    if draw.random() < 0.3:
        found.append(draw.choice([None, total, present]))
    return found


def thresholds(draw: Random) -> dict[str, float]:
    """A district's changes, mostly none."""
    if draw.random() < 0.7:
        return {}
    changed: dict[str, float] = {
        "min_sweeps": draw.randint(1, 4),
        "k_mass": draw.randint(4, 12),
        "solo_flag": draw.choice([0.3, 0.5]),
        "it_preserved": draw.choice([0.35, 0.4, 0.5]),
        "min_coverage": draw.choice([0.7, 0.8, 0.9]),
        "min_span_s": draw.choice([180, 240, 250]),
    }
    return dict(draw.sample(sorted(changed.items()), draw.randint(1, 4)))


def walk(draw: Random, size: int | None = None) -> list[Json]:
    """The events of one walk as they travel: few ids and instants, so that they collide."""
    length = draw.randint(0, 40) if size is None else size
    return [_event(draw, number, length) for number in range(length)]


def _event(draw: Random, number: int, length: int) -> Json:
    id_ = f"e{number if draw.random() < 0.95 else draw.randrange(length)}"
    kind = draw.choice([*EVENT_KINDS, "undone", "undone", "look_for_marked", "photo_taken"])
    return {
        "id": id_,
        "walkthrough": "w",
        "device": draw.choice(["p1", "p2"]),
        "seq": number,
        "at": instant(draw),
        "elapsed_ms": draw.choice([None, draw.randrange(800_000), number * 30_000]),
        "kind": kind,
        "data": _data(draw, kind, length),
    }


def instant(draw: Random) -> str:
    """A minute or two of a morning, in several spellings."""
    second = draw.randint(0, 59)
    ending = draw.choice(["Z", ".000Z", ".120Z", ".120456Z", "+00:00", ".5-00:00"])
    return f"2026-11-21T10:{draw.randint(0, 12):02}:{second:02}{ending}"


def _data(draw: Random, kind: str, length: int) -> Any:
    def one(*values: object) -> object:
        return draw.choice([*values, *values, *values, None, 7, "odd", [], {}, True])

    look_for = one("BL01", "BL02", "DP02")
    if draw.random() < 0.02:
        return draw.choice([None, [], "text", 3])
    match kind:
        case "started":
            data = {"teacher": one("t"), "class": one("c"), "purpose": one(*PURPOSES)}
            return data | {"framework": one("f"), "sets": one(["s", 3, ""]), "focus": one(["BL01"])}
        case "context_set":
            data = {
                "present": one(20, 24),
                "model": one(*MODELS),
                "phase": one("work", "discussion", "assessment"),
                "subject": one("Math", "  "),
                "grade": one("7"),
                "discourse_goal": one(True, False),
                "planned_talk_at": one("10:40", "25:00"),
                "minutes_in": one(12),
            }
            return dict(draw.sample(sorted(data.items()), draw.randint(0, 4)))
        case "look_for_marked":
            return {"look_for": look_for, "mark": one(*MARKS)}
        case "look_for_counted":
            return {"look_for": look_for}
        case "sweep_taken":
            good = counts(draw, draw.choice([20, 24, 24, 25, 26, 10]))
            sweep = {"counts": one(good, good, good, {"peer": -1}, {"peer": 24.0}, {"chat": 1})}
            return sweep | {"present": one(24, 20, 24.0), "began_at": one(instant(draw), "noon")}
        case "structure_seen":
            return {"structure": one("turn_and_talk", "seminar", "none"), "name": one("Fishbowl")}
        case "uptake_heard":
            return draw.choice([{}, {}, {"none": True}, {"none": 1}])
        case "topics_grouped":
            return {"sizes": one([24], [8, 8, 0, 8], [3, -1], [5, 2.0])}
        case "student_asked":
            answers = {key: one(*ASK_ANSWERS) for key in ("now", "going", "how")}
            more = {"classmate": one("yes", "no"), "quote": one("I “see” it", "")}
            return {"student": one("A", "B", "C")} | answers | more
        case "note_written":
            data = {"note": one("n1", "n2"), "text": one("heard: “why?”", " \n", "")}
            more = {"speaker": one(*SPEAKERS), "slot": one(*NOTE_SLOTS)}
            return data | more | {"look_fors": one(["BL01", None]), "components": one(["3b"])}
        case "level_given":
            return {"component": one("3a", "3b"), "level": one("basic", "proficient", "")}
        case "verdict_overridden":
            return {"verdict": one(*VERDICT_WORDS), "reason": one("They signed.", "\t")}
        case "undone":
            return {"event": one(*(f"e{draw.randrange(length)}" for _ in range(4)))}
        case _:
            return {}


def as_event(given: Json) -> Event:
    """An event as it travels -> the rules' own."""
    at = parse_instant(given["at"])
    assert at is not None
    return Event(
        id=given["id"],
        walkthrough=given.get("walkthrough", "w"),
        device=given["device"],
        seq=given["seq"],
        at=at,
        kind=given["kind"],
        data=given["data"],
        elapsed_ms=given.get("elapsed_ms"),
    )
