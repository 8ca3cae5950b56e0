"""BibTeX and RIS: digests if they have texts or a day, else references of a paper."""

from __future__ import annotations

import pytest

from tui.digests.reader import read

COMMENT = "% Lab digest, 14 May 2025\n\n"
ENTRIES = r"""@article{bell2025,
  title  = {How Quiet Can {Stairs} Be?},
  author = {Bell, Ada and Dorn, Cy and M{\"u}ller, Jo},
  eprint = {2505.08001},
  archivePrefix = {arXiv},
  abstract = {Stairs without noise.}
}
% a remark
@misc{dorn2025, title = "Loud Stairs", author = "Cy Dorn", doi = {10.1101/2025.05.10.653221}}
"""


@pytest.mark.parametrize(
    ("text", "path"),
    [(COMMENT + ENTRIES, "digest.bib"), (ENTRIES, "2025-05-14.bib"), (ENTRIES, "2025/05/14/a.bib")],
)
def test_entries_of_a_digest_are_papers(text: str, path: str) -> None:
    quiet, loud = read(text.encode(), path).entries
    assert (quiet.paper_id, quiet.title, quiet.date, quiet.summary.strip()) == (
        "2505.08001", "How Quiet Can Stairs Be?", "2025-05-14", "Stairs without noise.",
    )  # fmt: skip
    assert quiet.authors == ("Ada Bell", "Cy Dorn", "Jo Müller")
    assert (loud.paper_id, loud.title) == ("doi:10.1101/2025.05.10.653221", "Loud Stairs")


RIS = """TY  - JOUR
AU  - Bell, Ada
AU  - Dorn, Cy
TI  - Quiet Stairs
DA  - 2025/05/14
DO  - 10.4321/usl.2025.0802
AB  - Stairs without noise.
ER  -

TY  - JOUR
AU  - Dorn, Cy
TI  - Loud Stairs
PY  - 2025
UR  - https://arxiv.org/abs/2505.08002
AB  - Stairs with noise.
ER  -
"""


def test_references_of_a_paper_are_no_digest() -> None:
    without_text = ENTRIES.replace("  abstract = {Stairs without noise.}\n", "")
    assert read(without_text.encode(), "paper/references.bib").entries == ()


def test_entries_with_texts_have_the_month_of_their_publication() -> None:
    text = ENTRIES.split("%", maxsplit=1)[0].replace(
        "eprint =", "year = {2025}, month = may,\n eprint ="
    )
    (entry,) = read(text.encode(), "acquisitions.bib").entries
    assert (entry.paper_id, entry.date) == ("2505.08001", "2025-05-01")


def test_ris_is_read() -> None:
    quiet, loud = read(RIS.encode(), "nowosci.ris").entries
    assert (quiet.paper_id, quiet.title, quiet.date) == (
        "doi:10.4321/usl.2025.0802", "Quiet Stairs", "2025-05-14",
    )  # fmt: skip
    assert quiet.authors == ("Ada Bell", "Cy Dorn")
    assert quiet.summary.strip() == "Stairs without noise."
    assert (loud.paper_id, loud.title) == ("2505.08002", "Loud Stairs")


def test_entries_before_one_without_an_end_are_read() -> None:
    damaged = COMMENT + ENTRIES + "@misc{eve, title = {Old Stairs"
    assert len(read(damaged.encode(), "digest.bib").entries) == 2


@pytest.mark.parametrize("month", ["may", "{May}", "{5}"])
def test_day_of_publication_in_fields_of_its_own(month: str) -> None:
    text = (
        f"@misc{{a, title={{Quiet Stairs}}, year={{2025}}, month={month}, day={{14}},"
        " eprint={2505.08001}, abstract={Stairs without noise.}}"
    )
    (entry,) = read(text.encode(), "digest.bib").entries
    assert entry.date == "2025-05-14"


def test_keywords_of_ris_are_categories() -> None:
    text = RIS.replace("AB  - Stairs without noise.", "KW  - cs.CL\nKW  - stairs\nAB  - Stairs.")
    quiet, loud = read(text.encode(), "2025-05-14.ris").entries
    assert (quiet.labels, loud.labels) == (("cs.CL",), ())


MEDLINE = """
PMID- 40400001
DP  - 2025 May
TI  - How Quiet Can Stairs Be in Houses With Many
      Floors?
LID - S0000-1234(25)00010-2 [pii]
LID - 10.4321/usl.2025.0801 [doi]
AB  - BACKGROUND: Stairs without
      noise.
FAU - Bell, Ada
AU  - Bell A
AD  - School of Stairs, 10.4321 Street.
FAU - Dorn, Cy
AU  - Dorn C
DEP - 20250514
OT  - cs.CL
AID - 10.4321/usl.2025.0801 [doi]
SO  - Stairs. 2025 May 14. doi: 10.4321/usl.2025.0801.

PMID- 40400002
DP  - 2025 May 15
TI  - Loud Stairs.
AB  - Stairs with noise.
AU  - Dorn C
AID - 10.4321/usl.2025.0802 [doi]
"""


@pytest.mark.parametrize("path", ["pubmed.txt", "pubmed.nbib"])
def test_articles_of_pubmed(path: str) -> None:
    quiet, loud = read(MEDLINE.encode(), path).entries
    assert (quiet.paper_id, quiet.date, quiet.line) == (
        "doi:10.4321/usl.2025.0801", "2025-05-14", 2,
    )  # fmt: skip
    assert quiet.title == "How Quiet Can Stairs Be in Houses With Many Floors?"
    assert (quiet.authors, quiet.labels) == (("Ada Bell", "Cy Dorn"), ("cs.CL",))
    assert quiet.summary == "BACKGROUND: Stairs without noise."
    assert (loud.title, loud.date, loud.authors) == ("Loud Stairs", "2025-05-15", ("Dorn C",))


def test_list_of_references_from_pubmed_is_no_digest() -> None:
    text = "\n".join(line for line in MEDLINE.split("\n") if line[:3] != "AB ")
    assert read(text.encode(), "paper/references.nbib").entries == ()
