"""What is installed is what was tried, and a product needs no tools."""

import re
from importlib.metadata import distributions
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]


def pins(name: str) -> list[Requirement]:
    """Read the requirements of a file."""
    lines = [line.partition(" #")[0].strip() for line in (ROOT / name).read_text().splitlines()]
    return [Requirement(line) for line in lines if line and line[0] not in "#-"]


def plain(name: str) -> str:
    """Spell a package’s name as indexes do."""
    return re.sub(r"[-_.]+", "-", name).lower()


def applies(pin: Requirement) -> bool:
    """Tell whether a pin is meant for this machine."""
    return pin.marker is None or pin.marker.evaluate()


def test_every_pin_names_one_version() -> None:
    for name in ("requirements.txt", "requirements-dev.txt", "constraints.txt"):
        assert pins(name)
        loose = [str(pin) for pin in pins(name) if not re.fullmatch(r"==[^*]+", str(pin.specifier))]
        assert loose == [], f"{name}: write name==version"


def test_every_requirement_is_constrained_to_the_same_version() -> None:
    tried = {plain(pin.name): pin.specifier for pin in pins("constraints.txt") if applies(pin)}
    for name in ("requirements.txt", "requirements-dev.txt"):
        for pin in filter(applies, pins(name)):
            assert tried.get(plain(pin.name)) == pin.specifier, f"{pin.name} in constraints.txt"


def test_installing_the_requirements_alone_applies_the_constraints() -> None:
    assert "\n-c constraints.txt\n" in (ROOT / "requirements.txt").read_text()
    assert "\n-r requirements.txt\n" in (ROOT / "requirements-dev.txt").read_text()


def test_everything_that_comes_along_is_what_was_tried() -> None:
    tried = {plain(pin.name): pin.specifier for pin in pins("constraints.txt") if applies(pin)}
    strange = {
        name: version
        for name, version in brought("requirements-dev.txt", "requirements.txt").items()
        if name not in tried or not tried[name].contains(version)
    }
    assert strange == {}, "add these to constraints.txt, or make .venv anew"


def brought(*names: str) -> dict[str, str]:
    """Follow requirements to everything they bring along here, with its installed version."""
    here = {plain(each.metadata["Name"]): each for each in distributions()}
    waiting = [pin for name in names for pin in pins(name) if applies(pin)]
    found: dict[str, str] = {}
    followed = set()
    while waiting:
        wanted = waiting.pop()
        name = plain(wanted.name)
        for extra in ("", *wanted.extras):
            if name in here and (name, extra) not in followed:
                followed.add((name, extra))
                found[name] = here[name].version
                needs = [Requirement(line) for line in here[name].requires or ()]
                waiting += [n for n in needs if not n.marker or n.marker.evaluate({"extra": extra})]
    return found


def test_a_product_install_brings_no_tools() -> None:
    product = {plain(pin.name) for pin in pins("requirements.txt")}
    tools = {plain(pin.name) for pin in pins("requirements-dev.txt")}
    assert "pytest" in tools
    assert not product & tools


def test_ci_runs_exactly_what_anyone_runs() -> None:
    commands = (ROOT / ".ci" / "run").read_text().splitlines()
    assert commands[-1] == "exec python3 manage.py test"
