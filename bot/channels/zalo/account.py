"""What one Official Account is set up with."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from pydantic import SecretStr

NAME = "zalo.main"
HOOK = f"/hooks/{NAME}"
# Where Zalo keeps what people send (posts seen in the field name *.talk.zdn.vn and *.zadn.vn).
MEDIA_HOSTS = (".zdn.vn", ".zadn.vn")


@dataclass(frozen=True, kw_only=True)
class Account:
    """Settings of one account, as `bot.settings` has checked them. Its secrets show themselves in no message."""

    name: str = NAME
    app_id: str
    app_secret: SecretStr = field(repr=False)
    oa_id: str
    oa_secret_key: SecretStr = field(repr=False)
    api_base: str = "https://openapi.zalo.me"
    oauth_base: str = "https://oauth.zaloapp.com"
    business_base: str = "https://business.openapi.zalo.me"
    proof: bool = False  # the app asks for appsecret_proof with every call
    locality: str | None = None  # whose account it is
    public_url: str = ""  # where people reach our pages: of links to files

    def trusts(self, url: str) -> bool:
        """Whether a file that somebody sent may be fetched there: at Zalo, or at the server that stands in its place.

        >>> one = Account(app_id="1", app_secret=SecretStr(""), oa_id="2", oa_secret_key=SecretStr(""))
        >>> one.trusts("https://f6.photo.talk.zdn.vn/o.jpg"), one.trusts("https://zdn.vn.example/o.jpg")
        (True, False)
        """
        try:
            address = urlsplit(url)
            host, own = address.hostname or "", urlsplit(self.api_base)
            if (address.scheme, address.hostname, address.port) == (own.scheme, own.hostname, own.port):
                return True
        except ValueError:
            return False
        return address.scheme == "https" and address.port in (None, 443) and host.endswith(MEDIA_HOSTS)
