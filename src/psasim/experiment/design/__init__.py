"""What an experiment computes: factors, designs over them, and the points they make."""
