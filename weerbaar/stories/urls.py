"""Pages of this package."""

from django.urls import path

from weerbaar.stories.views import handling

urlpatterns = [
    path("verhalen/", handling.stories, name="stories"),
    path("zaken/<slug:reference>/praktijkverhaal/", handling.story, name="case-story"),
    path(
        "zaken/<slug:reference>/praktijkverhaal/schrijven/",
        handling.write,
        name="case-story-write",
    ),
]
