"""Places and peoples."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from testimonia.coding.korean.lexicon import Found, is_hangul, longest
from testimonia.coding.korean.segments import Paragraph
from testimonia.model import Coding

__all__ = ["code_places", "spans"]

_PARTICLE = re.compile(
    r"(?:에서|에게|에는|에도|에만|에선|에|으로|로|은|는|이(?!상|하|내|미|후|전)|가|을|를|의|과|와|도|만|까지|"
    r"부터|보다|나(?![가-힣]{2})|이나|랑|이랑|하고|처럼|라는|이라는|이라|인(?!근|민|도|상)|쪽|측|행|산(?=\s|에|"
    r"의|과|,)|발|내(?!부|용|륙|무)|안(?![가-힣])|밖|변|말고|뿐|등|및|라고|이며|이고|였|이었|이란|이던|이다|"
    r"입니다|로부터|으로부터|근처|인근|일대|지역|시내|출신|현지|당국|정부|공안|경찰|국경|접경|변경|변방|구류소|"
    r"교도소|감옥|교화소|보위부|보안서|집결소|세관|대교|역(?![가-힣])|강변|연안|지방|농촌|북부|남부|동부|서부|"
    r"중부|북쪽|남쪽|동쪽|서쪽|건너|사람|여성|남성|법원|대사관|영사관|공항|시(?=에|의|로|와|,|\s)|군(?=에|의|"
    r"로|과|,|\s)|현(?=에|의|로|과|,|\s))"
)
_SURE_SUFFIX = re.compile(
    r"\s?(?:출신|일대|시내|인근|근처|공안|구류소|교화소|보위부|보안서|집결소|세관|변방|건너편|감옥|안전부|지역|"
    r"쪽으로|쪽에서|방면|역에서|교도소|맞은편|파출소|버스터미널|기차역)|의\s한\s"
)
_LOCATIVE = re.compile(
    r"(?:에서|으로(?:\s(?:가|넘|건|들|도|이|옮|팔|끌|보|왔|와|향|데|실))|까지|을\s?거쳐|를\s?거쳐|을\s지나|"
    r"에\s(?:있|살|숨|도착|가|머|갇|들|와|왔|팔|끌|남|사는))"
)
_PLACE_PARTICLE = re.compile(r"(?:에서(?!야)|으로(?!\s?(?:끝|돌아갔다는))|까지|쪽|출신|을\s?거쳐|를\s?거쳐|에\s(?!따))")
_BESIDE = re.compile(
    r"(?:\s?[,·∙–\-~/→]\s?|\s|과\s?|와\s?|이나\s|나\s|및\s|\s및\s|에서\s|의\s|까지\s|을\s거쳐\s|를\s거쳐\s|"
    r"에서\s출발해\s){1,2}"
)
_NOT_COUNTRY = re.compile(
    r"(?:어(?=[가-힣]{0,2}(?:\s|$|[,.]))|말(?=로|을|이|도|은|\s)(?!고)|집에|식(?=\s|당|으)|산\s|제\s|계(?=\s|"
    r"의|인)|인민(?!공화국|정부|은행|법원|의)|풍|통(?=\s)|몽|화교|동포|이탈주민|학(?=과|을|\s)|사(?=\s)|"
    r"기업은행)"
)
_BORDER_OF = re.compile(
    r"\s?(?:지역|경비|수비|통제|봉쇄|도시|마을|지대|초소|관리|업무|너머|경찰|부대|사령부|폐쇄|개방|차단|"
    r"무역|검문|의정서|협정|없는)"
)
_OTHER_BORDER = re.compile(
    r"(?:라오스|태국|베트남|미얀마|몽골|러시아|캄보디아|우크라이나|터키|인도|멕시코|미국)(?:와의|과의)?\s?$"
)
_PEOPLE = re.compile(
    r"\s?(?:국적\s?|출신의?\s)?(?:농촌\s)?(?:이탈\s)?(?:여성|남성|여자|남자|녀성|녀자|남편|사람|주민|국민|"
    r"인민(?!공화국|정부|위원회|보안|군|법원)|부녀|처녀|총각|아이|아동|어린이|소녀|소년|청년|노동자|로동자|"
    r"근로자|군인|병사|신부|며느리|색시|아내|부인|농민|상인|장사꾼|난민|피해자|선교사|목사|기자|유학생|학생|"
    r"관광객|고아|교포|동포|브로커|거간|중개인|손님|업자|공민|시민|아저씨|아주머니|아줌마|할아버지|할머니|"
    r"홀아비|노총각|여인|언니|친구|가족|가정|부부|선원|어부|의사|이주민|이주여성|이주자|인부|밀수꾼|지도원|"
    r"관리(?=들|가|에게|는|\s)|간부|공작원|외교관|당국자|탈북|엄마|어머니|아버지|부모|임신부|임산부|임부|"
    r"수감자|죄수|해외노동자|파견)"
)
_STATE_OF = re.compile(r"(?:은|는|이|가|도|측은|측이|과|와|정부|당국|의\s(?:정책|입장|태도|주장|법|조치|요구))")
_DEMONYM = re.compile(
    r"(?<![가-힣])(?:조선족|한족|만족(?=\s(?:남|여|사람|마을|출신))|만주족|고려인|화교|재중\s?동포|중국\s?동포|"
    r"재일\s?동포|(?:중국|한국|북한|조선|미국|일본|태국|베트남|라오스|몽골|러시아|캄보디아|미얀마|필리핀|영국|"
    r"외국)인(?!민|권|구|도|류|근))"
)
_HANJA = {
    "中": "CHN",
    "北": "PRK",
    "韓": "KOR",
    "美": "USA",
    "日": "JPN",
    "英": "GBR",
    "佛": "FRA",
    "獨": "DEU",
    "露": "RUS",
}
_SHORT = {"미": "USA", "중": "CHN", "일": "JPN", "러": "RUS", "북": "PRK"}
_SHORT_STATE = re.compile(
    r"(?<![가-힣])(?P<state>[미중일러북])\s(?=국무부|국방부|재무부|법무부|하원|상원|의회|행정부|백악관|정부|당국|외교부|외무성|공안|총리|대통령)"
)
_HANJA_ANY = re.compile("[中北韓美日英佛獨露]")
_HANJA_WORD = re.compile(
    r"(?<![\u4e00-\u9fff가-힣\w(])[中北韓美日英佛獨露](?![\u4e00-\u9fff)])(?=[\s,·\"“”'‘’…에의서]|$)|"
    r"(?<=[·ㆍ])[中北韓美日](?=[\s·ㆍ])|[中北韓美日](?=[·ㆍ][中北韓美日])"
)


def spans(found: Sequence[Found]) -> list[tuple[int, int]]:
    """The stretches of hits."""
    return [(hit.start, hit.end) for hit in found]


def _inside(start: int, end: int, taken: Sequence[tuple[int, int]]) -> bool:
    return any(start < b and a < end for a, b in taken)


def _continues(paragraph: Paragraph, hit: Found) -> bool:
    """Whether what follows a name lets it be that name."""
    after = paragraph.text[hit.end : hit.end + 1]
    if not after or not is_hangul(after):
        return True
    if hit.row["ptype"] == "country" or (paragraph.damaged and hit.end - hit.start >= 2) or hit.end - hit.start >= 4:
        return not _NOT_COUNTRY.match(paragraph.text, hit.end)
    return _PARTICLE.match(paragraph.text, hit.end) is not None


def _is_beside(paragraph: Paragraph, hit: Found, sure: Sequence[Found]) -> bool:
    """Whether a sure place stands right before or after."""
    text = paragraph.text
    for other in sure:
        if other.end <= hit.start and _BESIDE.fullmatch(text, other.end, hit.start):
            return True
        if hit.end <= other.start and _BESIDE.fullmatch(text, hit.end, other.start):
            return True
    return False


def _is_named(paragraph: Paragraph, hit: Found, sure: Sequence[Found]) -> bool:
    if hit.row["ptype"] == "country" and hit.row["id"] == "PRK":
        return bool(
            re.match(
                r"에서|에(?=\s|는|도)|으로|의(?=\s)|쪽|으로부터|은\s|이\s|과\s|측|정부|당국|보위|변방|국경|땅|돈|"
                + _PEOPLE.pattern,
                paragraph.text[hit.end : hit.end + 8],
            )
        )
    if _is_beside(paragraph, hit, sure) or _SURE_SUFFIX.match(paragraph.text, hit.end):
        return True
    if hit.row["policy"] == "locative" and _PLACE_PARTICLE.match(paragraph.text, hit.end):
        return True
    start, end = paragraph.sentence(hit.start)
    near = any(start <= other.start < end for other in sure)
    return near and _LOCATIVE.match(paragraph.text, hit.end) is not None


def _is_whole(paragraph: Paragraph, hit: Found) -> bool:
    """Whether a name stands unbroken (미 국무부 is not 미국) and not behind a Latin letter (TV조선)."""
    before = paragraph.text[hit.start - 1 : hit.start]
    if before.isascii() and before.isalnum():
        return False
    if hit.row["policy"] in ("context", "locative") and before in ('"', "”", "’", "'", ")"):
        return False
    broken = hit.end - hit.start > len(hit.row["form"])
    return not broken or len(hit.row["form"]) >= 4 or paragraph.damaged


def _candidates(paragraph: Paragraph, found: Sequence[Found]) -> list[Found]:
    hits = [
        hit
        for hit in found
        if hit.group == "places"
        and (hit.word_start or paragraph.damaged)
        and _is_whole(paragraph, hit)
        and _continues(paragraph, hit)
    ]
    known = longest([hit for hit in hits if hit.row["policy"] in ("sure", "border")])
    held = spans(known)
    open_ = [
        h
        for h in longest([h for h in hits if h.row["policy"] in ("context", "locative")])
        if not _inside(h.start, h.end, held)
    ]
    for _ in range(2):
        for hit in list(open_):
            if _is_named(paragraph, hit, known):
                known.append(hit)
                open_.remove(hit)
    return sorted(known)


def _people_follow(paragraph: Paragraph, hit: Found) -> bool:
    return hit.row["ptype"] == "country" and _PEOPLE.match(paragraph.text, hit.end) is not None


def _place(paragraph: Paragraph, hit: Found, kind: str) -> Coding:
    row, part = hit.row, paragraph.part(hit.start, hit.end)
    attributes = {"norm": row["norm"], "ptype": row["ptype"], "path": row["path"]}
    if kind == "demonym":
        attributes["attributive"] = "true"
    elif row["ptype"] in ("country", "capital") and _STATE_OF.match(paragraph.text, hit.end):
        attributes["metonym"] = "state"
    return Coding(
        kind="demonym" if kind == "demonym" else "place",
        start=part.start,
        end=part.end,
        quote=part.quote,
        value=row["id"],
        attributes=attributes,
        rule=f"ko.{kind}.{row['policy']}",
        cue=part.quote,
    )


def code_places(paragraph: Paragraph, found: Sequence[Found], laws: Sequence[tuple[int, int]]) -> Iterator[Coding]:
    """Places and peoples; a country before a word for persons is a people (북한 여성), else a place."""
    peoples = [match.span() for match in _DEMONYM.finditer(paragraph.text)]
    for start, end in peoples:
        part = paragraph.part(start, end)
        yield Coding(
            kind="demonym",
            start=part.start,
            end=part.end,
            quote=part.quote,
            value=part.quote,
            rule="ko.demonym.word",
            cue=part.quote,
        )
    for hit in _candidates(paragraph, found):
        if _inside(hit.start, hit.end, peoples) or _inside(hit.start, hit.end, laws):
            continue
        if hit.row["policy"] == "border" and (
            _BORDER_OF.match(paragraph.text, hit.end) or _OTHER_BORDER.search(paragraph.text, 0, hit.start)
        ):
            continue
        yield _place(paragraph, hit, "demonym" if _people_follow(paragraph, hit) else "place")
    yield from _hanja(paragraph)
    yield from _short(paragraph)


def _short(paragraph: Paragraph) -> Iterator[Coding]:
    """Short names of states before their bodies: 미 국무부."""
    for match in _SHORT_STATE.finditer(paragraph.text):
        part, state = paragraph.part(*match.span("state")), _SHORT[match["state"]]
        yield Coding(
            kind="place",
            start=part.start,
            end=part.end,
            quote=part.quote,
            value=state,
            attributes={"norm": state, "ptype": "country", "path": state},
            rule="ko.place.short",
            cue=part.quote,
        )


def _hanja(paragraph: Paragraph) -> Iterator[Coding]:
    for match in _HANJA_WORD.finditer(paragraph.text) if _HANJA_ANY.search(paragraph.text) else ():
        part = paragraph.part(*match.span())
        yield Coding(
            kind="place",
            start=part.start,
            end=part.end,
            quote=part.quote,
            value=_HANJA[match[0]],
            attributes={"norm": _HANJA[match[0]], "ptype": "country", "path": _HANJA[match[0]]},
            rule="ko.place.hanja",
            cue=match[0],
        )
