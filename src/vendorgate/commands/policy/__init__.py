"""For the authors of policies: tests and their coverage, lints, canonical form.

Stands beside the gate and puts the same rooms together: what a test or a lint says comes from the evaluator that
judges.
"""
