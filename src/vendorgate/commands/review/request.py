"""What `vendorgate review` does: find what the change is, judge, report, and give the verdict's exit code."""

from __future__ import annotations

import datetime
import os
import sys
import tempfile

import msgspec

from ...frame.answer import answer
from ...frame.defaults import day_for, today
from ...frame.repository import repository_for
from ...frame.verdict import EXIT_CODES, say_unjudged
from ...load.files import Folder, is_manifest_name
from ...logic.wording import few
from ...model.vocabulary import FailOn
from ...terminal.escape import escape
from .formats import formats
from .model import JudgedBy
from .preparing import PreparedReview, ReviewQuestion, prepare
from .reviewing import review as judge


class ReviewRequest(msgspec.Struct, frozen=True):
    """What a command line asks for; None where it does not say."""

    manifests: tuple[str, ...]
    base: str
    head: str = "HEAD"
    new_only: bool = False
    trust_head: bool = False
    policies: str | None = None
    registry: str | None = None
    pack: tuple[str, ...] = ()
    repository: str | None = None
    as_of: datetime.date | None = None
    base_as_of: datetime.date | None = None
    format: str = "text"
    output: tuple[str, ...] = ()
    fail_on: FailOn | None = None
    show_waived: bool = False
    verbose: bool = False
    code: bool = False


def review(request: ReviewRequest) -> int:
    """Judge and report; 2 where a manifest could not be judged, else 1 where something blocks, else 0."""
    prepared = prepare(_question(request), os.getcwd())
    _say(prepared)
    with tempfile.TemporaryDirectory(prefix="vendorgate-") as scratch:
        found = answer(
            lambda: judge(prepared, scratch),
            formats(request.show_waived, verbose=request.verbose),
            request.format,
            request.output,
            manifests=(prepared.shown(pair.path) for pair in prepared.chosen.pairs),
            folders=(Folder(path, path) for path in _on_the_disk(prepared)),
            before=lambda found: say_unjudged(found.evaluation, told=request.format == "text"),
        )
    return EXIT_CODES[found.verdict]


def _question(request: ReviewRequest) -> ReviewQuestion:
    day = day_for(request.as_of)
    return ReviewQuestion(
        base=request.base,
        head=request.head,
        as_of=day.day,
        asked_on=day.asked_on if request.base_as_of is None else today(),
        manifests=request.manifests,
        policies=request.policies,
        registry=request.registry,
        packs=request.pack,
        base_as_of=request.base_as_of,
        fail_on=request.fail_on,
        trust_head=request.trust_head,
        new_only=request.new_only,
        code=request.code,
        repository=repository_for(request.repository),
    )


def _on_the_disk(prepared: PreparedReview) -> list[str]:
    """Where in the work tree the folders that judge are, which no report overwrites."""
    return [one.disk.path if one.path is None else prepared.shown(one.path) for one in prepared.places]


def _say(prepared: PreparedReview) -> None:
    """On the error stream: by what head is judged, and what is not looked at."""
    lines = [f"judging by {_named(prepared, prepared.judges)}"]
    if prepared.question.trust_head:
        lines.append("--trust-head: the change is judged by what it brings itself, not by what it is to go into")
    changed = _uncommitted(prepared)
    if changed:
        lines.append(f"not judged, because it is not committed: {few(changed, 3)}")
    sys.stderr.write("".join(f"{escape(line)}\n" for line in lines))


def _named(prepared: PreparedReview, judges: JudgedBy) -> str:
    """What judges head, and of which commit it is."""
    side = prepared.commits.head if prepared.judge == "head" else prepared.commits.base
    commit = "" if side.commit is None else f" ({side.commit[:12]})"
    said = []
    for origin, path, name in (
        (judges.policies, judges.policies_path, "policies"),
        (judges.registry, judges.registry_path, "registry-snapshot"),
    ):
        words = {
            "disk": f"{path}, which git does not track",
            "address": path,
            "built-in": f"the {name} that came with vendorgate",
        }
        said.append(words.get(origin, f"{path} of {side.name}{commit}"))
    return f"{said[0]}, and by {said[1]}"


def _uncommitted(prepared: PreparedReview) -> list[str]:
    """Files in the work tree that would change the review and are not in the commit that is judged."""
    repository, head = prepared.repository, prepared.commits.head.commit
    if head != repository.commit("HEAD"):
        return []
    covered = {pair.path for pair in prepared.chosen.pairs}
    folders = tuple(f"{one.path}/" for one in prepared.places if one.path is not None)
    found = repository.uncommitted(
        head, lambda path: path in covered or is_manifest_name(path) or path.startswith(folders)
    )
    return [prepared.shown(path) for path in found]
