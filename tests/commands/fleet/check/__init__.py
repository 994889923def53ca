"""`vendorgate fleet check`: reading, workers, interruptions, the folder of a run."""
