"""In LaTeX, each note stands at its mark, so that both are on one page.

Runs after Sphinx has put the footnotes that stay its own into the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_annot import nodes as annot
from sphinx_annot.domain import annot_domain
from sphinx_annot.transforms.directions import show_directions
from sphinx_annot.transforms.fragments import is_boundary

if TYPE_CHECKING:
    from docutils.nodes import Element, Node
    from sphinx.builders.latex import LaTeXBuilder

#: What holds paragraphs, and is no argument of a macro, table, float or box.
_OPEN = (
    nodes.document, addnodes.start_of_file, nodes.section, nodes.compound,
    nodes.bullet_list, nodes.enumerated_list, nodes.list_item, nodes.block_quote,
    nodes.definition_list, nodes.definition_list_item, nodes.definition, nodes.line_block,
    annot.annot_edition, annot.annot_backmatter, annot.annot_body, annot.annot_list,
)  # fmt: skip
_PARAGRAPHS = (nodes.paragraph, nodes.line, nodes.attribution)
_MARKS = (annot.annot_mark, annot.annot_group)
_AT_MARK = (*_MARKS, annot.annot_note, nodes.footnote)
#: The longest table that Sphinx sets without ``longtable``, which does not work at the foot of a page.
_ROWS = 30


class PrintNotes(SphinxPostTransform):
    """Put notes into the paragraphs that hold their marks, and keep what is written elsewhere free of marks."""

    default_priority = 650
    formats = ("latex",)

    def run(self, **kwargs: Any) -> None:  # noqa: ANN401 (the interface)
        """Go through the marks of the whole book."""
        self._unlink()
        self._drop_targets()
        self._print_title()
        self._style_headers()
        notes = {
            (_docname(note), note["ids"][0]): note
            for note in self.document.findall(annot.annot_note)
            if _belongs_at_foot(note)
        }
        for mark in list(self.document.findall(annot.annot_mark)):
            _hand_over_ids(mark)
            note = notes.pop((_docname(mark), mark.get("refid", "")), None)
            if note is not None:
                _stand(note, mark)
        self._hold_marks()
        show_directions(self.document)

    def _unlink(self) -> None:
        """Take away links into documents that another book has."""
        here = cast("LaTeXBuilder", annot_domain(self.env).builder).docnames
        for node in self.document.findall(nodes.reference):
            address = node.get("refuri", "")
            if address.startswith("%") and address[1:].partition("#")[0] not in here:
                del node["refuri"]

    def _drop_targets(self) -> None:
        """Take away what labels leave before nodes of ours, which print the same labels themselves."""
        every = self.document.findall(nodes.Element)
        ours = (node for node in every if isinstance(node, nodes.target) or type(node).__module__ == annot.__name__)
        labels = {name for node in ours for name in node["ids"]}
        for target in list(self.document.findall(nodes.target)):
            if target.get("refid") in labels:
                target.parent.remove(target)

    def _print_title(self) -> None:
        """Repeat the book's title above its text if it has marks: the title page shows none."""
        title = next(self.document.findall(nodes.title), None)
        if title is None or not isinstance(title.parent, nodes.section):
            return
        if next(title.findall(annot.annot_mark), None) is None:
            return
        line = annot.annot_markline("", "", *title.children, title=True)
        title.children = []
        title += nodes.Text(_plain(line))
        title.parent.insert(title.parent.index(title) + 1, line)

    def _hold_marks(self) -> None:
        """Let LaTeX know the marks of a heading before the heading: some styles turn its letters into capitals."""
        number = 0
        for title in list(self.document.findall(nodes.title)):
            units = [node for node in title.findall(nodes.Element) if isinstance(node, _MARKS) and not _in_group(node)]
            if not units or not isinstance(title.parent, nodes.section):
                continue
            held = annot.annot_markline("", held=True)
            for unit in units:
                number += 1
                held += annot.annot_generated("", _take_space(unit), unit.deepcopy(), hold=number)
                unit["held"] = number
            title.parent.insert(title.parent.index(title), held)

    def _style_headers(self) -> None:
        for header in self.document.findall(annot.annot_edition):
            for line in header.findall(nodes.paragraph):
                name = next((item for item in line["classes"] if item.startswith("annot-")), "")
                if name:
                    macro = rf"\annotheaderline{{{name.removeprefix('annot-')}}}"
                    line.insert(0, nodes.raw("", macro, format="latex"))


def _docname(node: Node) -> str:
    return next((str(item.get("docname", "")) for item in reversed(_path(node)) if is_boundary(item)), "")


def _plain(title: Element) -> str:
    """Return the words of a title without its marks."""
    texts = title.findall(nodes.Text)
    return "".join(str(text) for text in texts if not any(isinstance(node, _MARKS) for node in _path(text))).strip()


def _in_group(node: Element) -> bool:
    return isinstance(node.parent, annot.annot_group)


def _take_space(mark: Element) -> str:
    """Take the space before a mark from the heading, which would keep it where it is printed without the mark."""
    siblings = mark.parent.children
    index = next(number for number, sibling in enumerate(siblings) if sibling is mark)
    before = siblings[index - 1] if index else None
    if not isinstance(before, nodes.Text) or not before.endswith(" "):
        return ""
    mark.parent[index - 1] = nodes.Text(before.rstrip(" "))
    return " "


def _belongs_at_foot(note: annot.annot_note) -> bool:
    """Say whether a note is one for the foot of the page; if so, make its tables fit there."""
    if "label" not in note or note["placement"] != "margin" or isinstance(note.parent, annot.annot_list):
        return False
    tables = list(note.findall(nodes.table))
    if any(sum(1 for _ in table.findall(nodes.row)) > _ROWS for table in tables):
        return False
    for table in tables:
        table["classes"] = [name for name in table["classes"] if name != "longtable"]
    note["foot"] = True
    return True


def _hand_over_ids(mark: annot.annot_mark) -> None:
    """Take the ids from a mark whose words LaTeX prints several times, or writes into a file."""
    for node in reversed(_path(mark)):
        if isinstance(node, nodes.title | nodes.caption):
            holder = node.parent
        elif isinstance(node, nodes.thead):
            holder = node.parent.parent
        elif isinstance(node, nodes.term):
            holder = node
        else:
            continue
        if isinstance(holder, nodes.section | nodes.table | nodes.figure | nodes.container | nodes.term):
            holder["ids"] = [*holder["ids"], *mark["ids"]]
            mark["ids"] = []
        return


def _path(node: Node) -> list[Element]:
    """Return what a node stands in, from the document inwards to itself."""
    path = [cast("Element", node)]
    while path[-1].parent is not None:
        path.append(path[-1].parent)
    path.reverse()
    return path


def _stand(note: annot.annot_note, mark: annot.annot_mark) -> None:
    path = _path(mark)
    for number, node in enumerate(path):
        if isinstance(node, _PARAGRAPHS):
            if not (isinstance(node, annot.annot_markline) and _follows_note(note)):
                _behind(note, node, path[number + 1])
            return
        if isinstance(node, nodes.title | nodes.term):
            _begin_text(note, node)
            return
        if not isinstance(node, _OPEN):
            return


def _follows_note(note: annot.annot_note) -> bool:
    """Say whether notes from inside the block that a line of marks belongs to stand before a note of that line."""
    index = note.parent.index(note)
    return index > 0 and isinstance(note.parent[index - 1], annot.annot_note)


def _behind(note: annot.annot_note, paragraph: Element, child: Element) -> None:
    """Put a note into a paragraph, behind the part that holds its mark and behind the marks that follow."""
    note.parent.remove(note)
    index = paragraph.index(child) + 1
    while index < len(paragraph.children) and isinstance(paragraph.children[index], _AT_MARK):
        index += 1
    paragraph.insert(index, note)


def _begin_text(note: annot.annot_note, head: Element) -> None:
    """Put a note at the beginning of the text below a heading or term, where a page cannot end between the two."""
    text: Node | None = next(
        (
            sibling
            for sibling in head.parent.children[head.parent.index(head) + 1 :]
            if not isinstance(sibling, annot.annot_note | nodes.Invisible | nodes.classifier)
        ),
        None,
    )
    if isinstance(text, nodes.definition):
        text = text.children[0] if text.children else None
    if not isinstance(text, nodes.paragraph):
        return
    note.parent.remove(note)
    index = next(
        (n for n, item in enumerate(text.children) if not isinstance(item, annot.annot_note)), len(text.children)
    )
    text.insert(index, note)
