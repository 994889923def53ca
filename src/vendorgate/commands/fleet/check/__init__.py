"""Many manifests to verdicts: read in batches, judged by many processes or machines, written as a run."""
