"""Bytes to model: every input is read strictly, and every mistake of every file is found at once."""
