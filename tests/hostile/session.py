"""A reader who looks at everything there is on the screen of a digest."""

from __future__ import annotations

import gettext
from dataclasses import dataclass
from pathlib import Path

from tests.hostile.attacks import DATE, END, FIRST, NOTE, SECOND, Shape, write_shape
from tests.pty.harness import PseudoTerminal
from tests.support.home import Home
from tui.i18n import DOMAIN, LOCALE_FOLDER

COLUMNS, LINES = 110, 190
"""So tall that all is seen at once."""


@dataclass(frozen=True)
class Seen:
    """What came of a look at everything.

    Attributes:
        raw: all that was written to the terminal.
        text: what stood on the screen, at every step.
        opened: what was opened outside of it.
    """

    raw: bytes
    text: str
    opened: list[str]


class Reading:
    """A browser on a terminal, of which every step is remembered.

    Args:
        terminal: where it runs.
        language: what it speaks.
        noted: the file in which it is written down what was opened.
    """

    def __init__(self, terminal: PseudoTerminal, language: str, noted: Path) -> None:
        self._noted = noted
        self._terminal = terminal
        self._catalogue = gettext.translation(DOMAIN, LOCALE_FOLDER, [language], fallback=True)
        self.text = ""

    def waits(self, *words: str) -> None:
        """Wait for words of the program, in its language, or of the digest."""
        told = list(map(self.told, words))
        self._terminal.wait_for(lambda text: all(each in text for each in told))
        self.text += self._terminal.text

    def presses(self, keys: str, *words: str) -> None:
        """Press a key and wait for words."""
        self._terminal.press(keys)
        self.waits(*words)

    def press(self, key: str, gone: str) -> None:
        """Press a key and wait until a word is gone."""
        self._terminal.press(key)
        self.misses(gone)

    def misses(self, gone: str) -> None:
        """Wait until a word is gone."""
        self._terminal.wait_for(lambda text: gone not in text)
        self.text += self._terminal.text

    @property
    def opened(self) -> list[str]:
        """What was opened outside of the browser so far."""
        return self._noted.read_text().split() if self._noted.exists() else []

    def opens(self, key: str, number: int) -> None:
        """Press a key and wait until so many addresses were opened."""
        self._terminal.press(key)
        self._terminal.wait_until(lambda: len(self.opened) >= number)

    def leaves(self, words: str) -> None:
        """Press Escape and wait until words of the program are gone."""
        told = self.told(words)
        self._terminal.press("escape")
        self._terminal.wait_for(lambda text: told not in text)

    def pastes(self, text: str, end: str) -> None:
        """Paste a text as a terminal does, type a word behind it and wait for that."""
        self._terminal.send(f"\x1b[200~{text}\x1b[201~")
        self._terminal.send(end)
        self.waits(end)

    def told(self, words: str) -> str:
        """Return words of the program in its language, up to what stands in them."""
        return self._catalogue.gettext(words).partition("{")[0]


def look_at_everything(home: Home, shape: Shape, pasted: str, language: str) -> Seen:
    """Open a shape in the browser, and go to all places where its texts are shown.

    Args:
        home: nobody's yet.
        shape: the digests to write and to read.
        pasted: what is pasted wherever something can be typed.
        language: of the screen.
    """
    folder = write_shape(shape, home.root)
    home.configure(f'lang = "{language}"\nread_after = 0\n')
    terminal = PseudoTerminal(
        [*home.program, "--date", DATE, str(folder)],
        environment={**home.environment, **_opening(home.root)},
        at=home.root,
        columns=COLUMNS,
        lines=LINES,
    )
    with terminal:
        reading = Reading(terminal, language, home.root / "opened")
        reading.waits(FIRST, SECOND)
        _read(reading)
        _choose(reading)
        _type(reading, pasted)
        terminal.press("q")
        assert terminal.wait() == 0
        return Seen(terminal.raw, reading.text, reading.opened)


def _read(reading: Reading) -> None:
    """Look at the table, the summaries of two papers, the sidebar and the problems."""
    reading.waits("2505.00001", END)
    reading.presses("j", "2505.00002", END)
    reading.presses("k", "2505.00001", END)
    reading.presses("!", "no votes")
    reading.leaves("no votes")
    reading.presses("1", SECOND)
    reading.presses("2", SECOND)
    reading.press("enter", SECOND)
    reading.presses("escape", SECOND)


def _choose(reading: Reading) -> None:
    """Open every box in which something of the digest is chosen, and follow a link."""
    for key, title in (("c", "Contents"), ("a", "Authors and tags")):
        reading.presses(key, title)
        reading.presses("down", title)
        reading.leaves(title)
    reading.presses("f", "Links")
    for number, key in enumerate(("enter", "o", "O"), start=1):
        reading.opens(key, number)


def _type(reading: Reading, pasted: str) -> None:
    """Paste a text wherever something can be typed."""
    reading.presses("e", "Ctrl+S")
    reading.pastes(pasted, NOTE)
    reading.presses("\x13", "Note saved.", NOTE)
    reading.presses("t", "Tags:")
    reading.pastes(pasted, "tagofmine")
    reading.presses("enter", "Tagged {tags}.")
    reading.presses("w", "Save view as:")
    reading.pastes(pasted[:40], "viewofmine")
    reading.presses("enter", "Saved as view {name}.", "viewofmine")
    reading.presses("d", "Go to date:")
    reading.pastes(pasted, "dateofmine")
    reading.presses("enter", "Go to date:")
    reading.leaves("Go to date:")
    reading.press("/", f"q {reading.told('quit')}")
    # In quotes, two quotes are one.
    reading.pastes('"' + pasted.replace('"', '""'), 'mine"')
    reading.misses(SECOND)
    reading.presses("enter", f"q {reading.told('quit')}")
    reading.presses("escape", SECOND)


def _opening(root: Path) -> dict[str, str]:
    """Return the environment of a reader whose browser writes down what it is to open."""
    program = root / "a browser"
    program.write_text(f"#!/bin/sh\necho \"$1\" >>'{root / 'opened'}'\n", encoding="utf-8")
    program.chmod(0o755)
    return {"DISPLAY": ":0", "BROWSER": f"'{program}' %s"}
