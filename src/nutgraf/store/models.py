"""The tables. Only this package touches them; all others take and give the values of ``nutgraf.model``."""

from __future__ import annotations

from django.db import models

from nutgraf.store.fields import AnyText, JsonText


class Host(models.Model):
    """A host that asked not to be asked before a moment; holds for all its feeds and pages."""

    name = models.CharField(max_length=255, primary_key=True)
    not_before = models.DateTimeField()


class Source(models.Model):
    """A source and how its polls went."""

    name = models.CharField(max_length=255, unique=True)  # model.Source.id
    kind = models.CharField(max_length=16)
    address = AnyText()
    title = AnyText(null=True)  # model.Source.name
    added = models.DateTimeField()
    etag = AnyText(null=True)
    last_modified = AnyText(null=True)
    next_due = models.DateTimeField(db_index=True)
    last_asked = models.DateTimeField(null=True)
    last_answered = models.DateTimeField(null=True)
    last_brought = models.DateTimeField(null=True)
    last_error = AnyText(null=True)
    last_reason = models.CharField(max_length=32, null=True)
    failures = models.PositiveIntegerField(default=0)
    gone = models.BooleanField(default=False)
    moved_to = AnyText(null=True)
    moved_since = models.DateTimeField(null=True)
    moved_seen = models.PositiveIntegerField(default=0)
    earlier_addresses = JsonText(default=list)
    listed = JsonText(default=list)  # keys of the items of its last reading, as rows have them
    lists = models.PositiveIntegerField(null=True)  # how many items that was; nothing before the first reading
    renamed = JsonText(default=dict)  # keys that it gives now to those that its items had first
    digest = models.CharField(max_length=64, default="")  # of the bytes of its last reading
    poll_after = models.FloatField(null=True)  # seconds that its last reading asks to be left alone
    every = models.FloatField(null=True)  # seconds between two of its items, on average
    longest = models.FloatField(null=True)  # … and at most, but for one
    newest = models.DateTimeField(null=True)  # moment of its newest item


class Item(models.Model):
    """An entry of a source and what became of it."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE)
    key = models.CharField(max_length=64)  # digest of model.Item.key, which may be of any length
    address = AnyText(null=True)
    address_key = models.CharField(max_length=64, db_index=True)
    record = JsonText()
    state = models.CharField(max_length=8, db_index=True)
    arrived = models.DateTimeField()
    moment = models.DateTimeField()  # when published, as far as known; the order in which items are read
    digest = models.CharField(max_length=64, default="")  # of the page's bytes, for items that came with their page
    tries = models.PositiveIntegerField(default=0)
    next_try = models.DateTimeField(null=True)
    last_read = models.DateTimeField(null=True)
    in_vain = models.PositiveIntegerField(default=0)  # readings in a row that found the same text
    article = models.ForeignKey("Article", null=True, on_delete=models.SET_NULL)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "key"], name="item_once_per_source")]


class Article(models.Model):
    """One version of one article."""

    name = models.CharField(max_length=255, unique=True)  # model.Article.id
    page_key = models.CharField(max_length=64, db_index=True)  # versions of one address share it
    newest = models.BooleanField(default=True, db_index=True)
    url = AnyText(null=True)
    title = AnyText()
    outlet = AnyText(null=True)
    text = AnyText()
    record = JsonText()  # the contract's fields, without the text
    arrived = models.DateTimeField()
    moment = models.DateTimeField(db_index=True)  # when published, as far as known, and never after it arrived


class Story(models.Model):
    """The name of a story, and where it leads once it was merged."""

    name = models.CharField(max_length=255, unique=True)
    merged_into = models.CharField(max_length=255, null=True, db_index=True)
    composed_from = models.CharField(max_length=64, default="")  # digest of what its newest brief was made from


class Placement(models.Model):
    """Where an article was put."""

    article = models.OneToOneField(Article, on_delete=models.CASCADE)
    story = models.ForeignKey(Story, on_delete=models.CASCADE)
    origin = models.CharField(max_length=255, null=True)
    grounds = JsonText(default=list)
    vector = models.BinaryField(null=True)  # of the headline, two bytes a number


class Ruling(models.Model):
    """What an editor decided of articles (ids): that they are one story, or that they are not."""

    made = models.DateTimeField()
    together = models.BooleanField()
    one = JsonText()
    other = JsonText()


class Claims(models.Model):
    """The claims of one article; a row without claims says that they were looked for."""

    article = models.OneToOneField(Article, on_delete=models.CASCADE)
    records = JsonText()
    analysis = models.BinaryField(null=True)  # packed; what an earlier version stored has none


class Brief(models.Model):
    """One composed brief of a story; earlier ones are kept."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE)
    newest = models.BooleanField(default=True, db_index=True)
    composed = models.DateTimeField(db_index=True)
    record = JsonText()


class Topic(models.Model):
    """A topic of a story's newest brief."""

    brief = models.ForeignKey(Brief, on_delete=models.CASCADE)
    name = AnyText()
    key = models.CharField(max_length=64, db_index=True)


class Edition(models.Model):
    """The edition of one day."""

    day = models.DateField(unique=True)
    made = models.DateTimeField()


class EditionBrief(models.Model):
    """A brief's place in an edition."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE)
    position = models.PositiveIntegerField()
    brief = models.ForeignKey(Brief, on_delete=models.CASCADE)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "position"], name="one_brief_per_place")]


class SlotEdition(models.Model):
    """The edition of one slot of one day in one zone: made once, never changed."""

    day = models.DateField()
    slot = models.CharField(max_length=5)
    zone = models.CharField(max_length=64)
    moment = models.DateTimeField(db_index=True)  # the slot's own
    made = models.DateTimeField()
    last = models.BigIntegerField()  # the highest number that a brief had: the next edition tells what came after

    class Meta:  # noqa: D106  # Django's own word
        constraints = [models.UniqueConstraint(fields=["day", "slot", "zone"], name="one_edition_per_slot")]


class SlotBrief(models.Model):
    """A brief's place in the edition of a slot."""

    edition = models.ForeignKey(SlotEdition, on_delete=models.CASCADE)
    position = models.PositiveIntegerField()
    brief = models.ForeignKey(Brief, on_delete=models.CASCADE)

    class Meta:  # noqa: D106  # Django's own word
        constraints = [models.UniqueConstraint(fields=["edition", "position"], name="one_brief_per_slot_place")]


class Photo(models.Model):
    """A fetched picture."""

    key = models.CharField(max_length=64, primary_key=True)  # digest of the address
    url = AnyText()
    body = models.BinaryField()
    content_type = models.CharField(max_length=32)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()


class Rejection(models.Model):
    """Something that was dropped, and why."""

    key = models.CharField(max_length=64)  # digest of the subject
    subject = AnyText()
    reason = models.CharField(max_length=32)
    detail = AnyText()
    source = models.ForeignKey(Source, null=True, on_delete=models.SET_NULL)
    moment = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "reason"], name="one_rejection_per_reason")]


class Rewording(models.Model):
    """One question to the writer, noted before it is asked: what was answered, and what of it stands."""

    key = models.CharField(max_length=64, unique=True)  # digest of the writer and of all that it is asked
    story = models.CharField(max_length=255, db_index=True)  # whose brief it was last asked for
    writer = AnyText()
    asked = models.DateTimeField(db_index=True)
    requests = models.PositiveIntegerField(default=1)
    answer = AnyText(null=True)
    tokens = models.PositiveIntegerField(null=True)
    taken = JsonText(default=list)
    refused = JsonText(default=list)  # place, text, why


class Subscriber(models.Model):
    """An address that someone gave for the edition by mail; it gets none until its owner confirmed it."""

    key = models.CharField(max_length=64, unique=True)  # digest of the address in small letters
    address = AnyText()
    language = models.CharField(max_length=8, default="")  # of the pages on which it was given
    token = models.CharField(max_length=64, unique=True)
    asked = models.DateTimeField()
    confirmed = models.DateTimeField(null=True)
    refused = models.PositiveIntegerField(default=0)  # letters in a row that its server refused for good


class Mailing(models.Model):
    """One edition to one subscriber: claimed before it is sent, so that it is sent once."""

    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE)
    day = models.DateField()
    claimed = models.DateTimeField()
    done = models.BooleanField(default=False)  # taken, or refused for good

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subscriber", "day"], name="one_edition_per_subscriber")]


class ApiToken(models.Model):
    """A token by which a program may read the API; of the token itself only a digest is kept."""

    name = models.CharField(max_length=100, unique=True)
    digest = models.CharField(max_length=64, unique=True)
    made = models.DateTimeField()


class PushEndpoint(models.Model):
    """Where a browser is reached by push, with the keys that only it can read by."""

    key = models.CharField(max_length=64, unique=True)  # digest of the address
    address = AnyText()
    p256dh = models.CharField(max_length=128)
    auth = models.CharField(max_length=64)
    failures = models.PositiveIntegerField(default=0)


class Followed(models.Model):
    """A story that a browser follows, and the number of the last brief that it knows or was told of."""

    endpoint = models.ForeignKey(PushEndpoint, on_delete=models.CASCADE)
    story = models.CharField(max_length=255)
    told = models.BigIntegerField(default=0)
    told_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["endpoint", "story"], name="followed_once")]
