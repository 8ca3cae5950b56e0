"""Extract the text of a PDF: the last resort, without headings, tables and formulas."""

from __future__ import annotations

import re

from tui.i18n import _
from tui.runtime.extras import how_to_install
from tui.runtime.task import Task
from tui.sanitize import clean

MAX_PDF_BYTES = 60_000_000

MAX_PAGES = 400

MAX_CHARS = 3_000_000

_HYPHENATION = re.compile(r"(?<=[a-z])-\n(?=[a-z])")
_SPECIAL = re.compile(r"[\\`*_\[\]<>$~|#]")


def missing_pdf_message() -> str:
    """Return how to install what reads PDFs; empty if it is installed."""
    command = how_to_install("pypdfium2", "pdf")
    return _("Reading PDFs needs pypdfium2: {command}").format(command=command) if command else ""


def pdf_markdown(data: bytes, task: Task) -> str:
    """Return the text of a PDF as Markdown, a section for each page, sanitized.

    Args:
        data: the file.
        task: can be cancelled between two pages.

    Returns:
        The text; empty if the file has none, or is not a PDF.

    Raises:
        TaskCancelledError: the task was cancelled.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return ""
    parts: list[str] = []
    size = 0
    try:
        for number in range(min(len(document), MAX_PAGES)):
            task.raise_if_cancelled()
            page = document[number]
            text = page.get_textpage().get_text_range()
            page.close()
            paragraphs = _paragraphs(text)
            size += sum(map(len, paragraphs))
            if size > MAX_CHARS:
                break
            if paragraphs:
                parts += [f"## Page {number + 1}", *paragraphs]
    except pypdfium2.PdfiumError:
        # A damaged page ends the text; what was read is shown.
        pass
    finally:
        document.close()
    return "\n\n".join(parts) + "\n" if parts else ""


def _paragraphs(text: str) -> list[str]:
    """Return the lines of a page joined to paragraphs, as Markdown."""
    text = _HYPHENATION.sub("", clean(text))
    paragraphs: list[list[str]] = [[]]
    longest = max(map(len, text.split("\n")), default=0)
    for line in text.split("\n"):
        words = " ".join(line.split())
        if words:
            paragraphs[-1].append(words)
        # A short line ends a paragraph.
        if not words or (len(words) < 0.75 * longest and words[-1] in ".:!?"):
            paragraphs.append([])
    return [_SPECIAL.sub(r"\\\g<0>", " ".join(lines)) for lines in paragraphs if lines]
