"""Directives of ours that reStructuredText refuses to read: what is wrong with them, and their words as written."""

from __future__ import annotations

import re
from itertools import takewhile

from docutils import nodes

_OPTION = re.compile(r"\s+:[\w-]+:(\s|$)")
_REFUSED = re.compile(r"Error in .annot:[\w-]+. directive:\s+invalid option block")


def refused(message: nodes.system_message) -> tuple[str, nodes.literal_block] | None:
    """Return what to do about a directive whose text runs on from its options, and what is shown in its place."""
    written = next(message.findall(nodes.literal_block), None)
    if written is None or not _REFUSED.match(message.children[0].astext()):
        return None
    first, *rest = written.astext().splitlines()
    options = list(takewhile(str.strip, rest))
    wrong = next((line.strip() for line in options if not _OPTION.match(line)), options[-1].strip() if options else "")
    trouble = f'"{first.strip()}" cannot be read: "{wrong}" stands among the options and is none; '
    trouble += "write it as :name: value, or leave an empty line before it if the text begins there"
    return trouble, nodes.literal_block(written.rawsource, written.astext(), language="none", xml_space="preserve")
