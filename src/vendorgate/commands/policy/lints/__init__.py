"""The lints: one function each, in files by what they look at; `table.py` lists them."""
