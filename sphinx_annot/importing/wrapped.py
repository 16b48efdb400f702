"""Lines -> one paragraph: hard wraps become spaces, words broken at the line's end are made whole."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from sphinx_annot.importing.article import Mend

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_annot.importing.lines import Line

_HYPHENATED = re.compile(r"(\w+)-$")
_BREAKS = re.compile(r"(\w+)-[ \t]*\n[ \t]*(\w+)")
_URL_END = re.compile(r"(?:https?://|www\.)[^\s<>]*$")
_URL_REST = re.compile(r"^[^\s<>]*[/=&?%_.#-][^\s<>]*")
_LONGEST_ADDRESS = 2000
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uff00-\uffef\u3000-\u303f]")


class Joiner:
    """Joins the lines of one text; remembers what it mended."""

    def __init__(self, text: str) -> None:
        """Take the whole text, whose words decide whether a hyphen at a line's end is real."""
        self._text = text
        self._joined: list[tuple[int, str]] = []
        self._kept: list[tuple[int, str]] = []
        self._addresses: list[tuple[int, str]] = []

    def __call__(self, group: Sequence[Line]) -> str:
        """Return the lines as one."""
        text = ""
        for line in group:
            text = self._append(text, line) if text else line.words
        return text

    def mends(self) -> list[Mend]:
        """Return what was mended, words of one kind together."""
        result = [Mend(kind="url-join", line=number, text=text) for number, text in self._addresses]
        for kind, words in (("dehyphenate", self._joined), ("keep-hyphen", self._kept)):
            if words and self._joined:
                result.append(Mend(kind=kind, line=words[0][0], text=words[0][1], count=len(words)))
        return result

    def _append(self, text: str, line: Line) -> str:
        after = line.words
        address = _URL_END.search(text[-_LONGEST_ADDRESS:]) if text[-1] in "-/_=&?%" else None
        rest = _URL_REST.match(after) if address else None
        if address and rest and len(address[0]) > 12:
            self._addresses.append((line.number, address[0] + rest[0]))
            return text + after
        hyphen = _HYPHENATED.search(text[-80:]) if text[-1] == "-" else None
        if hyphen and after[:1].islower():
            second = re.match(r"\w+", after)
            return self._hyphen(text, line, hyphen[1], second[0] if second else "")
        if text.endswith(("-", "—", "–")) and not text.endswith((" -", " –", " —")):
            return text + after
        if _CJK.match(text[-1:]) and _CJK.match(after[:1]):
            return text + after
        return f"{text} {after}"

    def _hyphen(self, text: str, line: Line, first: str, second: str) -> str:
        if self._is_one_word(first, second):
            self._joined.append((line.number, f"{first}-{second}"))
            return text[:-1] + line.words
        self._kept.append((line.number, f"{first}-{second}"))
        return text + line.words

    def _is_one_word(self, first: str, second: str) -> bool:
        whole, compound = (first + second).casefold(), f"{first}-{second}".casefold()
        if compound in self._compounds:
            return False
        if whole in self._words:
            return True
        return self._habit and not first.isdigit() and not first[-1:].isupper()

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(re.findall(r"\w+", _BREAKS.sub(" ", self._text).casefold()))

    @cached_property
    def _compounds(self) -> frozenset[str]:
        return frozenset(re.findall(r"\w+-\w+", self._text.casefold()))

    @cached_property
    def _habit(self) -> bool:
        """Whether this text breaks words at line ends at all (and not only compounds at their own hyphen)."""
        whole = kept = 0
        for first, second in _BREAKS.findall(self._text)[:2000]:
            whole += (first + second).casefold() in self._words
            kept += f"{first}-{second}".casefold() in self._compounds
        return whole > kept and whole >= 2
