"""Sources that are git repositories, on the command line."""

from __future__ import annotations

from pathlib import Path

from tui.cli.commands.open_library import SourceSelection, expanded
from tui.cli.output import CommandError, printable, reason
from tui.cli.progress import ProgressLine
from tui.config.paths import clones_folder
from tui.models import Problem
from tui.sources.git.command import GitError, checked_url, is_bare, is_url, without_secrets
from tui.sources.git.repositories import GitSources, PullProgress
from tui.storage.tables import StorageError


def url_named(name: str) -> str | None:
    """Return the address of the repository that a person named; None if it is a path to digests.

    Raises:
        CommandError: it is an address of a kind that is not used.
    """
    path = expanded(name)
    if is_bare(path):
        # With an address, git takes the newest state alone also of what is on the same disk.
        return path.resolve().as_uri()
    if not is_url(name) or path.exists():
        return None
    try:
        return checked_url(name)
    except GitError as error:
        raise CommandError(f"{without_secrets(name)}: {error}") from error


def place_of(url: str) -> Path:
    """Return where the clone of a repository lies, or would."""
    return GitSources(clones_folder()).place_of(url)


def cloned(url: str) -> Path:
    """Clone a repository, or pull the clone that there is; return where it lies.

    Raises:
        CommandError: that cannot be done.
    """
    line = ProgressLine()
    shown = printable(without_secrets(url))
    line.show(f"Cloning {shown}")
    try:
        return GitSources(clones_folder()).clone(
            url, lambda percent: line.show(f"Cloning {shown}: {percent} %")
        )
    except (GitError, StorageError) as error:
        raise CommandError(f"{without_secrets(url)}: {error}") from error
    except OSError as error:
        raise CommandError(reason(error)) from error
    finally:
        line.clear()


def pull(sources: SourceSelection) -> list[Problem]:
    """Pull the sources that are git repositories; return what could not be pulled."""
    line = ProgressLine()

    def moved(pulling: PullProgress) -> None:
        line.show(f"Pulling {printable(pulling.name)}: {pulling.done} of {pulling.total}")

    try:
        return GitSources(clones_folder()).pull(sources.paths, checkouts=True, moved=moved)
    finally:
        line.clear()


def clone_of(source: Path) -> Path | None:
    """Return the clone of ours that a source is or lies in."""
    repositories = GitSources(clones_folder())
    root = repositories.root_of(source)
    return root if root is not None and repositories.is_clone(root) else None


def origin_of(clone: Path) -> str:
    """Return of what a clone is, fit to be shown; empty if that cannot be told."""
    return without_secrets(GitSources(clones_folder()).url_of(clone))


def delete_clone(clone: Path) -> None:
    """Delete a clone of ours.

    Raises:
        CommandError: that cannot be done.
    """
    try:
        GitSources(clones_folder()).delete(clone)
    except StorageError as error:
        raise CommandError(str(error)) from error
    except OSError as error:
        raise CommandError(reason(error)) from error
