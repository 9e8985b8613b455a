"""A report as it is kept: plain JSON values, so that what was shared never changes afterwards."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from rules.feedback.report import Bar, Brand, Cover, Line, Reply, Report, Row, Verdict


def keep(report: Report) -> dict[str, Any]:
    """Return the report as JSON values, without replies (they come later) and without the logo."""
    bare = replace(report, replies=(), cover=replace(report.cover, brand=_no_logo(report)))
    return asdict(bare)


def _no_logo(report: Report) -> Brand:
    return replace(report.cover.brand, logo=None)


def restore(
    kept: Mapping[str, Any], *, replies: Sequence[Reply] = (), logo: bytes | None = None
) -> Report:
    """Return a kept report with today's replies and logo; the shape is what `keep` gave."""
    cover = dict(kept["cover"])
    cover["brand"] = Brand(**{**cover["brand"], "logo": logo})
    shaped = {
        **kept,
        "cover": Cover(**cover),
        "strengths": tuple(_line(one) for one in kept["strengths"]),
        "discourse": tuple(_line(one) for one in kept["discourse"]),
        "step": kept["step"] and _line(kept["step"]),
        "question": kept["question"] and _line(kept["question"]),
        "verdict": kept["verdict"]
        and Verdict(**{**kept["verdict"], "why": tuple(kept["verdict"]["why"])}),
        "bars": tuple(_bar(one) for one in kept["bars"]),
        "rows": tuple(
            Row(**{**row, "bar": row["bar"] and _bar(row["bar"])}) for row in kept["rows"]
        ),
        "answers": tuple((words, short, tuple(given)) for words, short, given in kept["answers"]),
        "replies": tuple(replies),
    }
    # what was kept before there were marks or flags has neither
    for name in ("legend", "components", "marks"):
        shaped[name] = tuple(tuple(one) for one in kept.get(name, ()))
    for name in ("students", "not_applicable", "history", "rights", "flags"):
        shaped[name] = tuple(kept.get(name, ()))
    return Report(**shaped)


def _line(kept: Mapping[str, Any]) -> Line:
    return Line(**{**kept, "numbers": tuple(kept["numbers"])})


def _bar(kept: Mapping[str, Any]) -> Bar:
    return Bar(**{**kept, "counts": tuple(tuple(one) for one in kept["counts"])})
