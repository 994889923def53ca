"""Policies of an archive elsewhere: its SHA-256 is the pin, held each time, and nothing in it leads out."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import tarfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.commands.review.repository import AUDITED, BAA, policies
from tests.remote.pulling import check, in_the_cache, judging, pull, refused
from tests.remote.server import Authority, GitServer, serving
from tests.tarballs import tarball
from vendorgate.remote import fetch

BUNDLE = {
    "bundle.yaml": b"{version: 1, name: acme}",
    "rules.yaml": json.dumps(policies(BAA)).encode(),
    "eu/more.yml": json.dumps(policies(AUDITED)).encode(),
    "README.md": b"what this is",
}


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "_PAUSES", (0.01,))


def archive(files: Mapping[str, bytes] = BUNDLE, *more: tarfile.TarInfo, below: str = "") -> bytes:
    return tarball(files, *more, below=below)


def link(name: str, target: str, kind: bytes = tarfile.SYMTYPE) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.type, member.linkname = kind, target
    return member


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def served(server: GitServer, data: bytes) -> str:
    """The pinned address of an archive."""
    return f"{server.serve('/policies.tar.gz', data)}#sha256={sha256(data)}"


@pytest.mark.parametrize("below", ["", "./", "policies-1.2/", "./policies-1.2/"])
def test_archive_is_pulled_and_judges_without_a_network(below: str, server: GitServer, project: Path) -> None:
    address = served(server, archive(below=below))
    ended = pull(address, folder=project)
    assert (ended.code, ended.stdout) == (0, f"{address}\n"), ended.stderr
    asked = len(server.asked)
    checked = check(address, project)
    assert f"using the policies of {address}" in checked.stderr
    assert json.loads(checked.stdout)["inputs"]["bundle"]["source"] == address
    assert judging(address, project) == {"audited", "phi-needs-baa"}
    assert len(server.asked) == asked


def test_archive_without_a_pin_is_refused_and_its_pin_told(server: GitServer, project: Path) -> None:
    data = archive()
    address = server.serve("/policies.tar.gz", data)
    for ended in (check(address, project), pull(address, folder=project)):
        assert "is not pinned: it can be another one tomorrow" in refused(ended)
    assert not server.asked
    ended = pull("--allow-unpinned", address, folder=project)
    assert ended.stdout == f"{address}#sha256={sha256(data)}\n"
    assert f"{address} is sha256 {sha256(data)} today" in ended.stderr


def test_archive_that_is_not_the_pinned_one_is_refused(server: GitServer, project: Path) -> None:
    pinned = archive()
    address = served(server, pinned)
    other = archive({"rules.yaml": BUNDLE["rules.yaml"]})
    server.serve("/policies.tar.gz", other)
    said = refused(pull(address, folder=project))
    assert f"the SHA-256 is {sha256(other)}, and {sha256(pinned)} is pinned" in said
    assert in_the_cache(project) == {}


def test_archive_in_the_cache_that_somebody_has_changed_does_not_judge(server: GitServer, project: Path) -> None:
    address = served(server, archive())
    pull(address, folder=project)
    (file,) = (project.parent / "cache").rglob("*.tar.gz")
    file.write_bytes(archive({"rules.yaml": BUNDLE["eu/more.yml"]}))
    assert f"what the cache has of {address} is not what that pins" in refused(check(address, project))
    pull(address, folder=project)
    assert judging(address, project)


def bomb() -> bytes:
    """Made for its test alone: no worker that collects the tests needs it."""
    return gzip.compress(b"\0" * (101 * 1024 * 1024))


HOSTILE: dict[str, tuple[bytes | Callable[[], bytes], str]] = {
    "a link out": (archive(BUNDLE, link("x.yaml", "/etc/passwd")), "is a link or a device"),
    "a link inside": (archive(BUNDLE, link("x.yaml", "rules.yaml")), "is a link or a device"),
    "a hard link": (archive(BUNDLE, link("x.yaml", "rules.yaml", tarfile.LNKTYPE)), "is a link or a device"),
    "a pipe": (archive(BUNDLE, link("x.yaml", "", tarfile.FIFOTYPE)), "is a link or a device"),
    "a way up": (archive({**BUNDLE, "../x.yaml": b""}), "leads out of the archive"),
    "a way up inside": (archive({**BUNDLE, "eu/../../x.yaml": b""}), "leads out of the archive"),
    "an absolute path": (archive({**BUNDLE, "/etc/x.yaml": b""}), "leads out of the archive"),
    "backslashes": (archive({**BUNDLE, "..\\x.yaml": b""}), "leads out of the archive"),
    "a drive": (archive({**BUNDLE, "eu/c:x.yaml": b""}), "a name that not every folder can hold"),
    "a name twice": (archive({**BUNDLE, "./rules.yaml": b"{}"}), "stands twice in the archive"),
    "no policies": (archive({"README.md": b""}), "an archive without a file of policies"),
    "nothing": (archive({}), "an archive without a file of policies"),
    "a bomb": (bomb, "more than 100 MiB, decompressed"),
    "no archive": (b"<html>", "an archive that cannot be read"),
    "half an archive": (archive()[:200], "an archive that cannot be read"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_archive_that_is_no_bundle_is_refused_and_not_kept(what: str, server: GitServer, project: Path) -> None:
    made, words = HOSTILE[what]
    data = made() if callable(made) else made
    assert words in refused(pull(served(server, data), folder=project))
    assert in_the_cache(project) == {}


def test_file_and_folder_of_one_name_are_refused(server: GitServer, project: Path) -> None:
    address = served(server, archive({"a.yaml": BUNDLE["rules.yaml"], "a.yaml/b.yaml": BUNDLE["rules.yaml"]}))
    pull(address, folder=project)
    assert "cannot be unpacked" in refused(check(address, project))


@pytest.mark.parametrize("secure", [True, False])
def test_redirect_is_followed_over_https_alone(
    secure: bool, server: GitServer, project: Path, authority: Authority, tmp_path: Path
) -> None:
    data = archive()
    with serving(tmp_path / "elsewhere", authority, secure=secure) as other:
        to = other.serve("/policies.tar.gz", data)
        server.redirect("/old.tar.gz", to if secure else to.replace("https:", "http:"))
        address = f"https://{server.host}/old.tar.gz#sha256={sha256(data)}"
        ended = pull(address, folder=project)
        assert (ended.code == 0) == secure == bool(other.asked)
    assert secure or "not an https address" in refused(ended)


def test_server_that_nobody_vouches_for_is_not_believed(
    server: GitServer, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = served(server, archive())
    (tmp_path / "stranger").mkdir()
    for name, value in Authority(tmp_path / "stranger").trusted.items():
        monkeypatch.setenv(name, value)
    assert "the server cannot prove that it is the one that is meant" in refused(pull(address, folder=project))
    assert in_the_cache(project) == {}


@pytest.mark.parametrize("encoding", ["gzip", "x-gzip", "br", "identity"])
def test_archive_is_taken_as_it_is_sent(encoding: str, server: GitServer, project: Path) -> None:
    """Servers call an archive encoded because it is compressed, and whoever worked out its SHA-256 had the whole."""
    data = archive()
    address = served(server, data)
    server.answers["/policies.tar.gz"] = lambda handler: handler.reply(200, data, Content_Encoding=encoding)
    assert pull(address, folder=project).code == 0
    assert judging(address, project)


def test_archive_that_is_too_large_is_not_fetched_to_its_end(
    server: GitServer, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetch, "LARGEST", 1000)
    assert "a response of more than" in refused(pull(served(server, os.urandom(2000)), folder=project))


@pytest.mark.parametrize(
    "hostile",
    ["/a/../b.tar.gz", "/./a.tar.gz", "/a.zip", "/a.tar.gz#sha256=", "/a.tar.gz#md5=00", "/.tar.gz'x", "/a b.tar.gz"],
)
def test_address_of_an_archive_is_read_strictly(hostile: str, server: GitServer, project: Path) -> None:
    refused(pull("--allow-unpinned", f"https://{server.host}{hostile}", folder=project))
    assert not server.asked
