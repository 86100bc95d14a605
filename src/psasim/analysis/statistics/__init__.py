"""What questions are answered with: pure functions of arrays, each tried on planted answers."""
