"""Restricted mode on the command line: every command is harmless or refused."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.cli.dialect_packages import install_example
from tests.cli.on_terminal import terminal
from tests.support.escapes import Escapes
from tests.support.home import PROGRAM, TIMEOUT_SECONDS, Home
from tests.support.requirements import require_user_namespaces
from tui.cli.commands import COMMANDS

ID = "2505.22954"

HARMLESS = (
    ["list", "--limit", "1", "--pager"],
    ["show", ID, "--pager"],
    ["export", "--limit", "1"],
    ["export", "--limit", "1", "-o", "papers.md"],
    ["marks", "set", ID, "--star", "--note", "Ours"],
    ["marks", "export", "-o", "marks.jsonl"],
    ["marks", "import", "marks.jsonl"],
    ["letter", "--days", "9999"],
    ["stats", "--pager"],
    ["sync"],
    ["why", "daily_papers_ko/2025/04/02.md"],
    ["count"],
    ["sources"],
    ["config"],
    ["config", "--init"],
    ["completion", "bash"],
    ["help", "ssh", "--pager"],
    ["man"],
)

REFUSED = (
    ["fetch", "--to", "."],
    ["add", "."],
    ["add", "https://example.org/papers.git"],
    ["remove", "--delete", "."],
    ["sync", "--pull"],
    ["export", "--zotero"],
    ["export", "--template", "note.md", "-o", "."],
    ["marks", "sync", "."],
    ["marks", "sync", "git@example.org:marks.git"],
)


@pytest.fixture(scope="module")
def escapes(tmp_path_factory: pytest.TempPathFactory) -> Escapes:
    return Escapes(tmp_path_factory.mktemp("escapes"))


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory, escapes: Escapes) -> Home:
    """A home in which every start of a process leaves a trace, with an own source."""
    home = escapes.watch(Home(tmp_path_factory.mktemp("reader")))
    (home.root / "home").mkdir()
    return home


def exports(home: Home) -> Path:
    return home.root / "data" / "broadsheet" / "exports"


def test_every_command_is_covered() -> None:
    assert {words[0] for words in (*HARMLESS, *REFUSED)} | {"doctor", "paper"} == set(COMMANDS)


@pytest.mark.parametrize("words", HARMLESS, ids=" ".join)
def test_harmless_command(reader: Home, escapes: Escapes, words: list[str]) -> None:
    result = reader.run("--restricted", *words)
    assert result.code == 0
    assert "restricted" not in result.err
    assert escapes.found == []


@pytest.mark.parametrize("words", REFUSED, ids=" ".join)
def test_refused_command(reader: Home, escapes: Escapes, words: list[str]) -> None:
    result = reader.run("--restricted", *words)
    assert (result.code, result.out) == (2, "")
    [line] = result.err.splitlines()
    assert line.endswith("is not available in restricted mode")
    assert escapes.found == []


def test_no_full_text_is_fetched(reader: Home, escapes: Escapes) -> None:
    result = reader.run("--restricted", "paper", ID)
    assert (result.code, result.out) == (2, "")
    assert "No text can be fetched in restricted mode." in result.err
    assert escapes.found == []


def test_option_may_follow_the_command(reader: Home) -> None:
    assert reader.run("fetch", "--restricted").code == 2
    # After "--" it is a query, although not a valid one.
    assert "'--restricted' at column 1" in reader.run("list", "--", "--restricted").err


def test_doctor_names_the_mode(reader: Home, escapes: Escapes) -> None:
    result = reader.run("--restricted", "doctor")
    assert "ok   mode         restricted" in result.out
    assert escapes.found == []


def test_setting_of_the_machine_restricts_everybody(home: Home) -> None:
    home.site_config.parent.mkdir(parents=True)
    home.site_config.write_text("restricted = true\n", encoding="utf-8")
    home.configure("restricted = false\n")
    result = home.run("fetch")
    assert (result.code, result.out) == (2, "")
    assert "restricted mode" in result.err
    assert "restricted = true" in home.run("config").lines


def test_variables_do_not_hide_the_setting_of_the_machine(home: Home, tmp_path: Path) -> None:
    require_user_namespaces()
    etc = tmp_path / "etc"
    (etc / "xdg" / "broadsheet").mkdir(parents=True)
    (etc / "xdg" / "broadsheet" / "config.toml").write_text("restricted = true\n")
    # Python may be linked with a library that the linker finds only by its cache.
    cache = Path("/etc/ld.so.cache")
    if cache.exists():
        (etc / cache.name).write_bytes(cache.read_bytes())
    script = f"mount --bind '{etc}' /etc && exec \"$@\""
    finished = subprocess.run(
        ["unshare", "-Urm", "/bin/sh", "-c", script, "sh", *PROGRAM, "fetch"],
        cwd=tmp_path,
        env={**home.environment, "XDG_CONFIG_DIRS": "/nowhere"},
        capture_output=True,
        text=True,
        timeout=TIMEOUT_SECONDS,
        check=False,
    )
    assert finished.stderr.endswith("is not available in restricted mode\n")


@pytest.mark.parametrize(
    ("command", "target"),
    [
        (["export", "--limit", "1", "-o"], "{root}/out.bib"),
        (["export", "--limit", "1", "-o"], "../../../out.bib"),
        (["export", "--limit", "1", "-o"], "~/out.bib"),
        (["export", "--limit", "1", "-o"], "link.bib"),
        (["marks", "export", "-o"], "{root}/out.bib"),
        (["marks", "import"], "/etc/passwd"),
    ],
)
def test_files_stay_in_their_folder(reader: Home, command: list[str], target: str) -> None:
    folder = exports(reader)
    folder.mkdir(parents=True, exist_ok=True)
    link = folder / "link.bib"
    if not link.is_symlink():
        link.symlink_to(reader.root / "out.bib")
    result = reader.run("--restricted", *command, target.format(root=reader.root))
    assert (result.code, result.out) == (2, "")
    assert len(result.err.splitlines()) == 1
    assert not list(reader.root.glob("**/out.bib"))


def test_export_is_written_to_its_folder(home: Home) -> None:
    result = home.run("--restricted", "export", "--limit", "1", "-o", "papers.bib")
    assert result.out == f"Wrote 1 paper to {exports(home) / 'papers.bib'}\n"
    assert (exports(home) / "papers.bib").read_text(encoding="utf-8").startswith("@misc{")


def test_url_of_a_clone_is_not_looked_up(home: Home, tmp_path: Path) -> None:
    escapes = Escapes(tmp_path / "escapes")
    reader = escapes.watch(home)
    clone = home.root / "data" / "broadsheet" / "clones" / "papers"
    (clone / ".git").mkdir(parents=True)
    home.configure(f"sources = ['{clone}']\n")
    assert str(clone) in reader.run("--restricted", "sources").out
    assert escapes.found == []
    # Otherwise it would be, so the test would notice.
    reader.run("sources")
    assert escapes.found


def test_pager_is_not_started(home: Home, tmp_path: Path) -> None:
    escapes = Escapes(tmp_path / "escapes")
    with terminal(escapes.watch(home), "--restricted", "help", "ssh", "--pager") as screen:
        assert screen.wait() == 0
        assert "restricted mode" in screen.raw.decode()
    assert escapes.found == []


@pytest.mark.parametrize("words", [["list"], ["--no-such-option"], []], ids=" ".join)
def test_python_does_not_start_its_shell_afterwards(home: Home, words: list[str]) -> None:
    inspected = home.with_environment(PYTHONINSPECT="1")
    with terminal(inspected, "--restricted", *words) as screen:
        assert screen.wait() == 2
        assert ">>>" not in screen.raw.decode()


def test_variables_of_the_toolkit_are_dropped(home: Home, tmp_path: Path) -> None:
    log = tmp_path / "log"
    reader = home.with_environment(TEXTUAL_LOG=str(log), TEXTUAL_PRESS="e")
    with terminal(reader, "--restricted") as screen:
        screen.wait_for("quit")
        screen.press("q")
        assert screen.wait() == 0
    assert not log.exists()


def test_modules_of_the_reader_are_not_loaded(home: Home, tmp_path: Path) -> None:
    packages = install_example(tmp_path / "packages")
    reader = home.with_environment(PYTHONPATH=str(packages))
    digests = tmp_path / "digests"
    digests.mkdir()
    text = "arXiv picks of 2025-05-01\n\n2505.04921 +12 Counting Wind\n    Three mills.\n"
    (digests / "picks.txt").write_text(text, encoding="utf-8")
    listed = ["list", "-p", str(digests), "--format", "ids"]
    assert reader.run("--restricted", *listed).lines == []
    assert reader.run(*listed).lines == ["2505.04921"]
