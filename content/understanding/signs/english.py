"""Danger told in English, mostly by people who speak little of it: over `words`, not over folded words."""

import re

from content.understanding.signs.notation import signs

_APOSTROPHE = re.compile(r"['’`]")
_NO_LETTER = re.compile(r"[^a-z0-9]+")

KIN = (
    "(my man|stepbrother|step brother|cousin|husband|father|dad|employer|landlord|stepfather|uncle|boss|owner|teacher"
    "|man|men|son|brother|boyfriend|neighbou?r|somebody|someone|he|she|they|mother in law|people)"
)
OURS = (
    "(wife|child|children|kids?|baby|mother|mom|father|sister|brother|daughter|son|husband|friend|grandma|grandmother"
    "|grandfather|aunt|niece)"
)
WHOM = rf"(me|us|her|him|them|(my|his|her|the|a)( \w+)? {OURS}|my {OURS})"
NO = "(no|not|cannot|cant|dont|doesnt|didnt|isnt|wont|never|havent|hasnt|nothing)"
# Asked about, over, or paid for: no danger now, unless help is cried for.
_NOW = "(now|help|rescue|dying|not breathing|not wake|unconscious|trapped|tonight|still)"
_ASKED = (
    rf"^(?!.*\b{_NOW}\b)(?:.* )?(insurance|allowance|benefits?|support|subsidy|ago|last (year|month|week)|repair"
    r"|rebuild|the law|class|training|prevention|how much|who can|loans?|apply|program(me)?|if there is|in case of"
    r"|when there is)"
)

VIOLENCE = signs(rf"""
    {KIN} (\w+ ){{0,3}}(beat|beats|beating|hit|hits|hitting|punch\w*|kick\w*|slap\w*|chok\w*|strangl\w*|stab\w*
    + |raped?|rapes|attack\w*|tortur\w*|abus\w*|hurts?|hurting) {WHOM}
    {KIN} (\w+ ){{0,3}}(broke|breaks|burn\w*|cut|cuts|lock\w*) ((my|her|his) (arm|leg|nose|teeth|face|hand)|{WHOM})
    (want|wants|try|tried|going) to (rape|kill|hit|beat|stab|sell|hurt) {WHOM}|drunk (husband|father|man) \w+
    (am|is|are|was|were|been|being|get|gets|got) (\w+ )?(beaten|raped|stabbed|kidnapped|trafficked|molested|tortured
    + |abused|locked (in|up|inside)|held (by|against))
    (kill|shoot|stab|burn) {WHOM}
    (have|has|with|holding|holds|took|takes) (a |the )?(knife|gun|machete|axe)(?! (to|for|shop))
    (keep|keeps|kept|take|took|takes|hide|hides|hold|holds) ... passport
    {KIN} (\w+ ){{0,6}}lock\w* (the )?(door|gate)
    {NO} (let|allow) {WHOM} (\w+ )?(go (home|out|back)|leave|out|home|return|eat)
    (threw|throws|throw|pour\w*) ... (water|acid|petrol|oil) (on|at|over) {WHOM}
    {KIN} (comes?|came|gets?) (in|into|to) my bed
    (touch\w*|grab\w*|rub\w*) (\w+ ){{0,2}}(body|breasts?|private|thighs?)|sexual\w* (abus\w*|assault\w*)
    (sell|sells|sold|selling) {WHOM}(?! (a|the|some|rice|land|it|money)\b)|(sell|sold) ... to (china|cambodia|myanmar)
    (force\w*|pull\w*|took|takes?|make|makes|made) {WHOM} ... (wife|marry|prostitut\w*|sex|sleep with)
    hiding (in|from|under|with)|kidnap\w*|human traffick\w*|domestic violence
""")
SUICIDE = signs(rf"""
    suicid\w*|(kill|hang|hurt|cut|cuts|drown|burn|poison) ((my|him|her|them|your)sel(f|ves)|(my|his|her) wrists?)
    (goodbye|farewell|suicide) (letter|note|message)|(no|lost|without) (more )?hope
    (i|he|she) (will|wants?|is going) (to )?jump
    (want|wants|wanted|going|plan|plans|try|tried|tries|thinking|wish|wishes|ready) (\w+ ){{0,3}}(die|dead|death
    + |end (it|everything|my life|his life|her life)|disappear|jump (off|from|into))
    {NO} (want |wants |wish |longer |can |more )+(to )?(live|be alive|exist|go on living)(?! (near|with|far|at|here
    + |there
    + |in (the|a|my|his|her|this (house|ward|town|village)))\b)
    (better|rather) (\w+ ){{0,3}}(die|dead|without me)|{NO} (\w+ )?reasons? to live
    life (\w+ )?(has |have |is )?(no meaning|meaningless|worthless|not worth|no point|pointless)
    nobody (will )?(needs?|wants?|loves?|cares?|miss(es)?) (about )?me
    (bought|found|have) (a |the )?rope ... (nobody|die|end|tree|goodbye)
    (stand|stands|standing) on (the |a )?bridge|(i am|im) (only |just )?(a )?burden|tired of (life|living)
    (take|took|taken|swallow\w*|eat|ate|drink) ... (sleeping pills|whole box of pills)
    (eat|want|have|has|find|found) ... poison(ous)? lea(f|ves)|poison(ous)? lea(f|ves) ... (hand|eat|finish)
    (say|says|said|saying) goodbye ... (bridge|river|everyone|everybody|forever|us|children|life)
    (afraid|scared|say|says|said|going) ... (jump|kill (him|her)self)
""")
MEDICAL = signs(rf"""
    {NO} (\w+ )?(breath\w*|wak(e|ing)|respond\w*)|stop\w* breathing|(hard|difficult|trouble) (to )?breath\w*
    unconscious|seizures?|convuls\w*|faint(ed|ing)|collapsed|passed out|heart attack|overdosed?|choking|electric shock
    electrocut\w*|drown(ed|ing)|(had|having|has|have) (a )?stroke|chest pain|tetanus
    snake (\w+ )?(bit|bite|bites|bitten)|(bit|bitten) by (a |the )?(\w+ )?(snake|mad dog)
    (bleed|bleeds|bleeding)|(much|lot of|lots of|losing|vomit\w*|cough\w*) blood|blood (everywhere|{NO} stop)
    baby (is |was )?coming|water (has |just )?(broke|broken)|in labou?r(?! (market|law|contract|union)\b)|labou?r pain
    (drink|drank|drunk|swallow\w*|ate|eaten|eat) (\w+ ){{0,3}}(pesticide|poison|bleach|petrol|weed ?killer|batter(y|ies)
    + |chemicals?|poisonous|wild mushrooms?|rat (poison|bait))|(is|are|was|were|been|get|got) poisoned
    (face|arm|leg|side|body) ... {NO} move|(fell|fall|falls) ... {NO} (\w+ )?(speak|talk|move|stand)
    (call|need|send|want|get) (an |the |me an )?ambulance|ambulance (please|now|quick\w*)
    blood (from|out of) (\w+ )?(ears?|nose|mouth|head)|{NO} answer(ing)?(?= .*\bblood)|eyes (roll|rolled|rolling)
    high fever ... (shak\w*|not wake|seiz\w*)|gone blue|turn(ed|ing)? blue
    (fell|fallen|fall|falls) (in|into|down|from) (the |a )?(well|river|pond|lake|canal|roof|tree|stream)
    (head|arm|leg|hand) (is |was )?(cut off|crushed)|(burned|burnt) (\w+ ){{0,3}}(badly|body|face|all over)
""")
HUNGER = signs(rf"""
    (no|without|out of|not enough|have any|have no) (more )?(food|rice|milk)(?! (support|aid|allowance|card|for work
    + |subsid\w*|seeds?|field|land|price|yet this season)\b)
    nothing (left )?(to|for (us |me |them )?to) eat|nothing (left )?in (the )?(house|kitchen|pot|stomach)
    (finish\w*|ran out of|used up) (\w+ )?(rice|food|milk)
    {NO} (\w+ )?(eat|ate|eaten) (\w+ ){{0,4}}(days?|yesterday|since|today|morning|week|anything|night|food|rice)
    (only|just) (eat|eats|ate|eating|drink|drinks|drinking) (\w+ ){{0,2}}(lea(f|ves)|water|salt|porridge|roots?|grass
    + |cassava)
    (rice|food) (\w+ )?(pot|jar|bag|box) (is |has been )?empty|begg?ing (\w+ ){{0,3}}(food|rice)
    starv(e|es|ed|ing)|(am|im|is|are|we|so|very|too|cry|crying|children|kids|baby|family|still|go|sleep) hungry(?! for)
    (last|only) (\w+ )?(bowl|cup|handful) of (rice|porridge)|(bring|beg|begging) (us |me |for )?(some )?food
""")
DISASTER = signs(r"""
    (water|flood|flooding|sea|river) (\w+ ){0,3}(come|comes|coming|came|rise|rises|rising|rose|up|enter\w*|reach\w*)
    + (?: \w+){0,4} (house|home|roof|chest|neck|waist|knees?|bed|floor|windows?|head|room|kitchen|fast|quick\w*|very)
    (water|river|sea) (\w+ )?(is |are )?rising|on (the |our |my )?roof(?= .*\b(water|flood|help|people|stuck|wait\w*)\b)
    (are|is|am|im|we|people|family|get|got|still) (\w+ )?trapped
    stuck (on|in|under|inside) (the |our |a |my )?(\w+ floor|upstairs|roof|house
    + |mud|water|flood|fire|room|tree|rubble)
    under (the )?(mud|rubble|rocks?|soil)|(is|are|was|were|been|got|has|have|landslide|mud|mountain|soil) buried
    fire (next door|near|downstairs|upstairs|outside)|rocks? (are |is )?(falling|rolling)
    (mountain|hill|land|slope) (\w+ ){0,3}(crack\w*|fall\w*|fell|slid\w*|collaps\w*)
    landslide(?= .*\b(now|just|people|help|trapped|house|village)\b)
    (house|home|room|kitchen|building|market|roof) (\w+ ){0,2}(on fire|burning|in flames)
    fire (in|at) (the |my |our )?(row|house|kitchen|market|room|building|neighbou?r)|full of smoke
    smoke ... (cannot|cant)
    (cannot|cant|could not) (get|go) out(?! of (the )?(list|debt|poverty))
    (house|wall|roof|tree|building|pole) (\w+ )?(fell|collapsed|fallen) (\w+ )?(on|onto|over) (me|us|him|her|them
    + |my|people)
    flood (took|takes|carried)|water (\w+ )?(at|above|over) (the |my |our )?(windows?|door|bed|roof|knees?|chest
    + |neck|waist)
    (rescue|save) (us|me|him|her|them|my (family|mother|child\w*|father|parents))
    (people|person|child|man|woman|brother|sister|son|house|he|she|they) (\w+ ){0,2}(swept|washed) away
    boat (\w+ )?(is |has )?(sink\w*|sank|sunk|capsiz\w*|turn\w* over)
    storm (\w+ ){0,3}(torn|tore|tearing|blowing|blew) (\w+ )?(away|off|the roof|our roof)
""")
FOUND = {"violence": VIOLENCE, "suicide": SUICIDE, "medical": MEDICAL, "hunger": HUNGER, "disaster": DISASTER}
ANOTHER_MATTER = signs(_ASKED)
# "I am dying to know"; beasts and plants.
LOOKS_LIKE = signs(
    r"dying (to|for)|(the law|law) (on|about|against) domestic violence|(clean|tap|piped|drinking|running) water",
    r"(cow|buffalo|pig|goat|chicken|duck|dog|cat|fish|cattle)(s|es)? (\w+ ){0,3}(hungry|starving|drowned|bitten"
    r"|bleeding|poisoned|not eat\w*|washed away|swept away|trapped|choking|collapsed)",
)
# Whatever else the sentence says, these are told as danger.
NEVER_EXCUSED = frozenset(("suicide", "violence"))


def words(text: str) -> str:
    """The words of a text in small letters, "don't" as one word, with single spaces.

    >>> words("He DON'T wake up, help!")
    'he dont wake up help'
    """
    return _NO_LETTER.sub(" ", _APOSTROPHE.sub("", text.lower())).strip()
