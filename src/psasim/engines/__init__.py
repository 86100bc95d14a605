"""Ways to run the months: all runs at once, or agent by agent on Mesa."""
