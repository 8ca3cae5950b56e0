"""``broadsheet fetch``, with a local server in place of Hugging Face."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.pty.harness import PseudoTerminal
from tests.sources.huggingface.papers import day_response
from tests.sources.huggingface.server import Hub, Proxy, failing, sending, silent
from tests.support.home import TIMEOUT_SECONDS, UNREACHABLE_URL, CommandResult, Home
from tui.runtime.extras import install_command
from tui.sources.huggingface import today

TOKEN = "hf_of_the_tests"
OLD_DAY, OLDER_DAY = (str(today() - timedelta(days=ago)) for ago in (20, 21))


@pytest.fixture
def hub() -> Iterator[Hub]:
    """Return a hub with papers for today and for two old days."""
    days = {str(today()): range(3), OLD_DAY: range(10, 14), OLDER_DAY: range(20, 25)}
    with Hub(days={day: day_response(day, numbers) for day, numbers in days.items()}) as hub:
        yield hub


@pytest.fixture
def home(tmp_path: Path, hub: Hub) -> Home:
    """Return a home that uses this hub and has fetched nothing yet."""
    return Home(tmp_path, {"HF_ENDPOINT": hub.url, "HF_TOKEN": TOKEN})


def hub_folder(home: Home) -> Path:
    return home.root / "data" / "broadsheet" / "hub"


def sources(home: Home) -> list[str]:
    listed: list[str] = tomllib.loads(home.config.read_text(encoding="utf-8"))["sources"]
    return listed


def warnings(result: CommandResult) -> list[str]:
    """Return the warnings, except those about empty sources."""
    return [line for line in result.err.splitlines() if "no digest found in it" not in line]


def test_today_is_fetched_added_and_read(home: Home, hub: Hub) -> None:
    result = home.run("fetch")
    assert (result.code, warnings(result)) == (0, [])
    day = hub.requested_days[0]
    assert hub.requested_days == [day]
    folder = hub_folder(home)
    assert (folder / f"{day}.json").read_bytes() == hub.days[day]
    assert result.lines[:2] == [f"{day}: 3 papers", f"Added {folder} to the sources."]
    assert result.lines[2].startswith("fetched 1, unchanged 0, empty 0, kept 0, failed 0, papers ")
    assert sources(home) == [str(folder)]
    assert folder.stat().st_mode & 0o777 == 0o700
    assert hub.requests[0].headers["authorization"] == f"Bearer {TOKEN}"
    repeated = home.run("fetch")
    assert (repeated.code, warnings(repeated)) == (0, [])
    assert repeated.lines[-1].startswith("fetched 0, unchanged 1, empty 0, kept 0, failed 0")
    assert sources(home) == [str(folder)]


def test_fetched_papers_are_listed(home: Home, hub: Hub) -> None:
    assert home.run("fetch", "--date", OLD_DAY, "--format", "json").json["papers"] == 4
    listed = home.run("list", "--format", "json").json
    assert [paper["arxiv_id"] for paper in listed] == [f"2511.000{n}" for n in range(10, 14)]
    assert listed[0]["dates"] == [OLD_DAY]
    assert listed[0]["votes"] == 10
    assert hub.requested_days == [OLD_DAY]


def test_json_output_has_counts_and_failures(home: Home, hub: Hub) -> None:
    hub.responses[OLDER_DAY] = [failing(404)]
    home.run("fetch", "--date", OLD_DAY)
    result = home.run("fetch", "--since", OLDER_DAY, "--format", "json")
    output = result.json
    assert result.code == 2
    assert list(output) == [
        "folder", "fetched", "unchanged", "empty", "kept", "failed", "unasked", "added", "papers",
    ]  # fmt: skip
    assert output["folder"] == str(hub_folder(home))
    assert output["fetched"] == [{"date": str(today()), "papers": 3}]
    assert (output["unchanged"], output["kept"], output["unasked"]) == ([], [OLD_DAY], 0)
    assert len(output["empty"]) == (today() - date.fromisoformat(OLD_DAY)).days - 1
    assert [failure["date"] for failure in output["failed"]] == [OLDER_DAY]
    assert output["failed"][0]["message"].endswith(" answers 404 Not Found")
    assert warnings(result) == [f"broadsheet: {OLDER_DAY}: {output['failed'][0]['message']}"]
    assert output["added"] is False


def test_last_days_are_fetched(home: Home, hub: Hub) -> None:
    newest = today()
    assert home.run("fetch", "--days", "3").code == 0
    assert hub.requested_days == [str(newest - timedelta(days=ago)) for ago in range(3)]


def test_folder_of_the_command_line_is_used(home: Home, hub: Hub, tmp_path: Path) -> None:
    mine = tmp_path / "내 papers"
    result = home.run("fetch", "--date", OLD_DAY, "--to", "내 papers")
    assert result.code == 0
    assert (mine / f"{OLD_DAY}.json").read_bytes() == hub.days[OLD_DAY]
    assert sources(home) == [str(mine)]
    assert not hub_folder(home).exists()


def test_folder_of_the_settings_is_used(home: Home, tmp_path: Path) -> None:
    home.configure('fetch_folder = "mine"\n')
    assert home.run("fetch", "--date", OLD_DAY).code == 0
    mine = home.config.parent / "mine"
    assert (mine / f"{OLD_DAY}.json").exists()
    assert sources(home) == [str(mine)]
    assert f'fetch_folder = "{mine}"' in home.run("config").out
    target = tmp_path / "other"
    assert home.run("fetch", "--date", OLD_DAY, "--to", target).code == 0
    assert sources(home) == [str(mine), str(target)]


def test_folder_inside_a_source_is_not_added(home: Home, tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    home.configure(f'sources = ["{tmp_path / "papers"}"]\n')
    result = home.run("fetch", "--date", OLD_DAY, "--to", "papers/hub")
    assert (result.code, warnings(result)) == (0, [])
    assert sources(home) == [str(tmp_path / "papers")]
    assert "Added" not in result.out
    # A hidden folder inside a source does not belong to it.
    home.run("fetch", "--date", OLD_DAY, "--to", "papers/.hub")
    assert sources(home) == [str(tmp_path / "papers"), str(tmp_path / "papers" / ".hub")]


def test_day_without_papers_leaves_no_file(home: Home) -> None:
    result = home.run("fetch", "--date", "2025-05-03")
    assert (result.code, result.err) == (0, "")
    assert result.lines[0] == "No papers are listed for 2025-05-03 (UTC) yet."
    assert not hub_folder(home).exists()
    assert not home.config.exists()


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["--date", str(today() + timedelta(days=2))], "in the future; today is 20"),
        (["--since", "2999"], "in the future"),
        (["--date", "soon"], "--date soon: not a date; write it as 2025-05-22"),
        (["--date", "all"], "--date all: not a date"),
        (["--date", "2025-05"], "not a day; for a month or year, use --since"),
        (["--days", "0"], "'0' is not a whole number from 1 up"),
        (["--days", "x"], "'x' is not a whole number"),
        (["--days", "3", "--since", "2025"], "not allowed with argument --days"),
        (["2025-05-01"], "2025-05-01: unexpected argument"),
    ],
)
def test_wrong_usage_sends_no_request(home: Home, hub: Hub, args: list[str], message: str) -> None:
    result = home.run("fetch", *args)
    assert (result.code, result.out) == (2, "")
    assert message in result.err
    assert hub.requests == []
    assert list(home.root.iterdir()) == []


def test_offline_error_is_one_line(home: Home) -> None:
    result = home.with_environment(HF_ENDPOINT=UNREACHABLE_URL).run("fetch", "--days", "30")
    assert (result.code, result.out) == (2, "")
    assert result.err == (
        "broadsheet: 127.0.0.1:9 cannot be reached (Connection refused); are you online?\n"
    )
    assert list(home.root.iterdir()) == []


@pytest.mark.parametrize(
    ("environment", "message"),
    [
        ({"HF_ENDPOINT": "huggingface.co"}, "HF_ENDPOINT is not the URL of a hub"),
        ({"ALL_PROXY": "gopher://127.0.0.1:9"}, "the environment's proxy or certificates"),
    ],
)
def test_invalid_environment_is_one_error(
    home: Home, environment: dict[str, str], message: str
) -> None:
    result = home.with_environment(**environment).run("fetch")
    assert (result.code, result.out) == (2, "")
    assert message in result.err
    assert len(result.err.splitlines()) == 1


def test_days_before_a_failure_are_kept(home: Home, hub: Hub) -> None:
    newest = today()
    second = str(newest - timedelta(days=1))
    hub.responses[second] = [failing(503)] * 2
    result = home.run("fetch", "--days", "4", "--tries", "2")
    assert result.code == 2
    assert result.lines[0] == f"{newest}: 3 papers"
    host = hub.url.partition("//")[2]
    assert warnings(result) == [
        f"broadsheet: {second}: {host} is not available now: it answers 503 Service Unavailable",
        "broadsheet: 1 of 4 days done; run the same command to continue",
    ]
    assert sources(home) == [str(hub_folder(home))]
    repeated = home.run("fetch", "--days", "4")
    assert (repeated.code, warnings(repeated)) == (0, [])


def test_invalid_response_does_not_replace_a_file(home: Home, hub: Hub) -> None:
    home.run("fetch", "--date", OLD_DAY)
    hub.responses[OLD_DAY] = [sending(b"<html>Sign in</html>")]
    result = home.run("fetch", "--date", OLD_DAY, "--again")
    assert result.code == 2
    assert "sent a web page" in result.err
    assert (hub_folder(home) / f"{OLD_DAY}.json").read_bytes() == hub.days[OLD_DAY]
    assert len(list(hub_folder(home).iterdir())) == 1


def test_proxy_of_the_environment_is_used(home: Home, hub: Hub) -> None:
    with Proxy() as proxy:
        assert home.with_environment(http_proxy=proxy.url).run("fetch", "--date", OLD_DAY).code == 0
        assert proxy.requested_urls == [f"{hub.url}/api/daily_papers?date={OLD_DAY}&limit=100"]


def test_token_is_never_written(home: Home, hub: Hub) -> None:
    hub.responses[OLD_DAY] = [failing(401)]
    result = home.run("fetch", "--date", OLD_DAY)
    assert "answers 401 Unauthorized; is HF_TOKEN right?" in result.err
    home.run("fetch", "--since", OLDER_DAY)
    contents = [file.read_bytes() for file in home.root.rglob("*") if file.is_file()]
    assert contents
    assert not any(TOKEN.encode() in data for data in (*contents, result.err.encode()))


def test_interrupt_prints_nothing_and_keeps_finished_days(home: Home, hub: Hub) -> None:
    second = str(today() - timedelta(days=1))
    hub.responses[second] = [silent]
    process = subprocess.Popen(
        [*home.program, "fetch", "--days", "3"],
        env=home.environment, cwd=home.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    while second not in hub.requested_days:
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=TIMEOUT_SECONDS)
    assert (process.returncode, out, err) == (130, b"", b"")
    assert [file.name for file in hub_folder(home).iterdir()] == [f"{today()}.json"]


def test_progress_is_shown_and_cleared_on_a_terminal(home: Home, hub: Hub) -> None:
    third = str(today() - timedelta(days=2))
    hub.responses[third] = [failing(429, Retry_After="1")]
    command = [*home.program, "fetch", "--days", "3"]
    with PseudoTerminal(command, environment=home.environment, at=home.root) as terminal:
        terminal.wait_for("Fetching days: 2 of 3, retrying in 1 s")
        assert terminal.wait() == 0
        assert "Fetching days" not in terminal.text
        assert "fetched 1, unchanged 0, empty 2" in terminal.text


def test_error_without_httpx_explains_how_to_install_it(home: Home) -> None:
    hide = (
        "import sys; sys.modules['httpx'] = None; from tui.cli.main import main; sys.exit(main())"
    )
    without = Home(home.root, home.extra_environment, (sys.executable, "-c", hide))
    result = without.run("fetch")
    assert (result.code, result.out) == (2, "")
    assert result.err == f"broadsheet: Fetching needs httpx: {install_command('fetch')}\n"


def test_error_without_socksio_explains_how_to_install_it(home: Home) -> None:
    hide = (
        "import sys; sys.modules['socksio'] = None; from tui.cli.main import main; sys.exit(main())"
    )
    without = Home(
        home.root, {**home.extra_environment, "all_proxy": "socks://127.0.0.1:9"},
        (sys.executable, "-c", hide),
    )  # fmt: skip
    result = without.run("fetch")
    assert (result.code, result.out) == (2, "")
    [line] = result.err.splitlines()
    assert line.endswith(f"SOCKS needs socksio: {install_command('fetch')}")
    # It is not needed for a hub that no_proxy excludes.
    assert without.with_environment(no_proxy="127.0.0.0/8").run("fetch").code == 0


def test_crontab_line_prints_nothing(home: Home, hub: Hub) -> None:
    """Cron sets only a few environment variables, and mails all output."""
    line = f"env -i HOME='{home.root / 'home'}' HF_ENDPOINT={hub.url} \"$@\" >/dev/null"
    process = subprocess.run(
        ["/bin/sh", "-c", line, "sh", *home.program, "fetch", "--days", "7"],
        cwd="/", env={"PYTHONPATH": os.getcwd()}, capture_output=True, text=True,  # noqa: PTH109
        timeout=TIMEOUT_SECONDS, check=False,
    )  # fmt: skip
    assert (process.returncode, process.stdout) == (0, "")
    assert warnings(CommandResult(0, "", process.stderr)) == []
    folder = home.root / "home" / ".local" / "share" / "broadsheet" / "hub"
    assert (folder / f"{today()}.json").exists()
