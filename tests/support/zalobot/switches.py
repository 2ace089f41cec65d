"""What nobody knows for sure of the platform, or what was seen both ways: a test says which way it is."""

from dataclasses import dataclass
from typing import Literal


@dataclass
class Switches:
    """Each with the state in which an adapter has it hardest, unless the documents say otherwise."""

    shape: Literal["wrapped", "flat", "alternate"] = "alternate"  # of a webhook's body
    photo_field: Literal["photo", "photo_url", "alternate"] = "alternate"
    message_type: Literal["present", "absent", "alternate"] = "alternate"
    errors: Literal["body", "http"] = "body"  # HTTP 200 with the error in the body, or the matching status
    wrong_token: Literal["json", "page"] = "json"
    page_status: int = 401  # of that page
    no_webhook: Literal["empty", "404"] = "empty"  # what getWebhookInfo says where none is set
    polled_with_webhook: Literal["conflict", "silence"] = "conflict"  # 409 is a guess
    unheard: Literal["dropped", "queued"] = "dropped"  # messages that arrive while nobody asks
    lapse: float = 10.0  # real seconds after an answer until nobody asks: a bot between two questions still does
    verification: Literal["found", "failing", "absent"] = "found"  # what setWebhook says about the address
    probe_with_secret: bool = False
    unknown_chat: Literal[400, 403] = 403
    tries: int = 3  # of a webhook call; a guess
    pause: float = 2.0  # seconds between tries, before hurry; a guess
    patience: float = 10.0  # real seconds that a webhook may take; a guess
    in_order: bool = True  # a person's messages one after the other; the documents promise nothing
    people: int = 50  # of the basic plan
    month: int = 3000  # messages of the basic plan, both directions
    allow_http: bool = True  # so that a test may listen without a certificate
