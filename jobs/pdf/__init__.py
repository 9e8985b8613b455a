"""The PDF: HTML in, accessible PDF out, made by one child process that may be lost and replaced."""

import atexit

from jobs.pdf.press import NoPdf, PdfFailed, PdfTooLarge, PdfTooSlow, PdfUnavailable, Press

__all__ = ["NoPdf", "PdfFailed", "PdfTooLarge", "PdfTooSlow", "PdfUnavailable", "Press", "render"]

_press = Press()
atexit.register(_press.close)


def render(html: str, *, lang: str, title: str, author: str = "") -> bytes:
    """Return the HTML as a tagged PDF (PDF/UA-1), styled by static/css/print.css.

    `html` is a whole document and may name nothing outside itself but `data:` images; `lang` is
    a language tag and `title` is required, as readers announce both. Equal input gives equal
    bytes. One render at a time per process; others wait their turn.

    Raises NoPdf: PdfUnavailable where the machine lacks Pango, PdfTooSlow and PdfTooLarge where
    one document passes its limits, PdfFailed at any other fault. Raises ValueError where language
    or title is missing or the document asks for something outside itself.
    """
    return _press.render(html, lang=lang, title=title, author=author)
