"""Nobody on the way, in the cache or in the settings of a machine decides what judges; and no secret gets out."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.command import process, vendorgate
from tests.commands.review.repository import AUDITED, BAA, Content, Repository, policies
from tests.remote.pulling import FILES, check, in_the_cache, judging, pull, refused
from tests.remote.server import Authority, GitServer, Handler, serving
from tests.thoroughness import share
from vendorgate.errors import InputError
from vendorgate.git import fetching
from vendorgate.remote import fetch
from vendorgate.remote.address import address_of
from vendorgate.remote.git_objects import NotAsNamed
from vendorgate.remote.pinned import pinned_policies

OTHER: Final[Mapping[str, Content]] = {"policies/rules.yaml": policies({**AUDITED, "severity": "note"})}


@pytest.fixture
def address(server: GitServer) -> str:
    """Of policies that a server has."""
    return server.address(server.repository().commit(FILES))


@pytest.fixture
def pulled(address: str, server: GitServer, project: Path) -> str:
    """Of policies that are in the cache, of a server that nobody asks any more."""
    assert pull(address, folder=project).code == 0
    server.answers["/"] = lambda handler: handler.reply(500)
    return address


def cached(project: Path) -> Path:
    (found,) = (project.parent / "cache" / "vendorgate" / "policies").iterdir()
    return found


# The way.


def test_server_that_nobody_vouches_for_is_not_believed(
    address: str, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stranger = tmp_path / "stranger"
    stranger.mkdir()
    for name, value in Authority(stranger).trusted.items():
        monkeypatch.setenv(name, value)
    said = refused(pull(address, folder=project))
    assert "the server cannot prove that it is the one that is meant" in said
    assert "GIT_SSL_CAINFO or REQUESTS_CA_BUNDLE" in said


def test_one_variable_names_authorities_for_all_that_is_fetched(
    address: str, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GIT_SSL_CAINFO")
    monkeypatch.delenv("GIT_EXEC_PATH")  # beside the authorities of the machine, as on the machines of users
    assert pull(address, folder=project).code == 0


@pytest.mark.parametrize("variable", ["GIT_SSL_NO_VERIFY", "GIT_CONFIG_PARAMETERS"])
def test_no_variable_of_git_makes_anybody_believed(
    variable: str, address: str, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GIT_SSL_CAINFO")
    monkeypatch.delenv("REQUESTS_CA_BUNDLE")
    monkeypatch.setenv(variable, "'http.sslverify'='false'" if "CONFIG" in variable else "1")
    assert "cannot prove" in refused(pull(address, folder=project))


def test_settings_of_the_user_lead_nowhere_else(
    address: str, server: GitServer, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.repository("acme/other").commit(OTHER)
    settings = f'[url "https://{server.host}/acme/other"]\n\tinsteadOf = https://{server.host}/acme/policies\n'
    settings += "[http]\n\tsslVerify = false\n\tproxy = http://127.0.0.1:9\n"
    home = tmp_path / "home"
    (home / "git").mkdir(parents=True)
    for name in (home / ".gitconfig", home / "git" / "config", project / ".git" / "config"):
        with name.open("a", encoding="utf-8") as file:
            file.write(settings)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home))
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", str(home / ".gitconfig"))
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", f"url.https://{server.host}/acme/other.insteadOf")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", f"https://{server.host}/acme/policies")
    monkeypatch.setenv("GIT_DIR", str(project / ".git"))
    ended = pull(address, folder=project)
    assert ended.code == 0, ended.stderr
    assert not any("other" in one for one in server.asked)


def test_proxy_of_the_environment_is_asked(
    address: str, server: GitServer, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://acme:hunter2@127.0.0.1:9")
    monkeypatch.setattr(fetch, "_PAUSES", (0.01,))
    for one in (address, f"https://{server.host}/p.tar.gz#sha256={'0' * 64}"):
        said = refused(pull(one, folder=project))
        assert "hunter2" not in said
    assert not server.asked
    monkeypatch.setenv("NO_PROXY", "localhost")
    assert pull(address, folder=project).code == 0


def test_redirect_within_https_is_followed(address: str, server: GitServer, project: Path) -> None:
    server.redirect("/old/policies", f"https://{server.host}/acme/policies")
    old = address.replace("acme/", "old/")
    assert pull(old, folder=project).code == 0
    assert judging(old, project)


def test_redirect_to_http_is_not_followed(
    address: str, server: GitServer, project: Path, authority: Authority, tmp_path: Path
) -> None:
    with serving(tmp_path / "served", authority, secure=False) as open_one:
        server.redirect("/old/policies", f"http://{open_one.host}/acme/policies")
        said = refused(pull(address.replace("acme/", "old/"), folder=project))
        assert not open_one.asked
    assert "it redirects to what is no https" in said


@pytest.mark.parametrize("begins", ["file:///tmp/x", "ext::sh -c touch", "git://localhost/x", "ssh://localhost/x"])
def test_redirect_to_what_git_could_run_or_read_is_not_followed(
    begins: str, address: str, server: GitServer, project: Path
) -> None:
    server.redirect("/old/policies", begins)
    refused(pull(address.replace("acme/", "old/"), folder=project))


def test_server_that_says_nothing_is_waited_for_and_no_longer(
    address: str, server: GitServer, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "PATIENCE", 1.0)
    server.answers["/acme/policies/git-upload-pack"] = lambda handler: time.sleep(20)
    start = time.monotonic()
    assert "not fetched within 1 seconds" in refused(pull(address, folder=project))
    assert time.monotonic() - start < 10


def test_server_that_is_not_there_is_told(address: str, project: Path) -> None:
    port = address.split(":")[2].split("/")[0]
    said = refused(pull(address.replace(port, "9"), folder=project))
    assert "error: cannot be fetched: unable to access" in said


def test_server_that_answers_rubbish_is_told(address: str, server: GitServer, project: Path) -> None:
    server.answers["/acme"] = lambda handler: handler.reply(200, b"\x1b]0;title\x07 welcome \xe2\x80\xae")
    said = refused(pull(address, folder=project))
    assert "\x1b" not in said
    assert "\u202e" not in said


def test_huge_repository_is_not_fetched_to_its_end(
    server: GitServer, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "LARGEST", 1024 * 1024)
    commit = server.repository().commit({**FILES, "model.bin": os.urandom(8 * 1024 * 1024)})
    said = refused(pull(server.address(commit), folder=project))
    assert "a repository of more than 1 MiB" in said
    assert in_the_cache(project) == {}


def test_history_is_left_where_it_is(server: GitServer, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "LARGEST", 1024 * 1024)
    repository = server.repository()
    repository.commit({**FILES, "model.bin": os.urandom(8 * 1024 * 1024)})
    assert pull(server.address(repository.commit({"model.bin": None})), folder=project).code == 0


def test_nothing_is_left_behind_in_the_temporary_folder(
    address: str, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    process("policy", "pull", address, folder=project, environment={"TMPDIR": str(scratch)})
    ended = process("check", "--policies", address, folder=project, environment={"TMPDIR": str(scratch)})
    assert ended.code == 1, ended.stderr
    assert list(scratch.iterdir()) == []


# What could be taken for an option, or led elsewhere.


@pytest.mark.parametrize(
    "hostile",
    [
        "git+https://--upload-pack=touch/x@main",
        "git+https://-oProxyCommand=touch/x@main",
        "git+https://{host}/--upload-pack=touch hacked@main",
        "git+https://{host}/-x@main",
        "git+https://{host}/acme/policies@--upload-pack=touch",
        "git+https://{host}/acme/policies@-x",
        "git+https://{host}/acme/policies@main:refs/heads/x",
        "git+https://{host}/acme/policies@+main",
        "git+https://{host}/acme/policies@main..v1",
        "git+https://{host}/acme/policies@^main",
        "git+https://{host}/acme/policies@main\n--x",
        "git+https://{host}/acme/policies@main@v1",
        "git+https://{host}/acme/../../etc@main",
        "git+https://{host}/acme/policies?x=@main",
        "git+https://{host}/acme/poli%2e%2ecies@main",
        "git+https://{host}/@main",
        "git+https://{host}@main",
        "git+https://:1/x@main",
        "git+https://{host}:/x@main",
        "git+https:///x@main",
        "git+https://$(touch hacked)/x@main",
        "git+https://{host}\\@evil/x@main",
        "git+https://{host}/acme/policies@\u0430bc",
    ],
)
def test_no_address_becomes_an_option_or_another_place(hostile: str, server: GitServer, project: Path) -> None:
    server.repository().commit(FILES)
    before = sorted(project.rglob("*"))
    refused(pull("--allow-unpinned", "--", hostile.format(host=server.host), folder=project))
    assert not server.asked
    assert sorted(project.rglob("*")) == before


@pytest.mark.parametrize(
    ("scheme", "advice"),
    [
        ("file:///srv/policies", "name the folder itself"),
        ("git+file:///srv/policies@main", "name the folder itself"),
        ("http://example.org/policies.tar.gz", "fetch it over https"),
        ("git+http://example.org/acme/policies@main", "fetch it over https"),
        ("ssh://git@example.org/acme/policies", "for what is not public, give a token"),
        ("git+ssh://git@example.org/acme/policies@main", "for what is not public, give a token"),
        ("git@example.org:acme/policies.git", "for what is not public, give a token"),
        ("git://example.org/acme/policies", "fetch it over https"),
        ("ftp://example.org/policies.tar.gz", "write git+https://HOST/ORG/REPO@COMMIT#PATH"),
        ("git+example.org/acme", "write git+https://HOST/ORG/REPO@COMMIT#PATH"),
        ("https://example.org/acme/policies", "`git+` is for a repository"),
    ],
)
@pytest.mark.parametrize("command", [("check", "--policies"), ("policy", "pull")])
def test_nothing_else_is_fetched_from_and_the_way_is_told(
    command: tuple[str, ...], scheme: str, advice: str, project: Path
) -> None:
    assert advice in refused(vendorgate(*command, scheme, folder=project))


# Secrets.


@pytest.mark.parametrize("secret", ["acme:hunter2@", "hunter2@", "acme:hunt%65r2@", "x:hunter2@evil@"])
@pytest.mark.parametrize("form", ["git+https://{}{}/acme/policies@main#p", "https://{}{}/p.tar.gz#sha256=x"])
@pytest.mark.parametrize("command", [("check", "--policies"), ("policy", "pull", "--lock"), ("policy", "lint")])
def test_secret_in_an_address_is_refused_and_not_repeated(
    command: tuple[str, ...], form: str, secret: str, server: GitServer, project: Path
) -> None:
    said = refused(vendorgate(*command, form.format(secret, server.host), folder=project))
    assert "a name or a password in it" in said
    assert "hunt" not in said
    assert not server.asked


@pytest.mark.parametrize(
    "words",
    [
        ("check", "--registry", "ADDRESS"),
        ("registry", "list", "--registry", "ADDRESS"),
        ("registry", "diff", "registry-snapshot", "ADDRESS"),
        ("impact", "--to", "ADDRESS"),
        ("review", "--base", "HEAD", "--registry", "ADDRESS"),
    ],
)
def test_registry_is_a_folder_and_no_address(words: tuple[str, ...], project: Path) -> None:
    Repository(project).commit()
    address = "https://acme:hunter2@example.org/registry.tar.gz"
    said = refused(vendorgate(*(address if word == "ADDRESS" else word for word in words), folder=project))
    assert "an address, where only a folder is read" in said
    assert "vendorgate registry update URL" in said
    assert "hunter2" not in said


@pytest.mark.parametrize("form", ["git+https://{}/acme/policies?token=hunter2", "https://{}/p.tar.gz?t=hunter2.tar.gz"])
def test_secret_behind_a_question_mark_is_refused_and_not_repeated(form: str, server: GitServer, project: Path) -> None:
    said = refused(pull("--allow-unpinned", form.format(server.host), folder=project))
    assert "hunter2" not in said


def test_token_opens_what_is_not_public(server: GitServer, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    address = server.address(server.repository("private/policies").commit(FILES), name="private/policies")
    said = refused(pull(address, folder=project))
    assert "the server asks who wants to read it" in said
    assert "give a token that may read it: VENDORGATE_POLICIES_TOKEN" in said
    monkeypatch.setenv(fetching.TOKEN, "wrong")
    assert "does not let anybody read it with this token" in refused(pull(address, folder=project))
    monkeypatch.setenv(fetching.TOKEN, server.token)
    ended = pull(address, folder=project)
    assert ended.code == 0, ended.stderr
    assert server.token not in ended.stdout + ended.stderr
    assert not any(server.token.encode() in data for data in in_the_cache(project).values())


@pytest.mark.parametrize("archive", [False, True])
def test_name_and_password_can_stand_where_other_programs_look_for_them(
    archive: bool, server: GitServer, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = server.address(server.repository("private/policies").commit(FILES), name="private/policies")
    if archive:
        folder = server.root / "private" / "policies"
        subprocess.run(("git", "archive", "-o", ".git/p.tar.gz", "HEAD:policies"), cwd=folder, check=True)
        data = (folder / ".git" / "p.tar.gz").read_bytes()
        server.answers["/private/p.tar.gz"] = lambda handler: handler.private(data)
        address = f"https://{server.host}/private/p.tar.gz#sha256={hashlib.sha256(data).hexdigest()}"
    refused(pull(address, folder=project))
    home = tmp_path / "home"
    home.mkdir()
    (home / ".netrc").write_text(f"machine localhost login x-access-token password {server.token}\n", encoding="utf-8")
    (home / ".netrc").chmod(0o600)
    monkeypatch.setenv("HOME", str(home))
    ended = pull(address, folder=project)
    assert ended.code == 0, ended.stderr
    assert judging(address, project) == {"audited", "phi-needs-baa"}


def test_commit_of_one_place_is_not_taken_for_that_of_another(pulled: str, server: GitServer, project: Path) -> None:
    """Whoever approves a pin approves the place, too: that it has the commit."""
    elsewhere = pulled.replace("acme/policies", "evil/policies")
    assert "is not in the cache" in refused(check(elsewhere, project))


@pytest.mark.parametrize("token", ["a b", "a\nhost=evil", "\x1b[31m"])
def test_token_that_is_more_than_one_is_refused_and_not_repeated(
    token: str, address: str, server: GitServer, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(fetching.TOKEN, token)
    said = refused(pull(address, folder=project))
    assert token not in said
    assert not server.asked


def test_token_is_for_the_named_host_alone(
    address: str,
    server: GitServer,
    project: Path,
    authority: Authority,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    heard: list[str | None] = []

    def listen(handler: Handler) -> None:
        heard.append(handler.headers.get("Authorization"))
        handler.reply(401, WWW_Authenticate='Basic realm="git"')

    monkeypatch.setenv(fetching.TOKEN, server.token)
    with serving(tmp_path / "elsewhere", authority) as other:
        other.answers["/"] = listen
        server.redirect("/old/policies", f"https://{other.host}/acme/policies")
        refused(pull(address.replace("acme/", "old/"), folder=project))
    assert heard
    assert set(heard) == {None}


def test_token_stands_in_no_command_line(
    address: str, server: GitServer, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[object] = []
    real = subprocess.Popen

    def started(arguments: list[str], **options: Any) -> Any:
        seen.extend(arguments)
        return real(arguments, **options)

    monkeypatch.setattr(subprocess, "Popen", started)
    monkeypatch.setenv(fetching.TOKEN, server.token)
    assert pull(address, folder=project).code == 0
    assert seen
    assert server.token not in " ".join(map(str, seen))


# The cache.


_WATCHED = """
import sys
met = []
sys.addaudithook(lambda event, _: met.append(event))
from vendorgate.cli.run import run
code = run(["check", "--policies", sys.argv[1]])
others = ("socket", "subprocess", "os.exec", "os.posix", "os.fork", "os.system")
print(code, sorted({event for event in met if event.startswith(others)}))
"""


def test_check_opens_no_connection_and_runs_no_program(pulled: str, project: Path) -> None:
    """Not even git: nothing in the cache is a repository, whose settings could name programs to run."""
    ended = subprocess.run((sys.executable, "-c", _WATCHED, pulled), cwd=project, capture_output=True, check=True)
    assert ended.stdout.decode().splitlines()[-1] == "1 []"


def other_objects(server: GitServer, project: Path, tmp_path: Path) -> bytes:
    """What a pull of other policies would have put there."""
    other = server.repository("acme/other").commit(OTHER)
    del server.answers["/"]
    before = in_the_cache(project)
    pull(server.address(other, name="acme/other"), folder=project)
    (name,) = in_the_cache(project).keys() - before.keys()
    return in_the_cache(project)[name]


TAMPERED: dict[str, Callable[[bytes], bytes]] = {
    "emptied": lambda data: b"",
    "cut off": lambda data: data[:-1],
    "cut off before the last object": lambda data: data[: data.rindex(b"blob ")],
    "one byte": lambda data: data.replace(b'"error"', b'"note!"').replace(b"covered", b"Covered"),
    "a policy that is gone": lambda data: data.replace(b"phi-needs-baa", b"xxx-needs-baa"),
    "another commit": lambda data: data.replace(b"author", b"Author"),
    "rubbish": lambda data: b"\0" * 1000,
    "a size without end": lambda data: b"blob 99999999999999\0" + data,
    "nothing but sizes": lambda data: b"blob 0\0" * 30_000,
    "a negative size": lambda data: b"blob -5\0" + data,
}


@pytest.mark.parametrize("how", TAMPERED)
def test_cache_that_somebody_has_changed_does_not_judge(how: str, pulled: str, project: Path) -> None:
    file = cached(project)
    data = TAMPERED[how](file.read_bytes())
    assert data != file.read_bytes()
    file.write_bytes(data)
    said = refused(check(pulled, project))
    assert f"what the cache has of {pulled} is not what that pins" in said
    assert f"vendorgate policy pull '{pulled}'" in said
    assert file.as_posix() in said


def test_objects_of_other_policies_in_the_cache_do_not_judge(
    pulled: str, server: GitServer, project: Path, tmp_path: Path
) -> None:
    file = cached(project)
    file.write_bytes(other_objects(server, project, tmp_path))
    assert "is not what that pins" in refused(check(pulled, project))


def test_more_objects_than_are_needed_change_nothing(
    pulled: str, server: GitServer, project: Path, tmp_path: Path
) -> None:
    file = cached(project)
    file.write_bytes(other_objects(server, project, tmp_path) + file.read_bytes())
    assert judging(pulled, project) == {"audited", "phi-needs-baa"}


@pytest.mark.parametrize("kind", ["folder", "pipe", "dangling link", "link to the same"])
def test_what_is_no_file_in_the_cache_is_not_waited_for(kind: str, pulled: str, project: Path, tmp_path: Path) -> None:
    file = cached(project)
    kept = tmp_path / "kept"
    shutil.move(file, kept)
    if kind == "folder":
        file.mkdir()
    elif kind == "pipe":
        os.mkfifo(file)
    else:
        file.symlink_to(kept if kind == "link to the same" else tmp_path / "nothing")
    if kind == "link to the same":
        assert judging(pulled, project)
    else:
        assert "is not in the cache" in refused(check(pulled, project))


def test_pull_mends_what_somebody_has_changed(address: str, server: GitServer, project: Path) -> None:
    pull(address, folder=project)
    cached(project).write_bytes(b"blob 0\0")
    ended = pull(address, folder=project)
    assert (ended.code, ended.stdout) == (0, f"{address}\n")
    assert ended.stderr.startswith("fetched: ")
    assert judging(address, project)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=share(200))
@given(data=st.data())
def test_bytes_in_the_cache_give_the_pinned_files_or_none(data: st.DataObject, pulled: str, project: Path) -> None:
    address, good = address_of(pulled), cached(project).read_bytes()
    wanted = pinned_policies(address, good).files
    start = data.draw(st.integers(0, len(good)))
    end = data.draw(st.integers(start, min(len(good), start + 40)))
    written = data.draw(st.one_of(st.binary(max_size=40), st.sampled_from([good[start:end] * 2, good])))
    try:
        found = pinned_policies(address, good[:start] + written + good[end:]).files
    except (NotAsNamed, InputError):
        return
    assert found == wanted


def test_pull_that_fails_leaves_what_is_there(pulled: str, server: GitServer, project: Path) -> None:
    before = in_the_cache(project)
    refused(pull("--allow-unpinned", server.address("main"), folder=project))
    refused(pull(server.address("0123456789" * 4), folder=project))
    assert in_the_cache(project) == before
    assert judging(pulled, project)


def test_pull_that_is_killed_leaves_what_is_there(
    pulled: str, server: GitServer, project: Path, tmp_path: Path
) -> None:
    del server.answers["/"]
    commit = Repository(server.root / "acme" / "policies").commit(OTHER)
    server.answers["/acme/policies/git-upload-pack"] = lambda handler: time.sleep(5)
    command = (sys.executable, "-m", "vendorgate", "policy", "pull", server.address(commit))
    asked = len(server.asked)
    running = subprocess.Popen(command, cwd=project, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    while len(server.asked) < asked + 2:
        time.sleep(0.02)
    running.kill()
    running.communicate()
    assert list(in_the_cache(project)) == [cached(project).name]
    assert judging(pulled, project) == {"audited", "phi-needs-baa"}


def test_several_pulls_at_once_agree(address: str, project: Path) -> None:
    command = (sys.executable, "-m", "vendorgate", "policy", "pull", address)
    several = [subprocess.Popen(command, cwd=project, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(4)]
    said = [one.communicate(timeout=120)[0].decode() for one in several]
    assert said == [f"{address}\n"] * 4
    assert len(in_the_cache(project)) == 1
    assert judging(address, project)


def test_cache_that_cannot_be_written_is_told(
    address: str, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert "the cache cannot be written: not a directory" in refused(pull(address, folder=project))


def test_folder_for_the_cache_decides_where_and_never_what(
    pulled: str, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = cached(project)
    hostile = tmp_path / "hostile" / "vendorgate" / "policies"
    hostile.mkdir(parents=True)
    (hostile / file.name).write_bytes(file.read_bytes().replace(b"phi-needs-baa", b"phi-needs-abb"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "hostile"))
    assert "is not what that pins" in refused(check(pulled, project))
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert "is not in the cache" in refused(check(pulled, project))


def test_policies_that_do_not_judge_alone_are_no_other_ones(server: GitServer, project: Path) -> None:
    """Two folders of one commit lie in the cache side by side."""
    commit = server.repository().commit({"a/p.yaml": policies(BAA), "b/p.yaml": policies(AUDITED)})
    for path, wanted in (("a", "phi-needs-baa"), ("b", "audited")):
        pull(server.address(commit, path), folder=project)
        assert judging(server.address(commit, path), project) == {wanted}
