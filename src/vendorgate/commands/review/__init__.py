"""Reviews of changes: what a change does to the results, judged by what stood before it."""
