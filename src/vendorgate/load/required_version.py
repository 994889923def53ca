"""Which versions of vendorgate a bundle is for, asked before anything else of it is read.

In: `bundle.yaml` as plain values. Out: whether the one that runs is among them. A bundle for another one may have keys
that this one does not know; what they would be called is no use to anybody, so that this alone is said.
"""

from __future__ import annotations

from ..errors import Problem
from ..version import VERSION
from .document import Document

_KEY = "required_version"


def is_for_this(document: Document | None, problems: list[Problem]) -> bool:
    """Whether a bundle is for the version that runs; specifiers that are none are a problem, too, and keep nobody."""
    value = document.value if document is not None else None
    wanted = value.get(_KEY) if isinstance(value, dict) else None
    if document is None or not isinstance(wanted, str) or not wanted.strip():
        return True  # what is no text is said where the file is decoded
    from packaging.specifiers import InvalidSpecifier, SpecifierSet  # few bundles are for some versions alone

    place, source = document.source.locate((_KEY,)), document.source
    try:
        specifiers = SpecifierSet(wanted)
    except InvalidSpecifier:
        help = "write specifiers as PEP 440 has them, with commas between them, such as >=0.2,<1"
        problems.append(Problem(f"`{wanted}` names no versions", place, help, source))
        return True
    if specifiers.contains(VERSION, prereleases=True):
        return True
    import shlex

    title = f"this bundle is for vendorgate {wanted}, and {VERSION} is installed"
    help = f"install one that it is for: pip install {shlex.quote(f'vendorgate{specifiers}')}"
    problems.append(Problem(title, place, help, source))
    return False
