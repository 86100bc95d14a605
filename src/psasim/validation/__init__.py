"""The model held against what was seen: patterns, each a small declared experiment."""
