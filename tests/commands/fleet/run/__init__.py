"""Runs, as they are read and counted."""
