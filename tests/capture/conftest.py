"""The stand-in school, and hands on a phone that walk its classrooms."""

from collections.abc import Callable, Iterator

import pytest

from tests.capture.kit import kit
from tests.capture.phone import Hands
from tests.capture.school import School, serve
from tests.chromium import Open


@pytest.fixture
def school() -> School:
    """A school that answers well until told otherwise."""
    return School(kit())


@pytest.fixture
def address(school: School) -> Iterator[str]:
    """Where the school listens."""
    server = serve(school)
    yield f"http://127.0.0.1:{server.server_address[1]}"
    school.closed.set()  # nobody waits any more
    server.shutdown()
    server.server_close()


@pytest.fixture
def phone(tab: Open, address: str) -> Iterator[Callable[..., Hands]]:
    """Hands on a new phone: `phone()`, or `phone(viewport={…})` on another; no script may fail."""
    hands: list[Hands] = []

    def take(**changes: object) -> Hands:
        page = tab(**changes)
        hands.append(Hands(page, address))
        return hands[-1]

    yield take
    for one in hands:
        assert not one.said, one.said


@pytest.fixture
def hands(phone: Callable[..., Hands]) -> Hands:
    """Hands on one phone."""
    return phone()
