"""What tells questions that the documents answer from those they don't, learned from questions of both kinds."""
