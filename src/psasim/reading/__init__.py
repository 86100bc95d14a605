"""Reading users' files: one reader for every YAML and one for every CSV, told by file and line."""
