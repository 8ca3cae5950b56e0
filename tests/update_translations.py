"""Bring the catalogues of the screen's words up to date: ``python -m tests.update_translations``.

It takes the words out of the code, puts those that are new into each language's ``.po`` without a
translation, drops those that are gone, and compiles the ``.mo`` that the program reads.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from tui.i18n import DOMAIN, LANGUAGES, LOCALE_FOLDER

CODE = Path(__file__).parents[1] / "tui"
KEYWORDS: dict[str, tuple[int, ...] | None] = {"_": None, "N_": None, "ngettext": (1, 2)}
HEADER = """\
# Broadsheet's words in another language; see tests/update_translations.py.
msgid ""
msgstr ""
"Language: {language}\\n"
"Plural-Forms: {plural_forms}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


def words() -> Catalog:
    """Return all words of the screen, as they stand in the code."""
    template = Catalog(fuzzy=False)
    found = extract_from_dir(CODE, [("**.py", "python")], keywords=KEYWORDS)
    for file, line, text, comments, _context in found:
        place = (CODE / file).relative_to(CODE.parent).as_posix()
        template.add(text, locations=[(place, line)], auto_comments=comments)
    return template


def po_file(language: str) -> Path:
    """Return where the words of a language are written."""
    return LOCALE_FOLDER / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def read(language: str) -> Catalog:
    """Return the words of a language, none if nobody has written any."""
    file = po_file(language)
    text = file.read_bytes() if file.exists() else b""
    return read_po(BytesIO(text), locale=language, domain=DOMAIN)


def updated(language: str) -> Catalog:
    """Return the words of a language, those that are in the code and no others."""
    catalogue = read(language)
    catalogue.update(words(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    # The day of compiling would make another file of the same words.
    catalogue.creation_date = catalogue.revision_date = datetime(2025, 1, 1, tzinfo=UTC)
    return catalogue


def po_text(catalogue: Catalog) -> str:
    """Return a catalogue as its file; lines of code are not told, for they change too often."""
    written = BytesIO()
    # It has dates, too, and the version of Babel.
    write_po(written, catalogue, omit_header=True, include_lineno=False, sort_by_file=True)
    header = HEADER.format(language=catalogue.locale, plural_forms=catalogue.plural_forms)
    return header + written.getvalue().decode()


def texts(told: str | Sequence[str] | None) -> list[str]:
    """Return the forms of a text or of its translation: one, or as many as there are numbers."""
    return [told] if isinstance(told, str) else list(told or [])


def is_told(message: Message) -> bool:
    """Tell whether a text has a translation, in all its forms."""
    strings = texts(message.string)
    return bool(strings) and all(strings) and not message.fuzzy


def main() -> None:
    for language in LANGUAGES[1:]:
        catalogue = updated(language)
        file = po_file(language)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(po_text(catalogue), encoding="utf-8")
        with file.with_suffix(".mo").open("wb") as compiled:
            write_mo(compiled, catalogue)
        missing = sum(not is_told(message) for message in catalogue if message.id)
        print(f"{file}: {len(catalogue)} texts, {missing} without a translation")


if __name__ == "__main__":
    main()
