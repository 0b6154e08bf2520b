"""What the rules know: verbs that show that somebody says, thinks, wants or denies, and other small tables."""

from __future__ import annotations


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


SAYING = _set(
    """
    say tell add write ask note report announce suggest tweet argue continue explain declare acknowledge claim
    respond state insist warn reply recall conclude reveal predict admit concede assert reiterate stress
    lament joke remark repeat indicate confirm complain contend maintain estimate emphasize emphasise allege
    imply caution counter grumble sigh shout testify disclose advise answer boast exclaim muse observe quip
    retort speculate yell chant proclaim hint remind assure inform post echo highlight point cite quote
    mention describe call find show
    """
)
THINKING = _set(
    """
    believe think hope fear want expect plan feel know doubt suspect worry wish prefer support oppose favor
    favour seek consider intend agree disagree decide learn understand
    """
)
ACTING = _set(
    """
    accuse criticize criticise endorse praise defend blame dismiss reject deny refute dispute decry denounce
    condemn slam blast mock urge propose promise pledge vow refuse decline demand request threaten question
    oppose blasted tout discuss offer welcome attack
    """
)
CUES = SAYING | THINKING | ACTING
DENYING = _set(
    """
    deny dismiss reject refute rebut disavow
    """
)
DENYING_WORDS = _set(
    """
    hoax untrue baseless unfounded false fabricated fabrication
    """
)
BELIEVING = _set(
    """
    believe think suggest suspect fear hope doubt feel speculate expect
    """
)
PLANNING = _set(
    """
    plan vow pledge promise intend
    """
)
MODALS = {"may": "possible", "might": "possible", "could": "possible", "possibly": "possible", "perhaps": "possible",
          "would": "conditional", "if": "conditional", "reportedly": "reported", "allegedly": "reported"}  # fmt: skip
PRONOUNS = _set(
    """
    he she they it who we i you that which
    """
)
PERSON_PRONOUNS = _set(
    """
    he she
    """
)
ANONYMOUS = _set(
    """
    source sources official officials person people expert experts analyst analysts aide aides insider
    insiders witness witnesses diplomat diplomats resident residents critics supporters
    """
)
OUTLETS = _set(
    """
    post times news reuters guardian journal tribune herald gazette cnn bbc nbc cbs abc npr afp associated ap
    telegraph bloomberg politico axios agency tass xinhua ledger courier chronicle observer
    """
)
TITLES = _set(
    """
    mr mrs ms dr prof president minister senator sen rep gov governor mayor spokesman spokeswoman spokesperson
    ministry secretary chief chairman chairwoman commissioner director professor general gen judge justice
    prime vice foreign deputy leader captain sheriff officer king queen prince princess pope bishop former
    """
)
