"""Pieces -> reStructuredText."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from sphinx_annot.formats.pieces import MarkupWriter, Piece, Words, group_marks, single_quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

_UNDERLINES = "=-~^\"'"
_ESCAPED = re.compile(r"[\\*`|]|_(?=[\W_]|$)|(?<!\w)_")
_BLOCK_START = re.compile(
    r"^(?:[-+*•‣⁃](?=\s|$)|\.\.|[|>]|:(?=[^:\s])(?![\w:+.-]+:`)|--?\w|/\w|__|([!-/:-@\[-`{-~])\1{3,}\s*$"
    r"|\+-[-+]*\+\s*$|=+(?: +=+)+\s*$)"
)
_ENUMERATOR = re.compile(r"^\(?(?:\d+|[A-Za-z]|[ivxlcdmIVXLCDM]+|#)[.)](?=\s|$)")
_ADDRESS = re.compile(r"(?i)\b(https?|ftp|mailto)(?=:)")


class RestWriter(MarkupWriter):
    """Writes one document of reStructuredText."""

    suffix = ".rst"

    def title(self, text: str, level: int) -> str:
        """Return a heading."""
        width = sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
        line = _UNDERLINES[min(level, len(_UNDERLINES)) - 1] * max(width, 4)
        return f"{self.guard(text)}\n{line}{line[:1]}"

    def paragraph(self, words: Sequence[Words]) -> str:
        """Return a paragraph, or an image that stands alone."""
        alone = [item for item in words if item.image or item.is_mark or item.text.strip()]
        if len(alone) == 1 and alone[0].image:
            return f".. image:: {alone[0].image}\n   :alt: {' '.join(alone[0].text.split()) or alone[0].image}"
        if any("\n" in item.text for item in words):
            return self.verse(words)
        return self.guard(self.inline(words))

    def verse(self, words: Sequence[Words]) -> str:
        """Return a line block."""
        lines = self.inline(words).split("\n")
        return "\n".join(f"| {line.strip()}".rstrip() for line in lines)

    def guard(self, text: str) -> str:
        """Escape what would begin a block, and a colon pair that would announce one."""
        text = text.strip()
        if _BLOCK_START.match(text) or _ENUMERATOR.match(text):
            text = ("\\ " if text.startswith("\\") else "\\") + text
        return f"{text[:-1]}\\:" if text.endswith("::") else text

    def inline(self, words: Sequence[Words]) -> str:
        """Return words with their markup, set apart by an escaped space where letters touch it."""
        result = ""
        markup_before = False
        for item in group_marks(words):
            text, markup = self._piece(item)
            core = text.lstrip(" ")
            if not core:
                result += text
                markup_before = markup_before and not text
                continue
            touching = bool(result) and text == core and not result[-1].isspace()
            # markup between a bracket and its fellow, as in (*)*, is none
            paired = not item.text.strip()[:1].isalnum() and not item.is_mark
            apart = touching and (
                (markup and (paired or not _may_precede(result[-1]))) or (markup_before and not _may_follow(core[0]))
            )
            result += ("\\ " if apart or (touching and markup and markup_before) else "") + text
            markup_before = markup and not text.endswith((" ", "\n"))
        return result.strip()

    def _piece(self, item: Words) -> tuple[str, bool]:
        """Return one stretch of words, and whether it is inline markup."""
        if item.cite:
            return f":annot:cite:`{'; '.join(item.cite)}`", True
        if item.footnote:
            return (f"[{item.footnote}]_" if item.footnote.isdigit() else f"[#{item.footnote}]_"), True
        if item.image:
            return _escape(item.text), False
        core = item.text.strip()
        left, right = item.text[: len(item.text) - len(item.text.lstrip())], item.text[len(item.text.rstrip()) :]
        if not core:
            return item.text, False
        if item.href and "\n" not in core:
            return f"{left}`{_escape(core).replace('<', chr(92) + '<')} <{_target(item.href)}>`__{right}", True
        return self._styled(item, core, left, right)

    def _styled(self, item: Words, core: str, left: str, right: str) -> tuple[str, bool]:
        one_line = "\n" not in core
        if (
            "code" in item.styles
            and one_line
            and "``" not in core
            and not core.startswith("`")
            and not core.endswith(("`", "\\"))
        ):
            return f"{left}``{core}``{right}", True
        for style in ("sup", "sub"):
            if style in item.styles and one_line:
                return f"{left}:{style}:`{_escape(core)}`{right}", True
        mark = "**" if "strong" in item.styles else "*" if "em" in item.styles else ""
        if mark and one_line and "code" not in item.styles:
            return f"{left}{mark}{_escape(core)}{mark}{right}", True
        return _escape(item.text), False

    def list(self, piece: Piece, depth: int, before: Piece | None) -> str:
        """Return a list; a neighbour of the same kind gets other bullets, so that they stay two."""
        twin = before is not None and before.kind == "list" and before.info == piece.info
        items = []
        for index, item in enumerate(piece.children):
            number = piece.level + index
            marker = (f"{number})" if twin else f"{number}.") if piece.info == "ordered" else "*" if twin else "-"
            body = "\n\n".join(self.blocks(item.children, depth + 1))
            items.append(f"{marker} {_indent(body, len(marker) + 1)}".rstrip())
        return "\n\n".join(items)

    def code(self, text: str, language: str) -> str:
        """Return a literal block."""
        return f".. code-block:: {language}\n\n   {_indent(text, 3)}" if text.strip() else ""

    def rule(self) -> str:
        """Return a transition."""
        return "----"

    def quote(self, blocks: Sequence[str]) -> str:
        """Return a block quotation; the comment keeps it apart from a list before it."""
        return "..\n\n   " + _indent("\n\n".join(blocks), 3)

    def directive(self, piece: Piece, body: Sequence[str]) -> str:
        """Return a directive."""
        text = "\n\n".join(part for part in body if part)
        head = f".. {piece.info}::{f' {piece.id}' if piece.id else ''}"
        options = [f"   :{name}: {rest_value(value)}".rstrip() for name, value in piece.options]
        return "\n".join([head, *options, *(["", "   " + _indent(text, 3)] if text else [])])

    def footnote(self, name: str, blocks: Sequence[str]) -> str:
        """Return a footnote."""
        label = name if name.isdigit() else f"#{name}"
        body = _indent("\n\n".join(blocks), 3)
        return f".. [{label}] {body}".rstrip()


def rest_value(value: str) -> str:
    """Return an option's value so that it is read back the same; one wholly in quotation marks is quoted again."""
    value = " ".join(value.split())
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return single_quoted(value) if quoted else value


def _escape(text: str) -> str:
    escaped = _ESCAPED.sub(lambda match: "\\" + match[0], text)
    escaped = re.sub(r"\](?=_)", r"\\]", escaped)
    return _ADDRESS.sub(lambda match: "\\" + match[0], escaped)


def _target(url: str) -> str:
    clean = (
        url.replace(" ", "%20")
        .replace("<", "%3C")
        .replace(">", "%3E")
        .replace("`", "%60")
        .replace("\\", "%5C")
        .replace("\n", "")
    )
    return clean[:-1] + "\\_" if clean.endswith("_") else clean


def _may_precede(char: str) -> bool:
    if char.isascii():
        return char.isspace() or char in "-:/'\"<([{"
    return char.isspace() or unicodedata.category(char) in ("Ps", "Pi", "Pf", "Pd", "Po")


def _may_follow(char: str) -> bool:
    if char.isascii():
        return char.isspace() or char in "'\")]}>-/\\:.,;!?"
    return char.isspace() or unicodedata.category(char) in ("Pe", "Pi", "Pf", "Pd", "Po")


def _indent(text: str, width: int) -> str:
    return text.replace("\n", "\n" + " " * width).replace("\n" + " " * width + "\n", "\n\n")
