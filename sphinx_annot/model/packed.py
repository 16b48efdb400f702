"""The records of all documents between builds: each packed until it is asked for, since most builds ask for few."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import MutableMapping
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_annot.model.records import DocRecords


class Stamp(NamedTuple):
    """What tells two states of a document apart: the digests of all of it, and of what other pages may show of it.

    All of it is more than its page shows: what is wrong with it, and at which lines, is told by every build.
    """

    whole: str
    outward: str


class PackedDocs(MutableMapping[str, "DocRecords"]):
    """Records by document.

    ``stamps`` are known of all without unpacking any. What is read back has been written by the same project's last
    build, as has the environment that it is part of.
    """

    def __init__(self) -> None:
        self.stamps: dict[str, Stamp] = {}
        self._packed: dict[str, bytes] = {}
        self._open: dict[str, DocRecords] = {}

    def __getitem__(self, docname: str) -> DocRecords:
        if docname not in self._open:
            self._open[docname] = pickle.loads(self._packed[docname])  # noqa: S301 (our own, see above)
        return self._open[docname]

    def __setitem__(self, docname: str, doc: DocRecords) -> None:
        self._packed[docname] = packed = pickle.dumps(doc, pickle.HIGHEST_PROTOCOL)
        self._open[docname] = doc
        self.stamps[docname] = Stamp(hashlib.blake2b(packed, digest_size=8).hexdigest(), doc.outward)

    def __delitem__(self, docname: str) -> None:
        del self.stamps[docname]
        self._packed.pop(docname, None)
        self._open.pop(docname, None)

    def __iter__(self) -> Iterator[str]:
        return iter(self.stamps)

    def __len__(self) -> int:
        return len(self.stamps)

    def __contains__(self, docname: object) -> bool:
        return docname in self.stamps

    def forget(self, docname: str) -> None:
        """Take a document away, if it is there, without unpacking it as ``pop`` does."""
        if docname in self:
            del self[docname]

    def take(self, docname: str, other: PackedDocs) -> None:
        """Take a document over from elsewhere, packed as it is; forget it if it is not there."""
        self.forget(docname)
        if docname not in other:
            return
        self.stamps[docname] = other.stamps[docname]
        self._packed[docname] = other._packed[docname]

    def __getstate__(self) -> dict[str, Any]:
        return {"stamps": self.stamps, "packed": self._packed}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.stamps, self._packed, self._open = state["stamps"], state["packed"], {}
