"""Manifest, snapshot and agreements to subjects: what is judged, each with its facts."""

from .subjects import resolve

__all__ = ["resolve"]
