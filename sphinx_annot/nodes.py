"""Node classes. Each inherits the docutils node that a writer who does not know it should see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

if TYPE_CHECKING:
    from collections.abc import Sequence

#: The attribute by which a block is found again when the pages are made.
BLOCK = "annot_block"
#: The attribute by which a mark, note, passage or register is found again.
INDEX = "annot_index"
#: The attribute with the words of a block before translation.
ORIGINAL = "annot_original"

#: The options of a note and of a header whose words a message catalogue may translate.
TRANSLATED = {"annot_note": ("on", "prefix", "suffix"), "annot_edition": ("title",)}


class _Translatable(nodes.Element, addnodes.translatable):
    """Lets message catalogues translate some attributes; the translation stands beside the original."""

    def _attributes(self) -> tuple[str, ...]:
        return TRANSLATED[type(self).__name__]

    def preserve_original_messages(self) -> None:
        """Keep nothing: the attributes themselves stay as written."""

    def extract_original_messages(self) -> Sequence[str]:
        """Return the words to translate."""
        return [self[name] for name in self._attributes() if self.get(name)]

    def apply_translated_message(self, original_message: str, translated_message: str) -> None:
        """Store the translation of each attribute that has these words."""
        for name in self._attributes():
            if self.get(name) == original_message:
                self[f"{name}_translated"] = translated_message


class annot_edition(nodes.container, _Translatable):
    """The header of an edition."""


class annot_source(nodes.container):
    """The definition of a source; its children are the editor's remark. Prints nothing where it stands."""


class annot_passage(nodes.block_quote):
    """A quoted passage; its last child may be an `annot_attribution`."""


class annot_attribution(nodes.attribution):
    """Speaker, source, locator and mark of a passage."""


class annot_note(nodes.container, _Translatable):
    """An editorial note, or an author's footnote once it stands beside the text."""


class annot_register(nodes.container):
    """The place of a register."""


class annot_backmatter(nodes.container):
    """What follows the text: about the author, rights, disclaimer."""


class annot_cite(nodes.inline):
    """A group of citations: ``items`` are pairs of key and locator. Empty until its marks are made."""


class annot_noteref(nodes.inline):
    """The place of a note's mark. Empty until the mark is made."""


class annot_lemma(nodes.inline):
    """Words that one or more notes are about."""


class annot_quote(nodes.inline):
    """Quoted words inside a sentence."""


class annot_mark(nodes.reference):
    """A mark as printed, a link to its note or source; ``refid`` or ``refuri`` as in a reference."""


class annot_group(nodes.inline):
    """Several marks of sources in one pair of brackets."""


class annot_markline(nodes.paragraph):
    """A line below a block that cannot hold a mark itself."""


class annot_generated(nodes.inline):
    """Words that are neither the author's nor a note's: labels, numbers, brackets."""


class annot_body(nodes.container):
    """The wrapper of an edition's text, where no section does that."""


class annot_list(nodes.container):
    """A list of sources, or a collected list, under a heading of its own."""


class annot_heading(nodes.rubric):
    """The heading of a list."""


class annot_items(nodes.enumerated_list):
    """The items of a list of sources or of a register."""


class annot_item(nodes.list_item):
    """One source, note or passage in a list."""


class annot_pnum(nodes.reference):
    """The number of a paragraph or passage, a link to itself. It has no text; ``n`` is the number."""


class annot_badge(nodes.reference):
    """The verdict on a quote as a sign in the text, a link to what is said of it. It has no text."""


class annot_verdict(nodes.container):
    """The verdict on a quotation.

    ``verdict`` is its kind, ``sign`` and ``label`` what a reader sees of it, ``about`` the quotation's first words,
    ``reason`` why it was not checked, ``parts`` pairs of what words of the source are and the words, ``place`` where.
    """


class annot_controls(nodes.container):
    """Switches: ``switches`` have what is switched (kind, series, layer), its name, its title, and both in one word."""


class annot_ending(nodes.inline):
    """The end of its ``note``: who wrote it, and the ways back."""


class annot_tail(nodes.container):
    """The end of an edition: the room its notes need there, and what the page's script has to know."""


class annot_entry(nodes.paragraph):
    """The words of a source in a list. ``ways`` lead back to its marks on the page, as in a note."""


class annot_cited(nodes.bullet_list):
    """The places on other pages that cite a source, as ``lines``: where to, the page's title, the words there.

    It has no children: a node for each part of a line would be a third of all nodes that are made.
    """


def quoted_words(parent: nodes.Element, opening: str = '"', closing: str = '"') -> str:
    """Return the words under a node as they are quoted: a quotation inside them in its marks, nothing that is ours."""
    parts: list[str] = []
    for child in parent.children:
        match child:
            case nodes.Text():
                parts.append(child.astext())
            case annot_quote():
                parts.append(f"{opening}{quoted_words(child, opening, closing)}{closing}")
            case annot_cite() | annot_noteref() | annot_source() | annot_note() | annot_attribution():
                pass
            case nodes.footnote_reference() | nodes.footnote() | nodes.Invisible() | nodes.system_message():
                pass
            case nodes.Element():
                parts.append(quoted_words(child, opening, closing))
    return parent.child_text_separator.join(parts)


#: Nodes that are replaced before any writer sees them.
PLACES = (annot_source, annot_register, annot_cite, annot_noteref)
