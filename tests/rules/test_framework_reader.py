"""The reader of the shelf: what it takes, and how it says what it refuses."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules.framework import (
    SHELF,
    Alignments,
    Fault,
    Faults,
    Framework,
    LookForSet,
    check_files,
    read,
    read_bytes,
    read_shelf,
)

BROKEN = Path(__file__).parents[1] / "vectors" / "frameworks"

EXPECTED = {
    "alias.yaml": ["13:5: The anchor “&first”", "14:5: The alias “*first”"],
    "alignments-astray.yaml": [
        "13:19: There is no look-for set “no-such-set”",
        "15:33: “3z” is not a component of “danielson-2022”",
        "17:16: “BL01” is tied to “3a” twice, first on line 16",
    ],
    "alignments-to-unknown-look-for.yaml": ["15:16: “BL99” is not a look-for of “core-four”"],
    "circle.yaml": ["13:30: The component “a” is its own parent"],
    "control-character.yaml": ["12:10: “summary” of the file holds a control character"],
    "described-without-rights.yaml": ["13:55: A description stands in a file whose basis"],
    "empty.yaml": ["1:1: The file is empty"],
    "five-faults.yaml": [
        "7:3: “license” is not a field of the rights. Did you mean “licence”?",
        "9:10: “basis” of the rights is “everything”. Write one of: names_only, full_text,",
        "14:13: “value” of level “Starting” is “first”. Write a whole number",
        "17:32: The parent “9” is not a component of this file. Write the id of one",
        "18:10: The component id “1a” is used twice, first on line 17.",
    ],
    "hidden-text.yaml": ["3:1: “nmae” is not a field of the file. Did you mean “name”?"],
    "latin-1.yaml": ["3:7: The byte 0xc9 is not UTF-8 text"],
    "list-at-top.yaml": ["1:1: The file is a list at the top"],
    "many-digits.yaml": ["13:13: “value” of level “High” is “9999"],
    "merge-key.yaml": ["16:5: The merge key “<<” is not allowed"],
    "no-plate.yaml": ["13:5: The component “planning” has neither code nor short"],
    "only-a-comment.yaml": ["1:1: The file is empty"],
    "plain.yaml": [],
    "tab.yaml": ["6:1: A tab is used to indent this line"],
    "tag.yaml": ["12:10: The tag “!!python/object/apply:os.getcwd” is not allowed"],
    "twice.yaml": ["12:1: The field “name” is written twice, first on line 3"],
    "two-documents.yaml": ["14:1: A second document starts here"],
    "unknown-kind.yaml": ["1:1: The kind “rubric” is not known"],
    "watch-out-as-strength.yaml": [
        "17:22: A watch-out cannot have a strength_phrase",
        "20:11: “kind” of look-for “EC02” is “s”. Write one of: p, c.",
        "21:11: “role” of look-for “EC02” is “protector”. Write one of: protects, watch_out.",
    ],
    "without-rights.yaml": ["1:1: “rights” is missing from the file. Add a line “rights: …”"],
}


def test_every_broken_sample_is_expected_here() -> None:
    assert {path.name for path in BROKEN.iterdir()} == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_each_fault_is_one_line_with_its_place_and_a_remedy(name: str) -> None:
    lines = [str(fault) for fault in check_files([BROKEN / name])]
    assert len(lines) == len(EXPECTED[name]), lines
    for line, expected in zip(lines, EXPECTED[name], strict=True):
        assert line.startswith(f"{BROKEN / name}:{expected}")
        assert line.endswith((".", "?"))
        assert "\n" not in line
        assert line.isprintable()


def test_five_different_faults_are_five_lines() -> None:
    faults = check_files([BROKEN / "five-faults.yaml"])
    assert [fault.line for fault in faults] == [7, 9, 14, 17, 18]
    assert len({fault.what.split()[-1] for fault in faults}) == 5


def test_reading_a_broken_file_raises_all_its_faults() -> None:
    with pytest.raises(Faults) as raised:
        read(BROKEN / "five-faults.yaml")
    assert len(raised.value.faults) == 5
    assert str(raised.value).count("\n") == 4


def test_faults_of_several_files_stand_in_the_order_given() -> None:
    files = [BROKEN / "tab.yaml", BROKEN / "no-plate.yaml", BROKEN / "empty.yaml"]
    told = [fault.file for fault in check_files([*files, files[0]])]
    assert told[0] == str(files[0])
    assert told[-1] == str(files[2])
    assert set(told) == {str(path) for path in files}


def test_a_missing_file_a_folder_and_a_pipe_are_said_and_not_opened(tmp_path: Path) -> None:
    faults = check_files([tmp_path / "none.yaml", tmp_path, Path("/dev/zero"), "a\0b"])
    assert [fault.what for fault in faults] == [
        "There is no file here",
        "There is a folder here",
        "There is no file here",
        "There is no file here",
    ]


HEAD = """kind: framework
id: elm-county-2026
name: no
version: 1.10
rights: {holder: H, licence: L, basis: own_words, source_url: null, required_notice: N,
  checked_on: 2026-11-21}
"""


def framework(rest: str) -> Framework:
    content = read_bytes((HEAD + rest).encode(), "sent.yaml")
    assert isinstance(content, Framework)
    return content


def refused(text: str) -> list[str]:
    with pytest.raises(Faults) as raised:
        read_bytes(text.encode(), "sent.yaml")
    return [str(fault) for fault in raised.value.faults]


def test_text_is_taken_as_it_is_written() -> None:
    got = framework("components: [{id: 1.10, code: 0x1F, name: 12:30:45}]\n")
    assert (got.name, got.version) == ("no", "1.10")
    only = got.components[0]
    assert (only.id, only.code, only.name) == ("1.10", "0x1F", "12:30:45")
    assert got.rights.checked_on == date(2026, 11, 21)


def test_the_order_of_the_file_is_the_position() -> None:
    got = framework("components: [{id: b, code: B, name: B}, {id: a, code: A, name: A}]\n")
    assert [(each.id, each.position) for each in got.components] == [("b", 0), ("a", 1)]


def test_the_plate_is_the_code_or_the_short_form() -> None:
    got = framework("components: [{id: q, short: QUES, name: Q}, {id: b, code: 3b, name: B}]\n")
    assert [each.plate for each in got.components] == ["QUES", "3b"]


def test_a_file_with_a_byte_order_mark_and_windows_line_ends_is_read() -> None:
    text = (HEAD + "components: [{id: a, code: A, name: B}]\n").replace("\n", "\r\n")
    assert read_bytes(b"\xef\xbb\xbf" + text.encode(), "sent.yaml").id == "elm-county-2026"


def test_nothing_of_the_file_can_be_changed_after_reading() -> None:
    got = framework("components: [{id: a, code: A, name: B}]\n")
    with pytest.raises(ValueError, match="frozen"):
        got.components[0].name = "other"


@pytest.mark.parametrize(
    ("rest", "said"),
    [
        ("components: []\n", "“components” of the file is an empty list"),
        ("components: one\n", "“components” of the file must be a list"),
        ("components: [one]\n", "Component number 1 must be a group of fields"),
        ("components: [{id: a, code: A, name: }]\n", "“name” of component “a” is empty"),
        ("components: [{id: a, code: A, name: [b]}]\n", "“name” of component “a” must be text"),
        (
            "components: [{id: a, code: A, name: B, discourse_linked: yes}]\n",
            "“discourse_linked” of component “a” is “yes”. Write true or false.",
        ),
        (
            "components: [{id: a, code: A, name: B, position: 3}]\n",
            "“position” of component “a” cannot be written",
        ),
        (
            "components: [{id: <b>, code: A, name: B}]\n",
            "“<b>” cannot be used as “id” of component “<b>”",
        ),
        (
            "components: [{id: a, short: QUESTION, name: B}]\n",
            "“QUESTION” cannot be used as “short” of component “a”",
        ),
        ("summary: " + "x" * 4001 + "\ncomponents: [{id: a, code: A, name: B}]\n", "4,001 char"),
        ("components: [{id: a, code: A, name: B}]\ncolour: red\n", "“colour” is not a field"),
    ],
)
def test_each_wrong_value_is_one_fault(rest: str, said: str) -> None:
    lines = refused(HEAD + rest)
    assert len(lines) == 1, lines
    assert said in lines[0]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("2026-11-21}", "2026-02-31}", "“checked_on” of the rights is “2026-02-31”"),
        ("url: null", "url: javascript:alert(1)", "starts with https://"),
        ("id: elm-county-2026", "id: ../../etc", "cannot be used as “id” of the file"),
        ("holder: H, ", "", "“holder” is missing from the rights"),
    ],
)
def test_each_wrong_field_of_the_head_is_one_fault(old: str, new: str, said: str) -> None:
    assert old in HEAD
    lines = refused(HEAD.replace(old, new) + "components: [{id: a, code: A, name: B}]\n")
    assert len(lines) == 1, lines
    assert said in lines[0]


def test_without_a_kind_the_rest_of_the_file_is_still_checked() -> None:
    text = HEAD.replace("kind: framework\n", "") + "components: [{id: a, code: A}]\n"
    lines = refused(text)
    assert len(lines) == 2
    assert "“kind” is missing" in lines[0]
    assert "“name” is missing from component “a”" in lines[1]


def test_each_of_several_circles_is_said_once() -> None:
    text = (
        HEAD
        + "components:\n"
        + "".join(
            f"  - {{id: {name}, code: {name}, parent: {parent}, name: N}}\n"
            for name, parent in [("a", "b"), ("b", "a"), ("c", "c"), ("d", "a")]
        )
    )
    assert len(refused(text)) == 2


def test_two_files_with_one_id_are_refused(tmp_path: Path) -> None:
    copy = tmp_path / "copy.yaml"
    copy.write_bytes((BROKEN / "plain.yaml").read_bytes())
    faults = check_files([BROKEN / "plain.yaml", copy])
    assert [(fault.file, fault.line) for fault in faults] == [(str(copy), 2)]
    assert "already used by" in faults[0].what


def test_alignments_use_the_files_given_before_the_shelf(tmp_path: Path) -> None:
    own = tmp_path / "danielson-2022.yaml"
    text = (SHELF / "danielson-2022.yaml").read_text(encoding="utf-8")
    own.write_text(text.replace("{id: 3a, code: 3a", "{id: 3x, code: 3a"), encoding="utf-8")
    faults = check_files([SHELF / "alignments-danielson-2022.yaml", own])
    assert {fault.what for fault in faults} == {"“3a” is not a component of “danielson-2022”"}


def test_a_framework_named_where_a_set_belongs_is_said(tmp_path: Path) -> None:
    text = (SHELF / "alignments-t-tess.yaml").read_text(encoding="utf-8")
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(text.replace("[core-four, ", "[t-tess, "), encoding="utf-8")
    faults = check_files([wrong])
    assert "“t-tess” is of kind “framework”" in faults[0].what


def test_a_shelf_with_more_than_twelve_in_focus_is_refused(tmp_path: Path) -> None:
    head = HEAD.replace("framework", "look-for set")
    for name in ("one", "two"):
        look_fors = "".join(
            f"  - {{key: {name}{number}, statement: S, kind: p, focus: true}}\n"
            for number in range(7)
        )
        text = head.replace("elm-county-2026", name) + "look_fors:\n" + look_fors
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(Faults, match="Together these sets have 14 look-fors"):
        read_shelf(tmp_path)


def test_one_set_with_more_than_twelve_in_focus_is_refused() -> None:
    look_fors = "".join(
        f"  - {{key: k{number}, statement: S, kind: p, focus: true}}\n" for number in range(14)
    )
    lines = refused(HEAD.replace("framework", "look-for set") + "look_fors:\n" + look_fors)
    assert len(lines) == 1
    assert ":20:" in lines[0]


def test_a_shelf_reads_only_what_stands_in_its_folder(tmp_path: Path) -> None:
    source = SHELF / "alignments-t-tess.yaml"
    (tmp_path / source.name).write_bytes(source.read_bytes())
    with pytest.raises(Faults, match="There is no framework “t-tess”"):
        read_shelf(tmp_path)


def test_each_kind_of_file_is_read_as_what_it_is() -> None:
    assert isinstance(read(SHELF / "t-tess.yaml"), Framework)
    assert isinstance(read(SHELF / "core-four.yaml"), LookForSet)
    ties = read(SHELF / "alignments-t-tess.yaml")
    assert isinstance(ties, Alignments)
    assert {tie.framework for tie in ties.alignments} == {"t-tess"}


SHIPPED = [path.read_bytes() for path in sorted(SHELF.glob("*.yaml"))]


@given(st.data())
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_file_damaged_anywhere_is_read_or_refused_and_nothing_else(data: st.DataObject) -> None:
    whole = data.draw(st.sampled_from(SHIPPED))
    start = data.draw(st.integers(0, len(whole)))
    length = data.draw(st.integers(0, 40))
    middle = data.draw(st.one_of(st.binary(max_size=8), st.sampled_from(PIECES)))
    damaged = whole[:start] + middle + whole[start + length :]
    for fault in faults_in(damaged):
        # YAML counts a lone carriage return as a line too, and a piece may bring eight of them.
        assert fault.line <= damaged.count(b"\n") + 10
        assert str(fault).isprintable()


def faults_in(data: bytes) -> tuple[Fault, ...]:
    try:
        read_bytes(data, "sent.yaml")
    except Faults as refusal:
        return refusal.faults or pytest.fail("refused without a reason")
    return ()


PIECES = [b"\t", b"&a ", b"*a", b"!!int ", b"<<: ", b"- ", b": ", b"[", b"}", b'"', b"---\n", b"\n"]
