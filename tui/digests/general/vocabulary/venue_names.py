"""Names of conferences and journals, which stand where the names of authors may stand."""

from __future__ import annotations

import re

_MAX_CHARS = 60
_YEAR = re.compile(r"[\s,]{0,3}(?:(?:19|20)\d\d|['’]\d\d)(?!\w)")
_LAST_PART = re.compile(r"[,，;；]\s*([^,，;；]{4,60})$")
_WORD = re.compile(r"[^\W_]+")
_CAPITALS = re.compile("[A-Z]{2}")
_VENUES = frozenset(
    """
    aaai aacl aamas acl acm aistats arxiv asru biorxiv bmvc chemrxiv chi cikm cognition coling colm
    colt conll corl cscw cvpr dac eacl ecai eccv emnlp facct globecom hri icaps icassp iccv icde
    icdm iclr icme icml icmr icra icse ieee ijcai ijcnlp ijcv imwut interspeech iros iscas isit
    isscc issta iui jair jmlr kdd medrxiv miccai mlsys mm naacl nature neurips nips nsdi osdi pakdd
    pami percom pldi pmlr popl ppopp recsys rss sc science sigcomm siggraph sigir sigmod slt sosp
    soups tacl tip tkde tmlr tnnls tog tois tpami uai ubicomp uist usenix vldb wacv wsdm www
    """.split()  # noqa: SIM905  # a list of words is easier to read than one of strings
)
_WORDS_BESIDE_VENUES = frozenset(
    """
    in of on the for and accepted at to appear published proc proceedings findings workshop
    workshops oral spotlight poster highlight main conference track long short paper demo journal
    letters transactions best award
    """.split()  # noqa: SIM905  # a list of words is easier to read than one of strings
)


def is_venue(text: str) -> bool:
    """Return whether a text is a venue: ``ACM MM'25``, ``Findings of ACL``, ``ICXYZ 2025``.

    Capitals before a year are one, whatever they mean; without a year they may be a name.
    """
    if len(text) > _MAX_CHARS:
        return False
    whole = text.strip(" *_()[].,")
    bare = _YEAR.sub(" ", whole)
    has_year = bare != whole
    words = _WORD.findall(bare)
    names = [word for word in words if word.casefold() not in _WORDS_BESIDE_VENUES]
    return bool(names) and all(
        name.casefold() in _VENUES or (has_year and _CAPITALS.search(name)) for name in names
    )


def without_venue_behind(names: str) -> str:
    """Return a list of names without the venue and year behind it: ``Ada Bell, ICLR 2025``."""
    last = _LAST_PART.search(names)
    return names[: last.start()] if last and is_venue(last[1]) else names
