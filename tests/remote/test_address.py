"""Addresses: read strictly, written again as they are meant, and never a way for a secret into a message."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vendorgate.errors import UsageError
from vendorgate.remote.address import ArchiveAddress, GitAddress, address_of

HEX = "0123456789abcdef"
_NAME = st.from_regex(r"[a-z0-9_][A-Za-z0-9._~-]{0,8}", fullmatch=True).filter(lambda name: set(name) != {"."})
_HOST = st.from_regex(r"[A-Za-z0-9]{1,6}(\.[a-z]{2,4})?(:[0-9]{1,5})?", fullmatch=True)
_COMMIT = st.text(HEX, min_size=40, max_size=40) | st.text(HEX, min_size=64, max_size=64)
_REVISION = st.sampled_from(("main", "v1.2", "release/7", "a_b+c"))
_PATH = st.lists(st.text(st.characters(categories=("L", "N", "P", "Zs")), min_size=1, max_size=6), max_size=3).map(
    "/".join
)
_SECRET = st.text("abcdefghijklmnop", min_size=8, max_size=12)


@given(_HOST, st.lists(_NAME, min_size=1, max_size=4), st.none() | _COMMIT | _REVISION, _PATH)
def test_address_of_a_repository_is_written_as_it_is_read(
    host: str, names: list[str], revision: str | None, path: str
) -> None:
    text = f"git+https://{host}/{'/'.join(names)}" + (f"@{revision}" if revision else "") + (f"#{path}" if path else "")
    steps = path.removesuffix("/").split("/")
    if path and (any(step in ("", ".", "..") for step in steps) or "\\" in path or not path.isprintable()):
        with pytest.raises(UsageError, match="no path of a folder behind the `#`"):
            address_of(text)
        return
    found = address_of(text)
    assert isinstance(found, GitAddress)
    assert address_of(found.shown) == found
    assert found.pinned == (revision is not None and re.fullmatch("[0-9a-f]{40}|[0-9a-f]{64}", revision) is not None)
    assert found.shown.lower() == text.removesuffix("/").lower()


@given(_HOST, st.lists(_NAME, min_size=1, max_size=4), st.none() | st.text(HEX, min_size=64, max_size=64))
def test_address_of_an_archive_is_written_as_it_is_read(host: str, names: list[str], sha256: str | None) -> None:
    text = f"https://{host}/{'/'.join(names)}.tar.gz" + (f"#sha256={sha256}" if sha256 else "")
    found = address_of(text)
    assert isinstance(found, ArchiveAddress)
    assert address_of(found.shown) == found
    assert found.pinned == (sha256 is not None)


@given(st.sampled_from(("git+https://", "https://", "git+", "", "http://", "ssh://")), st.text())
@example("git+https://", "h/" + "a" * 3_000)
@example("https://", "[::1]:8443/a.tar.gz")
@example("git+https://", "h/x@main\n")
@example("git+https://", "h/x@main#a\x00")
@example("git+https://", "h/x@" + "a" * 40 + "\n")
def test_any_text_is_an_address_or_refused(scheme: str, rest: str) -> None:
    try:
        found = address_of(scheme + rest)
    except UsageError:
        return
    url = found.repository if isinstance(found, GitAddress) else found.url
    assert re.fullmatch(r"https://[a-z0-9.:\[\]-]+(/[A-Za-z0-9._~+,=:@%-]+)+", url)
    assert "@" not in url.split("/")[2]
    assert not any(step.startswith("-") for step in url.split("/")) or isinstance(found, ArchiveAddress)
    assert found.shown.isprintable()
    assert isinstance(found, ArchiveAddress) or not (found.revision or "").startswith("-")


@given(
    st.sampled_from(("git+https", "https", "http", "git+http", "ssh", "git+ssh", "git", "ftp", "HTTPS", "x")),
    st.sampled_from(("{0}@h/x", "u:{0}@h/x.tar.gz", "h/x?token={0}", "h/x.tar.gz?{0}#sha256=1", "u:{0}@", "{0}:@h")),
    _SECRET,
)
def test_secret_in_an_address_stands_in_no_message(scheme: str, form: str, secret: str) -> None:
    with pytest.raises(UsageError) as caught:
        address_of(f"{scheme}://{form.format(secret)}")
    for problem in caught.value.problems:
        assert secret not in f"{problem.title} {problem.help} {problem.location}"
