"""Which files of the project an import means."""

from __future__ import annotations

import pytest

from vendorgate.detection.code import Import, Place
from vendorgate.detection.modules import Modules

PATHS = (
    "app/__init__.py",
    "app/config.py",
    "app/llm/client.py",
    "app/llm/__init__.py",
    "services/a/config.py",
    "services/a/main.py",
    "services/b/config.py",
    "src/openai_client.ts",
    "src/lib/index.ts",
    "src/ui/chat.tsx",
    "src/config.js",
    "lib/client.rb",
    "lib/main.rb",
)


@pytest.mark.parametrize(
    ("path", "language", "module", "names", "expected"),
    [
        ("app/llm/client.py", "python", "..config", ("URL",), ["app/config.py"]),
        ("app/llm/client.py", "python", "..", ("config",), ["app/__init__.py", "app/config.py"]),
        ("app/llm/client.py", "python", ".", ("client",), ["app/llm/__init__.py", "app/llm/client.py"]),
        ("services/a/main.py", "python", "config", ("URL",), ["services/a/config.py"]),
        ("services/a/main.py", "python", "app.llm", ("client",), ["app/llm/__init__.py", "app/llm/client.py"]),
        ("services/a/main.py", "python", "openai", ("OpenAI",), []),
        ("services/a/main.py", "python", "....too.far", ("x",), []),
        ("src/ui/chat.tsx", "javascript", "../openai_client", (), ["src/openai_client.ts"]),
        ("src/ui/chat.tsx", "javascript", "../openai_client.js", (), ["src/openai_client.ts"]),
        ("src/ui/chat.tsx", "javascript", "../lib", (), ["src/lib/index.ts"]),
        ("src/ui/chat.tsx", "javascript", "~/lib", (), ["src/lib/index.ts"]),
        ("src/ui/chat.tsx", "javascript", "@/config", (), ["src/config.js"]),
        ("src/ui/chat.tsx", "javascript", "@ai-sdk/openai", (), []),
        ("src/ui/chat.tsx", "javascript", "openai", (), []),
        ("lib/main.rb", "ruby", "./client", (), ["lib/client.rb"]),
        ("lib/main.rb", "ruby", "openai", (), []),
        ("lib/main.rb", "go", "github.com/acme/lib", (), []),
    ],
)
def test_an_import_means_files_of_the_project_alone(
    path: str, language: str, module: str, names: tuple[str, ...], expected: list[str]
) -> None:
    one = Import(module, Place(1, 1), tuple((name, name) for name in names))
    assert sorted(Modules(PATHS).files(path, language, one)) == sorted(expected)


def test_a_path_from_the_root_of_everything_ends_there() -> None:
    modules = Modules(["/srv/app/src/config.ts", "/srv/app/src/ui/a.ts"])
    files = [
        modules.files("/srv/app/src/ui/a.ts", "javascript", Import(one, Place(1, 1))) for one in ("~/config", "~/x")
    ]
    assert files == [["/srv/app/src/config.ts"], []]
