"""Finds the package in a JSON file, and says what else the file is where it holds none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from interchange.framework.refusals import Fault, NotRead, refused

WRAPPERS = ("CFPackage", "cfPackage", "CFPackages", "package", "data")
DEEPEST_WRAPPER = 3
LISTS = ("CFItems", "CFAssociations", "CFRubrics")


@dataclass(frozen=True)
class Package:
    """The parts of a package, each at least an empty list or object."""

    document: dict[str, Any]
    items: list[dict[str, Any]]
    associations: list[dict[str, Any]]
    definitions: dict[str, Any]
    rubrics: list[dict[str, Any]]
    extensions: dict[str, Any]


def package_of(value: Any, file: str) -> Package:
    """The one package in these values, bare or wrapped. Raises NotRead."""
    found = _unwrapped(value, file)
    found = found | {name: _listed(found.get(name)) for name in LISTS}
    faults = list(_misshapen(found, file))
    if faults:
        raise NotRead(faults)
    definitions, extensions = found.get("CFDefinitions"), found.get("extensions")
    return Package(
        document=said(found["CFDocument"]),
        items=[said(item) for item in found["CFItems"]],
        associations=[said(each) for each in found["CFAssociations"]],
        definitions=said(definitions) if isinstance(definitions, dict) else {},
        rubrics=[said(each) for each in found["CFRubrics"]],
        extensions=said(extensions) if isinstance(extensions, dict) else {},
    )


def said(group: dict[str, Any]) -> dict[str, Any]:
    """An object without what it leaves open: other systems write null for whatever they lack."""
    return {key: value for key, value in group.items() if value is not None}


def _listed(part: Any) -> Any:
    """A list without nulls; what some write as an object by identifier becomes one."""
    if isinstance(part, dict) and all(isinstance(each, dict) for each in part.values()):
        return [{"identifier": name} | each for name, each in part.items()]
    if isinstance(part, list):
        return [each for each in part if each is not None]
    return [] if part is None else part


def _unwrapped(value: Any, file: str) -> dict[str, Any]:
    for _ in range(DEEPEST_WRAPPER):
        if isinstance(value, list) and len(value) == 1:
            value = value[0]
        elif isinstance(value, dict) and "CFDocument" not in value:
            value = next((value[key] for key in WRAPPERS if key in value), value)
    if isinstance(value, dict) and isinstance(value.get("CFDocument"), dict):
        return value
    raise _no_package(value, file)


def _no_package(value: Any, file: str) -> NotRead:
    if isinstance(value, dict) and "CFDocuments" in value:
        what = "This is a list of documents and holds none of their items"
        remedy = "Choose one document where it comes from, and export its package (CFPackages)."
        return refused(file, what, remedy)
    if isinstance(value, list) and len(value) > 1 and all(isinstance(each, dict) for each in value):
        what = f"This is a list of {len(value)} things, not one package"
        return refused(file, what, "Export one framework as one CASE package.")
    if isinstance(value, dict) and ("CFItems" in value or "CFDocument" in value):
        what = "The package does not say which document it is: “CFDocument” is missing or empty"
        return refused(file, what, "Export the whole package, with its document.")
    what = "This JSON is no CASE package: it has no “CFDocument”"
    return refused(file, what, "Export the framework as a CASE package, or use our spreadsheet.")


def _misshapen(found: dict[str, Any], file: str) -> list[Fault]:
    faults = []
    for name in LISTS:
        part = found[name]
        if not isinstance(part, list):
            what = f"“{name}” is not a list"
            faults.append(Fault(file, name, what, "Export the package again."))
        for at, each in enumerate(part if isinstance(part, list) else []):
            if not isinstance(each, dict):
                what = f"This entry of “{name}” is not an object"
                faults.append(Fault(file, f"{name}[{at}]", what, "Export the package again."))
    return faults
