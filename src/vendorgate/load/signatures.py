"""What several files say of how one offering is called, put together.

In: signatures. Out: signatures, each name once, the first file's names first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from ..model.signatures import Signatures


def together(several: Iterable[Signatures]) -> Signatures | None:
    """All that several say; None where there are none."""
    listed = tuple(several)
    if not listed:
        return None
    plain = [msgspec.structs.asdict(one) for one in listed]
    return msgspec.structs.replace(listed[0], **{field: _joined([one[field] for one in plain]) for field in plain[0]})


def _joined(values: Sequence[object]) -> object:
    """Lists one after the other, and mappings key by key; of several texts the first."""
    if isinstance(values[0], str):
        return values[0]
    if not isinstance(values[0], dict):
        return tuple(dict.fromkeys(name for names in values if isinstance(names, tuple) for name in names))
    mappings = [one for one in values if isinstance(one, dict)]
    return {kind: _joined([one[kind] for one in mappings if kind in one]) for one in mappings for kind in one}
