"""`vendorgate registry due`: which sources are to be read next."""
