"""A browser session that shows all texts of a digest on the screen."""

from __future__ import annotations

import gettext
from dataclasses import dataclass
from pathlib import Path

from tests.hostile.attacks import DATE, END, FIRST_TITLE, NOTE, SECOND_TITLE, TextSet, write_digests
from tests.pty.harness import PseudoTerminal
from tests.support.home import Home
from tui.i18n import DOMAIN, LOCALE_FOLDER

COLUMNS, LINES = 110, 190
"""Tall enough to show all texts at once."""


@dataclass(frozen=True)
class SessionRecord:
    """The record of a session.

    Attributes:
        raw: everything that was written to the terminal.
        text: the text of the screen after every step.
        opened: the URLs that were opened in the web browser.
    """

    raw: bytes
    text: str
    opened: list[str]


class RecordingBrowser:
    """Controls a browser in a terminal and records the screen after every step.

    Args:
        terminal: the terminal it runs in.
        language: the language of the user interface.
        opened_file: the file with the URLs that were opened.
    """

    def __init__(self, terminal: PseudoTerminal, language: str, opened_file: Path) -> None:
        self._opened_file = opened_file
        self._terminal = terminal
        self._catalog = gettext.translation(DOMAIN, LOCALE_FOLDER, [language], fallback=True)
        self.text = ""

    def wait_for(self, *messages: str) -> None:
        """Wait for messages of the program (given in English), or texts of the digest."""
        expected = list(map(self.translate, messages))
        self._terminal.wait_for(lambda text: all(message in text for message in expected))
        self.text += self._terminal.text

    def press(self, key: str, *messages: str) -> None:
        """Press a key and wait for messages."""
        self._terminal.press(key)
        self.wait_for(*messages)

    def press_until_gone(self, key: str, text: str) -> None:
        """Press a key and wait until a text has disappeared."""
        self._terminal.press(key)
        self.wait_until_gone(text)

    def wait_until_gone(self, text: str) -> None:
        """Wait until a text has disappeared."""
        self._terminal.wait_for(lambda screen: text not in screen)
        self.text += self._terminal.text

    @property
    def opened(self) -> list[str]:
        """The URLs that were opened so far."""
        return self._opened_file.read_text().split() if self._opened_file.exists() else []

    def press_to_open(self, key: str, count: int) -> None:
        """Press a key and wait until a number of URLs have been opened in total."""
        self._terminal.press(key)
        self._terminal.wait_until(lambda: len(self.opened) >= count)

    def escape(self, message: str) -> None:
        """Press Escape and wait until a message of the program has disappeared."""
        translated = self.translate(message)
        self._terminal.press("escape")
        self._terminal.wait_for(lambda text: translated not in text)

    def paste(self, text: str, end: str) -> None:
        """Paste a text as a terminal does, type ``end`` after it, and wait for ``end``."""
        self._terminal.send(f"\x1b[200~{text}\x1b[201~")
        self._terminal.send(end)
        self.wait_for(end)

    def translate(self, message: str) -> str:
        """Return a message in the language of the screen, up to its first placeholder."""
        return self._catalog.gettext(message).partition("{")[0]


def visit_everything(home: Home, text_set: TextSet, pasted: str, language: str) -> SessionRecord:
    """Open digests in the browser, and visit every screen that shows their texts.

    Args:
        home: an empty home folder.
        text_set: the texts of the digests.
        pasted: the text to paste into every input field.
        language: the language of the user interface.
    """
    folder = write_digests(text_set, home.root)
    home.configure(f'lang = "{language}"\nread_after = 0\n')
    terminal = PseudoTerminal(
        [*home.program, "--date", DATE, str(folder)],
        environment={**home.environment, **_environment(home.root)},
        at=home.root,
        columns=COLUMNS,
        lines=LINES,
    )
    with terminal:
        browser = RecordingBrowser(terminal, language, home.root / "opened")
        browser.wait_for(FIRST_TITLE, SECOND_TITLE)
        _visit_main_screen(browser)
        _visit_dialogs(browser)
        _paste_everywhere(browser, pasted)
        terminal.press("ZZ")
        assert terminal.wait() == 0
        return SessionRecord(terminal.raw, browser.text, browser.opened)


def _visit_main_screen(browser: RecordingBrowser) -> None:
    """Show the table, the summaries of two papers, the sidebar and the problems."""
    browser.wait_for("2505.00001", END)
    browser.press("j", "2505.00002", END)
    browser.press("k", "2505.00001", END)
    browser.press("!", "votes missing")
    browser.escape("votes missing")
    browser.press("1", SECOND_TITLE)
    browser.press("2", SECOND_TITLE)
    browser.press_until_gone("enter", SECOND_TITLE)
    browser.press("escape", SECOND_TITLE)


def _visit_dialogs(browser: RecordingBrowser) -> None:
    """Open every dialog with texts of the digest to choose from, and follow a link."""
    for key, title in (("c", "Contents"), ("a", "Authors and tags")):
        browser.press(key, title)
        browser.press("down", title)
        browser.escape(title)
    browser.press("f", "Links")
    for number, key in enumerate(("enter", "o", "O"), start=1):
        browser.press_to_open(key, number)


def _paste_everywhere(browser: RecordingBrowser, pasted: str) -> None:
    """Paste a text into every input field."""
    browser.press("e", "Ctrl+S")
    browser.paste(pasted, NOTE)
    browser.press("\x13", "Note saved.", NOTE)
    browser.press("t", "Tags:")
    # A tag with a space would be refused.
    browser.paste(",".join(pasted.split()), "tagofmine")
    browser.press("enter", "Tagged {tags}.")
    browser.press("w", "Save view as:")
    browser.paste(pasted[:40], "viewofmine")
    browser.press("enter", "Saved as view {name}.", "viewofmine")
    browser.press("d", "Go to date:")
    browser.paste(pasted, "dateofmine")
    browser.press("enter", "Go to date:")
    browser.escape("Go to date:")
    browser.press_until_gone("/", f"q {browser.translate('quit')}")
    # Within quotes, a quote is doubled.
    browser.paste('"' + pasted.replace('"', '""'), 'mine"')
    browser.wait_until_gone(SECOND_TITLE)
    browser.press("enter", f"q {browser.translate('quit')}")
    browser.press("escape", SECOND_TITLE)


def _environment(root: Path) -> dict[str, str]:
    """Return environment variables with a web browser that records the URLs it opens."""
    program = root / "a browser"
    program.write_text(f"#!/bin/sh\necho \"$1\" >>'{root / 'opened'}'\n", encoding="utf-8")
    program.chmod(0o755)
    return {"DISPLAY": ":0", "BROWSER": f"'{program}' %s"}
