"""The drawn page of the machines says what the code says."""

import pytest
from django.core.management import CommandError, call_command

from cases.management.commands import draw_workflow
from cases.models import Case
from weerbaar.steps import pairs


def test_the_page_in_docs_is_the_one_that_the_code_draws() -> None:
    call_command("draw_workflow", check=True)


def test_every_arrow_of_the_case_is_drawn() -> None:
    page = draw_workflow.draw()

    for source, target in pairs(Case):
        assert f"    {source} --> {target}: " in page
    assert "[*] --> reported" in page


def test_a_stale_page_is_refused(monkeypatch, tmp_path, settings) -> None:
    settings.ROOT = tmp_path
    (tmp_path / "docs").mkdir()

    with pytest.raises(CommandError, match="stale"):
        call_command("draw_workflow", check=True)
    call_command("draw_workflow", check=False)
    call_command("draw_workflow", check=True)
