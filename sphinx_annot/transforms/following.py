"""Links of MyST to something within a document, ``other.md#ednote-a``, where that something is one of our objects."""

from __future__ import annotations

import re
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


class FollowIntoDocuments(SphinxPostTransform):
    """Make such links what MyST makes of ``#ednote-a``, which it asks us about; it knows headings and labels itself."""

    default_priority = 4

    def run(self, **kwargs: Any) -> None:  # noqa: ANN401 (docutils' interface)
        """Go through the links of the tree."""
        domain = annot_domain(self.env)
        # few projects have such links, and looking costs a pass over each page
        if domain.index is None or not domain.index.has_links_into or domain.edition is None:
            return
        for node in self.document.findall(addnodes.pending_xref):
            name = object_in_document(node)
            if name and self._is_object(domain.edition, node["reftarget"], name):
                node["refdomain"], node["reftarget"] = "", name

    def _is_object(self, edition: Edition, docname: str, name: str) -> bool:
        if docname not in edition.docs or name in self.env.metadata[docname].get("myst_slugs", {}):
            return False
        standard = self.env.domains.standard_domain
        found = edition.find_any(name, docname)
        known = name.lower() in standard.labels or name.lower() in standard.anonlabels
        return found is not None and found.docname == docname and not known
