"""Find doses, prices, quantities and methods of using substances, and methods of self-harm, in plain prose.

Sources: Samaritans' media guidelines and IPSO's code (no method, no quantity); Adfam's and SFAD's advice on stories.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from plugins.stories.regex import any_of

HarmKind = Literal["dose", "price", "quantity", "method"]

_DIGITS = r"(?:\d[\d,.]{0,20}(?:\s?[-–]\s?\d{1,20})?|[½¼¾])"
_TENS = r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ]\w+)?"
_NUMBER = f"(?:{_DIGITS}|{_TENS}|" + any_of(
    """
    two,three,four,five,six,seven,eight,nine,ten,eleven,twelve,thirteen,fourteen,fifteen,sixteen,seventeen,eighteen
    nineteen,a dozen,half a dozen,half an?,a couple of,a hundred,a handful of,several
    """
) + ")"  # fmt: skip
_ONE = r"(?:an?|one|another|half an?|a whole|an entire|each|every)"
_SUBSTANCE = any_of(
    """
    alcohol,booze,drink,vodka,whisk(?:e)?y,gin,rum,brandy,wine,beer,lager,cider,ale,spirits?,sherry,tequila,absinthe
    cocaine,coke,crack,heroin,smack,brown,gear,ketamine,ket,cannabis,weed,skunk,hash,marijuana,speed,amphetamines?
    (?:crystal )?meth(?:amphetamine)?,mdma,ecstasy,pills,valium,diazepam,xanax,alprazolam,temazepam,zopiclone,benzos?
    benzodiazepines?,codeine,co-codamol,tramadol,morphine,oxycodone,oxycontin,opiates?,opioids?,methadone,subutex
    buprenorphine,pregabalin,gabapentin,spice,ghb,gbl,lsd,acid,mushrooms,fentanyl,nitazenes?,mephedrone,mcat
    painkillers,sleeping (?:pills|tablets),paracetamol,ibuprofen
    """
)
#: Quantities that matter even if there is only one. A glass or a pint is not among them.
_LARGE = any_of(
    """
    bottles?,lit(?:re|er)s?,crates?,cases?,box(?:es)?,grams?,g,ounces?,oz,kilos?,kg,eighths?,eight-ball,quarters?
    bags?,wraps?,lines?,rocks?,baggies?,stones?,teenth
    """
)
_SMALL = any_of(
    "pints?,cans?,glass(?:es)?,shots?,measures?,units?,drinks?,beers?,lagers?,ciders?,gins?,vodkas?,whisk(?:e)?ys?"
)
_SERVED = any_of("bottles?,cans?,glasses,drinks?,grams?,bags?,wraps?,lit(?:re|er)s?")
_OFTEN = r"(?:a|an|each|every|per) (?:day|night|evening|morning|week|weekend|hour|session)"
_PILLS = any_of("pills?,tablets?,capsules?,doses?,hits?,spliffs?,joints?,patches,blisters?,strips?")
_NOT_DRUGS = rf"(?! of {any_of('milk,water,tea,coffee,juice,squash,soup,paint,blood,cream,text,poetry,code')})"
_DOSE = (
    rf"\b{_DIGITS} ?(?:mg|mcg|µg|ug|milligrams?|micrograms?|milligrammes?)\b",
    rf"\b{_DIGITS} ?(?:ml|millilitres?|cc)\b(?: of {_SUBSTANCE})?",
    rf"\b{_NUMBER} (?:[\w-]+ ){{0,2}}?{_PILLS}\b{_NOT_DRUGS}",
    rf"\b(?:{_NUMBER}|{_ONE}) (?:[\w-]+ )?(?:doses?|hits?|tabs?|strips?|blisters?) of {_SUBSTANCE}\b",
)
_QUANTITY = (
    rf"\b(?:{_NUMBER}|{_ONE}) (?:and a half )?(?:[\w-]+ )?{_LARGE} of (?:[\w-]+ )?{_SUBSTANCE}\b",
    rf"\b{_DIGITS} ?(?:g|kg|cl|oz|lit(?:re|er)s?)\b (?:of )?(?:[\w-]+ )?{_SUBSTANCE}\b",
    rf"\b{_NUMBER} (?:[\w-]+ )?{_SMALL} of (?:[\w-]+ )?{_SUBSTANCE}\b",
    rf"\b{_NUMBER} (?:pints|units|vodkas|whisk(?:e)?ys|gins|lagers|ciders|beers|bottles of spirits){_NOT_DRUGS}\b",
    rf"\b(?:{_NUMBER}|{_ONE}) (?:[\w-]+ )?{_SERVED} {_OFTEN}",
)
_MONEY = (
    rf"(?:[£$€] ?\d[\d,.]{{0,20}}k?|\b(?:\d[\d,.]{{0,20}}|{_NUMBER}) ?(?:pounds|quid|euros?|dollars|grand)\b"
    r"|\ba (?:tenner|fiver|ton|grand)\b|\b(?:\d{1,20}|ten|twenty|five)[- ]pound\b)"
)
_BOUGHT = rf"(?:{_SUBSTANCE}|drugs?|drinking|using|habit|dealer|wraps?|grams?|fix|stash|supply)"
_PRICE = (rf"{_MONEY}[^.?!\n]{{0,50}}?\b{_BOUGHT}\b", rf"\b{_BOUGHT}\b[^.?!\n]{{0,50}}?{_MONEY}")
_ONESELF = r"(?:myself|himself|herself|themsel(?:f|ves))"
_SMOKED = r"(?:crack|heroin|meth|brown|smack|spice|gear|rocks?)"
_METHOD = (
    r"\binject(?:ed|ing|s)?\b",
    rf"\bsniff(?:ed|ing|s)? (?:\w+ ){{0,2}}?{_SUBSTANCE}\b|\bsnort(?:ed|ing|s)?\b",
    rf"\b(?:smok(?:ed|ing|es?)|vap(?:ed|ing)|inhal(?:ed|ing)) (?:\w+ )?{_SMOKED}\b",
    r"\bchas(?:ed|ing) the dragon\b",
    r"\b(?:shoot(?:ing)?|shot|bang(?:ed|ing)) up\b",
    r"\bsyringes?\b",
    r"(?<!pine )(?<!knitting )(?<!sewing )\bneedles?\b(?! (?:and thread|exchange|in a haystack))",
    r"\b(?:on|off|from|of|with) (?:a (?:bit|piece|sheet) of )?(?:tin ?|kitchen )?foil\b",
    r"\b(?:crack|meth) pipe\b|\bbongs?\b|\btourniquet\b",
    r"\bcrush(?:ed|ing) (?:up )?(?:the |my |his |her )?(?:pills|tablets)\b",
    rf"\boverdos(?:ed?|ing) on\b|\boverdose of (?:[\w-]+ )?{_SUBSTANCE}\b",
    rf"\bmix(?:ed|ing) (?:[\w-]+ )?{_SUBSTANCE} (?:with|and) (?:[\w-]+ )?{_SUBSTANCE}\b",
    rf"\bhang(?:ed|ing)? {_ONESELF}\b|\bnoose\b",
    r"\b(?:cut(?:ting)?|slit(?:ting)?|slash(?:ed|ing)?) (?:my|his|her|their) (?:wrists?|arms?|legs?|throat)\b",
    r"\bjump(?:ed|ing)? (?:off|from) (?:a|the) (?:bridge|roof|balcony|cliff|building)\b",
    r"\b(?:in front of|under) (?:a|the) (?:train|tube|lorry)\b",
    rf"\b(?:gass?ed|drown(?:ed)?|suffocat(?:ed)?|stab(?:bed)?) {_ONESELF}\b",
)
_PATTERNS: tuple[tuple[HarmKind, re.Pattern[str]], ...] = (
    ("dose", re.compile("|".join(_DOSE), re.IGNORECASE)),
    ("quantity", re.compile("|".join(_QUANTITY), re.IGNORECASE)),
    ("price", re.compile("|".join(_PRICE), re.IGNORECASE)),
    ("method", re.compile("|".join(_METHOD), re.IGNORECASE)),
)


class Harm(Struct, frozen=True):
    """A match: its kind, its words, and the index of its first character."""

    kind: HarmKind
    text: str
    start: int


def harms(text: str) -> Iterator[Harm]:
    """Yield each dose, quantity, price and method in ``text``, which has single spaces between words."""
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            yield Harm(kind, match[0], match.start())
