"""Real git repositories, independent of the machine's git configuration."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from tests.support.requirements import require_programs

GIT_ENVIRONMENT: Mapping[str, str] = {
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_CONFIG_SYSTEM": "/dev/null",
    "GIT_CONFIG_NOSYSTEM": "1",
}
"""Makes git ignore the machine's configuration."""

IDENTITY = (
    *("-c", "user.name=Ann"),
    *("-c", "user.email=ann@example.org"),
    *("-c", "init.defaultBranch=main"),
)


def git(folder: Path, *arguments: str) -> str:
    """Run git as the author of a repository; return its output."""
    require_programs("git")
    finished = subprocess.run(
        ["git", *IDENTITY, *arguments],
        cwd=folder,
        env={"PATH": os.environ["PATH"], **GIT_ENVIRONMENT},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert finished.returncode == 0, finished.stderr
    return finished.stdout


class PublishedRepository:
    """A bare repository, and the checkout from which its author pushes."""

    def __init__(self, root: Path, name: str = "daily-papers.git") -> None:
        root.mkdir(parents=True, exist_ok=True)
        self.bare = root / name
        self.checkout = root / "work"
        git(root, "init", "-q", "--bare", str(self.bare))
        git(root, "clone", "-q", str(self.bare), str(self.checkout))

    @property
    def url(self) -> str:
        return self.bare.as_uri()

    def push(self, files: Mapping[str, str], *, force: bool = False) -> None:
        """Write files and push them; ``force`` replaces the whole history."""
        if force:
            git(self.checkout, "checkout", "-q", "--orphan", "replacement")
            git(self.checkout, "rm", "-rqf", ".")
        for name, text in files.items():
            file = self.checkout / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        git(self.checkout, "add", "--all")
        git(self.checkout, "commit", "-q", "-m", "Papers")
        force_option = ["--force"] if force else []
        git(self.checkout, "push", "-q", *force_option, "origin", "HEAD:main")
