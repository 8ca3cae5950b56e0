"""Keep what a command printed as a summary of a paper: a digest of a source of its own.

Each one is a file ``COMMAND/2025-05-22.2505.04921.details.md``, which adds no day to the paper. The
day in its name is the newest one of the paper, so that caches keep both together.
"""

from __future__ import annotations

import re
from pathlib import Path

from tui.digests.dialects.broadsheet import FIRST_LINE, PaperSection, format_section
from tui.models import Paper
from tui.paper_ids import slug
from tui.storage.atomic_write import replace_text
from tui.storage.permissions import make_folder

_UNSAFE_IN_NAME = re.compile(r"[^\w-]+")
_MAX_NAME_CHARS = 40


def keep_summary(folder: Path, name: str, paper: Paper, text: str, day: str) -> Path:
    """Write a summary, in place of an earlier one of the same command.

    Args:
        folder: the folder of all commands; it is created.
        name: the command's name.
        paper: the paper.
        text: Markdown.
        day: the day on which the command ran, an ISO date.

    Returns:
        The file.

    Raises:
        OSError: it cannot be written.
    """
    own = folder / (_UNSAFE_IN_NAME.sub("-", name)[:_MAX_NAME_CHARS].strip("-") or "command")
    make_folder(own, 0o700)
    date = f"{paper.dates[-1]}." if paper.dates else ""
    file = own / f"{date}{slug(paper.paper_id)}.details.md"
    quote = f"*{name}, {day}*\n\n{text.strip()}"
    section = PaperSection(paper.paper_id, paper.url, paper.title, quotes=(quote,))
    replace_text(file, [f"{FIRST_LINE}\n\n{format_section(section)}\n"])
    return file
