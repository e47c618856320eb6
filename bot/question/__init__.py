"""Understanding a question: what it asks for, made to stand by itself, and the words it is looked for by."""
