"""`vendorgate policy pull`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from ...errors import Problem, UsageError
from ...frame.defaults import today
from ...frame.locking import locked
from ...frame.options import help_option
from ...frame.streams import print_report
from ...frame.writing import new_file, replace_file
from ...git.fetching import TOKEN
from ...logic.wording import count
from ...remote.address import Address, GitAddress, address_of
from ...remote.lock_file import entry_of, lock_path, read_lock, with_entry
from ...remote.pinned import PinnedPolicies
from ...rewriting.changing import written
from ...terminal.escape import escape
from .pulling import Pull, pull

_FORKS = "look for it in their history, because some hosts show commits of forks under the name of the original"
_WHAT = "written by `vendorgate policy pull --lock`: a record of what was pulled, which no check follows"


@click.command("pull", add_help_option=False)
@click.argument("source", metavar="SOURCE")
@click.option("--allow-unpinned", is_flag=True, help="Fetch what a branch or an archive is today, and say its pin.")
@click.option("--lock", is_flag=True, help="Record what was pulled in vendorgate.lock, at the root of the repository.")
@help_option
def pull_policies(source: str, allow_unpinned: bool, lock: bool) -> int:
    """Fetch policies that are kept elsewhere, so that checks can judge by them without a network.

    SOURCE is git+https://HOST/ORG/REPO@COMMIT#PATH, a folder of a repository, or https://HOST/….tar.gz#sha256=…, an
    archive of one; then `vendorgate check --policies` takes the same. What is in the cache is held against the pin
    each time it is used. For what is not public, VENDORGATE_POLICIES_TOKEN has a token that may read the repository.

    Prints the pinned address. For example: vendorgate policy pull --allow-unpinned
    git+https://github.com/acme/policies@main#policies
    """
    address = address_of(source)
    found = pull(address, _token(), allow_unpinned=allow_unpinned)
    _say(address, found)
    if lock:
        _record(lock_path(), found.policies)
    print_report(f"{found.policies.address.shown}\n")
    return 0


def _token() -> str:
    """The token for what is not public; empty where there is none.

    Raises:
        UsageError: no token is like it.
    """
    token = os.environ.get(TOKEN, "").strip()
    if not token.isprintable() or " " in token:
        raise UsageError(
            [Problem(f"{TOKEN} has a space or a control character in it", help="set it to the token alone")]
        )
    return token


def _say(asked: Address, found: Pull) -> None:
    """On the error stream: what was done, and what was asked for stands for today."""
    policies = found.policies
    address = policies.address
    if not asked.pinned:
        pin = f"commit {address.revision}" if isinstance(address, GitAddress) else f"sha256 {address.sha256}"
        sys.stderr.write(f"{escape(asked.shown)} is {pin} today; what to name is printed\n")
    if not found.is_tip:
        sys.stderr.write(f"no branch and no tag ends at this commit: {_FORKS}\n")
    done = "fetched" if found.fetched else "in the cache already"
    sys.stderr.write(f"{done}: {count(len(policies.files), 'file')}, sha256 {policies.sha256}\n")


def _record(path: Path, found: PinnedPolicies) -> None:
    """Write what was pulled into the record, and say what it had of the same place."""
    with locked(path):
        before = read_lock(path)
        entry = entry_of(found, today())
        other = [one for one in before.policies if one.place == entry.place] if before is not None else []
        text = f"# {_WHAT}\n{written(with_entry(before, entry))}"
        (replace_file if os.path.lexists(path) else new_file)(path, text)
    shown = escape(path.as_posix())
    for one in other:
        if (one.commit, one.sha256) != (entry.commit, entry.sha256):
            pin = one.commit if isinstance(one.commit, str) else f"sha256 {one.sha256}"
            sys.stderr.write(f"{shown} had {escape(pin)}, pulled {one.pulled}\n")
    sys.stderr.write(f"recorded in {shown}\n")
