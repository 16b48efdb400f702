"""Directives of ours that reStructuredText refuses to read: what is wrong with them, and their words as written."""

from __future__ import annotations

import re

from docutils import nodes

_REFUSED = re.compile(r"Error in .annot:[\w-]+. directive:\s+invalid option block")


def refused(message: nodes.system_message) -> tuple[str, nodes.literal_block] | None:
    """Return what to do about a directive whose text runs on from its options, and what is shown in its place."""
    written = next(message.findall(nodes.literal_block), None)
    if written is None or not _REFUSED.match(message.children[0].astext()):
        return None
    first = written.astext().partition("\n")[0].strip()
    trouble = f'"{first}" cannot be read: its text follows the options too closely; leave an empty line between them'
    return trouble, nodes.literal_block(written.rawsource, written.astext(), language="none", xml_space="preserve")
