"""Who is who: a manifest's word for its project, held against what the bundle binds."""

from ..model.identity import EVERYBODY
from .binding import Bindings, entries_for, identify

__all__ = ["EVERYBODY", "Bindings", "entries_for", "identify"]
