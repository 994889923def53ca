"""Parts of OSCAL's assessment results, each a pure function of what it is about."""
