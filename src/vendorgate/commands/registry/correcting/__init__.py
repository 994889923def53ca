"""`vendorgate registry correct`: a correction that somebody proposes, from its template to the changelog."""
