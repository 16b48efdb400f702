"""Links of MyST to something within a document, ``other.md#ednote-a``, where that something is one of our objects."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_annot.domain import annot_domain
from sphinx_annot.model.values import OBJECT_TYPES

if TYPE_CHECKING:
    from sphinx_annot.model.edition import Edition

_OBJECT = re.compile(rf"(?:{'|'.join(OBJECT_TYPES)})-.+")


def object_in_document(node: addnodes.pending_xref) -> str:
    """Return the id that a link gives within a document, if it may be that of one of our objects; else nothing."""
    name = str(node.get("reftargetid") or "") if node.get("refdomain") == "doc" else ""
    return name if _OBJECT.fullmatch(name) else ""


@lru_cache(maxsize=1)
def _are_there(edition: Edition) -> bool:
    """Say whether any document may have such links: few projects do, and looking costs a pass over each page."""
    references = (reference for doc in edition.docs.values() for reference in doc.references)
    return any(reference.role == "any" and _OBJECT.fullmatch(reference.target) for reference in references)


class FollowIntoDocuments(SphinxPostTransform):
    """Make such links what MyST makes of ``#ednote-a``, which it asks us about; it knows headings and labels itself."""

    default_priority = 4

    def run(self, **kwargs: Any) -> None:  # noqa: ANN401 (docutils' interface)
        """Go through the links of the tree."""
        edition = annot_domain(self.env).edition
        if edition is None or not _are_there(edition):
            return
        for node in self.document.findall(addnodes.pending_xref):
            name = object_in_document(node)
            if name and self._is_object(edition, node["reftarget"], name):
                node["refdomain"], node["reftarget"] = "", name

    def _is_object(self, edition: Edition, docname: str, name: str) -> bool:
        if docname not in edition.docs or name in self.env.metadata[docname].get("myst_slugs", {}):
            return False
        standard = self.env.domains.standard_domain
        found = edition.find_any(name, docname)
        known = name.lower() in standard.labels or name.lower() in standard.anonlabels
        return found is not None and found.docname == docname and not known
