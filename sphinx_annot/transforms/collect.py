"""From the tree of a document to its records: one walk, when the document has been read."""

from __future__ import annotations

from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.util import get_filetype

from sphinx_annot import nodes as annot
from sphinx_annot import reporting
from sphinx_annot.domain import annot_domain, edition_language, place_in
from sphinx_annot.language import quotation_marks
from sphinx_annot.model.dependence import inward, outward
from sphinx_annot.model.fold import GAP
from sphinx_annot.model.placing import Text
from sphinx_annot.model.problems import Code, Place, Problem
from sphinx_annot.model.records import (
    DocRecords,
    Footnote,
    Header,
    Mark,
    Note,
    Passage,
    Placement,
    Point,
    Quote,
    Reference,
    Register,
    SourceDef,
)
from sphinx_annot.model.sentences import sentence_ends
from sphinx_annot.model.values import OBJECT_TYPES, digest, first_words
from sphinx_annot.nodes import BLOCK, INDEX, ORIGINAL
from sphinx_annot.transforms import declared
from sphinx_annot.transforms.carried import carried
from sphinx_annot.transforms.following import object_in_document
from sphinx_annot.transforms.misread import PROSE, SUSPECTS, line_of, misread_block, misread_words
from sphinx_annot.transforms.refused import refused
from sphinx_annot.transforms.sentences import sentence, words_about
from sphinx_annot.transforms.text import NO_TEXT, UNBROKEN, leaves, put, text_end
from sphinx_annot.transforms.titles import strip_titles
from sphinx_annot.transforms.unclosed import unclosed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from docutils.nodes import Element, Node
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

#: What a note does not belong to: it is about what stands before these.
_PASSED_OVER = (
    annot.annot_note, annot.annot_source, nodes.Invisible, nodes.Text, nodes.footnote, nodes.system_message,
    nodes.transition, nodes.target,
)  # fmt: skip


def collect(app: Sphinx, doctree: nodes.document) -> None:
    """Keep the records of the document that has just been read (event ``doctree-read``)."""
    env = app.env
    docname = env.docname
    strip_titles(env, docname)
    annot_domain(env).docs[docname] = _Collector(env, doctree).records()


class _Collector:
    def __init__(self, env: BuildEnvironment, doctree: nodes.document) -> None:
        self.env = env
        self.doctree = doctree
        self.docname = env.docname
        self.docpath = str(env.doc2path(env.docname))
        self.header: Header | None = None
        self.sources: list[SourceDef] = []
        self.passages: list[Passage] = []
        self.quotes: list[Quote] = []
        self.notes: list[Note] = []
        self.footnotes: list[Footnote] = []
        self.marks: list[Mark] = []
        self.registers: list[Register] = []
        self.references: list[Reference] = []
        self.blocks: list[str] = []
        self.originals: list[str] = []
        self.translated = False
        self.conditions: list[tuple[int, tuple[str, ...]]] = []
        self.only: tuple[str, ...] = ()
        self.conditional = False
        self.owner = ""
        #: the marks of the block that is being read: node, offset, what it is, target, locator
        self.found: list[tuple[Element, int, str, str, str]] = []
        #: what stands before the node that is being read, and its first block
        self.before: tuple[Element, int] | None = None
        self._readers: dict[type[Node], Callable[[Any], None]] = {
            annot.annot_note: self._note,
            annot.annot_source: self._source,
            annot.annot_passage: self._passage,
            annot.annot_edition: self._edition,
            annot.annot_register: self._register,
            addnodes.only: self._only,
            nodes.footnote: self._footnote,
            nodes.line_block: self._block,
            nodes.system_message: self._refused,
        }

    def records(self) -> DocRecords:
        """Walk the tree, then put together what was found."""
        self._walk(self.doctree)
        self._find_unclosed()
        document = self.env.current_document
        language = self.header.source.language if self.header else ""
        doc = DocRecords(
            docname=self.docname,
            title=self.env.titles[self.docname].astext() if self.docname in self.env.titles else self.docname,
            language=language,
            header=self.header,
            sources=tuple(self.sources),
            passages=tuple(self.passages),
            quotes=tuple(self.quotes),
            notes=tuple(self.notes),
            footnotes=tuple(self.footnotes),
            marks=tuple(self.marks),
            registers=tuple(self.registers),
            references=tuple(self.references),
            layers=tuple(document.get("annot_layers") or ()),
            blocks=tuple(self.blocks),
            originals=tuple(self.originals) if self.translated else (),
            conditions=tuple(self.conditions),
            problems=reporting.noted(self.env),
            excluded=tuple(document.get("annot_excluded") or ()),
            excluded_by=tuple(dict.fromkeys(document.get("annot_excluded_by") or ())),
            excluded_keys=tuple(document.get("annot_excluded_keys") or ()),
            conditional=self.conditional,
        )
        if not doc.conditional and doc.notes:
            text = Text(doc)
            unplaced = Placement(state="orphan")
            doc = doc._replace(
                placements=tuple(text.place(note) if note.on and not note.target else unplaced for note in doc.notes),
            )
        shown = digest(*outward(doc))
        return doc._replace(digest=digest(shown, *doc.blocks, *inward(doc)), outward=shown)

    def _find_unclosed(self) -> None:
        """Say so if the fence of a directive of ours is missing: then its text is too long, and markup says nothing."""
        if get_filetype(self.env.config.source_suffix, self.docpath) == "markdown":
            for line, message in unclosed(Path(self.docpath).read_text(encoding="utf-8", errors="replace")):
                place = Place(docname=self.docname, line=line)
                reporting.note(self.env, Problem(code=Code.OPTION, message=message, place=place))

    def place(self, node: Node) -> Place:
        """Return the place of a node, or of the nearest node around it that knows its own."""
        at: Node | None = node
        while at is not None and not at.line:
            at = at.parent
        if at is None or at.source == self.docpath:
            return Place(docname=self.docname, line=at.line or 0 if at is not None else 0)
        return place_in(self.env, at.source, at.line)

    def _carried(self, node: Element) -> str:
        return carried(node, self.docname, self._footnotes_by_id.get)

    @cached_property
    def _footnotes_by_id(self) -> dict[str, nodes.footnote]:
        return {name: node for node in self.doctree.findall(nodes.footnote) for name in node["ids"]}

    # blocks

    def _walk(self, parent: Element) -> None:
        outer = self.before
        for child in list(parent.children):
            first = len(self.blocks)
            self._read(child)
            if not isinstance(child, _PASSED_OVER):
                self.before = cast("Element", child), first
        # a note behind a list item is about what stands before the list
        self.before = outer

    def _read(self, child: Node) -> None:
        if type(child) in SUSPECTS:
            self._suspect(cast("Element", child))
        reader = self._readers.get(type(child))
        if reader is not None:
            reader(child)
        elif isinstance(child, (nodes.Text, *NO_TEXT)):
            pass
        elif isinstance(child, nodes.TextElement):
            self._block(child)
        elif isinstance(child, nodes.Element):
            self._walk(child)

    def _suspect(self, node: Element) -> None:
        """Say so if a directive of ours was read as something else."""
        message = misread_block(node)
        if not message:
            return
        place = self.place(node)
        if isinstance(node, nodes.comment):
            place = Place(docname=self.docname, line=line_of(node, Path(self.docpath)))
        if place.line:
            reporting.note(self.env, Problem(code=Code.OPTION, message=message, place=place))

    def _refused(self, node: nodes.system_message) -> None:
        """Say what to do about a directive of ours that was not read, and let its words be seen."""
        if found := refused(node):
            message, shown = found
            place = place_in(self.env, node["source"], node["line"])
            reporting.note(self.env, Problem(code=Code.OPTION, message=message, place=place))
            put(node, shown)

    def _block(self, node: Element) -> None:
        """Record the text of a block, and the marks in it at their offsets."""
        number = len(self.blocks)
        if not self.owner:
            node[BLOCK] = number
        parts: list[str] = []
        if isinstance(node, UNBROKEN):
            parts.append(node.astext())
        else:
            self._inline(node, parts)
        # an attribution is ours, not the text's
        text = "" if isinstance(node, annot.annot_attribution) else "".join(parts)
        self._keep_marks(number, text)
        if "annot:" in text and isinstance(node, PROSE) and (trouble := misread_words(node, text)):
            reporting.note(self.env, Problem(code=trouble[0], message=trouble[1], place=self.place(node)))
        if self.owner:
            return
        self.blocks.append(text)
        original = node.attributes.pop(ORIGINAL, None)
        self.translated = self.translated or (original is not None and original != text)
        self.originals.append(text if original is None else original)
        if self.only:
            self.conditions.append((number, self.only))

    def _inline(self, block: Element, parts: list[str]) -> None:
        """Read the words of a block, and what stands between them."""
        offset = 0
        for node, what, words in leaves(block):
            if what == "mark":
                self._mark(cast("Element", node), offset)
            elif what == "reference":
                self._reference(cast("addnodes.pending_xref", node))
            elif what == "quote":
                self._quote(cast("annot.annot_quote", node))
            parts.append(words)
            offset += len(words)

    def _reference(self, node: addnodes.pending_xref) -> None:
        role = node.get("reftype", "")
        ours = node.get("refdomain") == "annot" and role in OBJECT_TYPES
        target = object_in_document(node) or str(node["reftarget"])
        if ours or (role in {"any", "myst"} and (node.get("refdomain") != "doc" or target != node["reftarget"])):
            self.references.append(
                Reference(
                    role=role if ours else "any",
                    target=target,
                    titled=bool(node.get("refexplicit")),
                    owner=self.owner,
                    place=self.place(node),
                    only=self.only,
                )
            )

    def _mark(self, node: Element, offset: int) -> None:
        node[INDEX] = len(self.marks) + len(self.found)
        if isinstance(node, annot.annot_cite):
            targets = [("cite", key, locator) for key, locator in node["items"]]
        elif isinstance(node, annot.annot_noteref):
            targets = [("note", node["target"], "")]
        else:
            targets = [("footnote", node.get("refid", ""), "")]
        self.found += [(node, offset, *target) for target in targets]

    def _keep_marks(self, number: int, text: str) -> None:
        """Record the marks of a block whose text is known now."""
        stops = sentence_ends(text) if self.found else []
        for node, offset, what, target, locator in self.found:
            self.marks.append(
                Mark(
                    what=what,
                    target=target,
                    locator=locator,
                    at=Point(block=number, offset=offset),
                    owner=self.owner,
                    sentence="" if what == "footnote" else words_about(node) or sentence(text, offset, stops),
                    place=self.place(node),
                    only=self.only,
                )
            )
        self.found.clear()

    def _quote(self, node: annot.annot_quote) -> None:
        """Record the words, and put the quotation marks of the document's language around them."""
        if node.get("source_key"):
            self.quotes.append(
                Quote(
                    source=node["source_key"],
                    locator=node.get("locator", ""),
                    text=node.get("words", ""),
                    owner=self.owner,
                    place=self.place(node),
                    only=self.only,
                )
            )
        marks = quotation_marks(edition_language(self.env))
        node.insert(0, nodes.Text(marks.opening))
        node += nodes.Text(marks.closing)

    # what the author declared

    @contextmanager
    def _inside(self, owner: str) -> Iterator[None]:
        """Read what is no part of the text: its marks belong to ``owner``."""
        outer, self.owner = self.owner, owner
        yield
        self.owner = outer

    def _only(self, node: addnodes.only) -> None:
        outer = self.only
        self.only = (*outer, node["expr"])
        self.conditional = True
        self._walk(node)
        self.only = outer

    def _note(self, node: annot.annot_note) -> None:
        number = len(self.notes)
        node[INDEX] = number
        first, after, below = self._before()
        record = declared.note(node, self.place(node), self.only)
        self.notes.append(
            record._replace(first=first, last=len(self.blocks) - 1, after=after, below=below, head=self._head(first))
        )
        with self._inside(f"note:{number}"):
            self._walk(node)
        # by now quotes have their quotation marks
        self.notes[number] = self.notes[number]._replace(digest=self._carried(node))

    def _before(self) -> tuple[int, int, bool]:
        """Return the first block of what stands before a note, the block that its mark ends, and whether none can."""
        last = len(self.blocks) - 1
        if self.before is None:
            return last + 1, last, False
        block, first = self.before
        end = text_end(block)
        return first, last if end is None else end.get(BLOCK, last), end is None

    def _head(self, first: int) -> str:
        """Return the first words of what stands before a note; for an image those that stand for it."""
        words = next((text for text in self.blocks[first:] if text.strip()), "")
        if not words and self.before:
            image = next(self.before[0].findall(nodes.image), None)
            words = image.get("alt", "") if image is not None else ""
        return first_words(words.replace(GAP, "…"))

    def _source(self, node: annot.annot_source) -> None:
        number, place = len(self.sources), self.place(node)
        self.sources.append(SourceDef(source=declared.source(node), place=place, only=self.only))
        with self._inside(f"source:{node['key']}"):
            self._walk(node)
        if node.children:
            self.sources[number] = self.sources[number]._replace(remark=self._carried(node))

    def _edition(self, node: annot.annot_edition) -> None:
        if not node.get("extra"):
            self.header = declared.header(node, self.place(node))
        self._walk(node)

    def _passage(self, node: annot.annot_passage) -> None:
        first = len(self.blocks)
        number = len(self.passages)
        # the place is taken before the words are walked: a passage inside comes second
        self.passages.append(Passage(id="", place=self.place(node)))
        self._walk(node)
        if self.owner:
            first = max(0, first - 1)
        record = declared.passage(node, self.place(node), self.only)
        self.passages[number] = record._replace(first=first, last=max(first, len(self.blocks) - 1))

    def _register(self, node: annot.annot_register) -> None:
        node[INDEX] = len(self.registers)
        self.registers.append(declared.register(node, self.place(node), self.only))

    def _footnote(self, node: nodes.footnote) -> None:
        name = cast("str", node["ids"][0]) if node["ids"] else ""
        label = node.next_node(nodes.label)
        self.footnotes.append(
            Footnote(
                id=name,
                label=label.astext() if label is not None else "",
                text=first_words(node.astext(), 80),
                place=self.place(node),
                only=self.only,
            )
        )
        with self._inside(f"footnote:{name}"):
            self._walk(node)
