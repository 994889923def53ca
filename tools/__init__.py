"""Tools for who works on vendorgate; nothing of it ships."""
