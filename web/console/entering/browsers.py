"""A short name for a browser, by which its owner knows it again in a list."""

# The first that fits: most browsers also claim to be others.
NAMES = (
    ("coc_coc_browser", "Cốc Cốc"),
    ("edg", "Edge"),
    ("opr/", "Opera"),
    ("samsungbrowser", "Samsung Internet"),
    ("zalo", "Zalo"),
    ("firefox", "Firefox"),
    ("chrome", "Chrome"),
    ("safari", "Safari"),
)
SYSTEMS = (
    ("android", "Android"),
    ("iphone", "iPhone"),
    ("ipad", "iPad"),
    ("windows", "Windows"),
    ("mac os", "Mac"),
    ("cros", "ChromeOS"),
    ("linux", "Linux"),
)


def short_name(user_agent: str) -> str:
    """Browser and system, empty where neither is known. Nothing of what was sent is repeated.

    >>> short_name("Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36")
    'Chrome · Android'
    """
    said = user_agent.casefold()
    parts = (next((name for sign, name in known if sign in said), "") for known in (NAMES, SYSTEMS))
    return " · ".join(part for part in parts if part)
