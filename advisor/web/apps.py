from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "advisor.web"

    def ready(self) -> None:
        """Load Celery here: `task.delay` must find the broker settings, and advisor/__init__ stays empty."""
        from advisor import celery  # noqa: F401
