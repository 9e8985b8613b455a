"""Published tables to take along: CSV, XLSX, PDF. One's own visits are never among them."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, render_template, request

from blueprints.kit.access import now, person
from blueprints.kit.errors import refuse
from blueprints.trends.asked import one_of, term_asked
from interchange.sheet import as_csv
from interchange.workbook import Sheet, write_workbook
from jobs import pdf as press
from models.report import brand_of
from models.trends.reading import Published, lines
from rules.trends import QUESTIONS, Rate, period_title
from rules.trends.heat import APART, Heat
from rules.trends.sheet import HEADINGS, rows
from rules.trends.wording import READERS, Findings, paragraphs

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NOTES = (
    "Shared walkthroughs only, each counted in the month in which it was shared.",
    "Coaching is in no count.",
    "Yes of Visits: among the visits that looked for it, those in which it was seen.",
    "Classrooms visited: teachers visited, among all who taught there when the term was counted.",
    "few: hidden, because a group is small or too alike, or would give another away.",
    "Counts are of minutes in rooms. No teacher is named, rated or ranked.",
)


@dataclass(frozen=True)
class Taken:
    """What the address asks to take along."""

    published: Published
    by: str
    term: str
    heat: Heat
    totals: dict[str, Rate | None]

    @classmethod
    def asked(cls) -> Taken:
        """A term that is closed; without one there is nothing to take."""
        published = Published.to(person())
        by = one_of("by", APART, "school")
        term = term_asked(published)
        if not term:
            raise refuse(404, "No term is closed yet. Come back when this one has ended.")
        return cls(published, by, term, published.heat(term, by), published.totals(term))

    @property
    def title(self) -> str:
        """What the file is called inside."""
        return f"{person().district.name}, {period_title(self.term)}"

    def attach(self, body: bytes, kind: str, suffix: str) -> Response:
        """The file as an answer."""
        response = Response(body, mimetype=kind)
        name = f"trends-{self.term}-{self.by}.{suffix}"
        how = "inline" if suffix == "pdf" else "attachment"
        response.headers["Content-Disposition"] = f'{how}; filename="{name}"'
        return response

    def sheet(self) -> list[tuple[str | int, ...]]:
        """Its rows."""
        told = self.heat, self.totals, self.published.coverage(self.term)
        return list(rows(period_title(self.term), APART[self.by], *told))


def csv_file() -> Response:
    """As comma-separated values."""
    taken = Taken.asked()
    return taken.attach(as_csv(HEADINGS, taken.sheet()), "text/csv", "csv")


def xlsx_file() -> Response:
    """As a workbook, with a sheet that says what the numbers mean."""
    taken = Taken.asked()
    sheets = [
        Sheet("Trends", [HEADINGS, *taken.sheet()], (12, 60, 12, 16, 24, 10, 10, 10)),
        Sheet("About", [["What the numbers mean"], *([note] for note in NOTES)], (60,)),
    ]
    return taken.attach(write_workbook(sheets, at=now()), SHEET, "xlsx")


def pdf_file() -> Response:
    """On paper, in the words for one kind of reader."""
    taken = Taken.asked()
    reader = one_of("for", READERS, "staff")
    findings = Findings(period_title(taken.term), taken.totals, lines(person()))
    asked = request.args.get("paper", "")
    html = render_template(
        "report/trends.html",
        title=taken.title,
        mark=brand_of(person().district),
        paper=asked if asked in {"letter", "a4"} else person().district.paper,
        reader=READERS[reader],
        said=paragraphs(findings, reader),
        heat=taken.heat,
        totals=taken.totals,
        coverage=taken.published.coverage(taken.term),
        questions=QUESTIONS,
        words=APART[taken.by],
    )
    try:
        body = press.render(html, lang="en", title=taken.title)
    except press.NoPdf as reason:
        raise refuse(503, str(reason)) from None
    return taken.attach(body, "application/pdf", "pdf")
