"""The addresses of the site."""

from __future__ import annotations

from django.urls import path, re_path

from nutgraf.web import (
    choosing,
    corrected,
    coverage,
    editions,
    feeds,
    following,
    mailing,
    offline,
    searching,
    sharing,
    views,
)
from nutgraf.web.api import api, api_not_found

urlpatterns = [
    path("", views.today, name="today"),
    path("editions/", views.editions, name="editions"),
    path("edition/<str:day>.json", editions.day_json, name="edition-json"),
    path("edition/<str:day>.md", editions.day_markdown, name="edition-markdown"),
    path("edition/<str:day>/", views.edition, name="edition"),
    path("edition/<str:day>/<str:slot>.json", editions.slot_json, name="slot-json"),
    path("edition/<str:day>/<str:slot>.md", editions.slot_markdown, name="slot-markdown"),
    path("edition/<str:day>/<str:slot>/", editions.slot, name="slot"),
    path("story/<str:name>.json", views.story_json, name="story-json"),
    path("story/<str:name>.md", views.story_markdown, name="story-markdown"),
    path("story/<str:name>/", views.story, name="story"),
    path("story/<str:name>/card-<str:version>.png", sharing.card, name="card"),
    path("topics/", views.topics, name="topics"),
    path("topic/<str:slug>/", searching.topic, name="topic"),
    path("topic/<str:slug>/feed.xml", searching.topic_feed, name="topic-feed"),
    path("outlet/<str:slug>/", searching.outlet, name="outlet"),
    path("outlet/<str:slug>/feed.xml", searching.outlet_feed, name="outlet-feed"),
    path("person/<str:slug>/", searching.person, name="person"),
    path("person/<str:slug>/feed.xml", searching.person_feed, name="person-feed"),
    path("search/", searching.search, name="search"),
    path("search/feed.xml", searching.search_feed, name="search-feed"),
    path("feed.xml", views.feed, name="feed"),
    re_path(r"^feed\.(?P<form>json|rss)$", feeds.latest, name="feed-as"),
    re_path(r"^search/feed\.(?P<form>json|rss)$", feeds.search, name="search-feed-as"),
    re_path(
        r"^(?P<route>topic|outlet|person)/(?P<slug>[^/]+)/feed\.(?P<form>json|rss)$", feeds.named, name="named-feed-as"
    ),
    path("feeds.opml", feeds.subscription_list, name="feeds-list"),
    path("follow/", views.follow, name="follow"),
    path("photo/<str:key>", views.photo, name="photo"),
    path("sources/", coverage.sources, name="sources"),
    path("corrections/", corrected.corrections, name="corrections"),
    path("new/", choosing.new, name="new"),
    path("saved/", choosing.saved, name="saved"),
    path("choices/", choosing.choices, name="choices"),
    path("choices/<str:what>/", choosing.choose, name="choose"),
    path("about/", views.about, name="about"),
    path("mail/", mailing.mail, name="mail"),
    path("mail/yes/<str:token>/", mailing.confirm, name="mail-confirm"),
    path("mail/off/<str:token>/", mailing.unsubscribe, name="mail-off"),
    path("push/key", following.key, name="push-key"),
    path("push/follow", following.follow, name="push-follow"),
    path("push/unfollow", following.unfollow, name="push-unfollow"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("worker.js", offline.worker, name="worker"),
    path("offline.json", offline.kept_list, name="offline-list"),
    path("offline/", offline.offline, name="offline"),
    path("api/v1/", api.urls),
    path("api/<path:rest>", api_not_found),
    path("api/", api_not_found),
    path("calendar.ics", sharing.calendar, name="calendar"),
    path("sitemap.xml", sharing.index, name="sitemap"),
    path("sitemap/news.xml", sharing.news, name="sitemap-news"),
    path("sitemap/pages.xml", sharing.pages, name="sitemap-pages"),
    path("sitemap/stories-<int:number>.xml", sharing.stories, name="sitemap-stories"),
    path("robots.txt", views.robots, name="robots"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("static/<str:file>", views.asset, name="asset"),
]

handler400 = "nutgraf.web.views.bad_request"
handler404 = "nutgraf.web.views.not_found"
handler500 = "nutgraf.web.views.broken"
