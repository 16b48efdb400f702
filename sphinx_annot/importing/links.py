"""The links of a page that are marks: which element holds the note of each, and which links lead back."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from sphinx_annot.importing.article import squeeze
from sphinx_annot.importing.page import hidden, parse

if TYPE_CHECKING:
    from lxml.etree import _Element

Loader = Callable[[str], str]

_LABEL = re.compile(
    r"^[\[({^]*\s*((?:note |n |n\. ?|fn ?)?[\w٠-٩]{1,5}|[*†‡§‖¶#]{1,4}|[ivxlc]{1,8})\s*[\])}.:]*$", re.IGNORECASE
)
_NOTEREF = re.compile(r"noteref|footnote|endnote|\bfn|reference|\bnote\b|annotation|sdfootnote", re.IGNORECASE)
_BACKLINK = re.compile(r"^[\s↩︎\ufe0e\ufe0f⏎↑^«⬆⮌←\[\]()*†‡§\d.:a-zA-Z]{0,6}$")
_BACKLINK_CLASS = re.compile(
    r"backlink|back-?ref|reversefootnote|footnote-?back|fn-?back|cite-?accessibility|noteref-back", re.IGNORECASE
)
_EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
_HOLDERS = frozenset("li dd p div aside tr section td blockquote".split())
_MOST_CHARACTERS, _MOST_PARAGRAPHS = 8000, 12


class NoteLinks:
    """The links of one page that lead to notes.

    ``notes`` maps each element that holds a note to its key, ``labels`` each key to the label of its mark.
    """

    def __init__(self, root: _Element, load: Loader | None) -> None:
        """``root`` is the whole page, where links find their targets; ``load`` gives the text of a file beside it."""
        self._root = root
        self._load = load
        self._ids = _named(root)
        self._others: dict[str, dict[str, _Element]] = {}
        self._keys: dict[str, str] = {}
        self.notes: dict[_Element, str] = {}
        self.labels: dict[str, str] = {}

    def find(self, part: _Element) -> None:
        """Find the notes that the links in ``part`` lead to."""
        places = {element: place for place, element in enumerate(self._root.iter())}
        for link in part.iter("a"):
            target = self._target(link) if mark_label(link) else None
            note = None if target is None else _note_element(target)
            if target is None or note is None:
                continue
            leads_back = places.get(target, len(places)) < places[link] and note not in self.notes
            if leads_back or note in link.iterancestors() or link in note.iter():
                continue
            self._add(note, mark_label(link))
            self._keys[str(link.get("href"))] = self.notes[note]
        self._complete_lists()

    def key(self, link: _Element) -> str | None:
        """Return the key of the note that a mark leads to, ``None`` for any other link."""
        return self._keys.get(str(link.get("href") or "")) if mark_label(link) else None

    def leads_back(self, link: _Element) -> bool:
        """Whether a link leads from a note back to its mark."""
        name, _, anchor = str(link.get("href") or "").partition("#")
        known = bool(name) or anchor in self._ids or bool(re.search(r"ref|back|src", anchor, re.IGNORECASE))
        return bool(anchor) and known and _is_backlink(link)

    def in_order(self) -> list[_Element]:
        """Return the elements that hold notes, those of the page first, then those of files beside it."""
        firsts = [next(iter(ids.values()), None) for ids in self._others.values()]
        roots = [self._root, *(first.getroottree().getroot() for first in firsts if first is not None)]
        return [element for root in roots for element in root.iter() if element in self.notes]

    def _add(self, note: _Element, label: str) -> None:
        if note not in self.notes:
            key = str(len(self.notes))
            self.notes[note], self.labels[key] = key, label

    def _target(self, link: _Element) -> _Element | None:
        name, _, anchor = str(link.get("href")).partition("#")
        if not name:
            return self._ids.get(anchor)
        if name not in self._others:
            text = self._load(name) if self._load and not re.search(r"[/\\:?]", name) else ""
            root = parse(text) if text else None
            self._others[name] = {} if root is None else _named(root)
        return self._others[name].get(anchor)

    def _complete_lists(self) -> None:
        """A list of notes is taken whole: an item that no mark leads to is a note, too."""
        lists = dict.fromkeys(note.getparent() for note in self.notes if note.tag == "li")
        for parent in lists:
            if parent is None or parent.tag != "ol":
                continue
            start = int(parent.get("start") or 1) if str(parent.get("start") or "1").isdigit() else 1
            for index, item in enumerate(parent.iterchildren("li")):
                self._add(item, str(item.get("value") or start + index))


def mark_label(link: _Element) -> str:
    """Return the label of a link that looks like a mark, else an empty text."""
    href = str(link.get("href") or "")
    if "#" not in href or href.startswith(("http:", "https:")) or hidden(link):
        return ""
    text = squeeze("".join(str(piece) for piece in link.itertext()))
    match = _LABEL.match(text)
    if not match or _is_backlink(link):
        return ""
    parent = link.getparent()
    above = parent is not None and (parent.tag == "sup" or bool(_NOTEREF.search(str(parent.get("class") or ""))))
    bracketed = text[:1] in "[(" or not text[:1].isalnum()
    telling = f"{_attributes(link, 'class', 'role', 'rel', _EPUB_TYPE, 'epub:type', 'id')} {href}"
    return match[1] if above or bracketed or link.find("sup") is not None or _NOTEREF.search(telling) else ""


def _attributes(element: _Element, *names: str) -> str:
    return " ".join(str(element.get(name) or "") for name in names)


def _named(root: _Element) -> dict[str, _Element]:
    """Return the elements of a page by their ids, and anchors by their names."""
    ids = {
        str(element.get("id")): element for element in root.iter() if isinstance(element.tag, str) and element.get("id")
    }
    anchors = {str(anchor.get("name")): anchor for anchor in root.iter("a") if anchor.get("name")}
    return anchors | ids


def _is_backlink(link: _Element) -> bool:
    """Whether a link looks as if it led from a note back to its mark."""
    href = str(link.get("href") or "")
    if "#" not in href:
        return False
    if _BACKLINK_CLASS.search(_attributes(link, "class", "role", "rev", _EPUB_TYPE, "epub:type", "aria-label")):
        return True
    words = squeeze("".join(str(piece) for piece in link.itertext()))
    arrow = bool(re.search(r"[↩⏎↑^⬆⮌←]", words)) and len(words) < 5
    back = bool(re.search(r"ref|back|anchor|src", href.rpartition("#")[2], re.IGNORECASE))
    return bool(_BACKLINK.match(words)) and (arrow or back)


def _note_element(target: _Element) -> _Element | None:
    """Return the element that holds the whole note whose anchor is ``target``."""
    element: _Element | None = target
    while element is not None and element.tag not in _HOLDERS:
        element = element.getparent()
    if element is None or element.tag == "section":
        return None
    parent = element.getparent()
    if (
        element.tag == "p"
        and parent is not None
        and (parent.tag in ("li", "dd", "aside") or _holds_note(parent, element))
    ):
        element = parent
    words = squeeze("".join(str(piece) for piece in element.itertext()))
    too_much = len(words) > _MOST_CHARACTERS or len(element.findall(".//p")) > _MOST_PARAGRAPHS
    return element if len(words) > 1 and not too_much else None


def _holds_note(element: _Element, first: _Element) -> bool:
    """Whether a ``div`` is the box of one note, which ``first`` begins."""
    children = [child for child in element if isinstance(child.tag, str)]
    named = re.search(r"note|ftn|edn|fn", _attributes(element, "id", "class"), re.IGNORECASE)
    return element.tag == "div" and children[:1] == [first] and bool(named) and len(children) < 6
