"""How fast a text is cut into labelled passages: MB/s in three languages, and what ten times the text costs.

    python bench/split.py

Texts are invented: articles between the menus and counters of a page, hard-wrapped paper, and lists. The target is
5 MB/s, and at most 11 times the time for ten times the text (least of three runs).
"""

from __future__ import annotations

import time

from testimonia.intake.split import passages

ARTICLES = {
    "English": (
        "Home | News | Subscribe\n\nThe members of the society met in the old hall on 3 May 2021. They spoke about\n"
        "the winter, the price of coal and the 14 houses that stand empty by the river. “Nobody\n"
        "has asked us,” said one of them. The minutes do not name her.\n\n"
        "1. The roof is to be mended before the autumn;\n2. the road is to be opened again.\n\nShare this page\n\n"
    ),
    "Korean": (
        "홈 | 뉴스 | 구독\n\n모임의 회원들은 2021년 5월 3일 오래된 회관에서 만났다. 겨울과 석탄값, "
        "강가에 비어 있는 집 14채에 대해\n"
        "이야기했다고 한다. “아무도 우리에게 묻지 않았다”고 한 회원이 말했다. 회의록에는 이름이 적혀 있지 않다.\n\n"
        "1. 지붕은 가을이 오기 전에 고친다.\n2. 길은 다시 연다.\n\n기사 공유하기\n\n"
    ),
    "Chinese": (
        "首页 | 新闻 | 订阅\n\n2021年5月3日，会员们在旧会馆见面，谈到冬天、煤价和河边空着的14间房子。"
        "“没有人问过我们，”\n"
        "其中一人说。会议记录里没有写她的名字，也没有写下其他人的意见，大家后来就各自回家了。\n\n"
        "一、屋顶在秋天以前修好；\n二、道路重新开放。\n\n分享到微信\n\n"
    ),
}
CHARACTERS = 60_000


def seconds(text: str) -> float:
    """Processor time of one cutting, the least of three."""
    spent = []
    for _ in range(3):
        started = time.process_time()
        passages(text)
        spent.append(time.process_time() - started)
    return min(spent)


def main() -> None:
    """Print one line for each language."""
    for language, article in ARTICLES.items():
        short = article * (CHARACTERS // len(article))
        seconds(short[:2000])
        one, ten = seconds(short), seconds(short * 10)
        size = len((short * 10).encode()) / 1e6
        print(f"{language:10}{size:6.2f} MB {ten:7.2f} s {size / ten:6.2f} MB/s; ten times the text: {ten / one:4.1f}")


if __name__ == "__main__":
    main()
