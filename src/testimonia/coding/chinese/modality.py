"""How an act is meant: reported, told by one who lived it, alleged, denied, feared, ordered, found by a court."""

from __future__ import annotations

import re
from collections.abc import Sequence

from testimonia.coding.chinese.attribution import Attribution
from testimonia.coding.chinese.figures import speaker_of, speakers_of
from testimonia.coding.chinese.genre import Genre
from testimonia.coding.chinese.scan import Scan
from testimonia.coding.chinese.segments import Segments

__all__ = ["modality_of"]

_NEGATION = re.compile(r"(?:未曾?|没有?|倒没|并未|不曾|从未|没能|未能|未被|非|从没有?)(?:过|被|再|遭|受|使用|进行)?$")
_DENYING = re.compile(
    r"否认|不存在|没有所谓|辩称|并无|绝无|从未|子虚乌有|不实|无中生有|捏造|纯属|谣言|毫无根据|没有根据"
    r"|与事实不符|查无此事"
)
_RISK = re.compile(
    r"可能|恐(?!吓)|恐怕|面临|如果|要是|一旦|会被|将被|就会|害怕|担心|担忧|怕|最怕|有.{0,6}风险|若|或将"
    r"|或会|或遭|或被|很有可能|不排除|难免|等待(?:她|他)们?的"
    r"|危险|势必|难逃|迟早|岌岌可危|隐患"
)
_RISK_AFTER = re.compile(r"[^，。；！？]{0,10}(?:的(?:风险|危险|可能|威胁|境地|危机|下场)|或将|恐将|可能会?达)")
_FEARED = re.compile(r"怕|担心|担忧|恐怕|一旦|如果|要是|唯恐|生怕")
_TELLING = re.compile(r"讲述|回忆|忆|憶|自述|口述|描述|叙述|述说|倾诉|诉说")
_STILL = re.compile(r"至今|仍然?|经常性|目前")
_POLICY = re.compile(
    r"呼吁|停止|应当|禁止|反对|不要|避免|杜绝|不得|促请|敦促|一律|要求|建议|防止|打击|防范|规定|暂停|中止"
    r"|终止|严禁|预防|制止|遏制|取缔|力争|计划|争取|部署|消除"
)
_FORMER = re.compile(r"废除|废止|取消|曾经?实行|过去(?![\d一二三四五六七八九十几数的]|.年)|历史上|时期|被废|昔日")
_ABOLISHED = re.compile(r"收容遣送|收容审查|收容教育|劳动教养|劳教")
_RUMOUR = re.compile(
    r"有关[^，。；]{0,24}的(?:消息|报道|传闻|传言|指控|说法|指责)|(?:消息|传闻|传言|传出|网传|疑似|涉嫌"
    r"|被指|遭指|据称|疑|涉案)"
)
_ALLEGING = re.compile(r"涉嫌|被控|被指控?|遭指控?|疑似|传闻|据称|嫌疑|控告")
_COURT = re.compile(
    r"(?:法院|本院|合议庭|原审|一审|二审|终审)[^，。；]{0,16}(?:认为|认定|查明|判决|裁定|审理|判处|宣判"
    r"|核准|维持)|经审理|判决如下|判处|判决"
)
_COURT_SAID = re.compile(r"(?:法院|本院|合议庭|判决书?|裁定书?)[^。；]{0,20}(?:认为|认定|查明|确认|指出)")
_REJECTED = re.compile(
    r"[^，。；]{0,20}的?(?:指控|指责|说法|报道|批评|传闻|消息|结论|质疑)[^。；]{0,16}(?:否认|驳斥"
    r"|不予承认|不承认|拒绝承认|反驳|斥为|不实|捏造|没有根据|无稽)"
)
_IN_LAW = re.compile(
    r"(?:刑法|《[^》]{2,20}》|法律|条例|公约|宪法|议定书|该法|法典)[^，。；]{0,16}(?:规定|禁止|明定|载明"
    r"|要求|列为|定为|界定)|(?:最高|依法)可(?:判|处)|可处以|定义为|是指|构成要件"
)
_GOES_ON = re.compile(r"她|他|我|那家|那户|那边|自己|对方|后来|当时|之后|随后|接着|同[屋车村伴乡]|有人说|直到|最后")


def modality_of(
    scan: Scan, cuts: Segments, at: tuple[int, int], span: tuple[int, int], genre: Genre, said: Sequence[Attribution]
) -> tuple[str, str]:
    """Modality and polarity of an act with its trigger `at` and its whole `span`."""
    text = scan.text
    a, b = cuts.clause(at[0])
    clause, before = text[a:b], text[max(a, at[0] - 8) : at[0]]
    speaker = speaker_of(said, at[0])
    negative = bool(_NEGATION.search(before)) or bool(_NEGATION.search(text[max(0, span[0] - 4) : span[0]]))
    polarity = "negative" if negative else "positive"
    if genre in ("law", "notice"):
        norm = "legal_norm" if genre == "law" else "policy"
        feared = re.search(r"可能(?:被|遭|受|面临)", text[a : at[0]])
        return ("risk" if feared else norm), polarity
    every = speakers_of(said, at[0])
    if any(one.stance == "denial" for one in every) or _DENYING.search(clause) or _rejected(scan, cuts, at[0]):
        return "denied", polarity
    if genre != "first" and (own := _by_speaker(text, speaker, every)) is not None:
        return own, polarity
    return _by_words(scan, cuts, at, genre, said), polarity


def _rejected(scan: Scan, cuts: Segments, at: int) -> bool:
    """对遣返的指控予以否认: what the sentence goes on to reject."""
    end = cuts.sentence(at)[1]
    return bool(_REJECTED.match(scan.text, at, end))


_OWNING_UP = re.compile(r"嫌疑|被告|犯|蛇头|贩|中介|买|男|丈夫|婆|工头|老板")
_TO_BE_BUILT = re.compile(
    r"(?<!已)(?:(?<!即)将(?=投|新|增|在|于|全|继|进|陆|分|启|建|安|扩|加|铺|架|部)|拟|计划|准备|打算|规划)[^。；]{0,24}$"
)


def _by_speaker(text: str, speaker: Attribution | None, all_of_them: Sequence[Attribution]) -> str | None:
    """A charge, or what somebody accused owns up to, is alleged; what an office admits is reported."""
    if speaker and speaker.stance == "accusation":
        return "alleged"
    if speaker and speaker.stance == "admission":
        known = text[slice(*speaker.source)] if speaker.source else ""
        return "alleged" if _OWNING_UP.search(known) else None
    return "testimony" if any(one.testimony for one in all_of_them) else None


def _told(scan: Scan, cuts: Segments, at: int, said: Sequence[Attribution]) -> bool:
    """Whether a witness goes on telling: the last speech word before is theirs, and the sentence speaks on."""
    before = [one for one in said if one.cue[1] <= at]
    if not before or not before[-1].testimony:
        return False
    if _TELLING.match(scan.text, before[-1].cue[0]):
        return True
    first, last = cuts.sentence(at)
    near = scan.text[before[-1].cue[1] : first].count("。") <= 3
    return near and bool(_GOES_ON.search(scan.text, first, last))


def _by_words(scan: Scan, cuts: Segments, at: tuple[int, int], genre: Genre, said: Sequence[Attribution]) -> str:
    text = scan.text
    a, b = cuts.clause(at[0])
    first, last = cuts.sentence(at[0])
    before, sentence = text[a : at[0]], text[first:last]
    if genre == "judgment" and (found := _in_court(text, at[0], sentence)):
        return found
    if _RISK.search(before) or _FEARED.search(text[max(first, a - 16) : a]) or _RISK_AFTER.match(text, at[1], b):
        return "testimony" if genre == "first" and not re.search(r"再.{0,6}(?:就|的话)", before) else "risk"
    if genre == "first" or _told(scan, cuts, at[0], said):
        return "testimony"
    if _IN_LAW.search(text[first : at[0]]):
        return "legal_norm"
    if _COURT_SAID.search(text[first : at[0]]):
        return "court_found"
    if _ALLEGING.search(before) or _is_rumour(text, a, b, at[0]):
        return "alleged"
    if _POLICY.search(text[max(a, at[0] - 8) : at[0]]) or _TO_BE_BUILT.search(text[max(first, at[0] - 40) : at[0]]):
        return "policy"
    if _FORMER.search(text[a:b]) or (_ABOLISHED.search(sentence) and not _STILL.search(sentence)):
        return "historical"
    return "reported"


def _is_rumour(text: str, a: int, b: int, at: int) -> bool:
    """就有关遣返的消息，…: what somebody is asked about is not yet said to have happened."""
    match = _RUMOUR.search(text, a, b)
    return bool(match and "有关" in match[0] and match.start() <= at < match.end())


def _in_court(text: str, at: int, sentence: str) -> str | None:
    """In a judgment: found by the court from the words of finding to the end of the paragraph."""
    if re.search(r"公诉机关指控|起诉书指控|检察(?:院|机关)指控|起诉指控", sentence):
        return "alleged"
    return "court_found" if _COURT.search(text[:at]) or _COURT.search(sentence) else None
