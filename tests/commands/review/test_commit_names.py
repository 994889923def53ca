"""Names of commits: one that can stand for several is refused, with what to write instead."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.commands.review.repository import Repository, changed, kinds, manifest, usage

M = "vendorgate.yaml"
BAD = {M: manifest(usage("u", "beta"))}


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """Its branch `change` is checked out, and fails against `main`."""
    return changed(tmp_path, {M: manifest()}, BAD)


def short(repository: Repository, length: int = 7) -> str:
    return repository.git("rev-parse", "main")[:length]


def described(repository: Repository) -> str:
    return f"v1-0-g{short(repository)}"


AMBIGUOUS: Mapping[str, tuple[Callable[[Repository], str], tuple[str, ...], str]] = {
    "a tag named like the branch": (lambda _: "main", ("refs/tags/main",), "refs/heads/main"),
    "a tag named like the branch at the same commit": (lambda _: "main", ("refs/tags/main main",), "refs/heads/main"),
    "an ancestor of such a name": (lambda _: "main~0", ("refs/tags/main",), "refs/heads/main~0"),
    "what a branch was": (lambda _: "main^{commit}", ("refs/tags/main",), "refs/heads/main^{{commit}}"),
    "a tag named like the branch of a remote": (
        lambda _: "origin/main",
        ("refs/remotes/origin/main main", "refs/tags/origin/main"),
        "refs/remotes/origin/main",
    ),
    "a branch named like the branch of a remote": (
        lambda _: "origin/main",
        ("refs/remotes/origin/main main", "refs/heads/origin/main"),
        "refs/heads/origin/main",
    ),
    "a tag where only a remote has the branch": (
        lambda _: "release",
        ("refs/remotes/origin/release main", "refs/tags/release"),
        "refs/remotes/origin/release",
    ),
    "a ref outside of the usual places": (lambda _: "main", ("refs/main",), "refs/heads/main"),
    "a branch named like the beginning of an id": (short, ("refs/heads/{short}",), "refs/heads/{short}"),
    "a tag named like a description": (described, ("refs/tags/v1-0-g{short}",), "refs/tags/v1-0-g{short}"),
}


@pytest.mark.parametrize("case", AMBIGUOUS)
def test_name_that_can_stand_for_several_commits_is_refused(case: str, repository: Repository) -> None:
    named, refs, instead = AMBIGUOUS[case]
    for ref in refs:
        name, _, commit = ref.format(short=short(repository)).partition(" ")
        repository.git("update-ref", name, commit or "change")
    name, instead = named(repository), instead.format(short=short(repository))
    for more in ((), ("--new-only",), ("--trust-head",)):
        ended = repository.review(*more, base=name)
        assert (ended.code, ended.stdout) == (2, "")
        assert f"--base {name}: ambiguous, because" in ended.stderr
        assert f"such as `--base {instead}`" in ended.stderr
    ended = repository.review("--head", name, base="refs/heads/main")
    assert ended.code == 2
    assert f"--head {name}: ambiguous" in ended.stderr
    if instead.startswith("refs/heads/main"):
        assert kinds(repository.report(base=instead)) == {"new": 1, "blocking": 1}


def test_id_in_full_means_itself_whatever_goes_by_its_name(repository: Repository) -> None:
    base = repository.git("rev-parse", "main")
    for place in ("heads", "tags"):
        repository.git("update-ref", f"refs/{place}/{base}", "change")
    for name in (base, f"{base}^{{commit}}", f"{base}~0"):
        report = repository.report(base=name)
        assert report["base"]["commit"] == base
        assert kinds(report) == {"new": 1, "blocking": 1}


def test_whole_name_of_a_ref_means_itself_and_no_other_place(repository: Repository) -> None:
    for place in ("heads", "tags", "remotes"):
        repository.git("update-ref", f"refs/{place}/refs/heads/main", "change")
        repository.git("update-ref", f"refs/{place}/refs/heads/gone", "change")
    assert kinds(repository.report(base="refs/heads/main")) == {"new": 1, "blocking": 1}
    ended = repository.review(base="refs/heads/gone")
    assert ended.code == 2
    assert "--base refs/heads/gone: no such commit here" in ended.stderr


def test_names_that_are_not_ambiguous_are_taken(repository: Repository) -> None:
    repository.git("update-ref", "refs/remotes/origin/main", "main")
    repository.git("update-ref", "refs/remotes/origin/HEAD", "main")
    repository.git("update-ref", "refs/heads/feature/main", "change")
    repository.git("tag", "v1", "main")
    for name in ("main", "origin/main", "origin", "v1", "HEAD~1", "@~1", "main~0", short(repository), "heads/main"):
        assert kinds(repository.report(base=name)) == {"new": 1, "blocking": 1}, name


def test_branch_that_ci_checks_out_by_the_name_of_the_base_is_not_the_base(repository: Repository) -> None:
    """A fork's own `main`, which becomes the local branch of that name."""
    repository.git("update-ref", "refs/remotes/origin/main", "main")
    repository.git("checkout", "--quiet", "-B", "main", "change")
    ended = repository.review("--new-only")
    assert (ended.code, ended.stdout) == (2, "")
    assert "this is the branch that is checked out, and refs/remotes/origin/main is at another commit" in ended.stderr
    assert "write `--base refs/remotes/origin/main`" in ended.stderr
    assert kinds(repository.report(base="refs/remotes/origin/main")) == {"new": 1, "blocking": 1}
    assert kinds(repository.report(base="main~1")) == {"new": 1, "blocking": 1}
    repository.git("update-ref", "refs/remotes/origin/main", "main")
    assert repository.review("--new-only").code == 0
