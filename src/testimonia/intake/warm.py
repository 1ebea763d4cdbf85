"""Loaded once by the key-less process, before its first job: reads a few words in each language.

What a reading needs of the vocabulary (tables, word lists, patterns) is worked out when it is first used. A child
that reads a file would do so anew each time; here its parent has done it before.
"""

from __future__ import annotations

from testimonia.intake import worker

__all__: list[str] = []

_WORDS = (
    "Minutes of the meeting\n\n1. The hall was open in March 2021, and 12 of the members came by bus.\n",
    "회의 기록\n\n회관은 2021년 3월에 열려 있었고, 회원 12명이 버스를 타고 왔다고 한다. 그 밖의 일은 적혀 있지 않다.\n",
    "会议记录\n\n2021年3月，会馆照常开放，有12名会员乘车前来，其他事情没有记录下来，大家也没有再说什么。\n",
)

worker.load()
for _text in _WORDS:
    worker.read(_text.encode(), "words.txt")
    worker.read(f"<html><body><p>{_text}</p></body></html>".encode(), "words.html")
