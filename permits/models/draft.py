"""DraftActivity: when a draft was worked on last, when its owner was told that it will be deleted, when it was."""

from django.db import models

from permits import role_rules


class DraftActivity(models.Model):
    """Of one application while it is a draft; once it is filed nothing asks for it any more."""

    application = models.OneToOneField(
        "permits.Application", on_delete=models.PROTECT, primary_key=True, related_name="activity"
    )
    touched_at = models.DateTimeField(help_text="somebody saved a part, attached or removed a file")
    told_at = models.DateTimeField(
        null=True, help_text="the letter before deletion was written; empty again when touched"
    )
    deleted_at = models.DateTimeField(
        null=True,
        help_text="somebody deleted it: nobody sees it any more, and `wpis.retention` takes the rows",
    )

    class Meta:
        indexes = [
            models.Index(
                fields=["touched_at"], name="draft_untouched", condition=models.Q(told_at__isnull=True)
            )
        ]
        triggers = role_rules.drafts()
