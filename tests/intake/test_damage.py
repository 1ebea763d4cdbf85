"""Damage is flagged where no written language looks like this, and nowhere else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from testimonia.intake.damage import is_damaged, signs
from testimonia.intake.language import function_words, identify
from testimonia.intake.split import passages

SHARED = Path(__file__).resolve().parents[3] / "shared"
ENGLISH = (
    "The network spoke with 64 women between 2028 and 2030. Nearly half of them said that they had been "
    "moved after the crossing, and 12 percent were returned. In most cases the brokers kept the papers, and the "
    "families paid about 3,000 dollars; none of the women had seen a contract before she left."
)
KOREAN = (
    "이 단체는 2028년부터 2030년까지 여성 64명을 면담했다. 절반 가까이는 강을 건넌 뒤 다시 "
    "옮겨졌다고 말했으며, 12퍼센트는 되돌려 보내졌다. 대부분 중개인이 서류를 "
    "맡아 두었고, 가족은 3천 위안쯤을 냈다. 계약서를 본 사람은 없었다."
)
CHINESE = (
    "该机构在2028年至2030年间访谈了64名妇女。近一半人说，过江之后她们又被转移，百分之十二的人被遣返。"
    "多数情况下证件由中介保管，家人支付了约3000元；出发之前没有人见过合同。"
)


def stripped(text: str) -> str:
    """Lower case, without digits, punctuation and function words."""
    words = re.findall("[a-z]+", text.lower())
    return " ".join(word for word in words if word not in function_words("en"))


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        (stripped(ENGLISH), "en", ("no_punctuation", "no_function_words", "no_capitals")),
        (re.sub(r"\d[\d,]*", "", ENGLISH), "en", ("no_digits",)),
        (KOREAN.replace(" ", ""), "ko", ("broken_spacing",)),
        (re.sub("[.,]", "", KOREAN), "ko", ("no_punctuation",)),
        (" ".join(KOREAN), "ko", ("broken_spacing",)),
        (re.sub("[，。；]", "", CHINESE), "zh-Hans", ("no_punctuation",)),
        (CHINESE.replace("64名", "■■名").replace("3000元", "■■元"), "zh-Hans", ("lost_glyphs",)),
        (CHINESE.replace("2028", "2O28").replace("64", "l4"), "zh-Hans", ("lost_glyphs",)),
        (
            CHINESE.replace("中介", "中 介").replace("妇女", "妇 女").replace("转移", "转 移"),
            "zh-Hans",
            ("broken_spacing",),
        ),
        (re.sub(r"\d+", " ", CHINESE + CHINESE), "zh-Hans", ("no_digits", "broken_spacing")),
        ("The list \ufffd\ufffd was lost.", "en", ("replacement_characters",)),
    ],
)
def test_signs_of_damage(text: str, language: str, expected: tuple[str, ...]) -> None:
    """What was taken out of a text is named."""
    assert signs(text, language) == expected


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ENGLISH, "en"),
        (KOREAN, "ko"),
        (CHINESE, "zh-Hans"),
        ("SURVEY FINDS HALF OF WOMEN MOVED TWICE AFTER CROSSING THE RIVER INTO THE NORTHERN PROVINCE", "en"),
        (
            "North Hamgyong Jilin Liaoning Heilongjiang Shandong Hebei Henan Yanbian Tumen Longjing Hunchun",
            "en",
        ),
        ("제4조(포상) 신고가 사실로 확인된 때에는 다음 각 호에 따라 포상금을 지급한다.", "ko"),
        ("북한이탈주민의보호및정착지원에관한법률시행규칙", "ko"),
        ("第一条 为了规范管理，制定本法。\n第二条 本法适用于公民。\n第三条 禁止非法拘禁。", "zh-Hans"),
        ("□是 □否 □不知道 □不愿回答 以上各项由受访者本人填写，填写之后请交给工作人员核对并签名。", "zh-Hans"),
        ("××县公安局通知：张×、李××等人于2031年3月到案，其余人员另案处理，特此通知各有关单位。", "zh-Hans"),
    ],
)
def test_intact_texts_are_not_damaged(text: str, language: str) -> None:
    """Headlines, lists of names, laws, forms and masked names have innocent signs at most."""
    assert not is_damaged(signs(text, language))


def test_damage_of_a_document_is_flagged_on_its_body() -> None:
    """Every paragraph of a stripped document is flagged; one damaged paragraph does not flag the others."""
    whole = passages("\n\n".join([stripped(ENGLISH)] * 3))
    assert all("damaged_text" in passage.flags for passage in whole)
    one = passages(f"{ENGLISH}\n\nThe list of the harbour \ufffd\ufffd\ufffd was lost on the way.\n\n{ENGLISH}")
    assert [bool(passage.flags) for passage in one] == [False, True, False]


@pytest.mark.skipif(not SHARED.exists(), reason="../shared is missing")
def test_no_false_alarm_in_the_development_texts() -> None:
    """Of the texts of the development gold exactly the damaged ones are flagged."""
    flagged = set()
    for path in sorted((SHARED / "gold").glob("*/*.txt")):
        text = path.read_text(encoding="utf-8")
        if any(passage.flags for passage in passages(text)):
            flagged.add(path.stem)
    assert flagged == {"dev_own_stripped", "kd10_ocr_damaged", "zhd11_ocr_damaged"}


def test_the_language_of_damaged_text_is_still_told() -> None:
    """A stripped text is still English."""
    assert identify(stripped(ENGLISH)) == "en"
