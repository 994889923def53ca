"""`vendorgate observe`: how accounts at vendors are really set up."""
