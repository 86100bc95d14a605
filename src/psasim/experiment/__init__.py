"""Experiments: which packages are compared."""
