"""Keeps documents and chunks, and finds them again."""
