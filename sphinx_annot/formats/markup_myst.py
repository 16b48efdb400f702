"""Pieces -> MyST Markdown."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from sphinx_annot.formats.pieces import MarkupWriter, Piece, Words, group_marks, single_quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

_ESCAPED = re.compile(
    r"[\\`*]|(?<!\w)_|_(?!\w)|<(?=[A-Za-z/!?])|&(?=#?\w+;)"
    r"|\[(?=\^)|\[(?=[^\[\]]*\]\s?[(\[{:])|\](?=[(\[{:])|\{(?=[{%#.])|\{(?=[\w:.+-]+\}$)|(?<=\{)\{|~(?=~)|\$(?=\$)"
)
_BLOCK_START = re.compile(r"^(?:[-+](?=\s|$)|#{1,6}(?=\s|$)|>|=+\s*$|-{2,}\s*$|~{3,}|:{3,}|%|\+{3,}|\|)")
_NUMBER_START = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")
_TARGET_START = re.compile(r"^\((?=[^\s()]+\)=)")
_SAFE_VALUE = re.compile(r"^[^\W_][\w ,.;()/&–—’“”!?+-]*$")
_SAFE_URL = re.compile(r"^https?://[^\s#'\"<>{}|\\^`]+$")
_AUTOLINK = re.compile(r"^(?:https?|ftp)://[^\s<>\"]+$")


class MystWriter(MarkupWriter):
    """Writes one document of MyST Markdown; it needs the extension ``colon_fence``."""

    suffix = ".md"

    def title(self, text: str, level: int) -> str:
        """Return a heading."""
        return f"{'#' * min(6, level)} {re.sub(r'(#+)$', lambda match: chr(92) + match[1], text)}"

    def paragraph(self, words: Sequence[Words]) -> str:
        """Return a paragraph; each of its lines is guarded."""
        return "\n".join(self.guard(line) for line in self.inline(words).split("\n") if line.strip())

    def verse(self, words: Sequence[Words]) -> str:
        """Return lines with hard breaks between them."""
        return self.paragraph(words)

    def guard(self, text: str) -> str:
        """Escape what would begin a block."""
        text = text.strip()
        if _BLOCK_START.match(text) or _TARGET_START.match(text):
            return "\\" + text
        return _NUMBER_START.sub(r"\1\\\2", text)

    def inline(self, words: Sequence[Words]) -> str:
        """Return words with their markup; a line feed becomes a hard break."""
        result = ""
        grouped = group_marks(words)
        for position, item in enumerate(grouped):
            following = next((other.text for other in grouped[position + 1 :] if other.text or other.is_mark), "")
            piece = self._piece(
                item, result, following if position + 1 < len(grouped) and not grouped[position + 1].is_mark else ""
            )
            result += piece
        return re.sub(r"[ \t]*\n[ \t]*", "\\\\\n", result.strip()) if "\n" in result.strip() else result.strip()

    def _piece(self, item: Words, before: str, following: str) -> str:
        if item.cite:
            return f"{{annot:cite}}`{'; '.join(item.cite)}`"
        if item.footnote:
            return f"[^{item.footnote}]"
        if item.image:
            return f"![{_escape(item.text, brackets=True)}]({_address(item.image)})"
        if item.href:
            if item.text.strip() == item.href and _AUTOLINK.match(item.href):
                return f"<{item.href}>"
            core, left, right = _trimmed(self._styled(item, " ", " "))
            return f"{left}[{core}]({_address(item.href)}){right}" if core else left + right
        return self._styled(item, before[-1:], following[:1])

    def _styled(self, item: Words, before: str, after: str) -> str:
        if "code" in item.styles:
            return _code(item.text)
        text = _escape(item.text, brackets=bool(item.href))
        for style in ("sup", "sub"):
            if style in item.styles and item.text.strip() and "`" not in item.text:
                return f"{{{style}}}`{item.text.strip()}`"
        mark = ("**" if "strong" in item.styles else "") + ("*" if "em" in item.styles else "")
        core, left, right = _trimmed(text)
        if not mark or not core or "\n" in core or (before == "*" and not left):
            return text
        opens = _flanks(core[0], left[-1:] or before)
        closes = _flanks(item.text.strip()[-1:], right[:1] or after)
        return f"{left}{mark}{core}{mark[::-1]}{right}" if opens and closes else text

    def list(self, piece: Piece, depth: int, before: Piece | None) -> str:
        """Return a list; a neighbour of the same kind gets other bullets, so that they stay two."""
        twin = before is not None and before.kind == "list" and before.info == piece.info
        items = []
        for index, item in enumerate(piece.children):
            marker = f"{piece.level + index}{')' if twin else '.'}" if piece.info == "ordered" else "*" if twin else "-"
            body = "\n\n".join(self.blocks(item.children, depth + 1))
            items.append(f"{marker} {_indent(body, len(marker) + 1)}".rstrip())
        loose = any(len(item.children) > 1 for item in piece.children)
        return ("\n\n" if loose else "\n").join(items)

    def code(self, text: str, language: str) -> str:
        """Return a fenced block whose fence is longer than any in it."""
        longest = max((len(run) for run in re.findall(r"`{3,}", text)), default=2)
        fence = "`" * (longest + 1)
        return f"{fence}{language}\n{text}\n{fence}"

    def rule(self) -> str:
        """Return a transition."""
        return "---"

    def quote(self, blocks: Sequence[str]) -> str:
        """Return a block quotation."""
        return "\n".join(f"> {line}".rstrip() for line in "\n\n".join(blocks).split("\n"))

    def directive(self, piece: Piece, body: Sequence[str]) -> str:
        """Return a directive between colons, more of them than any fence inside has."""
        text = "\n\n".join(part for part in body if part)
        longest = max((len(run) for run in re.findall(r"^\s*(:{3,})", text, re.MULTILINE)), default=2)
        fence = ":" * (longest + 1)
        head = f"{fence}{{{piece.info}}}{f' {piece.id}' if piece.id else ''}"
        options = [f":{name}: {myst_value(value)}".rstrip() for name, value in piece.options]
        return "\n".join([head, *options, *(["", text] if text else []), fence])

    def footnote(self, name: str, blocks: Sequence[str]) -> str:
        """Return the definition of a footnote."""
        return f"[^{name}]: {_indent(chr(10).join(_joined(blocks)), 4)}"


def myst_value(value: str) -> str:
    """Return an option's value so that MyST's YAML reads back the same."""
    value = " ".join(value.split())
    plain = (_SAFE_VALUE.match(value) or _SAFE_URL.match(value)) and not value.endswith(":")
    return value if plain or not value else single_quoted(value)


def _escape(text: str, *, brackets: bool = False) -> str:
    escaped = _ESCAPED.sub(lambda match: "\\" + match[0], text)
    return re.sub(r"(?<!\\)([\[\]])", r"\\\1", escaped) if brackets else escaped


def _address(url: str) -> str:
    clean = url.replace(" ", "%20").replace("\n", "").replace("<", "%3C").replace(">", "%3E").replace("\\", "%5C")
    return f"<{clean}>" if re.search(r"[()\s]", clean) else clean


def _code(text: str) -> str:
    text = text.replace("\n", " ")
    if not text.strip():
        return text
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if text.startswith("`") or text.endswith("`") or (text.startswith(" ") and text.endswith(" ")) else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def _trimmed(text: str) -> tuple[str, str, str]:
    """Return the text without white space at its ends, and the white space."""
    core = text.strip()
    if not core:
        return "", text, ""
    start = text.index(core[0])
    return core, text[:start], text[start + len(core) :]


def _flanks(inner: str, outer: str) -> bool:
    """CommonMark's rule for delimiters: beside punctuation inside, there must be space or punctuation outside."""
    if not _punctuation(inner):
        return True
    return not outer or outer.isspace() or _punctuation(outer)


def _punctuation(char: str) -> bool:
    return bool(char) and (unicodedata.category(char)[0] in "PS")


def _indent(text: str, width: int) -> str:
    return text.replace("\n", "\n" + " " * width).replace("\n" + " " * width + "\n", "\n\n")


def _joined(blocks: Sequence[str]) -> list[str]:
    return "\n\n".join(blocks).split("\n")
