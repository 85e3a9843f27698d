"""The web server as it is, with the address of the simplest page added: ``question_times`` starts it."""

from django.conf import settings

from advisor.web import serve

if __name__ == "__main__":
    settings.ROOT_URLCONF = "advisor.assessments.bench.addresses"
    serve.main()
