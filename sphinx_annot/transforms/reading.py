"""Transforms of a document while it is read."""

from __future__ import annotations

import re
from itertools import count
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.transforms import SphinxTransform

from sphinx_annot import nodes as annot
from sphinx_annot.domain import settings
from sphinx_annot.nodes import ORIGINAL

_LIKE_OURS = re.compile(r"(?:edition|source|passage|ednote|mark|cite|para|footnote)-")


class KeepOriginals(SphinxTransform):
    """Keep the words of each block as written, before message catalogues replace them (priority 20).

    A lemma that a translator has not translated finds its block by them.
    """

    default_priority = 15

    def apply(self, **kwargs: Any) -> None:  # noqa: ANN401 (docutils' interface)
        """Keep the words of blocks that may be translated."""
        if not self._has_catalogues():
            return
        for node in self.document.findall(nodes.TextElement):
            if not isinstance(node, nodes.Inline):
                node[ORIGINAL] = node.astext()

    def _has_catalogues(self) -> bool:
        language = self.config.language
        return any(
            (Path(self.env.srcdir) / folder / language / "LC_MESSAGES").is_dir() for folder in self.config.locale_dirs
        )


class FreeIds(SphinxTransform):
    """Rename headings and labels whose ids are those of our objects: ``source-flood`` for "Source: flood".

    Runs before anything has taken the ids of headings over.
    """

    default_priority = 12

    def apply(self, **kwargs: Any) -> None:  # noqa: ANN401 (docutils' interface)
        """Give other ids to those nodes; most documents have none whose id begins as ours do."""
        # MyST gives the slugs of headings out as ids later, if nothing has them
        slugs = self.env.metadata[self.env.docname].get("myst_slugs", {})
        near = {name for name in (*self.document.ids, *slugs) if _LIKE_OURS.match(name)}
        ours = self._needed() if near else set()
        for name in sorted(near):
            if not (name in ours or self._is_counted(name)):
                continue
            if name in self.document.ids:
                self._rename(self.document.ids[name], name)
            else:
                self.document.ids[name] = self.document

    def _needed(self) -> set[str]:
        """Return the ids that the objects and marks of this document may have."""
        found: set[str] = set()
        for node in self.document.findall(nodes.Element):
            match node:
                case annot.annot_source():
                    found.add(f"source-{node['key']}")
                case annot.annot_cite():
                    found |= {f"{what}-{key}" for key, _ in node["items"] for what in ("source", "cite")}
                case annot.annot_note():
                    found |= {f"ednote-{node['annot_id']}", f"mark-{node['annot_id']}"}
                case annot.annot_passage():
                    found.add(f"passage-{node['annot_id']}")
                case annot.annot_edition():
                    found.add(f"edition-{node['annot_id']}")
                case annot.annot_noteref():
                    found.add(f"mark-{node['target']}")
        return found

    def _is_counted(self, name: str) -> bool:
        """Say whether an id may be that of a numbered paragraph or a footnote beside the text."""
        if name.startswith("para-"):
            return settings(self.env).paragraph_numbers
        return name.removeprefix("mark-").startswith("footnote-") and settings(self.env).footnotes != "native"

    def _rename(self, node: nodes.Element, name: str) -> None:
        free = next(made for number in count(2) if (made := f"{name}-{number}") not in self.document.ids)
        node["ids"] = [free if item == name else item for item in node["ids"]]
        self.document.ids[free] = node
        for words, known in self.document.nameids.items():
            if known == name:
                self.document.nameids[words] = free
        slugs = self.env.metadata[self.env.docname].get("myst_slugs", {})
        for slug, (line, known, title) in slugs.items():
            if known == name:
                slugs[slug] = (line, free, title)


class LeaveOutFootnotes(SphinxTransform):
    """Leave out the author's footnotes that only notes have marked which this build leaves out.

    Runs before docutils numbers footnotes (priority 620).
    """

    default_priority = 600

    def apply(self, **kwargs: Any) -> None:  # noqa: ANN401 (docutils' interface)
        """Take the footnotes away, and keep the keys of the sources that they cite."""
        labels = set(self.env.current_document.get("annot_excluded_footnotes") or ())
        marked = self.document.footnote_refs
        for footnotes in (self.document.footnotes, self.document.autofootnotes) if labels else ():
            for node in list(footnotes):
                if not labels.isdisjoint(node["names"]) and not any(map(marked.get, node["names"])):
                    footnotes.remove(node)
                    self._leave_out(node)

    def _leave_out(self, node: nodes.footnote) -> None:
        node.parent.remove(node)
        for name in node["ids"]:
            self.document.ids.pop(name, None)
        for name in node["names"]:
            self.document.nameids.pop(name, None)
            self.document.nametypes.pop(name, None)
        store = self.env.current_document
        keys = [key for cite in node.findall(annot.annot_cite) for key, _ in cite["items"]]
        store["annot_excluded_keys"] = [*(store.get("annot_excluded_keys") or ()), *keys]


class QuietFootnotes(SphinxTransform):
    """Let Sphinx not complain of an author's footnote without a mark: in an edition it is printed and noticed by us.

    Sphinx looks for footnotes without backlinks at priority 622.
    """

    default_priority = 621

    def apply(self, **kwargs: Any) -> None:  # noqa: ANN401 (docutils' interface)
        """Fill the backlinks of the footnotes that stand beside the text."""
        mode = settings(self.env).footnotes
        if mode == "native" or (mode == "edition" and not any(self.document.findall(annot.annot_edition))):
            return
        for name in ("footnotes", "autofootnotes", "symbol_footnotes"):
            for node in getattr(self.document, name):
                if not node["backrefs"]:
                    node["backrefs"] = [""]
