"""The stored text of a source: read, seen as a reader sees it, and folded once for each tier."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from html.parser import HTMLParser
from pathlib import PurePath
from typing import TYPE_CHECKING

from sphinx_annot.model.bare import is_inline, is_there
from sphinx_annot.model.fold import Folded, fold, strip_folded
from sphinx_annot.model.locator import Locator, labels, parse
from sphinx_annot.model.nearness import rare_words
from sphinx_annot.model.stages import Stage

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_mark = re.compile(r"\[([^\W\d_]{1,12}\.?\s?[\divxlc]+[rv]?|¶\s?\d+|第\s?\d+\s?[页頁段])\]")
_HIDDEN = frozenset(
    {"head", "script", "style", "template", "noscript", "svg", "select", "textarea", "iframe", "object", "rt", "rp"}
)
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q ruby s samp small span "
    "strike strong sub sup time tt u var wbr img".split()
)
_LONGEST_MARK = 8
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_display_none = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A snapshot that is not UTF-8; ``offset`` is that of the first bad byte."""

    name: str
    offset: int


class Snapshot:
    """The text of a source. ``stored`` is the file as decoded, ``text`` what a reader sees of it."""

    def __init__(self, name: str, stored: str, text: str | None = None, stage: Stage | None = None) -> None:
        self.name = name
        self.stored = stored
        self.text = stored if text is None else text
        self._stage = stage

    @cached_property
    def digest(self) -> str:
        """Of the stored text, for caches and the lock file."""
        return hashlib.sha256(self.stored.encode("utf-8", "surrogatepass")).hexdigest()

    @cached_property
    def folded(self) -> Folded:
        """The text at tier 1."""
        return fold(self.text, blocks=False)

    @cached_property
    def bare(self) -> Folded:
        """The text at tier 2; the same object as at tier 1 if there is nothing to take out."""
        if not is_there(self.text):
            return self.folded
        bare = strip_folded(self.folded) if is_inline(self.text) else fold(self.text, 2, blocks=False)
        return self.folded if bare.text == self.folded.text else bare

    @cached_property
    def rare_words(self) -> Mapping[str, Sequence[int]]:
        """Where each word that is not common stands in the text folded at tier 1."""
        return rare_words(self.folded.text)

    def stored_span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in ``text`` as offsets in ``stored``."""
        return (start, end) if self._stage is None else (self._stage.start(start), self._stage.end(end))

    def seen_span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in ``stored`` as offsets in ``text``."""
        return (start, end) if self._stage is None else (self._stage.forward(start), self._stage.forward(end))

    def line(self, offset: int) -> int:
        """The line, from 1, of an offset in ``stored``."""
        return bisect_right(self._lines, offset)

    @cached_property
    def _lines(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer(r"\n", self.stored))]

    def places(self, locator: Locator, language: str = "") -> list[tuple[int, int]] | None:
        """The stretches of ``text`` that a locator means, ``None`` if the text marks no such places."""
        for label in ("paragraph", "page"):
            if place := locator.place(label):
                marked = self._marked(language).get(label) or (self._fed if label == "page" else {})
                wanted = [stretch for name in _names(place) for stretch in marked.get(name, [])]
                if wanted:
                    return wanted
        return None

    def _marked(self, language: str) -> dict[str, dict[str, list[tuple[int, int]]]]:
        """Pages and paragraphs between marks such as ``[p. 12]``, by label and number."""
        found: dict[str, list[tuple[int, int, str]]] = {}
        known = labels(language) if language else labels()
        for match in _mark.finditer(self.text):
            words = match[1].replace("¶", "para. ")
            locator = parse(words, known)
            if isinstance(locator, Locator) and locator.parts[0].label in {"page", "paragraph"}:
                part = locator.parts[0]
                found.setdefault(part.label, []).append((match.start(), match.end(), part.place))
        stretches: dict[str, dict[str, list[tuple[int, int]]]] = {}
        for label, marks in found.items():
            ends = [start for start, _, _ in marks[1:]] + [len(self.text)]
            for (_, start, name), end in zip(marks, ends, strict=True):
                stretches.setdefault(label, {}).setdefault(name, []).append((start, end))
        return stretches

    @cached_property
    def _fed(self) -> dict[str, list[tuple[int, int]]]:
        if "\f" not in self.text:
            return {}
        cuts = [-1, *(match.start() for match in re.finditer("\f", self.text)), len(self.text)]
        return {str(i + 1): [(cuts[i] + 1, cuts[i + 1])] for i in range(len(cuts) - 1)}


def read(name: str, data: bytes) -> Snapshot | Unreadable:
    """A snapshot out of the bytes of a file; ``name`` says by its ending whether it is HTML."""
    try:
        stored = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return Unreadable(name, error.start)
    if data.startswith(b"\xef\xbb\xbf"):
        stored = "\ufeff" + stored
    if PurePath(name).suffix.lower() in {".html", ".htm", ".xhtml"}:
        text, stage = visible(stored)
        return Snapshot(name, stored, text, stage)
    return Snapshot(name, stored)


def visible(page: str) -> tuple[str, Stage]:
    """What a reader sees of an HTML page, and the way back to it. Blocks are apart by an empty line.

    Raised figures become superscript characters; a raised link becomes a mark in brackets, as those of notes are.
    """
    reader = _Reader(page)
    reader.feed(page)
    reader.close()
    return reader.result()


def _names(place: str) -> Iterator[str]:
    for piece in place.split(", "):
        first, _, last = piece.partition("–")
        if first.isdecimal() and last.isdecimal() and int(first) <= int(last) <= int(first) + 10000:
            yield from map(str, range(int(first), int(last) + 1))
        else:
            yield first
            if last:
                yield last


class _Reader(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=False)
        self._page = page
        self._starts = [0, *(match.end() for match in re.finditer(r"\n", page))]
        self._pieces: list[tuple[int, int, str]] = []
        self._open: list[tuple[str, bool]] = []
        self._hidden = 0
        self._raised = 0
        self._raised_from = 0
        self._linked = False

    def result(self) -> tuple[str, Stage]:
        size = len(self._page)
        stage, at, shift = Stage(), 0, 0
        for start, end, new in [*self._pieces, (size, size, "")]:
            for low, high, piece in ((at, start, ""), (start, end, new)):
                if high - low != len(piece):
                    stage.in_start.append(low)
                    stage.in_end.append(high)
                    stage.out_start.append(low + shift)
                    shift += len(piece) - (high - low)
                    stage.out_end.append(high + shift)
            at = end
        return "".join(new for _, _, new in self._pieces), stage

    def _put(self, new: str, width: int = 0) -> None:
        if not self._hidden:
            line, column = self.getpos()
            at = self._starts[line - 1] + column
            self._pieces.append((at, at + width, new))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "body":  # the end of the head may be left out
            self._open, self._hidden = [], 0
        if tag == "br":
            self._put("\n")
        elif tag not in _INLINE:
            self._put("\n\n")
        if tag in _VOID:
            return
        hides = tag in _HIDDEN or "hidden" in values or bool(_display_none.search(values.get("style") or ""))
        self._open.append((tag, hides))
        self._hidden += hides
        is_mark = tag == "a" and "noteref" in f"{values.get('role')} {values.get('epub:type')} {values.get('class')}"
        if (tag == "sup" or is_mark) and not self._raised:
            self._raised, self._raised_from = len(self._open), len(self._pieces)
            self._linked = any(name == "a" for name, _ in self._open)
        self._linked = self._linked or tag == "a"

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            self.handle_starttag(tag, attrs)
        elif tag not in _INLINE:
            self._put("\n\n")

    def handle_endtag(self, tag: str) -> None:
        if tag not in {name for name, _ in self._open}:
            return
        while self._open:
            name, hides = self._open.pop()
            self._hidden -= hides
            if name == tag:
                break
        if self._raised > len(self._open):
            self._lower()
        if tag not in _INLINE:
            self._put("\n\n")

    def _lower(self) -> None:
        """The raised words have ended: show figures as raised ones, and a link as a mark in brackets."""
        raised = self._pieces[self._raised_from :]
        words = "".join(new for _, _, new in raised).strip()
        self._raised = 0
        if self._linked and words and len(words) <= _LONGEST_MARK and words[0] not in "[(":
            first, last = raised[0][0], raised[-1][1]
            self._pieces[self._raised_from :] = [(first, first, "["), *raised, (last, last, "]")]
        elif words.isdecimal():
            self._pieces[self._raised_from :] = [(a, b, new.translate(_RAISED)) for a, b, new in raised]

    def handle_data(self, data: str) -> None:
        self._put(data, len(data))

    def handle_entityref(self, name: str) -> None:
        self._character(f"&{name}")

    def handle_charref(self, name: str) -> None:
        self._character(f"&#{name}")

    def _character(self, reference: str) -> None:
        line, column = self.getpos()
        if self._page.startswith(";", self._starts[line - 1] + column + len(reference)):
            reference += ";"
        self._put(unescape(reference), len(reference))
