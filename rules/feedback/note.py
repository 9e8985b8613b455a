"""The discourse note: what the sweeps of this visit counted, and no cause for it."""

from rules.feedback.evidence import Evidence
from rules.feedback.scene import SOLO, TALK, Scene, Sentence, counted, events_of
from rules.feedback.wording import be, capital, extent, number, people, series, were

# A change between the first and the last sweep is told from three students on.
TOLD_CHANGE = 3
GROUNDS = {
    "headphone_room": (("headphones",), "in headphones"),
    "solo_device_room": (SOLO, "working silently on a device"),
    "listening_room": (("listening",), "listening together"),
    "no_peer_talk": (("peer",), "talking with a classmate about the content"),
}
IN_TALK = "talking with a classmate or with you about the content"


def discourse_note(scene: Scene) -> tuple[Sentence, ...]:
    """Return one or two sentences on talk, or none where no sweep of the room counts.

    The first gives what the sweeps counted, the second what was recorded beside them. Nothing
    is said about why talk changed: causes are the observer's words.
    """
    if not scene.looks or "not_applicable" in (scene.check.verdict, scene.verdict):
        return ()
    write = {
        "preserved": _held,
        "at_risk": _moved,
        "displaced": _quiet,
        "not_enough_evidence": _few,
    }[scene.check.verdict]
    first = _sentence(write(scene), scene.looks, scene.check.explain)
    second = _beside(scene)
    return (first, second) if second else (first,)


def _sentence(text: str, rows: tuple[Evidence, ...], because: str) -> Sentence:
    return Sentence("discourse", text, events_of(rows), because, "rules")


def _counts(scene: Scene, *categories: str) -> str:
    looks = [(counted(row, *categories), counted(row), row.at) for row in scene.looks]
    return series(looks, scene.clock)


def _held(scene: Scene) -> str:
    text = f"{_counts(scene, *TALK)} {_be(scene, *TALK)} {IN_TALK}"
    first, last = (counted(row, "peer") for row in (scene.looks[0], scene.looks[-1]))
    if first - last >= TOLD_CHANGE:
        return f"{capital(text)}; talk with a classmate went from {first} to {last}."
    return f"{'Talk held' if len(scene.looks) > 1 else 'Talk was there'}: {text}."


def _moved(scene: Scene) -> str:
    first, last = scene.looks[0], scene.looks[-1]
    change = counted(last, "peer") - counted(first, "peer")
    if change <= -TOLD_CHANGE:
        return f"{_change(scene, 'went')}{_meanwhile(first, last)}."
    if change >= TOLD_CHANGE:
        return f"{_change(scene, 'grew')}."
    return _level(scene)


def _change(scene: Scene, verb: str) -> str:
    first, last = scene.looks[0], scene.looks[-1]
    of = counted(last)
    end = str(counted(last, "peer"))
    if of != counted(first):
        end += f" of {of}"
    start = people(counted(first, "peer"), counted(first))
    span = f"from {start} at {scene.clock(first.at)} to {end} at {scene.clock(last.at)}"
    return f"Talk with a classmate {verb} {span}"


def _meanwhile(first: Evidence, last: Evidence) -> str:
    before, after = counted(first, *SOLO), counted(last, *SOLO)
    if after - before < TOLD_CHANGE:
        return ""
    return f", while silent work on a device went from {before} to {after}"


def _level(scene: Scene) -> str:
    ground = next((GROUNDS[r] for r in scene.check.reasons if r in GROUNDS), None)
    if ground is None:
        return f"{capital(_counts(scene, *TALK))} {_be(scene, *TALK)} {IN_TALK}."
    categories, words = ground
    text = capital(f"{_counts(scene, *categories)} {_be(scene, *categories)} {words}")
    if categories == ("peer",):
        return f"{text}; {_were(scene, 'teacher')} talking with you."
    return f"{text}; {_were(scene, *TALK)} {IN_TALK}."


def _quiet(scene: Scene) -> str:
    solo = capital(f"{_counts(scene, *SOLO)} were working silently on a device")
    heads = [counted(row, "headphones") for row in scene.looks]
    wearing = f", {extent(heads)} of them in headphones" if any(heads) else ""
    return f"{solo}{wearing}; {_were(scene, *TALK)} {IN_TALK}."


def _be(scene: Scene, *categories: str) -> str:
    return be([counted(row, *categories) for row in scene.looks])


def _were(scene: Scene, *categories: str) -> str:
    return were([counted(row, *categories) for row in scene.looks])


def _few(scene: Scene) -> str:
    rule = scene.check.thresholds
    made = number(len(scene.looks))
    looks = "sweep counts" if len(scene.looks) == 1 else "sweeps count"
    minutes = number(round(rule.min_span_s / 60))
    return (
        f"{capital(_counts(scene, *TALK))} {_be(scene, *TALK)} {IN_TALK}. {capital(made)} {looks},"
        f" too few for a reading: it takes {number(rule.min_sweeps)} over {minutes} minutes."
    )


def _beside(scene: Scene) -> Sentence | None:
    """Return what was recorded beside the sweeps: topics, structures, ideas built upon."""
    if scene.check.verdict == "not_enough_evidence":
        return None
    topics = scene.of_kind("topics")
    if topics and {"topics_thin", "topics_fragmented"} & set(scene.check.reasons):
        return _sentence(_topics(scene), topics, "Groups on the same topic, as counted")
    if scene.check.verdict == "preserved" or "no_talk_structure" not in scene.check.reasons:
        return None
    uptake = " and no student building on another’s idea" if not scene.of_kind("uptake") else ""
    text = f"No talk structure{uptake} was recorded in these minutes."
    return _sentence(text, scene.looks, "Nothing of the kind was tapped; it may have come later")


def _topics(scene: Scene) -> str:
    topics = scene.observed.topics
    sizes = [size for size in topics.sizes if size > 0] if topics else []
    many = number(len(sizes))
    return f"The room was on {many} topics, and the largest group had {max(sizes)} students."
