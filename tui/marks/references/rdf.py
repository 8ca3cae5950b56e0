"""Read Zotero RDF: items are the children of ``rdf:RDF``, with their links within."""

from __future__ import annotations

from collections.abc import Iterator
from xml.parsers import expat

from tui.marks.references import PaperReference, first_id
from tui.marks.sync.json_values import RejectedFileError

_SKIPPED = frozenset({"Attachment", "Collection", "Memo", "Journal"})
"""Local names of children that are no items. Journals within an item have its DOI."""

_ID_ELEMENTS = frozenset({"identifier", "value", "description", "locationInArchive"})
_TAG_ELEMENTS = frozenset({"subject"})
_DOI_PREFIX = "DOI "
_MAX_DEPTH = 100


def read(data: bytes) -> Iterator[PaperReference]:
    """Yield the items of a file.

    Raises:
        RejectedFileError: it is not well-formed XML, or declares a document type.
    """
    reader = _Reader()
    try:
        reader.parser.Parse(data, True)
    except expat.ExpatError as error:
        message = f"is not valid XML ({expat.ErrorString(error.code)}); the file is damaged"
        raise RejectedFileError(error.lineno, message) from error
    yield from reader.references


class _Reader:
    """Collects the items while the parser goes through the file."""

    def __init__(self) -> None:
        self.references: list[PaperReference] = []
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._refuse
        self._path: list[str] = []
        self._line = 0
        self._values: list[str] = []
        self._keywords: list[str] = []
        self._characters: list[str] = []

    def _refuse(self, *_declaration: object) -> None:
        line = self.parser.CurrentLineNumber
        raise RejectedFileError(line, "declares a document type, which no export does")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._path.append(name.rpartition(" ")[2])
        if len(self._path) > _MAX_DEPTH:
            raise RejectedFileError(self.parser.CurrentLineNumber, "is nested too deeply")
        if len(self._path) == 2:
            self._line = self.parser.CurrentLineNumber
            about = (text for key, text in attributes.items() if key.endswith(" about"))
            self._values, self._keywords = list(about), []
        self._characters = []

    def _text(self, text: str) -> None:
        self._characters.append(text)

    def _end(self, _name: str) -> None:
        text = "".join(self._characters).strip()
        self._characters = []
        name = self._path[-1]
        if name in _ID_ELEMENTS and text:
            self._values.append(text.removeprefix(_DOI_PREFIX))
        if text and not _TAG_ELEMENTS.isdisjoint(self._path[-3:]):
            self._keywords.append(text)
        if len(self._path) == 2 and name not in _SKIPPED:
            keywords = tuple(self._keywords)
            self.references.append(PaperReference(self._line, first_id(self._values), keywords))
        self._path.pop()
