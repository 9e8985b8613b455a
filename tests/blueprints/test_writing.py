"""Writing feedback: what is kept, what is refused, and what stays on the page."""

from __future__ import annotations

from tests.blueprints.test_loop import Visit, as_posted, shared, walked
from tests.cast import Cast


def test_a_correction_without_a_reason_is_asked_for_one_on_the_letter(
    visit: Visit, cast: Cast
) -> None:
    principal, path = shared(visit, cast)
    visit(cast.teacher).get(path)
    page = principal.post(f"{path}/correct", {"reason": "  "})
    assert page.status == 422
    assert "Say in a sentence what the correction is about." in page.words
    assert page.heading == "Feedback for Ms. Okafor"


def test_too_long_a_sentence_is_refused_where_it_stands(visit: Visit, cast: Cast) -> None:
    principal, path = walked(visit, cast)
    form = as_posted(principal.get(path)) | {"places-0-text": "word " * 500}
    page = principal.post(path, form)
    assert page.status == 422
    assert "Nothing was saved yet. What you typed is still here." in page.words
    assert page.words.count("Use at most 2000 characters in one place.") == 2
    assert "Not saved yet" in page.words


def test_a_page_that_keeps_by_itself_hears_when_or_why_not(visit: Visit, cast: Cast) -> None:
    principal, path = walked(visit, cast)
    form = as_posted(principal.get(path)) | {"places-0-text": "Kept in passing."}
    kept = principal.post(path, form, headers={"X-Crosswalk": "1"})
    assert kept.status == 200
    assert set(kept.response.get_json()) == {"server", "at"}
    page = principal.get(path)
    assert "Kept in passing." in page.words
    assert "The draft is kept" not in page.words
    form["places-0-text"] = "word " * 500
    refused = principal.post(path, form, headers={"X-Crosswalk": "1"})
    assert refused.status == 422
    assert refused.response.get_json()["reason"] == "Use at most 2000 characters in one place."
    assert "Kept in passing." in principal.get(path).words


def test_evidence_that_is_gone_is_said_not_stumbled_over(visit: Visit, cast: Cast) -> None:
    principal, path = walked(visit, cast)
    form = as_posted(principal.get(path)) | {"places-0-evidence": ["99"]}
    page = principal.post(path, form)
    assert page.status == 422
    assert "Some evidence has changed since you opened this page." in page.words


def test_looking_at_the_paper_keeps_the_words_and_leaves_an_untouched_draft_alone(
    visit: Visit, cast: Cast
) -> None:
    principal, path = walked(visit, cast)
    form = as_posted(principal.get(path))
    answer = principal.post(path, form | {"then": "pdf"})
    assert answer.response.headers["Location"] == f"{path}.pdf"
    assert "from your taps" in principal.get(path).words
    name = next(key for key in form if key.endswith("-text"))
    principal.post(path, form | {name: "My own words.", "then": "pdf"})
    page = principal.get(path)
    assert "My own words." in page.words
    assert "from your taps" not in page.words
