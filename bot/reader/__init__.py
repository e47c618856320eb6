"""A small network that reads a question and a passage, and says which words answer it and whether any do."""
