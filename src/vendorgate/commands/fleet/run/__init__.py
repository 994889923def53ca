"""A run: what became of the manifests of a fleet, in a folder that says of itself that it is whole."""
