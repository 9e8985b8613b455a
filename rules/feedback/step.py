"""The one next step and the one question, chosen from what was recorded."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from rules.discourse import MOVES, reason_sentence
from rules.feedback.evidence import Evidence, LookForView
from rules.feedback.moves import MOVE_LINES, QUESTIONS, TALK_QUESTIONS
from rules.feedback.scene import Scene, Sentence, Slot, events_of
from rules.feedback.wording import clause

TROUBLED = ("at_risk", "displaced")
# Talk that is still to come the same day comes before every other reason.
PLANNED = "planned_not_seen"
TOPIC_REASONS = ("topics_thin", "topics_fragmented")


@dataclass(frozen=True)
class Ground:
    """What a step rests on: a reason of the check or a look-for, and the rows that show it."""

    rows: tuple[Evidence, ...]
    because: str
    reason: str | None = None
    look_for: LookForView | None = None


def ground(scene: Scene) -> Ground | None:
    """Return what the next step rests on, or None where nothing recorded points to one.

    First a reason of the check while the verdict that stands is at risk or displaced; then a
    watch-out that was seen; then a look-for marked not seen; then a reason that goes with a
    preserved verdict; then a look-for that was seen and can be carried further.
    """
    return next(_grounds(scene), None)


def next_step(scene: Scene, base: Ground) -> Sentence:
    """Return the one step this ground gives."""
    if base.reason is not None:
        text = _move(base, scene.check.planned)
    else:
        phrase = base.look_for.step_phrase if base.look_for else None
        text = f"{clause(phrase or '')}."
    return _sentence("step", text, base.rows, base.because)


def question(scene: Scene, base: Ground | None) -> Sentence | None:
    """Return the one question, on what the step rests on or else on what was seen."""
    if not scene.rows:
        return None
    if base and base.look_for and base.look_for.question_phrase:
        return _asked(base.look_for, base.rows)
    if base and base.reason in QUESTIONS:
        text = _pick(QUESTIONS[base.reason], base.rows)
        return _sentence("question", text, base.rows, base.because)
    if scene.verdict == "preserved" and scene.looks:
        text = _pick(TALK_QUESTIONS, scene.looks)
        return _sentence("question", text, scene.looks, "Talk held in these minutes")
    return _about_seen(scene) or _about_minutes(scene)


def _grounds(scene: Scene) -> Iterator[Ground]:
    if scene.verdict in TROUBLED:
        yield from _reasons(scene)
    yield from _look_fors(scene, mark="seen", watch_out=True, because="A watch-out was seen")
    yield from _look_fors(scene, mark="not_seen", watch_out=False, because="Marked not seen")
    if scene.verdict == scene.check.verdict == "preserved":
        yield from _reasons(scene)
    seen = "Seen, and ready to be carried further"
    yield from _look_fors(scene, mark="seen", watch_out=False, because=seen)


def _reasons(scene: Scene) -> Iterator[Ground]:
    for reason in sorted(scene.check.reasons, key=lambda code: code != PLANNED):
        rows = scene.of_kind("topics") if reason in TOPIC_REASONS else scene.looks
        if reason in MOVES and rows:
            yield Ground(rows, reason_sentence(reason, scene.check), reason=reason)


def _look_fors(scene: Scene, *, mark: str, watch_out: bool, because: str) -> Iterator[Ground]:
    """Yield look-fors with a step to offer, those that protect talk first."""
    keys = dict.fromkeys(row.look_for or "" for row in scene.rows if row.mark == mark)
    views = [scene.look_fors[key] for key in keys if key in scene.look_fors]
    fitting = [v for v in views if v.step_phrase and (v.role == "watch_out") == watch_out]
    for view in sorted(fitting, key=lambda v: v.role != "protects"):
        rows = tuple(r for r in scene.rows if r.look_for == view.id and r.mark == mark)
        yield Ground(rows, because, look_for=view)


def _move(base: Ground, planned: str | None) -> str:
    moves = [move for move in MOVES[base.reason or ""] if move.id in MOVE_LINES]
    move = moves[_turn(base.rows, len(moves))]
    return MOVE_LINES[move.id].format(planned=planned)


def _about_seen(scene: Scene) -> Sentence | None:
    for row in scene.rows:
        view = scene.look_fors.get(row.look_for or "")
        if row.mark == "seen" and view and view.question_phrase and view.role != "watch_out":
            return _asked(view, scene.seen(view.id))
    return None


def _asked(view: LookForView, rows: tuple[Evidence, ...]) -> Sentence:
    text = f"{clause(view.question_phrase or '').rstrip('?')}?"
    return _sentence("question", text, rows, "The question that goes with this look-for")


def _about_minutes(scene: Scene) -> Sentence:
    first, last = scene.rows[0], scene.rows[-1]
    before, after = scene.clock(first.at), scene.clock(last.until)
    minutes = f"before or after {after}" if before == after else f"before {before} or after {after}"
    text = f"What would I have seen and heard {minutes}?"
    rows = (first,) if first is last else (first, last)
    return _sentence("question", text, rows, "A visit sees only some minutes of a lesson")


def _turn(rows: tuple[Evidence, ...], choices: int) -> int:
    """Return which of several wordings this walk gets: the same one for the same evidence."""
    return sha256(rows[0].events[0].encode()).digest()[0] % choices


def _pick(lines: tuple[str, ...], rows: tuple[Evidence, ...]) -> str:
    return lines[_turn(rows, len(lines))]


def _sentence(slot: Slot, text: str, rows: tuple[Evidence, ...], because: str) -> Sentence:
    return Sentence(slot, text, events_of(rows), because, "rules")
