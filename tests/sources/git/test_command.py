"""Git runs without prompts and hooks, and its errors are reported in one sentence."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import pytest

from tests.support.git_repositories import GIT_ENVIRONMENT, PublishedRepository
from tests.support.processes import wait_until_ended
from tui.runtime.task import Task, TaskCancelledError
from tui.sources.git import command as git_module
from tui.sources.git.command import (
    GitError,
    clone_folder_name,
    is_bare,
    is_repository_url,
    run_git,
    validate_url,
)
from tui.sources.git.git_errors import without_secrets

TIMEOUT_SECONDS = 60.0
"""Long enough even on a busy machine, so only a hanging program exceeds it."""

SUPPORTED_URLS = [
    "https://github.com/someone/papers.git",
    "https://me:token@example.org/x/y",
    "ssh://git@example.org:2222/papers",
    "git@github.com:someone/papers.git",
    "git://example.org/papers",
    "file:///srv/papers.git",
]

UNSUPPORTED_URLS = [
    "ext::sh -c touch% /tmp/x",
    "http://example.org/papers",
    "ftp://example.org/papers",
    "ext://sh",
    "fd::17",
    "-u@host:x",
]


@pytest.fixture(autouse=True)
def _isolated_git_config(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in GIT_ENVIRONMENT.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder at the start of the PATH."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    return folder


def write_program(file: Path, script: str) -> Path:
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)
    return file


@pytest.mark.parametrize("url", SUPPORTED_URLS)
def test_supported_url_is_accepted(url: str) -> None:
    assert is_repository_url(url)
    assert validate_url(url) == url


@pytest.mark.parametrize("url", UNSUPPORTED_URLS)
def test_unsupported_url_is_rejected(url: str) -> None:
    assert is_repository_url(url)
    with pytest.raises(GitError, match="unsupported repository URL; use https://"):
        validate_url(url)


@pytest.mark.parametrize("path", ["papers", "../papers.git", "/srv/a b", "~/x", "C:papers", "a:b"])
def test_path_is_not_a_url(path: str) -> None:
    assert not is_repository_url(path)


def test_clone_folder_names_are_readable_and_unique() -> None:
    name = clone_folder_name("git@github.com:Some.One/daily papers.git")
    assert name.startswith("Some-One-daily-papers-")
    assert clone_folder_name("https://secret@example.org/x/y.git").startswith("x-y-")
    assert (
        len(
            {clone_folder_name(url) for url in (*SUPPORTED_URLS, "https://a/../../..", "ssh://h/-")}
        )
        == 8
    )
    assert all(
        "/" not in clone_folder_name(url) and clone_folder_name(url)[0] != "."
        for url in SUPPORTED_URLS
    )


def test_credentials_are_removed() -> None:
    assert without_secrets("at https://me:tok@e.org/x") == "at https://e.org/x"


def test_bare_repository_is_recognized(tmp_path: Path) -> None:
    published = PublishedRepository(tmp_path)
    assert is_bare(published.bare)
    assert not is_bare(published.checkout)


def test_output_is_returned(tmp_path: Path) -> None:
    published = PublishedRepository(tmp_path)
    published.push({"a.md": "x"})
    assert "refs/heads/main" in run_git("ls-remote", "--", published.url)


def test_error_is_one_sentence_without_credentials(tmp_path: Path) -> None:
    with pytest.raises(GitError) as caught:
        run_git("ls-remote", "--", f"file://me:secret@{tmp_path}/missing")
    message = str(caught.value)
    assert "\n" not in message
    assert "secret" not in message
    assert "missing" in message
    with pytest.raises(GitError, match="transport 'ext' not allowed"):
        run_git("ls-remote", "--", "ext::sh -c touch% x")
    with pytest.raises(GitError, match="strange hostname"):
        run_git("ls-remote", "--", "ssh://-oProxyCommand=touch/x")


def test_server_messages_are_escaped(programs: Path) -> None:
    write_program(programs / "git", r"printf 'fatal: \033[2Jgone\007.\nhint: try\n' >&2; exit 128")
    with pytest.raises(GitError) as caught:
        run_git("fetch")
    assert str(caught.value) == "\\x1b[2Jgone\\x07"


def test_most_specific_error_line_is_chosen(programs: Path) -> None:
    write_program(
        programs / "git",
        "printf 'Cloning into x...\\ngit@h: Permission denied (publickey).\\n"
        "fatal: Could not read from remote repository.\\n\\nPlease make sure you have\\n"
        "and the repository exists.\\n' >&2; exit 128",
    )
    with pytest.raises(GitError, match=r"^git@h: Permission denied \(publickey\)$"):
        run_git("fetch")


def test_advice_is_removed_from_errors(tmp_path: Path) -> None:
    run_git("init", "-q", str(tmp_path))
    with pytest.raises(GitError, match=r"^There is no tracking information for the current branch"):
        run_git("-C", str(tmp_path), "pull", "--ff-only")


def test_missing_git_is_one_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(GitError, match="git is not installed"):
        run_git("status")


def test_environment_disables_prompts_and_other_repositories(
    programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_AUTHOR_NAME", "GIT_EDITOR"):
        monkeypatch.setenv(name, "/somewhere")
    monkeypatch.setenv("GIT_SSL_CAINFO", "/etc/own.pem")
    write_program(programs / "git", "env; read line || echo no-input; tty || true")
    message = run_git("anything")
    assert "/somewhere" not in message
    assert "GIT_SSL_CAINFO=/etc/own.pem" in message
    for part in (
        "GIT_TERMINAL_PROMPT=0", "GIT_ALLOW_PROTOCOL=https:ssh:git:file",
        "SSH_ASKPASS_REQUIRE=never", "GIT_SSH_COMMAND=ssh -oBatchMode=yes",
        "GIT_CONFIG_GLOBAL=/dev/null", "no-input",
        "not a tty",
    ):  # fmt: skip
        assert part in message


def test_hooks_do_not_run(tmp_path: Path) -> None:
    published = PublishedRepository(tmp_path)
    published.push({"a.md": "x"})
    hook = published.checkout / ".git" / "hooks"
    hook.mkdir(exist_ok=True)
    write_program(hook / "post-checkout", f"touch '{tmp_path}/hooked'")
    run_git("checkout", "-q", "-b", "other", cwd=published.checkout)
    assert not (tmp_path / "hooked").exists()


def test_progress_is_reported(programs: Path) -> None:
    write_program(
        programs / "git", r"printf 'Receiving objects:  42%% (1/2)\rReceiving objects: 100%%' >&2"
    )
    percentages: list[int] = []
    run_git("clone", task=Task(lambda progress: percentages.append(progress.done)))
    assert percentages == [42, 100]


def test_cancelling_terminates_all_child_processes(programs: Path, tmp_path: Path) -> None:
    # This git ignores SIGTERM and has a child that would outlive it.
    pids = tmp_path / "pids"
    write_program(
        programs / "git", f"trap '' TERM; sleep 600 & echo $$ $! >'{pids}'; wait; sleep 600"
    )
    stop = threading.Event()
    threading.Thread(target=_set_when_file_exists, args=(pids, stop)).start()
    with pytest.raises(TaskCancelledError):
        run_git("clone", task=Task(is_cancelled=stop.is_set))
    for pid in map(int, pids.read_text().split()):
        wait_until_ended(pid)


def test_background_processes_are_not_waited_for(
    programs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(git_module, "STALL_TIMEOUT_SECONDS", 10.0)
    write_program(programs / "git", f"sleep 600 & echo $! >'{tmp_path}/pid'; echo done")
    assert run_git("fetch") == "done\n"
    os.kill(int((tmp_path / "pid").read_text()), 9)


def _set_when_file_exists(file: Path, stop: threading.Event) -> None:
    while not (file.exists() and file.read_text().endswith("\n")):
        time.sleep(0.01)
    stop.set()
