"""Saved e-mails: the day of their header, and bodies that MIME encodes."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP

import pytest

from tui.digests.reader import read
from tui.models import REPLACED, UNLISTED

LINK = "https://arxiv.org/abs/2505.0800{}"
PLAIN = (
    f"2 new papers\n\nQuiet Stairs\nAda Bell, Cy Dorn - arXiv, 2025\n{LINK.format(1)}\n"
    f"Stairs without noise.\n\nLoud Stairs\nEve Funk - arXiv, 2025\n{LINK.format(2)}\n"
    "Stairs with noise.\n"
)
HTML = "<html><body>{}</body></html>".format(
    "".join(
        f"<h3><a href='{LINK.format(number)}'>{title}</a></h3><div>{names}</div>"
        f"<div>{summary}</div>"
        for number, title, names, summary in (
            (1, "Quiet Stairs", "Ada Bell, Cy Dorn", "Stairs without noise. 조용한 계단."),
            (2, "Loud Stairs", "Eve Funk, Gil Hart", "Stairs with noise."),
        )
    )
)


def mail(*, encoding: str | None = None, html: str = "", body: str = PLAIN) -> bytes:
    message = EmailMessage()
    message["From"] = "Alerts <alerts@example.org>"
    message["To"] = "you@example.org"
    message["Subject"] = "2 new papers"
    message["Date"] = "Tue, 03 Jun 2025 23:30:11 -0700"
    message.set_content(body, cte=encoding)
    if html:
        message.add_alternative(html, subtype="html", cte=encoding)
    return message.as_bytes(policy=SMTP)


@pytest.mark.parametrize(
    "data",
    [
        mail(encoding="7bit"),
        mail(encoding="quoted-printable"),
        mail(encoding="base64"),
        mail(encoding="quoted-printable", html=HTML),
        mail(encoding="base64", html=HTML),
        b"From alerts Tue Jun  3 23:31:00 2025\n" + mail(encoding="base64"),
    ],
    ids=["7bit", "quoted", "base64", "quoted html", "base64 html", "mbox"],
)
def test_papers_of_a_mail_have_its_day(data: bytes) -> None:
    quiet, loud = read(data, "inbox/alert.eml").entries
    assert (quiet.paper_id, quiet.title, quiet.authors) == (
        "2505.08001", "Quiet Stairs", ("Ada Bell", "Cy Dorn"),
    )  # fmt: skip
    assert "Stairs without noise." in quiet.summary
    assert (loud.paper_id, loud.authors[0]) == ("2505.08002", "Eve Funk")
    assert {quiet.date, loud.date} == {"2025-06-03"}


def test_lines_of_a_mail_are_those_of_its_file() -> None:
    text = mail(encoding="7bit").decode()
    entries = read(text.encode(), "alert.eml").entries
    lines = text.split("\r\n")
    assert [lines[entry.line - 1] for entry in entries] == ["Quiet Stairs", "Loud Stairs"]


@pytest.mark.parametrize(
    "damaged",
    [
        mail(encoding="base64").replace(b"utf-8", b"no-such-charset"),
        mail(encoding="base64", html=HTML)[:-900],
        b"From: a\nDate: soon\nContent-Type: multipart/mixed\n\n" + PLAIN.encode(),
        b"From: a\nDate: soon\nContent-Transfer-Encoding: base64\n\n" + PLAIN.encode(),
        b"From: a\nContent-Type: multipart/mixed; boundary=x\n\n"
        + b"--x\nContent-Type: multipart/mixed; boundary=x\n\n" * 3000,
        b"From: " + b"a" * 200_000 + b"\n" * 9 + PLAIN.encode(),
        b"From: a\n" * 90_000 + PLAIN.encode(),
        b"From: a\nDate: Tue, 03 Jun 2025 23:30:11 -0700\n\n" * 5000 + PLAIN.encode(),
    ],
    ids=["charset", "cut", "multipart", "no body", "nested", "long line", "header", "mails"],
)
def test_damaged_mail_is_no_reason_to_fail(damaged: bytes) -> None:
    read(damaged, "alert.eml")


def test_new_versions_in_a_mail_of_arxiv_are_not_listed() -> None:
    papers = "".join(
        f"\\\\\narXiv:2505.0800{number}\n{line} 14 May 2025 09:31:20 GMT   (655kb,D)\n\n"
        f"Title: Quiet Stairs {number}\nAuthors: Ada Bell\nCategories: cs.CL\n\\\\\n  Stairs.\n"
        f"\\\\ ( https://arxiv.org/abs/2505.0800{number} ,  655kb)\n{'-' * 78}\n"
        for number, line in ((1, "Date: Wed,"), (2, "replaced with revised version Wed,"))
    )
    text = f"From: no-reply@arxiv.org\nDate: Thu, 15 May 2025 04:10:37 +0000\n\n{papers}"
    entries = read(text.encode(), "mail/15.eml").entries
    assert [(entry.paper_id, entry.labels) for entry in entries] == [
        ("2505.08001", ("cs.CL",)), ("2505.08002", ("cs.CL", REPLACED, UNLISTED)),
    ]  # fmt: skip
