"""Markdown -> draft: CommonMark with tables and strikethrough, front matter, ``[^n]`` notes, HTML blocks."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any

from sphinx_annot.importing.article import Block, Doubt, Draft, FoundNote, Mend, Run
from sphinx_annot.importing.inline import link_addresses, markdown_inline, runs_of_tokens
from sphinx_annot.importing.lines import (
    HEADER_GROUPS,
    Line,
    Shape,
    chunks,
    is_ragged,
    looks_like_heading,
    number_lines,
    shape_of,
    split_header,
    split_ragged,
)
from sphinx_annot.importing.listed import note_region
from sphinx_annot.importing.loose import bracketed, definitions, scattered, symbols
from sphinx_annot.importing.words import SEPARATOR
from sphinx_annot.importing.wrapped import Joiner

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

    from sphinx_annot.importing.extracts import RawNote

_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*\n", re.DOTALL)
_TOML_FRONT = re.compile(r"\A\+\+\+[ \t]*\n(.*?)\n\+\+\+[ \t]*\n", re.DOTALL)
_FIELD = re.compile(r"^[\w -]{1,40}:(?:\s|$)|^\s+\S|^- ")
_HEADER_LINES = 60
_ATX = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
_BULLET_ALONE = re.compile(r"^\s*[-*•]\s*$")
_MARKDOWN = re.compile(
    r"\]\((?:#|https?:|/|\w)[^)\n]*\)|^#{1,6} \S|\*\*[^*\n]+\*\*|^\[\^[^\]]+\]:|^> \S|^```", re.MULTILINE
)


def looks_like_markdown(text: str) -> bool:
    """Whether a plain text file holds Markdown markup."""
    return len(_MARKDOWN.findall(text[:200_000])) >= 2


def read_markdown(text: str) -> Draft:
    """Return the draft of a Markdown text."""
    meta, body, skipped = _front_matter(text)
    doubts = _front_doubts(meta, text[: len(text) - len(body)])
    lines = [Line(line.number + skipped, line.text) for line in number_lines(body, ends=True)]
    mends: list[Mend] = []
    lines = _repair_lines(lines, mends)
    found = definitions(lines)
    raw = list(found.notes)
    rest = found.lines
    for step in (
        bracketed,
        note_region,
        scattered,
        lambda lines: symbols(lines, escaped=True),
    ):
        extract = step(rest)
        rest = extract.lines
        raw += extract.notes
    raw.sort(key=lambda note: note.lines[0].number)
    joiner = Joiner(body)
    reader = _MarkdownReader(joiner, shape_of(rest) if is_ragged(rest) else None)
    notes = [_note(index, item, reader) for index, item in enumerate(raw)]
    return Draft(blocks=reader.blocks(rest), notes=notes, meta=meta, mends=[*mends, *joiner.mends()], doubts=doubts)


def _note(index: int, raw: RawNote, reader: _MarkdownReader) -> FoundNote:
    blocks = reader.note_blocks(raw)
    return FoundNote(
        key=f"^{raw.label}" if raw.native else f"{index}",
        label=raw.label,
        blocks=blocks or [Block(kind="paragraph", line=raw.lines[0].number)],
        line=raw.lines[0].number,
    )


def _front_matter(text: str) -> tuple[dict[str, list[str]], str, int]:
    match = _FRONT.match(text)
    toml = None if match else _TOML_FRONT.match(text)
    found = match or toml
    if not found:
        return {}, text, 0
    values = _load_yaml(found[1]) if match else _load_toml(found[1])
    if not values and found[1].strip():
        filled = [line for line in found[1].split("\n") if line.strip()]
        if sum(bool(_FIELD.match(line)) for line in filled) * 2 < len(filled) or "\n\n" in found[1]:
            return {}, text, 0  # a line between parts of the text, no front matter
        values = {
            key.strip(): value.strip() for key, _, value in (line.partition(":") for line in filled) if value.strip()
        }
    return {str(key).lower(): _texts(value) for key, value in values.items()}, text[found.end() :], found[0].count("\n")


def _front_doubts(meta: dict[str, list[str]], raw: str) -> list[Doubt]:
    """Say which words of the front matter were not understood."""
    held = Counter(re.findall(r"\w+", f"{meta}".casefold()))
    lost = [word for word in re.findall(r"\w+", raw) if not held[word.casefold()]]
    message = f'these words of the front matter were not understood: "{" ".join(lost)}"'
    return [Doubt(line=1, message=message)] if lost else []


def _load_yaml(text: str) -> dict[Any, Any]:
    import yaml  # noqa: PLC0415 - only for a text with front matter

    try:
        values = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}
    return values if isinstance(values, dict) else {}


def _load_toml(text: str) -> dict[str, Any]:
    import tomllib  # noqa: PLC0415 - only for a text with front matter

    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return {}


def _texts(value: Any) -> list[str]:  # noqa: ANN401 - front matter holds anything
    if isinstance(value, list):
        return [text for item in value for text in _texts(item)]
    if isinstance(value, dict):
        name = value.get("name") or value.get("title")
        return [str(name)] if name else [str(item) for item in value.values() if isinstance(item, str)]
    return [] if value is None else [str(value)]


def _repair_lines(lines: Sequence[Line], mends: list[Mend]) -> list[Line]:
    """Mend what breaks Markdown's blocks: a bullet alone on its line, a title that goes on in the next line."""
    result: list[Line] = []
    position = 0
    fence = False
    while position < len(lines):
        line = lines[position]
        fence ^= line.text.lstrip().startswith(("```", "~~~"))
        if not fence and _is_split_title(lines, position):
            following = lines[position + 1]
            mends.append(Mend(kind="title-join", line=line.number, before=line.words, then=following.words))
            result.append(Line(line.number, f"{line.text.rstrip()} {following.words}"))
            position += 2
        elif not fence and _BULLET_ALONE.match(line.text):
            made, taken = _bullet(lines, position)
            result += made
            position += taken
        else:
            result.append(line)
            position += 1
    return result


def _bullet(lines: Sequence[Line], position: int) -> tuple[list[Line], int]:
    """Return the lines that stand for a bullet alone on its line, and how many lines they replace."""
    line = lines[position]
    before = lines[position - 1].words if position else ""
    following = lines[position + 1] if position + 1 < len(lines) else Line(0, "")
    if not following.words and not before:
        return [Line(line.number, f"\\{line.words}" if line.words != "•" else "•")], 1
    if following.words and not following.text.startswith(("#", ">", "-")) and _lone_bullet(lines, position):
        return [Line(line.number, ""), Line(line.number, f"- {following.words}"), Line(line.number, "")], 2
    return [line], 1


def _is_split_title(lines: Sequence[Line], position: int) -> bool:
    """Whether the first line with words is a heading that goes on below."""
    line = lines[position]
    if not _ATX.match(line.text) or position + 1 >= len(lines) or any(item.words for item in lines[:position][-20:]):
        return False
    return _goes_on(line, lines[position + 1], lines[position + 2 : position + 3])


def _lone_bullet(lines: Sequence[Line], position: int) -> bool:
    """Whether the bullet belongs to a list of such bullets (and is no separator between paragraphs)."""
    near = [line for line in lines[max(0, position - 4) : position + 5] if line.words]
    alone = sum(bool(_BULLET_ALONE.match(line.text)) for line in near)
    before = lines[position - 1].words if position else ""
    after = lines[position + 2].words if position + 2 < len(lines) else ""
    return alone > 1 and bool(before and (after or before))


def _goes_on(line: Line, following: Line, beyond: Sequence[Line]) -> bool:
    words = line.words
    open_end = (
        line.text.endswith(" ")
        or words.endswith((",", "-", "–", "—", ":"))
        or words.lower().rsplit(None, 1)[-1]
        in (
            "and",
            "of",
            "the",
            "in",
            "for",
            "to",
            "und",
            "der",
            "de",
        )
    )
    return bool(following.words) and len(following.words) < 80 and open_end and not (beyond and beyond[0].words)


class _MarkdownReader:
    """Turns markdown-it's tokens into blocks."""

    def __init__(self, joiner: Joiner, shape: Shape | None) -> None:
        """``shape``: blank lines between paragraphs were lost, and each line is to be looked at."""
        self._join = joiner
        self._shape = shape
        self._lines: list[Line] = []

    def blocks(self, lines: Sequence[Line]) -> list[Block]:
        """Return the blocks of ``lines``."""
        self._lines = list(lines)
        tokens = block_parser().parse("\n".join(line.text for line in lines))
        return self._read(tokens, 0, len(tokens))

    def note_blocks(self, raw: RawNote) -> list[Block]:
        """Return the blocks of a note; a listed one holds paragraphs only."""
        if raw.native:
            return self.blocks(raw.lines)
        return [self._paragraph(group) for group in chunks(raw.lines)]

    def _paragraph(self, group: Sequence[Line]) -> Block:
        text = "\n".join(line.text for line in group)
        hard = any(line.text.endswith(("  ", "\\")) for line in group[:-1])
        text = text if hard else self._join([Line(line.number, line.words) for line in group])
        return Block(kind="paragraph", line=group[0].number, runs=markdown_inline(text.strip()))

    def _read(self, tokens: list[Token], start: int, end: int) -> list[Block]:
        blocks: list[Block] = []
        position = start
        while position < end:
            tokens[position]
            close = self._close(tokens, position)
            blocks += self._block(tokens, position, close)
            position = close + 1
        return blocks

    @staticmethod
    def _close(tokens: list[Token], position: int) -> int:
        if tokens[position].nesting != 1:
            return position
        depth = 0
        for index in range(position, len(tokens)):
            depth += tokens[index].nesting
            if depth == 0:
                return index
        return len(tokens) - 1

    def _number(self, token: Token) -> int:
        return self._lines[token.map[0]].number if token.map and token.map[0] < len(self._lines) else 0

    def _block(self, tokens: list[Token], position: int, close: int) -> list[Block]:
        token, line = tokens[position], self._number(tokens[position])
        match token.type:
            case "paragraph_open":
                return self._paragraphs(token, tokens[position + 1])
            case "table_open":
                return [self._table(tokens, position, close, line)]
            case "html_block":
                return _html(token.content, line)
        block = self._leaf(token, tokens[position + 1 : position + 2]) or self._container(token)
        if block is None:
            return []
        block.line = line
        if block.kind in ("quote", "list", "item"):
            block.children = self._read(tokens, position + 1, close)
            if block.kind == "item" and not block.children:
                block.children = [Block(kind="paragraph", line=line)]
        return [block]

    @staticmethod
    def _leaf(token: Token, inside: Sequence[Token]) -> Block | None:
        if token.type == "heading_open":
            runs = link_addresses(runs_of_tokens(inside[0].children or [])) if inside else []
            return Block(kind="heading", level=int(token.tag[1]), runs=runs)
        if token.type in ("fence", "code_block"):
            return Block(kind="code", info=token.info.strip(), runs=[Run(text=token.content.rstrip("\n"))])
        return Block(kind="rule", runs=[Run(text=token.markup)]) if token.type == "hr" else None

    @staticmethod
    def _container(token: Token) -> Block | None:
        if token.type == "blockquote_open":
            return Block(kind="quote", info="marked")
        if token.type in ("bullet_list_open", "ordered_list_open"):
            start = token.attrGet("start")
            info = "ordered" if token.type.startswith("ordered") else ""
            return Block(kind="list", info=info, level=int(start) if start is not None else 1)
        return Block(kind="item") if token.type == "list_item_open" else None

    def _paragraphs(self, token: Token, inline: Token) -> list[Block]:
        lines = self._lines[token.map[0] : token.map[1]] if token.map else []
        single = len(lines) == 1 and SEPARATOR.match(lines[0].words.replace("\\", ""))
        if single:
            return [Block(kind="rule", line=lines[0].number, runs=[Run(text=lines[0].words.replace("\\", ""))])]
        head = split_header(lines) if not token.level and self._is_near_top(token) else []
        if head:
            return [self._paragraph(group) for group in head]
        if token.level or self._shape is None or len(lines) < 2:
            runs = self._whole(lines, inline)
            return [Block(kind="paragraph", line=self._number(token), runs=runs)]
        blocks = []
        for group in split_ragged(lines, self._shape):
            block = self._paragraph(group)
            block.info = "line" if self._shape.by_line else ""
            if len(group) <= 2 and len(lines) > len(group) and looks_like_heading(block.text()):
                block = Block(kind="heading", level=2, line=block.line, runs=block.runs, info="guessed")
            elif opens_lines(group):
                block = Block(
                    kind="verse", line=block.line, runs=markdown_inline("\\\n".join(line.words for line in group))
                )
            blocks.append(block)
        return _keep_headings(blocks)

    def _is_near_top(self, token: Token) -> bool:
        if not token.map or token.map[0] > _HEADER_LINES:
            return False
        return sum(bool(line.words) for line in self._lines[: token.map[0]]) < HEADER_GROUPS

    def _whole(self, lines: Sequence[Line], inline: Token) -> list[Run]:
        """One paragraph; words broken at line ends are joined only where nothing but wrapping parts the lines."""
        plain = inline.content
        if "\n" in plain and re.search(r"\w-\n", plain) and "`" not in plain:
            return markdown_inline(
                self._join([Line(line.number, part) for line, part in zip(lines, plain.split("\n"), strict=False)])
            )
        return link_addresses(runs_of_tokens(inline.children or []))

    def _table(self, tokens: list[Token], position: int, close: int, line: int) -> Block:
        rows: list[Block] = []
        for index in range(position, close):
            token = tokens[index]
            if token.type == "tr_open":
                rows.append(Block(kind="row", line=self._number(token) or line))
            elif token.type in ("th_open", "td_open"):
                rows[-1].info = "head" if token.type == "th_open" else ""
                cell = link_addresses(runs_of_tokens(tokens[index + 1].children or []))
                rows[-1].children.append(Block(kind="cell", runs=cell, line=line))
        return Block(kind="table", line=line, children=rows)


def opens_lines(group: Sequence[Line]) -> bool:
    """Whether several short lines were kept together as a quotation set in lines."""
    return len(group) > 1 and group[0].words[:1] in '"“' and all(len(line.words) < 60 for line in group)


def _keep_headings(blocks: list[Block]) -> list[Block]:
    """A guessed heading must have text below it that is no heading."""
    for block, following in zip(blocks, [*blocks[1:], None], strict=True):
        if block.info == "guessed" and (
            following is None or following.kind == "heading" or following.text()[:1].islower()
        ):
            block.kind = "paragraph"
    return blocks


def _html(content: str, line: int) -> list[Block]:
    from sphinx_annot.importing.html import read_fragment  # noqa: PLC0415 - only for HTML inside Markdown

    return read_fragment(content, line)


@cache
def block_parser() -> MarkdownIt:
    """Return markdown-it as this reader uses it."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 - loaded for Markdown only

    return MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
