"""`vendorgate fleet report`: one page to look at, of all that a run came to."""
