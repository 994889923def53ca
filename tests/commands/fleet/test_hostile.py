"""Trees and servers that are made to harm: each costs an error of its own repository, and no other anything."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Final

import pytest

from tests.commands.fleet.gathering import (
    FILE,
    FOLDER,
    LINK,
    MANIFEST,
    SUBMODULE,
    Entry,
    blob,
    gather,
    listed,
    repositories,
    rows,
    shown,
    tree,
)
from tests.commands.fleet.test_store import everything
from tests.commands.review.repository import Repository
from tests.remote.server import PROXIES, Answer, Authority, Handler, serving
from vendorgate.commands.fleet.store.reading import open_store
from vendorgate.git import anywhere


@pytest.fixture
def hostile(tmp_path: Path) -> Repository:
    """A repository beside an honest one."""
    for name in ("bad/a", "good/b"):
        (tmp_path / "d" / name).mkdir(parents=True)
    Repository(tmp_path / "d" / "good" / "b").commit({"vendorgate.yaml": MANIFEST})
    return Repository(tmp_path / "d" / "bad" / "a")


def problem(folder: Path) -> str:
    """What is said of the hostile one, while the honest one is read."""
    ended = gather("d", folder=folder)
    assert ended.code == 1, ended
    assert "\x1b" not in ended.stdout + ended.stderr
    found = repositories(folder)
    assert found["good/b"].state == "gathered"
    assert "good/b/vendorgate.yaml" in rows(folder)
    assert not [one for one in rows(folder) if one.startswith("bad/")]
    return str(found["bad/a"].problem)


def inside(repository: Repository, *steps: bytes, mode: bytes = FILE, name: bytes = b"vendorgate.yaml") -> list[Entry]:
    """A manifest in folders in folders."""
    entries: list[Entry] = [(mode, name, blob(repository, MANIFEST.encode()))]
    for step in reversed(steps):
        entries = [(FOLDER, step, tree(repository, entries))]
    return entries


@pytest.mark.parametrize("step", [b"..", b".", b".git", b".GIT"])
def test_path_that_no_folder_can_hold_is_an_error(hostile: Repository, tmp_path: Path, step: bytes) -> None:
    shown(hostile, tree(hostile, inside(hostile, b"a", step)))
    assert problem(tmp_path) == "a path that no folder can hold"


def test_folder_without_a_name_is_an_error(hostile: Repository, tmp_path: Path) -> None:
    shown(hostile, tree(hostile, inside(hostile, b"a", b"")))
    assert problem(tmp_path)


def test_long_path_is_an_error(hostile: Repository, tmp_path: Path) -> None:
    shown(hostile, tree(hostile, inside(hostile, b"x" * 100_000)))
    assert problem(tmp_path) == "a path of more than 4096 bytes"


def test_deep_tree_is_an_error(hostile: Repository, tmp_path: Path) -> None:
    """Made object by object, which git would take minutes for."""
    entries, ids = inside(hostile), []
    for _ in range(3_000):
        ids.append(tree_object(hostile, entries))
        entries = [(FOLDER, b"a", ids[-1])]
    shown(hostile, ids[-1])
    assert problem(tmp_path) == "a path of more than 4096 bytes"


def tree_object(repository: Repository, entries: list[Entry]) -> str:
    """A tree, written without a process."""
    import hashlib
    import zlib

    body = b"".join(b"%s %s\0%s" % (mode, name, bytes.fromhex(id)) for mode, name, id in entries)
    data = b"tree %d\0%s" % (len(body), body)
    id = hashlib.sha1(data).hexdigest()  # git's own names
    path = repository.folder / ".git" / "objects" / id[:2] / id[2:]
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(zlib.compress(data))
    return id


def test_tree_of_trees_without_end_is_an_error(
    hostile: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ten folders, each ten times in the next: ten thousand million paths."""
    monkeypatch.setattr(anywhere, "SIZE", 4 * 1024 * 1024)
    entries = inside(hostile, name=b"README")
    for _ in range(10):
        id = tree(hostile, entries)
        entries = [(FOLDER, b"%d" % number, id) for number in range(10)]
    shown(hostile, tree(hostile, entries))
    assert problem(tmp_path) == "more than 4 MiB come of it"


@pytest.mark.parametrize(("name", "said"), [("WANTED", "more than 50 manifests"), ("ENTRIES", "more than 50 files")])
def test_too_many_files_are_an_error(
    hostile: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, said: str
) -> None:
    monkeypatch.setattr(anywhere, name, 50)
    id = tree(hostile, inside(hostile))
    shown(hostile, tree(hostile, [(FOLDER, b"%d" % number, id) for number in range(51)]))
    assert problem(tmp_path) == said


def test_manifests_that_are_too_much_together_are_an_error(
    hostile: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(anywhere, "WANTED_SIZE", 1024 * 1024)
    hostile.commit({f"{number}/vendorgate.yaml": f"{MANIFEST}#{number}{'x' * 600_000}" for number in range(2)})
    assert problem(tmp_path) == "manifests of more than 1 MiB"


def test_large_manifest_is_a_row_with_a_problem_and_is_not_read(
    hostile: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(anywhere, "WANTED_SIZE", 1024 * 1024)
    hostile.commit({"vendorgate.yaml": b"\0" * 20_000_000, "x/vendorgate.yaml": MANIFEST})
    assert gather("d", folder=tmp_path).code == 0
    found = rows(tmp_path)["bad/a/vendorgate.yaml"]
    assert found.problems == ("bad/a/vendorgate.yaml:1:1: a file of more than 1 MiB (split it into several files)",)
    assert rows(tmp_path)["bad/a/x/vendorgate.yaml"].problems == ()


def test_what_is_no_file_is_a_row_with_a_problem(hostile: Repository, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(MANIFEST)
    target = blob(hostile, str(tmp_path / "secret").encode())
    file, commit = blob(hostile, MANIFEST.encode()), "1" * 40
    odd = b"\x1b[31m\nx\xe2\x80\xae"
    made = {
        b"both": [(FILE, b"vendorgate.yaml", file), (FILE, b"vendorgate.yml", file)],
        b"link": [(LINK, b"vendorgate.yaml", target)],
        b"sub": [(SUBMODULE, b"vendorgate.yaml", commit)],
        b"module": [(SUBMODULE, b"inner", commit)],
        b"folder": [(FOLDER, b"vendorgate.yaml", tree(hostile, [(FILE, b"README", file)]))],
        b"tab": [(FILE, b"x\tvendorgate.yaml", file), (FILE, b"my-vendorgate.yaml", file)],
        odd: [(FILE, b"vendorgate.yaml", file)],
        b"bytes\xff": [(FILE, b"vendorgate.yaml", file)],
        b"CASE": [(FILE, b"Vendorgate.yaml", file)],
    }
    shown(hostile, tree(hostile, [(FOLDER, name, tree(hostile, entries)) for name, entries in made.items()]))
    ended = gather("d", folder=tmp_path)
    assert ended.code == 0
    found = {path: one.problems for path, one in rows(tmp_path).items() if path.startswith("bad/")}
    assert {path: [one.removeprefix(path) for one in problems] for path, problems in found.items()} == {
        f"bad/a/{odd.decode()}/vendorgate.yaml": [],
        "bad/a/both/vendorgate.yaml": [BOTH],
        "bad/a/both/vendorgate.yml": [BOTH],
        "bad/a/bytes\\xff/vendorgate.yaml": [":1:1: a path that is not UTF-8 (give its folders names in UTF-8)"],
        "bad/a/link/vendorgate.yaml": [":1:1: a link, which no gather follows (put the file itself there)"],
        "bad/a/sub/vendorgate.yaml": [
            ":1:1: another repository, where a manifest would be (give it another name)",
        ],
    }


BOTH = (
    ":1:1: vendorgate.yaml and vendorgate.yml in one folder, and only one of them can be the manifest "
    "(keep one of the two)"
)


def test_two_paths_that_read_the_same_are_an_error(hostile: Repository, tmp_path: Path) -> None:
    file = [(FILE, b"vendorgate.yaml", blob(hostile, MANIFEST.encode()))]
    id = tree(hostile, file)
    shown(hostile, tree(hostile, [(FOLDER, b"a\xff", id), (FOLDER, b"a\\xff", id)]))
    assert problem(tmp_path) == "two paths that read the same"


def test_file_that_is_not_there_is_an_error(hostile: Repository, tmp_path: Path) -> None:
    hostile.commit({"vendorgate.yaml": MANIFEST + "# lost\n"})
    id = hostile.git("rev-parse", "HEAD:vendorgate.yaml")
    (hostile.folder / ".git" / "objects" / id[:2] / id[2:]).unlink()
    assert problem(tmp_path) == f"it has no content for the object {id}"


def test_damaged_repository_of_this_machine_is_said_to_be_one(hostile: Repository, tmp_path: Path) -> None:
    hostile.commit({"vendorgate.yaml": MANIFEST})
    for path in (tmp_path / "d" / "bad" / "a" / ".git" / "objects").glob("??/*"):
        path.chmod(0o644)
        path.write_bytes(b"cut")
    assert problem(tmp_path).startswith("cannot be read: ")
    assert "git fsck" in str(repositories(tmp_path)["bad/a"].help)


def test_clone_without_its_files_asks_nobody_for_them(hostile: Repository, tmp_path: Path) -> None:
    """A clone made with a filter names a program that would bring them."""
    hostile.commit({"vendorgate.yaml": MANIFEST + "# lost\n"})
    id = hostile.git("rev-parse", "HEAD:vendorgate.yaml")
    (hostile.folder / ".git" / "objects" / id[:2] / id[2:]).unlink()
    hostile.git("config", "core.repositoryformatversion", "1")
    hostile.git("config", "extensions.partialClone", "origin")
    hostile.git("config", "remote.origin.promisor", "true")
    hostile.git("config", "remote.origin.url", f"ext::sh -c touch% {tmp_path}/ran")
    hostile.git("config", "protocol.ext.allow", "always")
    assert problem(tmp_path) in ("it lacks a file of this commit", f"it has no content for the object {id}")
    assert not (tmp_path / "ran").exists()


def test_replaced_and_grafted_objects_do_not_count(hostile: Repository, tmp_path: Path) -> None:
    first = hostile.commit({"vendorgate.yaml": MANIFEST})
    second = hostile.commit({"more/vendorgate.yaml": MANIFEST})
    hostile.git("replace", second, first)
    assert gather("d", folder=tmp_path).code == 0
    assert "bad/a/more/vendorgate.yaml" in rows(tmp_path)


def test_repository_of_somebody_else_is_an_error(hostile: Repository, tmp_path: Path) -> None:
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("only root can give files away")
    hostile.commit({"vendorgate.yaml": MANIFEST})
    for path in (hostile.folder, hostile.folder / ".git"):
        os.chown(path, 12345, 12345)
    assert problem(tmp_path) == "git does not read it, because it belongs to somebody else"


def test_folder_inside_of_another_repository_is_not_that_one(tmp_path: Path) -> None:
    outer = Repository(tmp_path)
    (tmp_path / "inner").mkdir()
    outer.commit({"vendorgate.yaml": MANIFEST})
    ended = gather(listed(tmp_path, "acme/a inner"), folder=tmp_path)
    assert (ended.code, "no git repository" in ended.stdout) == (2, True)


@contextmanager
def server(tmp_path: Path) -> Iterator[tuple[str, dict[str, Answer]]]:
    """A server that answers as it is told."""
    with pytest.MonkeyPatch.context() as patch:
        for name in PROXIES:
            patch.delenv(name, raising=False)
        with serving(tmp_path / "served", Authority(tmp_path), secure=False) as one:
            one.repository("good/b").commit({"vendorgate.yaml": MANIFEST})
            yield f"http://{one.host}", one.answers


def endless(handler: Handler) -> None:
    """Begin to answer, and never end."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/x-git-upload-pack-advertisement")
    handler.end_headers()
    with suppress(OSError):
        while True:
            handler.wfile.write(b"0032" + b"a" * 40 + b" refs/\n")
            time.sleep(0.001)


def silent(handler: Handler) -> None:
    """Answer nothing."""
    time.sleep(30)


def elsewhere(handler: Handler) -> None:
    handler.reply(302, Location="http://127.0.0.1:9/x")


MISBEHAVING: Final[Mapping[str, tuple[Answer, tuple[str, ...]]]] = {
    "endless": (endless, ("MiB come of it", "not read within", "cannot be fetched")),
    "silent": (silent, ("not read within 3 seconds",)),
    "elsewhere": (elsewhere, ("cannot be fetched", "redirect", "no https")),
    "odd": (lambda handler: handler.reply(200, b"\x1b]0;x\x07<html>"), ("what answers there is no git server",)),
    "page": (lambda handler: handler.reply(200, b"<html>\n<body>\n"), ("cannot be fetched",)),
    "empty": (lambda handler: handler.reply(200), ("what answers there is no git server",)),
    "broken": (lambda handler: handler.reply(500), ("cannot be fetched",)),
    "asks": (lambda handler: handler.reply(401, WWW_Authenticate="Basic"), ("the server asks who wants to read it",)),
}


def test_servers_that_misbehave_cost_their_own_repositories(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All at once: some of them are waited for until there is no time left."""
    monkeypatch.setattr(anywhere, "SECONDS", 3.0)
    with server(tmp_path) as (address, answers):
        answers.update((f"/{name}/", answer) for name, (answer, _) in MISBEHAVING.items())
        began = time.monotonic()
        places = [*(f"{address}/{name}/a" for name in MISBEHAVING), f"{address}/good/b"]
        ended = gather(listed(tmp_path, *places), folder=tmp_path)
        assert time.monotonic() - began < 20
    assert ended.code == 1
    told = dict(re.findall(r"^error: (\w+)/a could not be read: (.*(?:\n .*)*)", ended.stdout, re.MULTILINE))
    assert told.keys() == MISBEHAVING.keys()
    assert [name for name, (_, said) in MISBEHAVING.items() if not any(one in told[name] for one in said)] == [], told
    assert "\x1b" not in ended.stdout + ended.stderr
    assert [*rows(tmp_path)] == ["good/b/vendorgate.yaml"]
    assert [one.name for one in (tmp_path / "store").iterdir()] == ["store.sqlite"]


@contextmanager
def waiting(asked: threading.Event) -> Iterator[str]:
    """The address of a repository at a server that takes connections, and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listening, ExitStack() as connections:

        def accept() -> None:
            with suppress(OSError):
                while True:
                    connections.enter_context(listening.accept()[0])
                    asked.set()

        thread = threading.Thread(target=accept, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/slow/x"
        listening.shutdown(socket.SHUT_RDWR)
        thread.join()


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_what_was_gathered_stays_where_a_gather_is_ended(
    hostile: Repository, tmp_path: Path, number: signal.Signals
) -> None:
    hostile.commit({"vendorgate.yaml": MANIFEST})
    asked = threading.Event()
    with waiting(asked) as slow:
        names = listed(tmp_path, "bad/a d/bad/a", "good/b d/good/b", f"slow/x {slow}")
        _end(tmp_path, names, asked, number)
    found = repositories(tmp_path)
    assert {name: one.state for name, one in found.items()} == {
        "bad/a": "gathered",
        "good/b": "gathered",
        "slow/x": "error",
    }
    assert found["slow/x"].problem == "the gather did not come to it"
    before = rows(tmp_path)
    again = gather(names, folder=tmp_path)
    assert again.stdout.endswith("3 repositories: 2 gathered (0 changed), 1 could not be read; 2 manifests\n")
    assert rows(tmp_path) == before
    assert [one.name for one in (tmp_path / "store").iterdir()] == ["store.sqlite"]


def _end(folder: Path, names: str, asked: threading.Event, number: signal.Signals) -> None:
    """Begin a gather, and end it when it waits for the last repository."""
    command = (sys.executable, "-m", "vendorgate", "fleet", "gather", names, "--store", "store")
    environment = {name: value for name, value in os.environ.items() if name not in PROXIES}
    with subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, env=environment) as running:
        assert running.stderr is not None
        told = [running.stderr.readline() for _ in range(2)]
        assert sorted(told)[1].startswith(b"good/b: 1 manifest"), told
        assert asked.wait(20)
        running.send_signal(number)
        running.wait(20)
    assert running.returncode == (130 if number == signal.SIGINT else -number)


def test_second_gather_waits_for_the_first(hostile: Repository, tmp_path: Path) -> None:
    hostile.commit({"vendorgate.yaml": MANIFEST})
    command = (sys.executable, "-m", "vendorgate", "fleet", "gather", "d", "--store", "store")
    both = [subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE) for _ in range(2)]
    said = [one.communicate(timeout=60)[0] for one in both]
    assert [one.returncode for one in both] == [0, 0]
    assert sorted(said) == [
        b"2 repositories: 2 gathered (0 changed); 2 manifests\n",
        b"2 repositories: 2 gathered (2 changed); 2 manifests\n",
    ]


def test_reader_sees_one_state_while_another_gather_writes(hostile: Repository, tmp_path: Path) -> None:
    hostile.commit({"vendorgate.yaml": MANIFEST})
    gather("d", folder=tmp_path)
    before = everything(tmp_path / "store")
    hostile.commit({"x/vendorgate.yaml": MANIFEST})
    command = (sys.executable, "-m", "vendorgate", "fleet", "gather", "d", "--store", "store")
    with ExitStack() as stack:
        opened = stack.enter_context(open_store(tmp_path / "store"))
        first = list(opened.repositories())
        with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE) as other:
            time.sleep(1)
            assert (first, list(opened.rows())) == before[:2]
            stack.close()
            other.communicate(timeout=60)
    assert "bad/a/x/vendorgate.yaml" in rows(tmp_path)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is full")
def test_full_disk_is_a_message_and_the_old_state_stays(hostile: Repository, tmp_path: Path) -> None:
    """A limit on the size of files stands for a disk that is full; SQLite meets both when it writes."""
    hostile.commit({"vendorgate.yaml": MANIFEST})
    gather("d", folder=tmp_path)
    before = everything(tmp_path / "store")
    size = (tmp_path / "store" / "store.sqlite").stat().st_size // 1024
    for number in range(4):
        (tmp_path / "d" / "more" / str(number)).mkdir(parents=True)
        one = Repository(tmp_path / "d" / "more" / str(number))
        one.commit({"vendorgate.yaml": f"{MANIFEST}# {number}\n{'#' * 50_000}"})
    script = f"trap '' XFSZ; ulimit -f {size + 40}; exec \"$@\""
    command = (
        "bash",
        "-c",
        script,
        "-",
        sys.executable,
        "-m",
        "vendorgate",
        "fleet",
        "gather",
        "d",
        "--store",
        "store",
    )
    ended = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, timeout=60)
    assert ended.returncode == 2, ended
    assert b"store.sqlite" in ended.stderr
    assert b"Traceback" not in ended.stderr
    now = everything(tmp_path / "store")
    assert {one.name for one in before[0]} < {one.name for one in now[0]}
    assert any(one.state == "error" for one in now[0])
    assert gather("d", folder=tmp_path).code == 0
    assert len(rows(tmp_path)) == 6
