"""Organisations, roles, and the officials and authors whom a text names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from testimonia import vocabulary
from testimonia.coding.korean.lexicon import Found, is_hangul, longest
from testimonia.coding.korean.segments import Paragraph
from testimonia.model import Coding

__all__ = ["code_orgs", "code_people"]

_BODY = (
    r"(?:단체|기관|조직|기구|연구소|연구원|언론|매체|신문|통신사?|방송사?|재단|모임|협회|쉼터|센터|시민단체|"
    r"인권단체|지원단체|기록단체|선교회|네트워크)"
)
_QUOTED_NAME = re.compile(
    rf"{_BODY}(?:인|은|는)?\s?(?P<mark>['‘\"“「『<〈])(?P<name>[가-힣A-Za-z0-9 ]{{2,25}})['’\"”」』>〉]"
)
_DATELINE = re.compile(r"\((?P<city>[가-힣·\s]{2,12})=(?P<name>[가-힣A-Za-z0-9]{2,15})\)")
_NAME_END = re.compile(
    r"(?:통신사|통신|일보|신문|방송|뉴스|포스트|타임스|연대|네트워크|기록모임|기록회|기록소|보존소|재단|연맹|"
    r"협의회|협회|시민연합|포럼|"
    r"인권센터|지원센터|상담센터|이주민센터|노동자센터|노동센터|법률센터|구조센터|보호센터|정보센터|상담소|연구소|연구원|연구회|운동본부|(?<!인민)(?<!당)위원회|선교회|쉼터|"
    r"총연합회|연합회|시민회의|연맹체|동맹|변호사회|변호사협회|변호사단|법률사무소|학회|노동조합|노총|적십자사|적십자회|총회사|무역회사|건설회사|유한공사|유한책임회사|건설지도국|"
    r"기록원|대학교|인권단|조사단|후원회|구호단|구명단|실천모임|모임|행동)"
    r"(?='|’|(?:에서는|에서|에게|으로부터|로부터|에는|측은|측이|측|에|은|는|이|가|의|과|와|을|를|도)(?:[\s,]|따르면|의하면|밝|전)"
    r"|\s?\(|,|\s(?:측|활동가들|간부|직원|회원|상임|공동|사무총장|변호사|팀장|실장|국장|센터장|원장|회장|위원장|대표|소장|관계자|이사장|사무국장|활동가|연구원|보고서|조사|자료|기자)|\s[가-힣]{3}\s(?:박사|교수|연구원|연구위원|소장|대표|국장|사무국장|위원|활동가|변호사|간사|팀장|이사장))"
)
_NAME_HEAD = re.compile(
    r"(?<![가-힣])(?:[가-힣]{1,8}[^고며서은는이가을를에의도로와과면지한된할던나다들,.\s]\s)?[가-힣]{1,10}$"
)
_LOCAL_STATE = re.compile(
    r"(?<![가-힣])(?P<name>(?:조선민주주의인민공화국\s)?(?:[가-힣○]{1,6}(?:현|시|성|주|군|구|진|향|도)\s?){1,2}"
    r"(?:인민(?:정부|위원회|법원|검찰원|보안국)|공안(?:국|청|처|분국)|안전국|보위국|보안국|중급인민법원|고급인민법원|중급법원|"
    r"변방(?:총대|지대|대대)|출입경관리국|출입국관리국|당위원회|민정국|인권센터))"
)
_EMBASSY = re.compile(
    r"(?<![가-힣])(?P<name>주(?:한|중|미|일|북|러|태국|라오스|베트남|몽골|선양|심양|상하이|제네바|유엔)\s?(?:[가-힣]{2,4}\s?)?"
    r"(?:대사관|총영사관|영사관|대표부))"
)
_STATE_NAME = re.compile(
    r"(?<![가-힣])(?P<name>(?!현지|해당|관할|인근|일부|담당|이\s|그\s)(?:[가-힣]{2,4}(?<![은는이가을를의에도로와과고며])\s)?[가-힣]{0,6}(?:지방법원|고등법원|가정법원|행정법원|연방법원|형사법원|지방검찰청|고등검찰청|"
    r"지검|지법|고법|경찰청|경찰서|출입국관리사무소|출입국관리소|출입국·외국인청|출입국외국인청|출입국사무소|출입국관리청|출입국관리국|이민국|이민청|이주청|내무부|내무성|노동부|"
    r"이민부|세관|연방보안국|국경수비국))(?=[은는이가의을를에도과와측로,.]|\s|$|으로|[’'])"
)
_STATE_BARE = frozenset(["경찰서", "세관", "경찰청", "노동부", "내무부", "지검", "지법", "고법"])
_COMMON_HEAD = re.compile(
    r"^(?:현지|해당|관할|인근|일부|담당|이|그|당시|지난|이후|한편|또|각|여러|다른|가까운|가족|당국|서)(?:\s|지검)"
)
_LOCAL_HINT = re.compile(r"인민|공안|안전국|보위국|변방|법원|관리국|위원회|민정국|센터|보안국")
_COMMON_BODY = re.compile(
    r"(?:해당|일부|현지|이|그|각|여러|국내|외국|관영|국영|지역|인터넷|한|시민|민간|다른|국제)\s?$"
)
_COMMON_NAMES = frozenset(
    [
        "관영통신",
        "국영방송",
        "인터넷신문",
        "현지신문",
        "관영매체",
        "관영방송",
        "인터넷뉴스",
        "무선통신",
        "이동통신",
        "뉴스",
        "통신",
        "방송",
        "신문",
        "텔레비전방송",
        "이주여성상담소",
        "상담소",
        "쉼터",
        "연구소",
    ]
)


_NO_NAME = re.compile(
    r"(?:[이그저각한두세]|여러|다른|일부|해당|현지|관련|국제|시민|인권|민간|지역|전문|비영리|독립|정부|피해자|임시|단기|공동|합동|특별|자체|상임|북한|중국|한국|"
    r"여성|이주|청소년|\d+|[가-힣]*(?:하는|되는|된|한|던|년까지|부터|위한|대한))*(?:모임|행동|위원회|쉼터|조사단|학회|노동조합|무역회사|건설회사|유한공사|동맹|연합회|상담소|연구소|지원센터|보호센터|상담센터|대학교|후원회|법률사무소)$"
)


def _org(paragraph: Paragraph, start: int, end: int, norm: str, otype: str, rule: str) -> Coding:
    part = paragraph.part(start, end)
    return Coding(
        kind="org",
        start=part.start,
        end=part.end,
        quote=part.quote,
        value=norm,
        attributes={"norm": norm, "otype": otype},
        rule=rule,
        cue=part.quote,
    )


def _shaped(paragraph: Paragraph) -> Iterator[tuple[int, int, str, str]]:
    text = paragraph.text
    for match in _QUOTED_NAME.finditer(text):
        if not re.search(r"[다요음]$", match["name"]):
            yield *match.span("name"), "ngo", "ko.org.quoted"
    for match in _DATELINE.finditer(text):
        yield *match.span("name"), "news_agency", "ko.org.dateline"
    for pattern in (_LOCAL_STATE, _EMBASSY) if _LOCAL_HINT.search(text) or "관" in text else ():
        for match in pattern.finditer(text):
            yield *match.span("name"), "state", "ko.org.local"
    for match in _STATE_NAME.finditer(text):
        if match["name"] not in _STATE_BARE and not _COMMON_HEAD.match(match["name"]):
            yield *match.span("name"), "state", "ko.org.state"
    for match in _NAME_END.finditer(text):
        floor = max(0, match.start() - 21)
        head = _NAME_HEAD.search(text, floor, match.start())
        name = text[head.start() : match.end()].replace(" ", "") if head else ""
        if head and name not in _COMMON_NAMES and not _NO_NAME.match(name):
            yield head.start(), match.end(), "ngo", "ko.org.shape"


def code_orgs(paragraph: Paragraph, found: Sequence[Found], known: Sequence[str]) -> list[Coding]:
    """Organisations: from the list, in quotation marks after 단체 and the like, by their shape, named before."""
    text = paragraph.text
    spots: list[tuple[int, int, str, str, str]] = []
    for hit in longest([hit for hit in found if hit.group == "orgs" and (hit.word_start or paragraph.damaged)]):
        inside_word = is_hangul(text[hit.end : hit.end + 1]) and not paragraph.damaged
        if hit.row["code"] == "yes" and not (inside_word and _ORG_GOES_ON.match(text, hit.end)):
            spots.append((hit.start, hit.end, hit.row["norm"], hit.row["otype"], "ko.org.list"))
    for start, end, otype, rule in _shaped(paragraph):
        spots.append((start, end, text[start:end], otype, rule))
    for name in known:
        place = text.find(name)
        while place >= 0:
            spots.append((place, place + len(name), name, "ngo", "ko.org.named_before"))
            place = text.find(name, place + len(name))
    kept: list[tuple[int, int, str, str, str]] = []
    for spot in sorted(spots, key=lambda spot: (spot[0], -spot[1])):
        if not kept or spot[0] >= kept[-1][1]:
            kept.append(spot)
    return [_org(paragraph, *spot) for spot in kept]


_ORG_GOES_ON = re.compile(r"(?:원(?!은|이|에)|장(?=은|이|\s)|정국|요원|사건|사범|증|법|직|부장|형|민국)")
_TITLES = "|".join(row["form"] for row in vocabulary.rows("ko/titles"))
_SURNAME = "(?:" + "|".join(row["form"] for row in vocabulary.rows("ko/surnames")) + ")"
_TITLE = re.compile(rf"(?<=[가-힣])\s(?:{_TITLES})(?![가-힣]{{3}})")
_NAME_BEFORE = re.compile(rf"(?<![가-힣])(?P<name>{_SURNAME}[가-힣]{{1,2}})$")
_AUTHOR = re.compile(
    rf"(?:연구자|전문가|활동가|학자|변호사|기자|작가|교수|공무원|관리|대변인|"
    rf"장관)\s(?P<name>{_SURNAME}[가-힣]{{1,2}})\s?(?:씨|박사|선생)"
)
_NOT_A_NAME = frozenset(
    [
        "이번",
        "이날",
        "이런",
        "이들",
        "전직",
        "현직",
        "신임",
        "공동",
        "인권",
        "한국",
        "중국",
        "미국",
        "북한",
        "조선",
        "남한",
        "소속",
        "담당",
        "수석",
        "이주",
        "전임",
        "여성",
        "지역",
        "마을",
        "정치",
        "기록",
        "연구",
        "조사",
        "현지",
        "선임",
        "한인",
        "교회",
        "장기",
        "주임",
        "부위",
        "명예",
        "고위",
        "국제",
    ]
)


def code_people(paragraph: Paragraph, found: Sequence[Found]) -> Iterator[Coding]:
    """Roles, and persons who are officials or authors by their title; nobody else is named."""
    for hit in longest([h for h in found if h.group == "roles" and (h.word_start or paragraph.damaged)]):
        part = paragraph.part(hit.start, hit.end)
        yield Coding(
            kind="role",
            start=part.start,
            end=part.end,
            quote=part.quote,
            value=hit.row["norm"],
            attributes={"norm": hit.row["norm"]},
            rule="ko.role.list",
            cue=part.quote,
        )
    text = paragraph.text
    titled = (_NAME_BEFORE.search(text, max(0, m.start() - 5), m.start()) for m in _TITLE.finditer(text))
    for rule, matches in (("ko.person.title", titled), ("ko.person.author", _AUTHOR.finditer(text))):
        for match in matches:
            if match is None:
                continue
            if match["name"] not in _NOT_A_NAME and match["name"][-1] not in "부청처원회국성과팀족인민계모측":
                part = paragraph.part(*match.span("name"))
                yield Coding(
                    kind="person",
                    start=part.start,
                    end=part.end,
                    quote=part.quote,
                    value=part.quote,
                    rule=rule,
                    cue=match[0],
                )
