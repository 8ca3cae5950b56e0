"""``broadsheet marks import`` of bibliographies and lists."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.support.home import Home
from tui.marks.edits import set_hidden, set_note, set_read, set_starred, set_tags
from tui.marks.store import MarkStore
from tui.models import Marks

ARXIV, DOI, ACL = "2505.04921", "doi:10.1038/s41586-025-00001-1", "acl:2023.acl-long.1"
STAR = Marks(starred=True)

BIBTEX = r"""% From a reference manager.
@comment{ignored, {nested} @misc{x}}
@string{ax = "arXiv preprint "}
@article{one,
  title = {The {BERT} {"}quoted" title},
  author = "A {"} B",
  journal = ax # {arXiv:2505.04921},
  keywords = {deep learning; {a, b}, 50\%},
  annote = {Mine \& \textbraceleft{}yours\textbraceright{}},
}
@inproceedings(two, title = {Two}, url = {https://aclanthology.org/2023.acl-long.1/}, year = 2023)

@article{three, doi = {10.1038/s41586-025-00001-1}, title={Three}}
@book{four, title = {No id}}
"""
RIS = """\
TY  - JOUR
TI  - A title that
 goes on
DO  - https://doi.org/10.1038/S41586-025-00001-1
KW  - deep learning
KW  - a, b
KW  - 50%
N1  - Mine & {yours}
ER  -

TY  - UNPB
AN  - arXiv:2505.04921
ER  -
TY  - CONF
UR  - https://aclanthology.org/2023.acl-long.1/
ER  -
TY  - BOOK
TI  - No id
ER  -
"""
CSL = json.dumps(
    [
        {"id": "one", "type": "article", "number": "arXiv:2505.04921", "title": "x"},
        {"id": "two", "type": "paper-conference", "URL": "https://aclanthology.org/2023.acl-long.1"},
        {"itemType": "journalArticle", "DOI": "10.1038/s41586-025-00001-1"},
        {"id": "four", "type": "book", "title": "No id"},
    ]
)  # fmt: skip
ZOTERO_CSV = """\
"Key","Item Type","Title","DOI","Url","Extra","Manual Tags"
"A","preprint","A ""quoted""
title","","http://arxiv.org/abs/2505.04921v2","","rl; to read"
"B","journalArticle","B","10.1038/s41586-025-00001-1","","",""
"C","conferencePaper","C","","https://aclanthology.org/2023.acl-long.1","",""
"D","book","No id","","","",""
"""
RDF = """<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:z="http://www.zotero.org/namespaces/export#"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:bib="http://purl.org/net/biblio#"
 xmlns:dcterms="http://purl.org/dc/terms/">
  <rdf:Description rdf:about="http://arxiv.org/abs/2505.04921">
    <z:itemType>preprint</z:itemType><dc:title>A</dc:title>
    <dc:subject><z:AutomaticTag><rdf:value>deep learning</rdf:value></z:AutomaticTag></dc:subject>
  </rdf:Description>
  <z:Attachment rdf:about="#item_2"><dc:identifier><dcterms:URI>
    <rdf:value>http://arxiv.org/pdf/2505.00009</rdf:value></dcterms:URI></dc:identifier>
  </z:Attachment>
  <bib:Article rdf:about="#item_3"><dcterms:isPartOf><bib:Journal>
    <dc:identifier>DOI 10.1038/s41586-025-00001-1</dc:identifier></bib:Journal></dcterms:isPartOf>
  </bib:Article>
  <bib:Article rdf:about="https://aclanthology.org/2023.acl-long.1"/>
  <bib:Book rdf:about="#item_4"><dc:title>No id</dc:title></bib:Book>
</rdf:RDF>
"""
LIST = f"# mine\n\n{ARXIV}v3\nhttps://doi.org/10.1038/s41586-025-00001-1\n2025-05-01\t9\t{ACL}\tTitle\nnone\n"

FILES = {"bib": BIBTEX, "ris": RIS, "json": CSL, "csv": ZOTERO_CSV, "rdf": RDF, "txt": LIST}


def marked(home: Home) -> dict[str, Marks]:
    return dict(MarkStore(home.state / "marks").all_marks())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("kind", FILES)
def test_papers_become_starred(home: Home, kind: str, encoding: str) -> None:
    (home.root / "file").write_text(FILES[kind].replace("\n", "\r\n"), encoding, newline="")
    result = home.run("marks", "import", "file")
    assert (result.code, result.out) == (0, "Read marks of 3 papers; 3 changed.\n")
    assert marked(home) == {ARXIV: STAR, DOI: STAR, ACL: STAR}
    [warning] = result.err.splitlines()
    lines = FILES[kind].split("\n")
    number = int(warning.split(":")[2])
    assert warning.endswith("has no id, DOI or link of a paper; skipped")
    if kind != "json":
        text = "\n".join(lines[number - 1 : number + 1])
        assert "No id" in text or text.startswith("none")
    # A second time, nothing changes.
    assert home.run("marks", "import", "file").out == "Read marks of 3 papers; none changed.\n"


def test_keywords_and_annotations_are_taken_on_request(home: Home) -> None:
    store = MarkStore(home.state / "marks")
    store.apply(set_note([ACL], "mine"))
    (home.root / "a.bib").write_text(BIBTEX + "@misc{z, url={" + ACL + "}, annote={theirs}}")
    words = ["--tag", "thesis", "--keywords", "--format", "json"]
    result = home.run("marks", "import", "a.bib", *words)
    assert result.json["read"] == result.json["changed"] == 3
    assert [problem["line"] for problem in result.json["problems"]] == [14]
    assert marked(home) == {
        ARXIV: Marks(tags=("thesis", "deep-learning", "a-b", "50%"), note="Mine & {yours}"),
        DOI: Marks(tags=("thesis",)),
        ACL: Marks(tags=("thesis",), note="mine"),
    }
    assert home.run("marks", "import", "a.bib", "--star", "--tag", "x").code == 0
    assert all(marks.starred for marks in marked(home).values())


@pytest.mark.parametrize("style", ["bibtex", "ris", "csl-json", "csv"])
def test_what_is_exported_comes_back_whole(
    home: Home, digests: Path, tmp_path_factory: pytest.TempPathFactory, style: str
) -> None:
    ids = ["2505.00001", "2505.00002", "2505.00003"]
    store = MarkStore(home.state / "marks")
    store.apply(set_starred(ids if style != "csv" else ids[:2], True))
    store.apply(set_tags(ids[:1], ("rl", "할일", "50%")))
    store.apply(set_note(ids[1:2], "=1+1 & {braces} \\ ~ ^ _ $x$ #"))
    if style == "csv":
        store.apply(set_read(ids, True))
        store.apply(set_hidden(ids[2:], True))
    file = home.root / "file"
    query = "is:hidden OR -is:hidden"
    assert home.run("export", query, "-p", digests, "--format", style, "-o", file).code == 0
    desk = Home(tmp_path_factory.mktemp("desk"))
    result = desk.run(
        "marks", "import", file, "--keywords", "--star" if style != "csv" else "--keywords"
    )
    assert (result.code, result.err) == (0, "")
    assert marked(desk) == marked(home)


DAMAGED = [
    ("a.bib", BIBTEX[: BIBTEX.index("annote") + 12], 4, "this entry has no end"),
    ("a.bib", '@misc{a, url = "2505.00001', 1, "this entry has no end"),
    ("a.ris", RIS.rpartition("ER")[0], 17, "this record has no end"),
    ("a.ris", RIS.replace("ER", "XX", 1), 1, "this record has no end"),
    ("a.json", CSL[:-5], 1, "damaged or incomplete"),
    ("a.csv", ZOTERO_CSV.rstrip()[:-1], 6, "is not a valid row"),
    ("a.rdf", RDF[:-20], 16, "is not valid XML"),
    ("a.rdf", '\n<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', 2, "document type"),
]


@pytest.mark.parametrize(("name", "text", "line", "message"), DAMAGED)
def test_damaged_file_is_refused_whole(
    home: Home, name: str, text: str, line: int, message: str
) -> None:
    (home.root / name).write_text(text)
    result = home.run("marks", "import", name)
    assert (result.code, result.out, marked(home)) == (2, "", {})
    assert result.err.startswith(f"broadsheet: {name}:{line}: ")
    assert message in result.err
    assert result.err.endswith("; nothing was imported\n")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["marks.jsonl", "--tag", "x"], "are for bibliographies"),
        (["ids.txt", "--tag", "a b"], "a tag has no spaces"),
        (["ids.txt", "--tag", "x" * 101], "longer than 100 characters; nothing was imported"),
        (["marks.jsonl", "--from", "ris"], "names no paper|contains no papers"),
    ],
)
def test_wrong_use_changes_nothing(home: Home, words: Sequence[str], message: str) -> None:
    (home.root / "marks.jsonl").write_text('{"id": "2505.00001", "read": true}\n')
    (home.root / "ids.txt").write_text(f"{ARXIV}\n")
    result = home.run("marks", "import", *words)
    assert result.code in {1, 2}
    assert any(text in result.err for text in message.split("|"))
    assert marked(home) == {}


def test_hostile_files_take_little_time(home: Home) -> None:
    hostile = {
        "a.bib": "@misc{" + "a={" * 200_000,
        "b.bib": "@misc{a, " + "x = {y}, " * 100_000 + "}",
        "c.bib": "@misc{a" * 100_000,
        "a.ris": "TY  - X\n" + "KW  - a\n" * 100_000 + "x\n" * 100_000,
        "a.csv": "id,doi\n" + "," * 1_000_000,
        "a.txt": f"{ARXIV} " * 100_000,
    }
    for name, text in hostile.items():
        (home.root / name).write_text(text)
        result = home.run("marks", "import", name)
        assert result.code in {0, 1, 2}, name
        assert "Traceback" not in result.err
