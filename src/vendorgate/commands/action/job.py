"""The job that a step belongs to: the runner's variables, the inputs, the event, and what tells it from other jobs."""

from __future__ import annotations

import hashlib
import json
import posixpath
from collections.abc import Mapping

import msgspec

from .event import Event
from .inputs import ActionInputs, variable


class Job(msgspec.Struct, frozen=True):
    """What the runner says, and what was made of it; without inputs and event where those are not valid."""

    environment: Mapping[str, str]
    inputs: ActionInputs = ActionInputs()
    event: Event = Event("")

    def said(self, name: str) -> str:
        """A variable of the runner; empty where it sets none."""
        return self.environment.get(name, "")

    @property
    def key(self) -> str:
        """What tells the jobs of a repository apart: workflow, job, cell of the matrix, working directory.

        The ref is not part of it, so that the next run of the same job finds its comment and its results.
        """
        workflow = self.said("GITHUB_WORKFLOW_REF").partition("@refs/")[0] or self.said("GITHUB_WORKFLOW")
        folder = posixpath.normpath(self.inputs.working_directory)
        parts = (workflow, self.said("GITHUB_JOB"), self.said(variable("matrix")).strip(), folder)
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]
