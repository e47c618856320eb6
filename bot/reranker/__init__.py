"""The embedded reranker: what is seen of a chunk beside a question, how it weighs, and how that was learned."""
