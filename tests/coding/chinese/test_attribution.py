"""Who says what, and how far it reaches."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from testimonia.model import Coding

Coder = Callable[..., list[Coding]]


def parts(coding: Coding, *names: str) -> tuple[str | None, ...]:
    return tuple(coding.parts[name].quote if name in coding.parts else None for name in names)


@pytest.mark.parametrize(
    ("text", "quote", "source", "cue"),
    [
        ("县公安局一名工作人员证实，此事属实。", "县公安局一名工作人员证实", "县公安局一名工作人员", "证实"),
        ("据吉林省一名边防官员透露，江边装了探头。", "据吉林省一名边防官员透露", "吉林省一名边防官员", "透露"),
        ("中国外交部发言人在记者会上表示，情况稳定。", "中国外交部发言人在记者会上表示", "中国外交部发言人", "表示"),
        ("國際非政府組織估計，人數在增加。", "國際非政府組織估計", "國際非政府組織", "估計"),
        ("据不完全统计，去年有三十人失踪。", "据不完全统计", None, "据不完全统计"),
        ("听说他们都走了。", "听说", None, "听说"),
        ("“我不敢出门。”村民老孙说。", "村民老孙说", "村民老孙", "说"),
        ("负责人称，工作已完成。", "负责人称", "负责人", "称"),
    ],
)
def test_speech_words_and_their_sources(code: Coder, text: str, quote: str, source: str | None, cue: str) -> None:
    (found,) = code(text, "attribution")
    assert (found.quote, *parts(found, "source", "cue")) == (quote, source, cue)


@pytest.mark.parametrize(
    "text",
    [
        "根据刑法第六条的规定处理。",
        "她不会说汉语。",
        "这被称为劳动改造。",
        "记者会在下午举行。",
        "有关指控没有依据。",
        "本法所称儿童，是指不满十四周岁的人。",
    ],
)
def test_what_only_looks_like_speech(code: Coder, text: str) -> None:
    assert code(text, "attribution") == []


def test_a_second_speech_word_takes_the_speaker_before_it(code: Coder) -> None:
    first, second = code("村长承认此事，但否认有人收钱。", "attribution")
    assert parts(first, "source") == parts(second, "source") == ("村长",)
    assert second.quote == "否认" and second.code == "denial"


def test_a_figure_belongs_to_the_innermost_speaker(code: Coder) -> None:
    text = "该中心称，去年有五十人失踪，其中一名受访者说，她走了十二天。"
    assert [parts(f, "claimant") for f in code(text, "figure")] == [("该中心",), ("其中一名受访者",)]


def test_witnesses_testify_and_offices_do_not(code: Coder) -> None:
    witness, office = code("一名受访者说，她被带走。公安局表示，并不知情。", "attribution")
    assert witness.attributes.get("testimony") == "true" and "testimony" not in office.attributes
