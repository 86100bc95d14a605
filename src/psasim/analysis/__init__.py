"""Questions asked of finished experiments, a file each; `statistics` has what answers them."""
