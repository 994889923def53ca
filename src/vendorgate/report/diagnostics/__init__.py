"""Diagnostics in writing: a file a format, each a pure function of what was found."""
