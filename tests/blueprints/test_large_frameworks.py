"""A framework of more components than a page holds: one level at a time, on every page of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from models.alignment import Alignment
from models.base import db
from models.framework import Component, Framework, FrameworkUpload
from models.framework.versions import adopt, bring
from rules.framework import Brought, Rights
from rules.framework import Component as Part
from tests.cast import BEGAN, Cast
from tests.page import Visitor

Visit = Callable[..., Visitor]
RIGHTS = Rights(
    holder="The State",
    licence="CC BY 4.0",
    basis="own_words",
    source_url=None,
    required_notice="© The State",
    checked_on=BEGAN.date(),
)


def brought() -> Brought:
    """Two domains, ten strands, and twenty-five parts in each strand."""
    parts = []
    for domain in ("1", "2"):
        parts.append(Part(id=domain, code=domain, name=f"Domain {domain}"))
        for strand in (f"{domain}.{number}" for number in range(1, 6)):
            parts.append(Part(id=strand, code=strand, parent=domain, name=f"Strand {strand}"))
            parts += [
                Part(id=f"{strand}.{n}", code=f"{strand}.{n}", parent=strand, name=f"Part {n}")
                for n in range(1, 26)
            ]
    return Brought(
        id="state", name="State framework", version="2026", rights=RIGHTS, components=tuple(parts)
    )


@pytest.fixture
def framework(cast: Cast) -> Framework:
    """The same as a draft."""
    draft = bring(brought(), cast.lead.district, by=cast.lead, at=BEGAN)
    db.session.commit()
    return draft


def part(framework: Framework, key: str) -> Component:
    """One component by its code."""
    rows = select(Component).where(Component.framework_id == framework.id, Component.key == key)
    return db.session.scalars(rows).one()


def test_the_framework_opens_level_by_level_and_is_found_in_by_words(
    visit: Visit, cast: Cast, framework: Framework
) -> None:
    lead, path = visit(cast.lead), f"/frameworks/{framework.id}"
    top = lead.get(path)
    assert "Domain 2 5 parts" in top.words
    assert "Strand" not in top.words
    strand = part(framework, "1.2")
    level = lead.get(f"{path}?under={strand.id}")
    assert "Part 25" in level.words
    assert "Strand 1.3" not in level.words
    assert f"under={strand.parent_id}" in level.text
    found = lead.get(f"{path}?find=2.5+strand")
    assert "1 component with" in found.words
    assert "Strand 2.5" in found.words
    many = lead.get(f"{path}?find=part")
    assert "and 190 more. Add a word to find fewer." in many.words
    assert "Nothing here is called that" in lead.get(f"{path}?find=zebra").words
    assert lead.get(f"{path}?under=nowhere").status == 404


def test_the_editor_opens_level_by_level_and_comes_back_to_where_one_was(
    visit: Visit, cast: Cast, framework: Framework
) -> None:
    lead, strand = visit(cast.lead), part(framework, "1.2")
    page = lead.get(f"/frameworks/{framework.id}/edit?under={strand.id}")
    assert f"/components/{part(framework, '1.2.3').id}" in page.text
    new = f"/frameworks/{framework.id}/components/new"
    form = lead.get(f"{new}?under={strand.id}")
    assert "Strand 2.5" in form.words
    assert "1.2.4 Part 4" not in form.words, "only places where something stands already"
    added = lead.post(new, {"name": "One more", "parent": str(strand.id), "kind": "part"})
    assert added.response.headers["Location"].endswith(f"/edit?under={strand.id}")
    under = part(framework, "1.2.4")
    lower = lead.post(new, {"name": "Lower", "parent": str(under.id), "kind": "part"})
    assert lower.response.headers["Location"].endswith(f"/edit?under={under.id}")


def test_the_preview_of_a_file_opens_level_by_level(visit: Visit, cast: Cast) -> None:
    kept = FrameworkUpload.keep(brought(), "state.json", by=cast.lead, at=BEGAN)
    db.session.commit()
    lead, path = visit(cast.lead), f"/frameworks/import/{kept.id}"
    assert "Domain 2 5 parts" in lead.get(path).words
    assert "Part 25" in lead.get(f"{path}?under=2.5").words


def test_coverage_and_alignments_of_it_keep_to_one_part(
    visit: Visit, cast: Cast, framework: Framework
) -> None:
    adopt(framework, by=cast.lead, at=BEGAN)
    db.session.commit()
    lead, strand, leaf = visit(cast.lead), part(framework, "2.5"), part(framework, "2.5.7")
    whole = lead.get("/coverage")
    assert "Strand 2.5 25 components open" in whole.words
    assert "Part 25" not in whole.words
    assert "Part 25" in lead.get(f"/coverage?part={strand.id}").words
    path = f"/alignments?look_for={cast.look_for('BL01').id}"
    assert f'value="{leaf.id}"' not in lead.get(path).text
    assert f'value="{leaf.id}"' in lead.get(f"{path}&part={strand.id}").text
    tied = lead.post(f"{path}&part={strand.id}", {"other": str(leaf.id), "reason": "It fits."})
    assert tied.status == 302
    assert db.session.get(Alignment, (cast.look_for("BL01").id, leaf.id)) is not None
    assert f'value="{leaf.id}"' in lead.get(path).text, "it opens where something is tied"
    by_component = lead.get(f"/alignments?by=component&part={strand.id}")
    assert f"component={leaf.id}" in by_component.text
