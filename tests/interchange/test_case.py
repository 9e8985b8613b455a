"""CASE packages as vendors write them: read liberally, refused exactly, given back whole."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from interchange.framework import NotRead, read, write
from rules.framework import Brought

AT = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
DOC = "aaaaaaaa-0000-4000-8000-000000000000"


def uuid(number: int) -> str:
    """The identifier of an item."""
    return f"bbbbbbbb-0000-4000-8000-{number:012d}"


def item(number: int, statement: str, **more: Any) -> dict[str, Any]:
    """A CFItem."""
    return {"identifier": uuid(number), "fullStatement": statement} | more


def child(number: int, parent: int | None, **more: Any) -> dict[str, Any]:
    """An isChildOf association; the document is None."""
    end = uuid(parent) if parent else DOC
    return {
        "associationType": "isChildOf",
        "originNodeURI": {"title": "", "identifier": uuid(number), "uri": f"x:{number}"},
        "destinationNodeURI": {"title": "", "identifier": end, "uri": "x:y"},
    } | more


def package(items: list[Any], associations: list[Any] | None = None, **more: Any) -> dict[str, Any]:
    """A package."""
    document = {"identifier": DOC, "title": "State rubric", "creator": "The State"}
    return {"CFDocument": document, "CFItems": items, "CFAssociations": associations} | more


def brought(value: Any) -> Brought:
    """What it brings."""
    return read(json.dumps(value).encode(), "package.json")


def refused(value: Any) -> list[str]:
    """What is said where it cannot be taken."""
    with pytest.raises(NotRead) as refusal:
        brought(value)
    return [str(fault) for fault in refusal.value.faults]


def names(found: Brought) -> list[str]:
    """The names in reading order, each after that of its parent."""
    known = {component.id: component.name for component in found.components}
    return [f"{known[c.parent]}>{c.name}" if c.parent else c.name for c in found.components]


FLAT = package([item(1, "One"), item(2, "Two")])


@pytest.mark.parametrize(
    "wrapped",
    [
        FLAT,
        {"CFPackage": FLAT},
        {"data": {"CFPackage": FLAT}},
        [FLAT],
        FLAT | {"CFRubrics": None, "CFDefinitions": None, "extensions": None},
    ],
)
def test_a_package_is_found_bare_or_wrapped_and_with_null_for_what_is_lacking(
    wrapped: Any,
) -> None:
    assert names(brought(wrapped)) == ["One", "Two"]


def test_order_is_by_sequence_number_then_list_enumeration_then_file() -> None:
    items = [
        item(1, "file first"),
        item(2, "enumerated 10", listEnumeration="10"),
        item(3, "enumerated 9", listEnumeration="9"),
        item(4, "second", listEnumeration="1"),
        item(5, "first", listEnumeration="2"),
        item(6, "file last"),
    ]
    ties = [child(n, None) for n in (1, 2, 3, 6)]
    ties += [child(4, None, sequenceNumber=2), child(5, None, sequenceNumber="1")]
    found = names(brought(package(items, ties)))
    assert found == ["first", "second", "enumerated 9", "enumerated 10", "file first", "file last"]


def test_links_may_be_texts_and_roots_need_no_association() -> None:
    tie = {
        "associationType": "Is Child Of",
        "originNodeURI": f"https://example.org/ims/case/v1p0/CFItems/{uuid(2).upper()}",
        "destinationNodeURI": uuid(1),
    }
    assert names(brought(package([item(1, "Top"), item(2, "Under")], [tie]))) == [
        "Top",
        "Top>Under",
    ]


LINK = {"associationType": "isChildOf"}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (package([]) | {"CFItems": {uuid(1): {"fullStatement": "One"}}}, ["One"]),
        (package([item(1, "One"), None], [None]), ["One"]),
        (package([item(1, "One")]) | {"CFAssociations": {}, "CFRubrics": {}}, ["One"]),
        (
            package(
                [{"identifier": n, "fullStatement": f"No. {n}"} for n in (5, 6)],
                [LINK | {"originNodeURI": 6, "destinationNodeURI": {"identifier": 5}}],
            ),
            ["No. 5", "No. 5>No. 6"],
        ),
        (
            package(
                [{"identifier": n, "fullStatement": n} for n in ("std-1", "std-1-a")],
                [LINK | {"originNodeURI": "std-1-a", "destinationNodeURI": "std-1"}],
            ),
            ["std-1", "std-1>std-1-a"],
        ),
        (
            package(
                [
                    {"identifier": f"{{{uuid(1).upper()}}}", "fullStatement": "Braces"},
                    {"identifier": f"urn:uuid:{uuid(2)}", "fullStatement": "Name"},
                    {"uri": f"https://x/CFItems/{uuid(3)}/", "fullStatement": "Address"},
                ],
                [child(2, 1), child(3, 2)],
            ),
            ["Braces", "Braces>Name", "Name>Address"],
        ),
        (
            package(
                [item(1, "One", humanCodingScheme=1.1, CFItemType=None, educationLevel="KG")],
                [LINK | {"originNodeURI": None, "destinationNodeURI": None}, {}],
            ),
            ["One"],
        ),
        (package([item(1, "", abbreviatedStatement="Short")]), ["Short"]),
        (package([item(1, "", alternativeLabel="Label")]), ["Label"]),
        (package([item(1, "Code\r\nlines", humanCodingScheme="1\r\na")]), ["Code"]),
        (
            package(
                [item(1, "One"), item(2, "Two")],
                [child(1, None, sequenceNumber="first"), child(2, None, sequenceNumber=1.0)],
            ),
            ["Two", "One"],
        ),
    ],
)
def test_shapes_that_vendors_write_are_read_and_can_be_written(
    value: Any, expected: list[str]
) -> None:
    found = brought(value)
    assert names(found) == expected
    again = brought(json.loads(write(found, "case", at=AT)))
    assert names(again) == expected


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_package_is_read_in_the_encodings_that_editors_save(encoding: str) -> None:
    text = json.dumps(package([item(1, "Oné")]), ensure_ascii=False)
    assert names(read(text.encode(encoding), "package.json")) == ["Oné"]


def test_markdown_and_line_ends_are_shown_as_text_and_a_long_statement_is_a_description() -> None:
    found = brought(package([item(1, "A _table_:\r\n\r\n| a |\r\n"), item(2, "<b>Bold</b>")]))
    first, second = found.components
    assert (first.name, first.description) == ("A _table_:", "A _table_:\n\n| a |")
    assert (second.name, second.description) == ("<b>Bold</b>", None)


def test_rubrics_become_level_descriptors() -> None:
    levels = [
        {"quality": "Strong", "score": 3, "description": "Everybody."},
        {"quality": "Weak", "score": 1, "description": "Nobody."},
    ]
    criteria = [
        {"CFItemURI": {"identifier": uuid(1)}, "CFRubricCriterionLevels": levels},
        {"category": "belongs to nothing", "CFRubricCriterionLevels": levels[:1]},
    ]
    found = brought(package([item(1, "One")], CFRubrics=[{"CFRubricCriteria": criteria}]))
    assert [(level.value, level.label) for level in found.levels] == [(1, "Weak"), (3, "Strong")]
    assert [(d.level, d.text) for d in found.components[0].descriptors] == [
        (1, "Nobody."),
        (3, "Everybody."),
    ]
    assert "1 rubric criterion without an item" in found.remarks[0]


def test_several_parents_and_parents_elsewhere_are_told_and_kept() -> None:
    items = [item(1, "A"), item(2, "B"), item(3, "C"), item(4, "D")]
    found = brought(package(items, [child(3, 1), child(3, 2), child(4, 99)]))
    assert names(found) == ["A", "A>C", "B", "D"]
    assert "1 item stood under several parents" in found.remarks[0]
    assert "1 item stood under something that is not in this file" in found.remarks[1]
    assert len(json.loads(write(found, "case", at=AT))["CFAssociations"]) == 4 + 2


def test_a_long_code_is_shown_by_its_end_and_goes_out_whole() -> None:
    code = "CCSS.Math.Content.K.CC.A.1"
    found = brought(package([item(1, "Count", humanCodingScheme=code)]))
    assert found.components[0].code == "K.CC.A.1"
    assert json.loads(write(found, "case", at=AT))["CFItems"][0]["humanCodingScheme"] == code


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({"CFDocuments": [{"title": "A"}]}, "a list of documents"),
        ([FLAT, FLAT], "a list of 2 things"),
        ({"CFItems": []}, "“CFDocument” is missing"),
        ({"hello": 1}, "no CASE package"),
        (package([]), "package.json, CFItems: The package holds no items"),
        (package(["x"]), "CFItems[0]: This entry of “CFItems” is not an object"),
        (package([item(1, "A"), {"fullStatement": "B"}]), "CFItems[1].identifier"),
        (package([item(1, "A"), item(2, " \n")]), "CFItems[1].fullStatement: The item has no"),
        (package([item(1, "A"), item(1, "B")]), "belongs to 2 items"),
        (package([item(1, "A"), item(2, "B")], [child(1, 2), child(2, 1)]), "under itself"),
        (package([item(1, "A")]) | {"CFDocument": {"identifier": DOC}}, "has no title"),
    ],
)
def test_a_package_that_cannot_be_taken_says_what_where_and_why(value: Any, said: str) -> None:
    assert said in refused(value)[0]


def test_all_faults_are_told_at_once() -> None:
    assert len(refused(package([{}, {}, item(1, "A"), item(1, "B")]))) == 5


def test_what_came_in_goes_out() -> None:
    given = package(
        [
            item(1, "One", humanCodingScheme="1", notes="n", educationLevel="KG", odd=7),
            item(2, "Two\r\nlines", abbreviatedStatement="2", CFItemType="Indicator"),
        ],
        [
            child(1, None, identifier=uuid(71), sequenceNumber=5),
            child(2, 1, identifier=uuid(72)),
            child(2, 88) | {"associationType": "exactMatchOf", "identifier": uuid(73)},
            child(2, 1) | {"associationType": "looks like", "identifier": uuid(74)},
        ],
        CFDefinitions={"CFLicenses": [{"identifier": uuid(81), "title": "CC"}], "Odd": 1},
        extensions={"theirs": True},
    )
    out = json.loads(write(brought(given), "case", at=AT))
    one, two = out["CFItems"]
    assert (one["notes"], one["educationLevel"]) == ("n", ["KG"])
    assert one["extensions"]["odd"] == 7
    assert two["fullStatement"] == "Two\r\nlines"
    ties = {tie["identifier"]: tie for tie in out["CFAssociations"]}
    assert ties[uuid(71)]["sequenceNumber"] == 5
    assert ties[uuid(73)]["associationType"] == "exactMatchOf"
    assert ties[uuid(74)]["associationType"] == "ext:lookslike"
    assert out["CFDefinitions"]["CFLicenses"][0]["licenseText"] == ""
    assert out["CFDefinitions"]["extensions"] == {"Odd": 1}
    assert out["extensions"] == {"theirs": True}
    assert out["CFDocument"]["caseVersion"] == "1.1"


def test_only_what_was_changed_here_is_written_anew() -> None:
    found = brought(package([item(1, "One  "), item(2, "Two")], [child(1, None), child(2, None)]))
    one, two = found.components
    changed = one.model_copy(update={"name": "Uno"})
    out = json.loads(write(found.model_copy(update={"components": (two, changed)}), "case", at=AT))
    assert [each["fullStatement"] for each in out["CFItems"]] == ["Two", "Uno"]
    assert names(brought(out)) == ["Two", "Uno"]
