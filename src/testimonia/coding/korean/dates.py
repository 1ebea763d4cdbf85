"""Finds dates and periods and gives them in EDTF (ISO 8601-2), as far as the words go."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from testimonia.coding.korean.numerals import read
from testimonia.coding.korean.segments import Paragraph
from testimonia.model import Coding

__all__ = ["Moment", "code_dates", "find_dates"]


class Moment(NamedTuple):
    """A date or period at text[start:end]."""

    start: int
    end: int
    edtf: str
    dtype: str


_SEASONS = {"봄": "21", "여름": "22", "가을": "23", "겨울": "24"}
_APPROXIMATE = r"(?:\s?(?:경|께|쯤|무렵|즈음|정도)(?=에|부터|까지|은|이|의|인|\s|[,.)]|$))"
_TIME_OF = (
    r"(?:\s?(?:초순|중순|하순|초반|중반|후반|초가을|늦가을|초겨울|초여름|늦여름|상반기|하반기|말|초|중|봄|여름|"
    r"가을|겨울)(?=까지|부터|에|의|이후|이전|쯤|경|께|과|와|로|이|\s|[,.)~]|$))"
)
_YEAR = (
    r"(?<!\d)(?<!\d[,.])(?:(?P<year>(?:1[89]|20)\d{2})\s?년도?(?![대생])|(?:[’'‘](?P<short>\d{2})|"
    r"(?<!\d)(?P<two>[06-9]\d))\s?년도?(?=\s?(?:도|에(?!\s?걸)|부터|까지|봄|여름|가을|겨울|초|말|"
    r"\d{1,2}\s?월))(?!대)"
    r"|(?P<spoken>이천\s?[일이삼사오육칠팔구십]*|천\s?구백\s?[일이삼사오육칠팔구십]+|"
    r"(?<![가-힣])[육칠팔구]십[일이삼사오육칠팔구]?(?=\s?년(?:도|에|"
    r"\s?[0-9일이삼사오육칠팔구십]+\s?월)))\s?년도?(?![대생]))"
)
_MONTH = r"(?<![\d.,])(?P<month>1[0-2]|0?[1-9])\s?월(?!급|경제|드컵)"
_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])\s?일(?!본|정|반|상|부(?!터))"
_SINGLE = re.compile(
    rf"{_YEAR}(?:\s?{_MONTH}(?:\s?{_DAY})?)?(?P<when>{_TIME_OF})?(?P<about>{_APPROXIMATE})?"
    rf"|(?:(?P<that>그해|이듬해|지난해|작년|올해|금년|재작년|내년|"
    rf"올)\s?)?{_MONTH.replace('month', 'month2')}(?:\s?{_DAY.replace('day', 'day2')})?"
    rf"(?P<when2>{_TIME_OF})?(?P<about2>{_APPROXIMATE})?"
    r"|(?<![\d.:-])(?P<y3>(?:19|20)\d{2})(?P<sep>[.\-/]\s?)(?P<m3>1[0-2]|0?[1-9])(?:(?P=sep)(?P<d3>3[01]|"
    r"[12]\d|0?[1-9])\.?)?(?![\d.:-])"
    r"|(?<![\d,.])(?:(?P<decade>(?:19|20)\d0)|(?P<decade2>[06-9]0))\s?년대(?P<part>\s?(?:초반|중반|후반|초|말))?"
    r"|(?<!\d)(?P<ys>(?:19|20)\d{2})\s?[~∼–\-]\s?(?P<ye>(?:19|20)?\d{2})\s?년"
    r"|(?P<century>(?:1[5-9]|2[01]))세기"
)
_BEGINS = re.compile(
    r"\d+|[’'‘](?=\d)|(?:그해|이듬해|지난해|작년|올해|금년|재작년|내년|올)(?=\s?\d)|이천|천\s?구|[육칠팔구]십"
)
_RELATIVE = re.compile(
    r"(?<![가-힣])(?:최근\s?(?:몇|수|\d+|한두|두세|[가-힣]{1,3})\s?(?:년|해|개월|달)(?:\s?(?:사이|동안|간|새))?"
    r"|지난\s?(?:\d+여?|몇|수|[일이삼사오육칠팔구십]+|한|두|세|서너)\s?(?:년|해|개월|달|주일?)(?:여)?(?:간|\s?동안|\s?사이)"
    r"|(?:\d+여?|수|몇|[일이삼사오육칠팔구십]+|한|두|세|네|석|넉|한두|두세|서너|다섯|여섯|일곱|여덟|아홉|"
    r"열)\s?(?:년|해|개월|달|주일?|일)\s?(?:전|여\s?전)(?=에|부터|까지|만|이|보다|의|쯤|\s|[,.]|$|[가-힣])"
    r"|(?:며칠|사흘|나흘|이틀|닷새|열흘|보름|일주일|달포)\s?전"
    r"|(?:지난해|작년|재작년|올해|금년|내년|그해|그\s해|이듬해|다음\s해|지난달|지난주|이달|다음\s?달|그날|이날|"
    r"전날|이튿날|다음\s?날|어제|그저께|오늘|내일|올봄|올여름|올가을|올겨울|지난겨울|지난봄|지난여름|"
    r"지난가을)(?:\s?(?:초|말|봄|여름|가을|겨울|상반기|하반기))?)"
    r"(?=에|부터|까지|은|는|이|의|도|만|과|와|로|\s|[,.)·]|$)"
)
_BARE_DAY = re.compile(
    r"(?<![\d,.월~∼\-])(?<!월 )(?P<day>3[01]|[12]\d|[1-9])일(?![가-힣])|(?<![\d,.월~∼\-])(?<!월 "
    r")(?P<day2>3[01]|[12]\d|[1-9])일(?=(?:자|은|에|에는|부터|까지|의)(?![가-힣]))"
)
_LOST = re.compile(
    r"(?<!\d)(?P<head>19|20)(?:\s{1,4}|[○□●◯〇*×?_]{1,2}\s?)년|(?<!\d)(?P<three>(?:19|20)\d)(?:[\s○□●◯〇*×?_])년"
)
_JOIN = re.compile(r"\s?(?:부터|에서|~|∼|-|–|—)\s?$")
_TAIL = re.compile(r"(?:까지(?:의)?)?(?:\s?(?:사이|동안|기간)(?=에|의|\s|,|$))?")
_OPEN = re.compile(r"\s?(?:이후|이래|부터)")
_CLOSED = re.compile(r"\s?이전")
_LASTS = re.compile(
    r"\s?(?:간|동안|가량|정도|쯤|남짓|이상|이하|이내|미만|안팎|내외|여|씩|째|치|만에|뒤|후|밤|넘|있|갇|"
    r"머[무물]|지내|걸리|걸려|걸렸|굶|조사|취조|구류|구금|단식|이나|을|이라는|이 걸|에 걸)"
)
_LASTING_BEFORE = re.compile(
    r"(?:\d박|약|총|최대|최소|평균|하루|한|불과|무려|꼬박|장장|주|월|거의|"
    r"정지|구류|구금|단식|금고|영창|교양|감금|입원|휴업|휴가|격리|단련|노역|구속|수감|유치|체류|처분|기한|기간은?)\s?$"
)


def _spoken_year(words: str) -> int:
    value = int((read(words.replace(" ", "")) or (0,))[0])
    return value if value >= 1000 else 1900 + value


def _year_of(match: re.Match[str]) -> int | None:
    if match["year"]:
        return int(match["year"])
    if short := match["short"] or match["two"]:
        return int(short) + (2000 if int(short) < 50 else 1900)
    return _spoken_year(match["spoken"]) if match["spoken"] else None


def _written(year: str, month: str | None, day: str | None) -> str:
    return "-".join([year, *(f"{int(x):02d}" for x in (month, day) if x)])


def _grain(month: str | None, day: str | None, season: bool) -> str:
    return "season" if season else "day" if day else "month" if month else "year"


class _Reader:
    """Reads single dates in text order, remembering the last year for 그해 and 이듬해."""

    def __init__(self, year: int | None = None) -> None:
        self.year = year

    def moment(self, match: re.Match[str]) -> Moment | None:
        if match["ys"]:
            last = match["ye"] if len(match["ye"]) == 4 else match["ys"][:2] + match["ye"]
            self.year = int(last)
            return Moment(*match.span(), f"{match['ys']}/{last}", "period")
        if match["century"]:
            return Moment(*match.span(), f"{int(match['century']) - 1:02d}XX", "century")
        if decade := match["decade"] or match["decade2"]:
            full = decade if len(decade) == 4 else ("20" if decade == "00" else "19") + decade
            return Moment(*match.span(), f"{full[:3]}X", "decade")
        if match["y3"]:
            self.year = int(match["y3"])
            edtf = _written(match["y3"], match["m3"], match["d3"])
            return Moment(*match.span(), edtf, _grain(match["m3"], match["d3"], False))
        year = _year_of(match)
        if year is not None:
            self.year = year
            return self._dated(match, str(year), match["month"], match["day"], match["when"], match["about"])
        return self._undated(match)

    def _dated(
        self, match: re.Match[str], year: str, month: str | None, day: str | None, when: str | None,
        about: str | None,
    ) -> Moment:  # fmt: skip
        season = next((code for word, code in _SEASONS.items() if when and word in when), None)
        edtf = f"{year}-{season}" if season and not month else _written(year, month, day)
        grain = _grain(month, day, bool(season and not month))
        return Moment(*match.span(), edtf + ("~" if about else ""), grain + ("_approx" if about else ""))

    def _undated(self, match: re.Match[str]) -> Moment:
        that = match["that"]
        known = {"그해": 0, "이듬해": 1}
        if that in known and self.year is not None:
            self.year += known[that]
            return self._dated(match, str(self.year), match["month2"], match["day2"], None, match["about2"])
        edtf = _written("XXXX", match["month2"], match["day2"]) + ("~" if match["about2"] else "")
        if that:
            return Moment(*match.span(), f"relative:{that} {edtf}", "relative")
        return Moment(*match.span(), edtf, "month_no_year" if not match["day2"] else "no_year")


def _bare_days(text: str) -> Iterator[Moment]:
    for match in _BARE_DAY.finditer(text) if "일" in text else ():
        lasting = _LASTS.match(text, match.end()) or _LASTING_BEFORE.search(text, 0, match.start())
        if not lasting:
            day = int(match["day"] or match["day2"])
            yield Moment(*match.span(), f"XXXX-XX-{day:02d}", "day_incomplete")


def _lost(text: str) -> Iterator[Moment]:
    for match in _LOST.finditer(text) if "년" in text else ():
        yield Moment(*match.span(), f"{match['head'] or match['three']}XX"[:4], "lost")


def _joined(text: str, moments: list[Moment]) -> Iterator[Moment]:
    """Periods made of two dates, and open ends."""
    pending: Moment | None = None
    for moment in moments:
        if pending and _JOIN.fullmatch(text, pending.end, moment.start):
            yield _period(text, pending, moment)
            pending = None
            continue
        if pending:
            yield _opened(text, pending)
        pending = moment
    if pending:
        yield _opened(text, pending)


def _period(text: str, first: Moment, last: Moment) -> Moment:
    tail = _TAIL.match(text, last.end)
    end = tail.end() if tail else last.end
    until = last.edtf
    if until.startswith("XXXX-") and re.match(r"\d{4}", first.edtf):
        until = first.edtf[:4] + until[4:]
    return Moment(first.start, end, f"{first.edtf}/{until}", "period")


def _opened(text: str, moment: Moment) -> Moment:
    if moment.dtype in ("lost", "period"):
        return moment
    if match := _OPEN.match(text, moment.end):
        return Moment(moment.start, match.end(), f"{moment.edtf}/..", "period_open")
    if match := _CLOSED.match(text, moment.end):
        return Moment(moment.start, match.end(), f"../{moment.edtf}", "period_open")
    return moment


def find_dates(text: str, year: int | None = None) -> list[Moment]:
    """Dates of a text, in order, that do not overlap; `year` is the year last named before it."""
    reader = _Reader(year)
    found = list(_singles(text, reader))
    for more in (_lost(text), _relative(text), _bare_days(text)):
        found += [m for m in more if not any(m.start < f.end and f.start < m.end for f in found)]
    found.sort()
    return list(_joined(text, found))


def _singles(text: str, reader: _Reader) -> Iterator[Moment]:
    """Single dates; a date begins at a digit, an apostrophe, a word for a year or a spoken year."""
    place = 0
    while begun := _BEGINS.search(text, place):
        match = _SINGLE.match(text, begun.start())
        place = match.end() if match else begun.end()
        if match and (moment := reader.moment(match)):
            yield moment


def _relative(text: str) -> Iterator[Moment]:
    for match in _RELATIVE.finditer(text):
        yield Moment(*match.span(), f"relative:{match[0]}", "relative")


_YEAR_NAMED = re.compile(r"(?:19|20)\d{2}")


def code_dates(paragraph: Paragraph, year: int | None) -> tuple[list[Coding], list[Moment], int | None]:
    """Date codings of a paragraph, the moments themselves, and the year last named."""
    moments = find_dates(paragraph.text, year)
    codings = []
    for moment in moments:
        part = paragraph.part(moment.start, moment.end)
        codings.append(
            Coding(
                kind="date",
                start=part.start,
                end=part.end,
                quote=part.quote,
                value=moment.edtf,
                value_status="lost" if moment.dtype == "lost" else "present",
                attributes={"dtype": moment.dtype},
                rule=f"ko.date.{moment.dtype}",
                cue=part.quote,
            )
        )
        if named := _YEAR_NAMED.findall(moment.edtf):
            year = int(named[-1])
    return codings, moments, year
