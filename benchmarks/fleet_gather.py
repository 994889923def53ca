"""500 repositories of a real git server on loopback gathered, against shallow clones of them and against asking each.

Each repository has 40 files of 4 KiB, a larger one of 200 KiB and one or two manifests; the server is `git
http-backend` behind Python's own, which can leave files out. The first gather stands against `git clone --depth 1
--bare` of the same repositories, eight at once as well; a nightly gather, for which five have changed, against `git
ls-remote` of all, which somebody who asks for changes cannot do without. By processor seconds of all processes, those
of the server too, one after the other, the median of three rounds. Peak memory is that of vendorgate alone.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from timing import Limit, judged, processor, rounds

REPOSITORIES, CHANGED, JOBS, RUNS = 500, 5, 8, 3
MOST_FIRST, MOST_NIGHTLY, MOST_MEMORY = 2.0, 2.0, 150.0
QUIET = {"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull, "GIT_TERMINAL_PROMPT": "0"}
PROXIES = ("http_proxy", "https_proxy", "all_proxy")
ENVIRONMENT = {name: value for name, value in os.environ.items() if name.lower() not in PROXIES} | QUIET
MANIFEST = "version: 1\nproject: p{0}\nusages:\n  - {{id: chat, offering: openai-api, data: [pii], region: eu}}\n"


class Served(BaseHTTPRequestHandler):
    """What `git http-backend` says of the repositories below a folder."""

    root = ""

    def do_GET(self) -> None:
        """Answer."""
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        url = urlsplit(self.path)
        environment = {
            **ENVIRONMENT,
            "GIT_PROJECT_ROOT": self.root,
            "GIT_HTTP_EXPORT_ALL": "1",
            "HTTP_GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
            "REQUEST_METHOD": self.command,
            "PATH_INFO": url.path,
            "QUERY_STRING": url.query,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(len(body)),
            "REMOTE_ADDR": "127.0.0.1",
        }
        said = subprocess.run(["git", "http-backend"], input=body, env=environment, capture_output=True, check=False)
        head, _, content = said.stdout.partition(b"\r\n\r\n")
        self.wfile.write(b"HTTP/1.0 200 OK\r\n" + head + b"\r\n\r\n" + content)

    def do_POST(self) -> None:
        """Answer."""
        self.do_GET()

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


def commit(repository: Path, number: int, files: dict[str, bytes]) -> None:
    """Put files into a bare repository, as git's own importer takes them."""
    data = b"".join(
        b"M 100644 inline %s\ndata %d\n%s\n" % (name.encode(), len(one), one) for name, one in files.items()
    )
    who = b"committer A <a@example.org> %d +0000" % (1_700_000_000 + number)
    parent = b"from refs/heads/main^0\n" if (repository / "refs" / "heads" / "main").exists() else b""
    stream = b"commit refs/heads/main\n%s\ndata 1\nx\n%s%s" % (who, parent, data)
    subprocess.run(["git", "fast-import", "--quiet"], cwd=repository, input=stream, env=ENVIRONMENT, check=True)


def made(root: Path) -> list[str]:
    """The repositories; their names."""
    names = [f"acme/r{number:03}" for number in range(REPOSITORIES)]
    for number, name in enumerate(names):
        path = root / f"{name}.git"
        subprocess.run(
            ["git", "init", "--quiet", "--bare", "--initial-branch=main", "--template=", path],
            env=ENVIRONMENT,
            check=True,
        )
        (path / "config").open("a").write("[uploadpack]\n\tallowFilter = true\n")
        files = {f"src/f{index}.py": f"# {name} {index}\n".encode() * 200 for index in range(40)}
        files |= {"large.bin": os.urandom(200_000), "vendorgate.yaml": MANIFEST.format(number).encode()}
        if number % 2:
            files["services/chat/vendorgate.yaml"] = MANIFEST.format(f"{number}-chat").encode()
        commit(path, number, files)
    return names


def gather(folder: Path, names: Path, *options: str) -> float:
    """Gather; peak mebibytes."""
    code = (
        "import gc, resource, sys; gc.disable(); from vendorgate.cli.run import run; code = run(sys.argv[1:]); "
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr); sys.exit(code)"
    )
    words = ("fleet", "gather", str(names), "--store", "store", "--jobs", str(JOBS), *options)
    ended = subprocess.run(
        [sys.executable, "-c", code, *words], cwd=folder, capture_output=True, check=True, env=ENVIRONMENT, text=True
    )
    print(ended.stdout, end="")
    return int(ended.stderr.split()[-1]) / (1024 if sys.platform == "linux" else 1024**2)


def each(folder: Path, addresses: list[str], *command: str) -> None:
    """Run git once for each address, as many at once as a gather has."""
    lines = "".join(f"{address}\0" for address in addresses)
    words = ("xargs", "-0", "-P", str(JOBS), "-I", "{}", "git", *command)
    subprocess.run(words, cwd=folder, input=lines, text=True, check=True, capture_output=True, env=ENVIRONMENT)


Spent = tuple[float, float]
"""Processor seconds, and seconds by the clock."""


def spent(work: Callable[[], object]) -> Spent:
    """What some work takes, the server's part of it too."""
    began, clock = processor(), time.perf_counter()
    work()
    return processor() - began, time.perf_counter() - clock


@dataclass
class Round:
    """What one round took."""

    clones: Spent = (0, 0)
    first: Spent = (0, 0)
    asking: Spent = (0, 0)
    nightly: Spent = (0, 0)
    memory: float = 0


def clone(folder: Path, addresses: list[str]) -> None:
    """A shallow clone of each."""
    folder.mkdir()
    each(folder, addresses, "-c", "alias.x=!f() { git clone -q --bare --depth 1 $1 $(basename $1); }; f", "x", "{}")


def measured(folder: Path, number: int, addresses: list[str], root: Path) -> Round:
    """One round."""
    place, found = folder / f"round {number}", Round()
    place.mkdir()

    def gathering() -> None:
        found.memory = max(found.memory, gather(place, folder / "list"))

    found.clones = spent(lambda: clone(place / "clones", addresses))
    found.first = spent(gathering)
    for changed in range(CHANGED):
        files = {"vendorgate.yaml": MANIFEST.format(f"{changed}-{number}").encode()}
        commit(root / f"acme/r{changed * 90:03}.git", REPOSITORIES + number, files)
    found.asking = spent(lambda: each(place, addresses, "ls-remote", "--quiet", "{}", "HEAD"))
    found.nightly = spent(gathering)
    print(found)
    return found


def main() -> int:
    """Measure; 1 where a limit is exceeded."""
    with tempfile.TemporaryDirectory() as temporary:
        folder, root = Path(temporary), Path(temporary, "served")
        names = made(root)
        server = ThreadingHTTPServer(("127.0.0.1", 0), type("OfAFolder", (Served,), {"root": str(root)}))
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        addresses = [f"http://127.0.0.1:{server.server_port}/{name}.git" for name in names]
        (folder / "list").write_text("".join(f"{one}\n" for one in addresses), "utf-8")
        found = [measured(folder, number, addresses, root) for number in range(rounds(RUNS))]
        server.shutdown()
    return judged(
        [
            Limit("first gather to shallow clones", _ratio(found, "first", "clones"), MOST_FIRST),
            Limit("nightly gather to asking each", _ratio(found, "nightly", "asking"), MOST_NIGHTLY),
            Limit("peak memory of a gather", max(one.memory for one in found), MOST_MEMORY, "MB"),
        ]
    )


def _ratio(found: list[Round], one: str, other: str) -> float:
    """The median of the ratios of all rounds, by processor seconds."""
    ratios: list[float] = [getattr(round, one)[0] / getattr(round, other)[0] for round in found]
    return statistics.median(ratios)


if __name__ == "__main__":
    sys.exit(main())
