"""Sources that are git repositories."""

from __future__ import annotations

from pathlib import Path

from tui.cli.open_library import SourceSelection, expand_path
from tui.cli.output import command_errors
from tui.cli.progress import ProgressLine
from tui.config.paths import clones_folder
from tui.models import Problem
from tui.runtime.task import Progress, Task
from tui.sanitize import escape_unprintable
from tui.sources.git import command as git
from tui.sources.git.repositories import GitSources


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
    with command_errors(git.GitError, prefix=f"{git.without_secrets(name)}: "):
        return git.validate_url(name)


def clone_path(url: str) -> Path:
    """Return the folder for the clone of a repository, which may not exist yet."""
    return GitSources(clones_folder()).clone_path(url)


def clone_or_pull(url: str) -> Path:
    """Clone a repository, or pull its existing clone; return the clone's folder.

    Raises:
        CommandError: git failed, or the clone cannot be written.
    """
    url_without_secrets = git.without_secrets(url)
    label = f"Cloning {escape_unprintable(url_without_secrets)}"
    with command_errors(git.GitError, prefix=f"{url_without_secrets}: "), ProgressLine() as line:
        line.show(label)
        task = Task(lambda progress: line.show(f"{label}: {progress.done} %"))
        return GitSources(clones_folder(), task).clone(url)


def pull(sources: SourceSelection) -> list[Problem]:
    """Pull the sources that are git repositories; return one problem for each failure."""
    with ProgressLine() as line:

        def show(progress: Progress) -> None:
            line.show(
                f"Pulling {escape_unprintable(progress.item)}: {progress.done} of {progress.total}"
            )

        return GitSources(clones_folder(), Task(show)).pull(sources.paths, checkouts=True)


def clone_containing(source: Path) -> Path | None:
    """Return the clone made by Broadsheet that is, or contains, a source; None without one."""
    repositories = GitSources(clones_folder())
    root = repositories.repository_root(source)
    return root if root is not None and repositories.is_clone(root) else None


def origin_url(clone: Path) -> str:
    """Return a clone's remote URL without passwords; empty if it cannot be determined."""
    return git.without_secrets(GitSources(clones_folder()).url_of(clone))


def delete_clone(clone: Path) -> None:
    """Delete a clone that Broadsheet made.

    Raises:
        CommandError: it cannot be deleted.
    """
    with command_errors():
        GitSources(clones_folder()).delete(clone)
