"""Times the feedback PDF against bare WeasyPrint, a naive style sheet, Chromium and a static file.

Every line is a ratio, measured A B A B in one run, medians of seven; the goals are the project's.
"""

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from shutil import which

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from benchmarks.kit import ruler
from config import HERE
from jobs.pdf import Press
from jobs.pdf.child import PRINT_CSS
from jobs.pdf.faces import faces
from tests.rules.test_feedback_report import COVER, letter
from tests.rules.walks import Walk

# What somebody would write first: grid and flex, tables that measure themselves, a reset for all.
NAIVE = """
* { margin: 0; padding: 0; box-sizing: border-box } .mast { display: flex }
.brand, .kicker { float: none; flex: 1 } .side { display: grid; grid-template-columns: 1.2in 1fr }
.side > h2 { float: none; width: auto } .side > div { margin: 0 } table { table-layout: auto }
"""


def busy_walk() -> Walk:
    """Twenty-five rows of evidence, three of them sweeps."""
    walk = Walk().start()
    names = ("model", "ideas", "ways", "group", "plain")
    for row in range(25):
        minute, name = 5 + row * 0.4, names[row % 5]
        if row in (6, 12, 18):
            walk.sweep(minute, 8, 4, 2, 6, 2, 1, 1)
        elif row < 5:
            walk.mark(minute, name)
        else:
            walk.again(minute, name)
    return walk


def page() -> tuple[str, str]:
    """The HTML of the letter and its title."""
    pages = Environment(
        loader=FileSystemLoader(HERE / "templates"), undefined=StrictUndefined, autoescape=True
    )
    made = letter(busy_walk(), replace(COVER, paper="letter"))
    return pages.get_template("report/feedback.html").render(report=made), made.title


def say(what: str, times: Sequence[float], goal: float) -> None:
    """Print one ratio with its goal."""
    ours, theirs = times
    told = ruler.verdict(ours / theirs, at_most=goal)
    print(f"{what}: {ours / theirs:.2f} ({told}; {ours * 1e3:.0f} and {theirs * 1e3:.0f} ms)")


def bare(html: str, style: str, folder: Path) -> Callable[[], object]:
    """Bare WeasyPrint on the same HTML, style and faces, nothing kept between pages."""
    from weasyprint import HTML

    rules = []
    for face in faces():
        path = folder / face.url.removeprefix("face:")
        path.write_bytes(face.data)
        rules.append(face.rule.replace(face.url, path.as_uri()))
    whole = html.replace("</head>", f"<style>{' '.join(rules)}{style}</style></head>")
    return lambda: HTML(string=whole).write_pdf()


def main() -> None:
    """Print each ratio on a line of its own."""
    import tempfile

    html, title = page()
    style = PRINT_CSS.read_text(encoding="utf-8")
    press = Press()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)

        def ours() -> bytes:
            return press.render(html, lang="en", title=title)

        plain = bare(html, style, folder)
        say("feedback PDF / bare WeasyPrint, same HTML", ruler.in_turn(ours, plain), 1.05)
        say(
            "our style / naive style, both bare",
            ruler.in_turn(plain, bare(html, style + NAIVE, folder)),
            0.85,
        )
        against_chromium(ours, html, style, folder)
    peak(press)
    press.close()


def against_chromium(ours: Callable[[], object], html: str, style: str, folder: Path) -> None:
    """Chromium, already running, opens a new page and prints it."""
    path = which("chromium") or which("google-chrome")
    if path is None:
        print("feedback PDF / Chromium: no Chromium on this machine")
        return
    from playwright.sync_api import sync_playwright

    shown = folder / "page.html"
    plain = re.sub(r"@page[^}]*\{[^}]*\{[^}]*\}[^}]*\{[^}]*\}[^}]*\}", "", style)
    shown.write_text(html.replace("</head>", f"<style>{plain}</style></head>"), encoding="utf-8")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])

        def theirs() -> None:
            tab = browser.new_page()
            tab.goto(shown.as_uri())
            tab.pdf(tagged=True)
            tab.close()

        say("feedback PDF / Chromium, new page", ruler.in_turn(ours, theirs), 0.6)
        browser.close()


def peak(press: Press) -> None:
    """The most memory the child has held, in MB."""
    child = press._child
    with suppress(OSError):
        status = Path(f"/proc/{child.pid if child else 0}/status").read_text(encoding="utf-8")
        most = int(re.search(r"VmHWM:\s+(\d+)", status).group(1)) / 1024  # type: ignore[union-attr]
        print(
            f"peak memory of the child: {most:.0f} MB "
            f"(goal 200, {'met' if most <= 200 else 'MISSED'})"
        )


if __name__ == "__main__":
    main()
