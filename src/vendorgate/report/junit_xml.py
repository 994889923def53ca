"""JUnit XML as CI systems read it; the only place that builds it.

In: names and texts. Out: elements and a document. Names and texts become lines without what XML does not have, and the
counts of a suite are those of its cases.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, Literal
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from ..terminal.escape import escape, escape_source

Ending = Literal["failure", "error", "skipped"]
_COUNTS: Final[dict[str, Ending]] = {"failures": "failure", "errors": "error", "skipped": "skipped"}
"""A count, and the cases that it counts."""
_SUMS: Final = ("tests", "failures", "errors")


def case(classname: str, name: str) -> Element:
    """A test case; as it is, it passes."""
    return Element("testcase", {"classname": escape(classname), "name": escape(name)})


def end(case: Element, ending: Ending, message: str, lines: Iterable[str] = (), kind: str = "") -> None:
    """Say that a case does not pass, and why; each line has been escaped."""
    attributes = {"type": kind, "message": escape(message)} if kind else {"message": escape(message)}
    element = SubElement(case, ending, attributes)
    element.text = "\n".join(lines) or None


def say(case: Element, lines: Iterable[str]) -> None:
    """Say something of a case that passes; each line has been escaped."""
    SubElement(case, "system-out").text = "\n".join(lines)


def suite(
    name: str,
    cases: Iterable[Element],
    *,
    file: str = "",
    properties: Mapping[str, str] | None = None,
    output: Iterable[str] = (),
) -> Element:
    """A suite; each line of output has been escaped."""
    found = list(cases)
    counts = {count: str(sum(one.find(tag) is not None for one in found)) for count, tag in _COUNTS.items()}
    where = {"file": escape_source(file)} if file else {}
    element = Element("testsuite", {"name": escape(name), "tests": str(len(found)), **counts, **where})
    if properties:
        inner = SubElement(element, "properties")
        for key, value in properties.items():
            SubElement(inner, "property", {"name": key, "value": escape(value)})
    element.extend(found)
    text = "\n".join(output)
    if text:
        SubElement(element, "system-out").text = text
    return element


def document(name: str, suites: Iterable[Element]) -> str:
    """The whole document; its counts are the sums of the suites'."""
    found = list(suites)
    sums = {count: str(sum(int(one.get(count, "0")) for one in found)) for count in _SUMS}
    root = Element("testsuites", {"name": name, **sums})
    root.extend(found)
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"
