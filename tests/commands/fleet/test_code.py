"""Code that is gathered is held against its manifests as a check of a clone does it."""

from __future__ import annotations

import datetime
import json
import multiprocessing
import multiprocessing.spawn
import os
import shutil
import signal
import threading
from pathlib import Path
from typing import Any, Final

import pytest

from tests.command import process, vendorgate
from tests.commands.fleet.gathering import FILE, blob, gather, repositories, shown, tree
from tests.commands.fleet.test_gather import made
from tests.commands.fleet.test_store import everything
from tests.commands.review.repository import AUDITED, Content, Repository, manifest, policies, usage
from tests.remote.server import PROXIES, Authority, serving
from vendorgate.commands.fleet.gather import code
from vendorgate.commands.fleet.gather import lookers as lookers_module
from vendorgate.commands.fleet.gather.lookers import lookers
from vendorgate.commands.fleet.model import FoundDrift
from vendorgate.errors import InputError
from vendorgate.frame import defaults
from vendorgate.frame.detecting import listed_in
from vendorgate.load.files import shipped
from vendorgate.load.nearby import REGISTRY

CATALOGUE: Final = listed_in(shipped(REGISTRY), None).catalogue
OPENAI: Final = (
    "from openai import OpenAI\nclient = OpenAI()\nclient.chat.completions.create(model='gpt-5', messages=[])\n"
)
DECLARED: Final = manifest(usage("chat", "openai-api", "internal", models=["gpt-5"], endpoints=["chat completions"]))
CODE: Final[dict[str, dict[str, Content]]] = {
    "acme/silent": {"src/app.py": OPENAI},
    "acme/declared": {"vendorgate.yaml": DECLARED, "src/app.py": OPENAI},
    "acme/nested": {"a/vendorgate.yaml": DECLARED, "a/app.py": OPENAI, "b/app.py": OPENAI},
    "acme/more": {"vendorgate.yaml": DECLARED, "app.py": OPENAI.replace("gpt-5", "gpt-4o")},
    "acme/unused": {"vendorgate.yaml": DECLARED, "README.md": "nothing"},
    "acme/broken": {"vendorgate.yaml": "version: 1\n", "app.py": OPENAI, "x/vendorgate.yaml": DECLARED},
    "acme/words": {"vendorgate.yaml": manifest(usage("chat", "openai-apy", "internal")), "app.py": OPENAI},
    "acme/others": {
        "vendorgate.yaml": DECLARED,
        "node_modules/x/index.js": "x",
        "app.py": OPENAI,
        "main.rb": b"\xff\0",
    },
    "acme/nothing": {"README.md": "nothing"},
}


@pytest.fixture
def fleet(tmp_path: Path) -> Path:
    for name, files in CODE.items():
        Repository(made(tmp_path / "d" / name)).commit(files)
    links = Repository(tmp_path / "d" / "acme" / "others")
    (links.folder / "run.py").symlink_to("/elsewhere/run.py")
    links.commit()
    return tmp_path


def drift(folder: Path) -> list[FoundDrift]:
    return everything(folder / "store")[2]


def differences(clone: Path) -> list[tuple[Any, ...]]:
    """What `detect --against` says of a clone; nothing where none of its manifests can be read."""
    ended = vendorgate("detect", ".", "--against", "auto", "--format", "json", folder=clone)
    if ended.code == 2 and not ended.stdout:
        return []
    found = [
        (one["kind"], one["severity"], one["message"], one["location"]) for one in json.loads(ended.stdout)["drift"]
    ]
    return [(*words, at["path"], at["line"]) for *words, at in found]


def test_differences_are_those_of_a_check_of_each_clone(fleet: Path) -> None:
    ended = gather("d", "--code", folder=fleet)
    assert ended.code == 0
    found = drift(fleet)
    for name in CODE:
        told = [
            (one.id, one.severity, one.message, one.path, one.line)
            for one in found
            if one.repository == name and one.id != "code-not-read"
        ]
        assert told == differences(fleet / "d" / name), name
    assert {one.repository for one in found} >= {"acme/silent", "acme/nested", "acme/more", "acme/unused"}
    assert not [one for one in found if one.repository in ("acme/declared", "acme/nothing")]
    assert f"{len(found)} differences between code and manifests" in ended.stdout
    assert all(one.coded for one in repositories(fleet).values())


OTHERS = "was held against its manifests by other policies, registry or version than judge here"


def test_check_fails_by_what_the_code_does_and_says_where_others_judged_it(tmp_path: Path) -> None:
    Repository(made(tmp_path / "d" / "acme" / "silent")).commit(CODE["acme/silent"])
    Repository(made(tmp_path / "d" / "acme" / "declared")).commit({"vendorgate.yaml": DECLARED})
    assert vendorgate("init", "bundle", "--name", "strict", "--pack", "source-code", folder=tmp_path).code == 0
    with (tmp_path / "policies" / "bundle.yaml").open("a", encoding="utf-8") as file:
        file.write("detect: {severity: {undeclared-offering: error}}\n")

    def check(*options: str) -> tuple[int, bool]:
        ended = vendorgate("fleet", "check", "store", "--out", "run", "--jobs", "1", *options, folder=tmp_path)
        blocks = "difference between code and manifests blocks" in ended.stdout
        assert blocks == bool(ended.code), ended.stdout
        return ended.code, f"the code of 2 repositories {OTHERS}" in ended.stderr

    ended = gather("d", "--code", "--policies", "builtin", "--pack", "gdpr", folder=tmp_path)
    assert check() == (0, True)
    told = ended.stderr.splitlines()[-1].partition("; judge it: vendorgate ")[2]
    assert told == "fleet check store --out run --policies builtin --pack gdpr"
    assert OTHERS not in vendorgate(*told.split(), "--jobs", "1", folder=tmp_path).stderr
    gather("d", "--code", folder=tmp_path)
    assert check() == (1, False)
    assert check("--pack", "residency") == (1, True)
    assert check("--as-of", "2026-11-29") == (1, False), "code is judged by the day of the gathering"
    gather("d", folder=tmp_path)
    assert check() == (0, False)


def test_nothing_is_left_beside_the_store(fleet: Path) -> None:
    """In a process of its own, which ends without looking back."""
    made(fleet / "temporary")
    environment = {"TMPDIR": str(fleet / "temporary")}
    ended = process("fleet", "gather", "d", "--store", "store", "--code", folder=fleet, environment=environment)
    assert ended.code == 0, ended
    assert list((fleet / "temporary").iterdir()) == []
    assert [one.name for one in (fleet / "store").iterdir()] == ["store.sqlite"]


def test_what_was_not_read_is_told(fleet: Path) -> None:
    gather("d", "--code", folder=fleet)
    told = [one for one in drift(fleet) if one.id == "code-not-read" and one.repository == "acme/others"]
    words = " ".join(one.message for one in told)
    assert "run.py (a link)" in words
    assert "1 file in node_modules" in words


def test_files_whose_paths_read_the_same_are_told_and_not_taken_for_one(tmp_path: Path) -> None:
    one = Repository(made(tmp_path / "d" / "acme" / "a"))
    file = blob(one, OPENAI.encode())
    shown(one, tree(one, [(FILE, b"a\xff.py", file), (FILE, b"a\\xff.py", file), (FILE, b"b\xff.py", file)]))
    assert gather("d", "--code", folder=tmp_path).code == 0
    assert {(one.id, one.path) for one in drift(tmp_path)} == {
        ("not-in-a-project", "b\\xff.py"),
        ("code-not-read", "a\\xff.py"),
    }


def test_code_is_looked_into_again_where_what_judges_changes_and_is_fetched_where_it_must_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in PROXIES:
        monkeypatch.delenv(name, raising=False)
    with serving(tmp_path / "served", Authority(tmp_path), secure=False) as server:
        one = server.repository("acme/a")
        one.git("config", "uploadpack.allowFilter", "true")
        one.commit({"src/app.py": OPENAI})
        address = f"http://{server.host}/acme/a"

        def fetches(*arguments: str) -> int:
            """How often it asks for objects, beside asking for the commit."""
            server.asked.clear()
            assert gather(address, *arguments, folder=tmp_path).code == 0
            return len([one for one in server.asked if one.endswith("/git-upload-pack")]) - 1

        assert fetches() > 0
        assert drift(tmp_path) == []
        assert fetches("--code") > 0
        (first,) = drift(tmp_path)
        assert (first.id, first.path, first.offering) == ("not-in-a-project", "src/app.py", "openai-api")
        assert fetches("--code") == 0
        assert drift(tmp_path) == [first]
        today = defaults.today()
        with monkeypatch.context() as patch:
            patch.setattr(defaults, "today", lambda: today + datetime.timedelta(days=1))
            assert fetches("--code") == 0
        assert drift(tmp_path) == [first]
        assert repositories(tmp_path)["acme/a"].gathered == (today + datetime.timedelta(days=1)).isoformat()
        Repository(made(tmp_path / "own")).write(
            {"rules.yaml": policies({**AUDITED}), "bundle.yaml": {"version": 1, "name": "own", "detect": OFF}}
        )
        assert fetches("--code", "--policies", "own") > 0
        assert drift(tmp_path) == []
        assert fetches() == 0
        assert drift(tmp_path) == []
        assert not repositories(tmp_path)["acme/a"].coded


OFF: Final = {"severity": {"not-in-a-project": "off"}}


@pytest.mark.parametrize("option", ["--policies", "--registry", "--pack"])
def test_what_judges_code_is_refused_where_nobody_looks_into_it(fleet: Path, option: str) -> None:
    ended = gather("d", option, "x", folder=fleet)
    assert (ended.code, f"{option} without --code" in ended.stderr) == (2, True)
    assert not (fleet / "store").exists()


def test_process_that_is_ended_while_it_starts_costs_one_repository(fleet: Path, tmp_path: Path) -> None:
    clone = str(fleet / "d" / "acme" / "silent")
    asked = (clone, clone, str(made(tmp_path / "work")), Repository(Path(clone)).git("rev-parse", "HEAD"))
    said: list[str] = []

    def look() -> None:
        with lookers(CATALOGUE) as looking, pytest.raises(InputError) as refused:
            looking.look(*asked)
        said.append(str(refused.value))

    python = multiprocessing.spawn.get_executable()
    multiprocessing.set_executable(shutil.which("true") or "true")
    try:
        looking = threading.Thread(target=look, daemon=True)
        looking.start()
        looking.join(20)
    finally:
        multiprocessing.set_executable(python)
    assert "was ended" in "".join(said)


def test_process_that_is_ended_costs_one_repository(
    fleet: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    clone = str(fleet / "d" / "acme" / "silent")
    asked = (clone, clone, str(made(tmp_path / "work")), Repository(Path(clone)).git("rev-parse", "HEAD"))
    with lookers(CATALOGUE) as looking:
        before = looking.look(*asked)
        os.kill(looking._all[-1].process.pid or 0, signal.SIGKILL)
        looking._all[-1].process.join()
        assert looking.look(*asked) == before, "one that was ended between two is begun again"
        working = looking._all[-1].process.pid or 0
        os.kill(working, signal.SIGSTOP)
        ending = threading.Timer(0.2, os.kill, (working, signal.SIGKILL))
        ending.start()
        with pytest.raises(InputError, match="was ended"):
            looking.look(*asked)
        ending.join()
        assert looking.look(*asked) == before
        monkeypatch.setattr(lookers_module, "PATIENCE", 0.2)
        os.kill(looking._all[-1].process.pid or 0, signal.SIGSTOP)
        with pytest.raises(InputError, match="not looked into within"):
            looking.look(*asked)
    assert not any(one.process.is_alive() for one in looking._all)


@pytest.mark.parametrize(
    ("limit", "said"), [("FILES", "more than 3 files of code"), ("SIZE", "code of more than 0 MiB")]
)
def test_too_much_code_is_an_error(
    fleet: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, said: str
) -> None:
    monkeypatch.setattr(code, limit, 3)
    clone = Repository(fleet / "d" / "acme" / "nested")
    clone.commit({"c/app.py": OPENAI})
    with pytest.raises(InputError) as error:
        code.look(str(clone.folder), "c", str(made(tmp_path / "work")), clone.git("rev-parse", "HEAD"), CATALOGUE)
    assert error.value.problems[0].title == said
