"""What a project's files say of the AI vendors that it uses.

In: a folder of code, the registry and a bundle's additions to it. Out: `Detection`: which offerings, endpoints, models
and regions are used, and where that was seen. It is evidence of use, never a proof of absence. No code is run,
nothing is fetched. The way of a file: `files` lists and reads it, `needles` passes over what names nobody, a reader
of `reading` tells what a source says, `routing` tells whom that calls; `configuration` and `infrastructure` tell it
of other files at once; `status` says what a file is for; `summary` adds up.
"""
