"""Manifest, snapshot and agreements to subjects: what is judged, each with its facts."""

from .subjects import resolve, subjects_of

__all__ = ["resolve", "subjects_of"]
