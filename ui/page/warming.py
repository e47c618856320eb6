"""What Streamlit does once in a process, done before the first visitor waits for it."""

from __future__ import annotations


def warm() -> None:
    """Load what the page's script needs, and have Streamlit look whether it runs in a terminal: that reads where each
    of two thousand modules comes from."""
    import PIL.Image  # noqa: F401 - for the page's icon
    from streamlit import delta_generator

    from ui.page import chat, shelf  # noqa: F401

    delta_generator._maybe_print_use_warning()
