"""Fraud told in English, over `english.words`."""

from content.understanding.signs.notation import signs

CODE = "(otp|pin|passwords?|(verification|security|confirmation) code|(bank )?card number|bank card|bank account)"
SAYS = (
    r"(asks?|asked|asking|says?|said|tells?|told|telling|demands?|requires?|must|forced?|makes?"
    r"|wants? (?=(me|us|my|our|\d+)\b)"
    r"|wanted (?=(me|us|my)\b))"
)
PAY = "(pay|send|transfer|deposit)"
OFFICER = "(police|officer|bank|tax|court|ward|government|commune|electricity)"
ABROAD = "(cambodia|myanmar|laos|golden triangle|china)"

_PAID = r"""
    (gave|sent|transferred|paid|told|given) (?=.*\b(otp|pin|code|password|money|million|thousand|deposit|dong)\b)(?:\w+
    _ ){1,12}(stranger|caller|someone|somebody|scammer|gone|lost|blocked|disappear\w*|vanish\w*|reach|contact)
    (was|were|been|got|am|is) (scammed|cheated|tricked|deceived)
    (lost|stole|stolen) (\w+ ){0,4}(money|millions?) ... (account|bank|online|scam\w*|link|app|call)
    (clicked|pressed|opened) (\w+ ){0,3}link
"""
_LURES = rf"""
    {SAYS} ?(\w+ ){{0,6}}{PAY} (\w+ ){{0,6}}(first|before|in advance|upfront|deposit|fee|million|thousand|money|dong)
    {PAY} (\w+ ){{0,6}}(first|in advance|upfront) (to|and|then|so|before) (\w+ ){{0,3}}(get|receive|give)
    {PAY} (\w+ ){{0,4}}before (i|we|they|he|you) (\w+ )?(get|receive|give|lend|gives|lends)
    {SAYS} ?(\w+ ){{0,5}}{CODE}|(gave|give|send|sent|read|tell|enter) (\w+ ){{0,3}}{CODE} (\w+ ){{0,3}}(to|so
    + |for|and)
    (photo|picture) (of )?(\w+ ){{0,3}}(identity|id|bank) card ... (receive|get|money|support|loan|so)
    (asks?|asked|wants?) ... (photo|picture) ... (identity|id|bank) card
    (sends?|sent|sending|got|received?|gets) (\w+ ){{0,5}}links?\b|link ... (safe|claim|click|press|open)
    (says?|said|asks?|asked|tell|told|telling|wants?) (\w+ ){{0,4}}install (\w+ ){{0,3}}app
    app ... pays? (me|you|us)|account (is |was )?(locked|blocked|suspended)(?= .*\b(link|website|sent|call|code
    + |text\w*)\b)
    text(ed)? (\w+ ){{0,3}}account (is |was )?(locked|blocked)|wants? my {CODE}
    (took|take|takes) ... (million|thousand|money) ... (more|before|visa)
    promis\w* (\w+ ){{0,5}}(visa|job|loan|grant|house) ... (cash|dollars|million|upfront|fee)
    asks? (for )?(\w+ )?bank (login|details)
    (win|wins|won|winner) (\w+ ){{0,4}}(prize|lottery|scholarship|money|car|motorbike|phone|gift|reward)
    {OFFICER} (\w+ ){{0,3}}(calls?|called|calling|video) (?=.*\b(transfer|send|pay|money|jail|arrest|code)\b)
    (says?|said|claims?|pretends?|pretending) (\w+ )?(\w+ )?(is|was|are|from|be) (\w+ ){{0,3}}{OFFICER}
    _ (?=.*\b(money|pay|transfer|send|code|fee|otp|loan)\b)
    (job|jobs|work) (\w+ ){{0,3}}{ABROAD}(?= .*\b(salary|dollars|experience|visa|million|month
    + |ticket|should|real|cheat|skill|easy|high)\b)
    easy (job|work) ... (high|good|big) (salary|pay|money)|no (need )?(skills?|experience) ... (million|salary)
    scam\w*|cheat(ed|ing)?|swindl\w*|fraudsters?|fake (officer|police|page|bank|website|link)
    (top up|recharge|deposit) ... (withdraw|commission)|likes? videos? ... (money|commission|top up)
    invest\w* ... (profit|interest|returns?|percent) ... (day|week|month)
"""
PAID = signs(_PAID)
FOUND = signs(_LURES, _PAID)
# What a loan pays for.
LOOKS_LIKE = signs("must pay before leaving|makes you pay before leaving")
