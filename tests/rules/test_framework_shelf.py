"""The files that are shipped: clean, complete, in our own words, with their rights."""

import re
from pathlib import Path

import pytest

from rules.framework import SHELF, Framework, LookFor, Shelf, check_files, read, read_shelf

FILES = sorted(SHELF.glob("*.yaml"))
FRAMEWORKS = {
    "cel-5d-plus-v3",
    "crosswalk-default",
    "danielson-2013",
    "danielson-2022",
    "england-teachers-standards",
    "intasc-2013",
    "t-tess",
    "tn-team",
    "world-bank-teach",
}
SETS = {
    "core-four": [f"BL{number:02}" for number in range(1, 14)],
    "discourse-protection": [f"DP{number:02}" for number in range(1, 8)],
    "flexible-pacing": [f"FP{number:02}" for number in range(1, 7)],
    "interests": ["IN01", "IN02"],
    "knowing-and-organizing": ["KO01", "KO02"],
    "make-it-their-own": [f"MO{number:02}" for number in range(1, 5)],
    "mastery-for-teachers": [f"MT{number:02}" for number in range(1, 6)],
    "mentoring": [f"ME{number:02}" for number in range(1, 6)],
    "substitution": [f"SU{number:02}" for number in range(1, 5)],
    "watch-outs": [f"WO{number:02}" for number in range(1, 4)],
}
# Where a framework names nothing near, a look-for is not tied to it, and coverage says so.
NOTHING_NEAR = {
    "cel-5d-plus-v3": {
        *("BL02", "BL06", "BL09", "BL10", "BL11", "BL12", "BL13", "FP03", "FP04", "IN01", "IN02"),
        *("KO02", "ME01", "ME02", "ME03", "ME04", "ME05", "MO01", "MO02", "MO03", "MO04", "MT02"),
        *("MT03", "MT05", "SU01", "SU02", "SU04", "WO02", "WO03"),
    },
    "world-bank-teach": {"IN01", "ME05", "MO04", "SU01"},
}
# The marks of discourse-linked components that were read at their source.
DISCOURSE = {
    "cel-5d-plus-v3": {"SE1", "SE4", "SE5"},
    "crosswalk-default": {"C1", "C2", "C3", "C4"},
    "danielson-2013": {"3b", "3c"},
    "danielson-2022": {"3b", "3c"},
    "england-teachers-standards": {"TS3"},
    "intasc-2013": {"3", "5", "8"},
    "t-tess": {"2.3", "3.3"},
    "tn-team": {"QUES", "GRP", "THNK"},
    "world-bank-teach": {"6", "9"},
}
BANNED = re.compile(
    r"!|\b(scores?|ratings?|rated|grades?|proficient|weak\w*|lack\w*|fail\w*|complian\w*|learners?|"
    r"users?|kids?|good job|needs improvement|you didn.t|poor\w*|bad)\b",
    re.IGNORECASE,
)
SENTENCES = (
    "ask",
    "starting",
    "growing",
    "strong",
    "example",
    "artifact",
    "resource",
    "step_phrase",
    "question_phrase",
)


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    return read_shelf()


def look_fors() -> list[LookFor]:
    return [look_for for each in read_shelf().sets for look_for in each.look_fors]


LOOK_FORS = look_fors()


def words(look_for: LookFor) -> list[str]:
    return [value for value in look_for.model_dump().values() if isinstance(value, str)]


def test_the_shelf_is_clean() -> None:
    assert FILES
    assert check_files(FILES) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_file_is_clean_by_itself_and_named_by_its_id(path: Path) -> None:
    assert check_files([path]) == []
    assert read(path).id == path.stem


def test_the_promised_frameworks_and_sets_are_there(shelf: Shelf) -> None:
    assert {each.id for each in shelf.frameworks} == FRAMEWORKS
    assert {each.id: [look_for.key for look_for in each.look_fors] for each in shelf.sets} == SETS


def test_frameworks_of_others_are_codes_and_names_with_a_notice(shelf: Shelf) -> None:
    for each in shelf.frameworks:
        if each.id == "crosswalk-default":
            continue
        assert each.rights.basis == "names_only", each.id
        assert "not affiliated with or endorsed by" in each.rights.required_notice, each.id
        assert all(component.description is None for component in each.components), each.id


def test_open_licences_carry_the_lines_they_ask_for(shelf: Shelf) -> None:
    notices = {each.id: each.rights.required_notice for each in shelf.frameworks}
    assert (
        "Contains public sector information licensed under the Open Government Licence v3.0."
        in notices["england-teachers-standards"]
    )
    assert "are not endorsed by The World Bank." in notices["world-bank-teach"]


def test_every_file_stands_in_the_list_of_licences() -> None:
    listed = (SHELF / "LICENSES").read_text(encoding="utf-8")
    flat = " ".join(listed.split())
    for path in FILES:
        assert f"\n{path.name}\n" in listed
        assert read(path).rights.required_notice in flat


def test_discourse_is_linked_exactly_where_it_was_read(shelf: Shelf) -> None:
    linked = {
        each.id: {part.plate for part in each.components if part.discourse_linked}
        for each in shelf.frameworks
    }
    assert linked == DISCOURSE


def test_plates_are_short_and_tell_components_apart(shelf: Shelf) -> None:
    for each in shelf.frameworks:
        plates = [part.plate for part in each.components]
        assert len(set(plates)) == len(plates), each.id
        assert all(1 <= len(plate) <= 4 for plate in plates), each.id


def test_what_was_not_read_at_its_source_is_left_out(shelf: Shelf) -> None:
    team = next(each for each in shelf.frameworks if each.id == "tn-team")
    domains = [part.name for part in team.components if part.parent is None]
    assert domains == ["Instruction", "Planning", "Environment"]
    for path in FILES:
        assert not re.search(r"marzano|aitsl|unverified", path.read_text(encoding="utf-8"), re.I)


def test_only_three_names_of_the_5d_plus_rubric_are_shipped(shelf: Shelf) -> None:
    rubric = next(each for each in shelf.frameworks if each.id == "cel-5d-plus-v3")
    indicators = [part for part in rubric.components if part.parent]
    assert len(indicators) == 30
    named = {part.code for part in indicators if part.name != f"Indicator {part.code}"}
    assert named == {"P1", "P4", "P5"}
    assert all(part.note for part in indicators if part.code not in named)


def test_sizes_agree_with_what_was_read(shelf: Shelf) -> None:
    leaves = {
        each.id: sum(1 for part in each.components if part.parent) for each in shelf.frameworks
    }
    assert leaves == {
        "cel-5d-plus-v3": 30,
        "crosswalk-default": 17,
        "danielson-2013": 22,
        "danielson-2022": 22,
        "england-teachers-standards": 8,
        "intasc-2013": 10,
        "t-tess": 16,
        "tn-team": 19,
        "world-bank-teach": 9,
    }


def test_levels_run_from_low_to_high_where_there_is_a_scale(shelf: Shelf) -> None:
    scales = {each.id: [level.label for level in each.levels] for each in shelf.frameworks}
    assert scales["danielson-2022"] == ["Unsatisfactory", "Basic", "Proficient", "Distinguished"]
    assert scales["t-tess"][0] == "Improvement Needed"
    assert scales["t-tess"][-1] == "Distinguished"
    assert scales["intasc-2013"] == scales["england-teachers-standards"] == []
    for each in shelf.frameworks:
        values = [level.value for level in each.levels]
        assert values == sorted(values)


def test_our_own_framework_describes_every_component(shelf: Shelf) -> None:
    own = next(each for each in shelf.frameworks if each.id == "crosswalk-default")
    assert own.rights.basis == "own_words"
    for part in own.components:
        assert part.description, part.id
        assert not BANNED.search(part.description.replace("grade-level", "")), part.id


@pytest.mark.parametrize("look_for", LOOK_FORS, ids=lambda each: each.key)
def test_each_look_for_is_complete(look_for: LookFor) -> None:
    for field in SENTENCES:
        assert getattr(look_for, field), field
    watch_out = look_for.role == "watch_out"
    assert bool(look_for.observation_phrase) is watch_out
    assert bool(look_for.strength_phrase) is not watch_out


@pytest.mark.parametrize("look_for", LOOK_FORS, ids=lambda each: each.key)
def test_each_statement_fits_a_button_on_a_phone(look_for: LookFor) -> None:
    assert len(look_for.statement) <= 90
    assert not look_for.statement.endswith(".")


@pytest.mark.parametrize("look_for", LOOK_FORS, ids=lambda each: each.key)
def test_each_look_for_speaks_with_our_voice(look_for: LookFor) -> None:
    for text in words(look_for):
        found = BANNED.search(re.sub("grade[- ]level", "", text))
        assert found is None, text
        assert not re.search(r"['\"]", text), f"straight quotation mark: {text}"
        assert "http" not in text


@pytest.mark.parametrize("look_for", LOOK_FORS, ids=lambda each: each.key)
def test_each_feedback_sentence_is_whole(look_for: LookFor) -> None:
    for text in (look_for.strength_phrase, look_for.observation_phrase, look_for.step_phrase):
        assert not text or re.fullmatch(r"[A-Z].*\.”?", text), text
    assert re.match(r"(Try|Keep|Add|Bring back) ", look_for.step_phrase)
    for question in (look_for.question_phrase, look_for.ask):
        assert question.endswith("?")
    assert re.match(r"(What|How|Which|When|Where|At which)\b", look_for.question_phrase), (
        "a question that opens"
    )


def test_counts_are_the_two_that_are_counted() -> None:
    assert [each.key for each in LOOK_FORS if each.kind == "c"] == ["BL10", "DP03"]


def test_roles_follow_the_sets(shelf: Shelf) -> None:
    roles = {each.id: {look_for.role for look_for in each.look_fors} for each in shelf.sets}
    alone = {"discourse-protection": {"protects"}, "watch-outs": {"watch_out"}}
    mixed = {"flexible-pacing": {None, "protects"}, "substitution": {None, "protects"}}
    assert roles == {name: {None} for name in SETS} | alone | mixed


def test_no_look_for_credits_following_a_script(shelf: Shelf) -> None:
    own = next(each for each in shelf.sets if each.id == "make-it-their-own")
    assert "None of them asks whether a script was followed" in " ".join(
        (own.summary or "").split()
    )
    for text in (text for look_for in LOOK_FORS for text in words(look_for)):
        assert not re.search(r"\b(fidelity|script|as prescribed)\b", text, re.IGNORECASE), text


def test_the_pair_keeps_the_grade_level_target_in_view(shelf: Shelf) -> None:
    pair = next(each for each in shelf.sets if each.id == "knowing-and-organizing")
    knows, organizes = pair.look_fors
    assert "each group" in knows.statement
    assert "grade-level target" in organizes.statement


def test_each_set_says_what_it_is_for_in_a_line_that_a_guide_can_print(shelf: Shelf) -> None:
    for each in shelf.sets:
        assert each.summary, each.id
        assert len(" ".join(each.summary.split())) <= 260, each.id


def test_a_new_walk_starts_with_a_focus_of_eight() -> None:
    focus = [each.key for each in LOOK_FORS if each.focus]
    assert len(focus) == 8
    assert {"DP01", "DP02", "DP03"} <= set(focus)


@pytest.mark.parametrize("framework", sorted(FRAMEWORKS))
def test_every_look_for_is_tied_to_the_framework_with_a_reason(
    framework: str, shelf: Shelf
) -> None:
    ties = [tie for tie in shelf.alignments if tie.framework == framework]
    tied = {tie.look_for for tie in ties}
    everything = {each.key for each in LOOK_FORS}
    assert tied == everything - NOTHING_NEAR.get(framework, set())
    for tie in ties:
        assert re.fullmatch(r"[A-Z].{20,160}\.", tie.reason), tie.reason
        assert not BANNED.search(re.sub("grade[- ]level", "", tie.reason)), tie.reason


def test_look_fors_that_protect_talk_wear_a_discourse_linked_component(shelf: Shelf) -> None:
    linked = {
        (each.id, part.id)
        for each in shelf.frameworks
        for part in each.components
        if part.discourse_linked
    }
    protecting = {each.key for each in LOOK_FORS if each.role == "protects"} | {"WO01"}
    first: dict[tuple[str, str], str] = {}
    for tie in shelf.alignments:
        first.setdefault((tie.framework, tie.look_for), tie.component)
    for (framework, look_for), component in first.items():
        if look_for in protecting:
            assert (framework, component) in linked, (framework, look_for)


def test_the_example_in_the_format_description_is_a_clean_file(tmp_path: Path) -> None:
    text = (SHELF / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    head, framework, look_for_set, alignments = blocks

    def named(kind: str) -> str:
        other = head.replace("kind: framework", f"kind: {kind}").replace("elm-county-2026", "x")
        return re.sub(r"summary: .*\n", "", other)

    # The example shows every field, also the two that never stand together.
    look_for_set = re.sub(r" +strength_phrase: .*\n", "", look_for_set)
    for name, content in {
        "elm-county-2026": head + framework,
        "look-fors": named("look-for set") + look_for_set,
        "ties": named("alignments").replace("id: x", "id: ties") + alignments,
    }.items():
        (tmp_path / f"{name}.yaml").write_text(content, encoding="utf-8")
    assert [str(fault) for fault in check_files(sorted(tmp_path.glob("*.yaml")))] == []


def test_reading_the_shelf_gives_plain_python_values(shelf: Shelf) -> None:
    assert isinstance(shelf.frameworks, tuple)
    assert all(isinstance(each, Framework) for each in shelf.frameworks)
