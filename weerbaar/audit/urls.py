"""Where the history is published; the address is the name of the log and a word."""

from django.urls import path

from weerbaar.audit import views

urlpatterns = [path("logboek/checkpoint", views.checkpoint, name="checkpoint")]
