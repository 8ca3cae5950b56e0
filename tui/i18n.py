"""Words on the screen, in the reader's language.

English stands in the code; other languages in catalogues as gettext knows them, one a language
below ``tui/locale``. A text is translated where it is shown, never when a module is imported. The
command line speaks English: only the browser chooses a language.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gettext import NullTranslations

LANGUAGES = ("en", "ko")
"""The languages there are words in; the first is the one in the code."""

DOMAIN = "broadsheet"
LOCALE_FOLDER = Path(__file__).parent / "locale"

_catalog: NullTranslations | None = None


def detect_language(environment: Mapping[str, str] = os.environ) -> str:
    """Return the language that the environment asks for, of those there are.

    As gettext does it: ``LC_ALL`` wins over ``LC_MESSAGES``, and that over ``LANG``. Where these
    ask for anything but the C locale, ``LANGUAGE`` may list languages, the most wanted first.
    """
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    locale = next(filter(None, (environment.get(name) for name in names)), "C")
    if _language(locale) in {"c", "posix"}:
        return LANGUAGES[0]
    wanted = [*environment.get("LANGUAGE", "").split(":"), locale]
    return next(filter(LANGUAGES.__contains__, map(_language, wanted)), LANGUAGES[0])


def _language(locale: str) -> str:
    """Return the language of a locale: ``ko`` for ``ko_KR.UTF-8`` and ``ko@hangul``."""
    return locale.partition(".")[0].partition("@")[0].partition("_")[0].lower()


def use_language(language: str) -> None:
    """Speak a language from now on; one without a catalogue is English."""
    catalogue = None
    if language in LANGUAGES[1:]:
        # Who reads English does not wait for it.
        import gettext

        catalogue = gettext.translation(DOMAIN, LOCALE_FOLDER, [language], fallback=True)
    use_catalog(catalogue)


def use_catalog(catalogue: NullTranslations | None) -> None:
    """Speak as a catalogue tells from now on; without one, as the code does."""
    global _catalog  # noqa: PLW0603  # one program speaks one language
    _catalog = catalogue


def _(text: str) -> str:
    """Return a text in the reader's language."""
    # By the empty text, a catalogue tells of itself.
    return text if _catalog is None or not text else _catalog.gettext(text)


def ngettext(singular: str, plural: str, count: int) -> str:
    """Return the text for so many things, in the reader's language."""
    if _catalog is None:
        return singular if count == 1 else plural
    return _catalog.ngettext(singular, plural, count)


def N_(text: str) -> str:  # noqa: N802  # gettext's name for it, which its tools look for
    """Return a text as it is: it is only marked, to be translated where it is shown."""
    return text
