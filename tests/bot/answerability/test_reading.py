"""What is read counts as far as it has the form, the year and the matter that are asked about."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answerability.form import told
from bot.answerability.reading import OF_READING, OFF_THE_MATTER, of_other_years, read
from bot.question.terms import Terms
from bot.question.understand import understand
from bot.reader.read import NO_ANSWER
from bot.reader.windows import readings
from vectorstore.model import Chunk, Document, Hit
from vectorstore.regions import Gazetteer

TELLS = "临江灯会2023年共接待游客35.6万人次，比2022年的21.4万人次增加。"
MENTIONS = "临江灯会的游客人数历来由市文旅局公布，记者届时前往采访。"
TERMS = Terms((("临江", 3.0), ("灯会", 4.0), ("游客", 2.0)))


def seen(question: str, *texts: str) -> dict[str, float]:
    hits = []
    for number, text in enumerate(texts):
        name = f"d{number}"
        document = Document(id=name, title="", text=text, source=f"{name}.txt", sha256=name)
        hits.append(
            Hit(Chunk(id=name, doc_id=name, ordinal=0, start=0, end=len(text), path=(), text=text), document, 1.0)
        )
    return read(understand(question, Gazetteer()), list(readings(question, hits)), hits, TERMS)


def test_what_has_not_the_form_asked_for_is_no_answer() -> None:
    tells, mentions = (seen("临江灯会接待游客多少人次？", text) for text in (TELLS, MENTIONS))
    assert tells["read"] > NO_ANSWER
    assert mentions["read"] == NO_ANSWER
    assert all(tells[name] >= mentions[name] for name in OF_READING)


def test_what_is_said_of_another_year_is_no_answer() -> None:
    assert seen("2023年临江灯会接待游客多少人次？", TELLS)["read"] > NO_ANSWER
    assert seen("2021年临江灯会接待游客多少人次？", TELLS)["read"] == NO_ANSWER


def test_an_answer_off_the_matter_is_less_sure() -> None:
    near = seen("临江灯会接待游客多少人次？", TELLS)
    far = seen("临江灯会接待游客多少人次？", TELLS.replace("临江灯会", "南浦庙会"))
    assert near["read_on_matter"] == pytest.approx(near["read"])
    assert far["read_on_matter"] < far["read"] - OFF_THE_MATTER / 2


def test_nothing_found_is_read_as_nothing() -> None:
    assert max(seen("临江灯会接待游客多少人次？").values()) == NO_ANSWER


@pytest.mark.parametrize(
    ("years", "said"),
    [
        ((2023,), "临江灯会2023年共接待游客35.6万人次，比"),
        ((2022,), "临江灯会2022年的21.4万人次增加。"),
        ((2021,), ""),
        ((), TELLS),
    ],
)
def test_a_year_governs_what_follows_it(years: tuple[int, ...], said: str) -> None:
    kept = ~of_other_years(TELLS, years)
    assert "".join(char for char, keep in zip(TELLS, kept, strict=True) if keep) == said


def test_a_sentence_without_a_year_is_of_any() -> None:
    text = "2022年灯会停办。今年游客回来了。"
    assert list(of_other_years(text, (2023,))) == [index < text.index("今") for index in range(len(text))]


def test_what_the_question_says_itself_is_not_told() -> None:
    passage = "12条航线中，第3条由5艘船往返。"
    assert [passage[slice(*span)] for span in told("12条航线中有多少艘船往返？", passage)] == ["3", "5"]
    assert told("怎样报名？", passage) == [(0, len(passage))]


@given(st.text(alphabet="临江灯会2023年35.6万，。多少人次", max_size=60), st.integers(2021, 2024))
def test_of_any_text_every_character_is_told_of(text: str, year: int) -> None:
    other = of_other_years(text, (year,))
    assert other.shape == (len(text),)
    assert not of_other_years(text, ()).any()
    assert np.isfinite(list(seen(f"{year}年临江灯会游客多少人次？", text).values())).all()
