"""What a file is for."""

from __future__ import annotations

import pytest

from vendorgate.detection.model import Status
from vendorgate.detection.status import by_place, with_imports


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("src/app.py", "used"),
        ("contest/app.py", "used"),
        ("latest/app.py", "used"),
        ("src/testimonials.py", "used"),
        ("tests/test_app.py", "test"),
        ("src/app_test.go", "test"),
        ("src/chat.spec.ts", "test"),
        ("src/AppTest.java", "test"),
        ("src/conftest.py", "test"),
        ("test/vcr_cassettes/a.yml", "test"),
        ("README.md", "docs"),
        ("docs/example.py", "docs"),
        ("requirements.txt", "used"),
        ("requirements-dev.txt", "used"),
        ("notes.txt", "docs"),
        (".github/workflows/ci.yml", "ci"),
        ("sub/.github/workflows/ci.yml", "ci"),
        (".gitlab-ci.yml", "ci"),
        ("scripts/translate.py", "tooling"),
        ("tools/translate.py", "tooling"),
        ("src/agent/tools/search.py", "used"),
        ("demo/src/main/java/dev/example/tools/App.java", "optional"),
        ("src/main/java/dev/acme/App.java", "used"),
        (".continue/config.yaml", "tooling"),
        (".mcp.json", "tooling"),
        ("examples/chat.py", "optional"),
        ("examples/tests/chat.py", "test"),
    ],
)
def test_a_file_is_for_what_its_place_says(path: str, status: Status) -> None:
    assert by_place(path) == status


def test_what_a_used_file_imports_is_used() -> None:
    own: dict[str, Status] = {
        "app.py": "used",
        "tools/llm.py": "tooling",
        "tools/deep.py": "tooling",
        "tools/x.py": "tooling",
    }
    imports = {"app.py": frozenset({"tools/llm.py"}), "tools/llm.py": frozenset({"tools/deep.py"})}
    found = with_imports(own, imports)
    assert found == {"app.py": "used", "tools/llm.py": "used", "tools/deep.py": "used", "tools/x.py": "tooling"}


def test_what_an_optional_file_imports_is_no_weaker_and_circles_end() -> None:
    own: dict[str, Status] = {"examples/a.py": "optional", "tests/b.py": "test", "tests/c.py": "test"}
    imports = {
        "examples/a.py": frozenset({"tests/b.py"}),
        "tests/b.py": frozenset({"examples/a.py", "tests/c.py"}),
        "tests/c.py": frozenset({"tests/b.py"}),
    }
    assert set(with_imports(own, imports).values()) == {"optional"}


def test_what_only_a_test_imports_stays_what_it_is() -> None:
    own: dict[str, Status] = {"tests/a.py": "test", "tests/b.py": "test"}
    assert with_imports(own, {"tests/a.py": frozenset({"tests/b.py"})}) == own
