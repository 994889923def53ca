"""Files that hold values: YAML, JSON, TOML, XML, properties, each value with its place.

In: the text of one file. Out: nodes, elements or pairs. A reader takes what is wrong with a file as it comes: it goes
on behind a mistake, keeps what could be read, and stops at a size or a depth that no honest file has. None raises.
"""
