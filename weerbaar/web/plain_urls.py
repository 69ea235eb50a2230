"""Addresses without a language: leaving, staying, health, files for robots."""

from django.urls import path

from weerbaar.web import views

urlpatterns = [
    path("verlaten", views.leave, name="leave"),
    path("blijven", views.stay, name="stay"),
    path("health/live", views.live, name="health-live"),
    path("health/ready", views.ready, name="health-ready"),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", views.security_txt, name="security-txt"),
]
