"""The results folder: what it holds, how parts come in, and what is read of them."""
