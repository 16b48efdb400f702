"""The documentation and the demonstration edition, built by the extension itself."""

from importlib.metadata import version as version_of

project = "sphinx_annot"
author = "The sphinx_annot developers"
copyright = "2026, The sphinx_annot developers"
version = release = version_of("sphinx-annot")
language = "en"

extensions = ["myst_parser", "sphinx_annot"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

exclude_patterns = ["_build", "examples", "snippets"]
nitpicky = True

annot_footnotes = "all"
annot_paragraph_numbers = True
annot_reader_controls = True
# Those of the examples in the how-to guides.
annot_series = {
    "teacher": {"title": "For teachers", "style": "upper-alpha"},
    "dates": {"title": "Dates", "style": "lower-roman"},
    "variants": {"title": "Other printings", "style": "symbols"},
}
annot_kinds = {
    "answer": {"title": "Answer", "series": "teacher"},
    "date": {"title": "Date", "series": "dates"},
    "variant": {"title": "Variant", "series": "variants"},
}

html_theme = "furo"
html_title = "sphinx_annot"
html_show_sphinx = False
html_static_path = ["_static"]
html_css_files = ["docs.css"]

latex_engine = "xelatex"
latex_use_xindy = False
# Without the first page, so that its parts become the chapters.
latex_documents = [("index", "sphinx_annot.tex", r"sphinx\_annot", r"The sphinx\_annot developers", "manual", True)]
