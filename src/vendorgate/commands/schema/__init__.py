"""The published JSON Schema of every kind of file and report."""
