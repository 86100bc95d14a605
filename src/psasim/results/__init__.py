"""What comes out of runs: measures, tidy frames, paired contrasts."""
