"""HTML -> draft: the article of a page without its chrome, notes by their links, metadata."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from sphinx_annot.importing.archives import take_wrapper
from sphinx_annot.importing.article import ArticleError, Block, Draft, FoundNote, Run, squeeze, strip_runs
from sphinx_annot.importing.blocknotes import take_block_notes
from sphinx_annot.importing.inline import link_addresses, merge
from sphinx_annot.importing.links import Loader, NoteLinks, mark_label
from sphinx_annot.importing.page import hidden, line_of, main_part, metadata, page_chrome, parse

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element

_BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header "
    "hgroup hr html li main nav ol p pre section table tbody td tfoot th thead tr ul summary caption".split()
)
_STYLES = {
    **dict.fromkeys("em i cite dfn var".split(), "em"),
    **dict.fromkeys("strong b".split(), "strong"),
    **dict.fromkeys("code tt kbd samp".split(), "code"),
    **dict.fromkeys("s del strike".split(), "strike"),
    "sup": "sup",
    "sub": "sub",
}


def read_html(text: str, load: Loader | None = None) -> Draft:
    """Return the draft of a web page. ``load`` gives the text of a file beside it, or ``""``.

    Raises ``ArticleError`` when nothing in it can be read.
    """
    root = parse(text)
    if root is None:
        raise ArticleError("there is no text in this HTML file")
    meta = metadata(root)
    part = main_part(root)
    reader = _HtmlReader(root, load)
    blocks = reader.read(part)
    meta |= take_wrapper(blocks)
    blocks = take_block_notes(blocks, reader.notes)
    draft = Draft(blocks=blocks, notes=reader.notes, meta=meta, chrome=page_chrome(root, part))
    draft.language = (root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or "").strip()
    return draft


def read_fragment(text: str, line: int) -> list[Block]:
    """Return the blocks of a piece of HTML that stands at ``line`` of another text."""
    root = parse(text)
    if root is None:
        return []
    blocks = _HtmlReader(root, None).read(root)
    for block in blocks:
        for leaf in (block, *block.leaves()):
            leaf.line = line + max(0, leaf.line - 1)
    return blocks


class _HtmlReader:
    """Walks one page; gathers the notes that its links lead to."""

    def __init__(self, root: _Element, load: Loader | None) -> None:
        """``root`` is the whole page, ``load`` gives the text of a file beside it."""
        self._links = NoteLinks(root, load)
        self._apart: set[_Element] = set()
        self.notes: list[FoundNote] = []

    def read(self, part: _Element) -> list[Block]:
        """Return the blocks of ``part``; the notes are in ``notes`` afterwards."""
        self._links.find(part)
        self._apart = set(self._links.notes)
        blocks = self._children(part)
        for element in self._links.in_order():
            key = self._links.notes[element]
            self._apart.discard(element)
            label, line = self._links.labels[key], line_of(element)
            found = self._children(element) or [Block(kind="paragraph", line=line)]
            self.notes.append(FoundNote(key=key, label=label, blocks=_without_label(found, label), line=line))
        return blocks

    # -- blocks --------------------------------------------------------------------------------------------------

    def _children(self, element: _Element) -> list[Block]:
        """Return the content of ``element`` as blocks; loose words become paragraphs."""
        blocks: list[Block] = []
        loose: list[Run] = [Run(text=element.text or "")]
        line = line_of(element)
        for child in element:
            if isinstance(child.tag, str) and child not in self._apart and not hidden(child):
                if _is_block(child):
                    blocks += _paragraphs(loose, line)
                    loose = []
                    blocks += self._block(child)
                else:
                    line = line if loose else (line_of(child) or line)
                    loose += self._inline(child, frozenset(), "")
            loose.append(Run(text=child.tail or ""))
        return blocks + _paragraphs(loose, line)

    def _block(self, element: _Element) -> list[Block]:
        tag, line = str(element.tag), line_of(element)
        if re.fullmatch(r"h[1-6]", tag):
            runs = _collapse(self._inline_children(element, frozenset(), ""))
            return [Block(kind="heading", level=int(tag[1]), line=line, runs=runs)] if runs else []
        if tag == "hr":
            return [Block(kind="rule", line=line, runs=[Run(text="*")])]
        reader = {
            "ul": self._list,
            "ol": self._list,
            "blockquote": self._quote,
            "figure": self._figure,
            "pre": self._literal,
            "table": self._table,
            "hgroup": self._heading_group,
            "dt": self._term,
        }.get(tag, self._children)
        return reader(element)

    def _quote(self, element: _Element) -> list[Block]:
        children = self._children(element)
        return [Block(kind="quote", info="marked", line=line_of(element), children=children)] if children else []

    @staticmethod
    def _literal(element: _Element) -> list[Block]:
        text = "".join(str(piece) for piece in element.itertext()).strip("\n")
        return [Block(kind="code", line=line_of(element), runs=[Run(text=text)])] if text.strip() else []

    def _heading_group(self, element: _Element) -> list[Block]:
        blocks = self._children(element)
        for block in blocks:
            if block.kind == "paragraph":
                block.kind, block.level = "heading", 2
        return blocks

    def _term(self, element: _Element) -> list[Block]:
        blocks = self._children(element)
        for leaf in (leaf for block in blocks for leaf in block.leaves()):
            leaf.runs = [replace(run, styles=run.styles | {"strong"}) for run in leaf.runs]
        return blocks

    def _list(self, element: _Element) -> list[Block]:
        line = line_of(element)
        items = []
        for child in element:
            if isinstance(child.tag, str) and child not in self._apart and not hidden(child):
                children = self._children(child) if child.tag == "li" else self._block(child)
                if children:
                    items.append(Block(kind="item", line=line_of(child) or line, children=children))
        start = str(element.get("start") or "1")
        level = int(start) if start.isdigit() else 1
        return (
            [Block(kind="list", info="ordered" if element.tag == "ol" else "", level=level, line=line, children=items)]
            if items
            else []
        )

    def _figure(self, element: _Element) -> list[Block]:
        caption = element.find(".//figcaption")
        words = squeeze("".join(str(piece) for piece in caption.itertext())) if caption is not None else ""
        blocks = self._children(element)
        quote = next((block for block in blocks if block.kind == "quote"), None)
        if quote is not None and words:
            quote.attribution = words
        return blocks

    def _table(self, element: _Element) -> list[Block]:
        nested = element.find(".//table") is not None
        rows = [row for row in element.iter("tr") if not hidden(row)]
        cells = [[cell for cell in row if cell.tag in ("td", "th") and not hidden(cell)] for row in rows]
        layout = (
            nested
            or max((len(row) for row in cells), default=0) < 2
            or any(cell.find(".//p") is not None and len(row) < 2 for row in cells for cell in row)
        )
        caption = [block for child in element.iterchildren("caption") for block in self._children(child)]
        if layout or any(_is_blocky(cell) for row in cells for cell in row):
            return caption + [block for row in cells for cell in row for block in self._children(cell)]
        table = Block(kind="table", line=line_of(element))
        for row in cells:
            info = "head" if row and all(cell.tag == "th" for cell in row) else ""
            made = [
                Block(kind="cell", line=line_of(cell), runs=_collapse(self._inline_children(cell, frozenset(), "")))
                for cell in row
            ]
            if any(cell.runs for cell in made):
                table.children.append(Block(kind="row", line=made[0].line, info=info, children=made))
        return caption + ([table] if table.children else [])

    # -- inline --------------------------------------------------------------------------------------------------

    def _inline_children(self, element: _Element, styles: frozenset[str], href: str) -> list[Run]:
        runs = [Run(text=element.text or "", styles=styles, href=href)]
        for child in element:
            if isinstance(child.tag, str) and child not in self._apart and not hidden(child):
                runs += self._inline(child, styles, href)
            runs.append(Run(text=child.tail or "", styles=styles, href=href))
        return runs

    def _inline(self, element: _Element, styles: frozenset[str], href: str) -> list[Run]:
        tag = str(element.tag)
        if tag == "br":
            return [Run(text="\u000b")]
        if tag == "img":
            source = str(element.get("src") or element.get("data-src") or "")
            return (
                [Run(text=squeeze(element.get("alt") or ""), image=source, href=href)]
                if source and not source.startswith("data:")
                else []
            )
        if tag == "a":
            return self._link(element, styles, href)
        if tag == "q":
            return [
                Run(text="“", styles=styles),
                *self._inline_children(element, styles, href),
                Run(text="”", styles=styles),
            ]
        if tag in _STYLES:
            styles |= {_STYLES[tag]}
        if tag == "math":
            return [
                Run(
                    text=str(element.get("alttext") or squeeze("".join(map(str, element.itertext())))),
                    styles=styles,
                    href=href,
                )
            ]
        return self._inline_children(element, styles, href)

    def _link(self, element: _Element, styles: frozenset[str], href: str) -> list[Run]:
        key = self._links.key(element)
        if key is not None:
            return [Run(text=mark_label(element), note=key)]
        if self._links.leads_back(element):
            return []
        return self._inline_children(element, styles, str(element.get("href") or "") or href)


def _without_label(blocks: list[Block], label: str) -> list[Block]:
    """Drop the label that a note repeats before its words."""
    first = next((leaf for block in blocks for leaf in block.leaves() if leaf.runs), None)
    if first is not None:
        pattern = re.compile(rf"^\s*[\[(^]*\s*{re.escape(label)}\s*[\]).:]*\s*(?=\S)")
        text = first.runs[0].text
        match = pattern.match(text)
        if match and (match.end() < len(text) or len(first.runs) > 1) and not re.match(r"^\s*\w+\s\w", match[0]):
            first.runs[0] = replace(first.runs[0], text=text[match.end() :])
        elif re.fullmatch(rf"\s*[\[(^]*\s*{re.escape(label)}\s*[\]).:]*\s*", text) and len(first.runs) > 1:
            first.runs.pop(0)
        first.runs = strip_runs(first.runs)
        if first.runs:
            first.runs[0] = replace(first.runs[0], text=re.sub(r"^[\])^↑]*[.:]?\s+|^[\]^↑]\s*", "", first.runs[0].text))
    return blocks


def _is_block(element: _Element) -> bool:
    if element.tag in _BLOCKS:
        return True
    return any(
        isinstance(child.tag, str) and (child.tag in _BLOCKS) for child in element.iterdescendants()
    ) and element.tag not in ("a", "sup")


def _is_blocky(cell: _Element) -> bool:
    return any(
        child.tag in ("p", "ul", "ol", "blockquote", "h2", "h3", "h4", "table")
        for child in cell.iterdescendants()
        if isinstance(child.tag, str)
    )


def _collapse(runs: Iterable[Run]) -> list[Run]:
    """Collapse white space as a browser does; a ``br`` (a vertical tab here) becomes a line feed."""
    result: list[Run] = []
    space = True
    for run in runs:
        if run.image or run.note:
            result.append(run)
            space = False
            continue
        text = re.sub(r"[ \t\r\n\f]+", " ", run.text)
        text = re.sub(r" ?\u000b ?", "\n", text)
        if space:
            text = text.lstrip(" ")
        if text:
            space = text[-1] in " \n"
            result.append(replace(run, text=text))
    return merge(strip_runs(link_addresses(merge(result))))


def _paragraphs(loose: list[Run], line: int) -> list[Block]:
    """Return loose words as paragraphs; two line breaks end one."""
    runs = _collapse(loose)
    groups: list[list[Run]] = [[]]
    for run in runs:
        parts = re.split(r"\n\s*\n", run.text) if not run.note and not run.image else [run.text]
        for index, part in enumerate(parts):
            if index:
                groups.append([])
            groups[-1].append(replace(run, text=part))
    result = []
    for group in groups:
        trimmed = [run for run in strip_runs(group) if run.text or run.image or run.note]
        if trimmed:
            result.append(Block(kind="verse" if _is_lines(trimmed) else "paragraph", line=line, runs=trimmed))
    return result


def _is_lines(runs: list[Run]) -> bool:
    """Whether line breaks part short lines, as in verse, rather than sentences."""
    lines = "".join(run.text for run in runs).split("\n")
    return len(lines) > 1 and max(map(len, lines)) < 90
