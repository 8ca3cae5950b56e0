"""The memory that commands take is bounded, however much text a source has."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from tests.hostile.costs import CommandCost, measure_command, measure_sync
from tests.hostile.large_sources import LARGE_SOURCES, folder, repository
from tests.sources.huggingface.papers import day_response
from tests.sources.huggingface.server import Handler, Hub, HubRequest
from tests.support.home import Home

RecordFigure = Callable[[str, object], None]


def check(
    cost: CommandCost, what: str, max_megabytes: float, record_property: RecordFigure
) -> None:
    record_property("figures", f"{what}: {cost.megabytes:.0f} MB of memory, {cost.seconds:.1f} s")
    assert "Traceback" not in cost.result.err
    assert cost.megabytes < max_megabytes


@pytest.mark.parametrize("name", [name for name, each in LARGE_SOURCES.items() if each.megabytes])
def test_sync_takes_bounded_memory(home: Home, name: str, record_property: RecordFigure) -> None:
    large = LARGE_SOURCES[name]
    cost = measure_sync(home, large.write(home.root, large.megabytes))
    check(cost, f"{large.megabytes} MB of {name}", large.memory, record_property)
    assert large.problem in cost.result.out + cost.result.err


def test_clone_and_pull_take_bounded_memory(home: Home, record_property: RecordFigure) -> None:
    url = f"file://{repository(home.root / 'origin', 20)}"
    check(measure_command(home, "add", url), "cloning 20 MB", 150, record_property)
    check(measure_command(home, "sync", "--pull"), "pulling 20 MB", 150, record_property)


def test_reading_back_takes_bounded_memory(home: Home, record_property: RecordFigure) -> None:
    source = folder(home.root, 60)
    assert home.run("add", source).code == 0
    for max_megabytes, arguments in (
        (100, ["list"]),
        (150, ["list", "wind 39999999"]),
        (100, ["show", "2505.00001"]),
        (150, ["export", "sort:title", "-o", "all.json"]),
    ):
        cost = measure_command(home, *arguments)
        check(cost, " ".join(arguments), max_megabytes, record_property)
    assert len(json.loads((home.root / "all.json").read_bytes())) == 600


DAY = "2025-05-01"


def test_fetching_takes_bounded_memory(home: Home, record_property: RecordFigure) -> None:
    def large_page(handler: Handler, request: HubRequest) -> None:
        rows = json.loads(day_response(DAY, range(request.page * 100, request.page * 100 + 100)))
        rows[0]["paper"]["summary"] = "🌬" + "y" * 7_000_000
        handler.respond(json.dumps(rows, ensure_ascii=False).encode())

    with Hub() as hub:
        home = home.with_environment(HF_ENDPOINT=hub.url)
        hub.days[DAY] = day_response(DAY, range(3))
        fetch = ["fetch", "--date", DAY, "--again", "--to", "days"]
        assert home.run(*fetch).code == 0
        for pages in (2, 20):
            hub.responses[DAY] = [large_page] * pages
            cost = measure_command(home, *fetch)
            check(cost, f"fetching {pages} large pages", 300, record_property)
            saved = len(json.loads((home.root / "days" / f"{DAY}.json").read_bytes()))
            assert saved == 200
            listed = home.run("list", "-p", "days", "--format", "json").json
            assert len(listed) == saved
