"""The classroom from this machine: the page for a browser on it, and a room of players."""
