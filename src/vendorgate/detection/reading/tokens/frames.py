"""Where the parser is: one frame for each bracket, block or call that is open.

In: nothing. Out: `Frame`, which the parser changes as it goes, and the kinds of frames.
"""

from __future__ import annotations

from typing import Final

from ...code import Call, Path, Value

BLOCK: Final = "block"
CLASS: Final = "class"
CASES: Final = "cases"
"""The arms of `match`, `when` and `switch`: of their statements one is done."""
ARGUMENTS: Final = "arguments"
COMMAND: Final = "command"
"""Arguments without parentheses."""
LITERAL: Final = "literal"
"""`T{A: x}`: arguments in braces."""
ANNOTATION: Final = "annotation"
ATTRIBUTE: Final = "attribute"
"""`#[…]`, of which only what an argument's variable of the environment is counts."""
GROUP: Final = "group"
ITEMS: Final = "items"
INDEX: Final = "index"
PARAMETERS: Final = "parameters"
TEMPLATE: Final = "template"
HOLE: Final = "hole"
"""The code in a template."""

STATEMENTS: Final = frozenset({BLOCK, CLASS, CASES})
CALLS: Final = frozenset({ARGUMENTS, COMMAND, LITERAL, ANNOTATION})
TAKES_NAMES: Final = frozenset({ARGUMENTS, COMMAND, LITERAL, ANNOTATION, ATTRIBUTE, ITEMS})

Target = tuple[Path, int, bool]
"""What gets a value: its path, where it stands, and whether it is of the object itself."""


class Frame:
    """What is open, and the statement or element in it that the parser is at."""

    __slots__ = (
        "adjacent",
        "after_parameters",
        "annotation",
        "arms",
        "base",
        "base_value",
        "call",
        "chain",
        "chain_value",
        "close",
        "condition",
        "conditional",
        "declaring",
        "emitted",
        "entries",
        "first",
        "function",
        "has_parameters",
        "head",
        "in_branch",
        "is_arm",
        "is_condition",
        "is_expression",
        "is_lambda",
        "is_new",
        "is_thunk",
        "is_trailing",
        "key",
        "kind",
        "lefts",
        "lets",
        "made",
        "mark",
        "member",
        "name",
        "name_start",
        "negated",
        "own",
        "owner",
        "path",
        "path_start",
        "record",
        "returning",
        "skip_type",
        "spread",
        "start",
        "tail",
        "target",
        "targets",
        "terms",
        "ternaries",
        "type_path",
        "typed",
        "value",
        "values",
        "was_in_branch",
        "written",
    )  # fmt: skip

    def __init__(self, kind: str, close: str, start: int, above: Frame | None) -> None:
        self.kind = kind
        self.close = close
        self.start = start
        """Where it begins, or the name before it."""
        self.target: Path | None = None
        """What is called, of frames that are arguments."""
        self.chain: Call | None = None
        """The call on whose result it is called."""
        self.chain_value: Value | None = None
        """The value that its path begins on, where one does."""
        self.entries: list[tuple[str, Value]] = []
        self.values: list[Value] = []
        self.arms: list[Value] = []
        self.written = 0
        """How many texts there were when it began."""
        self.tail: Value | None = None
        """The value of the last statement."""
        self.is_trailing = False
        """Whether it is a block that belongs to the call before it."""
        self.is_expression = False
        """Whether the frame above wants its value."""
        self.is_condition = False
        """Whether it is what a branch turns on."""
        self.own = False
        self.has_parameters = False
        """Whether it is the body of a lambda that is given something."""
        self.path_start = start
        if above is None:
            self.owner = self.function = ""
            self.record: Record | None = None
            self.conditional = False
        else:
            self.owner, self.function, self.record = above.owner, above.function, above.record
            self.conditional = above.conditional or above.in_branch
        self.mark = 0
        """How many calls there were when the statement began."""
        self.reset()

    def reset(self) -> None:
        """Begin another statement."""
        self.head = self.name = ""
        self.name_start = self.start
        self.in_branch = self.declaring = self.returning = self.is_arm = self.after_parameters = self.adjacent = False
        self.was_in_branch = False
        """Whether the statement was a branch before its value began, which may have branches of its own."""
        self.targets: list[Target] = []
        self.lefts: list[Target] = []
        self.lets = -1
        """Which of the targets are of a `let` in a condition."""
        self.typed: Target | None = None
        """The name before `: Type`."""
        self.first: Target | None = None
        """The name before a type without a sign between."""
        self.annotation: Value | None = None
        self.made: Record | None = None
        """The function that the statement defines."""
        self.condition = 0
        """How many terms there were before the condition."""
        self.begin()

    def begin(self) -> None:
        """Begin another expression."""
        self.path: Path | None = None
        self.base: Call | None = None
        """The call on whose result the path stands."""
        self.base_value: Value | None = None
        """The value that the path stands on."""
        self.value: Value | None = None
        self.call: Call | None = None
        """The call that the value comes from."""
        self.emitted = -1
        """Which of all calls made the value."""
        self.terms: list[Value | str] = []
        self.ternaries = 0
        self.type_path: Path | None = None
        """The type before a name."""
        self.key: str | None = None
        self.member = self.is_new = self.skip_type = self.spread = self.is_lambda = self.is_thunk = False
        self.negated = ""


class Record:
    """A function of the file, while it is read."""

    __slots__ = ("name", "parameters", "returns", "start")

    def __init__(self, name: str, start: int) -> None:
        self.name = name
        self.start = start
        self.parameters: list[str] = []
        self.returns: list[Value] = []
