project = "My first edition"
copyright = "2026, A. Berg"
version = "1"
language = "en"
extensions = ["myst_parser", "sphinx_annot"]
myst_enable_extensions = ["colon_fence"]
exclude_patterns = ["_build", ".venv"]
html_theme = "furo"
