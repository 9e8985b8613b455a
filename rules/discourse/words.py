"""The check in sentences: every one carries its number and says only what was recorded."""

from collections.abc import Callable, Mapping
from typing import Final

from rules.discourse.reading import Check, Portion
from rules.discourse.vocabulary import TALK_STRUCTURES, VERDICT_WORDS

NUMBERS: Final = (
    *("No", "One", "Two", "Three", "Four", "Five"),
    *("Six", "Seven", "Eight", "Nine", "Ten"),
)

REASON_SENTENCES: Final[Mapping[str, str]] = {
    "headphone_room": "{count} of {of} student-moments went by in headphones without talk "
    "({percent}%).",
    "solo_device_room": "{count} of {of} student-moments went by alone on a device ({percent}%), "
    "{headphones} of them in headphones.",
    "listening_room": "{count} of {of} student-moments went to listening as a group ({percent}%).",
    "no_talk_structure": "No talk structure was recorded in {looks}.",
    "no_talk_structure:answered": "The observer was asked and saw no talk structure in {looks}.",
    "no_peer_talk": "{count} of {of} student-moments went to talk with a classmate ({percent}%).",
    "topics_thin": "{in_mass} of {students} students shared a topic in a group of {k_mass} or "
    "more, {in_four} in a group of {k_thin} or more.",
    "topics_fragmented": "{in_four} of {students} students shared a topic in a group of {k_thin} "
    "or more; the largest group was {largest}.",
    "planned_not_seen": "Talk is planned for {planned} and was not seen in {looks}.",
    "clear_sighting": "In one look {sighted} of {sighted_of} students were in talk, with a talk "
    "structure: {structure}.",
    "between_thresholds": "{count} of {of} student-moments went to talk with a classmate or the "
    "teacher ({percent}%): short of preserved, and without the signs of displaced.",
    "discourse_not_a_goal": "Discourse was not a goal of this lesson, so nothing was judged.",
    "fewer_than_3_students": "Students present: {present}; the check needs at least 3.",
    "phase:assessment": "The class was in an assessment, where quiet is right.",
    "phase:silent_by_design": "This part of the lesson was silent by design, and quiet is right.",
    "phase:transition_only": "Only a transition was seen, so nothing was judged.",
    "sweeps<min or span<min": "{valid} of {min_sweeps} sweeps counted, {span} of {min_span} "
    "minutes apart from first to last.",
}

# Which share a reason's {count}, {of} and {percent} come from.
_REASON_SHARE: Final[Mapping[str, str]] = {
    "headphone_room": "headphone_share",
    "solo_device_room": "solo_device_share",
    "listening_room": "listening_share",
    "no_peer_talk": "peer_share",
}

DISPLACED_SENTENCES: Final[Mapping[str, str]] = {
    "both": "No talk structure and no student answering another’s idea: {how}.",
    "uptake": "No student answering another’s idea: {how}.",
}


def reason_sentence(code: str, check: Check) -> str:
    """One reason as a sentence with its number; raises KeyError for a code that does not exist."""
    key = code
    if code.startswith("sweeps<"):
        key = "sweeps<min or span<min"
    elif code == "no_talk_structure" and "structure" not in check.unanswered:
        key = "no_talk_structure:answered"
    return REASON_SENTENCES[key].format_map(_numbers(code, check))


def _numbers(code: str, check: Check) -> dict[str, object]:
    portion = check.portions[_REASON_SHARE.get(code, "interactive_share")]
    topics, sighting = check.topics, check.sighting or Portion(0, 0)
    return {
        "count": portion.count,
        "of": portion.of,
        "percent": portion.percent,
        "headphones": check.counts["headphones"],
        "looks": counted(check.valid_sweeps, "look"),
        "in_mass": topics.in_mass.count,
        "in_four": topics.in_four.count,
        "students": topics.in_mass.of,
        "k_mass": topics.k_mass,
        "k_thin": topics.k_thin,
        "largest": topics.largest,
        "planned": check.planned,
        "sighted": sighting.count,
        "sighted_of": sighting.of,
        "structure": TALK_STRUCTURES.get(check.structure or "", "").lower(),
        "present": check.present,
        "valid": check.valid_sweeps,
        "min_sweeps": check.thresholds.min_sweeps,
        "span": int(check.span_s // 60),
        "min_span": -(-check.thresholds.min_span_s // 60),
    }


def counted(number: int, thing: str) -> str:
    """“1 look”, “4 looks”."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def number_word(number: int) -> str:
    """“Ten” and below in letters, at the start of a sentence; digits above."""
    return NUMBERS[number] if number < len(NUMBERS) else str(number)


def explain(check: Check) -> str:
    """The generated line of numbers that anybody can repeat from the sweeps."""
    topics = _topics_line(check)
    if not check.student_moments:
        return " ".join(["No sweep counted.", *topics])
    looks = counted(check.valid_sweeps, "look")
    moments = counted(check.student_moments, "student-moment")
    return " ".join([f"{looks}, {moments}: {_moments_line(check)}.", *topics])


def _moments_line(check: Check) -> str:
    counts, portions = check.counts, check.portions
    solo, listening = portions["solo_device_share"], portions["listening_share"]
    parts = [
        f"{counts['peer']} with a classmate ({portions['peer_share'].percent}%)",
        f"{counts['teacher']} with the teacher",
        f"{solo.count} on a device ({solo.percent}%)",
    ]
    if counts["headphones"]:
        parts.append(f"{counts['headphones']} of them in headphones")
    if listening.count:
        parts.append(f"{listening.count} listening as a group ({listening.percent}%)")
    for name, words in (("quiet", "reading or writing"), ("other", "doing something else")):
        portion = Portion(counts[name], check.student_moments)
        # A few are left out so that the line stays one breath long; one in ten is said.
        if portion.count * 10 >= portion.of:
            parts.append(f"{portion.count} {words} ({portion.percent}%)")
    return ", ".join(parts)


def _topics_line(check: Check) -> list[str]:
    topics = check.topics
    if topics.verdict == "not_recorded":
        return []
    things = "topic" if topics.topics == 1 else "topics"
    line = f"{number_word(topics.topics)} {things}, largest group {topics.largest}."
    if not topics.partly:
        return [line]
    return [line, f"Topics were recorded for {topics.in_mass.of} of {check.present} students."]


def range_sentence(share: str, check: Check) -> str:
    """The lowest and highest sweep behind one share; empty where fewer than two count."""
    if check.valid_sweeps < 2:
        return ""
    low, high = check.lows[share], check.highs[share]
    return f"Lowest look {low.count} of {low.of}, highest {high.count} of {high.of}."


def headline(check: Check) -> str:
    """The verdict as the screen leads with it, always marked where it is only for now."""
    word = VERDICT_WORDS[check.verdict]
    if check.confidence == "for now":
        return f"For now: {word.lower()}, {_so_far(check)}"
    if check.confidence == "one sighting":
        return f"{word}, one sighting"
    return f"{word}, for now" if check.for_now else word


def _so_far(check: Check) -> str:
    limits = check.thresholds
    if check.valid_sweeps < limits.min_sweeps:
        return f"{check.valid_sweeps} of {limits.min_sweeps} sweeps"
    return f"{int(check.span_s // 60)} of {-(-limits.min_span_s // 60)} minutes"


def verdict_sentence(check: Check) -> str:
    """One sentence under the verdict: why this one, from the numbers."""
    talk, solo = check.portions["interactive_share"], check.portions["solo_device_share"]
    if check.verdict in ("not_applicable", "not_enough_evidence"):
        return reason_sentence(check.reasons[0], check)
    if check.confidence == "one sighting":
        return reason_sentence("clear_sighting", check)
    said = (
        f"{talk.count} of {talk.of} student-moments in talk with a classmate or the teacher "
        f"({talk.percent}%), {solo.count} alone on a device ({solo.percent}%)."
    )
    return f"{said} {_absence(check)}" if check.verdict == "displaced" else said


def _absence(check: Check) -> str:
    """What was not seen; what was never asked was only not recorded."""
    if check.structure is not None:
        uptake = "none was recorded" if "uptake" in check.unanswered else "none was heard"
        return DISPLACED_SENTENCES["uptake"].format(how=uptake)
    how = "none was recorded" if check.unanswered else "none was seen or heard"
    return DISPLACED_SENTENCES["both"].format(how=how)


def next_look_sentence(check: Check, clock: Callable[[float], str] | None = None) -> str:
    """What would make the verdict firm; empty where nothing is missing.

    `clock` turns seconds, counted like those of the sweeps given, into a time of day.
    """
    look = check.next_look
    if look is None:
        return ""
    if look.kind == "plan":
        return f"Go back at {look.planned}, when talk is planned."
    if look.kind == "answers":
        return " ".join(NEXT_QUESTIONS[name] for name in look.questions)
    return _more_sweeps_sentence(check, clock)


NEXT_QUESTIONS: Final[Mapping[str, str]] = {
    "structure": "Any talk structure?",
    "uptake": "Anyone building on another’s idea?",
}


def _more_sweeps_sentence(check: Check, clock: Callable[[float], str] | None) -> str:
    look = check.next_look
    assert look is not None
    number = number_word(look.sweeps)
    if look.after_s is None:
        sweeps = "sweep makes" if look.sweeps == 1 else "sweeps make"
        return f"{number} {sweeps} it firm, first to last at least {look.minutes} minutes."
    when = (
        f"after {clock(look.after_s)}"
        if clock is not None
        else f"at least {counted(look.minutes or 0, 'minute')} after the first"
    )
    if look.sweeps == 1:
        return f"One more sweep {when} makes it firm."
    return f"{number} more sweeps, the last {when}, make it firm."
