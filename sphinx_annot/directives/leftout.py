"""What stands in a note that is left out: its text is not read as markup, but what it names is no mistake elsewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

_OBJECT = re.compile(r"^[ \t]*(?::{3,}|`{3,}|\.\.[ \t]+)\{?annot:(?:ednote|passage)(?:\}|::)[ \t]*(\S+)", re.MULTILINE)
_FOOTNOTE = re.compile(r"\[\^([^\]\s]+)\]|\[#?([^\]\s#]+)\]_")
_CITED = re.compile(r"[{:]annot:(?:cite|quote)[}:]`([^`]*)`")
_TARGET = re.compile(r"<([^<>]*)>\s*$")
_PASSAGE_SOURCE = re.compile(r"^\s*:source:\s*(\S+)", re.MULTILINE)


def objects(text: str) -> list[str]:
    """Return the ids of the notes and passages in a text."""
    return _OBJECT.findall(text)


def footnotes(text: str) -> list[str]:
    """Return the labels of the footnotes that a text marks, as they are compared."""
    return [nodes.fully_normalize_name("".join(label)) for label in _FOOTNOTE.findall(text)]


def sources(text: str) -> Iterator[str]:
    """Yield the keys of the sources that a text cites."""
    for words in _CITED.findall(text):
        target = _TARGET.search(words)
        for item in (target[1] if target else words).split(";"):
            yield item.partition(",")[0].strip()
    yield from _PASSAGE_SOURCE.findall(text)
