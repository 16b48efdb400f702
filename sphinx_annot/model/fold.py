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
from functools import cache
from typing import NamedTuple

from sphinx_annot.model.stages import Stage, replace

GAP = "\ufffc"
"""Stands for words that are not known yet; nothing matches it."""

BOUNDARY = "\n"
"""Between two blocks of a text folded with ``blocks``."""

_QUOTES = '"`´‘’‚‛“”„‟«»‹›′″‴ʹʺʻʼʽ׳״「」『』〝〞〟﹁﹂﹃﹄｢｣＂＇❛❜❝❞\u055a'
_HYPHENS = "\u2010\u2011\u05be\u058a\u2e17\ufe63\uff0d"
_DASHES = "\u2012\u2013\u2014\u2015\u2e3a\u2e3b\u2212\ufe58"
_SPACES = (
    "\t\r\x1c\x1d\x1e\x1f\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
)
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
_SIGNS_BEFORE, _SIGNS_AFTER = frozenset("'-—([{…¿¡/"), frozenset("'-—,.;:!?)]}…%‰°/،؛؟")
_BEFORE = "".join(map(re.escape, sorted(_SIGNS_AFTER)))
_AFTER = "".join(map(re.escape, sorted(_SIGNS_BEFORE)))
_FIRST_WIDE = _CJK[0]

_IN_NUMBERS = ".,:/-'"
_thousands = re.compile(r"\d{3}(?!\d)").match
_tens = re.compile(r"(?<![\d.,])\d{1,3} \Z")
_invisible = re.compile(rf"\xad[ \t\r]*\n[ \t]*(?=\S)|[\xad{_INVISIBLE}]+")
_typed_pair = re.compile(r"``|''|(?<![^\s(\[]),,(?=\w)")
_ligature = re.compile(f"[{''.join(_LIGATURES)}{_LIGATURE_RANGES}]")


# Classes of many thousands of characters take long to compile, and few builds fold anything.
@cache
def _cjk() -> re.Pattern[str]:
    return re.compile(f"[{_CJK}]")


@cache
def _unspaced() -> re.Pattern[str]:
    return re.compile(f"[{_UNSPACED}]")


@cache
def _inner_boundary() -> re.Pattern[str]:
    return re.compile(rf"(?<=[{_AFTER}{_CJK}])\n|\n(?=[{_BEFORE}{_CJK}])")


@cache
def _changing_length(gap: str, *, wide: bool) -> re.Pattern[str]:
    """What changes its length; ``gap`` is the white space that the parts of an ellipsis may have between them.

    It begins with one character class, which the engine finds quickly. ``wide`` says whether the text may have
    signs of scripts like Chinese: with those the pattern takes long to compile, and most builds need none.
    """
    before, after = (_BEFORE + _CJK, _AFTER + _CJK) if wide else (_BEFORE, _AFTER)
    return re.compile(
        rf"""[ \n\f.…—¬-](?:
          (?<=\w[-¬])(?:[ ]*\n(?![ \f]*\n)[ \f]*|[ \n]*\f[ \n\f]*)(?=\w)
        | (?<=[ \n\f])[ \n\f]+
        | (?<=[\n\f])
        | (?<=[{after}][ ])
        | (?<=[ ])(?=[{before}])
        | (?<=[-—])(?:{gap}[-—])+
        | (?<=\.)(?:{gap}\.){{2,}}(?:{gap}[.…])*{gap}
        | (?<=\.){gap}…(?:{gap}[.…])*{gap}
        | (?<=…)(?:{gap}[.…])*{gap}
        )""",
        re.VERBOSE,
    )


_GAP_IN_BLOCKS = r"[ \f]*(?:\n(?![ \f]*\n)[ \f]*)?"
_GAP_IN_FLOW = r"[ \n\f]*"


class Folded(NamedTuple):
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


def fold(text: str, tier: int = 1, *, blocks: bool = True, letters: bool = True) -> Folded:
    """Fold ``text``: tier 0 is Unicode NFC, tier 1 all that the module's description names, tier 2 drops markup too.

    ``letters`` is as in :func:`sphinx_annot.model.bare.strip`.
    With ``blocks`` an empty line stays a boundary (one line feed in the folded text), else it is white space as any
    other.
    """
    out, stages = _bare(text, letters=letters) if tier > 1 else (text, [])
    joins: tuple[int, ...] = ()
    if not out.isascii():
        out = _composed(out, tier, stages)
    if tier:
        if "``" in out or "''" in out or ",," in out:
            out, stage = replace(_typed_pair, lambda _: "'", out)
            stages.append(stage)
        chars = set(out)
        for char in chars.intersection(_SAME_LENGTH):
            out = out.replace(char, _SAME_LENGTH[char])
        out, stage, joins = _tidy(out, blocks=blocks, wide=max(chars, default="") >= _FIRST_WIDE)
        if stage.in_start:
            stages.append(stage)
    return Folded(out, text, tuple(stages), joins)


def _composed(out: str, tier: int, stages: list[Stage]) -> str:
    if tier and _invisible.search(out):
        out, stage = replace(_invisible, lambda _: "", out)
        stages.append(stage)
    if not unicodedata.is_normalized("NFC", out):
        out, stage = _compose(out)
        stages.append(stage)
    if tier and _ligature.search(out):
        out, stage = replace(_ligature, _expand, out)
        stages.append(stage)
    return out


def strip_folded(folded: Folded) -> Folded:
    """Tier 2 out of tier 1, for a text whose markup :func:`~sphinx_annot.model.bare.is_inline`.

    Equal to folding its source at tier 2, in a third of the time.
    """
    out, stages = _bare(folded.text)
    joins = folded.joins
    out, last, _ = _tidy(out, blocks=False, wide=not out.isascii())
    for stage in (*stages, last):
        joins = tuple(map(stage.forward, joins))
    return Folded(out, folded.source, (*folded.stages, *stages, last), joins)


def visible_only(text: str) -> str:
    """Without soft hyphens and signs that have no width."""
    return text if text.isascii() else _invisible.sub("", text)


def unbounded(text: str) -> str:
    """A text folded with ``blocks`` as it would be without."""
    return _inner_boundary().sub("", text).replace(BOUNDARY, " ") if BOUNDARY in text else text


def is_bound(text: str, at: int) -> bool:
    """Whether a word may begin or end at ``at`` of a folded text; everywhere in scripts that write no spaces.

    Within a number there is no bound, nor before the ``'t`` of a negation.
    """
    if at <= 0 or at >= len(text):
        return True
    before, after = text[at - 1], text[at]
    if unicodedata.category(after)[0] == "M":
        return False
    if before.isdigit() or after.isdigit():
        return not _in_number(text, at)
    if not (after.isalnum() or after == "_"):
        return not (after == "'" and before == "n" and text[at + 1 : at + 2] == "t" and is_bound(text, at + 2))
    if not (before.isalnum() or before == "_" or unicodedata.category(before)[0] == "M"):
        return True
    return bool(_unspaced().match(before) or _unspaced().match(after))


def unspaced(text: str) -> int:
    """How many of its characters belong to scripts that write no spaces between words."""
    return 0 if text.isascii() else len(_unspaced().findall(text))


def _in_number(text: str, at: int) -> bool:
    """Whether ``at``, beside a digit, is inside a number: 12|5, 1|.5, 3/|4, 1 |500, 5|%, or a word with it: 5|th."""
    before, after = text[at - 1], text[at]
    if before.isalnum() and after.isalnum():
        return not (_unspaced().match(before) or _unspaced().match(after))
    if before.isdigit():
        if after == " ":
            return bool(_thousands(text, at + 1) and _tens.search(text, max(0, at - 5), at + 1))
        return after in "%‰" or (after in _IN_NUMBERS and text[at + 1 : at + 2].isdigit())
    if before == " ":
        return bool(_thousands(text, at) and _tens.search(text, max(0, at - 6), at))
    return before in _IN_NUMBERS and text[at - 2 : at - 1].isdigit()


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
    return replace(cluster, lambda match: unicodedata.normalize("NFC", match[0]), text)


def _bare(text: str, *, letters: bool = True) -> tuple[str, list[Stage]]:
    from sphinx_annot.model.bare import strip  # noqa: PLC0415 (only quotations are compared without markup)

    return strip(text, letters=letters)


def _expand(match: re.Match[str]) -> str:
    return _LIGATURES.get(match[0]) or unicodedata.normalize("NFC", unicodedata.normalize("NFKC", match[0]))


def _tidy(text: str, *, blocks: bool, wide: bool) -> tuple[str, Stage, tuple[int, ...]]:
    joins: list[int] = []
    removed = 0

    def new(match: re.Match[str]) -> str:
        nonlocal removed
        piece = _tidied(match, blocks=blocks)
        if not piece and text[match.start()] == "-":
            joins.append(match.start() - removed)
        removed += match.end() - match.start() - len(piece)
        return piece

    # on one line both find the same
    gap = _GAP_IN_BLOCKS if blocks or not ("\n" in text or "\f" in text) else _GAP_IN_FLOW
    out, stage = replace(_changing_length(gap, wide=wide), new, text)
    return out.replace("—", "-"), stage, tuple(joins)


def _tidied(match: re.Match[str], *, blocks: bool) -> str:
    run, text = match[0], match.string
    first, start, end = run[0], match.start(), match.end()
    if first in "-—¬" and run[-1] in " \n\f":
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
    return "" if _drops(text[start - 1 : start], _SIGNS_BEFORE) or _drops(text[end : end + 1], _SIGNS_AFTER) else " "


def _drops(char: str, signs: frozenset[str]) -> bool:
    """Whether the sign beside white space says that typography alone put it there."""
    return char in signs or (char >= _FIRST_WIDE and _cjk().match(char) is not None)
