"""Addresses as people outside know them: for mail, cards and links to hand over."""

from __future__ import annotations

from flask import current_app, url_for


def public_url(endpoint: str, **values: object) -> str:
    """The address of a page under PUBLIC_URL, never under the host a request named."""
    return f"{current_app.config['SETTINGS'].public_url}{url_for(endpoint, **values)}"  # type: ignore[arg-type]
