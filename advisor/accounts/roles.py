"""The kinds of people who sign in. What a group may do with catalog models is granted by its own migration."""

from enum import StrEnum


class Role(StrEnum):
    """`admin` is a superuser; the others are groups of the same name."""

    ADMIN = "admin"
    EDITOR = "editor"
    PUBLISHER = "publisher"
    CONSULTANT = "consultant"

    @property
    def enters_the_admin(self) -> bool:
        """Consultants work on the site itself."""
        return self is not Role.CONSULTANT
