"""Writing with a chat model: what it is told, what it may say, and what becomes of an answer when it fails."""
