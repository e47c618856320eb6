"""The rooms of the chat page, each a part of what the visitor sees; they alone import Streamlit."""
