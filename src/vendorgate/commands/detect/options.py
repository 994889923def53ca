"""What the command line asks for, put into a request and answered.

In: options as click has read them. Out: the answer in every format, and the exit code.
"""

from __future__ import annotations

import datetime

import msgspec

from ...errors import Problem, UsageError
from ...frame.answer import answer
from ...frame.defaults import day_for, inputs_for, registry_beside
from ...frame.repository import repository_for
from ...frame.verdict import EXIT_CODES, say_unjudged
from ...load.files import Folder
from ...model.vocabulary import FailOn
from .against import AUTO, AgainstRequest
from .formats import FORMATS
from .model import Detected
from .request import DetectRequest, told


class Options(msgspec.Struct, frozen=True):
    """Options, by their names."""

    paths: tuple[str, ...]
    jobs: int | None
    source: str | None
    write: bool
    against: tuple[str, ...]
    policies: str | None
    registry: str | None
    pack: tuple[str, ...]
    as_of: datetime.date | None
    repository: str | None
    fail_on: FailOn | None
    format: str
    output: tuple[str, ...]


def detect(options: Options) -> int:
    """Look, write, tell; 2 where a manifest could not be read, else 1 where a difference blocks, else 0."""
    _refuse(options)
    request = _request(options)
    folders: list[Folder] = [one for one in (request.bundle, request.registry) if one is not None]
    found = answer(
        lambda: told(request),
        FORMATS,
        options.format,
        options.output,
        manifests=(one for one in options.against if one != AUTO),
        folders=folders,
        before=lambda found: _say(found, options.format),
    )
    return 0 if found.against is None else EXIT_CODES[found.against.verdict]


def _refuse(options: Options) -> None:
    """Refuse what would do nothing, and what contradicts itself.

    Raises:
        UsageError: an option is only of use with another, or is of none with it.
    """
    if options.against and options.write:
        help = "write first, say what is left, then hold the code against it"
        raise UsageError([Problem("--write and --against exclude each other", help=help)])
    judging = ("as_of", "fail_on", "pack", "repository")
    given = [f"--{name.replace('_', '-')}" for name in judging if getattr(options, name)]
    if given and not options.against:
        help = "add --against auto, or leave it out: without manifests nothing is judged"
        raise UsageError([Problem(f"{given[0]} without --against", help=help)])


def _request(options: Options) -> DetectRequest:
    if not options.against:
        registry, bundle = registry_beside(options.registry, options.policies)
        return DetectRequest(options.paths, options.jobs, options.source, options.write, registry, bundle)
    judges = inputs_for(options.policies, options.registry, options.pack)
    day = day_for(options.as_of)
    against = AgainstRequest(
        options.against,
        options.paths,
        judges,
        day.day,
        day.asked_on,
        options.fail_on,
        repository_for(options.repository),
    )
    return DetectRequest(options.paths, options.jobs, options.source, options.write, judges[1], judges[0], against)


def _say(found: Detected, format: str) -> None:
    if found.against is not None:
        say_unjudged(found.against.evaluation, told=format == "text")
