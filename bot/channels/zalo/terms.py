"""When the Official Account may write to somebody."""

from datetime import timedelta

from core.windows import Window

# Seven days after they last did something, the first 48 hours free, then templates
# (docs.zaloplatforms.com/docs/OA, as of 2026-10).
WINDOW = Window(length=timedelta(days=7), free=timedelta(hours=48), templates=True)
