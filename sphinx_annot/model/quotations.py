"""The quotations of an edition, as its documents declare them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sphinx_annot.model.values import digest, slug
from sphinx_annot.model.verdict import Kind, Remark, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx_annot.model.edition import Edition
    from sphinx_annot.model.excerpt import Excerpt
    from sphinx_annot.model.problems import Place
    from sphinx_annot.model.records import DocRecords, Passage, Quote


class Quotation(NamedTuple):
    """Quoted words: ``kind`` is ``passage`` or ``quote``.

    ``id`` is the passage's own, or made of the words and their document. ``owner`` is what it stands in, as that of a
    mark. ``source`` and ``locator`` are as the author
    wrote them, ``key`` is the source that this means (empty: none, or an unknown one), ``edition`` the document whose
    text it is. ``language`` is that of the source, ``reading`` that of the document, which locators are written in.
    """

    kind: str
    id: str
    docname: str
    source: str
    locator: str
    words: str
    place: Place
    owner: str = ""
    key: str = ""
    edition: str = ""
    snapshots: tuple[str, ...] = ()
    unchecked: str = ""
    language: str = ""
    reading: str = "en"

    @property
    def is_comparable(self) -> bool:
        """Whether there is a text that its words may stand in."""
        return bool(self.edition or self.snapshots) and not self.unchecked

    @property
    def name(self) -> tuple[str, str, str, str]:
        """What its node on a page is found by."""
        return (self.docname, self.source, self.locator, self.words)


class Checked(NamedTuple):
    """A quotation and its verdict; ``excerpt`` is what stands around it in its source, if it was asked for."""

    quotation: Quotation
    verdict: Verdict
    excerpt: Excerpt | None = None


def quotations(edition: Edition, docnames: Iterable[str], language: str = "en") -> Iterator[Quotation]:
    """Yield the quotations of some documents; ``language`` is that of documents that name none."""
    for docname in docnames:
        doc = edition.docs[docname]
        found = [
            *(
                _passage(edition, doc, passage, uid, language)
                for passage, uid in zip(doc.passages, edition.passages_of(docname), strict=True)
            ),
            *(_quote(edition, doc, quote, language) for quote in doc.quotes if quote.source),
        ]
        yield from sorted(found, key=lambda item: item.place.line)


def unchecked(quotation: Quotation) -> Checked:
    """Return a quotation that nothing is compared with."""
    remarks = () if quotation.unchecked else (Remark.NO_SNAPSHOT,)
    return Checked(quotation, Verdict(kind=Kind.UNCHECKED, remarks=remarks))


def _passage(edition: Edition, doc: DocRecords, item: Passage, uid: str, language: str) -> Quotation:
    key, document, snapshots, spoken = _source(edition, doc, item.source)
    return Quotation(
        kind="passage",
        id=uid,
        docname=doc.docname,
        source=item.source,
        locator=item.locator,
        words=item.text,
        place=item.place,
        key=key,
        edition=document,
        snapshots=snapshots,
        unchecked=item.unchecked,
        language=spoken or item.language or doc.language or language,
        reading=doc.language or language,
    )


def _quote(edition: Edition, doc: DocRecords, item: Quote, language: str) -> Quotation:
    key, document, snapshots, spoken = _source(edition, doc, item.source)
    return Quotation(
        kind="quote",
        id=f"{slug(item.text) or 'quote'}-{digest(doc.docname, item.source, item.text)[:6]}",
        docname=doc.docname,
        source=item.source,
        locator=item.locator,
        words=item.text,
        place=item.place,
        owner=item.owner,
        key=key,
        edition=document,
        snapshots=snapshots,
        language=spoken or doc.language or language,
        reading=doc.language or language,
    )


def _source(edition: Edition, doc: DocRecords, name: str) -> tuple[str, str, tuple[str, ...], str]:
    """Return the key of a source, the document it is the text of, its snapshots and its language."""
    key = edition.key_of(doc.docname, name) if name else ""
    if not key:
        return "", "", (), ""
    item, document = edition.source_def(key), edition.edition_of(key)
    spoken = item.source.language or (edition.docs[document].language if document else "")
    return key, document, item.source.snapshot, spoken
