r"""Show LaTeX as plain text on one line: ``\alpha \leq 10^{-5}`` → ``α <= 10⁻⁵``."""

from __future__ import annotations

import re

from tui.library.export.latex_tokens import LatexError

_MARKUP = re.compile(r"[\\^_{}~]")


def latex_to_text(source: str) -> str:
    """Return LaTeX as plain text; malformed or deeply nested source is returned unchanged.

    Unknown commands are left as they are.
    """
    if not _MARKUP.search(source):
        return source
    from tui.ui.typeset.math.latex_parser import parse_formula
    from tui.ui.typeset.math.one_line import one_line

    try:
        text = one_line(parse_formula(source))
    except LatexError:
        return source
    # "2\times" is "2x", but "H \times W" is "H x W".
    return re.sub(r" x$", "x", " ".join(text.split()))
