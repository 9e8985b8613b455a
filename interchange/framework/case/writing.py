"""A framework written as a CASE 1.1 package: what came in goes out, with what was changed here.

Identifiers that came in are kept. Where another system's own form of a part is at hand, it is the
ground that only the changes are written on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from interchange.framework.case import terms
from interchange.framework.case.conform import conform, link
from interchange.framework.case.links import as_uuid, identifier_of
from interchange.framework.case.reading import OURS
from interchange.framework.case.rubrics import rubric_of
from interchange.framework.case.statements import changed
from interchange.framework.case.tree import order
from rules.framework import Brought, Component


def write_case(brought: Brought, *, at: datetime) -> dict[str, Any]:
    """The values of one CFPackage, valid against CASE 1.1; `at` dates what has no date."""
    return _Package(brought, at).values()


class _Package:
    def __init__(self, brought: Brought, at: datetime) -> None:
        self.brought = brought
        self.outside = brought.outside
        self.at = at
        self.ids = {c.id: c.source or as_uuid(f"{brought.id}/{c.id}") for c in brought.components}
        self.document_id = as_uuid(
            identifier_of(self.outside.document) or f"{brought.id}/{brought.version}"
        )

    def values(self) -> dict[str, Any]:
        document = self.document()
        items = [self.item(component) for component in self.brought.components]
        addresses = {item["identifier"]: item["uri"] for item in items}
        found = {
            "CFDocument": document,
            "CFItems": items,
            "CFAssociations": [*self.links(document, addresses), *self.others()],
            "CFDefinitions": self.definitions(),
            "CFRubrics": self.rubrics(),
        }
        extensions = self.outside.extensions
        return {k: v for k, v in found.items() if v} | (
            {"extensions": extensions} if extensions else {}
        )

    def document(self) -> dict[str, Any]:
        brought, raw = self.brought, dict(self.outside.document)
        raw |= {
            "identifier": self.document_id,
            "caseVersion": "1.1",
            "title": _kept(raw.get("title"), brought.name),
            "version": brought.version,
            "creator": raw.get("creator") or brought.holder or _holder(brought) or brought.name,
        }
        if brought.summary and " ".join(brought.summary.split()) != _flat(raw.get("description")):
            raw["description"] = brought.summary
        ours: dict[str, Any] = {"id": brought.id}
        if brought.rights:
            ours["rights"] = brought.rights.model_dump(mode="json")
        if brought.levels:
            ours["levels"] = [level.model_dump() for level in brought.levels]
        return conform(_extended(raw, ours), terms.DOCUMENT, at=self.at)

    def item(self, component: Component) -> dict[str, Any]:
        raw = dict(self.outside.items.get(component.id, {}))
        raw["identifier"] = self.ids[component.id]
        raw |= changed(
            raw,
            code=component.code or "",
            name=component.name,
            description=component.description or "",
            kind=component.kind,
        )
        ours: dict[str, Any] = {}
        if component.id != self.ids[component.id]:
            ours["id"] = component.id
        if component.discourse_linked:
            ours["discourse_linked"] = True
        if component.note:
            ours["note"] = component.note
        if component.short:
            ours["short"] = component.short
        return conform(_extended(raw, ours), terms.ITEM, at=self.at)

    def links(
        self, document: Mapping[str, Any], addresses: Mapping[str, str]
    ) -> Iterable[dict[str, Any]]:
        """The tree: each component under its parent, in order."""
        below: dict[str | None, list[Component]] = {}
        for component in self.brought.components:
            below.setdefault(component.parent, []).append(component)
        names = {c.id: c.code or c.name for c in self.brought.components}
        for parent, children in below.items():
            target = self.ids[parent] if parent else self.document_id
            kept = [self.link_of(child, target) for child in children]
            as_it_was = self.in_order(children, kept)
            for place, (child, raw) in enumerate(zip(children, kept, strict=True), 1):
                identifier = self.ids[child.id]
                raw = raw or {
                    "identifier": as_uuid(f"{identifier}/isChildOf/{target}"),
                    "originNodeURI": link(names[child.id], identifier, addresses[identifier]),
                    "destinationNodeURI": link(
                        names[parent] if parent else self.brought.name,
                        target,
                        addresses[target] if parent else document["uri"],
                    ),
                }
                more = {} if as_it_was else {"sequenceNumber": place}
                raw = raw | {"associationType": "isChildOf"} | more
                yield conform(raw, terms.ASSOCIATION, at=self.at)

    def link_of(self, child: Component, target: str) -> dict[str, Any]:
        """The association that came in, if it still says where the component stands.

        One that calls its ends by anything but UUIDs does not: items go out with UUIDs.
        """
        raw = self.outside.links.get(child.id, {})
        ends = (identifier_of(raw.get(f"{end}NodeURI")) for end in ("origin", "destination"))
        return raw if tuple(ends) == (self.ids[child.id], target) else {}

    def in_order(self, children: list[Component], kept: list[dict[str, Any]]) -> bool:
        """Whether a reader of what came in would find this order."""
        items = self.outside.items
        ranks = [order(raw, items.get(c.id, {})) for c, raw in zip(children, kept, strict=True)]
        return all(kept) and ranks == sorted(ranks)

    def others(self) -> Iterable[dict[str, Any]]:
        for raw in self.outside.associations:
            said = str(raw.get("associationType") or "isRelatedTo")
            known = said if said in terms.RELATIONS or said.startswith("ext:") else _own(said)
            yield conform(raw | {"associationType": known}, terms.ASSOCIATION, at=self.at)

    def definitions(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        foreign: dict[str, Any] = {}
        for name, rows in self.outside.definitions.items():
            shape = terms.DEFINITIONS.get(name)
            if shape is None or not isinstance(rows, list):
                foreign |= rows if name == "extensions" and isinstance(rows, dict) else {name: rows}
                continue
            must = dict.fromkeys(("title", *terms.MUST_SAY.get(name, ())), "")
            found[name] = [
                conform(must | row, shape, at=self.at) for row in rows if isinstance(row, dict)
            ]
        return found | ({"extensions": foreign} if foreign else {})

    def rubrics(self) -> list[dict[str, Any]]:
        raw = list(self.outside.rubrics)
        by_source = {source: id_ for id_, source in self.ids.items()}
        told = rubric_of(raw, by_source).descriptors
        ours = {c.id: c.descriptors for c in self.brought.components if c.descriptors}
        if {by_source[source]: found for source, found in told.items()} == ours:
            return [conform(each, terms.RUBRIC, at=self.at) for each in raw]
        return [conform(self.rubric(), terms.RUBRIC, at=self.at)]

    def rubric(self) -> dict[str, Any]:
        """One rubric made of our descriptors: a criterion for each component that has some."""
        identifier = as_uuid(f"{self.document_id}/rubric")
        described = [c for c in self.brought.components if c.descriptors]
        return {
            "identifier": identifier,
            "title": self.brought.name,
            "CFRubricCriteria": [
                self.criterion(component, identifier, place)
                for place, component in enumerate(described, 1)
            ],
        }

    def criterion(self, component: Component, rubric: str, place: int) -> dict[str, Any]:
        source = self.ids[component.id]
        identifier = as_uuid(f"{source}/criterion")
        labels = {level.value: level.label for level in self.brought.levels}
        return {
            "identifier": identifier,
            "rubricId": rubric,
            "position": place,
            "CFItemURI": link(component.code or component.name, source),
            "CFRubricCriterionLevels": [
                {
                    "identifier": as_uuid(f"{identifier}/{descriptor.level}"),
                    "rubricCriterionId": identifier,
                    "quality": labels.get(descriptor.level, f"Level {descriptor.level}"),
                    "score": descriptor.level,
                    "position": position,
                    "description": descriptor.text,
                }
                for position, descriptor in enumerate(component.descriptors, 1)
            ],
        }


def _extended(raw: Mapping[str, Any], ours: Mapping[str, Any]) -> dict[str, Any]:
    """What we add to a part, under our own name beside what others added."""
    extra = raw.get("extensions")
    before = dict(extra) if isinstance(extra, dict) else {}
    before.pop(OURS, None)
    return dict(raw) | {"extensions": before | ({OURS: dict(ours)} if ours else {})}


def _holder(brought: Brought) -> str:
    return brought.rights.holder if brought.rights else ""


def _flat(value: Any) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _kept(raw: Any, ours: str) -> str:
    """The title as it came where ours is only its shorter or tidier form."""
    flat = _flat(raw)
    same = flat == ours or (ours.endswith("…") and flat.startswith(ours[:-1]))
    return raw if same and isinstance(raw, str) else ours


def _own(said: str) -> str:
    return "ext:" + (re.sub(r"[^A-Za-z0-9._-]", "", said) or "related")
