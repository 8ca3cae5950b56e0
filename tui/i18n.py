"""Translation of the user interface with gettext.

The code contains the English texts; ``tui/locale`` has a catalog for each other language. A text is
translated when it is shown, never when a module is imported. The command line is always English:
only the browser selects a language.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gettext import NullTranslations

LANGUAGES = ("en", "ko")
"""The available languages; the first is the language of the code."""

DOMAIN = "broadsheet"
LOCALE_FOLDER = Path(__file__).parent / "locale"

_catalog: NullTranslations | None = None


def detect_language(environment: Mapping[str, str] = os.environ) -> str:
    """Return the available language that the environment variables select.

    Follows gettext's rules: ``LC_ALL`` overrides ``LC_MESSAGES``, which overrides ``LANG``. Unless
    these select the C locale, ``LANGUAGE`` may list languages in order of preference.
    """
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    locale = next(filter(None, (environment.get(name) for name in names)), "C")
    if _language(locale) in {"c", "posix"}:
        return LANGUAGES[0]
    preferred = [*environment.get("LANGUAGE", "").split(":"), locale]
    return next(filter(LANGUAGES.__contains__, map(_language, preferred)), LANGUAGES[0])


def _language(locale: str) -> str:
    """Return the language of a locale: ``ko`` for ``ko_KR.UTF-8`` and ``ko@hangul``."""
    return locale.partition(".")[0].partition("@")[0].partition("_")[0].lower()


def use_language(language: str) -> None:
    """Switch to a language; English if it has no catalog."""
    catalog = None
    if language in LANGUAGES[1:]:
        import gettext

        catalog = gettext.translation(DOMAIN, LOCALE_FOLDER, [language], fallback=True)
    use_catalog(catalog)


def use_catalog(catalog: NullTranslations | None) -> None:
    """Translate with a catalog from now on; None leaves the texts in English."""
    global _catalog  # noqa: PLW0603  # there is one language per process
    _catalog = catalog


def _(text: str) -> str:
    """Return the translation of a text."""
    # The translation of the empty text is the header of the catalog.
    return text if _catalog is None or not text else _catalog.gettext(text)


def ngettext(singular: str, plural: str, count: int) -> str:
    """Return the translation of a text that depends on a number."""
    if _catalog is None:
        return singular if count == 1 else plural
    return _catalog.ngettext(singular, plural, count)


def N_(text: str) -> str:  # noqa: N802  # the name that gettext's tools look for
    """Mark a text for translation where it is shown; return it unchanged."""
    return text
