"""The rule itself: pool the sweeps that count, then the first verdict that fits."""

import math
from dataclasses import replace

from rules.discourse import words
from rules.discourse.given import CheckInput
from rules.discourse.reading import Check, NextLook, Portion
from rules.discourse.sweeps import Look, last_present, valid_looks
from rules.discourse.thresholds import DEFAULT, Thresholds
from rules.discourse.topics import topic_groups
from rules.discourse.vocabulary import CATEGORIES, QUIET_PHASES, SHARE_CATEGORIES

FEWEST_STUDENTS = 3


def check(given: CheckInput, thresholds: Thresholds = DEFAULT) -> Check:
    """The verdict of one visit: the first of the six rules that fits, with its reasons.

    Pure: the same input and thresholds give the same answer for ever (RULE_VERSION).
    """
    reading = _pooled(given, thresholds)
    not_applicable = _not_applicable(given, reading)
    if not_applicable:
        return _complete(replace(reading, verdict="not_applicable", reasons=(not_applicable,)))
    if _too_little(reading):
        return _complete(_from_little(reading))
    return _complete(replace(_full_verdict(reading), confidence="this visit"))


def lean(given: CheckInput, thresholds: Thresholds = DEFAULT) -> Check | None:
    """Where the sweeps so far point while they are too few; never stored, shared or counted.

    None where the verdict is already firm, not applicable, or nothing counts yet.
    """
    so_far = check(given, thresholds)
    if so_far.verdict != "not_enough_evidence" or not so_far.valid_sweeps:
        return None
    leaning = _full_verdict(so_far)
    return replace(leaning, confidence="for now", for_now=True)


def _pooled(given: CheckInput, thresholds: Thresholds) -> Check:
    looks = valid_looks(given, thresholds)
    present = last_present(given)
    total = sum(look.total for look in looks)
    by_share = {
        name: [Portion(look.count(parts), look.total) for look in looks]
        for name, parts in SHARE_CATEGORIES.items()
    }
    return Check(
        verdict="not_enough_evidence",
        confidence=None,
        reasons=(),
        valid_sweeps=len(looks),
        counts={name: sum(look.count((name,)) for look in looks) for name in CATEGORIES},
        portions={
            name: Portion(sum(portion.count for portion in portions), total)
            for name, portions in by_share.items()
        },
        lows={name: min(each, key=_exact) for name, each in by_share.items() if each},
        highs={name: max(each, key=_exact) for name, each in by_share.items() if each},
        topics=topic_groups(given.groups, present, thresholds),
        span_s=(looks[-1].at_ms - looks[0].at_ms) / 1000 if looks else 0.0,
        first_s=looks[0].at_ms / 1000 if looks else None,
        last_s=looks[-1].at_ms / 1000 if looks else None,
        present=present,
        phase=given.phase,
        structure=given.structure,
        uptake=given.uptake,
        planned=given.planned or None,
        unanswered=_unanswered(given),
        sighting=_sighting(looks, thresholds),
        thresholds=thresholds,
    )


def _exact(portion: Portion) -> float:
    return portion.exact


def _unanswered(given: CheckInput) -> tuple[str, ...]:
    asked = []
    if given.structure is None and not given.structure_answered:
        asked.append("structure")
    if not given.uptake and not given.uptake_answered:
        asked.append("uptake")
    return tuple(asked)


def _sighting(looks: list[Look], thresholds: Thresholds) -> Portion | None:
    """The look with most talk, where it is enough talk to be seen once and believed."""
    talk = [Portion(look.count(("peer", "teacher")), look.total) for look in looks if look.total]
    best = max(talk, key=_exact, default=None)
    return best if best is not None and best.exact >= thresholds.sighting else None


def _not_applicable(given: CheckInput, reading: Check) -> str | None:
    if not given.goal:
        return "discourse_not_a_goal"
    if reading.present is not None and reading.present < FEWEST_STUDENTS:
        return "fewer_than_3_students"
    return f"phase:{given.phase}" if given.phase in QUIET_PHASES else None


def _too_little(reading: Check) -> bool:
    limits = reading.thresholds
    return reading.valid_sweeps < limits.min_sweeps or reading.span_s < limits.min_span_s


def _from_little(reading: Check) -> Check:
    """Absence needs three sweeps; presence needs one clear sighting."""
    if reading.sighting and reading.structure and reading.topics.verdict != "fragmented":
        return replace(
            reading,
            verdict="preserved",
            confidence="one sighting",
            reasons=("clear_sighting",),
        )
    limits = reading.thresholds
    missing = f"sweeps<{limits.min_sweeps} or span<{limits.min_span_s}s"
    return replace(reading, reasons=(missing,))


def _full_verdict(reading: Check) -> Check:
    """Rules 4 to 6 on the sweeps that count."""
    found = _reasons(reading)
    if _alone_on_devices(reading) and not reading.planned:
        waits = bool(reading.unanswered)
        return replace(reading, verdict="displaced", reasons=tuple(found), for_now=waits)
    if _talk_kept(reading):
        talked = reading.portions["interactive_share"].exact >= reading.thresholds.it_preserved
        kept = [code for code in found if not (talked and code == "no_talk_structure")]
        return replace(reading, verdict="preserved", reasons=tuple(kept))
    return replace(reading, verdict="at_risk", reasons=tuple(found) or ("between_thresholds",))


def _alone_on_devices(reading: Check) -> bool:
    limits, share = reading.thresholds, reading.portions
    return (
        share["interactive_share"].exact < limits.it_floor
        and reading.uptake == 0
        and share["solo_device_share"].exact >= limits.solo_flag
        # A room that listens is not displaced: devices are not why talk is missing.
        and share["listening_share"].exact < limits.li_flag
    )


def _talk_kept(reading: Check) -> bool:
    limits, share = reading.thresholds, reading.portions
    talk = share["interactive_share"].exact
    structured = (
        talk >= limits.it_structured
        and share["peer_share"].exact >= limits.pt_structured
        and reading.structure is not None
    )
    return (talk >= limits.it_preserved or structured) and reading.topics.verdict != "fragmented"


def _reasons(reading: Check) -> list[str]:
    limits, share, topics = reading.thresholds, reading.portions, reading.topics.verdict
    headphones = share["headphone_share"].exact >= limits.hp_flag
    solo = share["solo_device_share"].exact >= limits.solo_flag
    fits = {
        "headphone_room": headphones,
        "solo_device_room": solo and not headphones,
        "listening_room": share["listening_share"].exact >= limits.li_flag,
        "no_talk_structure": reading.structure is None,
        "no_peer_talk": share["peer_share"].exact < limits.pt_min,
        "topics_thin": topics == "thin",
        "topics_fragmented": topics == "fragmented",
        "planned_not_seen": bool(reading.planned) and _alone_on_devices(reading),
    }
    return [code for code, applies in fits.items() if applies]


def _complete(reading: Check) -> Check:
    whole = replace(reading, next_look=_next_look(reading))
    return replace(whole, explain=words.explain(whole))


def _next_look(reading: Check) -> NextLook | None:
    if reading.verdict == "not_enough_evidence" or reading.confidence == "one sighting":
        return _more_sweeps(reading)
    if "planned_not_seen" in reading.reasons:
        return NextLook("plan", planned=reading.planned)
    if reading.for_now:
        return NextLook("answers", questions=reading.unanswered)
    return None


def _more_sweeps(reading: Check) -> NextLook:
    limits = reading.thresholds
    missing = max(1, limits.min_sweeps - reading.valid_sweeps)
    if reading.first_s is None or reading.last_s is None:
        return NextLook("sweeps", sweeps=missing, minutes=math.ceil(limits.min_span_s / 60))
    after = max(reading.first_s + limits.min_span_s, reading.last_s + limits.min_gap_s * missing)
    minutes = math.ceil((after - reading.first_s) / 60)
    return NextLook("sweeps", sweeps=missing, after_s=after, minutes=minutes)
