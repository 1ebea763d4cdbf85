"""Lines that are not the document's own words are labelled, and its own words are not."""

from __future__ import annotations

import pytest

from testimonia.intake.label import kind
from testimonia.intake.split import passages

PROSE = {
    "en": "The survey of 64 women found that nearly half had been moved twice, the network said on Monday.",
    "ko": "조사에 응한 여성 64명 가운데 절반 가까이가 두 번 옮겨졌다고 이 단체는 월요일에 밝혔다.",
    "zh-Hans": "该机构星期一说，接受调查的六十四名妇女中近一半被转移过两次，其余的人留在原地。",
    "zh-Hant": "該機構星期一說，接受調查的六十四名婦女中近一半被轉移過兩次，其餘的人留在原地。",
}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Home | World | Sport | Log in", "menu"),
        ("홈 | 정치 | 사회 | 로그인", "menu"),
        ("首页 > 国际 > 正文", "menu"),
        ("首頁 | 國際 | 登入", "menu"),
        ("By our desk | 3 May 2031 | 212 comments", "counter"),
        ("조회 12,408 | 댓글 57", "counter"),
        ("阅读 12.8万　评论 356", "counter"),
        ("瀏覽 5,390", "counter"),
        ("입력 2031.05.20 09:14", "stamp"),
        ("Most read", "most_read"),
        ("많이 본 뉴스", "most_read"),
        ("热门文章", "most_read"),
        ("Related articles", "related"),
        ("관련기사", "related"),
        ("延伸閱讀", "related"),
        ("Buy 3 phones, save 20%", "advertisement"),
        ("[광고] 첫 달 9,900원", "advertisement"),
        ("广告　限时特惠", "advertisement"),
        ("© 2031 Border Daily", "copyright"),
        ("ⓒ 강변일보", "copyright"),
        ("版权所有 江岸日报", "copyright"),
        ("등록번호 서울 아00000", "registration"),
        ("ICP备00000000号", "registration"),
        ("Tel: 000 555 0101", "contact"),
        ("举报电话：000-0000000", "contact"),
        ("서울 23.4℃ 맑음", "weather"),
        ("多云 -6℃~4℃", "weather"),
        ("分享到：微信 微博", "share"),
        ("We use cookies to improve your experience on this website.", "notice"),
        ("未经授权禁止转载", "notice"),
        ("Page 3 of 12", "page_number"),
        ("第 3 页 共 12 页", "page_number"),
        ("Corridor Project, “No Way” (2030), p. 17, table 4.", "citation"),
    ],
)
def test_kinds_of_lines(line: str, expected: str | None) -> None:
    """A line of a page's furniture is told by what it holds, in each language."""
    assert kind(line) == expected


@pytest.mark.parametrize(
    "line",
    [
        *PROSE.values(),
        "The committee received 212 comments on the draft.",
        "Temperatures fell to minus 20 C and many were turned back.",
        "(SEOUL, Hangyeol) The number of those returned passed 600, a group said on Monday.",
        "(서울=한결통신) 되돌려 보내진 사람이 600명을 넘는다는 조사 결과가 나왔다.",
        "东边社首尔3月14日电（记者 周明）报告称，至少有460名妇女被转卖。",
        "1. 한 명을 신고한 경우: 2천 위안",
        "（一）未经著作权人许可，复制发行其作品的；",
        "제4조(포상) 다음 각 호에 따라 포상금을 지급한다.",
        "문: 한국에는 언제 왔습니까?",
        "Q: How many were in the car?",
        "问：车上有几个人？",
        "Sale of women to farmers in three provinces",
        "送还人数逐年上升",
    ],
)
def test_words_of_documents_are_not_boilerplate(line: str) -> None:
    """Sentences with counts, datelines, clauses, items, turns of speech and headlines are left alone."""
    assert kind(line) is None


@pytest.mark.parametrize("language", list(PROSE))
def test_a_short_line_in_a_scraped_page_is_labelled_only_there(language: str) -> None:
    """The same loose line is boilerplate among menus and counters, and a heading in a report."""
    loose = {"en": "Ferry fares to rise 8%", "ko": "여객선 요금 8% 인상"}.get(language, "轮渡票价上调8%")
    menu = {
        "en": "Home | World | Log in\n212 comments\nRelated articles\n",
        "ko": "홈 | 사회 | 로그인\n댓글 57\n관련기사\n",
    }.get(language, "首页 | 国际 | 登录\n评论 356\n相关阅读\n")
    scraped = {p.text: p.role for p in passages(f"{PROSE[language]}\n\n{menu}\n{loose}\n\n{PROSE[language]}\n")}
    report = {p.text: p.role for p in passages(f"{PROSE[language]}\n\n{loose}\n\n{PROSE[language]}\n")}
    assert scraped[loose] == "boilerplate"
    assert scraped[PROSE[language]] == "body"
    assert report[loose] != "boilerplate"


def test_the_headline_of_a_scraped_page_is_a_title() -> None:
    """Between a list of most read stories and a byline the line that speaks of the prose is the title."""
    text = (
        "Home | World | Log in\nMost read\n1. Five soups for cold evenings\n"
        "Survey finds half of the women were moved\nBy our desk | 3 May 2031 | 12 comments\n\n" + PROSE["en"]
    )
    found = {p.text: p.role for p in passages(text)}
    assert found["Survey finds half of the women were moved"] == "title"
    assert found["1. Five soups for cold evenings"] == "boilerplate"


def test_the_title_the_file_gives_is_kept() -> None:
    """A title given by the file is never boilerplate, whatever its words."""
    text = f"Home | World | Log in\n3 comments\nRelated\n\nWeather\n\n{PROSE['en']}\n"
    found = {p.text: p.role for p in passages(text, hints={"title": "Weather"})}
    assert found["Weather"] == "title"


def test_a_notice_keeps_its_body() -> None:
    """One telephone line does not make a notice a scraped page."""
    text = "关于边境管理的通告\n\n一、每日巡逻不少于四次。\n\n举报电话：110　0000000\n\n特此通告。\n\n2031年3月18日\n"
    assert [p.role for p in passages(text)] == ["title", "body", "boilerplate", "body", "body"]


def test_a_form_is_not_a_menu() -> None:
    """Field names that are also words of menus stay the words of a form."""
    fields = [
        "Contact",
        "Health",
        "Education",
        "Travel",
        "Children: 2",
        "Age at first sale: 17",
        "Work",
        "Weather",
        "Money",
    ]
    assert {p.role for p in passages("Intake form\n\n" + "\n".join(fields))} <= {"title", "body"}


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("当前位置：首页 >> 深度 >> 详情", "menu"),
        ("（点击展开全文 · 剩余 41%）", "menu"),
        ("上一页 1 [2] 3 下一页　共 5 页", "menu"),
        ("登录后可领 20 积分", "notice"),
        ("踩 12　赞 3.1千", "counter"),
        ("本文共 1,800 字，阅读约 6 分钟", "counter"),
        ("上证指数 3012.45 -0.3%", "market"),
        (">> 延伸阅读：", "related"),
        ("加盟费直降 50%，前 100 名送设备！", "advertisement"),
        ("【字体：大 中 小】", "share"),
    ],
)
def test_furniture_of_chinese_pages(line: str, name: str) -> None:
    """Paths, folds, page numbers, rewards for readers, counters and indices are no words of the document."""
    assert kind(line) == name


def test_a_reward_with_a_telephone_number_stays_a_sentence() -> None:
    """What a notice pays for reports is its own content."""
    assert kind("知情者请拨打举报电话000-0000000，经查实奖励2000元。") is None
