"""Gathering from this machine and from a real server: what is read, what changed, what cannot be read."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest

from tests.command import process, vendorgate
from tests.commands.fleet.gathering import MANIFEST, gather, listed, repositories, rows
from tests.commands.fleet.test_store import everything
from tests.commands.review.repository import Repository, manifest, usage
from tests.remote.server import PROXIES, Authority, GitServer, serving, trusting
from vendorgate.commands.fleet.gather.addresses import name_from_origin
from vendorgate.commands.fleet.gather.model import Failed, Wanted
from vendorgate.commands.fleet.gather.one import gathered
from vendorgate.git import anywhere


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GitServer]:
    """Twenty repositories at a server, of which every other one leaves out files that nobody asks for."""
    folder = tmp_path_factory.mktemp("served")
    with pytest.MonkeyPatch.context() as patch:
        authority = Authority(tmp_path_factory.mktemp("authority"))
        for name in PROXIES:
            patch.delenv(name, raising=False)
        with serving(folder / "served", authority, secure=False) as server:
            for number in range(20):
                one = server.repository(f"acme/r{number:02}")
                one.commit(
                    {
                        "vendorgate.yaml": manifest(usage("a", "alpha"), project=f"p{number}"),
                        "deep/er/vendorgate.yml": manifest(project=f"q{number % 3}"),
                        "large.bin": bytes(100_000),
                        "docs/my-vendorgate.yaml": "no manifest",
                    }
                )
                one.git("config", "uploadpack.allowFilter", "true" if number % 2 else "false")
            yield server


def addresses(server: GitServer) -> list[str]:
    return [f"http://{server.host}/acme/r{number:02}" for number in range(20)]


def test_many_repositories_come_from_a_server(served: GitServer, tmp_path: Path) -> None:
    ended = gather(listed(tmp_path, *addresses(served)), folder=tmp_path)
    assert (ended.code, ended.stdout) == (0, "20 repositories: 20 gathered (20 changed); 40 manifests\n")
    told = ended.stderr.splitlines()
    assert sorted(told)[0].startswith("acme/r00: 2 manifests at ")
    assert told[-1] == "the store is in store; judge it: vendorgate fleet check store --out run"
    found = rows(tmp_path)
    assert len(found) == 40
    one = found["acme/r07/deep/er/vendorgate.yml"]
    assert (one.repository, one.place, one.written) == (
        "acme/r07",
        "deep/er/vendorgate.yml",
        b'{"version":1,"project":"q1","usages":[]}',
    )
    assert all(one.state == "gathered" and one.commit for one in repositories(tmp_path).values())
    assert list((tmp_path / "store").iterdir()) == [tmp_path / "store" / "store.sqlite"]


def test_next_gather_reads_what_changed_alone(served: GitServer, tmp_path: Path) -> None:
    names = listed(tmp_path, *addresses(served))
    gather(names, folder=tmp_path)
    before = everything(tmp_path / "store")
    served.asked.clear()
    again = gather(names, folder=tmp_path)
    assert again.stdout == "20 repositories: 20 gathered (0 changed); 40 manifests\n"
    assert len([one for one in served.asked if "git-upload-pack" in one and "info/refs" not in one]) == 20
    assert everything(tmp_path / "store") == before
    changed = Repository(served.root / "acme" / "r03")
    changed.commit({"new/vendorgate.yaml": MANIFEST, "deep/er/vendorgate.yml": None})
    again = gather(names, folder=tmp_path)
    assert again.stdout == "20 repositories: 20 gathered (1 changed); 40 manifests\n"
    assert [one for one in rows(tmp_path) if "/r03/" in one] == [
        "acme/r03/new/vendorgate.yaml",
        "acme/r03/vendorgate.yaml",
    ]


def test_files_that_nobody_wants_do_not_come(
    served: GitServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the server can leave them out; from one that cannot, all of the commit comes."""
    monkeypatch.setattr(anywhere, "SIZE", 60_000)
    large = Repository(served.root / "acme" / "r05")
    small = Repository(served.root / "acme" / "r06")
    for one in (large, small):
        one.commit({"noise.bin": b"".join(str(number * number).encode() for number in range(40_000))})
    gather(listed(tmp_path, *(f"http://{served.host}/acme/{name}" for name in ("r05", "r06"))), folder=tmp_path)
    found = repositories(tmp_path)
    assert (found["acme/r05"].state, found["acme/r05"].manifests) == ("gathered", 2)
    assert (found["acme/r06"].state, found["acme/r06"].problem) == ("error", "more than 0 MiB come of it")


def test_repository_that_cannot_be_reached_is_an_error_and_its_rows_are_gone(served: GitServer, tmp_path: Path) -> None:
    gone = served.repository("acme/gone")
    commit = gone.commit({"vendorgate.yaml": MANIFEST})
    names = listed(tmp_path, f"http://{served.host}/acme/gone", f"http://{served.host}/acme/r01")
    assert gather(names, folder=tmp_path).code == 0
    shutil.move(gone.folder, tmp_path / "moved")
    ended = gather(names, folder=tmp_path)
    assert ended.code == 1
    assert "error: acme/gone could not be read: the server has no such repository" in ended.stdout
    assert "= help: check the address; for what is not public" in ended.stdout
    assert ended.stdout.endswith("2 repositories: 1 gathered (0 changed), 1 could not be read; 2 manifests\n")
    found = repositories(tmp_path)["acme/gone"]
    assert (found.state, found.commit, found.manifests) == ("error", commit, 0)
    assert not [one for one in rows(tmp_path) if one.startswith("acme/gone/")]
    shutil.move(tmp_path / "moved", gone.folder)
    ended = gather(names, folder=tmp_path)
    assert (ended.code, ended.stdout) == (0, "2 repositories: 2 gathered (0 changed); 3 manifests\n")
    assert "acme/gone/vendorgate.yaml" in rows(tmp_path)


def test_nothing_gathered_is_code_2(tmp_path: Path) -> None:
    ended = gather(listed(tmp_path, "acme/x http://127.0.0.1:9/acme/x", "acme/y gone"), folder=tmp_path)
    assert ended.code == 2
    assert "nothing answers there" in ended.stdout
    assert "no such folder" in ended.stdout


def test_repository_that_nobody_lists_any_more_leaves_the_store(tmp_path: Path) -> None:
    for name in ("a", "b"):
        Repository(made(tmp_path / "d" / "acme" / name)).commit({"vendorgate.yaml": MANIFEST})
    gather("d", folder=tmp_path)
    shutil.rmtree(tmp_path / "d" / "acme" / "b")
    ended = gather("d", folder=tmp_path)
    assert ended.stdout == (
        "1 repository: 1 gathered (0 changed); 1 manifest\n"
        "1 repository left the store, because nothing names it any more\n"
    )
    assert [*repositories(tmp_path)] == ["acme/a"]


def made(folder: Path) -> Path:
    folder.mkdir(parents=True)
    return folder


def test_work_tree_is_not_read(tmp_path: Path) -> None:
    one = Repository(made(tmp_path / "d" / "acme" / "a"))
    one.commit({"vendorgate.yaml": MANIFEST, ".gitattributes": "* filter=evil\n"})
    one.write({"vendorgate.yaml": "changed: 1\n", "more/vendorgate.yaml": MANIFEST})
    for name, value in (
        ("filter.evil.smudge", "touch ../../../ran"),
        ("core.fsmonitor", "touch ../../../ran"),
        ("core.hooksPath", "../../../hooks"),
        ("core.pager", "touch ../../../ran"),
        ("core.sshCommand", "touch ../../../ran"),
        ("include.path", "/dev/zero"),
    ):
        if name != "include.path":
            one.git("config", name, value)
    gather("d", folder=tmp_path)
    assert [(one.path, one.problems) for one in rows(tmp_path).values()] == [("acme/a/vendorgate.yaml", ())]
    assert not (tmp_path / "ran").exists()


def test_environment_of_a_hook_names_no_other_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """git says in these, while a hook runs, which repository it works in."""
    Repository(made(tmp_path / "d" / "acme" / "a")).commit({"vendorgate.yaml": MANIFEST})
    other = Repository(made(tmp_path / "other"))
    other.commit({"x/vendorgate.yaml": MANIFEST})
    with monkeypatch.context() as patch:
        for name, path in (("DIR", ".git"), ("OBJECT_DIRECTORY", ".git/objects"), ("WORK_TREE", "."), ("CONFIG", "x")):
            patch.setenv(f"GIT_{name}", str(other.folder / path))
        assert gather("d", folder=tmp_path).code == 0
    assert [*rows(tmp_path)] == ["acme/a/vendorgate.yaml"]


def test_store_that_would_be_a_file_is_refused(tmp_path: Path) -> None:
    Repository(made(tmp_path / "d" / "acme" / "a")).commit({"vendorgate.yaml": MANIFEST})
    (tmp_path / "store").write_text("mine")
    ended = gather("d", folder=tmp_path)
    assert (ended.code, "no folder for a store can be made: file exists" in ended.stderr) == (2, True)
    assert (tmp_path / "store").read_text() == "mine"


def test_folder_names_clones_and_bare_repositories_by_their_folders(tmp_path: Path) -> None:
    for name in ("acme/a", "acme/group/b", "lonely", "known", "acme/c"):
        Repository(made(tmp_path / "d" / name)).commit({"vendorgate.yaml": MANIFEST})
    Repository(tmp_path / "d" / "known").git("remote", "add", "origin", "git@code.example:team/sub/known.git")
    bare = Repository(tmp_path / "d" / "acme" / "c")
    bare.git("clone", "--quiet", "--bare", ".", str(tmp_path / "d" / "acme" / "bare.git"))
    Repository(made(tmp_path / "d" / "acme" / "a" / "inner")).commit({"vendorgate.yaml": MANIFEST})
    made(tmp_path / "d" / "no" / "repository" / "here")
    (tmp_path / "d" / "acme" / "linked").symlink_to(tmp_path / "d" / "lonely")
    ended = gather("d", folder=tmp_path)
    assert [*repositories(tmp_path)] == ["acme/a", "acme/bare", "acme/c", "acme/group/b", "lonely", "team/sub/known"]
    assert {one.repository for one in rows(tmp_path).values() if one.path.startswith("lonely/")} == {None}
    assert ended.stdout.splitlines()[-1] == "without OWNER/NAME, so that no project is bound to them: lonely"


def test_link_to_a_repository_elsewhere_is_an_error(tmp_path: Path) -> None:
    for name in ("d/acme/a", "elsewhere/b"):
        Repository(made(tmp_path / name)).commit({"vendorgate.yaml": MANIFEST})
    for name, target in (("b", "elsewhere/b"), ("again", "d/acme/a"), ("nowhere", "no"), ("above", "d")):
        (tmp_path / "d" / "acme" / name).symlink_to(tmp_path / target)
    ended = gather("d", folder=tmp_path)
    found = repositories(tmp_path)
    assert (ended.code, {name: one.state for name, one in found.items()}) == (
        1,
        {"acme/a": "gathered", "acme/b": "error"},
    )
    assert "a link to a repository elsewhere" in str(found["acme/b"].problem)


def test_what_somebody_else_keeps_beside_a_store_stays(tmp_path: Path) -> None:
    mine = Repository(made(tmp_path / "store" / "gathering-clones" / "acme" / "a"))
    mine.commit({"vendorgate.yaml": MANIFEST})
    left = made(tmp_path / "store" / ".vendorgate-gathering-a1b2c3_d")
    mine.git("clone", "--quiet", "--bare", ".", str(left))
    for _ in range(2):
        assert gather("store", folder=tmp_path).code == 0
        assert [*repositories(tmp_path)] == ["gathering-clones/acme/a"]
    assert sorted(one.name for one in (tmp_path / "store").iterdir()) == ["gathering-clones", "store.sqlite"]


def test_list_names_repositories_by_its_lines(served: GitServer, tmp_path: Path) -> None:
    for name in ("x/acme/a", "b", "x/c d", "ours"):
        Repository(made(tmp_path / name)).commit({"vendorgate.yaml": MANIFEST})
    Repository(tmp_path / "ours").git("remote", "add", "origin", "https://code.example/team/ours.git/")
    lines = (
        "# ours",
        "",
        "x/acme/a  # by its folders",
        "  team/b b",
        "team/cd x/c d",
        "ours",
        f"http://{served.host}/acme/r02/",
        f"other/name http://{served.host}/acme/r04",
        "x/acme/a",
    )
    text = "\ufeff" + "\r\n".join(lines)
    (tmp_path / "list").write_text(text, encoding="utf-8")
    ended = gather("list", folder=tmp_path)
    assert [*repositories(tmp_path)] == ["acme/a", "acme/r02", "other/name", "team/b", "team/cd", "team/ours"], ended


def test_address_with_tls_is_read_by_authorities_that_the_environment_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = Authority(tmp_path)
    with serving(tmp_path / "served", authority) as server:
        server.repository("acme/a").commit({"vendorgate.yaml": MANIFEST})
        address = f"https://{server.host}/acme/a"
        ended = gather(address, folder=tmp_path)
        assert (ended.code, "cannot prove that it is the one that is meant" in ended.stdout) == (2, True)
        trusting(monkeypatch, authority, tmp_path / "cache")
        assert gather(address, folder=tmp_path).code == 0
        assert [*rows(tmp_path)] == ["acme/a/vendorgate.yaml"]


def test_address_on_the_command_line_is_one_repository(served: GitServer, tmp_path: Path) -> None:
    assert gather(f"http://{served.host}/acme/r02", folder=tmp_path).code == 0
    assert [*repositories(tmp_path)] == ["acme/r02"]


def test_two_of_one_name_are_errors_both(tmp_path: Path) -> None:
    for name in ("one", "two", "three"):
        Repository(made(tmp_path / name)).commit({"vendorgate.yaml": MANIFEST})
    ended = gather(listed(tmp_path, "acme/a one", "Acme/A two", "acme/a three", "acme/b one"), folder=tmp_path)
    assert ended.code == 1
    found = repositories(tmp_path)
    assert {name: one.state for name, one in found.items()} == {
        "Acme/A": "error",
        "acme/a": "error",
        "acme/b": "gathered",
    }
    assert "3 repositories go by this name" in str(found["acme/a"].problem)
    assert [*rows(tmp_path)] == ["acme/b/vendorgate.yaml"]
    judged = vendorgate("fleet", "check", "store", "--out", "run", folder=tmp_path)
    assert judged.code == 2
    assert "incomplete: 2 of 3 repositories not judged" in judged.stdout


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("https://me:secret@code.example/acme/a", "could be a secret"),
        ("https://token@code.example/acme/a", "could be a secret"),
        ("http://code.example/acme/a", "http to another machine"),
        ("http://127.0.0.1.code.example/acme/a", "http to another machine"),
        ("file:///srv/a%00b", "a path that no folder can have"),
        ("acme/a file:///srv/a%00b", "a path that no folder can have"),
        ("http://127.0.0.1/acme/a?x=1", "no address that is read"),
        ("http://localhost:80/acme/a b", "no address that is read"),
        ("git://code.example/acme/a", "nothing protects"),
        ("ext::sh -c touch% ran", "no such folder"),
        ("ext://sh/-c", "no address that is read"),
        ("ssh://-oProxyCommand=touch/acme/a", "no address that is read"),
        ("ssh://code.example/-oProxyCommand", "no address that is read"),
        ("https://code.example/acme/a?x=1", "no address that is read"),
        ("https://code.example", "no address that is read"),
        ("acme/a https://code.example/a b", "no address that is read"),
        ("a\tb\x1b[31m", "a control character"),
        ("acme/a\td\tb", "a control character"),
        ("--upload-pack=touch", "no such folder"),
    ],
)
def test_line_that_is_nothing_to_read_is_said(tmp_path: Path, line: str, said: str) -> None:
    ended = gather(listed(tmp_path, line), folder=tmp_path)
    assert ended.code == 2
    assert said in ended.stdout + ended.stderr
    assert "secret@" not in ended.stdout + ended.stderr
    assert "\x1b" not in ended.stdout + ended.stderr
    assert [one.name for one in tmp_path.iterdir()] == ["list.txt"] or (tmp_path / "store").exists()


def test_name_and_place_may_have_a_tab_between_them(tmp_path: Path) -> None:
    Repository(made(tmp_path / "one")).commit({"vendorgate.yaml": MANIFEST})
    assert gather(listed(tmp_path, "acme/a\tone"), folder=tmp_path).code == 0
    assert [*rows(tmp_path)] == ["acme/a/vendorgate.yaml"]


@pytest.mark.parametrize(("number", "help"), [(errno.ENOSPC, "make room"), (errno.EACCES, "you may read it")])
def test_repository_that_there_is_no_room_for_is_an_error(tmp_path: Path, number: int, help: str) -> None:
    wanted = Wanted("acme/a", str(tmp_path))
    with mock.patch("tempfile.TemporaryDirectory", side_effect=OSError(number, "No")):
        found = gathered(wanted, None, str(tmp_path), bool)
    assert isinstance(found, Failed)
    assert (found.problem, help in str(found.help)) == ("cannot be read: no", True)


def test_every_line_with_a_mistake_is_named(tmp_path: Path) -> None:
    ended = gather(listed(tmp_path, "http://a.example/a/b", "", "git://b.example/a/b"), folder=tmp_path)
    assert "--> list.txt:1:1" in ended.stderr
    assert "--> list.txt:3:1" in ended.stderr
    assert not (tmp_path / "store").exists()


@pytest.mark.parametrize("text", [b"", b"# nothing\n", b"\xff\xfe", b"\n \n"])
def test_list_without_a_repository_changes_nothing(tmp_path: Path, text: bytes) -> None:
    (tmp_path / "list").write_bytes(text)
    ended = gather("list", folder=tmp_path)
    assert ended.code == 2
    assert "= help:" in ended.stderr
    assert not (tmp_path / "store").exists()


def test_folder_without_repositories_says_so(tmp_path: Path) -> None:
    made(tmp_path / "d" / "x")
    ended = gather("d", folder=tmp_path)
    assert (ended.code, "no repository in d" in ended.stderr) == (2, True)


@pytest.mark.parametrize("arguments", [(), ("--jobs", "0"), ("gone",), ("--jobs", "2")])
def test_command_line_that_says_too_little_is_refused(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    ended = gather(*arguments, folder=tmp_path)
    assert (ended.code, ended.stdout) == (2, "")
    assert vendorgate("fleet", "gather", "x", folder=tmp_path).code == 2


def test_without_git_nothing_is_touched(tmp_path: Path) -> None:
    Repository(made(tmp_path / "d" / "acme" / "a")).commit({"vendorgate.yaml": MANIFEST})
    ended = process("fleet", "gather", "d", "--store", "store", folder=tmp_path, environment={"PATH": str(tmp_path)})
    assert (ended.code, "git is not installed" in ended.stderr) == (2, True)
    assert not (tmp_path / "store").exists()


def test_store_that_is_no_store_is_left_alone(tmp_path: Path) -> None:
    Repository(made(tmp_path / "d" / "acme" / "a")).commit({"vendorgate.yaml": MANIFEST})
    made(tmp_path / "store")
    (tmp_path / "store" / "store.sqlite").write_bytes(b"no database" * 1000)
    ended = gather("d", folder=tmp_path)
    assert (ended.code, "not a store" in ended.stderr) == (2, True)
    assert (tmp_path / "store" / "store.sqlite").read_bytes() == b"no database" * 1000


def test_repository_without_a_commit_is_gathered_and_one_that_shows_no_branch_is_not(
    served: GitServer, tmp_path: Path
) -> None:
    for name in ("empty", "lost"):
        one = served.repository(f"odd/{name}")
        shutil.copytree(one.folder, tmp_path / "d" / "odd" / name)
    for place in (served.root, tmp_path / "d"):
        lost = Repository(place / "odd" / "lost")
        lost.commit({"vendorgate.yaml": MANIFEST})
        lost.git("symbolic-ref", "HEAD", "refs/heads/nothing")
    remote = listed(tmp_path, *(f"http://{served.host}/odd/{name}" for name in ("empty", "lost")))
    for source in ("d", remote):
        assert gather(source, folder=tmp_path).code == 1
        found = repositories(tmp_path)
        assert (found["odd/empty"].state, found["odd/empty"].commit) == ("gathered", None)
        assert (found["odd/lost"].state, found["odd/lost"].problem) == ("error", "it shows a branch that it has not")


def test_default_branch_is_the_one_that_a_server_shows(served: GitServer, tmp_path: Path) -> None:
    one = served.repository("odd/branches")
    one.commit({"vendorgate.yaml": MANIFEST})
    one.branch("other")
    commit = one.commit({"x/vendorgate.yaml": MANIFEST})
    one.git("checkout", "--quiet", "main")
    one.git("symbolic-ref", "HEAD", "refs/heads/other")
    gather(f"http://{served.host}/odd/branches", folder=tmp_path)
    assert repositories(tmp_path)["odd/branches"].commit == commit
    assert len(rows(tmp_path)) == 2


def test_repository_with_other_ids_is_read(served: GitServer, tmp_path: Path) -> None:
    one = served.root / "odd" / "sha256"
    one.mkdir(parents=True)
    shutil.rmtree(one / ".git", ignore_errors=True)
    (one / ".git").mkdir()
    Repository(one).git("init", "--quiet", "--object-format=sha256", "--initial-branch=main", "--template=", ".")
    commit = Repository(one).commit({"vendorgate.yaml": MANIFEST})
    assert gather(f"http://{served.host}/odd/sha256", folder=tmp_path).code == 0
    assert repositories(tmp_path)["odd/sha256"].commit == commit
    assert len(commit) == 64


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://code.example/acme/clinic.git", "acme/clinic"),
        ("https://code.example/acme/clinic/", "acme/clinic"),
        ("https://code.example/group/acme/clinic", "group/acme/clinic"),
        ("https://code.example/~evil/acme/clinic.git", None),
        ("https://code.example/%7eevil/acme/clinic.git", None),
        ("ssh://git@code.example/~evil/acme/clinic", None),
        ("git@code.example:~evil/acme/clinic.git", None),
        ("git@code.example:~/acme/clinic.git", None),
        ("https://code.example/evil/%2e%2e/acme/clinic", None),
        ("https://code.example/evil/acme%2fclinic", "evil/acme/clinic"),
        ("/home/~evil/clinic", None),
        ("/srv/../acme/clinic", None),
    ],
)
def test_name_of_an_address_is_its_whole_path_and_nobody_takes_the_name_of_others(
    address: str, name: str | None
) -> None:
    assert name_from_origin(address) == name


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="the system tells of no end of a process")
def test_end_of_git_is_seen_where_the_system_does_not_tell_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Repository(made(tmp_path / "d" / "acme" / "a")).commit({"vendorgate.yaml": MANIFEST})
    told = gather("d", folder=tmp_path)
    shutil.rmtree(tmp_path / "store")
    slow = made(tmp_path / "bin") / "git"  # it never ends before anybody looks
    slow.write_text(f'#!/bin/sh\nsleep 0.1\nexec "{shutil.which("git")}" "$@"\n', encoding="utf-8")
    slow.chmod(0o755)
    monkeypatch.setenv("PATH", f"{slow.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(os, "pidfd_open", mock.Mock(side_effect=OSError))
    assert gather("d", folder=tmp_path) == told
    assert os.pidfd_open.called  # type: ignore[attr-defined]  # a stand-in
    assert [*rows(tmp_path)] == ["acme/a/vendorgate.yaml"]
