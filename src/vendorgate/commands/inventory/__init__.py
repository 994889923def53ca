"""`vendorgate inventory`: print the registers that laws ask for, and tell how two of them differ."""
