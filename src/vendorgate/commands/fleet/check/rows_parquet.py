"""Results as Parquet: the same columns as the JSON lines, a file a batch.

In: JSON lines of results. Out: a file's bytes. It needs pyarrow, which `pip install vendorgate[parquet]` brings along.
"""

from __future__ import annotations

import io

from ....errors import Problem, UsageError
from .parquet import MISSING


def as_parquet(rows: bytes) -> bytes:
    """The rows as a file of Parquet; the same rows give the same bytes by the same version of pyarrow."""
    import pyarrow
    from pyarrow import json, parquet

    text, whole, truth = pyarrow.string(), pyarrow.int64(), pyarrow.bool_()
    columns = {"repository": text, "manifest": text, "line": whole, "project": text, "usage": text, "route": text}
    columns |= {"offering": text, "account": text, "vendor": text, "policy": text, "outcome": text, "severity": text}
    schema = pyarrow.schema({**columns, "blocks": truth, "waiver": text, "case": text})
    if rows:
        options = json.ParseOptions(explicit_schema=schema, unexpected_field_behavior="error")
        table = json.read_json(io.BytesIO(rows), json.ReadOptions(block_size=len(rows) + 1), options)
        table = table.select(schema.names)
    else:
        table = schema.empty_table()
    file = io.BytesIO()
    parquet.write_table(table, file, compression="zstd")
    return file.getvalue()


def refuse_without_pyarrow() -> None:
    """Refuse to begin what could not be written.

    Raises:
        UsageError: pyarrow is not installed.
    """
    try:
        import pyarrow.parquet  # noqa: F401 that it is there
    except ImportError:
        raise UsageError([Problem("--rows parquet needs pyarrow", None, MISSING)]) from None
