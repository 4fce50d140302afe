"""The sample desk: real requests moved to now, and the life that goes on around them."""
