"""Lists of packages, by the language that they belong to.

In: path and text of one list, the catalogue. Out: sightings of kind `dependency`, which only declare, and of `config`
where a package alone makes clients, as Spring's starters do. Versions, lockfiles and what is commented out say nothing.
"""
