"""Measures a library against questions whose answers are known: what is found, answered, cited and refused."""
