"""What the rules know: verbs that show that somebody says, thinks, wants or denies, and other small tables."""

from __future__ import annotations


def words_of(text: str) -> frozenset[str]:
    """Return the words of a text as a set."""
    return frozenset(text.split())


_set = words_of


SAYING = _set(
    """
    say tell add write ask note report announce suggest tweet argue continue explain declare acknowledge claim
    respond state insist warn reply recall conclude reveal predict admit concede assert reiterate stress
    lament joke remark repeat indicate confirm complain contend maintain estimate emphasize emphasise allege
    imply caution counter grumble sigh shout testify disclose advise answer boast exclaim muse observe quip
    retort speculate yell chant proclaim hint remind assure inform post echo highlight point cite quote
    mention describe call find show clarify recount theorize opine posit mutter murmur whisper groan moan growl
    snap cry scream blurt bark gasp sob interject
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
    oppose blasted tout discuss offer welcome attack wonder aim rule examine contradict disavow repudiate debunk
    disprove retract rebuff quash dispel dispute rebut
    """
)
CUES = SAYING | THINKING | ACTING
CUE_NOUNS = _set(
    """
    claim allegation belief rumor rumour suspicion fear hope denial promise assertion suggestion accusation warning
    conviction assumption insistence contention notion idea view argument conclusion theory charge complaint threat
    prediction speculation statement admission acknowledgment acknowledgement revelation announcement assurance
    concern
    doubt hint remark declaration pledge vow confirmation testimony finding
    """
)
CUE_ADJECTIVES = _set(
    """
    convinced confident sure certain aware worried afraid optimistic hopeful adamant sceptical skeptical concerned
    persuaded doubtful unsure uncertain fearful satisfied glad sorry proud
    """
)
HELD = _set("believe think report rumor rumour understand suspect fear say claim allege expect estimate presume know")
IMPLIED = 4
"""Words of a quotation that is a sentence of its own, and no name or catchword."""
SAYERS = _set(
    """
    document documents report memo filing letter email record records study statement affidavit indictment police
    government army military authority authorities doctors officials investigators prosecutors lawyers general staff
    accused suspect suspects victim victims children boys girls intelligence witnesses survivors hospital residents
    relatives divers rescuers scientists experts auditors
    inspectors engineers neighbours parents customers employees workers
    """
)
PASSING = _set("tell say add explain confirm")
SPEAKING_WITH = _set("speak talk interview hear ask report")
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
    source sources official officials person people aide aides insider insiders witness witnesses diplomat diplomats
    resident residents onlooker onlookers bystander bystanders neighbour neighbours neighbor neighbors
    """
)
SPECIALISTS = _set(
    """
    expert experts analyst analysts scientist scientists researcher researchers economist economists engineers critics
    supporters historians observers commentators judge court jury
    """
)
OUTLETS = _set(
    """
    post times news reuters bbc cbs nbc abc afp ap dpa tribune telegram dispatch inquirer sun-times examiner newswire
    haaretz politico interfax kyodo yonhap nhk espn kcna msnbc usatoday
    reuters guardian journal tribune herald gazette cnn bbc nbc cbs abc npr afp associated ap
    telegraph bloomberg politico axios agency tass xinhua ledger courier chronicle observer
    """
)
TITLES = _set(
    """
    mr mrs ms dr prof president minister senator sen rep gov governor mayor spokesman spokeswoman spokesperson
    secretary chief chairman chairwoman commissioner director professor general gen judge justice
    prime vice foreign deputy leader captain sheriff officer king queen prince princess pope bishop former
    alderman councillor councilman councilwoman inspector constable detective sergeant lieutenant colonel major
    admiral
    speaker whip nominee pollster strategist correspondent columnist ambassador envoy chancellor premier archbishop
    cardinal rabbi imam pastor reverend dean rector coach superintendent
    """
)
PERSON_NOUNS = TITLES - {"prime", "vice", "foreign", "mr", "mrs", "ms", "former"} | _set(
    """
    man woman boy girl official source fisherman teacher student doctor nurse driver expert analyst aide adviser
    advisor lawyer attorney neighbour neighbor resident witness diplomat soldier author writer reporter journalist
    editor owner founder manager executive engineer scientist researcher economist historian activist critic actor
    actress singer farmer sailor skipper pilot worker candidate lawmaker politician coach player brother sister
    father mother son daughter husband wife friend pastor priest councillor councilman councilwoman ambassador
    developer passenger customer shopkeeper colonel sergeant lieutenant envoy premier chancellor
    substitute sprinter striker midfielder defender winger goalkeeper forward quarterback pitcher referee umpire
    hurdler cyclist boxer golfer swimmer skater rower jockey cellist violinist pianist conductor composer painter
    sculptor novelist poet playwright architect designer photographer curator librarian stationer baker butcher
    grocer rancher farmhand plumber electrician carpenter welder pipefitter docker miner trucker cabbie barber chef
    waiter waitress bartender landlord landlady tenant pensioner widow widower commuter retiree refugee prosecutor
    detective inspector superintendent constable coroner magistrate barrister solicitor paramedic surgeon
    pathologist midwife contractor insider technician banker trader broker investor consultant vet biologist chemist
    physicist astronomer geologist ecologist epidemiologist sociologist
    """
)
KIN = _set(
    """
    mother father wife husband son daughter brother sister widow widower girlfriend boyfriend aunt uncle grandmother
    grandfather grandson granddaughter cousin partner
    """
)
CLOSE = KIN | _set(
    """
    lawyer attorney coach agent spokesman spokeswoman spokesperson doctor manager adviser aide neighbour neighbor
    friend colleague teacher
    """
)
HIS = _set(
    """
    mr king prince spokesman chairman fisherman man boy brother father son husband councilman actor widower boyfriend
    uncle grandfather grandson
    """
)
HERS = _set(
    """
    mrs ms queen princess spokeswoman chairwoman woman girl sister mother daughter wife councilwoman actress widow
    girlfriend aunt grandmother granddaughter
    """
)
# "The company" can stand for a name that has one of these words in it.
BODIES = {
    "ministry": _set("ministry"),
    "company": _set("company co corp corporation inc ltd plc ag group holdings llc gmbh airlines"),
    "agency": _set("agency"),
    "university": _set("university"),
    "council": _set("council"),
    "court": _set("court"),
    "department": _set("department"),
    "union": _set("union"),
    "bank": _set("bank"),
    "party": _set("party"),
    "committee": _set("committee"),
    "institute": _set("institute"),
}
NO_PERSON = _set(
    """
    the a an this that kremlin house senate congress pentagon ministry department office agency council court union
    bank party committee commission institute university college school hospital church museum company corp inc ltd
    group street road avenue square bridge park pier harbour harbor river lake sea island islands bay city town county
    state states kingdom republic north south east west northern southern eastern western united nations european
    force forces army navy police guard coast association federation foundation center centre club team league cup
    act treaty war day week monday tuesday wednesday thursday friday saturday sunday january february march april
    june july august september october november december airport station airlines press media network television
    radio tv twitter facebook instagram google youtube reuters democrats republicans parliament cabinet board
    fund trust society service services studies international national steel rail energy motors foods airways oil gas
    power water mining insurance telecom capital partners industries systems technologies labs studios pictures
    records
    entertainment health hotel bakery brewery dairy farms
    """
)
PLACES = frozenset(
    line.strip()
    for line in """
    afghanistan, albania, algeria, angola, argentina, armenia, australia, austria, azerbaijan, bahrain, bangladesh,
    belarus, belgium, bolivia, bosnia, brazil, britain, bulgaria, cambodia, cameroon, canada, chad, chile, china,
    colombia, congo, croatia, cuba, cyprus, czechia, denmark, ecuador, egypt, england, estonia, ethiopia, finland,
    france, georgia, germany, ghana, greece, guatemala, haiti, honduras, hungary, iceland, india, indonesia, iran,
    iraq, ireland, israel, italy, jamaica, japan, jordan, kazakhstan, kenya, kosovo, kuwait, kyrgyzstan, laos, latvia,
    lebanon, libya, lithuania, luxembourg, malaysia, mali, malta, mexico, moldova, mongolia, montenegro, morocco,
    mozambique, myanmar, nepal, netherlands, nicaragua, niger, nigeria, norway, oman, pakistan, panama, paraguay,
    peru, philippines, poland, portugal, qatar, romania, russia, rwanda, scotland, senegal, serbia, singapore,
    slovakia, slovenia, somalia, spain, sudan, sweden, switzerland, syria, taiwan, tajikistan, tanzania, thailand,
    tunisia, turkey, turkmenistan, uganda, ukraine, uruguay, uzbekistan, venezuela, vietnam, wales, yemen, zambia,
    zimbabwe, saudi arabia, new zealand, sri lanka, hong kong, costa rica, el salvador, sierra leone, new york,
    los angeles, san francisco, washington, moscow, beijing, kyiv, kiev, london, paris, berlin, brussels, tokyo,
    seoul,
    pyongyang, tehran, jerusalem, gaza, ankara, rome, madrid, vienna, warsaw, ottawa, canberra, delhi, new delhi,
    islamabad, kabul, baghdad, damascus, cairo, riyadh, doha, geneva, california, texas, florida, ohio, michigan,
    america, europe, africa, asia, nato, crimea, donbas, chicago, boston, houston, dallas, hamas, hezbollah, taliban
    """.replace("\n", " ").split(",")
)
