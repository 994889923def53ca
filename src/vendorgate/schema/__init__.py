"""JSON Schemas of every format, generated from the models that read and write it."""
