"""How an evaluation is prepared and shown: a library of the corpus, a table, a page."""
