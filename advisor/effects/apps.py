from django.apps import AppConfig


class EffectsConfig(AppConfig):
    name = "advisor.effects"
    verbose_name = "Effects of publishing"
    default_auto_field = "django.db.models.BigAutoField"
