"""A reader for languages that Python has no parser of: a lexer and a light parser, each driven by a language's table.

In: a source file's text and a `Grammar`. Out: `Code`, with `exact=False`. What it does not understand it passes over.
"""
