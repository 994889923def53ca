"""What was observed of accounts judges from wherever policies are kept."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any, Final

import pytest

from tests.commands.review.repository import manifest, policies, usage
from tests.remote.pulling import check, pull
from tests.remote.server import GitServer
from tests.tarballs import tarball

DAY: Final = ("--as-of", "2026-11-23")
KEPT_NOWHERE: Final = {
    "id": "kept-nowhere",
    "title": "Nothing is kept",
    "require": [{"==": [{"var": "usage.settings.zdr"}, True]}],
}
BUNDLE: Final[dict[str, Any]] = {
    "bundle.yaml": {"name": "acme", "observations": {"required": ["alpha"]}},
    "accounts.yaml": {"version": 1, "accounts": [{"offering": "beta"}]},
    "rules.yaml": policies(KEPT_NOWHERE),
    "observations/beta.yaml": {
        "version": 1,
        "offering": "beta",
        "observed": "2026-11-20",
        "source": "GET /v1/settings",
        "settings": {"zdr": False},
    },
}


def address_of(kind: str, name: str, bundle: dict[str, Any], server: GitServer) -> str:
    """The pinned address of a bundle of a name."""
    if kind == "repository":
        repository = server.repository(f"acme/{name}")
        commit = repository.commit({f"policies/{path}": value for path, value in bundle.items()})
        return server.address(commit, name=f"acme/{name}")
    data = tarball({path: json.dumps(value).encode() for path, value in bundle.items()})
    return f"{server.serve(f'/{name}.tar.gz', data)}#sha256={hashlib.sha256(data).hexdigest()}"


@pytest.mark.parametrize("kind", ["repository", "archive"])
def test_observation_that_was_pulled_counts_in_the_place_of_a_claim(
    kind: str, server: GitServer, project: Path
) -> None:
    (project / "vendorgate.yaml").write_text(json.dumps(manifest(usage("u", "beta", settings={"zdr": True}))))
    digests = []
    for observed, code in ((False, 1), (True, 0)):
        observation = {**BUNDLE["observations/beta.yaml"], "settings": {"zdr": observed}}
        address = address_of(kind, f"b{code}", {**BUNDLE, "observations/beta.yaml": observation}, server)
        ended = pull(address, folder=project)
        assert ended.code == 0, ended.stderr
        checked = check(address, project, *DAY)
        assert checked.code == code, checked.stderr
        report = json.loads(checked.stdout)
        (support,) = report["results"][0]["rests_on"]
        assert (support["kind"], support["value"], support["verified"]) == ("observation", observed, "2026-11-20")
        place = support["location"]["path"]
        assert place.startswith(address.partition("#")[0])
        assert place.endswith("/observations/beta.yaml")
        digests.append(report["inputs"]["bundle"]["sha256"])
    assert digests[0] != digests[1]


def test_account_that_was_pulled_is_held_against_manifests(server: GitServer, project: Path) -> None:
    (project / "vendorgate.yaml").write_text(json.dumps(manifest(usage("u", "beta", account="nobodys"))))
    address = address_of("archive", "b", BUNDLE, server)
    pull(address, folder=project)
    ended = check(address, project, *DAY)
    assert ended.code == 2
    assert "`nobodys` is not an account of beta" in ended.stderr
