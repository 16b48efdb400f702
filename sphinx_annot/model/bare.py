"""Tier 2: what stands in the text of a snapshot and is no part of its words.

Links read as their text; emphasis, line prefixes and escapes of Markdown go; so do the marks of notes, with the space
before them.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from sphinx_annot.model.stages import Stage, replace, rewrite

if TYPE_CHECKING:
    from collections.abc import Iterator

SIGNS = "[*_`~>#\\<&†‡¹²³⁴⁵⁶⁷⁸⁹⁰"
"""Without one of these, and without figures glued to a sentence, a text has nothing to take out."""
_URL = r"\((?:<[^<>]*>|[^()<\s]|\([^()\s]*\))*(?:\s+(?:\"[^\"]*\"|'[^']*'))?\)"
_NOT_IN_WORD = r"(?![^\W\d_\u2e80-\u9fff\uf900-\ufaff])"
_MARK = re.compile(
    r"\[(?:\^[^\]\s]+|\d{1,3}[a-z]?(?:\s?[,–-]\s?\d{1,3})*"
    r"|(?:note|nb|n|fn|Anm\.|nota|прим\.)\s?\d{1,3}|(?:p|pp|pg|Pg|page|S|Seite|f|с|стр|para|par|¶)\.?\s?\d+[rv]?"
    rf"|(?P<letter>[a-z]|x{{0,3}}(?:ix|iv|v?i{{1,3}})|[*†‡§¶#]+)(?=\]{_NOT_IN_WORD}))\]"
    rf"(?:{_URL}|\[[^\[\]]*\])?"
)
_RAISED = re.compile(r"[\u00b9\u00b2\u00b3\u2070\u2074-\u2079†‡]+")
_GLUED = re.compile(r"[.!?]['\"’”»]?(?P<mark>\d{1,3})(?=\s+[^\W\d_a-z]|\s*\Z)")
_UNIT = re.compile(r"(?:\d|(?<![^\W_])[kcdm]?m|(?<![^\W_])(?:ft|in|mi|s|x|y|r|n))\Z")
_ABBREVIATION = re.compile(
    r"(?<![^\W_])(?:vols?|nos?|pp|ch|chaps?|figs?|secs?|arts?|caps?|cols?|ca|Nr|Bd|Kap|Abs|Abb|Art|Anm|Tab|гл|стр|рис|ст|см)\.\Z",
    re.IGNORECASE,
)
_IMAGE = re.compile(rf"!\[[^\[\]]*\]{_URL}")
_LINK = re.compile(rf"\[(?=[^\[\]]{{1,400}}\](?:{_URL}|\[[^\[\]]*\]))|\](?:{_URL}|\[[^\[\]]*\])")
_EMPHASIS = re.compile(r"[*_]{1,3}|`{1,2}|~~")
_PREFIX = re.compile(r"^[ \t]*(?:>[ \t]?)+|^#{1,6}[ \t]+", re.MULTILINE)
_BULLET = re.compile(r"^[ \t]*[-*+][ \t]+", re.MULTILINE)
_paragraph_dash = re.compile(r"[^\W_]-[ \t\r]*\n\s*\n")
_ESCAPE = re.compile(
    r"\\(?=[\n!-/:-@\[-`{-~])|</?[A-Za-z][A-Za-z0-9-]*(?=[\s/>])[^<>]*>|&(?:#\d+|#x[\dA-Fa-f]+|[A-Za-z]\w*);"
)
_SPACES = " \t\r\n\f\xa0\u2009\u202f"


def strip(text: str, *, letters: bool = True) -> tuple[str, list[Stage]]:
    """Take markup and the marks of notes out of ``text``; the words, and the maps back.

    Without ``letters`` only figures are marks: in a quotation ``walk[s]`` is a change, not a note.
    """
    stages: list[Stage] = []
    if "![" in text:
        text, stage = replace(_IMAGE, lambda _: "", text)
        stages.append(stage)
    text, stage = rewrite(text, _marks(text, letters=letters))
    stages.append(stage)
    if "](" in text or "][" in text:
        text, stage = replace(_LINK, lambda _: "", text)
        stages.append(stage)
    if _BULLET.search(text):
        text, stage = replace(_BULLET, _bullet, text)
        stages.append(stage)
    if any(sign in text for sign in "*_`~"):
        text, stage = replace(_EMPHASIS, _emphasis, text)
        stages.append(stage)
    if ">" in text or "#" in text:
        text, stage = replace(_PREFIX, lambda _: "", text)
        stages.append(stage)
    if "\\" in text or "<" in text or "&" in text:
        text, stage = replace(_ESCAPE, lambda match: html.unescape(match[0]) if match[0][0] == "&" else "", text)
        stages.append(stage)
    return text, [stage for stage in stages if stage.in_start]


def is_there(text: str) -> bool:
    """Whether a text may have anything to take out."""
    return any(sign in text for sign in SIGNS) or bool(_GLUED.search(text))


def is_inline(text: str) -> bool:
    """Whether nothing of it depends on the lines of the text or is written in another way than it reads."""
    escaped = any(sign in text for sign in "`\\<&") and (_ESCAPE.search(text) or "`" in text)
    return not (escaped or _PREFIX.search(text) or _BULLET.search(text) or _paragraph_dash.search(text))


def _marks(text: str, *, letters: bool) -> Iterator[tuple[int, int, str]]:
    last = 0
    for start, end in sorted(_mark_spans(text, letters=letters)):
        begin = start
        if not text[end : end + 1].isalnum():
            while begin > last and text[begin - 1] in _SPACES:
                begin -= 1
        if begin > 0 and start >= last:
            yield (begin, end, "")
            last = end


def _mark_spans(text: str, *, letters: bool) -> Iterator[tuple[int, int]]:
    """Brackets; raised figures that are no exponents; figures glued to the end of a sentence."""
    for match in _MARK.finditer(text):
        if letters or not match["letter"]:
            yield match.span()
    for match in _RAISED.finditer(text):
        if not _UNIT.search(text, max(0, match.start() - 4), match.start()):
            yield match.span()
    for match in _GLUED.finditer(text):
        before = text[max(0, match.start() - 5) : match.start() + 1]
        if before[-3:-1].isalpha() and not _ABBREVIATION.search(before):
            yield match.span("mark")


def _bullet(match: re.Match[str]) -> str:
    """A dash at the beginning of a line is a list's only after an empty line or another item."""
    text, start = match.string, match.start()
    before = text[text.rfind("\n", 0, max(0, start - 1)) + 1 : start]
    return match[0] if before.strip() and not _BULLET.match(before) else ""


def _emphasis(match: re.Match[str]) -> str:
    text, run = match.string, match[0]
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    if before == "\\" or (not before.strip() and not after.strip()):
        return run
    if (before.isdigit() and after.isdigit()) or ("_" in run and before.isalnum() and after.isalnum()):
        return run
    return ""
