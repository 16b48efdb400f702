"""Whatever words there are, both writers give them back: as text, as a title, as an option."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import docutils.core
import docutils.utils
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.myst_blocks import myst_block_plugin
from mdit_py_plugins.myst_role import myst_role_plugin

from sphinx_annot.formats.markup import markup_writer
from sphinx_annot.formats.markup_myst import myst_value
from sphinx_annot.formats.pieces import Piece, Words, source_options
from sphinx_annot.model.records import Source

if TYPE_CHECKING:
    from collections.abc import Iterable

PARTS = st.sampled_from(
    [
        *"*_`[](){}<>#|\\~^&$%:;=+-.!?\"'/@1aB ",
        "::",
        ":::",
        "---",
        "...",
        "&amp;",
        "www.a.b",
        "]_",
        "http://a.b/c_",
        "x_y",
        "1. ",
        "word",
        "é",
        "水",
        "«",
        "“",
    ]
)
TEXTS = st.lists(PARTS, min_size=1, max_size=14).map("".join).filter(lambda text: text.strip())
STYLES = st.sampled_from(
    [frozenset(), frozenset({"em"}), frozenset({"strong"}), frozenset({"em", "strong"}), frozenset({"sup"})]
)


def squeezed(text: str) -> str:
    return " ".join(text.split())


def myst_text(source: str) -> str:
    """Return the words that a Markdown parser with MyST's block syntax sees in one paragraph."""
    parser = (
        MarkdownIt("commonmark")
        .enable("table")
        .use(footnote_plugin, inline=False)
        .use(myst_block_plugin)
        .use(myst_role_plugin)
    )
    tokens = parser.parse(source)
    assert {token.type for token in tokens} == {"paragraph_open", "inline", "paragraph_close"}, source
    return squeezed("".join(_inline_text(token) for token in tokens[1].children or []))


def _inline_text(token: object) -> str:
    kind = getattr(token, "type", "")
    return (
        " "
        if kind in ("softbreak", "hardbreak")
        else getattr(token, "content", "")
        if not kind.startswith("html")
        else "<html>"
    )


def rest_text(source: str) -> str:
    """Return the words that docutils sees in one paragraph of reST."""
    stream = io.StringIO()
    tree = docutils.core.publish_doctree(source, settings_overrides={"warning_stream": stream, "report_level": 1})
    assert [child.tagname for child in tree.children] == ["paragraph"], (source, stream.getvalue())
    assert not list(tree.findall(docutils.nodes.problematic)), source
    return squeezed(tree.astext().replace("\x00", ""))


def written(markup: str, words: Iterable[Words]) -> str:
    return markup_writer(markup).document([Piece(kind="paragraph", words=tuple(words))])


@settings(max_examples=400, deadline=None)
@given(text=TEXTS)
def test_any_text_is_read_back_from_myst(text: str) -> None:
    assert myst_text(written("myst", [Words(text=text)])) == squeezed(text)


@settings(max_examples=400, deadline=None)
@example(text="+---+")
@example(text="=== ===")
@example(text="\\\\")
@example(text="[[[[")
@given(text=TEXTS)
def test_any_text_is_read_back_from_rest(text: str) -> None:
    assert rest_text(written("rest", [Words(text=text)])) == squeezed(text)


@settings(max_examples=300, deadline=None)
@example(parts=[("(", frozenset()), (")", frozenset({"em"}))])
@given(parts=st.lists(st.tuples(TEXTS, STYLES), min_size=1, max_size=4))
def test_any_styles_are_read_back_from_rest(parts: list[tuple[str, frozenset[str]]]) -> None:
    words = [Words(text=text, styles=styles) for text, styles in parts]
    assert rest_text(written("rest", words)).replace(" ", "") == squeezed("".join(text for text, _ in parts)).replace(
        " ", ""
    )


@settings(max_examples=300, deadline=None)
@given(parts=st.lists(st.tuples(TEXTS, STYLES), min_size=1, max_size=4))
def test_any_styles_are_read_back_from_myst(parts: list[tuple[str, frozenset[str]]]) -> None:
    words = [Words(text=text, styles=styles) for text, styles in parts]
    assert myst_text(written("myst", words)).replace(" ", "") == squeezed("".join(text for text, _ in parts)).replace(
        " ", ""
    )


@settings(max_examples=300, deadline=None)
@given(value=TEXTS)
def test_any_option_is_read_back_from_myst(value: str) -> None:
    from myst_parser.parsers.options import options_to_items  # noqa: PLC0415

    items, _ = options_to_items(f"title: {myst_value(value)}\nnumber: 7")
    assert items == [("title", squeezed(value)), ("number", "7")]


def test_marks_that_follow_one_another_are_one_group() -> None:
    words = [Words(text="So"), Words(cite=("a",)), Words(cite=("b",)), Words(text=" and"), Words(footnote="1")]
    assert written("myst", words) == "So{annot:cite}`a; b` and[^1]\n"
    assert written("rest", words) == "So\\ :annot:cite:`a; b` and\\ [1]_\n"


def test_a_source_is_written_with_its_fields_in_order() -> None:
    source = Source(
        key="teal2011", type="webpage", author=("Anna Teal", "B. Mill"), title='"The Mill": a tale', url="https://a.b/c"
    )
    piece = Piece(kind="directive", info="annot:source", id="teal2011", options=source_options(source))
    assert markup_writer("myst").document([piece]) == (
        ":::{annot:source} teal2011\n:type: webpage\n:author: Anna Teal; B. Mill\n:title: '\"The Mill\": a tale'\n:url: https://a.b/c\n:::\n"
    )
    assert (
        markup_writer("rest")
        .document([piece])
        .startswith(
            ".. annot:source:: teal2011\n   :type: webpage\n   :author: Anna Teal; B. Mill\n"
            '   :title: "The Mill": a tale\n'
        )
    )


def test_directives_inside_one_another_have_longer_fences() -> None:
    inner = Piece(
        kind="directive", info="annot:passage", children=(Piece(kind="paragraph", words=(Words(text="words"),)),)
    )
    outer = Piece(kind="directive", info="annot:backmatter", children=(inner,))
    assert (
        markup_writer("myst")
        .document([outer])
        .startswith("::::{annot:backmatter}\n\n:::{annot:passage}\n\nwords\n:::\n::::")
    )


def test_a_table_of_one_row_has_no_head() -> None:
    cells = tuple(Piece(kind="cell", words=(Words(text=text),)) for text in ("a", "b"))
    table = Piece(kind="table", children=(Piece(kind="row", info="head", children=cells),))
    assert ":header-rows: 0" in markup_writer("myst").document([table])
