"""A review of a change in writing: one file a format, each a pure function of the review."""
