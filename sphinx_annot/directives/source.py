"""``annot:source``: what is quoted or cited; and the fields it shares with the header of an edition."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from sphinx_annot import nodes as annot
from sphinx_annot.directives.base import AnnotDirective, option_spec
from sphinx_annot.model.problems import Code
from sphinx_annot.model.values import SOURCE_FIELDS, SOURCE_TYPES, clip, digest, is_key, near_names, persons, slug

if TYPE_CHECKING:
    from docutils import nodes

    from sphinx_annot.model.records import Source


class SourceFields(AnnotDirective):
    """A directive with the options of a source."""

    def source(self, key: str) -> Source:
        """Return the source that the options describe."""
        from sphinx_annot.model.records import Source  # noqa: PLC0415 (most builds read few documents)

        return Source(
            key=key,
            type=self._type(),
            author=persons(self.text("author")),
            editor=persons(self.text("editor")),
            translator=persons(self.text("translator")),
            issued=self.date("issued"),
            original_date=self.date("original-date"),
            accessed=self.date("accessed"),
            archive_date=self.date("archive-date"),
            url=self.address("url"),
            archive_url=self.address("archive-url"),
            doi=self._doi(),
            snapshot=self._snapshots(),
            **{
                name.replace("-", "_"): self.text(name)
                for name in (
                    "title", "subtitle", "container-title", "publisher", "publisher-place", "edition", "isbn", "page",
                    "volume", "issue", "language", "rights", "number",
                )
            },
        )  # fmt: skip

    def _type(self) -> str:
        value = self.text("type")
        if value and value not in SOURCE_TYPES:
            names = near_names(value, SOURCE_TYPES)
            hint = f'did you mean "{names[0]}"?' if names else "use a type of CSL, such as book, chapter or webpage"
            self.complain(Code.OPTION, f':type: "{clip(value)}" is not known; {hint}')
            return ""
        return value

    def _doi(self) -> str:
        value = self.text("doi")
        for prefix in ("https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "http://dx.doi.org/", "doi:"):
            if value.lower().startswith(prefix):
                return value[len(prefix) :].strip()
        return value

    def _snapshots(self) -> tuple[str, ...]:
        found = []
        for path in persons(self.text("snapshot")):
            if PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path).parts or "\\" in path:
                message = (
                    f':snapshot: "{clip(path)}" leaves the folder "{self.settings.snapshots}"; put the file inside it'
                )
                self.complain(Code.FILE, message)
            else:
                found.append(PurePosixPath(path).as_posix())
        return tuple(found)


class SourceDirective(SourceFields):
    """Define a source. The body is the editor's remark on it."""

    option_spec = option_spec(*SOURCE_FIELDS)

    def build(self) -> list[nodes.Node]:
        """Make an empty place with the source's remark."""
        source = self.source(self._key())
        node = annot.annot_source("", key=source.key, **attributes(source))
        self.set_source_info(node)
        node.extend(self.body())
        self.add_name(node)
        return [node]

    def _key(self) -> str:
        key = self.argument()
        if is_key(key):
            return key
        title = self.text("title")
        made = slug(key or title) or digest(self.env.docname, str(self.lineno))
        if key:
            message = f'"{clip(key)}" is no key; leave out spaces, , ; < > # % " \\ and backquotes; it is now "{made}"'
        else:
            message = f"a source needs a key to be cited by, as in annot:source {made}; it has that one for now"
        self.complain(Code.OPTION, message)
        return made


def attributes(source: Source) -> dict[str, object]:
    """Return the fields that are set, as attributes of a node."""
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name in SOURCE_FIELDS
        if (value := getattr(source, name.replace("-", "_")))
    }
