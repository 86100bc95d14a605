"""How runs are computed: one task, what failed in it, and where tasks run."""
