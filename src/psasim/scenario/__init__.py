"""Scenarios: the world that is governed, as checked data with a source for every fact."""
