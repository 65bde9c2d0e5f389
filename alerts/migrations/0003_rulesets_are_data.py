"""Rulesets hold everything that runs and explains, as data; R2026.1 gets what the first release's code said.

The content stands in r2026_1.json, word for word: a migration must not change with the code.
"""

import hashlib
import json
from pathlib import Path

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

CONTENT = Path(__file__).with_name("r2026_1.json")
DIGEST = "13e7ebd3282ac5d8fae945797567162392ca850f645c49eb9751fb80e690cbad"


def digest(document):
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def chosen(content, indicators):
    """The content with the indicators and thresholds that a stored ruleset chose.

    An indicator or version that the first release did not have leaves an empty document: it cannot be read, so
    whatever is put to it is shown as "could not check".
    """
    known = {rule["id"]: rule for rule in content["rules"]}
    rules = []
    for id, choice in sorted(indicators.items()):
        rule = known.get(id)
        if (
            rule is None
            or rule["version"] != choice["version"]
            or rule["thresholds"].keys() != choice["thresholds"].keys()
        ):
            return {}
        rules.append({**rule, "thresholds": choice["thresholds"]})
    typologies = [
        {**typology, "when": [line for line in typology["when"] if set(line) <= set(indicators)]}
        for typology in content["typologies"]
    ]
    return {**content, "rules": rules, "typologies": [each for each in typologies if each["when"]]}


def fill(apps, schema_editor):
    content = json.loads(CONTENT.read_text(encoding="utf-8"))
    assert digest(content) == DIGEST, "r2026_1.json was changed; it is history"
    for ruleset in apps.get_model("alerts", "Ruleset").objects.all():
        ruleset.content = chosen(content, ruleset.indicators)
        ruleset.digest = digest(ruleset.content)
        ruleset.save(update_fields=["content", "digest"])


class Migration(migrations.Migration):
    dependencies = [("alerts", "0002_first_ruleset")]
    operations = [
        pgtrigger.migrations.RemoveTrigger(model_name="ruleset", name="settled"),
        migrations.AddField("ruleset", "content", models.JSONField(default=dict), preserve_default=False),
        migrations.AddField(
            "ruleset",
            "digest",
            models.CharField(default="", help_text="SHA-256 of the content as canonical JSON", max_length=64),
            preserve_default=False,
        ),
        migrations.AlterField(
            "ruleset",
            "status",
            models.CharField(
                choices=[
                    ("proposed", "Proposed"),
                    ("shadow", "Shadow"),
                    ("live", "Live"),
                    ("retired", "Retired"),
                ],
                default="proposed",
                max_length=8,
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RemoveField("ruleset", "indicators"),
        pgtrigger.migrations.AddTrigger(
            model_name='ruleset',
            trigger=pgtrigger.compiler.Trigger(name='settled', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."content" IS DISTINCT FROM (NEW."content") OR OLD."digest" IS DISTINCT FROM (NEW."digest") OR OLD."proposed_by_id" IS DISTINCT FROM (NEW."proposed_by_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='f40206ccfb21efa5c5d4c1df8e29b8f5cee79405', operation='UPDATE', pgid='pgtrigger_settled_dcaf1', table='alerts_ruleset', when='BEFORE')),
        ),
    ]
