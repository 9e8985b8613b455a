"""Each outside library has one door, so that replacing it means opening one file."""

from collections import defaultdict
from pathlib import Path

import pytest

from tests.house.tree import FLOORS, ROOT, modules, plant, tell

DOORS = {
    "weasyprint": "jobs/pdf",
    "huey": "jobs/queue",
    "redis": "jobs/queue",
    "smtplib": "jobs/mail",
    "aiosmtpd": "jobs/mail",
    "yaml": "rules/framework",
}
ONE_FILE = (
    *(
        "argon2",
        "authlib",
        "cryptography",
        "flask_limiter",
        "fontpkg",
        "icalendar",
        "openpyxl",
        "prometheus_client",
    ),
    *("pyotp", "pythonjsonlogger", "requests", "segno", "smtplib", "weasyprint", "webauthn"),
    *("whitenoise", "xlsxwriter"),
)


def side_doors(root: Path) -> list[str]:
    """List imports of an outside library anywhere but at its door."""
    users: dict[str, list[str]] = defaultdict(list)
    told = []
    for module in modules(root, *FLOORS, "app", "config"):
        for library in sorted({name.split(".")[0] for _, name in module.imports()}):
            place = module.path.as_posix()
            users[library].append(place)
            if not at_door(place, DOORS.get(library, "")):
                told.append(
                    f"{place} imports {library}, whose door is {DOORS[library]}: call that instead."
                )
            if library in ("pydantic", "pydantic_core") and not may_validate(place):
                told.append(
                    f"{place} imports {library}: shapes from outside are checked in "
                    "rules/framework, in a page’s schema.py and in interchange/. Elsewhere use a "
                    "frozen dataclass."
                )
    return told + [
        f"{library} is imported by {', '.join(users[library])}: keep it in one of them and let the "
        "others call that."
        for library in ONE_FILE
        if len(users[library]) > 1
    ]


def at_door(place: str, door: str) -> bool:
    """Tell whether a file is the door, or lies in the folder that is."""
    return not door or place == f"{door}.py" or place.startswith(f"{door}/")


def may_validate(place: str) -> bool:
    """Tell whether a file is one of those that read shapes from outside."""
    schema = place.startswith("blueprints/") and place.endswith("/schema.py")
    return schema or place.startswith("interchange/") or at_door(place, "rules/framework")


def test_each_library_has_one_door() -> None:
    assert not side_doors(ROOT), tell(side_doors(ROOT))


@pytest.mark.parametrize(
    ("tree", "words"),
    [
        ({"blueprints/feedback.py": "import weasyprint"}, "whose door is jobs/pdf"),
        ({"models/feedback.py": "def f():\n    from huey import Huey"}, "whose door is jobs/queue"),
        ({"rules/capture.py": "import yaml"}, "whose door is rules/framework"),
        ({"models/person.py": "from pydantic import BaseModel"}, "use a frozen dataclass"),
        (
            {"models/person.py": "import argon2", "blueprints/account.py": "import argon2"},
            "argon2 is imported by blueprints/account.py, models/person.py",
        ),
        (
            {"jobs/pdf/a.py": "import weasyprint", "jobs/pdf/b.py": "import weasyprint"},
            "keep it in one of them",
        ),
    ],
)
def test_a_side_door_is_told_where_the_door_is(
    tmp_path: Path, tree: dict[str, str], words: str
) -> None:
    [fault] = side_doors(plant(tmp_path, tree))
    assert words in fault


def test_libraries_at_their_doors_are_fine(tmp_path: Path) -> None:
    tree = {
        "jobs/pdf/setting.py": "from weasyprint import HTML",
        "jobs/queue.py": "import huey, redis",
        "rules/framework/tree.py": "import yaml, pydantic",
        "blueprints/sync/schema.py": "import pydantic",
        "interchange/case.py": "import pydantic",
    }
    assert side_doors(plant(tmp_path, tree)) == []
