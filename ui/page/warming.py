"""What Streamlit does once in a process, done before the first visitor waits for it."""

from __future__ import annotations

from pathlib import Path


def warm() -> None:
    """Load what the page's script needs, compress what a browser fetches for it, and have Streamlit look whether it
    runs in a terminal: that reads where each of two thousand modules comes from."""
    import PIL.Image  # noqa: F401 - for the page's icon
    import streamlit
    from streamlit import delta_generator

    from ui.packed import pack
    from ui.page import chat, shelf  # noqa: F401
    from ui.preloading import first_files

    delta_generator._maybe_print_use_warning()
    pack(first_files(Path(streamlit.__file__).parent / "static"))
