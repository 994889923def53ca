"""An evaluation in writing: one file a format, each a pure function of the evaluation."""
