"""`vendorgate registry confirm` and `correct`: what somebody read in a source, taken into a snapshot."""
