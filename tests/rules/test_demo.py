"""The invented district is the same for the same seed, and its year is believable."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from functools import cache
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

import pytest

from rules.capture import Event, check_input, fold
from rules.demo import Invention, Loop, Shelf, Visit, events, invent, loop, visits
from rules.demo.chance import Chance
from rules.demo.visits import school_days
from rules.discourse import Check, check
from rules.events import read_event
from rules.roles import Role

NOW = datetime(2026, 11, 21, 22, 0, tzinfo=UTC)
ZONE = ZoneInfo("America/Chicago")
KEYS = [f"BL{n:02}" for n in range(1, 14)] + [f"DP{n:02}" for n in range(1, 8)] + ["WO01", "WO02"]


def test_chance_draws_the_published_numbers_of_its_generator() -> None:
    source = Chance(1234567)
    assert [source.bits() for _ in range(3)] == [
        6457827717110365317,
        3203168211198807973,
        9817491932198370423,
    ]


def some_id(name: str) -> str:
    return str(uuid5(UUID(int=0), name))


SHELF = Shelf(
    framework=some_id("framework"),
    sets=(some_id("set"),),
    look_fors={key: some_id(key) for key in KEYS},
    focus=("BL01", "BL03", "BL07", "BL09", "DP01", "DP02", "DP03"),
)


@cache
def school(seed: int = 1) -> Invention:
    return invent(seed, "school")


@cache
def year(seed: int = 1) -> list[Visit]:
    return visits(school(seed), NOW, ZONE)


@cache
def walked() -> list[tuple[Visit, Check, datetime]]:
    return [(visit, *observed(visit)) for visit in year()]


def observed(visit: Visit) -> tuple[Check, datetime]:
    taps = [read_event(tap) for tap in events(visit, SHELF)]
    folded = fold(
        Event(str(t.id), str(t.walkthrough), t.device, t.seq, t.at, t.kind, t.data, t.elapsed_ms)
        for t in taps
    )
    assert folded.finished_at is not None
    return check(check_input(folded)), folded.finished_at


def test_a_district_has_six_schools_and_180_teachers_two_observers_and_two_coaches_a_school() -> (
    None
):
    made = invent(1, "district")
    assert len(made.schools) == 6
    roles = Counter((one.post.role, one.post.school) for one in made.people)
    for place in range(6):
        assert roles[Role.TEACHER, place] == 30
        assert roles[Role.OBSERVER, place] == roles[Role.COACH, place] == 2
    assert roles[Role.LEAD, None] == 1
    assert roles[Role.ADMINISTRATOR, None] == 2


@pytest.mark.parametrize(("size", "schools"), [("school", 1), ("district", 6), ("state", 60)])
def test_ids_addresses_and_school_names_are_never_used_twice(size: str, schools: int) -> None:
    made = invent(1, size)
    assert len(made.schools) == schools
    people = made.people
    assert len({one.id for one in people}) == len({one.email for one in people}) == len(people)
    assert len({one.name for one in made.schools}) == schools
    classes = [klass for one in made.schools for klass in one.classes]
    assert len({klass.id for klass in classes}) == len(classes)


def test_the_same_seed_gives_the_same_people_visits_and_taps() -> None:
    again = invent(1, "school")
    assert again == school()
    assert visits(again, NOW, ZONE) == year()
    first, second = (json.dumps(events(year()[0], SHELF)) for _ in range(2))
    assert first == second


def test_the_time_of_day_at_which_the_demo_is_made_moves_no_visit() -> None:
    assert visits(school(), NOW - timedelta(hours=6), ZONE) == year()


def test_another_seed_gives_another_year() -> None:
    assert {visit.id for visit in year(1)}.isdisjoint(visit.id for visit in year(2))


def test_the_people_whose_sign_ins_are_printed_are_easy_to_keep() -> None:
    known = {one.email: one.post.role for one in school().people if one.signs_in}
    assert known == {
        "holt@demo.example": Role.OBSERVER,
        "reyes@demo.example": Role.COACH,
        "okafor@demo.example": Role.TEACHER,
        "brooks@demo.example": Role.LEAD,
        "quill@demo.example": Role.ADMINISTRATOR,
    }


def test_nobody_coaches_and_evaluates_the_same_teacher() -> None:
    coached = {t.id for one in school().schools for _, many in one.caseloads() for t in many}
    evaluated = {visit.teacher.id for visit in year() if visit.purpose == "evaluation"}
    assert evaluated
    assert coached.isdisjoint(evaluated)


def test_only_a_coach_starts_a_coaching_visit_and_only_with_her_own_teachers() -> None:
    caseloads = {
        coach.id: {teacher.id for teacher in teachers}
        for one in school().schools
        for coach, teachers in one.caseloads()
    }
    coaching = [visit for visit in year() if visit.purpose == "coaching"]
    assert coaching
    for visit in year():
        assert (visit.observer.post.role == Role.COACH) == (visit.purpose == "coaching")
    for visit in coaching:
        assert visit.teacher.id in caseloads[visit.observer.id]


def test_visits_fall_on_school_days_of_the_year_before_in_school_hours() -> None:
    days = school_days(NOW.astimezone(ZONE).date())
    for visit in year():
        local = visit.at.astimezone(ZONE)
        assert local.date() in days
        assert 8 <= local.hour <= 15


@pytest.mark.parametrize(
    ("day", "school_day"),
    [
        (date(2026, 7, 15), False),
        (date(2026, 12, 25), False),
        (date(2026, 11, 26), False),
        (date(2026, 11, 21), False),
        (date(2026, 11, 20), True),
    ],
)
def test_summer_holidays_and_weekends_are_no_school_days(day: date, school_day: bool) -> None:
    assert (day in school_days(date(2027, 1, 10))) == school_day


def test_every_tap_is_one_the_server_would_store_with_numbers_that_have_no_gap() -> None:
    for visit in year():
        taps = [read_event(tap) for tap in events(visit, SHELF)]
        assert [tap.seq for tap in taps] == list(range(1, len(taps) + 1))
        assert [tap.at for tap in taps] == sorted(tap.at for tap in taps)
        assert taps[0].kind == "started"
        assert taps[-1].kind == "finished"


def test_a_year_holds_every_verdict_and_none_of_them_is_all_there_is() -> None:
    verdicts = Counter(check.verdict for _, check, _ in walked())
    total = sum(verdicts.values())
    assert 0.25 < verdicts["preserved"] / total < 0.6
    assert 0.15 < verdicts["at_risk"] / total < 0.45
    assert 0.04 < verdicts["displaced"] / total < 0.25
    assert verdicts["not_enough_evidence"] > 0
    assert verdicts["not_applicable"] > 0


def test_a_mark_never_denies_what_was_recorded_by_its_own_tap() -> None:
    for visit in year():
        taps = [read_event(tap) for tap in events(visit, SHELF)]
        structured = any(t.kind == "structure_seen" and t.data["structure"] != "none" for t in taps)
        heard = any(t.kind == "uptake_heard" and not t.data.get("none") for t in taps)
        marks = {t.data["look_for"]: t.data["mark"] for t in taps if t.kind == "look_for_marked"}
        assert not (structured and marks.get(some_id("DP02")) == "not_seen")
        assert not (heard and marks.get(some_id("DP03")) == "not_seen")
        assert structured or marks.get(some_id("DP02")) != "seen"


def test_rooms_are_what_they_are_called() -> None:
    by_room: dict[str, Counter[str]] = {}
    for visit, result, _ in walked():
        by_room.setdefault(visit.room, Counter())[result.verdict] += 1
    assert by_room["headphones"].most_common(1)[0][0] == "displaced"
    assert set(by_room["seminar"]) == {"preserved"}
    assert set(by_room["writing"]) == {"not_applicable"}
    assert set(by_room["stations"]) >= {"preserved", "at_risk"}


def test_most_loops_close_and_some_do_not_yet() -> None:
    ends = Counter(_stage(loop(visit, finished, NOW)) for visit, _, finished in walked())
    total = sum(ends.values())
    assert (ends["answered"] + ends["acknowledged"]) / total > 0.7
    assert ends["answered"] / total > 0.3
    assert ends["draft"] >= 1
    assert ends["shared"] >= 1


def _stage(closed: Loop) -> str:
    if closed.shared_at is None:
        return "draft"
    if closed.acknowledged_at is None:
        return "shared"
    return "answered" if closed.reply else "acknowledged"


def test_a_loop_goes_forward_in_time_and_never_past_now() -> None:
    for visit, _, finished in walked():
        closed = loop(visit, finished, NOW)
        steps = [finished, closed.shared_at, closed.opened_at, closed.acknowledged_at]
        known = [step for step in steps if step is not None]
        assert known == sorted(known)
        assert known[-1] <= NOW


def test_the_story_ends_with_one_letter_to_read_and_one_draft_to_share() -> None:
    endings = {
        visit.ending: (visit.teacher.family, visit.observer.family, visit.at.date())
        for visit in year()
        if visit.ending
    }
    assert endings["unread"] == ("Okafor", "Holt", date(2026, 11, 20))
    assert endings["draft"][1:] == ("Holt", date(2026, 11, 20))
