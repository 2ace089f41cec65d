"""The settings of Zalo: the Official Account, prices, the Bot Platform, and posts that another house keeps for us."""

import re
from datetime import date
from ipaddress import ip_address
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import BaseSettings

DIGITS = re.compile(r"\d{1,25}")
BOT_TOKEN = re.compile(r"\d{1,25}:[A-Za-z0-9_-]{3,200}")
BOT_SECRET = range(8, 257)  # characters of the Bot Platform's webhook secret (docs.zaloplatforms.com, setWebhook)
VERIFIER = re.compile(r"[A-Za-z0-9_-]{1,100}")
CODE_VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}")  # RFC 7636, section 4.1
ACCOUNT = r"[a-z][a-z0-9]{0,19}\.[a-z0-9-]{1,59}"  # kind and name: "zalo.dak-cam"
INBOX_KEY = r"[!-~]{16,200}"  # what a header can carry
ACCOUNT_KEY = re.compile(f"({ACCOUNT})=({INBOX_KEY})")


class ZaloSettings(BaseSettings):
    """Part of `bot.settings.Settings`. Every field may be left out: then there is no Zalo."""

    zalo_app_id: str = Field("", description="Number of the app at developers.zalo.me. Empty: no Official Account.")
    zalo_app_secret: SecretStr = Field(SecretStr(""), description="Secret of that app, for signing in to the account.")
    zalo_oa_id: str = Field("", description="Number of the Official Account.")
    zalo_oa_secret_key: SecretStr = Field(
        SecretStr(""),
        description="Key by which Zalo signs what it posts: \"OA Secret Key\" on the app's webhook page, not the app's"
        " secret.",
    )
    zalo_appsecret_proof: bool = Field(
        False, description="Whether the app asks for a proof with every call, as its page at developers.zalo.me says."
    )
    zalo_code_verifier: SecretStr = Field(
        SecretStr(""), description="Where the app's page holds one fixed code challenge: its verifier. Empty: made."
    )
    zalo_verifier: str = Field(
        "",
        description="Code by which Zalo sees that the address is ours: of zalo_verifierCODE.html, or of the meta line.",
    )
    zalo_locality: str = Field(
        "", description="Place whose Official Account it is, such as dak-cam: nobody who writes there is asked for it."
    )
    zalo_api_base: str = Field("https://openapi.zalo.me", description="Address of Zalo's Official Account API.")
    zalo_oauth_base: str = Field("https://oauth.zaloapp.com", description="Address at which Zalo gives tokens.")
    zalo_business_base: str = Field(
        "https://business.openapi.zalo.me", description="Address of Zalo's template messages by telephone number."
    )
    zalo_per_second: Annotated[int, Field(ge=1, le=66)] = Field(
        10, description="Messages a second that the account sends at most. Zalo takes 4,000 calls a minute of an app."
    )
    zalo_message_price: Annotated[int, Field(ge=0, le=100_000)] = Field(
        55, description="Đồng for a message from 48 hours to 7 days after somebody last wrote, beyond the package."
    )
    zalo_template_price: Annotated[int, Field(ge=0, le=100_000)] = Field(
        200, description="Đồng for a template message. Zalo tells it with each template."
    )
    zalo_prices_from: date = Field(
        date(2026, 10, 1), description="Day on which prices and package were last looked up, as YYYY-MM-DD."
    )
    zalo_month_quota: Annotated[int, Field(ge=0, le=10_000_000)] = Field(
        0,
        description="Messages a month that the account's package holds beyond the free ones, until Zalo says it",
    )
    zalo_month_budget: Annotated[int, Field(ge=0, le=10_000_000_000)] = Field(
        0, description="Đồng a month that notices may cost. 0: nothing that is charged is sent."
    )
    zalo_bot_token: SecretStr = Field(
        SecretStr(""), description="Token of a Zalo bot (Bot Platform), for a pilot. Empty: none."
    )
    zalo_bot_api_base: str = Field("https://bot-api.zaloplatforms.com", description="Address of Zalo's Bot Platform.")
    zalo_bot_webhook_url: str = Field(
        "",
        description="Address at which the Bot Platform reaches this service. Without a path, /hooks/zalobot.main is"
        " added. Empty: it is asked for messages, which needs no address.",
    )
    zalo_bot_webhook_secret: SecretStr = Field(
        SecretStr(""), description="What the Bot Platform must say to be believed, 8 to 256 characters. Empty: made."
    )
    inbox_url: str = Field(
        "", description="Address of the house that keeps Zalo's posts for us, where nobody reaches this machine."
    )
    inbox_key: SecretStr = Field(
        SecretStr(""), description="What that house knows us by, 16 to 200 letters, digits and signs without blanks."
    )
    inbox_account: str = Field(
        "",
        description="What our accounts are called there, set apart by blanks, such as zalo.dak-cam: by the word before"
        " the dot each finds ours. Empty: as they are called here.",
    )
    inbox_keys: SecretStr = Field(
        SecretStr(""),
        description="Of the house that keeps posts for others: ACCOUNT=KEY of each, set apart by blanks, such as"
        " zalo.dak-cam=... Empty: it keeps none.",
    )

    @field_validator("zalo_app_id", "zalo_oa_id")
    @classmethod
    def _a_number(cls, value: str) -> str:
        if value and not DIGITS.fullmatch(value):
            raise ValueError("is a number of digits only, as Zalo's page shows it")
        return value

    @field_validator("zalo_verifier")
    @classmethod
    def _plain_code(cls, value: str) -> str:
        if value and not VERIFIER.fullmatch(value):
            raise ValueError("holds letters, digits, - and _ only: the part after zalo_verifier, without .html")
        return value

    @field_validator("zalo_code_verifier")
    @classmethod
    def _of_the_standard(cls, value: SecretStr) -> SecretStr:
        if value.get_secret_value() and not CODE_VERIFIER.fullmatch(value.get_secret_value()):
            raise ValueError("must have 43 to 128 of A-Z a-z 0-9 . _ ~ -; left out, one is made")
        return value

    @field_validator("zalo_bot_token")
    @classmethod
    def _bot_token(cls, value: SecretStr) -> SecretStr:
        if value.get_secret_value() and not BOT_TOKEN.fullmatch(value.get_secret_value()):
            raise ValueError("is no token: copy it from the Zalo Bot Manager's message, digits, a colon, letters")
        return value

    @field_validator("zalo_bot_webhook_secret")
    @classmethod
    def _bot_secret(cls, value: SecretStr) -> SecretStr:
        if value.get_secret_value() and len(value.get_secret_value()) not in BOT_SECRET:
            raise ValueError("must have 8 to 256 characters; left out, one is made")
        return value

    @field_validator("zalo_bot_webhook_url")
    @classmethod
    def _public(cls, value: str, info: ValidationInfo) -> str:
        outside = str(info.data.get("zalo_bot_api_base", "")).startswith("https://")
        if value and outside and not _is_public(value):
            raise ValueError("must be a public https address; left out, the Bot Platform is asked instead")
        return value

    @field_validator("inbox_keys")
    @classmethod
    def _each_with_its_key(cls, value: SecretStr) -> SecretStr:
        found = [ACCOUNT_KEY.fullmatch(one) for one in value.get_secret_value().split()]
        if not all(found):
            raise ValueError(
                "must be ACCOUNT=KEY of each, set apart by blanks, such as zalo.dak-cam=...; a key has 16 to 200"
                " letters, digits and signs"
            )
        if len({one[1] for one in found if one}) < len(found):
            raise ValueError("names an account twice")
        return value

    @field_validator("inbox_account")
    @classmethod
    def _names_of_accounts(cls, value: str) -> str:
        if not all(re.fullmatch(ACCOUNT, one) for one in value.split()):
            raise ValueError("must be names such as zalo.dak-cam, set apart by blanks")
        return value

    @property
    def keys_of_others(self) -> dict[str, str]:
        """Account -> key, of those for whom this house keeps posts."""
        found = (ACCOUNT_KEY.fullmatch(one) for one in self.inbox_keys.get_secret_value().split())
        return {one[1]: one[2] for one in found if one}

    @field_validator("inbox_key")
    @classmethod
    def _long_enough(cls, value: SecretStr) -> SecretStr:
        if value.get_secret_value() and not re.fullmatch(INBOX_KEY, value.get_secret_value()):
            raise ValueError("must have 16 to 200 letters, digits and signs, without blanks")
        return value


def _is_public(address: str) -> bool:
    """Whether others may reach it: setWebhook refuses all else (docs.zaloplatforms.com/docs/BOT/apis/setWebhook)."""
    read = urlsplit(address)
    host = read.hostname or ""
    try:
        private = not ip_address(host).is_global
    except ValueError:  # a name
        private = host == "localhost" or host.endswith((".local", ".localhost"))
    return read.scheme == "https" and not private
