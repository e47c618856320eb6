"""Answers by kind of question: each room knows one kind, and gives the pieces that answer it or none."""
