"""Annotated reading editions for Sphinx."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__version__ = "0.1.0"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register everything with Sphinx."""
    from sphinx_annot import assets, builds, config, domain, nodes, roles, sparing
    from sphinx_annot.directives import edition, ednote, passage, register, source, unknown
    from sphinx_annot.transforms import following, making, reading
    from sphinx_annot.transforms import latex as printed
    from sphinx_annot.writers import html, latex

    sparing.begin()
    for name, default, rebuild, types in config.VALUES:
        app.add_config_value(name, default, rebuild, types)
    app.add_domain(domain.AnnotDomain)
    for name, directive in (
        ("edition", edition.EditionDirective),
        ("source", source.SourceDirective),
        ("passage", passage.PassageDirective),
        ("ednote", ednote.EdnoteDirective),
        ("layer", ednote.LayerDirective),
        ("register", register.RegisterDirective),
        ("backmatter", edition.BackmatterDirective),
        ("", unknown.UnknownDirective),
    ):
        app.add_directive_to_domain("annot", name, directive)
    for name, role in (
        ("cite", roles.CiteRole()),
        ("quote", roles.QuoteRole()),
        ("noteref", roles.NoterefRole()),
        ("lemma", roles.LemmaRole()),
        ("edition", roles.ObjectRole()),
        ("source", roles.ObjectRole()),
        ("passage", roles.ObjectRole()),
        ("ednote", roles.ObjectRole()),
        ("", roles.UnknownRole()),
    ):
        app.add_role_to_domain("annot", name, role)
    for place in nodes.PLACES:
        app.add_node(place)
    for node, visitors in html.VISITORS.items():
        app.add_node(node, html=visitors, latex=latex.VISITORS.get(node, latex.PLAIN))
    app.add_transform(reading.FreeIds)
    app.add_transform(reading.KeepOriginals)
    app.add_transform(reading.LeaveOutFootnotes)
    app.add_transform(reading.QuietFootnotes)
    app.add_post_transform(following.FollowIntoDocuments)
    app.add_post_transform(making.MakePages)
    app.add_post_transform(printed.PrintNotes)
    app.connect("config-inited", builds.prepare)
    app.connect("doctree-read", making.collect, priority=600)
    app.connect("env-updated", builds.assemble, priority=600)
    app.connect("missing-reference", builds.leave_unknown, priority=900)
    app.connect("doctree-resolved", builds.note_written)
    app.connect("build-finished", builds.remember)
    app.connect("env-before-read-docs", sparing.loaded)
    app.connect("build-finished", sparing.end)
    app.connect("builder-inited", assets.register)
    app.connect("html-page-context", assets.place)
    return {"version": __version__, "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
