"""The checks of ``broadsheet doctor`` for the clones that Broadsheet made."""

from __future__ import annotations

from collections.abc import Iterator
from shlex import quote

from tui.cli.check_result import CheckResult
from tui.cli.output import plural
from tui.cli.source_list import git_clones
from tui.config.paths import config_files
from tui.config.settings_file import load_settings
from tui.sources.git.command import is_bare


def check_clones() -> Iterator[CheckResult]:
    """Find clones that are damaged or no longer sources, and what interrupted commands left."""
    clones = git_clones()
    settings, _problems = load_settings(*config_files())
    used = {clones.containing(source.resolve()) for source in settings.sources}
    for clone in clones.all():
        command = f"broadsheet remove --delete {quote(str(clone))}"
        if not is_bare(clone / ".git"):
            remedy = f"{command}, then add its URL again"
            yield CheckResult(False, "clones", f"{clone} is damaged; {remedy}")
        elif clone.resolve() not in used:
            remedy = f"to delete it: {command}"
            yield CheckResult(True, "clones", f"{clone} is not a source; {remedy}")
    if leftovers := clones.leftovers():
        found = plural(len(leftovers), "folder") + " of an unfinished command"
        remedy = "'broadsheet sync --pull' removes what is not in use"
        yield CheckResult(True, "clones", f"{found} in {leftovers[0].parent}; {remedy}")
