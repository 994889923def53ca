"""`vendorgate registry watch`: whose sources have changed, by an archive of their texts."""
