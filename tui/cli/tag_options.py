"""Tags as options of commands: ``--tag rl --untag todo``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tui.cli.output import CommandError


def parse_tag_options(option: str, values: Sequence[str]) -> tuple[str, ...]:
    """Return the tags that an option names, which may be separated by commas.

    Raises:
        CommandError: one contains a space, so that it is unclear whether it is one tag.
    """
    from tui.marks.tags import parse_tags

    for value in values:
        for tag in re.split(r"[,，、]", value):
            if len(words := tag.split()) > 1:
                raise CommandError(
                    f"{option} '{tag.strip()}': a tag has no spaces; write '{'-'.join(words)}', or "
                    f"'{','.join(words)}' for {len(words)} tags"
                )
    return parse_tags(",".join(values))
