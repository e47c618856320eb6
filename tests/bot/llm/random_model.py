"""A real language model behind the chat server: transformers generates with random weights, token by token."""

from __future__ import annotations

import threading
from pathlib import Path

from tests.bot.llm.chat_server import Exchange, Manner
from tests.tiny_models import chat_model


def generates(folder: Path, *, tokens: int = 80) -> Manner:
    """Answers with what the tiny model in `folder`, made there if need be, goes on with after the prompt."""
    from transformers import AutoModelForCausalLM, AutoTokenizer, TextIteratorStreamer

    if not folder.exists():
        chat_model(folder)
    model = AutoModelForCausalLM.from_pretrained(folder)
    tokenizer = AutoTokenizer.from_pretrained(folder)

    def manner(exchange: Exchange) -> None:
        messages = [{"role": m["role"], "content": m["content"]} for m in exchange.body["messages"]]
        given = tokenizer.apply_chat_template(
            messages, return_tensors="pt", return_dict=True, add_generation_prompt=True
        )
        streamer = TextIteratorStreamer(tokenizer, skip_prompt=True, skip_special_tokens=True)
        options = {"max_new_tokens": tokens, "do_sample": True, "min_new_tokens": tokens, "pad_token_id": 1}
        thread = threading.Thread(target=model.generate, kwargs={**given, **options, "streamer": streamer}, daemon=True)
        thread.start()
        exchange.begin()
        for text in streamer:
            if text:
                exchange.piece(text)
        exchange.done()
        thread.join()

    return manner
