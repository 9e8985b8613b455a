"""The phone's rules and the school's give the same answer, number for number, word for word."""

import json
import subprocess
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from random import Random, SystemRandom
from typing import Any

import playwright
import pytest

from rules import capture, discourse
from rules.capture import check_input, fold, live_events, parse_instant
from rules.discourse import (
    Check,
    Thresholds,
    check,
    headline,
    judge_sweeps,
    lean,
    moves,
    next_look_sentence,
    parse_input,
    range_sentence,
    reason_sentence,
    verdict_sentence,
)
from rules.discourse import words as discourse_words
from tests.rules import drawn

ROOT = Path(__file__).parents[2]
NODE = next((Path(playwright.__file__).parent / "driver").glob("node*"))
VISITS, WALKS = 500, 500


def run_node(*arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(NODE), *arguments],
        input=given,
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        timeout=60,
        check=False,
    )


def draw_questions(seed: int) -> dict[str, Any]:
    draw = Random(seed)
    return {
        "seed": seed,
        "checks": [
            {"input": drawn.visit(draw), "thresholds": drawn.thresholds(draw)}
            for _ in range(VISITS)
        ],
        "folds": [drawn.walk(draw) for _ in range(WALKS)],
        "rounded": [[a, b] for b in range(1, 165) for a in range(0, b * 3, max(1, b // 40))],
        "instants": INSTANTS,
    }


INSTANTS = [
    "2026-11-21T10:06:31.120Z",
    "2026-11-21T10:06:31Z",
    "2026-11-21T10:06:31.1Z",
    "2026-11-21T10:06:31.999999Z",
    "2026-11-21T10:06:31+05:30",
    "2026-11-21T10:06:31-05:00",
    "2026-11-21T10:06:31",
    "2026-11-21 10:06:31Z",
    "2026-11-21",
    "20261121T100631Z",
    "2026-02-29T10:06:31Z",
    "2028-02-29T10:06:31Z",
    "2026-04-31T00:00:00Z",
    "2026-13-01T00:00:00Z",
    "2026-00-10T00:00:00Z",
    "2026-11-21T24:00:00Z",
    "2026-11-21T10:60:00Z",
    "2026-11-21T10:06:60Z",
    "2026-11-21T10:06:31+24:00",
    "2026-11-21T10:06:31Z\n",
    "1969-12-31T23:59:59Z",
    "3000-01-01T00:00:00Z",
    "٢٠٢٦-11-21T10:06:31Z",
    "",
    None,
    5,
]


@pytest.fixture(scope="module")
def asked() -> dict[str, Any]:
    return draw_questions(SystemRandom().randrange(2**32))


@pytest.fixture(scope="module")
def answers(asked: dict[str, Any]) -> dict[str, Any]:
    ran = run_node("tests/js/run.mjs", given=json.dumps(asked))
    assert ran.returncode == 0, ran.stderr[-2000:]
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


def said(reading: Check | None) -> dict[str, Any] | None:
    if reading is None:
        return None
    return {
        "headline": headline(reading),
        "sentence": verdict_sentence(reading),
        "reasons": [reason_sentence(code, reading) for code in reading.reasons],
        "next": next_look_sentence(reading),
        "next_at": next_look_sentence(reading, lambda seconds: f"{seconds:g} s"),
        "ranges": [range_sentence(share, reading) for share in reading.lows],
        "moves": [asdict(move) for move in moves(reading)],
    }


def test_both_sides_check_random_visits_alike(
    asked: dict[str, Any], answers: dict[str, Any]
) -> None:
    verdicts = set()
    for question, answer in zip(asked["checks"], answers["checks"], strict=True):
        given = parse_input(question["input"], n_required=False)
        limits = Thresholds.from_mapping(question["thresholds"])
        reading, leaning = check(given, limits), lean(given, limits)
        ours = {
            "check": reading.as_dict(),
            "said": said(reading),
            "lean": leaning.as_dict() if leaning else None,
            "leaning": said(leaning),
            "judged": list(judge_sweeps(given, limits)),
        }
        assert answer == ours, f"seed {asked['seed']}: {json.dumps(question)}"
        verdicts.add(reading.verdict)
    assert verdicts == set(discourse.VERDICT_WORDS), "the draw no longer reaches every verdict"


def test_both_sides_fold_random_walks_alike(asked: dict[str, Any], answers: dict[str, Any]) -> None:
    for events, answer in zip(asked["folds"], answers["folds"], strict=True):
        ours = [drawn.as_event(event) for event in events]
        observed = fold(ours)
        given = check_input(observed)
        where = f"seed {asked['seed']}: {json.dumps(events)}"
        text = json.dumps(observed.as_dict(), ensure_ascii=False, separators=(",", ":"))
        assert answer["text"] == text, where
        assert answer["input"] == given.as_dict(), where
        assert answer["check"] == check(given).as_dict(), where
        assert answer["live"] == [event.id for event in live_events(ours)], where


def test_both_sides_round_alike(asked: dict[str, Any], answers: dict[str, Any]) -> None:
    assert answers["rounded"] == [round(a / b, 4) for a, b in asked["rounded"]]


def test_both_sides_accept_the_same_instants(answers: dict[str, Any]) -> None:
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    ours = [parse_instant(text) for text in INSTANTS]
    assert answers["instants"] == [at and round((at - epoch).total_seconds() * 1000) for at in ours]
    assert sum(at is not None for at in ours) == 7


def test_both_sides_use_the_same_words(answers: dict[str, Any]) -> None:
    places = (discourse, discourse_words)
    for name, theirs in answers["words"].items():
        ours = next(getattr(place, name) for place in places if hasattr(place, name))
        assert theirs == _plain(ours), name
    for name, theirs in answers["codes"].items():
        assert theirs == getattr(capture, name), name
    assert answers["thresholds"] == Thresholds().as_dict()


def _plain(value: object) -> object:
    if name := getattr(value, "id", None):
        return {"id": name, "text": value.text}  # type: ignore[attr-defined]
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, tuple) else value


def test_the_phone_passes_the_shared_vectors() -> None:
    files = [str(path.relative_to(ROOT)) for path in sorted((ROOT / "tests/js").glob("*.test.mjs"))]
    assert files
    ran = run_node("--test", "--test-reporter=tap", *files)
    assert ran.returncode == 0, ran.stdout[-4000:]
