"""Send papers to Zotero through the connector of the desktop program.

Zotero listens on 127.0.0.1 for its extensions of browsers. ``ping`` answers with the header
``X-Zotero-Version``; ``saveItems`` takes items with the fields of https://api.zotero.org/schema and
saves them into the collection that is selected in Zotero.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import closing
from html import escape
from http.client import HTTPConnection, HTTPException, HTTPResponse
from secrets import token_hex
from typing import Any

from tui.i18n import _
from tui.library.export import ExportRecord
from tui.library.export.bibliography_fields import archive_number, doi_of, publisher_of
from tui.library.export.bibtex import cite_key
from tui.library.export.names import split_name
from tui.paper_ids.bibliography import publication_month
from tui.runtime.task import UNATTENDED, Progress, Task

HOST = "127.0.0.1"
DEFAULT_PORT = 23119

_TIMEOUT_SECONDS = 15.0
_BATCH_PAPERS = 50
_MAX_ANSWER_BYTES = 1 << 20
_API_VERSION = "3"
_PREPRINT_DOIS = ("10.1101/", "10.64898/", "10.21203/", "10.26434/", "10.31234/", "10.20944/")


class ZoteroError(Exception):
    """Papers could not be sent; the message is a translated sentence with a remedy."""


def send(records: Sequence[ExportRecord], port: int = DEFAULT_PORT, task: Task = UNATTENDED) -> int:
    """Send papers to Zotero on this machine, or behind a forwarded port.

    Args:
        records: the papers.
        port: where Zotero listens.
        task: gets the progress in papers, and can cancel between two requests.

    Returns:
        The number of papers that Zotero saved.

    Raises:
        ZoteroError: Zotero does not answer, or refuses.
        TaskCancelledError: the caller cancelled the task.
    """
    _check_running(port)
    sent = 0
    for start in range(0, len(records), _BATCH_PAPERS):
        task.raise_if_cancelled()
        task.report(Progress(sent, len(records)))
        batch = records[start : start + _BATCH_PAPERS]
        body = {
            "sessionID": token_hex(8),
            "uri": batch[0].paper.url,
            "items": [{"id": cite_key(each.paper), **zotero_item(each)} for each in batch],
        }
        status, answer = _request(port, "saveItems", body)
        if not 200 <= status < 300:
            raise ZoteroError(_refusal(status, answer))
        sent += len(batch)
    task.report(Progress(sent, len(records)))
    return sent


def zotero_item(record: ExportRecord) -> dict[str, Any]:
    """Return the fields of a paper: tags become tags, and the note becomes a note of the item."""
    paper, marks, _summaries = record
    item_type = _item_type(paper.paper_id)
    year, month = publication_month(paper.paper_id) or (None, None)
    fields: dict[str, Any] = {
        "itemType": item_type,
        "title": paper.title,
        "creators": [_creator(name) for name in paper.authors],
        "date": f"{year}-{month:02}" if year and month else str(year or ""),
        "url": paper.url,
        "tags": [{"tag": tag} for tag in marks.tags],
        "libraryCatalog": "Broadsheet",
    }
    if item_type == "preprint":
        fields["repository"] = publisher_of(paper)
        fields["archiveID"] = archive_number(paper)
    if item_type != "webpage":
        fields["DOI"] = doi_of(paper)
    if marks.note:
        paragraphs = escape(marks.note).split("\n\n")
        lines = (paragraph.replace("\n", "<br>") for paragraph in paragraphs)
        fields["notes"] = [{"note": "".join(f"<p>{line}</p>" for line in lines)}]
    return {name: value for name, value in fields.items() if value}


def _item_type(paper_id: str) -> str:
    scheme, colon, value = paper_id.partition(":")
    if not colon or (scheme == "doi" and value.startswith(_PREPRINT_DOIS)):
        return "preprint"
    types = {"doi": "journalArticle", "acl": "conferencePaper", "openreview": "conferencePaper"}
    return types.get(scheme, "webpage")


def _creator(name: str) -> dict[str, Any]:
    given, family, suffix, is_literal = split_name(name)
    if is_literal:
        # One field instead of two.
        return {"creatorType": "author", "lastName": family, "fieldMode": 1}
    first = f"{given}, {suffix}" if suffix else given
    return {"creatorType": "author", "firstName": first, "lastName": family}


def _check_running(port: int) -> None:
    """Raise ZoteroError unless Zotero answers: another program must not get the papers."""
    status, _answer, is_zotero = _exchange(port, "ping", {})
    if not is_zotero or status != 200:
        text = _("The program on port {port} is not Zotero.")
        raise ZoteroError(text.format(port=port))


def _request(port: int, name: str, body: dict[str, Any]) -> tuple[int, bytes]:
    status, answer, _is_zotero = _exchange(port, name, body)
    return status, answer


def _exchange(port: int, name: str, body: dict[str, Any]) -> tuple[int, bytes, bool]:
    """Return status and text of an answer, and whether it comes from Zotero."""
    headers = {
        "Content-Type": "application/json",
        "X-Zotero-Connector-API-Version": _API_VERSION,
    }
    try:
        with closing(HTTPConnection(HOST, port, timeout=_TIMEOUT_SECONDS)) as connection:
            connection.request("POST", f"/connector/{name}", json.dumps(body).encode(), headers)
            response = connection.getresponse()
            return response.status, response.read(_MAX_ANSWER_BYTES), _is_zotero(response)
    except ConnectionRefusedError:
        text = _(
            "Zotero is not running on this machine (port {port}). Start it, or over SSH forward its"
            " port: ssh -R {port}:{host}:{default} HOST"
        )
        message = text.format(port=port, host=HOST, default=DEFAULT_PORT)
        raise ZoteroError(message) from None
    except (OSError, HTTPException) as error:
        text = _("Zotero does not answer (port {port}): {why}")
        why = str(error) or type(error).__name__
        raise ZoteroError(text.format(port=port, why=why)) from error


def _is_zotero(response: HTTPResponse) -> bool:
    return response.getheader("X-Zotero-Version") is not None


def _refusal(status: int, answer: bytes) -> str:
    if b'"libraryEditable":false' in answer.replace(b" ", b""):
        return _("The library selected in Zotero is read-only; select another one in Zotero.")
    if status == 403:
        return _("Zotero refuses: allow other applications in its settings, under Advanced.")
    return _("Zotero refused the papers (status {status}).").format(status=status)
