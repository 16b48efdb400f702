"""Articles in: a text, Markdown or HTML file -> what an edition needs to know of it. No docutils, no Sphinx."""
