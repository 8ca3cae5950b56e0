"""Packages become papers, whose labels their texts do not have."""

from __future__ import annotations

from pathlib import Path

from tests.bench.debian_corpus import write_debian_corpus
from tests.bench.recommend import open_library, read_labels

PACKAGES = """Package: whale
Source: whales (1.2)
Maintainer: Ada Kim <ada@example.org>
Depends: libc6 (>= 2), chess
Description-md5: 1
Tag: field::biology, role::program,
 use::viewing
Section: science

Package: whale-data
Source: whales
Maintainer: Ada Kim <ada@example.org>
Description-md5: 2
Section: science

Package: chess
Maintainer: Games Team <games@example.org>
Description-md5: 3
Section: games

Package: python3-whale
Description-md5: 2
Section: python
"""
LONG = "A text that is long enough, with several words about its subject and more of them."
TRANSLATIONS = f"""Package: whale
Description-md5: 1
Description-en: look at [whales]
 {LONG}
 .
 Second paragraph.

Package: whale-data
Description-md5: 2
Description-en: data of whales
 {LONG}

Package: chess
Description-md5: 3
Description-en: play chess
 {LONG}
"""


def test_one_package_of_each_source_becomes_a_paper(tmp_path: Path) -> None:
    packages, translations = tmp_path / "packages", tmp_path / "translations"
    packages.write_text(PACKAGES, encoding="utf-8")
    translations.write_text(TRANSLATIONS, encoding="utf-8")
    assert write_debian_corpus(packages, translations, tmp_path / "out") == 2
    found = read_labels(open_library(tmp_path / "out", tmp_path / "cache"))
    chess, whales = sorted(found, key=lambda each: each.paper.title, reverse=True)
    assert whales.paper.title == "look at (whales)"
    assert whales.paper.authors == ("Ada Kim",)
    assert whales.labels == {"field::biology", "use::viewing", "science"}
    assert whales.summary.rstrip().endswith(f"{LONG} Second paragraph.")
    # A team has the name of its topic; another package needs this one.
    assert (chess.paper.authors, chess.paper.votes, whales.paper.votes) == ((), 1, 0)
