"""`registry update`: a published snapshot takes the old one's place at once, or nothing happens."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import tarfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.command import ROOT, Ended, vendorgate
from tests.commands.registry.server import Answer, Handler, Server, running, slowly
from tests.tarballs import tarball
from tests.thoroughness import share, thorough
from vendorgate.commands.registry import snapshot_change as replacing
from vendorgate.commands.registry.folder_exchange import replace
from vendorgate.load.files import folder
from vendorgate.remote import archive, fetch
from vendorgate.snapshots import read_snapshot

GOOD = ROOT / "tests" / "cases" / "shared" / "registry"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setattr(fetch, "_PAUSES", (0.01, 0.01))
    monkeypatch.setattr(fetch, "_READ", 0.5)
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with running() as one:
        yield one


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """A snapshot that is there already, and differs from the one that is published."""
    there = tmp_path / "registry-snapshot"
    shutil.copytree(GOOD, there)
    (there / "offerings" / "gamma-gateway.yaml").unlink()
    (there / "LICENSE").write_text("terms", encoding="utf-8")
    return there


def digest(there: Path) -> str:
    return read_snapshot(folder(there)).sha256


def published() -> dict[str, bytes]:
    return {path.relative_to(GOOD).as_posix(): path.read_bytes() for path in GOOD.rglob("*.yaml")}


def zipped(files: dict[str, bytes], mode: int | None = None) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            member = zipfile.ZipInfo(name)
            member.external_attr = (mode or stat.S_IFREG | 0o644) << 16
            made.writestr(member, data)
    return stream.getvalue()


def update(target: Path, *arguments: str) -> Ended:
    return vendorgate("registry", "update", *arguments, folder=target.parent)


def assert_untouched(target: Path, before: str) -> None:
    assert digest(target) == before
    assert [path.name for path in target.parent.iterdir()] == [target.name]
    assert (target / "LICENSE").exists()


@pytest.mark.parametrize("make", [tarball, zipped], ids=["tar.gz", "zip"])
def test_published_snapshot_takes_the_old_ones_place(make: object, server: Server, target: Path) -> None:
    assert callable(make)
    url = server.serve("/snapshot", make({f"top/{name}": data for name, data in published().items()}))
    ended = update(target, url)
    assert ended.code == 0, ended.stderr
    assert "gamma-gateway added" in ended.stdout
    assert digest(target) == digest(GOOD)
    assert (target / "LICENSE").read_text(encoding="utf-8") == "terms"
    assert [path.name for path in target.parent.iterdir()] == [target.name]
    assert vendorgate("registry", "list", folder=target.parent).code == 0


def test_snapshot_is_put_where_there_was_none(server: Server, tmp_path: Path) -> None:
    url = server.serve("/snapshot", tarball(published()))
    ended = vendorgate("registry", "update", url, "--registry", "deep/new", folder=tmp_path)
    assert ended.code == 0, ended.stderr
    assert digest(tmp_path / "deep" / "new") == digest(GOOD)


def test_a_folder_that_is_no_snapshot_is_never_replaced(server: Server, tmp_path: Path) -> None:
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.txt").write_text("years of work", encoding="utf-8")
    url = server.serve("/snapshot", tarball(published()))
    ended = vendorgate("registry", "update", url, "--registry", "thesis", folder=tmp_path)
    assert ended.code == 2
    assert (tmp_path / "thesis" / "chapter.txt").exists()


def test_etag_spares_the_second_download(server: Server, target: Path) -> None:
    url = server.serve("/snapshot", tarball(published()), etag='"one"')
    assert update(target, url).code == 0
    ended = update(target)
    assert ended.code == 0
    assert "not changed since it was fetched" in ended.stderr
    assert server.asked == [("/snapshot", None), ("/snapshot", '"one"')]
    assert digest(target) == digest(GOOD)


def test_dry_run_writes_nothing(server: Server, target: Path) -> None:
    before = digest(target)
    ended = update(target, server.serve("/snapshot", tarball(published())), "--dry-run")
    assert ended.code == 0
    assert "gamma-gateway added" in ended.stdout
    assert_untouched(target, before)


def test_offering_that_leaves_is_worse_unless_the_new_snapshot_says_what_became_of_it(
    server: Server, target: Path
) -> None:
    text = (target / "offerings" / "beta-cloud.yaml").read_text(encoding="utf-8")
    (target / "offerings" / "old-cloud.yaml").write_text(text.replace("beta-cloud", "old-cloud"), encoding="utf-8")
    silent, telling = published(), published()
    telling["snapshot.yaml"] += b"former: {old-cloud: {since: 2026-10-01, instead: beta-cloud}}\n"
    for name, files, said in (("silent", silent, "worse old-cloud removed"), ("told", telling, "changed old-cloud")):
        ended = update(target, server.serve(f"/{name}", tarball(files)), "--dry-run")
        assert (ended.code, said in ended.stdout) == (0, True), ended.stdout + ended.stderr


def test_pins_are_kept(server: Server, target: Path, tmp_path: Path) -> None:
    before, data = digest(target), tarball(published())
    url = server.serve("/snapshot", data)
    ended = update(target, url, "--sha256", "0" * 64)
    assert ended.code == 2
    assert "is pinned" in ended.stderr
    assert_untouched(target, before)
    assert update(target, url, "--sha256", "xyz").code == 2
    policies = tmp_path.parent / f"{tmp_path.name}-policies"
    policies.mkdir()
    (policies / "bundle.yaml").write_text(f"registry: {{sha256: {'a' * 64}}}\n", encoding="utf-8")
    shutil.copyfile(ROOT / "policies" / "hipaa" / "phi.yaml", policies / "phi.yaml")
    assert update(target, url, "--policies", str(policies)).code == 2
    assert_untouched(target, before)
    (policies / "bundle.yaml").write_text(f"registry: {{sha256: {digest(GOOD)}}}\n", encoding="utf-8")
    assert update(target, url, "--policies", str(policies), "--sha256", hashlib.sha256(data).hexdigest()).code == 0
    assert update(target, url, "--sha256", digest(GOOD)).code == 0


def link(name: str, to: str, kind: bytes = tarfile.SYMTYPE) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.type, member.linkname = kind, to
    return member


def broken_offering() -> dict[str, bytes]:
    return {**published(), "offerings/alpha-api.yaml": published()["offerings/alpha-api.yaml"] + b"typo: 1\n"}


def encrypted() -> bytes:
    """A zip whose files need a password."""
    made = bytearray(zipped(published()))
    for magic, flags in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = made.find(magic)
        while at >= 0:
            made[at + flags] |= 1
            at = made.find(magic, at + 4)
    return bytes(made)


def header(kind: bytes, content: bytes) -> bytes:
    """A header of a tar that is about the next one."""
    member = tarfile.TarInfo("x")
    member.type, member.size = kind, len(content)
    return member.tobuf(tarfile.GNU_FORMAT) + content + b"\0" * (-len(content) % 512)


def huge(kind: bytes) -> bytes:
    """A header of a tar whose content is larger than any memory."""
    member = tarfile.TarInfo("x")
    member.type = kind
    made = bytearray(member.tobuf(tarfile.GNU_FORMAT))
    made[124:136] = b"\x80" + (2**80).to_bytes(11, "big")
    made[148:156] = b" " * 8
    made[148:156] = b"%06o\0 " % sum(made)
    return bytes(made)


ARCHIVES: dict[str, tuple[Callable[[], bytes], str]] = {
    "path traversal": (lambda: tarball({**published(), "../../evil.yaml": b"x"}), "leads out of the archive"),
    "absolute path": (lambda: tarball({**published(), "/etc/evil.yaml": b"x"}), "leads out of the archive"),
    "path traversal in a zip": (lambda: zipped({**published(), "..\\evil.yaml": b"x"}), "leads out of the archive"),
    "symbolic link": (lambda: tarball(published(), link("offerings/x.yaml", "/etc/passwd")), "a link or a device"),
    "hard link": (
        lambda: tarball(published(), link("offerings/x.yaml", "snapshot.yaml", tarfile.LNKTYPE)),
        "a link or a device",
    ),
    "device": (lambda: tarball(published(), link("offerings/x.yaml", "", tarfile.CHRTYPE)), "a link or a device"),
    "symbolic link in a zip": (
        lambda: zipped({"snapshot.yaml": b"/etc/passwd"}, stat.S_IFLNK | 0o777),
        "a link or a device",
    ),
    "bomb": (lambda: gzip.compress(b"\0" * (archive.LARGEST_WHOLE + 1024), 1), "more than 100 MiB"),
    "bomb in a zip": (
        lambda: zipped({**published(), "offerings/x.yaml": b"#" * 17_000_000}),
        "makes the archive too large",
    ),
    "too many members": (
        lambda: zipped({f"offerings/{i}.yaml": b"" for i in range(100_000 if thorough() else 20_001)}),
        "more than 20,000 members",
    ),
    "truncated": (lambda: tarball(published())[:-200], "cannot be read"),
    "truncated zip": (lambda: zipped(published())[:-30], "cannot be read"),
    "encrypted": (encrypted, "is encrypted"),
    "chained long names": (lambda: header(tarfile.GNUTYPE_LONGNAME, b"abc\0") * 3000, "headers chained without end"),
    "chained headers of pax": (lambda: header(tarfile.XHDTYPE, b"11 path=ab\n") * 3000, "headers chained without end"),
    "chained global headers": (lambda: header(tarfile.XGLTYPE, b"11 path=ab\n") * 3000, "headers chained without end"),
    "a long name of any length": (lambda: huge(tarfile.GNUTYPE_LONGNAME) + bytes(2048), "cannot be read"),
    "a header of pax of any length": (lambda: huge(tarfile.XHDTYPE) + bytes(2048), "too long to read"),
    "a file of any length": (lambda: huge(tarfile.REGTYPE) + bytes(2048), "makes the archive too large"),
    "digits in a header of pax": (lambda: header(tarfile.XHDTYPE, b"9" * 500_000 + b" a=b\n"), "too long to read"),
    "records in a header of pax": (lambda: header(tarfile.XHDTYPE, b"4 a\n" * 500_000), "too long to read"),
    "many large headers of pax": (lambda: header(tarfile.XGLTYPE, b"99 a\n" * 3_000) * 20, "too long to read"),
    "no archive": (lambda: b"hello, world", "cannot be read"),
    "nothing": (lambda: b"", "cannot be read"),
    "no snapshot": (lambda: tarball({"readme.yaml": b"x"}), "no snapshot.yaml"),
    "two snapshots": (lambda: tarball({"a/snapshot.yaml": b"x", "b/snapshot.yaml": b"x"}), "2 of snapshot.yaml"),
    "a file twice": (lambda: tarball({**published(), "./snapshot.yaml": b"x"}), "stands twice"),
    "an offering with a typo": (lambda: tarball(broken_offering()), "unknown key `typo`"),
    "no offerings": (lambda: tarball({"snapshot.yaml": published()["snapshot.yaml"]}), "no such file"),
    "JSON that is none": (lambda: b"{", "not JSON"),
    "JSON of something else": (lambda: b'{"items": []}', "without a list of `offerings`"),
    "JSON that nests too deeply": (lambda: b'{"a":' * 100_000, "not JSON"),
}
"""Made when they are asked for: some are large."""


@pytest.mark.parametrize("name", ARCHIVES)
def test_hostile_or_damaged_response_leaves_the_old_snapshot(name: str, server: Server, target: Path) -> None:
    before, (make, said) = digest(target), ARCHIVES[name]
    ended = update(target, server.serve("/snapshot", make()))
    assert ended.code == 2
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr
    assert_untouched(target, before)


def broken_off(handler: Handler) -> None:
    handler.reply(200, b"half", Content_Length="1000")
    handler.close_connection = True


def redirect(to: str) -> Answer:
    return lambda handler: handler.reply(302, Location=to)


def enormous(handler: Handler) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _ in range(400):
        handler.wfile.write(b"\0" * 65536)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (lambda handler: handler.reply(404), "the server answers 404"),
        (lambda handler: handler.reply(401), "the server answers 401"),
        (lambda handler: handler.reply(500), "the server answers 500, 3 times"),
        (lambda handler: handler.reply(503), "the server answers 503, 3 times"),
        (lambda handler: handler.reply(200, b"", Content_Length=str(21 * 1024 * 1024)), "more than 20 MiB"),
        (enormous, "more than 20 MiB"),
        (broken_off, "the response breaks off"),
        (lambda handler: time.sleep(1.5), "cannot be reached: ReadTimeout"),
        (redirect("http://example.com/snapshot"), "not an https address"),
        (redirect("ftp://127.0.0.1/snapshot"), "not an https address"),
        (redirect("file:///etc/passwd"), "not an https address"),
        (redirect("/bad"), "more than 5 redirects"),
        (redirect("http://[zz/"), "cannot be fetched: Invalid IPv6 URL"),
        (redirect("http://127.0.0.1:99999999/"), "no address"),
        (redirect("https://" + "a." * 40_000), "cannot be"),
        (lambda handler: handler.reply(200, b"", **{f"X-{index}": "a" for index in range(5_000)}), "cannot be reached"),
        (lambda handler: handler.reply(200, b"", X="a" * 100_000), "cannot be reached"),
        (
            lambda handler: handler.reply(200, b"{}", Content_Encoding=", ".join(["gzip"] * 5_000)),
            "encoded as `gzip, g",
        ),
        (lambda handler: handler.reply(200, b"{}", Content_Encoding="gzip"), "the response breaks off"),
        (lambda handler: handler.reply(200, b"{}", Content_Length="9" * 5_000), "more than 20 MiB"),
    ],
    ids=[
        "404",
        "401",
        "500",
        "503",
        "too long",
        "endless",
        "broken off",
        "silent",
        "redirect to http",
        "redirect to ftp",
        "redirect to a file",
        "redirects without end",
        "redirect to no address",
        "redirect to no port",
        "redirect to an endless name",
        "thousands of headers",
        "a header without end",
        "encodings without end",
        "not encoded as it says",
        "a length without end",
    ],
)
def test_bad_server_leaves_the_old_snapshot(answer: Answer, said: str, server: Server, target: Path) -> None:
    before = digest(target)
    server.answers["/bad"] = answer
    ended = update(target, server.url("/bad"))
    assert ended.code == 2
    assert said in ended.stderr
    assert_untouched(target, before)


def slow_headers(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for index in range(1_000):
        handler.wfile.write(f"X-{index}: a\r\n".encode())
        handler.wfile.flush()
        time.sleep(0.05)


def slow_redirects(handler: Handler) -> None:
    time.sleep(0.1)
    handler.reply(302, Location="/slow")


@pytest.mark.parametrize(
    "answer",
    [slowly(b"x" * 10_000, 0.05), slow_headers, slow_redirects, lambda handler: handler.reply(503)],
    ids=["body", "headers", "redirects", "attempts"],
)
def test_one_limit_of_time_holds_for_all_of_it(
    answer: Answer, server: Server, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = digest(target)
    monkeypatch.setattr(fetch, "_WHOLE", 0.3)
    monkeypatch.setattr(fetch, "_PAUSES", (0.2, 0.2))
    server.answers["/slow"] = answer
    began = time.monotonic()
    ended = update(target, server.url("/slow"))
    assert ended.code == 2
    assert "not fetched within" in ended.stderr
    assert time.monotonic() - began < 20, "a server that is never done would take minutes"
    assert_untouched(target, before)


def test_dead_server_leaves_the_old_snapshot(server: Server, target: Path) -> None:
    before = digest(target)
    with running() as other:
        dead = other.url("/snapshot")
    ended = update(target, dead)
    assert ended.code == 2
    assert "cannot be reached" in ended.stderr
    assert_untouched(target, before)


def test_server_that_recovers_is_asked_again(server: Server, target: Path) -> None:
    data, failures = tarball(published()), [503, 500]

    def recovering(handler: Handler) -> None:
        if failures:
            handler.reply(failures.pop())
        else:
            handler.reply(200, data)

    server.answers["/snapshot"] = recovering
    assert update(target, server.url("/snapshot")).code == 0
    assert len(server.asked) == 3


def test_redirect_on_this_machine_is_followed(server: Server, target: Path) -> None:
    server.answers["/old"] = redirect(server.serve("/new", tarball(published())))
    assert update(target, server.url("/old")).code == 0


@pytest.mark.parametrize(
    "url", ["http://example.com/x", "ftp://example.com/x", "https://", "http://127.0.0.1.example.com/x"]
)
def test_only_https_is_fetched(url: str, target: Path) -> None:
    before = digest(target)
    ended = update(target, url)
    assert ended.code == 2
    assert "not an https address" in ended.stderr
    assert_untouched(target, before)


@pytest.mark.parametrize("command", ["update", "import"])
@pytest.mark.parametrize(
    "url",
    [
        "http://[zz/",
        "https://[::1",
        "https://127.0.0.1:x/",
        "https://127.0.0.1:99999999/",
        "https://a b/",
        "://x",
        "https://\ud800/",
        "https://..",
    ],
)
def test_address_that_is_none_is_refused(command: str, url: str, server: Server, target: Path) -> None:
    before = digest(target)
    ended = vendorgate("registry", command, url, folder=target.parent)
    assert (ended.code, ended.stdout) == (2, "")
    assert "error: " in ended.stderr
    assert_untouched(target, before)


def test_file_left_by_a_user_is_not_taken_for_one_of_ours(server: Server, target: Path) -> None:
    names = (
        ".registry-snapshot.mybackup.new",
        ".registry-snapshot.eu.vendorgate-abcdefgh.new",
        ".registry-snapshot.x.new",
    )
    for name in names:
        (target.parent / name).mkdir()
    stale = target.parent / ".registry-snapshot.vendorgate-abcdefgh.new"
    stale.mkdir()
    assert update(target, server.serve("/snapshot", tarball(published()))).code == 0
    assert sorted(path.name for path in target.parent.iterdir()) == sorted((*names, target.name))


def test_links_and_permissions_beside_a_snapshot_stay(server: Server, target: Path) -> None:
    (target / "terms").symlink_to("LICENSE")
    (target / "LICENSE").chmod(0o640)
    target.chmod(0o750)
    assert update(target, server.serve("/snapshot", tarball(published()))).code == 0
    assert os.readlink(target / "terms") == "LICENSE"
    assert (target / "LICENSE").stat().st_mode & 0o777 == 0o640
    assert target.stat().st_mode & 0o777 == 0o750


def test_link_that_is_a_part_of_a_snapshot_is_refused(server: Server, target: Path) -> None:
    (target / "offerings").rename(target.parent / "elsewhere")
    (target / "offerings").symlink_to("../elsewhere")
    ended = update(target, server.serve("/snapshot", tarball(published())))
    assert ended.code == 2
    assert "a link in a snapshot" in ended.stderr
    assert (target / "offerings").is_symlink()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs POSIX")
def test_pipe_in_a_snapshot_is_refused_and_not_waited_for(server: Server, target: Path) -> None:
    os.mkfifo(target / "pipe")
    ended = update(target, server.serve("/snapshot", tarball(published())))
    assert ended.code == 2
    assert "neither a file nor a folder" in ended.stderr


def test_two_updates_at_once_leave_one_of_the_two(server: Server, target: Path) -> None:
    other = {name: data for name, data in published().items() if "gamma" not in name}
    urls = [server.serve("/new", tarball(published())), server.serve("/old", tarball(other))]
    whole = {digest(GOOD), digest(target)}
    command = [sys.executable, "-m", "vendorgate", "registry", "update"]
    for _ in range(share(12, least=3)):
        children = [
            subprocess.Popen([*command, url], cwd=target.parent, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            for url in urls
        ]
        assert [child.wait(100) for child in children] == [0, 0]
        assert digest(target) in whole
    assert [path.name for path in target.parent.iterdir()] == [target.name]


def test_other_snapshot_than_the_one_that_was_put_there_is_an_error(
    server: Server, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def replaced_and_changed(new: Path, to: Path) -> None:
        replace(new, to)
        (to / "offerings" / "gamma-gateway.yaml").unlink()

    monkeypatch.setattr(replacing, "replace", replaced_and_changed)
    ended = update(target, server.serve("/snapshot", tarball(published())))
    assert ended.code == 2
    assert "another one has changed it meanwhile" in ended.stderr


def test_without_an_address_nothing_is_guessed(target: Path) -> None:
    assert update(target).code == 2


@pytest.mark.skipif(not hasattr(os, "posix_spawn"), reason="needs POSIX")
def test_full_disk_leaves_the_old_snapshot(server: Server, target: Path) -> None:
    before, big = digest(target), {**published(), "CHANGELOG.md": b"x" * 900_000}
    url = server.serve("/snapshot", tarball(big))
    limited = f"ulimit -f 200; exec {sys.executable} -m vendorgate registry update {url}"
    ended = subprocess.run(["sh", "-c", limited], cwd=target.parent, capture_output=True, text=True, check=False)
    assert ended.returncode == 2, ended.stderr
    assert "cannot be written" in ended.stderr
    assert_untouched(target, before)


def test_kill_at_any_moment_leaves_a_whole_snapshot(server: Server, target: Path) -> None:
    old, new = digest(target), digest(GOOD)
    other = {name: data for name, data in published().items() if "gamma" not in name}
    urls = [server.serve("/new", tarball(published())), server.serve("/old", tarball(other))]
    command = [sys.executable, "-m", "vendorgate", "registry", "update"]
    began = time.monotonic()
    assert subprocess.run([*command, urls[0]], cwd=target.parent, capture_output=True, check=False).returncode == 0
    whole = time.monotonic() - began
    seen, attempts = set(), share(40)
    for attempt in range(attempts):
        child = subprocess.Popen(
            [*command, urls[(attempt + 1) % 2]],
            cwd=target.parent,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(whole * (0.55 + 0.5 * attempt / attempts))
        child.send_signal(signal.SIGKILL)
        child.wait()
        seen.add(digest(target))
        assert (target / "LICENSE").exists()
    assert seen <= {old, new}
    assert subprocess.run([*command, urls[0]], cwd=target.parent, capture_output=True, check=False).returncode == 0
    assert digest(target) == new
    assert [path.name for path in target.parent.iterdir()] == [target.name], "what was left behind is cleared away"


def test_upstream_json_is_merged(server: Server, target: Path) -> None:
    upstream = {
        "name": "Elsewhere",
        "generated": "2026-11-20",
        "license": "Free to use with attribution.",
        "offerings": [{"id": "delta-api", "name": "Delta", "developer": "D", "platform": "D", "dimensions": {}}],
    }
    ended = update(target, server.serve("/data.json", json.dumps(upstream).encode()))
    assert ended.code == 0, ended.stderr
    assert "delta-api added" in ended.stdout
    assert "Elsewhere" in (target / "snapshot.yaml").read_text(encoding="utf-8")
