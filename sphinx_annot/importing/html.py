"""HTML -> draft: the article of a page without its chrome, notes by their links, metadata."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from sphinx_annot.importing.archives import take_wrapper
from sphinx_annot.importing.article import ArticleError, Block, Draft, FoundNote, Run, squeeze, strip_runs
from sphinx_annot.importing.blocknotes import take_block_notes
from sphinx_annot.importing.inline import link_addresses, merge
from sphinx_annot.importing.page import hidden, line_of, main_part, metadata, page_chrome

if TYPE_CHECKING:
    from lxml.etree import _Element
    from lxml.html import HtmlElement

_BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header "
    "hgroup hr html li main nav ol p pre section table tbody td tfoot th thead tr ul summary caption".split()
)
_DEEPEST = 120
_STYLES = {
    **dict.fromkeys("em i cite dfn var".split(), "em"),
    **dict.fromkeys("strong b".split(), "strong"),
    **dict.fromkeys("code tt kbd samp".split(), "code"),
    **dict.fromkeys("s del strike".split(), "strike"),
    "sup": "sup",
    "sub": "sub",
}
_LABEL = re.compile(
    r"^[\[({^]*\s*((?:note |n |n\. ?|fn ?)?[\w٠-٩]{1,5}|[*†‡§‖¶#]{1,4}|[ivxlc]{1,8})\s*[\])}.:]*$", re.IGNORECASE
)
_NOTEREF = re.compile(r"noteref|footnote|endnote|\bfn|reference|\bnote\b|annotation|sdfootnote", re.IGNORECASE)
_BACKLINK = re.compile(r"^[\s↩︎\ufe0e\ufe0f⏎↑^«⬆⮌←\[\]()*†‡§\d.:a-zA-Z]{0,6}$")
_BACKLINK_CLASS = re.compile(
    r"backlink|back-?ref|reversefootnote|footnote-?back|fn-?back|cite-?accessibility|noteref-back", re.IGNORECASE
)

Loader = Callable[[str], str]


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


def parse(text: str) -> _Element | None:
    """Parse any HTML; ``None`` if there is no element in it."""
    from lxml import etree  # noqa: PLC0415 - loaded for HTML only
    from lxml import html as lxml_html  # noqa: PLC0415

    body = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = lxml_html.document_fromstring(body.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    _flatten(root)
    return root


def _flatten(root: HtmlElement) -> None:
    """Take the tags off elements that are nested deeper than any page needs; their words stay."""
    deep: list[HtmlElement] = []
    level: list[HtmlElement] = [root]
    depth = 0
    while level:
        level = [child for element in level for child in element]
        depth += 1
        if depth > _DEEPEST:
            deep += [element for element in level if isinstance(element.tag, str)]
    for element in reversed(deep):
        element.drop_tag()


class _HtmlReader:
    """Walks one page; gathers the notes that its links lead to."""

    def __init__(self, root: _Element, load: Loader | None) -> None:
        """``root`` is the whole page, in which links find their targets."""
        self._ids = {
            str(element.get("id")): element
            for element in root.iter()
            if isinstance(element.tag, str) and element.get("id")
        }
        self._ids |= {
            str(anchor.get("name")): anchor
            for anchor in root.iter("a")
            if anchor.get("name") and anchor.get("name") not in self._ids
        }
        self._load = load
        self._others: dict[str, dict[str, _Element]] = {}
        self._targets: dict[_Element, str] = {}
        self._labels: dict[str, str] = {}
        self._keys: dict[str, str] = {}
        self.notes: list[FoundNote] = []

    def read(self, part: _Element) -> list[Block]:
        """Return the blocks of ``part``; the notes are in ``notes`` afterwards."""
        self._find_notes(part)
        blocks = self._children(part)
        order = [
            element
            for root in (part.getroottree().getroot(), *self._roots())
            for element in root.iter()
            if element in self._targets
        ]
        for element in order:
            key = self._targets.pop(element)
            found = self._children(element) or [Block(kind="paragraph", line=line_of(element))]
            note = FoundNote(
                key=key, label=self._labels[key], blocks=_without_label(found, self._labels[key]), line=line_of(element)
            )
            self.notes.append(note)
        return blocks

    def _roots(self) -> list[_Element]:
        roots = []
        for ids in self._others.values():
            first = next(iter(ids.values()), None)
            if first is not None:
                roots.append(first.getroottree().getroot())
        return roots

    # -- notes ---------------------------------------------------------------------------------------------------

    def _find_notes(self, part: _Element) -> None:
        places = {element: place for place, element in enumerate(part.getroottree().getroot().iter())}
        for link in part.iter("a"):
            label = self._mark_label(link)
            target = self._target(link) if label else None
            if target is None:
                continue
            if places.get(target, len(places)) < places[link] and _note_element(target) not in self._targets:
                continue  # it leads back: a note's own link to its mark
            note = _note_element(target)
            if note is None or link in set(note.iter()) or note in set(link.iterancestors()):
                continue
            if note not in self._targets:
                key = str(len(self._targets))
                self._targets[note], self._labels[key] = key, label
            self._keys[str(link.get("href"))] = self._targets[note]
        self._complete_lists()

    def _mark_label(self, link: _Element) -> str:
        """Return the label of a link that looks like a mark, else an empty text."""
        href = str(link.get("href") or "")
        if "#" not in href or href.startswith(("http:", "https:")) or hidden(link):
            return ""
        text = squeeze("".join(str(piece) for piece in link.itertext()))
        match = _LABEL.match(text)
        if not match or _is_backlink(link):
            return ""
        telling = (
            " ".join(
                str(link.get(key) or "")
                for key in ("class", "role", "rel", "{http://www.idpf.org/2007/ops}type", "epub:type", "id")
            )
            + " "
            + href
        )
        parent = link.getparent()
        raised = link.find("sup") is not None or (
            parent is not None and (parent.tag == "sup" or _NOTEREF.search(str(parent.get("class") or "")))
        )
        bracketed = text[:1] in "[(" or not text[:1].isalnum()
        return match[1] if raised or bracketed or _NOTEREF.search(telling) else ""

    def _target(self, link: _Element) -> _Element | None:
        name, _, anchor = str(link.get("href")).partition("#")
        if not name:
            return self._ids.get(anchor)
        if name not in self._others:
            text = self._load(name) if self._load and not re.search(r"[/\\:?]", name) else ""
            root = parse(text) if text else None
            self._others[name] = (
                {}
                if root is None
                else {
                    str(element.get("id")): element
                    for element in root.iter()
                    if isinstance(element.tag, str) and element.get("id")
                }
            )
        return self._others[name].get(anchor)

    def _complete_lists(self) -> None:
        """A list of notes is taken whole: an item that no mark leads to is a note, too."""
        for note in list(self._targets):
            parent = note.getparent()
            if note.tag != "li" or parent is None or parent.tag != "ol":
                continue
            start = int(parent.get("start") or 1) if str(parent.get("start") or "1").isdigit() else 1
            for index, item in enumerate(parent.iterchildren("li")):
                if item not in self._targets:
                    key = str(len(self._targets))
                    self._targets[item], self._labels[key] = key, str(item.get("value") or start + index)

    # -- blocks --------------------------------------------------------------------------------------------------

    def _children(self, element: _Element) -> list[Block]:
        """Return the content of ``element`` as blocks; loose words become paragraphs."""
        blocks: list[Block] = []
        loose: list[Run] = [Run(text=element.text or "")]
        line = line_of(element)
        for child in element:
            if isinstance(child.tag, str) and child not in self._targets and not hidden(child):
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
            if isinstance(child.tag, str) and child not in self._targets and not hidden(child):
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
            if isinstance(child.tag, str) and child not in self._targets and not hidden(child):
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
        address = str(element.get("href") or "")
        key = self._keys.get(address)
        if key is not None and self._mark_label(element):
            return [Run(text=self._mark_label(element), note=key)]
        if _is_backlink(element) and self._leads_back(address):
            return []
        return self._inline_children(element, styles, address or href)

    def _leads_back(self, address: str) -> bool:
        name, _, anchor = address.partition("#")
        return bool(anchor) and (
            bool(name) or anchor in self._ids or bool(re.search(r"ref|back|src", anchor, re.IGNORECASE))
        )


def _is_backlink(link: _Element) -> bool:
    """Whether a link leads from a note back to its mark."""
    href = str(link.get("href") or "")
    if "#" not in href:
        return False
    words = squeeze("".join(str(piece) for piece in link.itertext()))
    telling = " ".join(
        str(link.get(key) or "")
        for key in ("class", "role", "rev", "{http://www.idpf.org/2007/ops}type", "epub:type", "aria-label")
    )
    if _BACKLINK_CLASS.search(telling):
        return True
    arrow = bool(re.search(r"[↩⏎↑^⬆⮌←]", words)) and len(words) < 5
    back = bool(re.search(r"ref|back|anchor|src", href.rpartition("#")[2], re.IGNORECASE))
    return bool(_BACKLINK.match(words)) and (arrow or back)


def _note_element(target: _Element) -> _Element | None:
    """Return the element that holds the whole note whose anchor is ``target``."""
    element: _Element | None = target
    while element is not None and element.tag not in (
        "li",
        "dd",
        "p",
        "div",
        "aside",
        "tr",
        "section",
        "td",
        "blockquote",
    ):
        element = element.getparent()
    if element is None or element.tag in ("body", "html"):
        return None
    if element.tag == "p":
        parent = element.getparent()
        if (parent is not None and parent.tag in ("li", "dd", "aside")) or (
            parent is not None and parent.tag == "div" and _first(parent) is element and _holds_note(parent)
        ):
            element = parent
    words = squeeze("".join(str(piece) for piece in element.itertext()))
    too_much = len(words) > 8000 or len(element.findall(".//p")) > 12
    return element if len(words) > 1 and not too_much and element.tag != "section" else None


def _first(element: _Element) -> _Element | None:
    return next((child for child in element if isinstance(child.tag, str)), None)


def _holds_note(element: _Element) -> bool:
    return (
        bool(re.search(r"note|ftn|edn|fn", f"{element.get('id') or ''} {element.get('class') or ''}", re.IGNORECASE))
        and len(element) < 6
    )


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
            first.runs[0] = replace(first.runs[0], text=re.sub(r"^[\])]?[.:]?\s+|^\]\s*", "", first.runs[0].text))
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
