"""What the `files` workers run, under a database role that can do nothing else."""

from celery import shared_task

from wpis.documents.checking.work import check_waiting


@shared_task(name="work.files")
def work_files() -> None:
    """Look into the files that wait."""
    check_waiting()
