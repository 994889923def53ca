"""The image runs as nobody in particular, of a base that is named exactly, and holds all that the wheel is made of."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.command import ROOT

if sys.version_info >= (3, 11):
    import tomllib
else:
    tomllib = pytest.importorskip("tomllib", reason="Python 3.10 reads no TOML")

FILE = ROOT / "Containerfile"
TEXT = re.sub(r"\\\n\s*", "", re.sub(r"^#.*\n", "", FILE.read_text("utf-8"), flags=re.M))
STEPS = [(word, rest) for line in TEXT.splitlines() if line for word, _, rest in [line.partition(" ")]]


def of(word: str) -> list[str]:
    return [rest for one, rest in STEPS if one == word]


def test_every_stage_is_of_one_base_that_an_exact_tag_or_a_digest_names() -> None:
    (base,) = of("ARG")
    assert re.fullmatch(r"BASE=docker\.io/library/python(:\d+\.\d+\.\d+-slim-[a-z]+|@sha256:[0-9a-f]{64})", base)
    assert [one.split()[0] for one in of("FROM")] == ["${BASE}", "${BASE}"]


def test_it_runs_as_a_user_with_a_number_that_is_not_root() -> None:
    last = STEPS[max(index for index, (word, _) in enumerate(STEPS) if word == "FROM") :]
    words = [word for word, _ in last]
    (user,) = [rest for word, rest in last if word == "USER"]
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", user)  # a runtime can tell that a number is not root
    assert words.index("USER") > max(index for index, word in enumerate(words) if word == "RUN")
    assert dict(last)["ENTRYPOINT"] == '["vendorgate"]'
    assert dict(last)["WORKDIR"] == "/work"


def test_nothing_is_fetched_past_the_package_managers_and_nothing_of_theirs_is_kept() -> None:
    assert of("ADD") == []
    runs = of("RUN")
    assert not [one for one in runs if re.search(r"curl|wget|\|\s*(ba)?sh|git clone", one)]
    assert all("--no-cache-dir" in one for one in runs if "pip " in one)
    assert all(one.endswith("rm -rf /var/lib/apt/lists/*") for one in runs if "apt-get" in one)


def test_all_that_the_wheel_is_made_of_is_copied() -> None:
    project: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    copied = {source for one in of("COPY") for source in one.split()[:-1]}
    about = project["project"]
    builds = Path(wheel["hooks"]["custom"]["path"]).parent.as_posix()
    needed = {*wheel["packages"], *wheel["force-include"], builds, about["readme"], *about["license-files"]}
    assert [one for one in sorted(needed) if not copied & {one, *map(str, Path(one).parents)}] == []
    assert [one for one in sorted(copied) if not (ROOT / one).exists()] == []


def test_linter_finds_nothing() -> None:
    linter = shutil.which("hadolint", path=str(Path(sys.executable).parent)) or shutil.which("hadolint")
    if linter is None:
        pytest.skip("hadolint is not installed")
    ended = subprocess.run([linter, "--no-color", str(FILE)], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout) == (0, "")


def _daemon() -> str | None:
    """The engine that builds images here, where one answers."""
    for name in ("docker", "podman"):
        if shutil.which(name) and subprocess.run([name, "info"], capture_output=True, check=False).returncode == 0:
            return name
    return None


def test_image_checks_a_folder_that_nobody_may_write(tmp_path: Path) -> None:
    engine = _daemon()
    if engine is None:
        pytest.skip("no engine that builds images answers here")
    tag = "vendorgate-of-a-test"
    built = [engine, "build", "--quiet", "--file", str(FILE), "--tag", tag, str(ROOT)]
    assert subprocess.run(built, check=False).returncode == 0
    shutil.copy(ROOT / "examples" / "clinic" / "vendorgate.yaml", tmp_path)
    run = [engine, "run", "--rm", "--read-only", "--network", "none", "--volume", f"{tmp_path}:/work:ro", tag]
    ended = subprocess.run([*run, "check"], capture_output=True, text=True, check=False)
    assert ended.returncode in (0, 1), ended.stderr
    assert "visit-summaries" in ended.stdout
