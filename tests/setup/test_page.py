"""Every fetched page is read, but one that differs from another in its ids alone is read once."""

from tests.page import alike

ONE = "3c1f0b1e-0000-4000-8000-000000000001"
OTHER = "3c1f0b1e-0000-4000-8000-000000000002"


def page(first: str, second: str, token: str = "abc") -> bytes:
    """Two labeled places and a form’s token."""
    return (
        f'<input id="a-{first}"><input id="a-{second}">'
        f'<input type="hidden" name="csrf_token" value="{token}">'
    ).encode()


def test_other_ids_and_another_token_make_no_other_page() -> None:
    assert alike(page(ONE, OTHER)) == alike(page(OTHER, ONE, token="xyz"))


def test_an_id_that_is_there_twice_makes_another_page() -> None:
    assert alike(page(ONE, OTHER)) != alike(page(ONE, ONE))


def test_a_token_that_is_missing_makes_another_page() -> None:
    assert alike(page(ONE, OTHER)) != alike(page(ONE, OTHER).replace(b"csrf_token", b"token"))
