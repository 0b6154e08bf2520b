"""The addresses of the site."""

from __future__ import annotations

from django.urls import path

from nutgraf.web import views

urlpatterns = [
    path("", views.today, name="today"),
    path("editions/", views.editions, name="editions"),
    path("edition/<str:day>/", views.edition, name="edition"),
    path("story/<str:name>.json", views.story_json, name="story-json"),
    path("story/<str:name>.md", views.story_markdown, name="story-markdown"),
    path("story/<str:name>/", views.story, name="story"),
    path("topics/", views.topics, name="topics"),
    path("topic/<str:slug>/", views.topic, name="topic"),
    path("feed.xml", views.feed, name="feed"),
    path("photo/<str:key>", views.photo, name="photo"),
    path("about/", views.about, name="about"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("robots.txt", views.robots, name="robots"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("static/<str:file>", views.asset, name="asset"),
]

handler400 = "nutgraf.web.views.bad_request"
handler404 = "nutgraf.web.views.not_found"
handler500 = "nutgraf.web.views.broken"
