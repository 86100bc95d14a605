"""The classroom: the model in a page that opens by a double click."""
