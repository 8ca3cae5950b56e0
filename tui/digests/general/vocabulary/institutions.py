"""An institution behind the names of authors: ``Ada Bell, Cy Dorn; Example University``."""

from __future__ import annotations

import re

_LAST_PART = re.compile(r"\s*[;；](?P<last>[^;；]{2,80})$")
_INSTITUTION = re.compile(
    r"\s*(?:[^\s,，、]{1,20}(?:大学|大學|学院|學院|研究院|研究所|研究室|实验室|實驗室|公司|集团|科技"
    r"|대학교|대학|연구소|연구원|연구실)"
    r"|(?:[\w&.'’-]{1,30}\s){0,5}"
    r"(?:Univ\w*|Institut\w*|College|School|Labs?|Laborator\w+|Research|Academy)"
    r"(?:\s[\w&.'’-]{1,30}){0,5}"
    r"|[A-Z]{3,6}|Google(?:\sDeepMind)?|DeepMind|Microsoft|Meta(?:\sAI)?|OpenAI|Nvidia|Amazon|Apple)\s*"
)


def without_institution(text: str) -> str:
    """Return names without the only institution behind a semicolon; other texts as they are."""
    last = _LAST_PART.search(text) if ";" in text or "；" in text else None
    if last is None or _INSTITUTION.fullmatch(last["last"]) is None:
        return text
    return text[: last.start()]
