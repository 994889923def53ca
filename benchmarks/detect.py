"""Detection over trees of 4,000 generated files: against reading them, against `ast.parse` of the Python ones, twice
the files, two processes, and the most memory that is held.

Of the files half are Python, a quarter TypeScript, the rest Go and YAML, each of some hundred lines; in one tree forty
of a hundred name a vendor, in the other five. Everything in one process with `vendorgate[detect]` installed, processor
time, the least of two; memory is that of the command.
"""

from __future__ import annotations

import ast
import gc
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from memory import peak_after
from timing import Limit, judged, rounds
from vendorgate.detection.catalogue.catalogue import Catalogue
from vendorgate.detection.files import ListedFile
from vendorgate.detection.pipeline import detect
from vendorgate.frame.detecting import files_of, listed_in
from vendorgate.load.files import shipped

FILES, ROUNDS = 4_000, 2
READING, PARSING = "reading", "ast.parse of the Python half"
DETECT, HALF = "detect", "detect, half of the files"
MANY, FEW = 40, 5
"""Of a hundred files, those that name somebody."""

PYTHON = '''

class Store{number}(Base):
    """What is kept of orders, by their number."""

    limit: int = 100
    table = "orders_{number}"

    def __init__(self, session: Session, clock: Callable[[], float] = time.time) -> None:
        self._session = session
        self._clock = clock
        self._seen: dict[str, Order] = {{}}

    def find(self, number: str, *, strict: bool = False) -> Order | None:
        if number in self._seen:
            return self._seen[number]
        rows = self._session.execute(f"select * from {{self.table}} where number = %s", (number,)).fetchall()
        for row in rows:
            order = Order(number=row["number"], total=row["total"], lines=[Line(**line) for line in row["lines"]])
            self._seen[number] = order
        if strict and not rows:
            raise LookupError("no order " + number)
        return self._seen.get(number)
'''
PYTHON_CLIENT = """
from openai import OpenAI

client = OpenAI(api_key=os.environ["OPENAI_API_KEY"], timeout=30)


def answer(question: str, model: str = "gpt-5.2") -> str:
    response = client.responses.create(model=model, input=question, store=False)
    return response.output_text
"""
TYPESCRIPT = """
export class Store{number} implements Finds<Order> {{
  private readonly seen = new Map<string, Order>();

  constructor(private readonly session: Session, private readonly limit = 100) {{}}

  async find(number: string, options: {{ strict?: boolean }} = {{}}): Promise<Order | undefined> {{
    const known = this.seen.get(number);
    if (known) return known;
    const rows = await this.session.query(`select * from orders_{number} where number = ${{number}}`, [number]);
    for (const row of rows) {{
      this.seen.set(number, {{ ...row, total: Number(row.total), lines: row.lines.map((line) => toLine(line)) }});
    }}
    if (options.strict && rows.length === 0) throw new Error('no order ' + number);
    return this.seen.get(number);
  }}
}}
"""
TYPESCRIPT_CLIENT = """
import Anthropic from '@anthropic-ai/sdk';
const client = new Anthropic({ apiKey: process.env.ANTHROPIC_API_KEY });
export const answer = (text: string) =>
  client.messages.create({ model: 'claude-sonnet-4-5', max_tokens: 100, messages: [{ role: 'user', content: text }] });
"""
GO = """
// Store{number} keeps orders by their number.
type Store{number} struct {{
	session *Session
	seen    map[string]Order
}}

func (s *Store{number}) Find(number string, strict bool) (*Order, error) {{
	if order, ok := s.seen[number]; ok {{
		return &order, nil
	}}
	rows, err := s.session.Query("select * from orders where number = $1", number)
	if err != nil {{
		return nil, fmt.Errorf("orders: %w", err)
	}}
	for _, row := range rows {{
		s.seen[number] = Order{{Number: row.Number, Total: row.Total}}
	}}
	return nil, ErrNotFound
}}
"""
GO_CLIENT = """
import "github.com/openai/openai-go"

var client = openai.NewClient()
"""
YAML = """
store{number}:
  kind: orders
  limit: 100
  tables: [orders, lines, customers]
  retry:
    attempts: 3
    wait: 500ms
  labels:
    team: orders
    stage: "{number}"
"""
YAML_CLIENT = """
chat:
  base_url: https://api.groq.com/openai/v1
  model: llama-3.3-70b-versatile
"""
KINDS = (
    ("py", "import os\nimport time\n", PYTHON_CLIENT, PYTHON, 5),
    ("ts", "import { Order } from './orders';\n", TYPESCRIPT_CLIENT, TYPESCRIPT, 6),
    ("py", "import os\nimport time\n", PYTHON_CLIENT, PYTHON, 5),
    ("go", "package orders\n", GO_CLIENT, GO, 5),
    ("ts", "import { Order } from './orders';\n", TYPESCRIPT_CLIENT, TYPESCRIPT, 6),
    ("py", "import os\nimport time\n", PYTHON_CLIENT, PYTHON, 5),
    ("yaml", "version: 1\n", YAML_CLIENT, YAML, 10),
    ("py", "import os\nimport time\n", PYTHON_CLIENT, PYTHON, 5),
)


def write(folder: Path, files: int, of_hundred: int) -> list[ListedFile]:
    """A tree of so many files."""
    for number in range(files):
        ending, begin, client, filler, times = KINDS[number % len(KINDS)]
        says = client if number * 37 % 100 < of_hundred else ""
        text = begin + says + "".join(filler.format(number=f"{number}_{at}") for at in range(times))
        place = folder / f"area{number % 40}" / f"part{number % 7}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"store{number}.{ending}").write_text(text, "utf-8")
    return files_of([str(folder)])


def read_all(files: Sequence[ListedFile]) -> None:
    for one in files:
        Path(one.real).read_bytes()


def parse_all(files: Sequence[ListedFile]) -> None:
    for one in files:
        if one.path.endswith(".py"):
            ast.parse(Path(one.real).read_bytes())


def seconds(work: Callable[[], object]) -> float:
    """What it takes of the processor, which others on the machine change less than the time by the clock."""
    gc.collect()
    begun = time.process_time()
    work()
    return time.process_time() - begun


def best(works: Mapping[str, Callable[[], object]]) -> dict[str, float]:
    """The least time of each, in turn."""
    found = {name: [seconds(work) for work in (works[name],) * rounds(ROUNDS)] for name in works}
    return {name: min(times) for name, times in found.items()}


def measured(files: Sequence[ListedFile], known: Catalogue) -> dict[str, float]:
    half = files[: len(files) // 2]
    return best(
        {
            READING: lambda: read_all(files),
            PARSING: lambda: parse_all(files),
            DETECT: lambda: detect(files, known),
            HALF: lambda: detect(half, known),
        }
    )


def clocked(files: Sequence[ListedFile], known: Catalogue, jobs: int) -> float:
    begun = time.perf_counter()
    detect(files, known, jobs)
    return time.perf_counter() - begun


def main() -> int:
    """Measure; 1 where a limit is exceeded."""
    gc.disable()  # as the command does
    begun = time.process_time()
    known = listed_in(shipped("registry-snapshot"), None).catalogue
    print(f"registry and catalogue  {time.process_time() - begun:.2f} s")
    limits: list[Limit] = []
    later: list[tuple[str, Sequence[ListedFile]]] = []
    with tempfile.TemporaryDirectory() as temporary:
        for of_hundred, least, most in ((FEW, 4_000, 1.0), (MANY, 1_200, 3.5)):
            files = write(Path(temporary) / f"{of_hundred}", FILES, of_hundred)
            found = measured(files, known)
            title = f"{of_hundred} of 100 files name somebody"
            print(title)
            for name, took in found.items():
                print(f"  {name:<32} {took:>6.2f} s  {took / found[PARSING]:>5.2f} x")
            times = found[DETECT] / found[READING]
            print(f"  {FILES / found[DETECT]:,.0f} files a second; {times:.0f} times reading them")
            command = [sys.executable, "-m", "vendorgate", "detect", str(Path(temporary) / f"{of_hundred}")]
            peak = peak_after([*command, "--jobs", "1"], 0)
            limits += [
                Limit(f"{title}: to ast.parse of the Python half", found[DETECT] / found[PARSING], most),
                Limit(f"{title}: peak memory of the command", peak, 200, "MB"),
                Limit(f"{title}: twice the files", found[DETECT] / found[HALF], 2.4),
                Limit(f"{title}: a thousand files", 1000 * found[DETECT] / FILES, 1000 / least, "s"),
            ]
            later.append((title, files))
        for named, those in later:  # processes that are forked are as large as this one, and would count as the command
            clock = [clocked(those, known, jobs) for jobs in (1, 2)]
            print(f"{named}, by the clock: {clock[0]:.1f} s, with two processes {clock[1]:.1f} s")
    return judged(limits)


if __name__ == "__main__":
    sys.exit(main())
