"""The HTTP API of a running server: OpenAI's chat completions and the library's own routes, under /v1."""
