"""Who is who: a manifest's word for its project, held against what the bundle binds."""

from .binding import EVERYBODY, Bindings, identify, reaches

__all__ = ["EVERYBODY", "Bindings", "identify", "reaches"]
