"""The documentation as a site: `python -m tools.site` builds it, strictly.

Everything in `reference/generated/` is written anew from the code by `tools/reference.py` whenever the site is built.
"""

from __future__ import annotations

import gc
import sys
from pathlib import Path

from sphinx.application import Sphinx

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from tools.reference import write_pages  # noqa: E402  # found by the line above
from tools.site_words import enter_words  # noqa: E402

from vendorgate.version import VERSION  # noqa: E402

project = "vendorgate"
author = "the vendorgate developers"
release = VERSION
copyright = "the vendorgate developers, Apache-2.0"  # Sphinx's name for it

extensions = ["myst_parser", "sphinx_copybutton"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 4
myst_url_schemes = ["http", "https", "mailto"]
# A fence says after its language what a test does with it, as in `yaml manifest`; the highlighter reads the first word.
highlight_language = "none"
copybutton_prompt_text = "$ "
copybutton_only_copy_prompt_lines = True

html_theme = "furo"
html_title = "vendorgate"
html_show_sphinx = False
html_copy_source = False
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_js_files = ["site.js"]
html_favicon = "_static/icon.svg"
html_theme_options = {
    "source_repository": "",
    "footer_icons": [],
}
nitpicky = True
smartquotes = False  # `--format` has two hyphens


def setup(app: Sphinx) -> None:
    """Write the generated pages before anything is read."""
    gc.disable()  # a build lets go of nothing before it ends, and looking for it takes a fifth of the time
    write_pages(HERE / "reference" / "generated")
    app.connect("doctree-read", enter_words)
