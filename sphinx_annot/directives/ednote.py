"""``annot:ednote`` and ``annot:layer``: an editorial note, and the defaults of a layer of them."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_annot import nodes as annot
from sphinx_annot.config import PLACEMENTS
from sphinx_annot.directives.base import AnnotDirective, option_spec
from sphinx_annot.model.problems import Code
from sphinx_annot.model.values import clip, near_names

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

_LAYER = "annot_layer"
_LAYERS = "annot_layers"
_EXCLUDED = "annot_excluded"
_EXCLUDED_BY = "annot_excluded_by"
_EXCLUDED_KEYS = "annot_excluded_keys"
_EXCLUDED_FOOTNOTES = "annot_excluded_footnotes"


class _NoteOptions(AnnotDirective):
    def kind(self) -> str:
        """Return the kind; one that is not known is reported and kept, so that the note shows it."""
        value = self.text("kind")
        if value and value not in self.settings.kinds:
            names = near_names(value, self.settings.kinds)
            hint = f'did you mean "{names[0]}"?' if names else "add it to annot_kinds"
            self.complain(Code.OPTION, f':kind: "{clip(value)}" is not known; {hint}')
        return value


class LayerDirective(_NoteOptions):
    """The defaults of all notes that follow in this document; a name leads to where they are given."""

    optional_arguments = 0
    option_spec = option_spec("in", "by", "kind", "placement")

    def build(self) -> list[nodes.Node]:
        """Keep the defaults; what stands in the body is printed where it is."""
        layer = {
            "in": self.text("in"),
            "by": self.person("by"),
            "kind": self.kind(),
            "placement": self.choice("placement", PLACEMENTS),
        }
        if not layer["in"]:
            self.complain(Code.OPTION, 'a layer says what it is about: add ":in:" and the name of the document')
        self.env.current_document[_LAYER] = layer
        from sphinx_annot.model.records import Layer  # noqa: PLC0415 (most builds read few documents)

        _add(self.env, _LAYERS, Layer(target=layer["in"], place=self.place))
        target = nodes.target("", "")
        self.add_name(target)
        return [*([target] if target["ids"] else []), *self.body()]


class EdnoteDirective(_NoteOptions):
    """An editorial note."""

    option_spec = option_spec("on", "prefix", "suffix", "nth", "in", "kind", "by", "date", "placement")

    def build(self) -> list[nodes.Node]:
        """Make the note, or, if this build leaves it out, remember only its id."""
        layer: dict[str, str] = self.env.current_document.get(_LAYER) or {}
        on = self.text("on")
        node = annot.annot_note("", annot_id=self.identifier(on), on=on, nth=self._nth(), date=self.date("date"))
        node["prefix"], node["suffix"] = self.text("prefix"), self.text("suffix")
        node["target"] = self.text("in") or layer.get("in", "")
        node["kind"] = self.kind() or layer.get("kind", "")
        node["by"] = self.person("by") or layer.get("by", "")
        node["placement"] = self.choice("placement", PLACEMENTS) or layer.get("placement", "")
        node["layer"] = bool(layer)
        node["classes"] += self.options.get("class", [])
        if self._is_excluded(node):
            return self._exclude(node)
        self.set_source_info(node)
        node.extend(self.body())
        if not node.children:
            indented = " and indented as they are" if self.block_text.lstrip().startswith("..") else ""
            message = f"the note is empty; write it below the options, after an empty line{indented}"
            self.complain(Code.OPTION, message)
        self.add_name(node)
        return [node]

    def _nth(self) -> int:
        value = self.text("nth")
        if not value:
            return 0
        if value.isascii() and value.isdecimal() and 0 < len(value) < 10 and int(value):  # noqa: PLR2004 (an int)
            return int(value)
        self.complain(Code.OPTION, f':nth: "{clip(value)}" is no number; count the places from 1')
        return 0

    def _is_excluded(self, node: nodes.Element) -> bool:
        return any(
            (what == "kind" and node["kind"] == name)
            or (what == "by" and node["by"] == name)
            or (what == "layer" and node["layer"] and fnmatchcase(self.env.docname, name))
            for what, name in self.settings.exclude_notes
        )

    def _exclude(self, node: nodes.Element) -> list[nodes.Node]:
        """Remember the note's id, who wrote it, what stands in it and what it cites, without reading it as markup."""
        from sphinx_annot.directives import leftout  # noqa: PLC0415 (in most builds nothing is)

        text = "\n".join(self.content)
        # an id that the author did not write is made of words that nobody is to see
        written = node["annot_id"] if node["annot_id"] in self.arguments else ""
        for store, names in (
            (_EXCLUDED, [written, *leftout.objects(text)]),
            (_EXCLUDED_BY, [node["by"]]),
            (_EXCLUDED_FOOTNOTES, leftout.footnotes(text)),
            (_EXCLUDED_KEYS, leftout.sources(text)),
        ):
            for name in names:
                _add(self.env, store, name)
        return []


def _add(env: BuildEnvironment, store: str, item: object) -> None:
    """Keep something for the records of the document that is being read."""
    env.current_document[store] = [*(env.current_document.get(store) or ()), item]
