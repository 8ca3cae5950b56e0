"""Pulling the reader's own checkouts, whose configuration may have come from somebody else."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.support.git_repositories import GIT_ENVIRONMENT, PublishedRepository, git
from tui.sources.git.repositories import GitSources

pytestmark = pytest.mark.slow

RUN_LAST_ARGUMENT = 'for last; do :; done; eval "$last"'
"""What an SSH program does if the server is this machine."""


@pytest.fixture(autouse=True)
def _isolated_git(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name, value in GIT_ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "global"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()


@pytest.fixture
def published(tmp_path: Path) -> PublishedRepository:
    published = PublishedRepository(tmp_path / "published")
    published.push(
        {
            ".gitattributes": "*.md filter=evil diff=evil merge=evil\n",
            "digests/1.md": "one",
            ".bashrc": "old",
        }
    )
    return published


@pytest.fixture
def checkout(published: PublishedRepository, tmp_path: Path) -> Path:
    """A checkout that is one commit behind."""
    git(tmp_path, "clone", "-q", "-b", "main", published.url, "mine")
    published.push({"digests/2.md": "two", ".bashrc": "new"})
    return tmp_path / "mine"


@pytest.fixture
def marker(tmp_path: Path) -> Path:
    """The file that the program ``evil`` creates."""
    write_program(tmp_path / "evil", f"touch '{tmp_path}/marker'; cat")
    return tmp_path / "marker"


def write_program(file: Path, script: str) -> Path:
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)
    return file


def pull(*sources: Path) -> list[str]:
    """Pull as ``sync --pull`` does; return the messages."""
    pulled = GitSources(Path("/nowhere/clones")).pull(sources, checkouts=True)
    return [problem.message for problem in pulled]


def is_pulled(checkout: Path) -> bool:
    return (checkout / "digests" / "2.md").exists()


def use_ssh(checkout: Path, published: PublishedRepository) -> None:
    git(checkout, "remote", "set-url", "origin", f"git@keyhost.invalid:{published.bare}")


# Programs and folders that a checkout's own configuration names

UNSAFE_SETTINGS = [
    ["filter.evil.smudge"],
    ["filter.evil.clean"],
    ["filter.evil.process"],
    ["filter.LFS.smudge"],
    ["remote.origin.uploadpack"],
    ["remote.origin.vcs"],
    ["core.gitProxy"],
    ["core.alternateRefsCommand"],
    ["credential.helper"],
    ["credential.https://example.org.helper"],
    ["gpg.program", "merge.verifySignatures=true"],
    ["gpg.ssh.defaultKeyCommand"],
    ["gc.recentObjectsHook"],
    ["hook.new.command", "hook.new.event=post-merge"],
    ["lfs.customtransfer.evil.path", "lfs.standalonetransferagent=evil"],
    ["lfs.CustomTransfer.evil.args"],
    ["lfs.extension.evil.smudge"],
    ["core.virtualFilesystem"],
]


@pytest.mark.parametrize("settings", UNSAFE_SETTINGS, ids=lambda settings: settings[0])
def test_checkout_that_names_a_program_is_refused(
    checkout: Path, marker: Path, settings: Sequence[str]
) -> None:
    for setting in settings:
        name, _separator, value = setting.partition("=")
        git(checkout, "config", name, value or f"{marker.parent}/evil")
    # Makes git compare the contents, for which it runs the filter.
    (checkout / "digests" / "1.md").touch()
    [message] = pull(checkout)
    assert message.startswith("cannot be pulled (its own Git configuration sets ")
    assert settings[0].lower() in message.lower()
    assert f"'{marker.parent}/evil'"[:40] in message
    assert not marker.exists()
    assert not is_pulled(checkout)


@pytest.mark.parametrize("key", ["include.path", "includeIf.onbranch:main.path"])
def test_included_configuration_is_checked(checkout: Path, marker: Path, key: str) -> None:
    (checkout / "more").write_text(f'[filter "evil"]\n\tsmudge = {marker.parent}/evil\n')
    git(checkout, "config", key, "../more")
    assert "sets filter.evil.smudge to" in pull(checkout)[0]
    assert not marker.exists()


def test_configuration_of_a_worktree_is_checked(checkout: Path, marker: Path) -> None:
    git(checkout, "config", "extensions.worktreeConfig", "true")
    git(checkout, "config", "--worktree", "filter.evil.smudge", f"{marker.parent}/evil")
    assert "sets filter.evil.smudge to" in pull(checkout)[0]
    assert not marker.exists()


@pytest.mark.parametrize("value", ["../../home", "/"])
def test_nothing_is_written_outside_the_checkout(
    checkout: Path, tmp_path: Path, value: str
) -> None:
    (tmp_path / "home" / ".bashrc").write_text("mine")
    git(checkout, "config", "core.worktree", value)
    [message] = pull(checkout, checkout / "digests")
    assert "sets core.worktree to" in message
    assert (tmp_path / "home" / ".bashrc").read_text() == "mine"
    assert [file.name for file in (tmp_path / "home").iterdir()] == [".bashrc"]


def test_cookies_are_not_written(checkout: Path, tmp_path: Path) -> None:
    git(checkout, "config", "http.cookieFile", str(tmp_path / "home" / ".bashrc"))
    git(checkout, "config", "http.https://example.org.saveCookies", "true")
    assert "sets http.https://example.org.savecookies to 'true'" in pull(checkout)[0]


def test_value_is_printable_and_has_no_password(checkout: Path) -> None:
    value = f"\x1b[31m https://me:secret@example.org {'x' * 500}"
    git(checkout, "config", "filter.evil.smudge", value)
    [message] = pull(checkout)
    assert message.isprintable()
    assert "secret" not in message
    assert len(message) < 400


def test_programs_that_git_does_not_need_are_not_run(
    checkout: Path, marker: Path, tmp_path: Path
) -> None:
    hooks = tmp_path / "hooks"
    for name in ("post-merge", "post-checkout", "post-index-change", "reference-transaction"):
        write_program(hooks / name, f"touch '{marker}'")
        shutil.copy(hooks / name, checkout / ".git" / "hooks" / name)
    evil = str(tmp_path / "evil")
    for name in (
        "core.fsmonitor", "core.askPass", "core.editor", "core.pager", "alias.fetch",
        "diff.external", "diff.evil.textconv", "merge.evil.driver", "difftool.x.cmd",
        "sequence.editor",
    ):  # fmt: skip
        git(checkout, "config", name, evil)
    git(checkout, "config", "core.hooksPath", str(hooks))
    assert pull(checkout) == []
    assert is_pulled(checkout)
    assert not marker.exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("url.ext::sh -c touch% {marker} .insteadOf", "file:"),
        ("remote.origin.url", "ext::sh -c touch% {marker}"),
        ("protocol.ext.allow", "always"),
    ],
)
def test_remote_helpers_are_not_run(checkout: Path, marker: Path, name: str, value: str) -> None:
    git(checkout, "config", "protocol.allow", "always")
    if name == "protocol.ext.allow":
        git(checkout, "config", "remote.origin.url", f"ext::sh -c touch% {marker}")
    git(checkout, "config", name.format(marker=marker), value.format(marker=marker))
    assert "transport 'ext' not allowed" in pull(checkout)[0]
    assert not marker.exists()


def test_configuration_of_submodules_is_not_used(
    checkout: Path, marker: Path, tmp_path: Path
) -> None:
    submodule = PublishedRepository(tmp_path / "submodule", "submodule.git")
    submodule.push({"a.md": "x"})
    add = ("-c", "protocol.file.allow=always", "submodule", "--quiet", "add")
    git(checkout, *add, submodule.url, "sub")
    git(checkout, "commit", "-qm", "x")
    git(checkout, "push", "-q", "--force", "origin", "HEAD:main")
    git(checkout / "sub", "config", "core.fsmonitor", str(tmp_path / "evil"))
    (checkout / "sub" / "a.md").write_text("changed")
    assert pull(checkout) == []
    assert not marker.exists()


@pytest.mark.parametrize(
    "settings",
    [
        {"credential.helper": "store"},
        {"credential.helper": "cache --timeout=3600"},
        {"filter.lfs.clean": "git-lfs clean -- %f", "filter.lfs.process": "git-lfs filter-process"},
        {"core.worktree": "../../mine"},
        {"remote.origin.fetch": "+refs/heads/*:refs/remotes/origin/*"},
        {"branch.main.rebase": "true"},
        {"core.gitProxy": "none"},
        {"http.saveCookies": "false"},
    ],
)
def test_usual_settings_are_accepted(checkout: Path, settings: dict[str, str]) -> None:
    for name, value in settings.items():
        git(checkout, "config", name, value)
    assert pull(checkout) == []
    assert is_pulled(checkout)


def test_global_programs_are_run(checkout: Path, marker: Path) -> None:
    git(checkout, "config", "--file", os.environ["GIT_CONFIG_GLOBAL"],
        "filter.evil.smudge", f"{marker.parent}/evil")  # fmt: skip
    assert pull(checkout) == []
    assert is_pulled(checkout)
    assert marker.exists()


# Which repository


def test_repository_around_an_untracked_source_is_left_alone(checkout: Path) -> None:
    source = checkout / "papers"
    source.mkdir()
    (source / "3.md").write_text("mine")
    assert pull(source) == []
    assert not is_pulled(checkout)
    assert (checkout / ".bashrc").read_text() == "old"
    # A source that the repository tracks moves it, whatever else is there.
    assert pull(source, checkout / "digests") == []
    assert is_pulled(checkout)


def test_ignored_source_does_not_move_its_repository(checkout: Path) -> None:
    (checkout / ".git" / "info" / "exclude").write_text("papers\n")
    (checkout / "papers").mkdir()
    assert pull(checkout / "papers") == []
    assert not is_pulled(checkout)


def test_repository_around_a_damaged_one_is_left_alone(checkout: Path) -> None:
    damaged = checkout / "digests"
    (damaged / ".git").mkdir()
    assert "cannot be pulled (not a git repository" in pull(damaged)[0]
    assert not is_pulled(checkout)


def test_bare_repository_among_the_files_is_not_used(
    checkout: Path, marker: Path, tmp_path: Path
) -> None:
    """A published repository may contain the files of a bare one, with a configuration."""
    shutil.rmtree(checkout / ".git")
    (checkout / ".git").mkdir()
    git(tmp_path, "init", "-q", "--bare", str(tmp_path / "bare"))
    shutil.copytree(tmp_path / "bare", checkout, dirs_exist_ok=True)
    git(checkout, "config", "--file", "config", "core.worktree", str(tmp_path / "home"))
    git(checkout, "config", "--file", "config", "core.bare", "false")
    git(checkout, "config", "--file", "config", "core.fsmonitor", str(tmp_path / "evil"))
    [message] = pull(checkout)
    assert "cannot be pulled (" in message
    assert not marker.exists()


# SSH


@pytest.mark.parametrize("options", ["", " -i key -o IdentitiesOnly=yes", " -F /dev/null -p22"])
def test_own_ssh_program_of_a_checkout_is_used(
    checkout: Path, published: PublishedRepository, tmp_path: Path, options: str
) -> None:
    use_ssh(checkout, published)
    program = write_program(tmp_path / "my ssh", RUN_LAST_ARGUMENT)
    git(checkout, "config", "core.sshCommand", f"'{program}'{options}")
    assert pull(checkout) == []
    assert is_pulled(checkout)


@pytest.fixture
def ssh_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a program ``ssh`` on the PATH that logs its arguments."""
    log = tmp_path / "log"
    write_program(tmp_path / "bin" / "ssh", f"echo \"$@\" >>'{log}'; {RUN_LAST_ARGUMENT}")
    monkeypatch.setenv("PATH", f"{tmp_path}/bin:{os.environ['PATH']}")
    return log


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("", "-oBatchMode=yes -oConnectTimeout=30"),
        ("ssh -i ~/.ssh/work", "-oBatchMode=yes -oConnectTimeout=30"),
        ("ssh -o BatchMode=no -oConnectTimeout=5", "-o BatchMode=no -oConnectTimeout=5"),
    ],
)
@pytest.mark.parametrize("place", ["local", "global", "environment"])
def test_ssh_does_not_prompt(
    checkout: Path, published: PublishedRepository, ssh_log: Path,
    monkeypatch: pytest.MonkeyPatch, command: str, options: str, place: str,
) -> None:  # fmt: skip
    use_ssh(checkout, published)
    if place == "environment":
        monkeypatch.setenv("GIT_SSH_COMMAND", command)
    elif command:
        files = {"local": [], "global": ["--file", os.environ["GIT_CONFIG_GLOBAL"]]}
        git(checkout, "config", *files[place], "core.sshCommand", command)
    assert pull(checkout) == []
    assert is_pulled(checkout)
    arguments = ssh_log.read_text().splitlines()[0]
    assert options in arguments
    assert arguments.lower().count("batchmode") == 1
    assert ("-i " in arguments) == ("-i " in command)


def test_program_of_git_ssh_is_used(
    checkout: Path, published: PublishedRepository, ssh_log: Path, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    use_ssh(checkout, published)
    monkeypatch.setenv("GIT_SSH", str(write_program(tmp_path / "own", RUN_LAST_ARGUMENT)))
    assert pull(checkout) == []
    assert is_pulled(checkout)
    assert not ssh_log.exists()


def test_ssh_program_of_the_environment_replaces_that_of_the_checkout(
    checkout: Path, published: PublishedRepository, marker: Path, ssh_log: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    use_ssh(checkout, published)
    git(checkout, "config", "core.sshCommand", f"sh {marker.parent}/evil")
    monkeypatch.setenv("GIT_SSH_COMMAND", "ssh")
    assert pull(checkout) == []
    assert ssh_log.exists()
    assert not marker.exists()


@pytest.mark.parametrize(
    "command",
    [
        "touch {marker}",
        "sh -c 'touch {marker}'",
        "ssh; touch {marker}",
        "ssh $(touch {marker})",
        "ssh -o ProxyCommand='touch {marker}'",
        "ssh -oProxyCommand=evil",
        "ssh -o 'proxycommand evil'",
        "ssh -o LocalCommand=evil -o PermitLocalCommand=yes",
        "ssh -o UserKnownHostsFile=~/.bashrc",
        "ssh -E {marker}",
        "ssh -F {checkout}/digests/1.md",
        "ssh -I evil.so",
        "ssh example.org",
        "ssh -i",
        "ssh 'unfinished",
        "{checkout}/digests/program",
        "./digests/program",
        "digests/program",
        "program",
        "{linked}",
        "{open}",
        "/bin/sh",
        "/usr/bin/make",
        "/usr/bin/env ssh",
        "A=1 ssh",
        "{missing}",
    ],
)
def test_other_ssh_commands_of_a_checkout_are_refused(
    checkout: Path, published: PublishedRepository, marker: Path, tmp_path: Path, command: str
) -> None:
    use_ssh(checkout, published)
    write_program(checkout / "digests" / "program", f"touch '{marker}'")
    (tmp_path / "linked").symlink_to(checkout / "digests" / "program")
    write_program(tmp_path / "open", f"touch '{marker}'").chmod(0o777)
    names = ("marker", "linked", "open", "missing")
    paths = {name: tmp_path / name for name in names}
    git(checkout, "config", "core.sshCommand", command.format(checkout=checkout, **paths))
    [message] = pull(checkout)
    assert "sets core.sshCommand to" in message
    assert not marker.exists()
    assert not is_pulled(checkout)
