"""How an Official Account's API says no: HTTP 200, a number below nought and a text, spelt as the server spells it."""

from typing import Any

TEXTS = {
    -32: "Your application reached limit call api",
    -100: "attachment_id was expired",
    -200: "Send message failed",
    -204: "Offical Account is disable",
    -205: "Offical Account is not exist",
    -209: "Not supported this api",
    -210: "Parameter exceeds allowable limit",
    -211: "Out of quota",
    -212: "App has not registed this api",
    -213: "User has not followed OA",
    -214: "Article is being processed",
    -216: "Access token is invalid",
    -217: "User has blocked invitation from OA",
    -218: "Out of quota receive",
    -219: "App is removed or disabled",
    -220: "access_token is expired or removed",
    -221: "The OA needs to be verified to use this feature",
    -223: "Official Account has not authorized this API",
    -224: "The OA needs to upgrade OA Tier Package to use this feature",
    -227: "User is banned or has been inactive for more than 45 days",
    -230: "User has not interacted with the OA in the past 7 days",
    -232: "User has not interacted with the OA, or the last interaction has expired",
    -233: "message type is invalid or not support",
    -234: "This message cannot be sent at night (10:00PM - 6:00AM)",
    -235: "This API does not support this type of OA",
    -240: "MessageV2 API has been shut down, please switch to MessageV3",
    -242: "Invalid appsecret_proof provided in the API argument",
    -244: "User has restricted this message type from your OA",
    -248: "Violates our platform standards",
    -249: "Template does not support send via UID",
    -320: "Your app needs to connect with Zalo Cloud Account to use paid features",
    -321: "Zalo Cloud Account associated with this app is out of money or unable to be charged",
}
OA_LIMIT = "Your OA reached limit call api"  # the other text of -32

# The texts of the templates' host were not captured: these say in our words what the number means.
TEMPLATE_TEXTS = {
    -108: "Phone number is invalid",
    -109: "Template id is invalid",
    -111: "Template data is empty",
    -112: "Template data is invalid",
    -1121: "Template data is too long",
    -1122: "Template data is missing a field",
    -114: "User cannot receive this message",
    -115: "Out of quota",
    -118: "Zalo account not existed",
    -121: "Body is missing",
    -122: "Body is malformed",
    -124: "Access token is invalid",
    -1241: "appsecret_proof is invalid",
    -126: "Development mode sends to admins only",
    -131: "Template is not approved",
    -132: "Parameter is invalid",
    -133: "Template message cannot be sent at night",
    -139: "User has refused this kind of message",
    -141: "User has refused messages of this OA",
    -144: "OA has reached its daily limit",
}


class OaError(Exception):
    """A refusal; what travels is `wire()`, and `data` is not in it."""

    def __init__(self, code: int, message: str = "") -> None:
        self.code = code
        self.message = message or TEXTS.get(code) or TEMPLATE_TEXTS.get(code) or "Unknown error"
        super().__init__(f"{code} {self.message}")

    def wire(self) -> dict[str, Any]:
        """The body of the answer."""
        return {"error": self.code, "message": self.message}


def invalid(field: str) -> OaError:
    """-201: this parameter is missing or wrong."""
    return OaError(-201, f"{field} is invalid!")


class OauthError(Exception):
    """A refusal of the consent and token server, which has a shape of its own; the number may be absent."""

    def __init__(self, name: str, reason: str, code: int | None = None) -> None:
        super().__init__(f"{name}: {reason}")
        self.name, self.reason, self.code = name, reason, code

    def wire(self, *, numbered: bool = True) -> dict[str, Any]:
        """The body of the answer; without its number where the server leaves it out."""
        body: dict[str, Any] = {
            "error_name": self.name,
            "error_reason": self.reason,
            "ref_doc": "https://developers.zalo.me/docs/official-account/bat-dau/xac-thuc-va-uy-quyen",
            "error_description": self.reason,
        }
        return body | ({"error": self.code} if numbered and self.code is not None else {})
