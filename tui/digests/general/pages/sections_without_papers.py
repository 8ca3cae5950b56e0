"""Sections that hold no papers of the digest: fields of a paper, and lists of references."""

from __future__ import annotations

import re

from tui.digests.general.tree.document_tree import BOLD_LEVEL, Block, BlockKind
from tui.digests.general.tree.line_labels import is_label, without_number
from tui.digests.general.vocabulary.labels import names_paper_itself

_REFERENCES = re.compile(
    r"\W*(?:references?|related (?:work|papers?|reading)|bibliography|see also|remarks|参考文献|"
    r"uwagi|anmerkungen|bemerkungen|remarques|observaciones|observações|osservazioni|opmerkingen|"
    r"примечания|备注|備考|비고|ghi chú|"
    r"相关工作|相关论文|参考|"
    r"関連研究|参考資料|참고\s?문헌|관련\s?연구|관련\s?논문|tài liệu tham khảo)\W*",
    re.IGNORECASE,
)


def is_list_of_references(heading: str) -> bool:
    """Return whether a heading says that the papers below it are references."""
    return _REFERENCES.fullmatch(without_number(heading)) is not None


def holds_no_papers(section: Block) -> bool:
    """Return whether a section is a field of a paper, or lists references."""
    if is_list_of_references(section.text):
        return True
    number_and_name = section.text.strip(" *_:：#")
    name = without_number(number_and_name)
    if name != number_and_name and names_paper_itself(name):
        return False  # as in "2. Paper", whose title is a field
    return is_label(section.text) and not any(map(_is_heading, section.children))


def _is_heading(block: Block) -> bool:
    return block.kind is BlockKind.SECTION and block.level < BOLD_LEVEL
