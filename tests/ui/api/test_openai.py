"""Stock clients of OpenAI's API as clients of the library, over real HTTP."""

from __future__ import annotations

import json

import httpx
import openai
import pytest
from langchain_core.messages import AIMessage, HumanMessage
from langchain_openai import ChatOpenAI
from openai.types.chat import ChatCompletionMessageParam

from tests.ui.api.conftest import QUESTION, Locked
from tests.ui.serving import Serving


@pytest.fixture
def stock(server: Serving) -> openai.OpenAI:
    return openai.OpenAI(base_url=f"{server.url}/v1", api_key="none", max_retries=0)


def user(text: str) -> ChatCompletionMessageParam:
    return {"role": "user", "content": text}


def test_the_models_are_one(stock: openai.OpenAI) -> None:
    assert [model.id for model in stock.models.list()] == [stock.models.retrieve("zhengwen").id] == ["zhengwen"]
    with pytest.raises(openai.NotFoundError) as caught:
        stock.models.retrieve("gpt")
    assert caught.value.code == "model_not_found"


def test_an_answer_comes_with_what_stands_behind_it(stock: openai.OpenAI, http: httpx.Client) -> None:
    completion = stock.chat.completions.create(model="zhengwen", messages=[user(QUESTION)])
    message, behind = completion.choices[0].message, completion.model_extra
    assert message.content is not None and behind is not None
    assert "储蓄" in message.content and completion.choices[0].finish_reason == "stop"
    assert behind["status"] == "answered" and len(behind["citations"]) == 1
    cited = behind["citations"][0]
    assert (cited["number"], cited["doc_number"], cited["issuer"]) == (1, "绵府发〔2018〕12号", "绵阳市人民政府")
    assert (
        cited["section"] and cited["score"] > 0 and cited["date"] == "2018-05-09" and cited["region"] == "四川省绵阳市"
    )
    document = http.get(f"/documents/{cited['document']}").json()
    assert document["text"][cited["start"] : cited["end"]] == cited["quote"]
    note = (message.annotations or [])[0].url_citation
    assert message.content[note.start_index : note.end_index] == "[1]" and note.title == document["title"]
    assert note.url == f"{http.base_url.join('/')}?read={document['id']}&at={cited['start']}-{cited['end']}"
    assert httpx.get(note.url, trust_env=False).status_code == 200  # what it shows there: tests of the page
    assert completion.usage is not None and completion.usage.completion_tokens == len(message.content)


def test_streamed_it_is_the_same_answer(stock: openai.OpenAI) -> None:
    whole = stock.chat.completions.create(model="zhengwen", messages=[user(QUESTION)])
    chunks = list(
        stock.chat.completions.create(
            model="zhengwen", messages=[user(QUESTION)], stream=True, stream_options={"include_usage": True}
        )
    )
    assert chunks[0].choices[0].delta.role == "assistant"
    assert "".join(c.choices[0].delta.content or "" for c in chunks if c.choices) == whole.choices[0].message.content
    *_, last, usage = chunks
    assert last.choices[0].finish_reason == "stop" and last.model_extra is not None and whole.model_extra is not None
    assert last.model_extra["citations"] == whole.model_extra["citations"]
    assert usage.choices == [] and usage.usage == whole.usage
    assert len({chunk.id for chunk in chunks}) == 1


def test_the_stream_ends_as_openai_ends_it(http: httpx.Client) -> None:
    body = {"messages": [user("临沂市实施方案的三大支撑是什么?")], "stream": True}
    with http.stream("POST", "/chat/completions", json=body) as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        lines = [line for line in response.iter_lines() if line]
    assert lines[-1] == "data: [DONE]"
    assert all(json.loads(line.removeprefix("data: "))["object"] == "chat.completion.chunk" for line in lines[:-1])


def test_what_is_not_there_is_said(stock: openai.OpenAI) -> None:
    completion = stock.chat.completions.create(model="any", messages=[user("今天天气怎么样？")])
    assert completion.model == "zhengwen" and completion.model_extra is not None
    assert completion.model_extra["status"] == "not_found" and completion.model_extra["citations"] == []
    assert completion.choices[0].message.annotations == []


def test_messages_are_the_history(stock: openai.OpenAI, server: Serving) -> None:
    first = stock.chat.completions.create(model="zhengwen", messages=[user("绵阳市每万人拥有数据工程师的目标是多少?")])
    told = first.choices[0].message.content or ""
    system: ChatCompletionMessageParam = {"role": "system", "content": "你是一个诗人。"}
    for earlier in (told, "一字不差的原话已经找不到了。"):  # kept by the server, and no longer kept
        messages: list[ChatCompletionMessageParam] = [
            system,
            user("绵阳市每万人拥有数据工程师的目标是多少?"),
            {"role": "assistant", "content": earlier},
            user("那临沂呢?"),
        ]
        second = stock.chat.completions.create(model="zhengwen", messages=messages)
        assert "9名" in (second.choices[0].message.content or "")


@pytest.mark.parametrize(
    ("restriction", "told"), [({"regions": ["江西省"]}, "12.5亿元"), ({"regions": ["绵阳市"]}, "1.7亿元")]
)
def test_extra_body_restricts(stock: openai.OpenAI, restriction: dict[str, list[str]], told: str) -> None:
    completion = stock.chat.completions.create(
        model="zhengwen", messages=[user("一季度数据登记额是多少?")], extra_body=restriction
    )
    assert told in (completion.choices[0].message.content or "")


def test_a_misspelt_restriction_is_no_unrestricted_answer(stock: openai.OpenAI) -> None:
    with pytest.raises(openai.BadRequestError, match="regions"):
        stock.chat.completions.create(model="zhengwen", messages=[user(QUESTION)], extra_body={"region": ["临沂市"]})


def test_documents_can_be_named_by_title(stock: openai.OpenAI) -> None:
    ask = lambda document: stock.chat.completions.create(  # noqa: E731
        model="zhengwen", messages=[user("每万人拥有数据工程师的目标是多少?")], extra_body={"documents": [document]}
    )
    assert "9名" in (ask("临沂市数据要素市场培育实施方案").choices[0].message.content or "")
    with pytest.raises(openai.NotFoundError) as caught:
        ask("火星市实施方案")
    assert caught.value.code == "document_not_found"


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(
    ("messages", "code"),
    [
        ([user(" ?!")], "blank_question"),
        ([user("长" * 1001)], "question_too_long"),
        ([{"role": "assistant", "content": "好"}], "invalid_value"),
        ([user([{"type": "image_url", "image_url": {"url": "x"}}])], "unsupported_content"),  # type: ignore[arg-type]
        ([], "invalid_value"),
    ],
)
def test_what_cannot_be_answered_is_an_error_of_openai_s_kind(
    stock: openai.OpenAI, messages: list[ChatCompletionMessageParam], code: str, stream: bool
) -> None:
    with pytest.raises(openai.BadRequestError) as caught:
        stock.chat.completions.create(model="zhengwen", messages=messages, stream=stream)
    assert caught.value.code == code and caught.value.type == "invalid_request_error"


def test_a_wrong_key_is_openai_s_authentication_error(locked: Locked) -> None:
    base = f"{locked.server.url}/v1"
    with pytest.raises(openai.AuthenticationError) as caught:
        openai.OpenAI(base_url=base, api_key="zw-00000000-wrong", max_retries=0).models.list()
    assert caught.value.code == "invalid_api_key"
    right = openai.OpenAI(base_url=base, api_key=locked.ask, max_retries=0)
    assert right.chat.completions.create(model="zhengwen", messages=[user(QUESTION)]).choices


def test_langchain_s_chat_model(server: Serving) -> None:
    model = ChatOpenAI(
        base_url=f"{server.url}/v1", api_key="none", model="zhengwen", extra_body={"regions": ["绵阳市"]}
    )
    told = model.invoke([HumanMessage(QUESTION)])
    assert "储蓄" in told.text
    streamed = "".join(chunk.text for chunk in model.stream([HumanMessage(QUESTION)]))
    assert streamed == told.text
    more = model.invoke(
        [HumanMessage("数据交易额的目标是多少?"), AIMessage("3.6亿元。"), HumanMessage("年均增长多少?")]
    )
    assert "20%" in more.text
