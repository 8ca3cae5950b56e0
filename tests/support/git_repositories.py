"""Real repositories, made by the real git, whatever the machine's own git is set to."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from tests.support.requirements import need

ENVIRONMENT: Mapping[str, str] = {
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_CONFIG_SYSTEM": "/dev/null",
    "GIT_CONFIG_NOSYSTEM": "1",
}
"""What keeps the machine's settings out of it."""

WHO = ("-c", "user.name=Ann", "-c", "user.email=ann@example.org", "-c", "init.defaultBranch=main")


def git(at: Path, *words: str) -> str:
    """Run git as the person would whose repository it is."""
    need("git")
    done = subprocess.run(
        ["git", *WHO, *words],
        cwd=at, env={"PATH": os.environ["PATH"], **ENVIRONMENT}, capture_output=True, text=True,
        timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


class Published:
    """A bare repository, and the checkout of the person who pushes into it."""

    def __init__(self, root: Path, name: str = "daily-papers.git") -> None:
        root.mkdir(parents=True, exist_ok=True)
        self.bare = root / name
        self.work = root / "work"
        git(root, "init", "-q", "--bare", str(self.bare))
        git(root, "clone", "-q", str(self.bare), str(self.work))

    @property
    def url(self) -> str:
        return self.bare.as_uri()

    def push(self, files: Mapping[str, str], *, force: bool = False) -> None:
        """Write files and push them; by force, in the place of all that was there."""
        if force:
            git(self.work, "checkout", "-q", "--orphan", "anew")
            git(self.work, "rm", "-rqf", ".")
        for name, text in files.items():
            file = self.work / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        git(self.work, "add", "--all")
        git(self.work, "commit", "-q", "-m", "Papers")
        git(self.work, "push", "-q", *(["--force"] if force else []), "origin", "HEAD:main")
