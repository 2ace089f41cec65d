"""A citizen asks in their own words; what must be in the answer, and what every answer has."""

from tests.support.talk import Talk


def live(talk: Talk, locality: str) -> None:
    """Say where one lives, also after having said another place."""
    if "[Đổi: " in talk.press(f"start:{locality}"):
        talk("1")


def told(talk: Talk, question: str, *words: str) -> str:
    """Ask, and demand these words, a source or an open doubt, and a person to turn to."""
    answer = talk(question)
    missing = [one for one in words if one.lower() not in answer.lower()]
    assert missing == [], f"{question!r} lacks {missing}:\n{answer}"
    assert sourced(answer), f"{question!r} is answered without a source:\n{answer}"
    assert any(f"[{one}]" in answer for one in ("Gặp cán bộ", "Chuyển cho cán bộ", "Ask an officer")), answer
    return answer


def sourced(answer: str) -> bool:
    """Whether an answer names its document and day, or says that there is none."""
    if "Source: " in answer:
        return "As of 20 November 2026." in answer
    return ("Theo " in answer and "Tính đến ngày 20/11/2026." in answer) or "chưa" in answer.lower()
