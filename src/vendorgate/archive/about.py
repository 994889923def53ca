"""What a pack says to whoever opens it: what it is, what lies where, and how to tell whether it is true.

In: an evaluation, what is known of the run. Out: Markdown, in which no text of an input is markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from ..logic.wording import count
from ..model.evaluation import Evaluation
from ..report.markup import markdown
from ..version import VERSION
from .document import LIBRARY, MANIFEST, SUMS, Packing

README: Final = "README.md"
VERIFY: Final = "VERIFY.md"
_VERDICTS: Final = {
    "pass": "**pass**: nothing blocks",
    "fail": "**fail**: at least one result blocks",
    "incomplete": "**incomplete**: not all manifests could be judged, so that nothing has passed",
}
_FOLDERS: Final = {
    "inputs/manifests/": "what projects say that they use, as it was judged, byte for byte",
    "inputs/not-judged/": "manifests with mistakes, which nobody could judge",
    "inputs/policies/": "the policies, with registered agreements, waivers, observations and the organization's cells",
    LIBRARY: "packs of vendorgate's own library that were in force, too",
    "inputs/registry/": "what vendors document, with the day on which somebody read it",
    "evidence/cells.csv": "the cells of the registry and the bundle that results rest on; `cells.json` says the same",
    "reports/": "one judgement in every format of `vendorgate check`",
    "handbook.md": "the policies in plain English, made of the logic that judged",
    "inventory/": "the registers that laws ask for, made of the same manifests",
    MANIFEST: "what this is, and the SHA-256 of every other file",
    SUMS: "the same digests as `sha256sum` reads them",
    VERIFY: "how to tell whether any of this was changed, and whether it is true",
}


def readme(evaluation: Evaluation, names: Iterable[str]) -> str:
    """What the pack is; `names` are those of its members."""
    return "\n".join(_readme(evaluation, tuple(names))) + "\n"


def _readme(evaluation: Evaluation, names: tuple[str, ...]) -> Iterator[str]:
    bundle, snapshot, summary = evaluation.bundle, evaluation.snapshot, evaluation.summary
    repository = evaluation.repository.name
    yield "# Evidence of a check by vendorgate"
    yield ""
    yield "What was judged, by what, with which outcome, and everything that it takes to judge it again."
    yield ""
    yield "| what | here |"
    yield "|---|---|"
    yield f"| Verdict | {_VERDICTS[evaluation.verdict]} |"
    yield f"| Judged as of | {evaluation.day} |"
    yield f"| Repository | {'not known' if repository is None else markdown(repository)} |"
    yield f"| Manifests | {count(len(evaluation.manifests), 'manifest')} judged, {len(evaluation.not_judged)} not |"
    outcomes = f"{summary.passed} pass, {summary.fail} fail, {summary.unknown} unknown, {summary.waived} waived"
    yield f"| Results | {outcomes}; {summary.blocking} blocking |"
    yield f"| Passes that rest on claims alone | {evaluation.on_claims_alone}: nobody but the manifest says so |"
    yield f"| Policies | {_named(bundle.name, bundle.release)} `{bundle.sha256}` |"
    yield f"| Registry | {_named(snapshot.written.name, str(snapshot.written.generated))} `{snapshot.sha256}` |"
    yield f"| Made by | vendorgate {VERSION} |"
    yield ""
    if evaluation.not_judged:
        yield "Not judged, so that nothing is known of them:"
        yield ""
        yield from (f"- {markdown(one.path)}" for one in evaluation.not_judged)
        yield ""
    yield "| where | what |"
    yield "|---|---|"
    for place, words in _FOLDERS.items():
        if place in (README, VERIFY, MANIFEST, SUMS) or any(name.startswith(place) for name in names):
            yield f"| `{place}` | {words} |"
    yield ""
    yield "A manifest is the word of whoever is judged, and documented coverage is evidence, and not legal advice."


def _named(name: str | None, release: str | None) -> str:
    return " ".join(markdown(part) for part in (name, release) if part) or "without a name"


def verify_page(evaluation: Evaluation, packing: Packing) -> str:
    """How to tell whether the pack is as it was made, and whether it is true."""
    return "\n".join(_verify(evaluation, packing)) + "\n"


def _verify(evaluation: Evaluation, packing: Packing) -> Iterator[str]:
    threshold = packing.run.fail_on or "the threshold of the bundle"
    packs = ", ".join(f"`{one}`" for one in map(markdown, packing.run.packs)) or "none"
    yield f"""# How to verify this pack

## With vendorgate

With vendorgate {VERSION} installed:

```sh
vendorgate verify PACK.zip
```

No network, no account, and nothing beside the archive. It holds every byte of the archive against its digests, judges
the manifests again by the policies and the registry in here, and compares what comes out with every report in here,
byte for byte. It exits with 0 where all of it holds, with 1 and a name for everything that does not, with 2 where the
archive cannot be read.

Another version may have other rules and other words: it tells whether the digests hold and what it would say otherwise,
and says that it is another version.

## Without vendorgate

That no file was changed, added or taken away since the pack was made:

```sh
mkdir pack && cd pack && unzip ../PACK.zip
sha256sum -c {SUMS}
find . -type f ! -name {SUMS} | wc -l; wc -l < {SUMS}
```

The first says `OK` of every file, the second the same number twice. Whoever can change a file can change `{SUMS}`,
too: so keep the SHA-256 of the archive where they cannot (`sha256sum PACK.zip`), or have your pipeline sign it.

That the reports are about these inputs, whose digests stand in `reports/report.json` and in `{MANIFEST}`:

```sh
sha256sum inputs/manifests/*
(cd inputs/registry && sha256sum snapshot.yaml offerings/*.yaml | LC_ALL=C sort -k2 | sha256sum)
```

The second is `{evaluation.snapshot.sha256}`.
The digest of the policies, `{evaluation.bundle.sha256}`,
is made in the same way of every YAML file of `inputs/policies` and `{LIBRARY.rstrip("/")}` that is in force, by its
path in there; optional packs that nobody asked for are not.

What a vendor documents: open the sources in `evidence/cells.csv`, and compare the day on which they were read.

## What it was made with

| what | here |
|---|---|
| Day | {evaluation.day} |
| `--fail-on` | {threshold} |
| `--pack` | {packs} |
| Repository | {_repository(evaluation)} |

## What nobody can tell from it

- Whether the manifests are complete, and whether what they claim is true: they are the word of whoever is judged.
- Whether the vendors do what they document.
- Who made the pack, and when: only a signature of the archive says that.
- In which repository and folder manifests stood, and where the policies are kept: the pack says so, and where the
  policies bind projects to places, that decides whose a manifest is.
- What was wrong with a manifest that could not be read: there is nothing of it in here.
- That a pack of the same inputs has the same bytes on every machine: contents and order are the same, but another
  version of zlib may compress them otherwise. What holds does not depend on it."""


def _repository(evaluation: Evaluation) -> str:
    return "nobody said one" if evaluation.repository.name is None else markdown(evaluation.repository.name)
