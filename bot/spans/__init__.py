"""Which part of the passages is quoted: spans of clauses and sentences, chosen by a model learned from answers."""
