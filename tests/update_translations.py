"""Update the translation catalogs: ``python -m tests.update_translations``.

Extracts the messages of the code, adds new ones to the ``.po`` file of each language without a
translation, removes unused ones, and compiles the ``.mo`` file that the program reads.
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
# Translations of Broadsheet; see tests/update_translations.py.
msgid ""
msgstr ""
"Language: {language}\\n"
"Plural-Forms: {plural_forms}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


def extract_messages() -> Catalog:
    """Return all messages of the code."""
    template = Catalog(fuzzy=False)
    extracted = extract_from_dir(CODE, [("**.py", "python")], keywords=KEYWORDS)
    for file, line, text, comments, _context in extracted:
        path = (CODE / file).relative_to(CODE.parent).as_posix()
        template.add(text, locations=[(path, line)], auto_comments=comments)
    return template


def po_path(language: str) -> Path:
    """Return the path of a language's ``.po`` file."""
    return LOCALE_FOLDER / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def read_catalog(language: str) -> Catalog:
    """Return the catalog of a language; it is empty if there is no file."""
    file = po_path(language)
    text = file.read_bytes() if file.exists() else b""
    return read_po(BytesIO(text), locale=language, domain=DOMAIN)


def updated_catalog(language: str) -> Catalog:
    """Return the catalog of a language with exactly the messages of the code."""
    catalog = read_catalog(language)
    catalog.update(extract_messages(), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    # A constant date, so that the same messages give the same file.
    catalog.creation_date = catalog.revision_date = datetime(2025, 1, 1, tzinfo=UTC)
    return catalog


def format_po(catalog: Catalog) -> str:
    """Return the text of a ``.po`` file, without line numbers, which would change too often."""
    output = BytesIO()
    # Babel's header has dates and its version.
    write_po(output, catalog, omit_header=True, include_lineno=False, sort_by_file=True)
    header = HEADER.format(language=catalog.locale, plural_forms=catalog.plural_forms)
    return header + output.getvalue().decode()


def all_forms(message: str | Sequence[str] | None) -> list[str]:
    """Return the singular and plural forms of a message or translation."""
    return [message] if isinstance(message, str) else list(message or [])


def is_translated(message: Message) -> bool:
    """Return whether a message is translated in all its forms."""
    strings = all_forms(message.string)
    return bool(strings) and all(strings) and not message.fuzzy


def main() -> None:
    for language in LANGUAGES[1:]:
        catalog = updated_catalog(language)
        file = po_path(language)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(format_po(catalog), encoding="utf-8")
        with file.with_suffix(".mo").open("wb") as compiled:
            write_mo(compiled, catalog)
        missing = sum(not is_translated(message) for message in catalog if message.id)
        print(f"{file}: {len(catalog)} texts, {missing} without a translation")


if __name__ == "__main__":
    main()
