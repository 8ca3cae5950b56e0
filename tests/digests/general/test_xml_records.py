"""Papers in XML that is no feed."""

from __future__ import annotations

from tui.digests.reader import read
from tui.models import Entry

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def papers(text: str) -> list[Entry]:
    digest = read((HEAD + text).encode(), "papers.xml")
    assert not [problem for problem in digest.problems if not problem.is_note]
    return list(digest.entries)


def test_records_of_the_open_archives_initiative() -> None:
    record = (
        "<record><header><identifier>oai:arXiv.org:{id}</identifier></header><metadata>\n"
        '<arXiv xmlns="http://arxiv.org/OAI/arXiv/">\n<id>{id}</id><created>2025-05-14</created>'
        "<authors><author><keyname>Bell</keyname><forenames>Ada</forenames></author>"
        "<author><keyname>Dorn</keyname><forenames>Cy K.</forenames></author></authors>"
        "<title>Quiet Stairs\n  in Houses</title><categories>cs.CL cs.LG</categories>"
        "<abstract>Stairs &lt; ladders.</abstract></arXiv></metadata></record>\n"
    )
    records = record.format(id="2505.08001") + record.format(id="2505.08002")
    entries = papers(f"<OAI-PMH><ListRecords>\n{records}</ListRecords></OAI-PMH>\n")
    assert [entry.paper_id for entry in entries] == ["2505.08001", "2505.08002"]
    for entry in entries:
        assert entry.title == "Quiet Stairs in Houses"
        assert entry.authors == ("Ada Bell", "Cy K. Dorn")
        assert (entry.date, entry.labels) == ("2025-05-14", ("cs.CL", "cs.LG"))
        assert "Stairs < ladders." in entry.summary


def test_volume_of_the_acl_anthology() -> None:
    (entry,) = papers(
        '<collection id="2020.stairs"><volume id="acl">\n'
        "<meta><booktitle>Workshop on <fixed-case>H</fixed-case>ouses</booktitle>"
        "<editor><first>Eve</first><last>Funk</last></editor></meta>\n"
        "<frontmatter><url>2020.stairs-acl.0</url></frontmatter>\n"
        '<paper id="1"><title>Quiet <fixed-case>S</fixed-case>tairs of '
        "<fixed-case>ABC</fixed-case> Houses</title>\n"
        "<author><first>Ada</first><last>Bell</last></author>\n"
        "<author><first>Cy</first><last>Dorn</last></author>\n"
        '<url hash="f3ee0bb6">2020.stairs-acl.1</url></paper></volume></collection>\n'
    )
    assert (entry.paper_id, entry.title) == (
        "acl:2020.stairs-acl.1", "Quiet Stairs of ABC Houses",
    )  # fmt: skip
    assert entry.authors == ("Ada Bell", "Cy Dorn")


def test_unclosed_elements_take_linear_time() -> None:
    names = "".join(f"<a{number}><title>x " for number in range(20_000))
    assert not papers(f"<list><paper><title>Stairs</title>{names}2505.08001</paper></list>\n")
