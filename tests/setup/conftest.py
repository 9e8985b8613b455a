"""What the tests of the tests' own machinery use."""

from tests.chromium import chromium, tab
from tests.postgres import postgres

__all__ = ["chromium", "postgres", "tab"]
