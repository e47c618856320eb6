"""The embedding model that ships: its weights (model/), its card (README.md), and how it is trained."""
