"""The button that changes the page's language."""

from __future__ import annotations

import streamlit as st

from ui.page import session


def switch() -> None:
    """Draw it; it is called by the language it changes to."""
    say = session.words()
    other = "en" if say.language == "zh" else "zh"
    st.button(say("language"), key="switch", type="tertiary", on_click=session.speak, args=(other,))
