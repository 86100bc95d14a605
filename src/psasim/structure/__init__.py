"""A scenario as arrays: who contributes to what, and the delivery chains."""
