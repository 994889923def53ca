"""Files that are no source code: lists of packages, containers, pipelines, gateways, assistants.

In: path and text of one file, the catalogue. Out: sightings. Each module has a kind of file and `extract(path, text,
catalogue)`; `detection/extractors.py` says which files it gets. Names of variables, hosts, models and places are told,
and never the value of anything that could be a secret.
"""
