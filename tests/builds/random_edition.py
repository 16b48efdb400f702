"""A small edition that changes at random: documents, sources, notes, lemmas, layers, quotations, numbers, order.

Everything is drawn from one seeded generator, so that a failure can be repeated from its seed. Edits
break things on purpose (lemmas vanish, keys go missing or are defined twice): what bad input gives must
be as fresh as the rest.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import TypeVar

from tests.markup import MYST, RST, Markup

_TEXT = """
margin scribe gloss vellum quire folio rubric colophon hand column ruling script binding leaf ink quill letter reader
printer copy volume shelf chain lectern cloister lecture school master pupil verse chapter argument
"""
WORDS = tuple(_TEXT.split())
NAMES = ("alpha", "beta", "part/gamma", "part/delta", "part/deep/epsilon", "notes/zeta", "eta", "theta", "part/iota")
KINDS = ("", "", "context", "gloss", "dispute")
PERSONS = ("", "AB", "CD")
TYPES = ("", "", "webpage", "book")
DATES = ("", "", "2020-05-01", "1999")
LANGUAGES = ("", "", "de", "ar")
SNAPSHOTS = ("one.txt", "two.txt")
HOLDER = "part/contents"
SHARED = "shared"


@dataclass(slots=True)
class Source:
    """A definition of a source."""

    key: str
    title: str
    author: str = ""
    issued: str = ""
    number: str = ""
    type: str = ""
    snapshot: str = ""
    remark: str = ""

    def write(self, markup: Markup) -> str:
        """The directive."""
        fields = {name: getattr(self, name) for name in ("type", "title", "author", "issued", "number", "snapshot")}
        options = {name: text for name, text in fields.items() if text}
        return markup.directive("annot:source", self.key, options, self.remark and f"{self.remark}.")


@dataclass(slots=True)
class Paragraph:
    """Words, and roles behind some of them (index of the word to name and text of a role)."""

    words: list[str]
    roles: dict[int, tuple[str, str]] = field(default_factory=dict)
    strong: int = -1

    def write(self, markup: Markup) -> str:
        """The text."""
        parts = []
        for at, word in enumerate(self.words):
            parts.append(markup.strong(word) if at == self.strong else word)
            if at in self.roles:
                parts.append(markup.span(*self.roles[at]))
        return " ".join(parts) + "."


@dataclass(slots=True)
class Note:
    """A note; ``target`` is a document or empty, ``foot`` the text of a native footnote to it."""

    id: str
    text: str
    on: str = ""
    kind: str = ""
    by: str = ""
    target: str = ""
    role: tuple[str, str] | None = None
    placement: str = ""
    date: str = ""
    foot: str = ""

    def write(self, markup: Markup) -> str:
        """The directive, and the footnote behind it."""
        options = {name: getattr(self, name) for name in ("on", "kind", "by", "placement", "date")}
        options["in"] = self.target and f"/{self.target}"
        text = f"{self.text} {markup.span(*self.role)}." if self.role else f"{self.text}."
        text += f" {markup.mark(f'of-{self.id}')}" if self.foot else ""
        note = markup.directive(
            "annot:ednote", self.id, {name: value for name, value in options.items() if value}, text
        )
        return f"{note}\n\n{markup.footnote(f'of-{self.id}', self.foot)}" if self.foot else note


@dataclass(slots=True)
class Passage:
    """A quoted passage."""

    id: str
    source: str
    text: str

    def write(self, markup: Markup) -> str:
        """The directive."""
        return markup.block("passage", self.id, f"{self.text}.", source=self.source)


@dataclass(slots=True)
class Register:
    """A register with its filters."""

    of: str
    docs: str = ""
    sort: str = ""
    kind: str = ""

    def write(self, markup: Markup) -> str:
        """The directive."""
        options = {"of": self.of, "in": self.docs, "sort": self.sort, "kind": self.kind}
        return markup.directive("annot:register", "", {key: value for key, value in options.items() if value}, "")


@dataclass(slots=True)
class Footnote:
    """A paragraph with a native footnote."""

    label: str
    text: str

    def write(self, markup: Markup) -> str:
        """Mark and footnote."""
        return f"{self.text} {markup.mark(self.label)} more.\n\n{markup.footnote(self.label, self.text)}"


@dataclass(slots=True)
class Only:
    """A block that some outputs leave out."""

    expression: str
    block: Source | Paragraph | Note | Passage | Footnote

    def write(self, markup: Markup) -> str:
        """The directive."""
        return markup.directive("only", self.expression, {}, self.block.write(markup))


@dataclass(slots=True)
class Include:
    """The file that several documents share."""

    def write(self, markup: Markup) -> str:
        """The directive."""
        return markup.directive("include", f"/{SHARED}{markup.suffix}.inc", {}, "")


Block = Source | Paragraph | Note | Passage | Register | Footnote | Only | Include
B = TypeVar("B", Source, Paragraph, Note, Passage, Register, Footnote)


@dataclass(slots=True)
class Document:
    """One document; ``edition`` and ``language`` are its header's, ``layer`` is the document that its notes are on."""

    markup: Markup
    title: str
    edition: str = ""
    language: str = ""
    layer: str = ""
    by: str = ""
    blocks: list[Block] = field(default_factory=list)

    def write(self) -> str:
        """The whole text."""
        markup = self.markup
        language = {"language": self.language} if self.language else {}
        header = markup.block("edition", self.edition, author="Ann Author", **language) if self.edition else ""
        options = {"in": f"/{self.layer}", "by": self.by}
        layer = markup.directive("annot:layer", "", {key: value for key, value in options.items() if value}, "")
        blocks = [block.write(markup) for block in self.blocks]
        return markup.text(markup.heading(self.title, 1), header, layer if self.layer else "", *blocks)

    def of(self, kind: type[B]) -> list[B]:
        """The blocks of one class."""
        return [block for block in self.blocks if isinstance(block, kind)]


class RandomEdition:
    """The edition as it stands, what may be drawn from it, and its state as files."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.count = 0
        self.documents: dict[str, Document] = {}
        self.order: list[str] = []
        self.settings: dict[str, object] = {"html_copy_source": False, "annot_quote_check": "show"}
        self.snapshots = {name: self.words(30, 60) for name in SNAPSHOTS}
        self.shared: list[Source | Paragraph | Note] = []
        for name in NAMES[:6]:
            self.add(name)
        self.shared = [
            Paragraph(words=self.words(5, 8), roles={2: ("cite", "shared")}),
            Source(key="shared", title="Shared"),
            Note(id="shared", text="Shared by two"),
        ]
        for name in NAMES[1:3]:
            self.documents[name].blocks.append(Include())

    def files(self) -> dict[str, str]:
        """Path to content. Documents in ``part`` stand in a table of contents of their own."""
        inner = [name for name in self.order if name.startswith("part/")]
        outer = [name for name in self.order if not name.startswith("part/")]
        files = {f"{name}{document.markup.suffix}": document.write() for name, document in self.documents.items()}
        roots = MYST.text(MYST.heading("Contents", 1), MYST.toctree([*outer, HOLDER], depth=1))
        files["index.md"] = roots
        for markup in (MYST, RST):
            files[f"{SHARED}{markup.suffix}.inc"] = markup.text(*(block.write(markup) for block in self.shared))
        below = [name.removeprefix("part/") for name in inner]
        files |= {f"snapshots/{name}": " ".join(words) + ".\n" for name, words in self.snapshots.items()}
        files[f"{HOLDER}.rst"] = RST.text(RST.heading("Part", 1), RST.toctree(below, depth=1) if below else "")
        return files

    def new(self, what: str) -> str:
        """An id that nothing has yet."""
        self.count += 1
        return f"{what}{self.count}"

    def words(self, low: int, high: int) -> list[str]:
        """Some words."""
        return self.rng.choices(WORDS, k=self.rng.randint(low, high))

    def pick(self, kind: type[B]) -> tuple[str, B] | None:
        """A random block of one class, with the name of its document."""
        found = [(name, block) for name, document in self.documents.items() for block in document.of(kind)]
        return self.rng.choice(found) if found else None

    def key(self) -> str:
        """The key of some source, or the id of an edition, which is one too."""
        editions = [document.edition for document in self.documents.values() if document.edition]
        if editions and self.rng.random() < 0.1:
            return self.rng.choice(editions)
        found = self.pick(Source)
        return found[1].key if found else "nowhere"

    def quotation(self, low: int, high: int) -> tuple[str, str]:
        """Words and the key of a source: its own words, or with one of them changed, or any."""
        rng = self.rng
        sources = [source for document in self.documents.values() for source in document.of(Source) if source.snapshot]
        if not sources or rng.random() < 0.3:
            return " ".join(self.words(low, high)), self.key()
        source = rng.choice(sources)
        stored = self.snapshots.get(source.snapshot, ())
        start = rng.randint(0, max(0, len(stored) - high))
        words = [*stored[start : start + rng.randint(low, high)]] or self.words(low, high)
        if rng.random() < 0.3:
            words[rng.randrange(len(words))] = rng.choice(WORDS)
        return " ".join(words), source.key

    def lemma(self, name: str) -> str:
        """Words that stand in a document (often more than once, or across a mark), rarely some that do not."""
        paragraphs = self.documents[name].of(Paragraph)
        if not paragraphs or self.rng.random() < 0.1:
            return "words that stand nowhere"
        words = self.rng.choice(paragraphs).words
        start = self.rng.randrange(len(words))
        return " ".join(words[start : start + self.rng.randint(1, 4)])

    def role(self) -> tuple[str, str]:
        """Name and text of a role that names something, mostly something that exists."""
        rng = self.rng
        role = rng.choice(
            ("cite", "cite", "cite", "source", "ednote", "passage", "edition", "noteref", "lemma", "quote", "quote")
        )
        if role == "cite":
            return role, rng.choice((self.key(), f"{self.key()}, p. {rng.randint(1, 9)}; {self.key()}"))
        if role == "source":
            return role, self.key()
        if role == "quote":
            return role, "{} <{}>".format(*self.quotation(3, 8))
        if role == "edition":
            ids = [document.edition for document in self.documents.values() if document.edition]
            return role, rng.choice(ids) if ids else "nothing"
        found = self.pick(Passage) if role == "passage" else self.pick(Note)
        name = found[1].id if found else "nothing"
        return role, f"{' '.join(self.words(1, 3))} <{name}>" if role == "lemma" else name

    def block(self, name: str) -> Block:
        """A block for the document ``name``."""
        rng = self.rng
        if rng.random() < 0.1:
            docs = rng.choice(("", "*", "/part/*", f"/{rng.choice(list(self.documents))}"))
            sort, kind = (
                rng.choice(("", "", "title", "author", "date", "by", "kind")),
                rng.choice(("", "", "gloss", "book")),
            )
            return Register(of=rng.choice(("sources", "notes", "passages")), docs=docs, sort=sort, kind=kind)
        if rng.random() < 0.05:
            return Include()
        block = self.plain_block(name)
        if rng.random() < 0.1:
            return Only(rng.choice(("html", "text", "not html", "html and not epub")), block)
        return block

    def plain_block(self, name: str) -> Source | Paragraph | Note | Passage | Footnote:
        """A block that may also stand in another one."""
        rng = self.rng
        kind = rng.choice(("paragraph", "paragraph", "note", "note", "source", "passage", "footnote"))
        if kind == "note":
            return self.note(name)
        if kind == "source":
            return Source(
                key=self.new("key"),
                title=" ".join(self.words(1, 3)).title(),
                author=rng.choice(("", "Bea Writer", "Carl Scribe; Dee Copyist")),
                issued=rng.choice(("", "1999", "2001-02", "1875-03-04")),
                number=rng.choice(("", "", "", "3", "7", "12a")),
                type=rng.choice(TYPES),
                snapshot=rng.choice(("", *SNAPSHOTS)),
                remark=rng.choice(("", "", " ".join(self.words(2, 4)))),
            )
        if kind == "passage":
            text, key = self.quotation(4, 9)
            return Passage(id=self.new("passage"), source=key, text=text)
        if kind == "footnote":
            return Footnote(label=self.new("foot"), text=" ".join(self.words(3, 6)))
        paragraph = Paragraph(words=self.words(5, 12))
        if rng.random() < 0.7:
            paragraph.roles[rng.randrange(len(paragraph.words))] = self.role()
        if rng.random() < 0.3:
            paragraph.strong = rng.randrange(len(paragraph.words))
        return paragraph

    def note(self, name: str) -> Note:
        """A note for the document ``name``."""
        rng = self.rng
        note = Note(
            id=self.new("note"), text=" ".join(self.words(2, 6)), kind=rng.choice(KINDS), by=rng.choice(PERSONS)
        )
        target = self.documents[name].layer or name
        if self.documents[name].layer or rng.random() < 0.6:
            note.on = self.lemma(target if target in self.documents else name)
        if rng.random() < 0.4:
            note.role = self.role()
        if rng.random() < 0.1:
            note.foot = " ".join(self.words(2, 4))
        note.date, note.placement = rng.choice(DATES), rng.choice(("", "", "", "foot", "end"))
        if rng.random() < 0.15:
            note.target = rng.choice(list(self.documents))
            note.on = self.lemma(note.target) if rng.random() < 0.7 else ""
        return note

    def add(self, name: str) -> None:
        """Add a document with some blocks."""
        rng = self.rng
        document = Document(markup=rng.choice((MYST, RST)), title=" ".join(self.words(1, 3)).title())
        if rng.random() < 0.5:
            document.edition = self.new("edition")
            document.language = rng.choice(LANGUAGES)
        self.documents[name] = document
        self.order.insert(rng.randint(0, len(self.order)), name)
        document.blocks.append(Paragraph(words=self.words(5, 12)))
        for _ in range(rng.randint(3, 7)):
            document.blocks.append(self.block(name))
