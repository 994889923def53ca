"""vendorgate as a step of a GitHub Actions job: between its own command line, which it calls, and GitHub."""
