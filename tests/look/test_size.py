"""The styles stay small, and every component can be reached from the page that shows them all."""

from pathlib import Path

import pytest

CSS = Path("static/css")
COMPONENTS = sorted(Path("templates/components").glob("*.html"))
CAPTURE_LOADS = ("tokens.css", "base.css", "components.css", "capture.css")


def test_what_capture_loads_stays_within_25_kib() -> None:
    assert sum((CSS / name).stat().st_size for name in CAPTURE_LOADS) <= 25 * 1024


def test_all_styles_stay_within_60_kib() -> None:
    assert sum(file.stat().st_size for file in CSS.rglob("*.css")) <= 60 * 1024


@pytest.mark.parametrize("file", COMPONENTS, ids=lambda file: file.stem)
def test_a_component_is_said_in_a_comment_and_shown_or_used(file: Path) -> None:
    assert file.read_text(encoding="utf-8").startswith("{#- ")
    users = [*Path("templates").rglob("*.html")]
    name = f"components/{file.name}"
    assert any(name in user.read_text(encoding="utf-8") for user in users if user != file)
