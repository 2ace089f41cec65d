"""Commands: what stands in the menu of the chat, and what each means. Each is also a button and a word."""

from content.wording import Wording

# Name (a-z, 0-9, _; 1 to 32) -> what pressing a button of the same meaning would send. /start carries its own.
COMMANDS = {
    "menu": "menu",
    "hoi": "topics",
    "canbo": "officer",
    "viecdagui": "questions",
    "doinoi": "place",
    "dulieu": "mydata",
    "ngonngu": "settings",
}
# Understood without standing in the menu: what people type who know other bots.
OTHERS = {"help": "menu", "settings": "settings", "stop": "settings", "cancel": "cancel", "privacy": "mydata"}


def payload_of(text: str) -> str | None:
    """What a command means; None where the text is none of ours. `/start` may carry a place.

    >>> payload_of("/start dak-cam"), payload_of("/canbo@ward_bot"), payload_of("/vay von")
    ('start:dak-cam', 'officer', None)
    """
    word, _, argument = text.partition(" ")
    name = word[1:].partition("@")[0].lower()
    if name == "start":
        return f"start:{argument.strip()[:58]}"
    return COMMANDS.get(name) or OTHERS.get(name)


def menu(words: Wording) -> list[tuple[str, str]]:
    """(name, description) of every command in one language."""
    return [(name, words.text(f"command.{name}")) for name in COMMANDS]
