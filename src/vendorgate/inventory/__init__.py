"""Registers that laws ask for, filled from what was judged: views as data, and what is missing said by name.

A view (`view_file`, `reading`) is a table of columns, each with the sources that it is filled from in order; `paths`
says which sources there are. `filling` makes rows of an evaluation, `cells` one cell of a row. Formats stand beside
them, one a file.
"""
