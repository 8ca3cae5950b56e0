"""The list of sources in the settings, and sources that are git repositories."""

from __future__ import annotations

from pathlib import Path

from tui.cli.output import CommandError, command_errors, progress_line, warn
from tui.cli.source_selection import SourceSelection, expand_path
from tui.config.paths import clones_folder, config_file, config_files
from tui.config.settings_file import change_sources, load_settings
from tui.models import Problem
from tui.runtime.task import UNATTENDED, Progress, Task
from tui.sanitize import escape_unprintable
from tui.sources.git import command as git
from tui.sources.git.clones import Clones
from tui.sources.git.git_errors import without_secrets
from tui.sources.git.repositories import GitSources


def listed_sources() -> tuple[Path, ...]:
    """Return the sources in the settings, before they are changed.

    Raises:
        CommandError: the list is malformed, and rewriting it would lose it.
    """
    settings, problems = load_settings(*config_files())
    for problem in problems:
        if problem.file == str(config_file()) and problem.message.startswith("sources:"):
            raise CommandError(f"{problem}; correct it first")
        warn(problem)
    return settings.sources


def update_sources(*, add: tuple[Path, ...] = (), remove: tuple[Path, ...] = ()) -> None:
    """Add and remove sources. The list is re-read first, as another process may have changed it.

    Raises:
        CommandError: the settings cannot be written.
    """
    with command_errors(ValueError, prefix="the settings cannot be written: "):
        change_sources(config_files(), add=add, remove=remove)


def git_clones(task: Task = UNATTENDED) -> Clones:
    """Return the clones that Broadsheet made."""
    return Clones(clones_folder(), task)


def repository_url(name: str) -> str | None:
    """Return the URL of a repository given on the command line; None if it is a path to digests.

    Raises:
        CommandError: the URL's scheme is not supported.
    """
    path = expand_path(name)
    if git.is_bare(path):
        # With a URL instead of a path, git makes a shallow clone even of a local repository.
        return path.resolve().as_uri()
    if not git.is_repository_url(name) or path.exists():
        return None
    with command_errors(git.GitError, prefix=f"{without_secrets(name)}: "):
        return git.validate_url(name)


def clone_or_pull(url: str) -> Path:
    """Clone a repository, or pull its existing clone; return the clone's folder.

    Raises:
        CommandError: git failed, or the clone cannot be written.
    """
    name = without_secrets(url)

    def describe(progress: Progress) -> str:
        return f"Cloning {escape_unprintable(name)}: {progress.done} %"

    with command_errors(git.GitError, prefix=f"{name}: "), progress_line(describe) as task:
        task.report(Progress(0, 100))
        return git_clones(task).clone(url)


def pull(sources: SourceSelection) -> list[Problem]:
    """Pull the sources that are git repositories; return one problem for each failure."""

    def describe(progress: Progress) -> str:
        return f"Pulling {escape_unprintable(progress.item)}: {progress.done} of {progress.total}"

    with progress_line(describe) as task:
        return GitSources(clones_folder(), task).pull(sources.paths, checkouts=True)


def clone_containing(source: Path) -> Path | None:
    """Return the clone made by Broadsheet that is, or contains, a source; None without one."""
    return git_clones().containing(source)
