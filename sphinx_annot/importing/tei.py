"""TEI -> draft: the text of a TEI document with its notes where they stand, and what its header tells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinx_annot.importing.article import ArticleError, Block, Draft, FoundNote, Run, squeeze, strip_runs
from sphinx_annot.importing.inline import merge
from sphinx_annot.importing.page import line_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element

_PARAGRAPHS = frozenset(
    "p ab bibl dateline salute signed opener closer trailer argument epigraph byline titlePart "
    "docImprint docAuthor docDate imprimatur stage speaker castItem".split()
)
_QUOTES = frozenset({"q", "quote", "cit", "epigraph"})
_LINES = frozenset({"lg"})
_SKIPPED = frozenset("teiHeader fw pb milestone figDesc cb lb note facsimile".split())
_NOTICE = re.compile(r"\s+")


def looks_like_tei(text: str) -> bool:
    """Whether a text is a TEI document."""
    return bool(re.search(r"<(?:\w+:)?TEI(?:\.2)?\b", text[:4000]))


def read_tei(text: str) -> Draft:
    """Return the draft of a TEI document. Raises ``ArticleError`` if it is not well-formed enough to hold a text."""
    from lxml import etree  # noqa: PLC0415 - loaded for TEI only

    body = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    root = etree.fromstring(
        body.encode("utf-8"),
        etree.XMLParser(recover=True, huge_tree=False, resolve_entities=False, no_network=True, remove_comments=True),
    )
    if root is None:
        raise ArticleError("this XML file cannot be read")
    for element in root.iter():
        if isinstance(element.tag, str):
            element.tag = etree.QName(element).localname
    words = root.find(".//text")
    if words is None:
        raise ArticleError("this TEI file has no text element")
    reader = _TeiReader()
    blocks = reader.blocks(words, 0)
    return Draft(blocks=blocks, notes=reader.notes, meta=_metadata(root), language=_language(root))


class _TeiReader:
    def __init__(self) -> None:
        self.notes: list[FoundNote] = []

    def blocks(self, element: _Element, depth: int) -> list[Block]:
        """Return the blocks inside ``element``; ``depth`` counts its divisions."""
        result: list[Block] = []
        loose: list[Run] = [Run(text=element.text or "")]
        for child in element:
            if isinstance(child.tag, str):
                if self._is_inline(child):
                    loose += self._inline(child, frozenset())
                else:
                    result += _paragraph(loose, element)
                    loose = []
                    result += self._block(child, depth)
            loose.append(Run(text=child.tail or ""))
        return result + _paragraph(loose, element)

    @staticmethod
    def _is_inline(element: _Element) -> bool:
        tag = element.tag
        blocky = (
            tag in _PARAGRAPHS
            or tag in ("l", "lg", "head", "sp", "list", "table", "figure", "floatingText", "castList", "castGroup")
            or str(tag).startswith("div")
        )
        quoted = tag in ("q", "quote", "cit") and (
            _parent_is_block(element) or element.find(".//p") is not None or element.find(".//l") is not None
        )
        return (
            not blocky
            and not quoted
            and tag not in ("front", "body", "back", "group", "text", "titlePage", "docTitle", "set", "teiHeader")
        )

    def _block(self, element: _Element, depth: int) -> list[Block]:
        tag, line = str(element.tag), line_of(element)
        if tag in _SKIPPED:
            return []
        if tag == "head":
            return (
                [Block(kind="heading", level=min(6, 1 + depth), line=line, runs=self._runs(element))]
                if squeeze("".join(map(str, element.itertext())))
                else []
            )
        if tag in _QUOTES:
            children = self.blocks(element, depth)
            who = element.find(".//bibl")
            words = "" if who is None else squeeze("".join(map(str, who.itertext())))
            if words and children and children[0].text() == words and len(children) > 1:
                children = children[1:]
            return (
                [Block(kind="quote", info="marked", line=line, children=children, attribution=words)]
                if children
                else []
            )
        if tag == "lg":
            return self._verse(element, line)
        if tag == "l":
            return _made("verse", self._runs(element), line)
        if tag in _PARAGRAPHS and element.find("p") is None:
            inner = [child for child in element if isinstance(child.tag, str) and not self._is_inline(child)]
            return self.blocks(element, depth) if inner else _made("paragraph", self._runs(element), line)
        if tag == "list":
            items = [
                Block(kind="item", line=line_of(item) or line, children=self.blocks(item, depth))
                for item in element.iterchildren("item")
            ]
            return [Block(kind="list", line=line, children=[item for item in items if item.children])] if items else []
        return self.blocks(element, depth + str(tag).startswith("div"))

    def _verse(self, element: _Element, line: int) -> list[Block]:
        runs: list[Run] = []
        for child in element.iter("l"):
            if runs:
                runs.append(Run(text="\n"))
            runs += self._runs(child)
        return _made("verse", runs, line)

    def _runs(self, element: _Element) -> list[Run]:
        return _collapse(self._children(element, frozenset()))

    def _children(self, element: _Element, styles: frozenset[str]) -> list[Run]:
        runs = [Run(text=element.text or "", styles=styles)]
        for child in element:
            if isinstance(child.tag, str):
                runs += self._inline(child, styles)
            runs.append(Run(text=child.tail or "", styles=styles))
        return runs

    def _inline(self, element: _Element, styles: frozenset[str]) -> list[Run]:
        tag = str(element.tag)
        if tag == "note":
            return self._note(element)
        if tag == "g":
            return [] if "EOL" in str(element.get("ref")) else [Run(text=element.text or "", styles=styles)]
        if tag == "lb":
            return [] if element.get("break") == "no" else [Run(text=" ")]
        if tag in _SKIPPED:
            return []
        if tag in ("hi", "emph", "foreign", "title", "term"):
            rend = str(element.get("rend") or "")
            styles |= {"sup" if "sup" in rend else "strong" if "bold" in rend else "em"}
        target = str(element.get("target") or "") if tag == "ref" else ""
        runs = self._children(element, styles)
        return [
            Run(text=run.text, styles=run.styles, href=target, note=run.note)
            if target.startswith("http") and not run.note
            else run
            for run in runs
        ]

    def _note(self, element: _Element) -> list[Run]:
        key = str(len(self.notes))
        note = FoundNote(key=key, label=squeeze(str(element.get("n") or "")), blocks=[], line=line_of(element))
        self.notes.append(note)
        note.blocks = self.blocks(element, 0) or [Block(kind="paragraph", line=note.line)]
        return [Run(text=note.label, note=key)]


def _parent_is_block(element: _Element) -> bool:
    parent = element.getparent()
    return parent is not None and str(parent.tag) not in (
        "p",
        "l",
        "head",
        "note",
        "hi",
        "q",
        "item",
        "ab",
        "stage",
        "seg",
        "cell",
    )


def _made(kind: str, runs: list[Run], line: int) -> list[Block]:
    return [Block(kind=kind, line=line, runs=runs)] if runs else []


def _paragraph(loose: Sequence[Run], element: _Element) -> list[Block]:
    return _made("paragraph", _collapse(loose), line_of(element))


def _collapse(runs: Sequence[Run]) -> list[Run]:
    result: list[Run] = []
    space = True
    for run in runs:
        if run.note:
            result.append(run)
            space = False
            continue
        text = run.text if run.text == "\n" else _NOTICE.sub(" ", run.text)
        text = text.lstrip(" ") if space else text
        if text:
            space = text[-1] in " \n"
            result.append(Run(text=text, styles=run.styles, href=run.href))
    return merge(strip_runs(merge(result)))


def _metadata(root: _Element) -> dict[str, list[str]]:
    """Return what the TEI header tells of the text (not of its file)."""
    meta: dict[str, list[str]] = {"archive": ["TEI"]}
    statement = root.find(".//fileDesc/titleStmt")
    if statement is None:
        return meta
    for title in statement.iterchildren("title"):
        kind, words = str(title.get("type") or ""), squeeze("".join(map(str, title.itertext())))
        if title.get("{http://www.w3.org/XML/1998/namespace}lang") and meta.get("title"):
            continue
        meta.setdefault("subtitle" if kind == "sub" else "title", []).append(re.split(r"\s*\.\.\.\s|\s+:\s+", words)[0])
    for field in ("author", "editor"):
        people = [_person(person) for person in statement.iterchildren(field)]
        if any(people):
            meta[field] = [name for name in people if name]
    _dates(root, meta)
    return meta


def _person(element: _Element) -> str:
    name = element.find("persName")
    whole = element if name is None else name
    parts = [squeeze("".join(map(str, part.itertext()))) for part in whole.iter("forename", "surname", "nameLink")]
    return " ".join(parts) if parts else squeeze("".join(map(str, whole.itertext())))


def _dates(root: _Element, meta: dict[str, list[str]]) -> None:
    for path in (
        ".//sourceDesc//publicationStmt/date",
        ".//sourceDesc//date",
        ".//editionStmt//date",
        ".//profileDesc/creation/date",
    ):
        for date in root.findall(path):
            year = re.search(
                r"\b1[4-9]\d\d\b|\b20\d\d\b", f"{date.get('when') or ''} {''.join(map(str, date.itertext()))}"
            )
            if year and "date" not in meta:
                meta["edition"] = [year[0]]
    meta["publication"] = [_publication(root)]


def _publication(root: _Element) -> str:
    """Return who published the file; two large collections go by a short name that their files spell out in parts."""
    publisher = root.find(".//fileDesc/publicationStmt/publisher")
    name = "" if publisher is None else squeeze("".join(map(str, publisher.itertext()))).strip(" ,:")
    number = root.find(".//fileDesc/publicationStmt/idno[@type='STC']")
    if name == "Text Creation Partnership" and number is not None and number.text:
        return f"EEBO-TCP ({squeeze(number.text)})"
    corpus = re.match(r"[a-z]+", str(root.get("{http://www.w3.org/XML/1998/namespace}id") or ""))
    return f"{corpus[0].capitalize()}DraCor" if name == "DraCor" and corpus else name


def _language(root: _Element) -> str:
    found = root.get("{http://www.w3.org/XML/1998/namespace}lang")
    if found:
        return str(found)
    language = root.find(".//langUsage/language")
    return str(language.get("ident") or "") if language is not None else ""
