"""Find details that together could identify a person.

Each kind counts once: an employer, a school, a street or town, an exact age, an exact date, a rare job, a hospital or
prison by name, a person's full name, an unusual family. One or two of them fit many people, and three together fit few.
The limit is this site's own and only prompts an editor to check: a list of words cannot tell who is meant, and
somebody who knows the narrator may need only one detail.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from msgspec import Struct

from plugins.base.dates import MONTHS
from plugins.stories.name_detection import full_names
from plugins.stories.regex import any_of

#: The number of kinds from which the story is reported.
TOO_MANY = 3

_CAPS = r"[A-Z][\w’'-]{1,40}(?: (?:of|the|and|&|on|upon) [A-Z][\w’'-]{1,40}| [A-Z][\w’'-]{1,40}){0,3}"
_MONTH = any_of(",".join(MONTHS))
_YEAR = r"(?:19|20)\d\d"
_AGE_WORDS = (
    r"(?:(?:thir|four|fif|six|seven|eigh|nine)teen"
    r"|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty)(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?)"
)
_AGE = rf"(?:1[0-9]|[2-9][0-9]|{_AGE_WORDS})"
_TOWN = any_of(
    """
    Aberdeen,Acton,Ashford,Barnet,Barnsley,Basildon,Basingstoke,Bath,Bedford,Belfast,Birkenhead,Birmingham,Blackburn
    Blackpool,Bolton,Bournemouth,Bradford,Brighton,Bristol,Brixton,Bromley,Burnley,Bury,Cambridge,Camden,Canterbury
    Cardiff,Carlisle,Chelmsford,Cheltenham,Chester,Chesterfield,Colchester,Coventry,Crawley,Crewe,Croydon,Darlington
    Derby,Derry,Doncaster,Dover,Dudley,Dundee,Durham,Ealing,Eastbourne,Edinburgh,Enfield,Exeter,Falkirk,Gateshead
    Glasgow,Gloucester,Grimsby,Guildford,Hackney,Halifax,Hammersmith,Harlow,Harrogate,Hartlepool,Hastings,Hereford
    Hounslow,Huddersfield,Hull,Inverness,Ipswich,Islington,Kettering,Lambeth,Lancaster,Leeds,Leicester,Lewisham
    Lichfield,Lincoln,Liverpool,Llanelli,Londonderry,Luton,Maidstone,Manchester,Mansfield,Margate,Middlesbrough
    Milton Keynes,Newcastle,Newham,Newport,Northampton,Norwich,Nottingham,Oldham,Oxford,Paisley,Perth,Peterborough
    Plymouth,Poole,Portsmouth,Preston,Reading,Redditch,Rochdale,Rotherham,Salford,Salisbury,Scarborough,Scunthorpe
    Sheffield,Shrewsbury,Slough,Solihull,Southampton,Southend,Southport,Southwark,Stafford,Stevenage,Stirling
    Stockport,Stoke,Sunderland,Swansea,Swindon,Taunton,Telford,Torquay,Tottenham,Truro,Wakefield,Walsall,Warrington
    Warwick,Watford,Wembley,Weymouth,Wigan,Winchester,Windsor,Woking,Wolverhampton,Worcester,Worthing,Wrexham,Yeovil
    York
    """
)
_RARE_JOB = any_of(
    """
    MP,mayor,judge,magistrate,barrister,vicar,priest,rabbi,imam,nun,monk,bishop,surgeon,anaesthetist,midwife,coroner
    pathologist,pilot,air traffic controller,astronomer,jockey,footballer,rugby player,cricketer,boxer,ballet dancer
    opera singer,actor,actress,newsreader,presenter,novelist,composer,head ?(?:teacher|master|mistress),conductor of
    lighthouse keeper,lifeboat,paramedic,firefighter,detective,police officer,prison officer,train driver,undertaker
    zookeeper,vet,professor,ambassador,diplomat,stuntman,gamekeeper,farrier
    """
)
_WORK = any_of(
    r"work(?:ed|s|ing)?,job,employed,hired,temp(?:ed|ing),shift,apprentice(?:ship)?,trainee,manager,nurse,teacher,driver"
    ",chef,cook"
)
_BEING = r"(?:(?:I|he|she|they) (?:was|were|am|is|are|became|trained as|worked as)|I['’]m|[Aa]s|[Mm]y (?:job|work) as)"
_LIVED = r"(?:live|lived|lives|living|grew up|born|raised|moved|settled)"
_NO_EMPLOYER = r"(?!(?:Christmas|Easter|I)\b)"
_SCHOOL = any_of("School,Academy,College,University,Sixth Form,Grammar,High,Primary")
_STREET = any_of("Street,Road,Lane,Avenue,Close,Crescent,Drive,Terrace,Gardens,Square,Estate,Mews")
_UNIT = any_of("Hospital,Infirmary,Hospice,Priory,Prison,Barracks,Clinic")
_SAID_OF_AN_AGE = r"(?=[,.;!?)](?!\d)| (?:when|and|then|years? old|that|now|my|I|he|she|or)\b|$)"

#: The patterns of each kind, by its name in messages. The first matching group is the detail.
_PATTERNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "an employer": (rf"\b{_WORK} (?:[\w-]+ ){{0,3}}?(?:at|for|with|by) {_NO_EMPLOYER}(?:the )?({_CAPS})",),
        "a school": (
            rf"\b((?:St\.? )?{_CAPS} {_SCHOOL})\b",
            rf"\b((?:University|College) of {_CAPS})",
            rf"\b(?:[Ss]tud(?:ied|ying)|[Gg]raduated|[Ss]tudent) (?:[\w-]+ ){{0,2}}?(?:at|from) (?:the )?({_CAPS})",
        ),
        "a street or town": (
            rf"\b({_CAPS} {_STREET})\b",
            rf"\b(?:in|from|to|near|of|outside|around|leaving|left) ({_TOWN})\b",
            rf"\b{_LIVED} (?:[\w-]+ ){{0,2}}?(?:in|to|near|at|on) (?!{_MONTH}|I\b|Christmas)({_CAPS})",
            r"\b([A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})\b",
        ),
        "an exact age": (
            rf"\b(?:aged?|turned|turning|was|am|is|were|I['’]m|he['’]s|she['’]s) ({_AGE}){_SAID_OF_AN_AGE}",
            rf"\b({_AGE})[- ]years?[- ]old\b",
            rf"\b(?:my|his|her|their) ({_AGE}(?:th|st|nd|rd)) birthday\b",
            rf"\bat (1[3-9]|[2-9][0-9]|{_AGE_WORDS})(?=[,;] (?:I|he|she|they|my)\b)",
            rf"\b[Aa]t the age of ({_AGE})\b",
        ),
        "an exact date": (
            rf"\b(\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}(?:,? \d{{4}})?)\b",
            rf"\b({_MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?)\b",
            rf"\b({_MONTH},? {_YEAR})\b",
            r"\b(\d{1,2}[/.]\d{1,2}[/.](?:\d\d|\d{4}))\b",
            rf"\b({_YEAR}-\d\d-\d\d)\b",
        ),
        "a rare job": (rf"\b{_BEING} (?:an? |the )?(?:[\w-]+ )?({_RARE_JOB})\b",),
        "a hospital, prison or unit by name": (rf"\b(HMP {_CAPS})", rf"\b((?:St\.? )?{_CAPS} {_UNIT})\b"),
        "a family that few have": (
            r"\b(twins|triplets|quadruplets|(?:six|seven|eight|nine|ten) (?:children|kids|brothers|sisters))\b",
        ),
    }
)

_KINDS = {kind: tuple(map(re.compile, patterns)) for kind, patterns in _PATTERNS.items()}


class Detail(Struct, frozen=True):
    """A match: its kind in words, its own words, and the index of its first character."""

    kind: str
    text: str
    start: int


def details(text: str, organisation: str = "") -> tuple[Detail, ...]:
    """Return the first detail of each kind in ``text``, in order. The text has single spaces between words.

    The name of the site's own ``organisation`` is no detail, because every narrator has met it.
    """
    found = [detail for kind, patterns in _KINDS.items() for detail in _first(kind, patterns, text, organisation)]
    name = next((name for name in full_names(text) if name.certain), None)
    if name is not None:
        found.append(Detail("a full name", name.text, name.start))
    return tuple(sorted(found, key=lambda detail: detail.start))


def _first(kind: str, patterns: Iterable[re.Pattern[str]], text: str, organisation: str) -> Iterator[Detail]:
    matches = [
        match
        for pattern in patterns
        for match in pattern.finditer(text)
        if not (organisation and match[1].startswith(organisation))
    ]
    if matches:
        match = min(matches, key=lambda match: match.start(1))
        yield Detail(kind, match[1], match.start(1))
