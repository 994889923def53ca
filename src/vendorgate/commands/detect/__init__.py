"""`vendorgate detect`: what the code really uses, and where that differs from what is declared.

In: folders of code, the registry, the bundle, manifests. Out: offerings, endpoints, models and regions, with the places
where they are seen.
"""
