"""Weighs what a phone fetches before the capture screen works, as the server sends it."""

import re
import tempfile
from dataclasses import replace

from app import create_app
from config import Settings

GOAL = 60_000
FIRST = re.compile(
    r'<(?:script|link rel="(?:stylesheet|modulepreload|icon)")[^>]*"(/static/[^"]+)"'
)


def main() -> None:
    """Print the bytes of each encoding beside the goal."""
    with tempfile.TemporaryDirectory() as name:
        settings = Settings.from_environment({"CROSSWALK_INSTANCE": name})
        client = create_app(replace(settings, testing=True)).test_client()

        def size(path: str, encoding: str) -> int:
            with client.get(path, headers={"Accept-Encoding": encoding}) as answer:
                return len(answer.data)

        paths = ["/capture", *FIRST.findall(client.get("/capture").get_data(as_text=True))]
        for encoding in ("br", "gzip", "identity"):
            total = sum(size(path, encoding) for path in paths)
            met = "met" if total <= GOAL else "MISSED"
            goal = f" (goal {GOAL:,}, {met})" if encoding == "br" else ""
            print(f"/capture, {len(paths)} files, {encoding}: {total:,} bytes{goal}")


if __name__ == "__main__":
    main()
