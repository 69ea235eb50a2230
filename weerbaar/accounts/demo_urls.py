"""The demo sign-in page; exists under demo settings only."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
