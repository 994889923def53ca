"""Whom source files call, by their code and the catalogue.

In: what they say, the catalogue. Out: sightings by path. `view` and `project` find what names are given, in one file
and in all; `texts` what values say; `symbols` whose a class is; `address` where one leads; `making`, `asking` and
`services` which clients come of it; `trace` follows expressions to them; `calls`, `hosts` and `named` say what was
seen; `whole` puts it together.
"""

from .whole import sightings as sightings
