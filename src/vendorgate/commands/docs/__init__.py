"""The pages that come with vendorgate, for whoever installed it and has no checkout."""
