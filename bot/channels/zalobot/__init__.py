"""Zalo's Bot Platform: a bot for pilots, text only. Another product than the Official Account, with other limits.

Its basic plan reaches 50 people and carries 3,000 messages a month, both directions counted by one operator's account
(docs.zaloplatforms.com/docs/BOT, plans; how exactly they are counted is not known).
"""
