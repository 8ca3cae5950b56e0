"""What Python prints for an object: literals, and calls such as ``datetime.date(2025, 5, 14)``."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator

_MAX_CHARS = 1_000_000
_MAX_DEPTH = 60
_CALL = re.compile(r"\s*[A-Za-z_][\w.]{0,60}\((?=[a-z_]\w{0,40}=)")
_CLASS = re.compile(r"(?<=defaultdict\()<class '[\w.]{1,60}'>")
_TIME_PARTS = 6
"""Year to second in the arguments of ``datetime``."""


def parse_repr(text: str) -> object | None:
    """Return the value of what Python has printed, or None if a text is not that or is too long.

    Numbers become strings, tuples and sets lists, dates texts in ISO format, and objects dicts of
    their keyword arguments.
    """
    text = text.strip()
    if len(text) > _MAX_CHARS or not text.startswith(("{", "[", "(")):
        return None
    try:
        with warnings.catch_warnings():
            # Python warns on the terminal of escapes such as ``\:``.
            warnings.simplefilter("ignore", SyntaxWarning)
            warnings.simplefilter("ignore", DeprecationWarning)
            return _value(ast.parse(_CLASS.sub("None", text), mode="eval").body, 0)
    except (ValueError, SyntaxError, RecursionError, MemoryError, TypeError):
        return None


def parse_calls(text: str) -> Iterator[object]:
    """Yield the objects on the lines of a text that starts with one: ``Paper(title='…', …)``."""
    if _CALL.match(text) is None:
        return
    for line in text.split("\n"):
        # In brackets, it is an object in a list.
        if _CALL.match(line) and (value := parse_repr(f"[{line}]")) is not None:
            yield value


def _value(node: ast.expr, depth: int) -> object:
    if depth > _MAX_DEPTH:
        return None
    if isinstance(node, ast.Dict):
        pairs = zip(node.keys, node.values, strict=True)
        return {str(_value(key, depth)): _field_value(item, depth) for key, item in pairs if key}
    if isinstance(node, ast.List | ast.Tuple | ast.Set):
        return [_value(item, depth + 1) for item in node.elts]
    if isinstance(node, ast.Call):
        return _value_of_call(node, depth + 1)
    value = ast.literal_eval(node)
    return value if value is None or isinstance(value, bool) else str(value)


def _field_value(node: ast.expr, depth: int) -> object:
    """Return the value of a key or argument; a name such as ``nan`` or ``Kind.A`` stands for none.

    In a list it does not: ``[cs.CL]`` is a line of a page.
    """
    return None if isinstance(node, ast.Name | ast.Attribute) else _value(node, depth + 1)


def _value_of_call(node: ast.Call, depth: int) -> object:
    """Return a date as a text, and what else an object was created with."""
    function = node.func
    if not isinstance(function, ast.Attribute | ast.Name):
        raise ValueError(ast.dump(function))  # ``[label](url)`` of Markdown
    name = function.attr if isinstance(function, ast.Attribute) else function.id
    items = [_value(item, depth) for item in node.args]
    if name in {"date", "datetime"}:
        return _iso_time(list(map(str, items[:_TIME_PARTS])))
    if name in {"OrderedDict", "defaultdict"} and items:
        pairs = items[-1]
        return dict(pairs) if isinstance(pairs, list) else pairs
    if fields := {each.arg: _field_value(each.value, depth) for each in node.keywords if each.arg}:
        return fields
    return items[0] if len(items) == 1 else items


def _iso_time(parts: list[str]) -> str:
    day, time = (
        separator.join(part.zfill(2) for part in some)
        for separator, some in (("-", parts[:3]), (":", parts[3:]))
    )
    return f"{day}T{time}" if time else day
