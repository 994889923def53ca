"""`vendorgate push`: what was judged, brought to where others keep their evidence."""
