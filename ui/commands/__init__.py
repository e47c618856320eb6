"""The commands of the terminal, a file per family."""
