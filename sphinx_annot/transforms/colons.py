"""Ids without colons for EPUB: some readers take what stands before one for a protocol.

Sphinx's builder takes the colons out of every link, but out of the ids of its own nodes only.
"""

from __future__ import annotations

from docutils import nodes


def take_colons(tree: nodes.document) -> None:
    """Put hyphens for the colons in all ids, and in what names an id beside the links that Sphinx mends."""
    for node in tree.findall(nodes.Element):
        node["ids"] = [name.replace(":", "-") for name in node["ids"]]
        if "notes" in node:
            node["notes"] = [name.replace(":", "-") for name in node["notes"]]
        if "after" in node:
            node["after"] = node["after"].replace(":", "-")
        for name in ("ways", "lines"):
            if name in node:
                node[name] = [(_plain(address), *rest) for address, *rest in node[name]]


def _plain(address: dict[str, str]) -> dict[str, str]:
    """Return the attributes of a link; only what stands behind the page's name is changed."""
    changed = {}
    for name, value in address.items():
        page, mark, fragment = value.rpartition("#")
        changed[name] = f"{page}{mark}{fragment.replace(':', '-')}"
    return changed
