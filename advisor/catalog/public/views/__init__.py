"""The public catalog pages. All of them only read, and anyone may open them."""
