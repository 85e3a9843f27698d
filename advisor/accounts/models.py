"""People who sign in: administrators, catalog editors and publishers, consultants. Owners need no account."""

from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """Our own class from the first day, because swapping the user model later is painful."""
