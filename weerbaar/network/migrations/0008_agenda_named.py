"""What was named before there were proposals was decided when it was entered."""

from typing import Any

from django.db import migrations
from django.db.models import F


def decide(apps: Any, schema_editor: Any) -> None:
    themes = apps.get_model("network", "PriorityTheme").objects
    themes.filter(state="named", decided_at=None).update(
        decided_by=F("proposed_by"), decided_at=F("proposed_at")
    )


class Migration(migrations.Migration):
    dependencies = [("network", "0007_agenda")]
    operations = [migrations.RunPython(decide, migrations.RunPython.noop)]
