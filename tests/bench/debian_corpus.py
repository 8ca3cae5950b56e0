"""Write digests of Debian's packages: real texts with topics, to measure rankings.

    apt-get update -o Acquire::Languages=en -o Dir::State::lists=LISTS
    /usr/lib/apt/apt-helper cat-file LISTS/*_main_binary-*_Packages* > packages
    /usr/lib/apt/apt-helper cat-file LISTS/*_main_i18n_Translation-en* > translations
    python -m tests.bench.debian_corpus packages translations --out DIR

LISTS is an empty folder with a folder ``partial``. A source package becomes a paper: its short
description is the title, the long one the summary, and a maintainer who is not a team the author;
teams have the names of topics. Votes are the packages that depend on it. Its keywords are its
sections and what its tags say about fields and uses, which about half of the packages have.
Packages of one programming language are left out, because all of them name it. The order is random,
but the same each time.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

from tests import corpus

DAY_PAPERS = 225
DAYS = 44
MIN_SUMMARY_CHARS = 80

SECTIONS = frozenset(
    corpus.words("""
admin comm database devel editors electronics fonts games gnome graphics hamradio httpd
interpreters kde localization mail math misc net news science sound tex text utils vcs video web
x11 xfce""")
)
_LABEL_TAG = re.compile(r"(?:field|use)::[a-z-]+")
_TEAM = re.compile(r"team|group|maintainers|developers|packag|project|debian|task force|qa", re.I)
_DEPENDENCY = re.compile(r"(?:^|[,|])\s*([a-z0-9][a-z0-9+.-]+)")

Record = Mapping[str, str]


def records(path: Path) -> Iterator[Record]:
    """Yield the paragraphs of a control file; continued lines keep their line breaks."""
    for paragraph in path.read_text(encoding="utf-8").split("\n\n"):
        fields: dict[str, str] = {}
        name = ""
        for line in paragraph.split("\n"):
            if line.startswith(" "):
                fields[name] += f"\n{line[1:]}"
            elif line:
                name, _, value = line.partition(":")
                fields[name] = value.strip()
        yield fields


def entry_texts(packages: Path, translations: Path) -> Iterator[str]:
    """Yield one package of each source, as an entry of a digest without its heading's address."""
    descriptions = {
        each["Description-md5"]: each["Description-en"]
        for each in records(translations)
        if "Description-en" in each
    }
    by_source: dict[str, list[Record]] = {}
    needed: Counter[str] = Counter()
    for each in records(packages):
        if "Package" in each:
            source = each.get("Source", each["Package"]).split()[0]
            by_source.setdefault(source, []).append(each)
            needed.update(set(_DEPENDENCY.findall(each.get("Depends", ""))))
    for _source, binaries in sorted(by_source.items()):
        topical = [each for each in binaries if each.get("Section") in SECTIONS]
        texts = {descriptions.get(each.get("Description-md5", ""), ""): each for each in topical}
        text = max(sorted(texts), key=len, default="")
        title, _, summary = text.partition("\n")
        if len(summary) >= MIN_SUMMARY_CHARS:
            votes = sum(needed[each["Package"]] for each in binaries)
            yield _entry(title, summary, texts[text], topical, min(votes, corpus.MAX_VOTES))


def _entry(title: str, summary: str, chosen: Record, binaries: Sequence[Record], votes: int) -> str:
    labels = {each["Section"] for each in binaries}
    for each in binaries:
        labels.update(_LABEL_TAG.findall(each.get("Tag", "")))
    maintainer = chosen.get("Maintainer", "").partition("<")[0].strip(' "')
    authors = "" if _TEAM.search(maintainer) else f"Authors: {maintainer}\n\n"
    # Each line with two spaces is as it is, a dot is an empty line.
    text = " ".join(word for word in summary.split() if word != ".")
    clean = title.replace("[", "(").replace("]", ")")
    return (
        f"### [{clean}]({{url}})\n\nVote: {votes}\n\n{authors}"
        f"- ***Abstract***: {text}\n- ***Keywords***: {', '.join(sorted(labels))}\n"
    )


def write_debian_corpus(packages: Path, translations: Path, out: Path, *, seed: int = 1) -> int:
    """Write digests of weekdays and return how many papers they have."""
    entries = list(entry_texts(packages, translations))
    random.Random(seed).shuffle(entries)
    entries = entries[: DAYS * DAY_PAPERS]
    out.mkdir(parents=True, exist_ok=True)
    day: date = corpus.DEFAULT_END
    for start in range(0, len(entries), DAY_PAPERS):
        while day.weekday() > 4:
            day -= timedelta(days=1)
        parts = [f"## Daily Papers ({day})\n"]
        for number, entry in enumerate(entries[start : start + DAY_PAPERS]):
            paper = f"{day:%y%m}.{day.day * 700 + number:05d}"
            parts.append(entry.replace("{url}", f"https://arxiv.org/abs/{paper}", 1))
        (out / f"{day}.md").write_text("\n".join(parts), encoding="utf-8")
        day -= timedelta(days=1)
    return len(entries)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Write digests of Debian's packages.")
    parser.add_argument("packages", type=Path)
    parser.add_argument("translations", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    print(write_debian_corpus(arguments.packages, arguments.translations, arguments.out))
