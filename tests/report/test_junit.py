"""JUnit XML: valid by the XSD that pytest holds its own to, and shown well by CI systems.

`junit-10.xsd` is pytest's `testing/example_scripts/junit-10.xsd`, which carries its licence (MIT) at its top.
"""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.report.evaluations import EVALUATIONS, PIECES
from tests.report.one import MANIFEST, evaluation, world
from tests.thoroughness import share
from vendorgate.model.evaluation import Evaluation
from vendorgate.report import junit
from vendorgate.report.junit_xml import case, document, end, suite
from vendorgate.report.surroundings import Surroundings

Judged = tuple[Evaluation, Surroundings]
XSD = etree.XMLSchema(etree.parse(str(Path(__file__).with_name("junit-10.xsd"))))
HOSTILE = st.one_of(st.lists(st.sampled_from(PIECES), max_size=6).map("".join), st.text(max_size=12))


def parsed(found: Evaluation, surroundings: Surroundings = Surroundings()) -> etree._Element:
    return etree.fromstring(junit.render(found, surroundings).encode())


@settings(
    max_examples=share(40), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(EVALUATIONS)
def test_report_is_valid_by_the_xsd(judged: Judged) -> None:
    XSD.assertValid(parsed(*judged))


@given(HOSTILE, HOSTILE, HOSTILE)
def test_any_text_makes_a_valid_document(name: str, message: str, path: str) -> None:
    only = case(name, message)
    end(only, "failure", message, [], "error")
    text = document("vendorgate", [suite(name, [only], file=path, properties={"key": message})])
    XSD.assertValid(etree.fromstring(text.encode()))


def test_each_outcome_has_its_element(tmp_path: Path) -> None:
    root = parsed(evaluation(tmp_path))
    cases = {one.get("name"): one for one in root.iter("testcase")}
    assert {name: [child.tag for child in one] for name, one in cases.items()} == {
        "unknown-but-passes on alpha": ["error"],
        "needs-baa on alpha": ["failure"],
        "waived on alpha": ["skipped"],
        "never-applies on alpha": ["skipped"],
        "passes on alpha": [],
    }
    assert {one.get("classname") for one in cases.values()} == {"notes.first"}
    failure = cases["needs-baa on alpha"][0]
    assert failure.get("type") == "error"
    assert failure.get("message") == "blocks: usage `first` on alpha: hipaa_baa is not covered"
    assert (failure.text or "").splitlines()[:2] == ["error: A BAA", f"at {tmp_path}/{MANIFEST}:1:63"]
    error = cases["unknown-but-passes on alpha"][0]
    assert error.get("type") == "note"
    assert (error.get("message") or "").startswith("does not block: ")
    assert cases["waived on alpha"][0].get("message") == "waived until 2027-11-30 by ciso: pilot"
    assert cases["never-applies on alpha"][0].get("message") == "not applicable"


def test_manifests_of_one_project_are_suites_of_their_own(tmp_path: Path) -> None:
    files = world()
    files["services/b/vendorgate.yaml"] = files[MANIFEST]
    root = parsed(evaluation(tmp_path, **files), Surroundings(str(tmp_path), str(tmp_path)))
    names = ["notes (services/a/vendorgate.yaml)", "notes (services/b/vendorgate.yaml)"]
    assert [one.get("name") for one in root] == names
    assert [one.get("file") for one in root] == ["services/a/vendorgate.yaml", "services/b/vendorgate.yaml"]
    pairs = [(one.get("classname"), one.get("name")) for one in root.iter("testcase")]
    assert len(set(pairs)) == len(pairs) == 10


def test_project_without_usages_is_a_suite_without_cases(tmp_path: Path) -> None:
    files = world()
    files["services/b/vendorgate.yaml"] = {"version": 1, "project": "none", "usages": []}
    root = parsed(evaluation(tmp_path, **files), Surroundings(str(tmp_path), str(tmp_path)))
    assert [(one.get("name"), one.get("tests")) for one in root] == [("notes", "5"), ("none", "0")]
    about_all, about_one = ((one.findtext("system-out") or "").splitlines() for one in root)
    assert [line.partition(":")[0] for line in about_all] == ["note[self-declared]"]
    assert about_one == [
        "note[no-usages]: project `none` declares that it uses no AI vendor (services/b/vendorgate.yaml:1:35)"
    ]


def test_suite_says_what_its_verdict_rests_on(tmp_path: Path) -> None:
    found = evaluation(tmp_path)
    properties = {one.get("name"): one.get("value") for one in parsed(found).iter("property")}
    assert properties["verdict"] == "fail"
    assert properties["blocking"] == "1"
    assert properties["manifest_sha256"] == found.manifests[0].sha256
    assert properties["bundle_sha256"] == found.bundle.sha256
    assert properties["registry_sha256"] == found.snapshot.sha256
