"""Papers that are sent to Zotero."""

from __future__ import annotations

import pytest

from tests.library.export.connector import ZoteroConnector
from tests.library.export.records import paper, record
from tui.library.export.zotero import ZoteroError, send
from tui.models import Marks
from tui.runtime.task import Progress, Task, TaskCancelledError

HOSTILE = '"}], {"itemType": <b>&</b>\n\x00'


def test_items_have_the_fields_of_zotero() -> None:
    marks = Marks(tags=("rl",), note="One <b>.\n\nTwo\nlines.")
    records = [
        record(paper("Counting Wind", "Jan van Dijk Jr.", "OpenAI Team"), marks=marks),
        record(paper(HOSTILE, arxiv_id="doi:10.1038/s41586-025-00001-1")),
    ]
    with ZoteroConnector() as server:
        assert send(records, server.port) == 2
        assert server.headers_seen["X-Zotero-Connector-API-Version"] == "3"
    assert server.items[0] == {
        "id": "dijk2025counting-2505.04921",
        "itemType": "preprint",
        "title": "Counting Wind",
        "creators": [
            {"creatorType": "author", "firstName": "Jan, Jr.", "lastName": "van Dijk"},
            {"creatorType": "author", "lastName": "OpenAI Team", "fieldMode": 1},
        ],
        "date": "2025-05",
        "url": "https://arxiv.org/abs/2505.04921",
        "tags": [{"tag": "rl"}],
        "libraryCatalog": "Broadsheet",
        "repository": "arXiv",
        "archiveID": "arXiv:2505.04921",
        "DOI": "10.48550/arXiv.2505.04921",
        "notes": [{"note": "<p>One &lt;b&gt;.</p><p>Two<br>lines.</p>"}],
    }
    assert server.items[1]["itemType"] == "journalArticle"
    assert server.items[1]["title"] == HOSTILE


def test_many_papers_are_sent_in_parts_and_can_be_cancelled() -> None:
    records = [record(paper(arxiv_id=f"2505.{number:05}")) for number in range(120)]
    reports: list[Progress] = []
    with ZoteroConnector() as server:
        assert send(records, server.port, Task(reports.append)) == 120
        assert len(server.items) == 120
        assert [report.done for report in reports] == [0, 50, 100, 120]
        task = Task(is_cancelled=lambda: len(server.items) > 120)
        with pytest.raises(TaskCancelledError):
            send(records, server.port, task)
        assert len(server.items) == 170


@pytest.mark.parametrize(
    ("refusal", "message"),
    [
        ((500, b'{"libraryEditable": false}'), "read-only"),
        ((403, b"Forbidden"), "allow other applications"),
        ((500, b"x" * 3_000_000), r"status 500"),
    ],
)
def test_refusal_is_a_sentence(refusal: tuple[int, bytes], message: str) -> None:
    with ZoteroConnector() as server:
        server.refusal = refusal
        with pytest.raises(ZoteroError, match=message):
            send([record(paper())], server.port)


def test_only_zotero_gets_papers() -> None:
    with ZoteroConnector() as server:
        server.name = ""
        with pytest.raises(ZoteroError, match="is not Zotero"):
            send([record(paper())], server.port)
        assert server.items == []
        port = server.port
    with pytest.raises(ZoteroError, match=rf"ssh -R {port}:127\.0\.0\.1:23119"):
        send([record(paper())], port)
