"""The demo sign-in page; exists under demo settings only."""

from django.urls import path

from weerbaar.accounts import demo_views

urlpatterns = [path("demo/", demo_views.demo_sign_in, name="demo-sign-in")]
