"""Tags as options of commands: ``--tag rl --untag todo``."""

from __future__ import annotations

from collections.abc import Sequence

from tui.cli.output import CommandError


def parse_tag_options(option: str, values: Sequence[str]) -> tuple[str, ...]:
    """Return the tags that an option names, which may be separated by commas.

    Raises:
        CommandError: one contains a space, so that it is unclear whether it is one tag.
    """
    from tui.marks.tags import parse_typed_tags

    try:
        return parse_typed_tags(",".join(values))
    except ValueError as error:
        raise CommandError(f"{option} {error}") from error
