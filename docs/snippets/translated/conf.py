language = "de"
extensions = ["myst_parser", "sphinx_annot"]
myst_enable_extensions = ["colon_fence"]
locale_dirs = ["locale"]
gettext_compact = False
