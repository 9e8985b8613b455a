"""Setting a document in type: WeasyPrint with our faces, our style sheet and a closed door."""

import re
from collections.abc import Iterator

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from jobs.pdf.faces import Face, faces

VARIANT = "pdf/ua-1"
IMAGES = ("data:image/png;base64,", "data:image/jpeg;base64,")
# What takes a district's own color, named by the page in <meta name="theme-color">.
COLORED = """
h2, a {{ color: {0} }} .used .no {{ background: {0} }} .used .no, .plate {{ border-color: {0} }}
"""
COLOR = re.compile(r"#[0-9a-fA-F]{6}")
OUTSIDE = "A PDF takes nothing from outside its own page."


class Closed(URLFetcher):  # type: ignore[misc]  # the library carries no types
    """Hands out our own faces and images written into the document, and nothing else.

    Anything else ends the document. FatalURLFetchingError is a BaseException that most of the
    library lets pass; while it draws SVG it catches even that, so `denied` remembers.
    """

    def __init__(self, known: tuple[Face, ...]) -> None:
        super().__init__(allowed_protocols=("data",), allow_redirects=False, fail_on_errors=True)
        self._known = {face.url: face for face in known}
        self.denied = False

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """Return a face or an image inside the document; stop at anything else."""
        if url in self._known:
            return URLFetcherResponse(url, self._known[url].data, {"Content-Type": "font/ttf"})
        if url.startswith(IMAGES):
            return super().fetch(url, headers)
        self.denied = True
        raise FatalURLFetchingError(OUTSIDE)


class Desk:
    """What one process sets all its documents with: faces and style sheet, read once."""

    def __init__(self, style: str) -> None:
        known = faces()
        self._fetcher = Closed(known)
        self._fonts = FontConfiguration()
        rules = "\n".join(face.rule for face in known)
        self._style = CSS(string=rules + style, font_config=self._fonts, url_fetcher=self._fetcher)

    def set(self, *, html: str, lang: str, title: str, author: str, identifier: bytes) -> bytes:
        """Return one document as tagged PDF bytes. PermissionError where it reaches outside."""
        self._fetcher.denied = False
        try:
            made = self._made(html, lang, title, author, identifier)
        except FatalURLFetchingError:
            raise PermissionError(OUTSIDE) from None
        if self._fetcher.denied:
            raise PermissionError(OUTSIDE)
        return made

    def _made(self, html: str, lang: str, title: str, author: str, identifier: bytes) -> bytes:
        source = HTML(string=html, url_fetcher=self._fetcher, base_url="about:blank")
        source.etree_element.set("lang", lang)
        styles = [self._style, *_own_color(source)]
        pages = source.render(font_config=self._fonts, stylesheets=styles, pdf_variant=VARIANT)
        pages.metadata.title = title
        if author:
            pages.metadata.authors = [author]
        made = pages.write_pdf(pdf_variant=VARIANT, pdf_identifier=identifier)
        assert isinstance(made, bytes)
        return made


def _own_color(source: HTML) -> Iterator[CSS]:
    for meta in source.etree_element.iter("meta"):
        color = meta.get("content", "")
        if meta.get("name") == "theme-color" and COLOR.fullmatch(color):
            yield CSS(string=COLORED.format(color))
