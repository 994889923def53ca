"""Objects of git, made by hand as no git would make them: what they come to is bounded, and stays in its folder."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.commands.review.repository import Repository
from vendorgate.errors import InputError
from vendorgate.remote import git_objects
from vendorgate.remote.git_objects import NotAsNamed, PolicyFiles, policy_files, unfiled

FILE, PROGRAM, FOLDER, LINK, SUBMODULE = b"100644", b"100755", b"40000", b"120000", b"160000"
Entry = tuple[bytes, bytes, str]


class Store:
    """Objects by their ids."""

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}

    def add(self, kind: str, content: bytes) -> str:
        whole = f"{kind} {len(content)}\0".encode() + content
        id = hashlib.sha1(whole).hexdigest()
        self.objects[id] = whole
        return id

    def tree(self, *entries: Entry) -> str:
        return self.add("tree", b"".join(mode + b" " + name + b"\0" + bytes.fromhex(id) for mode, name, id in entries))

    def commit(self, tree: str) -> str:
        return self.add("commit", f"tree {tree}\nauthor a <a> 0 +0000\ncommitter a <a> 0 +0000\n\nx\n".encode())

    def read(self, tree: str, path: str = "") -> PolicyFiles:
        return policy_files(self.commit(tree), path, self.objects.get, "address")


@pytest.fixture
def store() -> Store:
    return Store()


def words_of(store: Store, tree: str) -> str:
    with pytest.raises(InputError) as caught:
        store.read(tree)
    return str(caught.value)


def test_objects_are_those_of_git(tmp_path: Path, store: Store) -> None:
    repository = Repository(tmp_path)
    commit = repository.commit({"policies/a.yaml": "a: 1", "policies/b/c.yml": "b: 2", "x.md": "x"})
    written = (repository.git("cat-file", "commit", commit) + "\n").encode()
    assert store.add("commit", written) == commit
    blob_a, blob_c = (store.add("blob", data) for data in (b"a: 1", b"b: 2"))
    inner = store.tree((FILE, b"c.yml", blob_c))
    policies = store.tree((FILE, b"a.yaml", blob_a), (FOLDER, b"b", inner))
    root = store.tree((FOLDER, b"policies", policies), (FILE, b"x.md", store.add("blob", b"x")))
    assert root == repository.git("rev-parse", "HEAD^{tree}")
    found = policy_files(commit, "policies", store.objects.get, "address")
    assert found.files == {"a.yaml": b"a: 1", "b/c.yml": b"b: 2"}
    assert [*found.objects] == [commit, root, policies, blob_a, inner, blob_c]


@pytest.mark.parametrize(
    "name",
    [b".", b"..", b"a/b.yaml", b"..\\x.yaml", b"c:x.yaml", b"\xff.yaml", b"../x.yaml", b"/etc/x.yaml"],
)
def test_name_that_leads_elsewhere_is_refused(name: bytes, store: Store) -> None:
    words_of(store, store.tree((FILE, name, store.add("blob", b"{}"))))


def test_name_that_stands_twice_is_refused(store: Store) -> None:
    blob = store.add("blob", b"{}")
    tree = store.tree((FILE, b"a.yaml", blob), (PROGRAM, b"a.yaml", blob))
    assert "not every folder can hold" in words_of(store, tree)


@pytest.mark.parametrize("mode", [LINK, SUBMODULE])
@pytest.mark.parametrize("name", [b"a.yaml", b"folder", b"README"])
def test_what_is_no_file_is_refused_wherever_it_stands(name: bytes, mode: bytes, store: Store) -> None:
    blob = store.add("blob", b"/etc/passwd")
    inner = store.tree((mode, name, blob))
    said = words_of(store, store.tree((FILE, b"p.yaml", blob), (FOLDER, b"x", inner)))
    assert f"`x/{name.decode()}` is" in said


def test_folder_that_stands_for_files_without_end_is_refused(store: Store) -> None:
    """Ten folders of which each has ten times the one before: a few objects, and ten thousand million files."""
    tree = store.tree((FILE, b"a.yaml", store.add("blob", b"{}")))
    for _ in range(10):
        tree = store.tree(*((FOLDER, b"%d" % number, tree) for number in range(10)))
    assert "more than 20,000 files and folders" in words_of(store, tree)


def test_one_file_that_stands_for_many_is_counted_each_time(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(git_objects, "LARGEST_WHOLE", 10_000)
    blob = store.add("blob", b"#" * 1_000)
    assert "more than 100 MiB" in words_of(store, store.tree(*((FILE, b"%d.yaml" % n, blob) for n in range(20))))


def test_folders_that_nest_too_deeply_are_refused(store: Store) -> None:
    tree = store.tree((FILE, b"a.yaml", store.add("blob", b"{}")))
    for _ in range(60):
        tree = store.tree((FOLDER, b"a", tree))
    assert "more than 50 folders deep" in words_of(store, tree)


def test_folder_without_policies_is_none(store: Store) -> None:
    assert "no file of policies there" in words_of(store, store.tree((FILE, b"README.md", store.add("blob", b"x"))))
    assert "no file of policies there" in words_of(store, store.tree())


@pytest.mark.parametrize(
    "content",
    [b"100644", b"100644 a", b"100644 a\0", b"100644 a\0short", b" a\0" + b"x" * 20, b"100644 \0" + b"x" * 20],
)
def test_tree_that_breaks_off_is_none(content: bytes, store: Store) -> None:
    with pytest.raises((NotAsNamed, InputError)):
        store.read(store.add("tree", content))


def test_commit_without_a_tree_is_none(store: Store) -> None:
    commit = store.add("commit", b"parent x\n")
    with pytest.raises(NotAsNamed):
        policy_files(commit, "", store.objects.get, "address")


def test_blob_in_the_place_of_a_folder_is_refused(store: Store) -> None:
    blob = store.add("blob", b"{}")
    assert f"{blob} is no tree" in words_of(store, store.tree((FOLDER, b"a", blob)))
    assert "is no blob" in words_of(store, store.tree((FILE, b"a.yaml", store.tree())))


def test_object_under_the_name_of_another_is_refused(store: Store) -> None:
    good, bad = store.add("blob", b"strict"), store.add("blob", b"lax")
    tree = store.tree((FILE, b"a.yaml", good))
    store.objects[good] = store.objects[bad]
    with pytest.raises(NotAsNamed):
        store.read(tree)


@given(st.lists(st.tuples(st.sampled_from(("blob", "tree", "commit")), st.binary(max_size=50)), max_size=20))
def test_file_of_objects_gives_each_by_its_name(objects: Iterable[tuple[str, bytes]]) -> None:
    store = Store()
    ids = [store.add(kind, content) for kind, content in objects]
    assert unfiled(b"".join(store.objects.values()), 40) == {id: store.objects[id] for id in ids}


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        found = unfiled(data, 40)
    except NotAsNamed:
        return
    assert all(hashlib.sha1(whole).hexdigest() == id for id, whole in found.items())
