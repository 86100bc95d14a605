"""Mechanisms: pure functions of arrays, the last axis being runs; one published result a file.

They import NumPy and nothing else of psasim, so that each can be held against its
closed form on its own.
"""
