"""Find words that look like the full name of a person.

A given name that is common in the United Kingdom with a capitalised word after it is a name. Two capitalised words
after an introduction ("my name is …") are one as well. Other pairs of capitalised words may be a name, which an editor
decides.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from msgspec import Struct

from plugins.content_model.fellowships import FELLOWSHIP


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_GIVEN = _words(
    """
    aaliyah aaron abdul abdullah abigail abu adam adele adrian agnes agnieszka ahmed aidan aiden aisha alan alastair
    albert alec alex alexander alexandra alfie alfred ali alice alicia alison alistair allan amanda amelia amina amir
    amy ana anastasia andrea andrei andrew andy angela angus anita anna annabel anne annette annie anthony antonio
    anwar archie arjun arthur arun ashley asif audrey ava barbara barry bartosz beatrice becky belinda ben benjamin
    bernadette bernard bethany betty beverley brenda brian bridget bronwyn bruce bryan caitlin callum cameron carl
    carla carlos carol caroline carolyn carys cath catherine cathy catriona cecilia charles charlotte chelsea cheryl
    chidi chioma chloe chris christian christina christine christopher ciara claire clare clive colin colleen connor
    conor craig cynthia damian damien daniel danielle danny daphne darren dave david debbie deborah declan deirdre
    denise dennis derek desmond diana diane dmitri dominic donald donna doreen doris dorothy douglas duncan dylan
    eddie edith edward eileen elaine eleanor elena eleri elizabeth ella ellen ellie elsie emeka emily emma emmanuel
    eric erica esther ethan eva evan evelyn ewan farah fatima fatoumata felicity felix finlay finn fiona florence
    frances francesca francis fred freddie frederick freya gareth garry gary gavin gemma geoff geoffrey george georgia
    georgina gerald geraldine gerard gillian giovanni gladys glenn gloria gordon graham greg gregory gurpreet gwen
    gwyneth hamza hannah harjit harold harriet harry harvey hassan hayley heather heidi helen henry hilary holly
    howard hugh hugo hussain hussein iain ian ibrahim idris ifeoma imogen imran ingrid irene isaac isabel isabella
    isabelle isla ismail ivan jacob jacqueline jacqui jade jake jakub james jamie jamila jan jane janet janice jasmine
    jason jasper jayne jeff jeffrey jemima jennifer jenny jeremy jerome jessica jessie jill jim jimmy joan joanna
    joanne joe joel johanna john johnny jonathan jordan joseph josephine josh joshua joyce juan judith judy julia
    julian julie juliet justin kamran karen karim karl karolina kasia kate katherine kathleen kathryn kathy katie
    katrina kayleigh keith kelly ken kenneth kerry kevin khadija kieran kimberley kirsten kirsty krystyna kulwinder
    kwame kyle lara laura lauren laurence leah leanne lee leila leon leonard lesley leslie lewis liam lily linda lisa
    liz lloyd logan lorna lorraine louis louise lucas lucy luke lydia lynda lynn lynne maeve magdalena mairi malcolm
    malik mandy manjit marcus margaret maria mariam marian marie marina mario marion marjorie marlene martha martin
    martyn mary maryam mateusz matilda matt matthew maureen maurice megan mehmet melanie melissa mercedes mhairi mia
    michael michelle mick miguel mike mildred mohamed mohammad mohammed moira molly monica morag morgan muhammad
    muriel mustafa myra nadia nancy naomi natalia natalie natasha nathan neil ngozi niamh nicholas nick nicky nicola
    nicole nigel nikki nina noah noel nora norma norman olga oliver olivia olu omar oscar osman owen pamela parveen
    patricia patrick paul paula pauline pavel pedro peggy peter phil philip philippa phillip phoebe pierre piotr polly
    poppy priya priyanka rachel rafael rahul raj rajesh ralph ramesh rashid ravi raymond rebecca reece reggie rhian
    rhiannon rhys richard rita robert roberta roberto robin rodney roger roisin roland ronald rory rosemary rosie ross
    roxanne roy rupert russell ruth ryan sabrina sally sam samantha samina samira samuel sandra sanjay sara sarah
    saskia scott sean sebastian shabana shamima shane shannon sharon shaun sheena sheila shirley sian sidney sikander
    simon simone siobhan sofia sonia sophia sophie spencer stacey stanley stella stephanie stephen steve steven
    stewart stuart sunita susan susanna suzanne svetlana sylvia tamara tania tanya tariq ted terence teresa terry
    thelma theo theresa thomas tiffany tim timothy tina toby tom tomasz tommy tony tracey tracy trevor tristan tyler
    uche umar valentina valerie vanessa vera veronica vicki vicky victor victoria vijay vikram vincent viola violet
    vivienne walter wanda warren wayne wendy wilfred william winifred winston xavier yasmin yolanda yusuf yvette
    yvonne zac zachary zahra zainab zara zoe zofia
    """
)
#: Given names that are also words. They count only before a common surname or after an introduction.
_GIVEN_OR_WORD = _words(
    """
    amber angel april art ash autumn bill bob candy chance charlie clay crystal daisy dawn dean dick don drew earl
    faith frank gail gene ginger glen grace grant guy hazel heath hope iris ivy jack jasper jean jo joy june kim kit
    lance lou mark marsha max may melody mercy miles nat olive pat patience pearl penny piper ray reed rich rob robbie
    rocky rose ruby rusty sandy scarlett sky skye solomon star sue summer terri tess trinity val viv wade will woody
    """
)
_SURNAMES = _words(
    """
    adams ahmed akhtar alexander ali allen anderson andrews armstrong ashton atkinson bailey baker balogun banerjee
    barker barnes barnett bates begum bell bennett berry booth bradley brooks brown bryant burgess burke burns burton
    butcher butler byrne cameron campbell carpenter carr carroll carter chambers chapman chowdhury clark clarke cohen
    cole coleman collins cook cooper cox crawford cross cunningham davidson davies davis dawson dean dixon doherty
    doyle duncan dunn edwards elliott ellis evans farrell ferguson fisher fitzgerald fleming fletcher ford foster fox
    francis fraser gallagher gardner george gibson gill gordon graham grant gray green greene griffin griffiths hall
    hamilton harding hargreaves harper harris harrison hart harvey hassan hawkins hayes henderson henry hill hodgson
    holland holmes hopkins howard howe hudson hughes hunt hunter hussain hutchinson iqbal jackson jacobs james jenkins
    jennings johnson johnston johnstone jones jordan kapoor kaur kelly kennedy kerr khan king knight kowalski kumar
    lawrence lawson lee lewis lloyd lowe macdonald mackenzie macleod malik marsh marshall martin mason matthews may
    mccarthy mcdonald mckenzie mclean mcmillan mills mitchell mohamed moore morgan morris morrison moss murphy murray
    myers nelson newman newton nguyen nicholson nowak nwosu obrien oconnor okafor okeke okonkwo oliver oneill osborne
    owen owens palmer parker parkinson parry patel paterson patterson payne pearce pearson perkins perry peters
    phillips poole potter powell price pritchard quinn rahman rees reid reynolds richards richardson riley roberts
    robertson robinson robson rogers rose ross rowe russell ryan sanders saunders scott shah shaikh sharma sharp shaw
    shepherd simmons simpson sinclair singh smith spencer stevens stevenson stewart stone sullivan sutherland sutton
    taylor thomas thompson thomson thornton tucker turner wagner walker wallace walsh walters ward warren watkins
    watson watts webb webster wells west wheeler white wilkins wilkinson williams williamson willis wilson wong wood
    woods wright young yusuf zhang
    """
)
#: After a given name, these make a place or a day named after a person.
_NOT_SURNAMES = _words(
    """
    ambulance anonymous april august avenue bridge building castle centre church close college cottage court crescent
    cross day december drive estate evening february foundation friday gardens grove hall helpline hospice hospital
    hotel house i january july june lane lodge march me monday morning mount november october park place primary
    project road room saturday school sea september service square station street sunday terrace theatre thursday
    tower trust tuesday university ward wednesday week
    """
)
#: Capitalised words at the start or end of names of things.
_NOT_NAMES = _NOT_SURNAMES | _words(
    """
    a an and as at big british but christmas community day east easter english european frank great he help her his if
    in irish it london my national new nhs no north northern of old on our royal saint samaritans scottish she so
    south southern st step steps stop that the their then they this three to twelve two united we welsh west when with
    yes you your
    """
)

_WORD = re.compile(r"[^\W\d_]+(?:['’\u2011-][^\W\d_]+)*\.?")
_INTRODUCED = re.compile(
    r"\b(?:my (?:full |real )?name(?:'s|’s| is| was)|name:|named|called|known as|I am|I['’]m|this is|by"
    r"|Mr|Mrs|Ms|Miss|Mx|Dr)\.? $",
    re.IGNORECASE,
)  # fmt: skip
_PARTICLES = frozenset(
    {"de", "da", "di", "la", "le", "van", "von", "der", "den", "bin", "bint", "al", "el", "ap", "ter"}
)
_WITHIN_A_TITLE = re.compile(r"[A-Z][\w’'-]{0,40},?(?: (?:and|&|of|the|for)){0,5} $")
_SENTENCE_END = re.compile(r"(?:^|[.!?:\n][\"'”’)]{0,5}|[-–—•])\s{0,20}[\"'“‘(]{0,5}$")


class Name(Struct, frozen=True):
    """A possible full name. ``certain`` is False if an editor must decide."""

    text: str
    start: int
    certain: bool


def full_names(text: str, *, title_case: bool = False) -> Iterator[Name]:
    """Yield the possible full names in ``text``, in order.

    Args:
        text: prose with single spaces between words.
        title_case: True if every word has a capital, so that capitals mean nothing.
    """
    fellowships = [match.span() for match in FELLOWSHIP.finditer(text)]
    words = [
        match for match in _WORD.finditer(text) if not any(start <= match.start() < end for start, end in fellowships)
    ]
    at = 0
    while at < len(words) - 1:
        end = _second(text, words, at)
        kind = _judge(text, words[at], words[end], title_case=title_case) if end else None
        if end and kind is not None:
            yield Name(text[words[at].start() : words[end].end()].rstrip("."), words[at].start(), kind)
            at = end
        at += 1


def _second(text: str, words: list[re.Match[str]], at: int) -> int:
    """The place of the word that would be the surname: the next, or the one after "van der"; 0 if there is none."""
    for end in range(at + 1, len(words)):
        if text[words[end - 1].end() : words[end].start()] != " ":
            return 0
        if words[end][0] not in _PARTICLES:
            return end
    return 0


def _judge(text: str, first: re.Match[str], second: re.Match[str], *, title_case: bool) -> bool | None:
    """Return True if the two words are a name, False if they may be one, None if they are not."""
    given, surname = _key(first[0]), _key(second[0])
    is_given = not _GIVEN.isdisjoint({given, *map(_key, first[0].split("-"))})
    ends_a_sentence = first[0].endswith(".") and len(given) > 1
    if not (first[0][0].isupper() and second[0][0].isupper()) or len(surname) == 1 or ends_a_sentence:
        return None
    if surname in _SURNAMES and (is_given or given in _GIVEN_OR_WORD):
        return True
    if surname in _NOT_SURNAMES or title_case:
        return None
    if is_given:
        return True
    if given in _NOT_NAMES or surname in _NOT_NAMES:
        return None
    return _judge_by_context(text[: first.start()], first[0], second[0])


def _judge_by_context(before: str, first: str, second: str) -> bool | None:
    """Classify two capitalised words that are no known name by the words before them."""
    if _INTRODUCED.search(before):
        return True
    all_capitals = first.rstrip(".").isupper() or second.isupper()
    return None if all_capitals or _SENTENCE_END.search(before) or _WITHIN_A_TITLE.search(before) else False


def is_full_name(display_name: str) -> bool:
    """Return whether a shown name has at least two parts written as names: ``Jo Smith``, not ``Jo S.``."""
    words = [match[0] for match in _WORD.finditer(display_name)]
    named = [word for word in words if word[0].isupper() and _key(word) not in _NOT_NAMES]
    return len(named) > 1 and len(_key(named[-1])) > 1


def _key(word: str) -> str:
    letters = unicodedata.normalize("NFD", re.sub(r"['’\u2011.-]", "", word))
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold()


def is_description(display_name: str) -> bool:
    """Return whether a shown name only describes the person, such as ``A person in recovery``."""
    found = [match[0] for match in _WORD.finditer(display_name)]
    return not found or (
        found[0].casefold() in {"a", "an", "the", "one", "someone", "somebody"}
        and all(word.islower() for word in found[1:])
    )
