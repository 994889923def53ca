"""Source files, in any of the languages that are read.

In: the text of one file. Out: its `Code`, or `Unreadable` with the reason. Each language has a module here with
`read(text)`; a reader knows one language and no vendor, runs nothing and opens nothing.
"""
