"""What the code uses, held against what manifests declare.

In: a `Detection`, manifests, and what the bundle says of drift. Out: `Drift`, each with its place and severity.
"""
