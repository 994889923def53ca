"""All files of a site: its pages drawn, its data, its style and scripts.

In: what the site is made of. Out: bytes by path. Every text is escaped by the one function that all pages of vendorgate
share; links that lead out are told apart in `report/page/reference.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import Final

from jinja2 import Environment, FunctionLoader

from ....report.page.environment import environment, look, policy
from ....report.page.reference import reference
from ....version import VERSION
from .changelog import changelog_pages
from .document import site_data
from .latest import latest_page
from .model import Asked, Page
from .offering_pages import offering_pages
from .other_pages import about_page, comparison_pages, index_page, question_pages, rows, search_page
from .pairs import pairs
from .published import upstream_data
from .views import Views, views

_SCRIPTS: Final = ("filter.js", "search.js")
_STRICT: Final = {"style-src": "'self'", "script-src": "'self'"}
"""What pages may obey: the style and the scripts that lie beside them."""
_SEARCHING: Final = {
    "style-src": "'self'",
    "script-src": "'self' 'wasm-unsafe-eval'",
    "connect-src": "'self'",
    "worker-src": "'self'",
}
"""The same where the index is searched, which is done by a program that lies beside it, too."""
_MENU: Final = (
    ("Offerings", ""),
    ("Questions", "questions/"),
    ("Comparisons", "compare/"),
    ("Lately", "latest/"),
    ("Changelog", "changelog/"),
    ("Corrections", "corrections/"),
    ("About", "about/"),
    ("Search", "search/"),
)


def drawn(asked: Asked) -> dict[str, bytes]:
    """Every file by its path from the root of the site; the same snapshot and day give the same bytes."""
    cells = views(asked)
    pages = pages_of(asked, cells)
    files = {f"{page.path}index.html": _drawn(page, asked).encode() for page in pages}
    files["data.json"] = upstream_data(asked, cells).encode()
    files["vendorgate.json"] = site_data(asked).encode()
    files["look.css"] = f"{look()}{_part('site.css')}".encode()
    files |= {name: _part(name).encode() for name in _SCRIPTS}
    if asked.address is not None:
        files["sitemap.xml"] = _templates().get_template("sitemap.xml.jinja").render(asked=asked, pages=pages).encode()
    return files


def pages_of(asked: Asked, cells: Views) -> list[Page]:
    """Every page, the first first."""
    table = rows(asked, cells)
    compared, links = comparison_pages(pairs(asked.offerings, asked.pairs), table)
    return [
        *chain(
            (index_page(asked, cells, table),),
            offering_pages(asked, cells, links),
            question_pages(cells, table),
            compared,
            _others(asked),
            (latest_page(asked, cells), about_page(asked), search_page(asked, cells, table)),
        )
    ]


def _others(asked: Asked) -> Iterator[Page]:
    yield from changelog_pages(asked)


def _drawn(page: Page, asked: Asked) -> str:
    """A page as HTML."""
    searching = asked.searched and page.template == "search.html.jinja"
    up = "../" * page.path.count("/")
    return (
        _templates()
        .get_template(page.template)
        .render(
            page.values,
            page=page,
            asked=asked,
            up=up,
            homepage=reference(asked.snapshot.written.homepage or ""),
            menu=_MENU,
            version=VERSION,
            security=policy(_SEARCHING if searching else _STRICT, trusted=not searching),
        )
    )


@cache
def _templates() -> Environment:
    made = environment(FunctionLoader(lambda name: _part(f"templates/{name}")))
    made.filters["file"] = file_of
    return made


def file_of(path: str) -> str:
    """The file of a page, which opens from a folder, too: a path that ends with `/` is that of its `index.html`."""
    place, mark, anchor = path.partition("#")
    name = f"{place}index.html" if not place or place.endswith("/") else place
    return f"{name}{mark}{anchor}"


def _part(name: str) -> str:
    return (files(__package__) / name).read_text("utf-8")
