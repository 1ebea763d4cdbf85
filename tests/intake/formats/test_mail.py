"""Mails: headers and body as parts, everything attached as children."""

from __future__ import annotations

from email.message import EmailMessage

from tests.intake.samples import CHINESE, ENGLISH, KOREAN, html, mail, pdf

from testimonia.intake import worker


def test_headers_and_body_are_parts() -> None:
    reading = worker.read(mail().as_bytes(), "a.eml")
    assert [page.label for page in reading.pages] == ["header", "body"]
    assert "From: 사무국 <office@example.org>\n" in reading.text and "Subject: 접수 3월\n" in reading.text
    assert reading.metadata["date"] == "2019-03-05" and reading.metadata["title"] == "접수 3월"
    roles = {passage.text: passage.role for passage in reading.passages}
    assert roles["Subject: 접수 3월"] == "title" and roles[KOREAN] == "body"


def test_attachments_are_children_with_their_names() -> None:
    reading = worker.read(mail(report_pdf=pdf(["x"]), note_txt=b"words").as_bytes(), "a.eml")
    assert [(child.name, child.data[:5]) for child in reading.children] == [
        ("report.pdf", b"%PDF-"),
        ("note.txt", b"words"),
    ]


def test_two_attachments_of_one_name_stay_two() -> None:
    message = mail()
    for data in (b"one", b"two"):
        message.add_attachment(data, "application", "pdf", filename="../scan.pdf")
    names = [child.name for child in worker.read(message.as_bytes(), "a.eml").children]
    assert len(set(names)) == 2 and not any("/" in name for name in names)


def test_a_forwarded_mail_is_a_document_of_its_own() -> None:
    outer, inner = mail(), EmailMessage()
    inner["Subject"], inner["From"] = "원본", "b@example.org"
    inner.set_content(ENGLISH)
    outer.add_attachment(inner)
    children = worker.read(outer.as_bytes(), "a.eml").children
    assert [child.name for child in children] == ["원본.eml"]
    assert ENGLISH[:30] in worker.read(children[0].data, children[0].name).text


def test_of_two_versions_of_the_body_one_is_read() -> None:
    message = mail()
    message.add_alternative(html((KOREAN,)), "html")
    assert worker.read(message.as_bytes(), "a.eml").text.count(KOREAN) == 1


def test_a_stand_in_for_the_formatted_body_is_passed_over() -> None:
    message = EmailMessage()
    message["From"], message["Subject"] = "a@example.org", "x"
    message.set_content("Your program cannot show this mail.")
    message.add_alternative(html((ENGLISH, ENGLISH, ENGLISH)), "html")
    assert ENGLISH in worker.read(message.as_bytes(), "a.eml").text


def test_an_old_korean_label_means_its_extension() -> None:
    head = b"From: a@example.org\r\nTo: b@example.org\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
    head += b"Content-Type: text/plain; charset=ks_c_5601-1987\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    assert "똠방각하" in worker.read(head + "똠방각하".encode("cp949"), "a.eml").text


def test_bare_bytes_in_a_header_are_read_as_what_they_look_like() -> None:
    data = b"From: a@example.org\r\nTo: b\r\nSubject: " + CHINESE.encode("gb18030") + b"\r\n\r\nbody"
    assert worker.read(data, "a.eml").metadata["title"] == CHINESE


def test_an_encrypted_body_is_said() -> None:
    head = b"From: a@example.org\r\nTo: b\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
    body = b"--b\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n--b--\r\n"
    reading = worker.read(head + b"Content-Type: multipart/encrypted; boundary=b\r\n\r\n" + body, "a.eml")
    assert reading.outcome == "partly" and "encrypted" in (reading.reason or "")
