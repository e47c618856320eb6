"""Every face: the command line, the chat page and the process that serves it. Faces know nothing of how it is done."""
