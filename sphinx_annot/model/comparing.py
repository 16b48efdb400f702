"""Quotations against the texts of their sources: snapshots, and the text of an edition of the same project."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, MutableMapping
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, TypeAlias

from sphinx_annot.model import locator as locators
from sphinx_annot.model.excerpt import excerpt
from sphinx_annot.model.fold import GAP
from sphinx_annot.model.quotations import Checked, unchecked
from sphinx_annot.model.quote import check
from sphinx_annot.model.snapshots import Snapshot, Unreadable, read
from sphinx_annot.model.verify import as_record, cache_key, from_record

if TYPE_CHECKING:
    from sphinx_annot.model.edition import Edition
    from sphinx_annot.model.quotations import Quotation

Known: TypeAlias = MutableMapping[str, object]
"""Verdicts as records, by the digest of all that they depend on."""

_NEVER = "\ufffd"
_OPENING = "\"'“‘„‚«‹»›「『”"
_word = re.compile(r"\w+")


class StoredText:
    """A text to compare with; it is decoded, seen and folded only when something has to be looked up in it."""

    def __init__(self, name: str, data: bytes) -> None:
        self.name = name
        self.data = data

    @cached_property
    def digest(self) -> str:
        """Of the bytes."""
        return hashlib.sha256(self.data).hexdigest()

    @cached_property
    def bad_byte(self) -> int | None:
        """The offset of the first byte that is not UTF-8."""
        try:
            self.data.decode()
        except UnicodeDecodeError as error:
            return error.start
        return None

    @cached_property
    def snapshot(self) -> Snapshot | None:
        """The text as one to search in; nothing if it is not UTF-8."""
        found = read(self.name, self.data)
        return None if isinstance(found, Unreadable) else found


def check_quotations(
    found: Iterable[Quotation],
    edition: Edition,
    stored: Callable[[str], StoredText | str],
    known: Known,
    *,
    excerpts: bool = False,
) -> list[Checked]:
    """Check quotations. ``stored`` gives the text of a snapshot's name, or the reason why there is none.

    What ``known`` has is not looked up again; what was looked up is added to it. ``excerpts`` asks for what is around.
    """
    texts = _Texts(edition, stored)
    return [_checked(quotation, texts, known, excerpts=excerpts) for quotation in found]


class _Texts:
    """The texts of this build: those of editions are made when they are asked for."""

    def __init__(self, edition: Edition, stored: Callable[[str], StoredText | str]) -> None:
        self._edition = edition
        self._stored = stored
        self._editions: dict[tuple[str, bool], StoredText] = {}

    def of(self, quotation: Quotation) -> list[StoredText]:
        if not quotation.edition:
            texts = map(self._stored, quotation.snapshots)
            return [text for text in texts if isinstance(text, StoredText)]
        own = quotation.edition == quotation.docname
        if (quotation.edition, own) not in self._editions:
            blocks = self._blocks(quotation.edition)
            if own:
                self._take_out_quotations(blocks, quotation.edition, quotation.key)
            text = StoredText(quotation.key, "\n\n".join(blocks).encode("utf-8", "replace"))
            self._editions[quotation.edition, own] = text
        return [self._editions[quotation.edition, own]]

    def _blocks(self, docname: str) -> list[str]:
        hidden = self._edition.hidden(docname)
        return ["" if number in hidden else text for number, text in enumerate(self._edition.docs[docname].blocks)]

    def _take_out_quotations(self, blocks: list[str], docname: str, key: str) -> None:
        """Take out what a text quotes from itself: words do not prove themselves."""
        doc = self._edition.docs[docname]
        for passage in doc.passages:
            if passage.source and self._edition.key_of(docname, passage.source) == key:
                size = passage.last + 1 - passage.first
                blocks[passage.first : passage.last + 1] = [""] * size
        for quote in doc.quotes:
            words = _word.findall(quote.text)
            if words and self._edition.key_of(docname, quote.source) == key:
                quoted = re.compile(rf"(?<=[{_OPENING}])" + r"\W+".join(words))
                number = next((number for number, text in enumerate(blocks) if quoted.search(text)), None)
                if number is not None:
                    blocks[number] = quoted.sub("", blocks[number], count=1)


def _checked(quotation: Quotation, texts: _Texts, known: Known, *, excerpts: bool) -> Checked:
    found = texts.of(quotation) if quotation.is_comparable else []
    if not found:
        return unchecked(quotation)
    words = quotation.words.replace(GAP, _NEVER)
    options = {"locator": _in_english(quotation.locator, quotation.reading), "language": quotation.language}
    key = cache_key(words, found, **options)
    verdict = from_record(known.get(key))
    if verdict is None:
        snapshots = [text.snapshot for text in found if text.snapshot is not None]
        verdict = check(words, snapshots, **options)
        known[key] = as_record(verdict)
    where = next((text.snapshot for text in found if excerpts and text.name == verdict.snapshot), None)
    return Checked(quotation, verdict, excerpt(where, verdict) if where is not None else None)


@lru_cache(maxsize=1024)
def _in_english(text: str, language: str) -> str:
    """Return a locator with English labels, which the check understands whatever the source's language is."""
    found = locators.parse(text, locators.labels(language)) if text else None
    return locators.format(found) if isinstance(found, locators.Locator) else text
