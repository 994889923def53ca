"""Who is known by what: packages, modules, classes, hosts, variables, models, resources, and what an API's calls are
called.

In: offerings with their signatures, and the facts of `knowledge/`. Out: a `Catalogue`, which answers from tables,
each in a time that does not depend on how many vendors there are.
"""
