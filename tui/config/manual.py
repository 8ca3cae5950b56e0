"""The manual: one Markdown page per topic, in ``tui/manual``."""

from __future__ import annotations

import re
from pathlib import Path

from tui.i18n import N_

FOLDER = Path(__file__).resolve().parents[1] / "manual"

TOPICS = {
    "reading": N_("Reading"),
    "searching": N_("Searching"),
    "marks": N_("Marks and synchronization"),
    "sources": N_("Sources and formats"),
    "exchange": N_("Other programs"),
    "ssh": N_("Over SSH"),
    "scripting": N_("The command line and scripts"),
    "settings": N_("Settings"),
    "keys": N_("Keys"),
    "reliability": N_("Reliability"),
    "performance": N_("Performance"),
}
"""The title of each page, by its topic, in reading order. The pages themselves are in English."""

_COMMENT = re.compile(r"^<!--.*-->\n", re.MULTILINE)


def read_page(topic: str) -> str:
    """Return the Markdown of a page, without the comments around its generated tables.

    Args:
        topic: a key of ``TOPICS``.
    """
    return _COMMENT.sub("", (FOLDER / f"{topic}.md").read_text(encoding="utf-8"))
