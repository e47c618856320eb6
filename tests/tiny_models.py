"""Builds pretrained models as users have them, but tiny: real folders of sentence-transformers, random weights."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

PROMPTS = {"query": "问：", "document": "文："}
_CHARACTERS = "问文：，。？税费补贴柑橘种植农户夜间集市摊位管理办法图书馆云岭松江县每亩八百元一次性开放关闭时申请材料"
_SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")


def bi_encoder(
    folder: Path, *, prompts: Mapping[str, str] | None = PROMPTS, seed: int = 0, safe: bool = True, nan: bool = False
) -> Path:
    """A BERT of one layer and eight dimensions with its prompts; unsafe ones have their weights in a pickle only."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.base.modules import Transformer
    from sentence_transformers.sentence_transformer.modules import Pooling
    from transformers import BertModel

    raw = folder.with_name(f"{folder.name}-raw")
    torch.manual_seed(seed)
    model = BertModel(_config())
    if nan:
        model.embeddings.word_embeddings.weight.data[:] = float("nan")
    model.save_pretrained(raw)
    _tokenizer(raw)
    modules = [Transformer(str(raw), max_seq_length=32), Pooling(8, "mean")]
    SentenceTransformer(modules=modules, prompts=dict(prompts or {}), device="cpu").save(
        str(folder), create_model_card=False
    )
    shutil.rmtree(raw)
    if not safe:
        (folder / "model.safetensors").unlink()
        torch.save(model.state_dict(), folder / "pytorch_model.bin")
    return folder


def cross_encoder(folder: Path, *, labels: int = 1, seed: int = 0) -> Path:
    """A BERT of one layer that scores two texts, saved as transformers saves it: no modules.json."""
    import torch
    from transformers import BertForSequenceClassification

    torch.manual_seed(seed)
    config = _config()
    config.num_labels = labels
    BertForSequenceClassification(config).save_pretrained(folder)
    _tokenizer(folder)
    return folder


def static_model(folder: Path) -> Path:
    """Three characters with a direction each."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer, models, pre_tokenizers

    tokenizer = Tokenizer(models.WordLevel({"[UNK]": 0, "税": 1, "费": 2, "林": 3}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    weights = np.array([[0, 0, 0], [3, 0, 0], [0, 4, 0], [0, 0, 5]], dtype=np.float32)
    model = SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_weights=weights)])
    model.save(str(folder), create_model_card=False)
    return folder


def chat_model(folder: Path, *, seed: int = 0) -> Path:
    """A GPT-2 of one layer that chats: a character at a time, and nothing but nonsense."""
    import torch
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers
    from transformers import GPT2Config, GPT2LMHeadModel, PreTrainedTokenizerFast

    signs = ["[UNK]", "[END]", *dict.fromkeys(_CHARACTERS + "0123456789[]。，")]
    tokenizer = Tokenizer(models.WordLevel({sign: i for i, sign in enumerate(signs)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    tokenizer.decoder = decoders.Fuse()
    fast = PreTrainedTokenizerFast(tokenizer_object=tokenizer, unk_token="[UNK]", eos_token="[END]", pad_token="[END]")
    fast.chat_template = "{% for message in messages %}{{ message['content'] }}[END]{% endfor %}"
    fast.save_pretrained(folder)
    torch.manual_seed(seed)
    size = {"n_embd": 8, "n_layer": 1, "n_head": 2, "n_positions": 8192}
    GPT2LMHeadModel(GPT2Config(vocab_size=len(signs), eos_token_id=1, bos_token_id=1, **size)).save_pretrained(folder)
    return folder


def with_own_code(folder: Path, marker: Path) -> Path:
    """A model whose config wants a class of its own; its program writes `marker` when it is run."""
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    config |= {"model_type": "own", "auto_map": {"AutoConfig": "own.OwnConfig", "AutoModel": "own.OwnModel"}}
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    (folder / "own.py").write_text(f"open({str(marker)!r}, 'w').close()\n", encoding="utf-8")
    return folder


class Bomb:
    """Unpickling it makes a folder."""

    def __init__(self, marker: Path) -> None:
        self.marker = marker

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (str(self.marker),)


def needed() -> None:
    """Skip the test where the extra isn't installed."""
    pytest.importorskip("sentence_transformers", reason="needs pip install 'zhengwen[models]'")


def _config() -> object:
    from transformers import BertConfig

    size = {"hidden_size": 8, "intermediate_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2}
    return BertConfig(vocab_size=len(_vocabulary()), max_position_embeddings=64, **size)


def _vocabulary() -> dict[str, int]:
    return {token: number for number, token in enumerate([*_SPECIAL, *dict.fromkeys(_CHARACTERS)])}


def _tokenizer(folder: Path) -> None:
    from transformers import BertTokenizer

    BertTokenizer(vocab=_vocabulary(), model_max_length=64).save_pretrained(folder)
