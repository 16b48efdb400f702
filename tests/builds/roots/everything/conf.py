project = "Everything"
project_copyright = "the editor"
author = "The editor"
version = release = "1"
language = "en"
extensions = ["myst_parser", "sphinx_annot"]
myst_enable_extensions = ["colon_fence", "deflist"]
annot_kinds = {"answer": {"title": "Answer", "series": "teacher"}}
annot_series = {"teacher": {"title": "For teachers", "style": "upper-alpha"}}
latex_engine = "xelatex"
latex_documents = [("index", "everything.tex", "Everything", "The editor", "manual")]
man_pages = [("index", "everything", "Everything", ["The editor"], 1)]
texinfo_documents = [("index", "everything", "Everything", "The editor", "everything", "Everything in it.", "Texts")]
linkcheck_timeout = 1
linkcheck_retries = 1
