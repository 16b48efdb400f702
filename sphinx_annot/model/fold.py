"""Fold a text so that typography no longer matters, with a map back to the text as it was.

Tier 1 makes equal: Unicode normal forms; quotation marks and apostrophes of every shape; dashes, typed ones too;
spaces of every kind, runs of them, and those that typography alone puts beside punctuation; zero-width and direction
marks, soft hyphens, tatweel; ligatures; the ellipsis, typed or not; words hyphenated at the end of a line. It makes
nothing else equal: not case, not accents, not punctuation, never a word.

What keeps its length is work for ``str.replace``, what does not for one regular expression; the map holds only the
places where lengths change.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field

GAP = "\ufffc"
"""Stands for words that are not known yet; nothing matches it."""

BOUNDARY = "\n"
"""Between two blocks of a text folded with ``blocks``."""

_QUOTES = "\"`´‘’‚‛“”„‟«»‹›′″‴ʹʺʻʼʽ׳״「」『』〝〞〟﹁﹂﹃﹄｢｣＂＇❛❜❝❞\u055a"  # noqa: RUF001
_HYPHENS = "\u2010\u2011\u05be\u058a\u2e17\ufe63\uff0d"
_DASHES = "\u2012\u2013\u2014\u2015\u2e3a\u2e3b\u2212\ufe58"
_SPACES = "\t\r\x1c\x1d\x1e\x1f\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_LINES = "\x0b\x85\u2028\u2029"
_SAME_LENGTH = (
    dict.fromkeys(_QUOTES, "'")
    | dict.fromkeys(_HYPHENS, "-")
    | dict.fromkeys(_DASHES, "—")
    | dict.fromkeys(_SPACES, " ")
    | dict.fromkeys(_LINES, "\n")
    | {chr(0xFF01 + i): chr(0x21 + i) for i in range(94) if chr(0xFF01 + i) not in _QUOTES + _HYPHENS}
    | {"ſ": "s"}
)
_LIGATURES = {"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE"}
_LIGATURE_RANGES = "\u0132\u0133\u0149\u01c4-\u01cc\u01f1-\u01f3\ufb00-\ufb4f\ufb50-\ufdfb\ufe70-\ufefc"
_INVISIBLE = "\u034f\u0640\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff"
_CJK = "\u2e80-\u2fdf\u3001-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uffef\U00020000-\U0003ffff"
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff" + _CJK
_BEFORE = rf"'\-—,.;:!?)\]}}…%‰°/،؛؟{_CJK}"  # noqa: RUF001
_AFTER = rf"'\-—(\[{{…¿¡/{_CJK}"

_drops_before = re.compile(f"[{_BEFORE}]").match
_drops_after = re.compile(f"[{_AFTER}]").match
_unspaced = re.compile(f"[{_UNSPACED}]").match
_invisible = re.compile(rf"\xad[ \t\r]*\n[ \t]*(?=\S)|[\xad{_INVISIBLE}]+")
_typed_pair = re.compile("``|''|,,")
_inner_boundary = re.compile(rf"(?<=[{_AFTER}])\n|\n(?=[{_BEFORE}])")
_ligature = re.compile(f"[{''.join(_LIGATURES)}{_LIGATURE_RANGES}]")


def _pattern(gap: str) -> re.Pattern[str]:
    """What changes its length; ``gap`` is the white space that the parts of an ellipsis may have between them.

    It begins with one character class, which the engine finds quickly.
    """
    return re.compile(
        rf"""[ \n\f.…—¬-](?:
          (?<=\w[-¬])[ \f]*\n(?![ \f]*\n)[ \f]*(?=\w)
        | (?<=[ \n\f])[ \n\f]+
        | (?<=[\n\f])
        | (?<=[{_AFTER}][ ])
        | (?<=[ ])(?=[{_BEFORE}])
        | (?<=[-—])[-—]+
        | (?<=\.)(?:{gap}\.){{2,}}(?:{gap}[.…])*{gap}
        | (?<=\.){gap}…(?:{gap}[.…])*{gap}
        | (?<=…)(?:{gap}[.…])*{gap}
        )""",
        re.VERBOSE,
    )


_in_blocks = _pattern(r"[ \f]*(?:\n(?![ \f]*\n)[ \f]*)?")
_in_flow = _pattern(r"[ \n\f]*")


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of folding: where it changed lengths. All four columns ascend."""

    in_start: array[int] = field(default_factory=lambda: array("q"))
    in_end: array[int] = field(default_factory=lambda: array("q"))
    out_start: array[int] = field(default_factory=lambda: array("q"))
    out_end: array[int] = field(default_factory=lambda: array("q"))

    def start(self, at: int) -> int:
        """The offset before this step of what begins at ``at`` after it."""
        i = bisect_right(self.out_start, at) - 1
        if i < 0:
            return at
        return self.in_start[i] if at < self.out_end[i] else self.in_end[i] + at - self.out_end[i]

    def end(self, at: int) -> int:
        """The offset before this step of what ends at ``at`` after it."""
        i = bisect_left(self.out_start, at) - 1
        if i < 0:
            return at
        return self.in_end[i] if at < self.out_end[i] else self.in_end[i] + at - self.out_end[i]

    def forward(self, at: int) -> int:
        """The offset after this step of what stands at ``at`` before it."""
        i = bisect_right(self.in_start, at) - 1
        if i < 0:
            return at
        return self.out_start[i] if at < self.in_end[i] else self.out_end[i] + at - self.in_end[i]


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and the way back.

    ``joins`` are the offsets in ``text`` where a hyphen at the end of a line was taken out: it may or may not have
    been part of the word.
    """

    text: str
    source: str
    stages: tuple[Stage, ...] = ()
    joins: tuple[int, ...] = ()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the source of the folded characters from ``start`` to ``end``."""
        for stage in reversed(self.stages):
            start, end = stage.start(start), stage.end(end)
        return (start, max(start, end))

    def at(self, offset: int) -> int:
        """The offset in the folded text of what stands at ``offset`` in the source."""
        for stage in self.stages:
            offset = stage.forward(offset)
        return offset


def fold(text: str, tier: int = 1, *, blocks: bool = True) -> Folded:
    """Fold ``text``: tier 0 is Unicode NFC, tier 1 all that the module's description names.

    With ``blocks`` an empty line stays a boundary (one line feed in the folded text), else it is white space as any other.
    """
    out, stages, joins = text, [], ()
    if not out.isascii():
        if tier and _invisible.search(out):
            out, stage = _replace(_invisible, lambda _: "", out)
            stages.append(stage)
        if not unicodedata.is_normalized("NFC", out):
            out, stage = _compose(out)
            stages.append(stage)
        if tier and _ligature.search(out):
            out, stage = _replace(_ligature, _expand, out)
            stages.append(stage)
    if tier:
        if "``" in out or "''" in out or ",," in out:
            out, stage = _replace(_typed_pair, lambda _: "'", out)
            stages.append(stage)
        for char in set(out).intersection(_SAME_LENGTH):
            out = out.replace(char, _SAME_LENGTH[char])
        out, stage, joins = _tidy(out, blocks=blocks)
        if stage.in_start:
            stages.append(stage)
    return Folded(out, text, tuple(stages), joins)


def unbounded(text: str) -> str:
    """A text folded with ``blocks`` as it would be without."""
    return _inner_boundary.sub("", text).replace(BOUNDARY, " ")


def is_bound(text: str, at: int) -> bool:
    """Whether a word may begin or end at ``at``; everywhere in scripts that write no spaces."""
    if at <= 0 or at >= len(text):
        return True
    before, after = text[at - 1], text[at]
    if unicodedata.category(after)[0] == "M":
        return False
    if not (after.isalnum() or after == "_"):
        return True
    if not (before.isalnum() or before == "_" or unicodedata.category(before)[0] == "M"):
        return True
    return bool(_unspaced(before) or _unspaced(after))


def _replace(pattern: re.Pattern[str], new: Callable[[re.Match[str]], str], text: str) -> tuple[str, Stage]:
    stage, pieces, last, shift = Stage(), [], 0, 0
    for match in pattern.finditer(text):
        start, end = match.span()
        piece = new(match)
        pieces += text[last:start], piece
        last = end
        if len(piece) != end - start:
            stage.in_start.append(start)
            stage.in_end.append(end)
            stage.out_start.append(start + shift)
            shift += len(piece) - (end - start)
            stage.out_end.append(end + shift)
    pieces.append(text[last:])
    return "".join(pieces), stage


def _compose(text: str) -> tuple[str, Stage]:
    """Normalise cluster by cluster: a character that composes with nothing before it begins one."""
    chars = {
        char
        for char in set(text)
        if unicodedata.category(char)[0] == "M"
        or "\u1160" <= char <= "\u11ff"
        or not unicodedata.is_normalized("NFC", char)
    }
    odd = "".join(map(re.escape, sorted(chars)))
    cluster = re.compile(f"[^{odd}]?[{odd}]+") if odd else re.compile(r"(?!)")
    return _replace(cluster, lambda match: unicodedata.normalize("NFC", match[0]), text)


def _expand(match: re.Match[str]) -> str:
    return _LIGATURES.get(match[0]) or unicodedata.normalize("NFC", unicodedata.normalize("NFKC", match[0]))


def _tidy(text: str, *, blocks: bool) -> tuple[str, Stage, tuple[int, ...]]:
    joins: list[int] = []
    removed = 0

    def new(match: re.Match[str]) -> str:
        nonlocal removed
        piece = _tidied(match, blocks=blocks)
        if not piece and text[match.start()] == "-":
            joins.append(match.start() - removed)
        removed += match.end() - match.start() - len(piece)
        return piece

    out, stage = _replace(_in_blocks if blocks else _in_flow, new, text)
    return out.replace("—", "-"), stage, tuple(joins)


def _tidied(match: re.Match[str], *, blocks: bool) -> str:
    run, text = match[0], match.string
    first, start, end = run[0], match.start(), match.end()
    if first in "-—¬" and "\n" in run:
        return "" if first == "¬" or (text[start - 1].isalpha() and text[end].isalpha()) else "-"
    if first in "-—":
        return "-" if len(run) > 1 else first
    if first == "¬":
        return first
    if first in ".…":
        return "…"
    if run.count("\n") > 1:
        if blocks:
            return BOUNDARY
        if text[start - 1 : start] == "-" and text[start - 2 : start - 1].isalnum():
            return " "
    return "" if _drops_after(text[start - 1 : start]) or _drops_before(text[end : end + 1]) else " "
