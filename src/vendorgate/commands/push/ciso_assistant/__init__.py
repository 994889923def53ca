"""`vendorgate push ciso-assistant`: objects of the open-source CISO Assistant, by its REST API."""
